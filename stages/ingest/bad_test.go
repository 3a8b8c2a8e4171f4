package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
)

// TestBadInput holds that what is wrong with a record is told with its place,
// and harms no other record.
func TestBadInput(t *testing.T) {
	const good = `{"id":"good","text":"good"}`
	long := strings.Repeat("long ", 50_000)
	for _, test := range []struct {
		name, content string
		good          int   // articles that are read
		record        int64 // of the one error
		fatal         bool
		err           error
	}{
		{"empty.jsonl", "", 0, 0, true, ErrEmptyFile},
		{"empty.txt.gz", gzipped(""), 0, 0, true, ErrEmptyFile},
		{"blank.jsonl", "\n \n", 0, 0, true, ErrEmptyFile},
		{"empty.csv", "\n\n", 0, 0, true, ErrEmptyFile},
		{"binary.dat", "\x7fELF\x00\x01", 0, 0, true, ErrFormat},
		{"blank.txt", " \n", 0, 0, false, ErrNoText},
		{"bom.jsonl", `{"text":"\ufeff"}`, 0, 1, false, ErrNoText},
		{"long.txt", long, 0, 0, false, ErrTooLong},
		{"matter.md", "---\ntitle: Maduro: we want peace\n---\nText", 0, 0, false, ErrBroken},
		{"nested.md", "---\na: " + strings.Repeat("[", 10_000) + "\n---\nText", 0, 0, false, ErrBroken},

		{"broken.jsonl", good + "\n{\"text\": \"cut\n" + good, 2, 2, false, ErrBroken},
		{"literal.jsonl", good + "\n{\"text\": tru}\n" + good, 2, 2, false, ErrBroken},
		{"trailing.jsonl", good + "\n" + good + "x\n" + good, 2, 2, false, ErrBroken},
		{"array.jsonl", good + "\n[1]\n" + good, 2, 2, false, ErrBroken},
		{"none.jsonl", good + "\n{\"title\":\"x\"}\n" + good, 2, 2, false, ErrNoText},
		{"null.jsonl", good + "\n{\"text\":null}\n" + good, 2, 2, false, ErrNoText},
		{"blanktext.jsonl", good + "\n{\"text\":\" \\n\"}\n" + good, 2, 2, false, ErrNoText},
		{"number.jsonl", good + "\n{\"text\":5}\n" + good, 2, 2, false, ErrWrongType},
		{"id.jsonl", good + "\n{\"text\":\"a\",\"id\":{\"$oid\":1}}\n" + good, 2, 2, false, ErrWrongType},
		{"long.jsonl", good + "\n{\"text\":\"" + long + "\"}\n" + good, 2, 2, false, ErrTooLong},
		{"cut.jsonl.gz", gzipped(strings.Repeat(good+"\n", 5))[:35], 5, 6, true, io.ErrUnexpectedEOF},

		{"broken.json", "[" + good + `,{"text": tru},` + good + "]", 2, 2, false, ErrBroken},
		{"envelope.json", `{"articles":[` + good + `,{"text": tru},` + good + "]}", 2, 2, false, ErrBroken},
		{"mixed.json", "[" + good + ",3," + good + "]", 2, 2, false, ErrBroken},
		{"none.json", `{"title": "x", "tags": [{"a": 1}]}`, 0, 1, false, ErrNoText},
		{"row.json", good + `{"a": tru}` + good, 2, 2, false, ErrBroken},
		{"long.json", "[" + good + `,{"text":"` + long + `"},` + good + "]", 2, 2, false, ErrTooLong},
		{"longfirst.json", `{"articles": [{"text":"` + long + `"},` + good + "]}", 1, 1, false, ErrTooLong},
		{"longone.json", `{"text":"` + long + `"}` + good, 1, 1, false, ErrTooLong},
		{"cut.json", "[" + good + "," + good[:20], 1, 2, true, io.ErrUnexpectedEOF},
		{"cutenvelope.json", `{"n": 1, "articles": [` + good + "," + good + ",", 2, 3, true, io.ErrUnexpectedEOF},
		{"comma.json", "[" + good + " " + good + "]", 1, 2, true, ErrBroken},
		{"text.json", "no JSON", 0, 1, true, ErrBroken},

		{"notext.csv", "id,title\n1,2\n", 0, 0, true, ErrWrongColumn},
		{"fields.csv", "id,text\n1,a\n2,b,c\n3,d\n", 2, 3, false, ErrBroken},
		{"missing.csv", "id,text\n1,\"a\nb\"\n2,\n3,d\n", 2, 4, false, ErrNoText},
		{"wide.csv", "id,text\n1,a\n" + strings.Repeat(",", 50_000) + "\n3,d\n", 2, 3, false, ErrBroken},
		{"widequoted.csv", "id,text\n1,a\n" + strings.Repeat("\"\",", 20_000) + "\n3,d\n", 2, 3, false, ErrBroken},
		{"wideheader.csv", strings.Repeat("a,", 20_000) + "text\n1,a\n", 0, 1, true, ErrBroken},
		{"deep.jsonl", good + "\n{\"a\":" + strings.Repeat("[", 90_000) + "\n" + good, 2, 2, false, ErrBroken},
		{"deepobject.json", "[" + good + "," + strings.Repeat("{\"a\":", 15_000) + "1" + strings.Repeat("}", 15_000) + "," + good + "]", 2, 2, false, ErrBroken},
		{"long.csv", "id,text\n1,a\n2,\"" + long + "\n\"\n3,d\n", 2, 3, false, ErrTooLong},
		{"quote.csv", "id,text\n1,a\n2,\"b\n3,d\n", 1, 3, true, ErrBroken},
	} {
		t.Run(test.name, func(t *testing.T) {
			articles, errs := readFile(t, test.name, test.content, Options{MaxDocument: 100_000})
			if len(articles) != test.good || len(errs) != 1 {
				t.Fatalf("%d articles, want %d; errors %v", len(articles), test.good, errs)
			}
			e := errs[0]
			if e.File != test.name || e.Record != test.record || e.Fatal != test.fatal || !errors.Is(e, test.err) {
				t.Errorf("%v (fatal %v); want %s:%d: %v (fatal %v)", e, e.Fatal, test.name, test.record, test.err, test.fatal)
			}
			if strings.Contains(e.Error(), "\n") {
				t.Errorf("more than a line: %v", e)
			}
		})
	}
}

