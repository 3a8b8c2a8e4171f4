package ingest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"

	"detente/stages"
)

// readFile reads content as a file of that name.
func readFile(t *testing.T, name, content string, opt Options) ([]stages.Article, []*RecordError) {
	t.Helper()
	inFolder(t, map[string]string{name: content})
	var progress atomic.Int64
	opt.Progress = &progress
	articles, errs := readAll(t, []Source{{Path: name, Size: int64(len(content))}}, opt)
	if n := progress.Load(); n != int64(len(content)) {
		t.Errorf("%s: progress ends at %d of %d bytes", name, n, len(content))
	}
	return articles, errs
}

func readAll(t testing.TB, sources []Source, opt Options) (articles []stages.Article, errs []*RecordError) {
	t.Helper()
	for article, err := range Articles(sources, opt) {
		recordErr := (*RecordError)(nil)
		switch {
		case err == nil:
			articles = append(articles, article)
		case errors.As(err, &recordErr):
			errs = append(errs, recordErr)
		default:
			t.Fatalf("not a RecordError: %v", err)
		}
	}
	return articles, errs
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func zstded(s string) string {
	w, _ := zstd.NewWriter(nil)
	return string(w.EncodeAll([]byte(s), nil))
}

func windowsText(s string) string {
	s, _ = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
	return s
}

// parquetFile is a file of two row groups, with a column of each type.
func parquetFile(t testing.TB) string {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.PrimitiveTypes.Int64},
		{Name: "unused", Type: arrow.ListOf(arrow.PrimitiveTypes.Int32), Nullable: true},
		{Name: "Title", Type: arrow.BinaryTypes.LargeString, Nullable: true},
		{Name: "source", Type: arrow.StructOf(arrow.Field{Name: "id", Type: arrow.BinaryTypes.String, Nullable: true},
			arrow.Field{Name: "name", Type: arrow.BinaryTypes.String, Nullable: true}), Nullable: true},
		{Name: "date", Type: &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}, Nullable: true},
		{Name: "body", Type: arrow.BinaryTypes.String, Nullable: true},
	}, nil)
	var buf bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &buf, parquet.NewWriterProperties(), pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		t.Fatal(err)
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for group := range 2 {
		for i := range 100 {
			n := group*100 + i
			b.Field(0).(*array.Int64Builder).Append(int64(n))
			b.Field(1).AppendNull()
			b.Field(2).(*array.LargeStringBuilder).Append(fmt.Sprint("Title ", n))
			source := b.Field(3).(*array.StructBuilder)
			source.Append(true)
			source.FieldBuilder(0).AppendNull()
			source.FieldBuilder(1).(*array.StringBuilder).Append("Agency")
			b.Field(4).(*array.TimestampBuilder).Append(arrow.Timestamp(1391638500000))
			if n == 7 {
				b.Field(5).AppendNull()
			} else {
				b.Field(5).(*array.StringBuilder).Append(fmt.Sprint("Text ", n))
			}
		}
		if err := w.Write(b.NewRecord()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

const (
	jsonObject = `{"id": 17, "title": "Signals", "published": "2014-02-05", "source": {"id": null, "name": "Agency"}, "url": "http://x/1", "lang": "en-US", "places": [1, {"a": "b"}], "text": "Caf\u00e9 \ud83d\ude00\r\n\"said\""}`
	csvTable   = "id,Title,published,outlet,link,language,content,n\n17,Signals,2014-02-05,Agency,http://x/1,eng,\"Café 😀\r\n\"\"said\"\"\",3\n"
)

func TestFormats(t *testing.T) {
	want := stages.Article{ID: "17", Publisher: "Agency", URL: "http://x/1", Title: "Signals", Language: "en",
		Published: time.Date(2014, 2, 5, 0, 0, 0, 0, time.UTC), PublishedFrom: stages.PublishedField, Text: "Café 😀\n\"said\""}
	for _, test := range []struct{ name, content, uri string }{
		{"a.jsonl", "\n" + jsonObject + "\n\n", ":2"},
		{"a.jsonl", jsonObject + "\r\n", ":1"},
		{"a.jsonl", "\ufeff" + jsonObject, ":1"},
		{"a.jsonl", windowsText(jsonObject), ":1"},
		{"a.jsonl", "[" + jsonObject + "]", ":1"},
		{"a.ndjson.gz", gzipped("\n") + gzipped(jsonObject), ":2"},
		{"a.ndjson.zst", zstded(jsonObject[:40]) + zstded(jsonObject[40:]), ":1"},
		{"misnamed.jsonl.gz", jsonObject, ":1"},
		{"unnamed", jsonObject + "\n", ":1"},
		{"a.json", jsonObject, ":1"},
		{"a.json", strings.ReplaceAll(jsonObject, ",", ",\n"), ":1"},
		{"a.json", "[" + jsonObject + "]", ":1"},
		{"a.json.gz", gzipped(` { "status": "ok" , "list": [ ] , "tags": [{"a": 1}], "n": 1, "articles" : [ ` + jsonObject + `] , "more": {"a": "]"} } `), ":1"},
		{"a.json", `{"articles": {"results": [` + jsonObject + `], "count": 1}}`, ":1"},
		{"unnamed", `[` + jsonObject + `]`, ":1"},
		{"a.csv", csvTable, ":2"},
		{"a.csv.zst", zstded(csvTable), ":2"},
		{"a.csv", strings.ReplaceAll(csvTable, ",", ";"), ":2"},
		{"a.tsv", strings.ReplaceAll(csvTable, ",", "\t"), ":2"},
		{"a.csv", "\ufeff\n" + csvTable, ":3"},
		{"unnamed", csvTable, ":2"},
		{"a.md", "---\nid: 17\ntitle: Signals\ndate: 2014-02-05\npublisher: {name: Agency}\nurl: http://x/1\nlanguage: en\n---\nCafé 😀\r\n\"said\"", ""},
		{"a.txt", "--- \r\nid: '17'\r\nTitle: Signals\r\ndate: February 5, 2014\r\nsource: Agency\r\nlink: http://x/1\r\nlang: English\r\n---\r\nCafé 😀\r\"said\"", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			articles, errs := readFile(t, test.name, test.content, Options{})
			if len(articles) != 1 || len(errs) > 0 {
				t.Fatalf("%q: %d articles, errors %v", test.content, len(articles), errs)
			}
			got := articles[0]
			if len(got.ContentHash) != 32 {
				t.Errorf("content hash %q", got.ContentHash)
			}
			want := want
			want.URI, want.ContentHash = test.name+test.uri, got.ContentHash
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				t.Errorf("%q:\n got %+v\nwant %+v", test.content, got, want)
			}
		})
	}
}

