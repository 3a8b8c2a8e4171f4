package output

import (
	"os"
	"testing"
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
