package output

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/zeebo/xxh3"
)

// BenchmarkWriter writes 4,000 articles of 4 kB over 8 months; MB/s are of
// article text, everything included.
func BenchmarkWriter(b *testing.B) {
	docs := testDocuments(1, 4000, 8, 600, 50)
	size := int64(0)
	for _, d := range docs {
		size += int64(len(d.Article.Text))
	}
	for _, format := range []Format{Parquet, Arrow} {
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			var s Summary
			for b.Loop() {
				dir := b.TempDir()
				w, err := Open(dir, Options{Format: format, Meta: testMeta})
				if err != nil {
					b.Fatal(err)
				}
				s = write(b, w, docs)
				os.RemoveAll(dir)
			}
			if s.Documents != int64(len(docs)) {
				b.Fatalf("%d documents of %d", s.Documents, len(docs))
			}
			b.ReportMetric(float64(s.Bytes)/float64(size), "out/in")
		})
	}
}

// BenchmarkRows makes the rows without writing them.
func BenchmarkRows(b *testing.B) {
	docs := testDocuments(1, 1000, 60, 600, 50)
	size := int64(0)
	for _, d := range docs {
		size += int64(len(d.Article.Text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			if r, err := newRows(d); err != nil || len(r.statements) != len(d.Statements) {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkKnown reads which documents a dataset of a million holds, or of as
// many as DOCUMENTS says; B/doc is the memory that stays.
func BenchmarkKnown(b *testing.B) {
	n := 1_000_000
	if text := os.Getenv("DOCUMENTS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	const each = 250_000 // documents of a part
	var parts []part
	for from := 0; from < n; from += each {
		p := part{month: month{2014, int8(len(parts)%12 + 1)}, name: fmt.Sprintf("part-%06d-000.parquet", len(parts)+1), documents: int64(min(n, from+each) - from)}
		writeKnown(b, dir, &p, from, min(n, from+each))
		parts = append(parts, p)
	}
	before := heap()
	var k *Known
	for b.Loop() {
		k = new(Known)
		if err := k.load(dir, parts, Origin{}); err != nil || len(k.docs) != n {
			b.Fatal(len(k.docs), err)
		}
	}
	b.ReportMetric(float64(heap()-before)/float64(n), "B/doc")
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
	runtime.KeepAlive(k)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// writeKnown writes the documents of a part without their texts.
func writeKnown(b *testing.B, dir string, p *part, from, to int) {
	b.Helper()
	schema := documents.schema(testMeta)
	f, err := createFile(final(dir, p.path(0)), p.path(0), Parquet, schema, documents.dictionaries())
	if err != nil {
		b.Fatal(err)
	}
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	for i := from; i < to; i++ {
		id := xxh3.Uint128{Hi: xxh3.HashString(strconv.Itoa(i)), Lo: uint64(i)}.Bytes()
		documents.append(builder, &DocumentRow{
			DocID: fmt.Sprintf("https://news.example/2014/%x", id), URI: "feed.jsonl:1", PublishedFrom: "field", Language: "en",
			ContentHash: fmt.Sprintf("%x", id), Published: time.Date(2014, 2, 1, 0, 0, i, 0, time.UTC),
		})
		if i%maxRowGroup == 0 {
			if err := f.writeAll(builder); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := f.writeAll(builder); err != nil {
		b.Fatal(err)
	}
	if err := f.close(); err != nil {
		b.Fatal(err)
	}
}