func TestParquet(t *testing.T) {
	content := parquetFile(t)
	for _, name := range []string{"a.parquet", "a.parquet.gz", "unnamed", "-"} {
		t.Run(name, func(t *testing.T) {
			stored := content
			if strings.HasSuffix(name, ".gz") {
				stored = gzipped(content)
			}
			var articles []stages.Article
			var errs []*RecordError
			if name == "-" {
				articles, errs = readAll(t, []Source{{Path: name}}, Options{Stdin: strings.NewReader(content)})
			} else {
				articles, errs = readFile(t, name, stored, Options{})
			}
			if len(articles) != 199 || len(errs) != 1 || errs[0].Record != 8 || !errors.Is(errs[0], ErrNoText) {
				t.Fatalf("%d articles, errors %v", len(articles), errs)
			}
			a := articles[198]
			if a.ID != "199" || a.Title != "Title 199" || a.Publisher != "Agency" || a.Text != "Text 199" ||
				a.Published.Format(time.RFC3339) != "2014-02-05T22:15:00Z" {
				t.Errorf("%+v", a)
			}
		})
	}
	_, errs := readFile(t, "a.parquet", content[:len(content)/2], Options{})
	if len(errs) != 1 || !errs[0].Fatal {
		t.Errorf("half a file: %v", errs)
	}
	damaged := []byte(content)
	for i := 4; i < len(damaged)*3/4; i++ {
		damaged[i] ^= 0x55
	}
	if _, errs := readFile(t, "a.parquet", string(damaged), Options{}); len(errs) == 0 || !errs[len(errs)-1].Fatal {
		t.Errorf("damaged pages: %v", errs)
	}
}

