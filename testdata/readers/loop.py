#!/usr/bin/env python3
"""Reads a dataset over and over with plain globs while runs write to it.

    loop.py OUT_DIR

Each round reads with DuckDB and with pyarrow: tones, then statements, then
documents, so that what a row belongs to is read after it. No reader may ever
fail, or find a row without its document. If no commit came in between, nothing
may be amiss at all: ids are unique, each tone has its statement, and documents
have as many statements as they say. Ends when stdin does. Prints the number of
rounds; exits 1 at the first fault.
"""

import sys
import threading
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow.dataset as ds

COLUMNS = {"tones": ["statement_id", "doc_id"], "statements": ["statement_id", "doc_id"], "documents": ["doc_id", "statements"]}


def pyarrow(out, table):
    rows = ds.dataset(out / table, format="parquet", partitioning="hive").to_table(columns=COLUMNS[table])
    return [rows[c].to_pylist() for c in COLUMNS[table]]


def duck(out, table):
    columns = ", ".join(COLUMNS[table])
    rows = duckdb.connect().sql(f"SELECT {columns} FROM read_parquet('{out}/{table}/**/*.parquet')").fetchall()
    return [[r[i] for r in rows] for i in range(len(COLUMNS[table]))]


def commits(out):
    """The log: the name of its last record tells whether anything changed."""
    return sorted(p.name for p in (out / "_detente" / "commits").glob("*"))


def must(condition, reader, message):
    if not condition:
        sys.exit(f"{reader.__name__}: {message}")


def read(out, reader):
    """Reads all tables once. Returns whether no commit came in between."""
    before = commits(out)
    tables = {table: reader(out, table) for table in COLUMNS}
    after = commits(out)
    ids, counts = tables["documents"]
    documents = set(ids)
    for table in ("tones", "statements"):
        for id, doc in zip(*tables[table]):
            must(doc in documents, reader, f"{table} of {id}: no document")
    if before != after or not after[-1].endswith(".json"):
        return False
    must(len(documents) == len(ids), reader, "documents.doc_id is not unique")
    statements = set(tables["statements"][0])
    must(len(statements) == len(tables["statements"][0]), reader, "statements.statement_id is not unique")
    must(statements.issuperset(tables["tones"][0]), reader, "a tone has no statement")
    have = Counter(tables["statements"][1])
    must(all(have[i] == n for i, n in zip(ids, counts)), reader, "a document lacks statements")
    return True


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out, stop = Path(sys.argv[1]), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    rounds = quiet = 0
    while not stop.is_set():
        # Until the first commit there is nothing to read.
        if not any(name.endswith(".json") for name in commits(out)):
            stop.wait(0.01)
            continue
        for reader in (pyarrow, duck):
            quiet += read(out, reader)
            rounds += 1
    print(f"{rounds} rounds of reading, {quiet} of them undisturbed by a commit")


if __name__ == "__main__":
    main()
