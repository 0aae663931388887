"""The same table with Spark: texts in Parquet (`path`, `text`) are read where they are, a process for each partition.

    with_spark.py TEXTS.PARQUET CABLES.PARQUET
"""

import os
import subprocess
import sys
import threading

from pyspark.sql import SparkSession

SCHEMA = """
    path STRING, canonical_id STRING, dtg_iso STRING, `from` STRING, classification STRING, subject STRING,
    tags ARRAY<STRING>, refs ARRAY<STRUCT<letter: STRING, text: STRING, id: STRING>>
"""


def readings(program):
    command = [program, "export", "--format", "jsonl", "--threads", "1", "--documents-from", "-"]

    def of_partition(documents):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def feed():
            with process.stdin as lines:
                for document in documents:
                    lines.write(document.encode() + b"\n")

        # Who only writes and never reads waits for one who waits for him.
        threading.Thread(target=feed, daemon=True).start()
        for row in process.stdout:
            yield row.decode()
        if process.wait() != 0:
            raise RuntimeError(f"{program} ended with {process.returncode}: some documents could not be read")

    return of_partition


def main(texts, table):
    program = os.environ.get("CABLE_LSP_BIN", "cable-lsp")
    spark = SparkSession.builder.appName("cables").getOrCreate()
    documents = spark.read.parquet(texts).select("path", "text").toJSON()
    rows = documents.mapPartitions(readings(program))
    spark.read.json(rows, schema=SCHEMA).write.mode("overwrite").parquet(table)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