func TestTextTitle(t *testing.T) {
	for _, test := range []struct{ content, title, text string }{
		{"Openness in Caracas\n\nThe text.", "Openness in Caracas", ""},
		{"Openness in Caracas\r\n \r\nThe text.", "Openness in Caracas", "Openness in Caracas\n \nThe text."},
		{"# Openness\nThe text.", "Openness", ""},
		{"The text starts here\nand goes on.", "", ""},
		{"One line", "", ""},
		{strings.Repeat("long ", 50) + "\n\nThe text.", "", ""},
		{"---\nA rule, no front matter: right?\n---\nText.", "", ""},
		{"---\nauthor: me\n---\n\nOpenness\n\nText.", "Openness", "\nOpenness\n\nText."},
		{"---\ntitle: Front\n---\nOpenness\n\nText.", "Front", "Openness\n\nText."},
		{"---\nauthor: never closed\nText.", "", ""},
	} {
		articles, errs := readFile(t, "a.txt", test.content, Options{})
		if len(articles) != 1 || len(errs) > 0 {
			t.Errorf("%q: %v", test.content, errs)
			continue
		}
		if test.text == "" {
			test.text = test.content
		}
		if got := articles[0]; got.Title != test.title || got.Text != test.text {
			t.Errorf("%q: title %q, text %q", test.content, got.Title, got.Text)
		}
	}
}

func TestFileDate(t *testing.T) {
	for name, want := range map[string]string{
		"2014-02-05-openness.txt": "2014-02-05", "d/20140205_openness.md": "20140205", "2014-02-05.txt.gz": "2014-02-05",
		"openness-2014-02-05.txt": "", "2014-13-05.txt": "", "20140205123.txt": "", "99990101.txt": "",
	} {
		if got := fileDate(name); got != want {
			t.Errorf("fileDate(%q) = %q", name, got)
		}
	}
	articles, _ := readFile(t, "2014-02-05-openness.txt", "---\ndate: soon\n---\nText", Options{})
	if a := articles[0]; a.PublishedFrom != stages.PublishedFilename || a.Published.Day() != 5 ||
		!slices.Equal(a.Warnings, []string{WarnUnreadableDate}) {
		t.Errorf("%+v", a)
	}
}

// The first name that has a value wins, in the order of the list and not of
// the record.
func TestAliases(t *testing.T) {
	articles, errs := readFile(t, "a.jsonl", `{"uuid":"u","guid":" g\n1 ","id":"","body":"body","text":null,"article":"x","domain":"d","source":{"title":"S"},"publishedAt":1391638500000,"headline":"Head\nline"}
{"text":["a"],"body":"body","my":"mine","title":7,"source":["a"],"published":{"$date":1}}`, Options{})
	if len(articles) != 2 {
		t.Fatal(errs)
	}
	a, b := articles[0], articles[1]
	if a.ID != "g_1" || a.Text != "body" || a.Publisher != "S" || a.Title != "Head line" || a.Published.Year() != 2014 {
		t.Errorf("%+v", a)
	}
	if b.Title != "7" || !slices.Equal(b.Warnings, []string{WarnFieldType, WarnUnreadableDate}) {
		t.Errorf("%+v", b)
	}
}

func TestFields(t *testing.T) {
	opt := Options{Fields: map[string][]string{"text": {"mine", "Other"}, "publisher": {"agency"}}}
	line := `{"id":"1","mine":" ","Other":"text","text":"no","source":"no"}` + "\n"
	articles, errs := readFile(t, "a.jsonl", line+`{"id":"2","text":"no","agency":"A"}`, opt)
	if len(articles) != 1 || articles[0].Text != "text" || articles[0].Publisher != "" {
		t.Errorf("%+v", articles)
	}
	if len(errs) != 1 || errs[0].Record != 2 || !errors.Is(errs[0], ErrNoText) {
		t.Errorf("%v", errs)
	}
	// A name that is in none of the records is reported, but spares them.
	articles, errs = readFile(t, "a.jsonl", line, opt)
	if len(articles) != 1 || len(errs) != 1 || errs[0].Record != 0 || errs[0].Fatal || !errors.Is(errs[0], ErrWrongColumn) {
		t.Errorf("%v %v", articles, errs)
	}
	for _, format := range []string{"csv", "parquet"} {
		content := csvTable
		if format == "parquet" {
			content = parquetFile(t)
		}
		articles, errs = readFile(t, "a."+format, content, opt)
		if len(articles) != 0 || len(errs) != 1 || !errs[0].Fatal || !errors.Is(errs[0], ErrWrongColumn) ||
			!strings.Contains(errs[0].Hint, "id, ") {
			t.Errorf("%s: %v", format, errs)
		}
	}
	for _, opt := range []Options{{Fields: map[string][]string{"txt": {"a"}}}, {Fields: map[string][]string{"text": nil}}, {StdinFormat: "doc"}} {
		if opt.Check() == nil {
			t.Errorf("%+v passes", opt)
		}
	}
	if err := opt.Check(); err != nil {
		t.Error(err)
	}
}

