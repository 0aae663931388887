"""Readings of cables as a Parquet file, with DuckDB, and questions to it in SQL.

    with_duckdb.py ARCHIVE CABLES.PARQUET
"""

import os
import subprocess
import sys
import tempfile

import duckdb

# What the table takes of a reading; `export` has more under other names.
COLUMNS = """{
    path: 'VARCHAR', canonical_id: 'VARCHAR', dtg_iso: 'VARCHAR', "from": 'VARCHAR', classification: 'VARCHAR',
    subject: 'VARCHAR', tags: 'VARCHAR[]', refs: 'STRUCT(letter VARCHAR, text VARCHAR, id VARCHAR)[]'
}"""

MOST_CITED = """
    SELECT cited, count(*) AS times, bool_or(cited IN (SELECT canonical_id FROM cables)) AS is_there
    FROM (SELECT unnest(refs).id AS cited FROM cables) WHERE cited IS NOT NULL
    GROUP BY cited ORDER BY times DESC, cited LIMIT 10
"""

BY_TAG = """
    SELECT tag, count(*) AS cables, min(dtg_iso)[:10] AS first, max(dtg_iso)[:10] AS last
    FROM (SELECT unnest(tags) AS tag, dtg_iso FROM cables) GROUP BY tag ORDER BY cables DESC, tag LIMIT 10
"""


def main(archive, table):
    program = os.environ.get("CABLE_LSP_BIN", "cable-lsp")
    database = duckdb.connect()
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as rows:
        subprocess.run([program, "export", "--format", "jsonl", archive], stdout=rows, check=True)
        database.execute(f"""
            COPY (SELECT * FROM read_json('{rows.name}', format = 'newline_delimited', columns = {COLUMNS}) ORDER BY path)
            TO '{table}' (FORMAT parquet)
        """)
    database.execute(f"CREATE VIEW cables AS FROM '{table}'")
    for question in [MOST_CITED, BY_TAG]:
        print(database.sql(question))


if __name__ == "__main__":
    main(*sys.argv[1:])
