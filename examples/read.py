"""Reads the tables of a run with pandas and with DuckDB.

    make run
    pip install pandas pyarrow duckdb
    python examples/read.py out/tone
"""

import sys

import duckdb
import pandas as pd

out = sys.argv[1] if len(sys.argv) > 1 else "out/tone"

print("pandas: the tone of each dyad in each month, copies of articles left out\n")
tones = pd.read_parquet(f"{out}/tones")
tones = tones[~tones["duplicate"] & tones["date"].notna()]
month = pd.to_datetime(tones["date"]).dt.to_period("M").rename("month")
by_month = tones.groupby(["source", "target", month]).agg(
    documents=("doc_id", "nunique"), tones=("tone", "size"), mean=("tone", "mean")
)
print(by_month.sort_values("tones", ascending=False).head(8).round(2))

print("\npandas: the words behind the surest hostile tone\n")
surest = tones[tones["label"] == "hostile"].nlargest(1, "confidence").iloc[0]
documents = pd.read_parquet(f"{out}/documents", columns=["doc_id", "text"]).set_index("doc_id")
text = documents.loc[surest["doc_id"], "text"]
print(f"{surest['source']} → {surest['target']} on {surest['date']}: {surest['tone']:+.2f}")
for e in surest["evidence"]:
    assert text[e["start"] : e["end"]] == e["term"]  # offsets are those of Python strings
    print(f"  {e['valence']:+.2f} {e['category']:<10} …{text[max(0, e['start'] - 40) : e['end'] + 40]!r}…")

print("\nDuckDB: who says the friendliest things about whom, in what words\n")
duckdb.sql(f"""
    SELECT t.source, t.target, round(t.tone, 2) AS tone, s.date, s.speaker_name, s.text
    FROM read_parquet('{out}/tones/**/*.parquet') t
    JOIN read_parquet('{out}/statements/**/*.parquet') s USING (statement_id)
    WHERE NOT t.duplicate AND s.kind <> 'action'
    ORDER BY t.tone DESC, statement_id
    LIMIT 5
""").show(max_width=140)

print("DuckDB: which categories of words carry hostility\n")
duckdb.sql(f"""
    SELECT e.category, count(*) AS matches, round(avg(e.valence), 2) AS valence
    FROM (SELECT unnest(evidence) AS e FROM read_parquet('{out}/tones/**/*.parquet') WHERE label = 'hostile')
    GROUP BY ALL
    ORDER BY matches DESC, e.category
    LIMIT 5
""").show()
