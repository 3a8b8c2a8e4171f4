package ingest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// benchRecord has the size and the escapes of a usual news article.
func benchRecord(i int) map[string]string {
	paragraph := "\"We want fluid relations with the United States,\" said Nicolás Maduro, Venezuela’s president, " +
		"after officials of both governments had voiced openness to normalizing relations. " +
		"A State Department spokesman, in Washington, declined to comment on the statement of the ministry.\n\n"
	return map[string]string{
		"id": fmt.Sprint("doc-", i), "title": "US and Venezuela signal openness", "published": "2014-02-05T10:15:00Z",
		"source": "Agency", "url": fmt.Sprint("https://example.org/2014/02/05/", i), "text": strings.Repeat(paragraph, 16),
	}
}

func benchJSONL(n int) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for i := range n {
		enc.Encode(benchRecord(i))
	}
	return b.Bytes()
}

func benchRead(b *testing.B, data []byte, format string, want int) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		opt := Options{Stdin: bytes.NewReader(data), StdinFormat: format}
		for _, err := range Articles([]Source{{Path: "-"}}, opt) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != want {
			b.Fatalf("%d articles, want %d", n, want)
		}
	}
}

func BenchmarkJSONL(b *testing.B) { benchRead(b, benchJSONL(1000), "jsonl", 1000) }

func BenchmarkJSON(b *testing.B) {
	lines := bytes.Split(bytes.TrimSpace(benchJSONL(1000)), []byte("\n"))
	benchRead(b, fmt.Appendf(nil, `{"articles": [%s]}`, bytes.Join(lines, []byte(","))), "json", 1000)
}

func BenchmarkCSV(b *testing.B) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	names := []string{"id", "title", "published", "source", "url", "text"}
	w.Write(names)
	for i := range 1000 {
		var row []string
		for _, name := range names {
			row = append(row, benchRecord(i)[name])
		}
		w.Write(row)
	}
	w.Flush()
	benchRead(b, buf.Bytes(), "csv", 1000)
}

// BenchmarkScanner is the JSON decoding alone, beside encoding/json's.
func BenchmarkScanner(b *testing.B) {
	line := bytes.TrimSpace(benchJSONL(1))
	b.Run("ours", func(b *testing.B) {
		var (
			s    scanner
			rec  record
			cols = newColumns(nil)
		)
		b.SetBytes(int64(len(line)))
		for b.Loop() {
			rec.reset()
			if err := s.record(line, cols, &rec); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(line)))
		for b.Loop() {
			var v map[string]any
			if err := json.Unmarshal(line, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDate(b *testing.B) {
	for _, s := range []string{"2014-02-05T10:15:00Z", "Wed, 05 Feb 2014 10:15:00 GMT"} {
		b.Run(s[:3], func(b *testing.B) {
			for b.Loop() {
				parseDate(s)
			}
		})
	}
}

func BenchmarkDetectLanguage(b *testing.B) {
	text := benchRecord(0)["text"]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if code, _ := detectLanguage(text); code != "en" {
			b.Fatal(code)
		}
	}
}

// BenchmarkWARC reads pages as news sites send them, of which the article is a tenth.
func BenchmarkWARC(b *testing.B) {
	var links, archive strings.Builder
	for i := range 250 {
		fmt.Fprintf(&links, `<li class="teaser teaser--%d"><a href="/story/%d" data-track="nav|%d"><span class="icon"></span>Another story of the day</a></li>`, i, i, i)
	}
	const n = 100
	for i := range n {
		body := strings.Replace(page(""), "</body>", "<aside><ul>"+links.String()+"</ul></aside></body>", 1)
		archive.WriteString(response(fmt.Sprintf("http://a.example/%d", i), htmlType, body))
	}
	for _, workers := range []int{1, runtime.GOMAXPROCS(0)} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			b.SetBytes(int64(archive.Len()))
			b.ReportAllocs()
			for b.Loop() {
				opt := Options{Stdin: strings.NewReader(archive.String()), StdinFormat: "warc", Workers: workers}
				articles, errs := readAll(b, []Source{{Path: "-"}}, opt)
				if len(articles) != n || len(errs) > 0 {
					b.Fatalf("%d articles, %v", len(articles), errs)
				}
			}
		})
	}
}