// An id made from a record depends on nothing but the record and its place.
func TestMadeID(t *testing.T) {
	read := func() []stages.Article {
		articles, _ := readFile(t, "a.jsonl", `{"text":"a","url":"http://x"}
{"text":"b","url":"http://x"}
{"text":"a"}
{"text":"a"}`, Options{})
		return articles
	}
	a, b := read(), read()
	if a[0].ID != b[0].ID || a[0].ID != a[1].ID || a[2].ID == a[3].ID || len(a[0].ID) != 32 {
		t.Errorf("%q %q %q %q", a[0].ID, a[1].ID, a[2].ID, a[3].ID)
	}
	if a[0].ContentHash == a[1].ContentHash || a[0].ContentHash != a[2].ContentHash {
		t.Error("content hash: it is of title, date and text")
	}
}

func TestWarnings(t *testing.T) {
	const spanish = "El presidente de Venezuela dijo que la relación entre los dos países no es la que el gobierno de los Estados Unidos había anunciado en la cumbre."
	for _, test := range []struct {
		record string
		want   []string
	}{
		{`{"text":"a","date":"2014-02-05"}`, nil},
		{`{"text":"a"}`, []string{WarnNoDate}},
		{`{"text":"a","date":"02/05/2014"}`, []string{WarnAmbiguousDate}},
		{`{"text":"a","date":"0000-00-00"}`, []string{WarnDateRange}},
		{`{"text":"a","date":20140205}`, nil},
		{`{"text":"He said… [+3043 chars]","date":20140205}`, []string{WarnTruncated}},
		{`{"text":"He said...","date":20140205}`, nil},
		{`{"text":"He said [+many chars]","date":20140205}`, nil},
		{`{"text":"He donâ€™t","date":20140205}`, []string{WarnMojibake}},
		{`{"text":"CafÃ© at 5Â°","date":20140205}`, []string{WarnMojibake}},
		{`{"text":"AÇÃO Â Ã","date":20140205}`, nil},
		{`{"text":"` + spanish + `","date":20140205}`, []string{WarnNotEnglish}},
		{`{"text":"` + spanish + `","date":20140205,"lang":"en"}`, nil},
		{`{"text":"Президент встретился с министром","date":20140205}`, []string{WarnNotEnglish}},
		{`{"text":"a","date":20140205,"lang":"spa"}`, []string{WarnNotEnglish}},
		{`{"text":"a\udc00b\u0000","date":20140205}`, []string{WarnInvalidUTF8, WarnNUL}},
		{"{\"text\":\"caf\xe9\",\"title\":\"\xff\",\"date\":20140205}", []string{WarnInvalidUTF8}},
	} {
		articles, errs := readFile(t, "a.jsonl", test.record, Options{})
		if len(articles) != 1 || !slices.Equal(articles[0].Warnings, test.want) {
			t.Errorf("%s: %+v %v; want %q", test.record, articles, errs, test.want)
		}
	}
}

func TestStdin(t *testing.T) {
	for format, content := range map[string]string{"": jsonObject, "jsonl": jsonObject, "csv": csvTable, "txt": "text"} {
		articles, errs := readAll(t, []Source{{Path: "-"}}, Options{Stdin: strings.NewReader(content), StdinFormat: format})
		if len(articles) != 1 || !strings.HasPrefix(articles[0].URI, "stdin") {
			t.Errorf("%s: %v %v", format, articles, errs)
		}
	}
	if _, errs := readAll(t, []Source{{Path: "-"}}, Options{Stdin: strings.NewReader("a"), StdinFormat: "doc"}); len(errs) != 1 {
		t.Errorf("unknown format: %v", errs)
	}
}

// Breaking out of the loop closes the file; so does reading to the end.
func TestClose(t *testing.T) {
	inFolder(t, map[string]string{"a.jsonl": jsonObject})
	r := Open(Source{Path: "a.jsonl"}, Options{})
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Error("Next after Close:", err)
	}
	if _, err := os.Stat("a.jsonl"); err != nil {
		t.Fatal(err)
	}
}