// Quotes that are against the rules of CSV are read as they are meant.
func TestLazyQuotes(t *testing.T) {
	articles, errs := readFile(t, "a.csv", "id,text\n1,a 5\" pipe\n2,\"He said \"no\" to, me\"\n3,\"a\"\"\"\n", Options{})
	if len(articles) != 3 || articles[0].Text != `a 5" pipe` || articles[1].Text != `He said "no" to, me` || articles[2].Text != `a"` {
		t.Errorf("%v %v", articles, errs)
	}
}

// The records before the place where a gzip file is cut are read.
func TestTruncatedGzip(t *testing.T) {
	var content strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&content, `{"id":%d,"text":"text %x"}`+"\n", i, i*i*7919)
	}
	whole := gzipped(content.String())
	articles, errs := readFile(t, "a.jsonl.gz", whole[:len(whole)/2], Options{})
	if n := len(articles); n < 5_000 || n >= 20_000 {
		t.Errorf("%d articles", n)
	}
	if len(errs) != 1 || !errs[0].Fatal || errs[0].Record != int64(len(articles))+1 || errs[0].Hint == "" {
		t.Errorf("%+v", errs)
	}
}

func TestUnreadable(t *testing.T) {
	inFolder(t, map[string]string{"a.jsonl": jsonObject, "b.jsonl": jsonObject, "d/c.jsonl": jsonObject})
	os.Remove("a.jsonl")
	sources := []Source{{Path: "a.jsonl"}, {Path: "d"}, {Path: "b.jsonl"}}
	articles, errs := readAll(t, sources, Options{})
	if len(articles) != 1 || len(errs) != 2 || !errs[0].Fatal || !errs[1].Fatal {
		t.Errorf("%v %v", articles, errs)
	}
}

// endless writes head, n bytes of filler and tail, without holding them.
type endless struct {
	head, tail string
	n          int
}

func (e *endless) Read(p []byte) (int, error) {
	switch {
	case e.head != "":
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	case e.n > 0:
		p = p[:min(len(p), e.n)]
		for i := range p {
			p[i] = 'x'
		}
		e.n -= len(p)
		return len(p), nil
	case e.tail != "":
		n := copy(p, e.tail)
		e.tail = e.tail[n:]
		return n, nil
	}
	return 0, io.EOF
}

// A document of 200 MB is skipped without being held in memory.
func TestHugeRecord(t *testing.T) {
	const size, limit = 200 << 20, 1 << 20
	for format, e := range map[string]*endless{
		"jsonl": {head: `{"text":"`, tail: `"}` + "\n" + `{"text":"good"}`},
		"json":  {head: `[{"text":"`, tail: `"},{"text":"good"}]`},
		"csv":   {head: "text,id\n\"", tail: "\",1\ngood,2\n"},
		"txt":   {},
	} {
		t.Run(format, func(t *testing.T) {
			e.n = size
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			articles, errs := readAll(t, []Source{{Path: "-"}}, Options{Stdin: e, StdinFormat: format, MaxDocument: limit})
			runtime.ReadMemStats(&after)
			if len(errs) != 1 || !errors.Is(errs[0], ErrTooLong) {
				t.Errorf("%v", errs)
			}
			if format != "txt" && (len(articles) != 1 || articles[0].Text != "good") {
				t.Errorf("%d articles", len(articles))
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 16*limit {
				t.Errorf("%d MB allocated", n>>20)
			}
		})
	}
}
