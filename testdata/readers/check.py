#!/usr/bin/env python3
"""Reads a dataset with pyarrow, pandas, polars and DuckDB and holds it against the contract.

    check.py OUT_DIR

Every reader must see the same rows with the contract's types, and in what it
sees: no null in a required column, a document for every statement, a statement
for every tone, and words that are the text's at their offsets, which count
Unicode code points. Prints a line for each reader; exits 1 at the first fault.
"""

import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds

EVIDENCE = "evidence"
# Column: type, "?" = nullable.
CONTRACT = {
    "documents": {
        "doc_id": "string", "uri": "string", "publisher": "string?", "url": "string?", "title": "string?",
        "published": "timestamp?", "published_from": "string", "language": "string", "text": "string?",
        "content_hash": "string", "duplicate_of": "string?", "sentences": "int32", "statements": "int32",
        "warnings": "strings", "signature": "bytes?",
    },
    "statements": {
        "statement_id": "string", "doc_id": "string", "published": "timestamp?", "ordinal": "int32",
        "utterance": "int32", "start": "int32", "end": "int32", "text": "string", "kind": "string",
        "cue": "string?", "cue_start": "int32?", "cue_end": "int32?",
        "speaker": "string?", "speaker_start": "int32?", "speaker_end": "int32?", "speaker_name": "string?",
        "source": "string?", "date": "date?", "date_precision": "string", "date_text": "string?",
    },
    "tones": {
        "statement_id": "string", "doc_id": "string", "published": "timestamp?", "duplicate": "bool",
        "kind": "string", "date": "date?", "date_precision": "string", "source": "string", "target": "string",
        "source_country": "string?", "target_country": "string?", "tone": "float32", "label": "string",
        "confidence": "float32", "lexicon": "float32", "sentiment": "float32", "evidence": EVIDENCE,
    },
}
PARTITION = ("year", "month")


class Fault(Exception):
    """What is wrong with the dataset."""


def must(condition, message):
    if not condition:
        raise Fault(message)


# A reader is a function of a table's folder that returns its columns' types,
# as the reader names them, and a function from column names to lists of values.


def read_pyarrow(folder):
    table = ds.dataset(folder, format="parquet", partitioning="hive").to_table()
    types = {f.name: (str(f.type), f.nullable) for f in table.schema}
    for name, kind in CONTRACT[folder.name].items():
        must(types[name][1] == kind.endswith("?"), f"{folder.name}.{name}: nullable is {types[name][1]}")
    return {n: t for n, (t, _) in types.items()}, lambda name: table[name].to_pylist()


def read_pandas(folder):
    frame = pd.read_parquet(folder)

    def column(name):
        values = frame[name]
        if CONTRACT[folder.name][name] in ("strings", EVIDENCE):
            return [list(v) for v in values]
        if CONTRACT[folder.name][name] == "int32?":
            return [None if pd.isna(v) else int(v) for v in values]
        return [None if pd.isna(v) else v for v in values]

    return {n: str(t) for n, t in frame.dtypes.items()}, column


def read_polars(folder):
    frame = pl.read_parquet(folder / "**" / "*.parquet", hive_partitioning=True)
    return {n: str(t) for n, t in frame.schema.items()}, lambda name: frame[name].to_list()


def read_duckdb(folder):
    table = duckdb.sql(f"SELECT * FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)")
    types = {n: str(t) for n, t in zip(table.columns, table.types)}
    data = table.to_arrow_table()
    return types, lambda name: data[name].to_pylist()


