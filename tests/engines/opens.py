"""An index that `archive build -o` made, opened with what people have: sqlite3, pandas, Datasette, networkx.

    opens.py INDEX
"""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx
import pandas

PROGRAM = os.environ.get("CABLE_LSP_BIN", "cable-lsp")

failed = 0


def check(what, found, expected):
    global failed
    if found == expected:
        print(f"ok    {what}: {found}")
    else:
        print(f"FAIL  {what}: {found}, not {expected}")
        failed += 1


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def archive(*arguments):
    return run(PROGRAM, "archive", *arguments)


def main(index):
    numbers = json.loads(archive("stats", "--archive", index, "--format", "json"))
    cables = numbers["cables"]
    words = "SELECT count(*) FROM words WHERE words MATCH 'the'"

    database = sqlite3.connect(f"file:{index}?mode=ro", uri=True)

    def one(query):
        return database.execute(query).fetchone()[0]

    check("Python's sqlite3: every page", one("PRAGMA integrity_check"), "ok")
    check("Python's sqlite3: the journal of a file for everybody", one("PRAGMA journal_mode"), "delete")
    with_word = one(words)
    check("Python's sqlite3: full text", with_word > 0, True)

    if shutil.which("sqlite3"):

        def shell(query):
            return run("sqlite3", index, query).strip()

        check("sqlite3: cables", shell("SELECT count(*) FROM cable"), str(cables))
        check("sqlite3: citations", shell("SELECT sum(present) FROM citation"), str(numbers["exact"]))
        check("sqlite3: full text", shell(words), str(with_word))
    else:
        print("skipped: there is no sqlite3 on PATH")

    frame = pandas.read_sql("SELECT post, year, count(*) AS cables FROM cable GROUP BY post, year", database)
    check("pandas: cables", int(frame.cables.sum()), cables)
    check("pandas: numbers are numbers", frame.year.dtype.kind in "if", True)

    question = f"/{Path(index).stem}.json?sql=select+count(*)+as+cables+from+cable&_shape=array"
    asked = run(sys.executable, "-m", "datasette", index, "--get", question)
    check("Datasette: cables", json.loads(asked), [{"cables": cables}])

    table = list(csv.DictReader(io.StringIO(archive("graph", "--archive", index, "--missing", "--format", "csv"))))
    # A cable without an id is in the graph under its number or its place.
    ids = one("SELECT count(DISTINCT canonical_id) FROM cable") + numbers["without_id"] + numbers["absent_cables"]
    with tempfile.TemporaryDirectory() as folder:
        for form, read in [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]:
            file = Path(folder, f"graph.{form}")
            file.write_text(archive("graph", "--archive", index, "--missing", "--format", form), encoding="utf-8")
            graph = read(file)
            # Two references from one cable to another are one line of a simple graph.
            pairs = {(row["citing"], row["cited"]) for row in table}
            edges = len(table) if graph.is_multigraph() else len(pairs)
            check(f"networkx, {form}: references", graph.number_of_edges(), edges)
            check(f"networkx, {form}: cables", graph.number_of_nodes(), ids)
            check(f"networkx, {form}: it has a direction", graph.is_directed(), True)
    return failed == 0


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
