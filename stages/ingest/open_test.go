package ingest

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/klauspost/compress/gzip"
)

// What is no file is an error, and nothing waits for it.
func TestNoFile(t *testing.T) {
	inFolder(t, map[string]string{"a.jsonl": jsonObject, "d/b.jsonl": jsonObject})
	if err := syscall.Mkfifo("fifo.jsonl", 0o644); err != nil {
		t.Skip(err)
	}
	for link, target := range map[string]string{"loop1.jsonl": "loop2.jsonl", "loop2.jsonl": "loop1.jsonl", "gone.jsonl": "nowhere", "zero.jsonl": "/dev/zero", "d/up": ".."} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	sources, err := Expand(nil, []string{".", "missing.jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	articles, errs := readAll(t, sources, Options{})
	if len(articles) != 2 {
		t.Errorf("%d articles", len(articles))
	}
	var files []string
	for _, e := range errs {
		files = append(files, e.File)
		if !e.Fatal || strings.HasPrefix(e.File, "fifo") != errors.Is(e, ErrNoFile) && e.File != "zero.jsonl" {
			t.Errorf("%v", e)
		}
	}
	if got := strings.Join(files, " "); got != "fifo.jsonl gone.jsonl loop1.jsonl loop2.jsonl missing.jsonl zero.jsonl" {
		t.Errorf("errors of %s", got)
	}
	// Exchanged after it was found.
	os.Remove("a.jsonl")
	syscall.Mkfifo("a.jsonl", 0o644)
	if _, errs := readAll(t, []Source{{Path: "a.jsonl", Size: 5}}, Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrNoFile) || errs[0].Hint == "" {
		t.Errorf("%v", errs)
	}
}

// A Parquet file has its own compression.
func TestParquetBomb(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{{Name: "text", Type: arrow.BinaryTypes.String}}, nil)
	for size, bomb := range map[int]bool{80 << 20: true, 1 << 20: false} {
		var b bytes.Buffer
		w, err := pqarrow.NewFileWriter(schema, &b, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithDictionaryDefault(false)),
			pqarrow.DefaultWriterProps())
		if err != nil {
			t.Fatal(err)
		}
		rows := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		rows.Field(0).(*array.StringBuilder).Append("Text." + strings.Repeat(" ", size))
		if err := errors.Join(w.Write(rows.NewRecord()), w.Close()); err != nil {
			t.Fatal(err)
		}
		articles, errs := readFile(t, "a.parquet", b.String(), Options{})
		if bomb && (len(errs) != 1 || !errors.Is(errs[0], ErrBomb)) || !bomb && len(articles) != 1 {
			t.Errorf("%d bytes: %d articles, %v", size, len(articles), errs)
		}
	}
}

// A bomb is stopped, whatever its format, and what stands before it is read.
func TestBomb(t *testing.T) {
	pack := func(head string, zeros int64) string {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		io.WriteString(w, head)
		io.CopyN(w, &endless{n: int(zeros)}, zeros)
		w.Close()
		return b.String()
	}
	good := jsonObject + "\n"
	for name, test := range map[string]struct {
		content string
		good    int
	}{
		"a.jsonl.gz":   {pack(good, 80<<20), 1},
		"a.csv.gz":     {pack("text\ngood\n", 80<<20), 1},
		"a.warc.gz":    {pack(response("http://a.example/", htmlType, page("")), 80<<20), 1},
		"a.parquet.gz": {pack("PAR1", 80<<20), 0},
		"a.xml.gz":     {pack(rssHead+item("1", "good"), 80<<20), 1},
	} {
		articles, errs := readFile(t, name, test.content, Options{})
		bombs := 0
		for _, e := range errs {
			if errors.Is(e, ErrBomb) && e.Fatal && e.Hint != "" {
				bombs++
			}
		}
		if len(articles) != test.good || bombs != 1 {
			t.Errorf("%s: %d articles, %v", name, len(articles), errs)
		}
	}
	// By the limit alone; and what is well packed is no bomb.
	many := gzipped(strings.Repeat(good, 10_000))
	if articles, errs := readFile(t, "a.jsonl.gz", many, Options{MaxUnpacked: 5_000}); len(articles) == 0 || len(errs) != 1 || !errors.Is(errs[0], ErrBomb) {
		t.Errorf("%d articles, %v", len(articles), errs)
	}
	if articles, errs := readFile(t, "a.jsonl.gz", many, Options{}); len(articles) != 10_000 {
		t.Errorf("%d articles, %v", len(articles), errs)
	}
	// What is packed twice is not unpacked twice.
	if _, errs := readFile(t, "a.jsonl.gz.gz", gzipped(many), Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrFormat) {
		t.Errorf("%v", errs)
	}
}