ARROW_EVIDENCE = pa.struct(
    [pa.field("term", pa.string(), False), pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False),
     pa.field("category", pa.string(), False), pa.field("valence", pa.float32(), False)]
)
READERS = {
    "pyarrow": (read_pyarrow, {
        "string": "string", "timestamp": "timestamp[us, tz=UTC]", "int32": "int32", "float32": "float", "bool": "bool",
        "date": "date32[day]", "bytes": "binary", "strings": "list<element: string>", EVIDENCE: f"list<element: {ARROW_EVIDENCE}>",
    }),
    "pandas": (read_pandas, {
        # Integers with nulls become floats.
        "string": "str", "timestamp": "datetime64[us, UTC]", "int32": "int32", "int32?": ("float64", "int32"), "float32": "float32",
        "bool": "bool", "date": "object", "bytes": "object", "strings": "object", EVIDENCE: "object",
    }),
    "polars": (read_polars, {
        "string": "String", "timestamp": "Datetime(time_unit='us', time_zone='UTC')", "int32": "Int32", "float32": "Float32",
        "bool": "Boolean", "date": "Date", "bytes": "Binary", "strings": "List(String)",
        EVIDENCE: "List(Struct({'term': String, 'start': Int32, 'end': Int32, 'category': String, 'valence': Float32}))",
    }),
    "DuckDB": (read_duckdb, {
        "string": "VARCHAR", "timestamp": "TIMESTAMP WITH TIME ZONE", "int32": "INTEGER", "float32": "FLOAT", "bool": "BOOLEAN",
        "date": "DATE", "bytes": "BLOB", "strings": "VARCHAR[]",
        EVIDENCE: 'STRUCT(term VARCHAR, "start" INTEGER, "end" INTEGER, category VARCHAR, valence FLOAT)[]',
    }),
}


def check_types(table, types, names):
    want = set(CONTRACT[table]) | set(PARTITION)
    must(set(types) == want, f"{table}: columns differ: {sorted(set(types) ^ want)}")
    for column, kind in CONTRACT[table].items():
        expected = names.get(kind) or names[kind.removesuffix("?")]
        allowed = expected if isinstance(expected, tuple) else (expected,)
        must(types[column] in allowed, f"{table}.{column} is {types[column]}, not {' or '.join(allowed)}")


def check_rows(column):
    """Checks the rows of all tables; column(table, name) returns a list of values."""
    for table, columns in CONTRACT.items():
        for name, kind in columns.items():
            if not kind.endswith("?"):
                must(all(v is not None for v in column(table, name)), f"{table}.{name} has a null")

    texts = dict(zip(column("documents", "doc_id"), column("documents", "text")))
    must(len(texts) == len(column("documents", "doc_id")), "documents.doc_id is not unique")
    must(all(t is not None for t in texts.values()), "documents.text is missing (--no-text?): nothing to compare with")

    def words(what, doc, start, end, expected):
        must(doc in texts, f"{what}: no document {doc!r}")
        got = texts[doc][start:end]
        must(got == expected, f"{what}: {expected!r} in the row, {got!r} in documents.text[{start}:{end}]")

    documents = {}
    statement_docs = column("statements", "doc_id")
    for part in ("", "cue", "speaker"):
        prefix = part + "_" if part else ""
        rows = zip(column("statements", "statement_id"), statement_docs, column("statements", prefix + "start"),
                   column("statements", prefix + "end"), column("statements", part or "text"))
        for id, doc, start, end, text in rows:
            if part and text is None:
                must(start is None and end is None, f"{id}: {part}_start without {part}")
                continue
            words(f"{id} {part}", doc, start, end, text)
            documents[id] = doc
    must(len(documents) == len(statement_docs), "statements.statement_id is not unique")

    rows = zip(column("tones", "statement_id"), column("tones", "doc_id"), column("tones", EVIDENCE))
    for id, doc, evidence in rows:
        must(documents.get(id) == doc, f"tone without its statement {id!r}")
        for e in evidence:
            words(f"{id} evidence", doc, e["start"], e["end"], e["term"])

    counts = {}
    for doc in statement_docs:
        counts[doc] = counts.get(doc, 0) + 1
    for doc, n in zip(column("documents", "doc_id"), column("documents", "statements")):
        must(counts.get(doc, 0) == n, f"{doc}: statements is {n}, but there are {counts.get(doc, 0)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out, first = Path(sys.argv[1]), None
    for reader, (read, names) in READERS.items():
        try:
            tables = {}
            for table in CONTRACT:
                must((out / table).is_dir(), f"no folder {out / table}")
                types, tables[table] = read(out / table)
                check_types(table, types, names)
            cache = {}

            def column(table, name):
                if (table, name) not in cache:
                    cache[table, name] = tables[table](name)
                return cache[table, name]

            check_rows(column)
            rows = {table: len(column(table, "doc_id")) for table in CONTRACT}
            first = first or rows
            must(rows == first, f"sees {rows}, pyarrow {first}")
        except Fault as fault:
            sys.exit(f"{reader}: {fault}")
        print(f"{reader:8} ok: " + ", ".join(f"{n} {table}" for table, n in rows.items()))


if __name__ == "__main__":
    main()
