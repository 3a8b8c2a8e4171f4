package ingest

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zlib"

	"detente/stages"
)

// warcRecord is a record of a WARC file.
func warcRecord(kind, uri, contentType, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, contentType, len(block), block)
}

// response is a record of a page as it went over the wire.
func response(uri, head, body string) string {
	return warcRecord("response", uri, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+head+"\r\n"+body)
}

const htmlType = "Content-Type: text/html; charset=utf-8\r\n"

func chunked(s string) string {
	return fmt.Sprintf("%x;ext=1\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 100, s[:100], len(s)-100, s[100:])
}

func deflated(s string) string {
	var b strings.Builder
	w := zlib.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestWARC(t *testing.T) {
	body := page(`<meta property="article:published_time" content="2019-03-05">`)
	latin := strings.ReplaceAll(strings.ReplaceAll(page(""), "utf-8", "none"), "“We shall", "\x93We shall")
	records := []string{
		warcRecord("warcinfo", "", "application/warc-fields", "software: none\r\n"),
		warcRecord("request", "http://a.example/1", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
		response("http://a.example/1", htmlType, body),
		response("http://a.example/2", htmlType+"Transfer-Encoding: chunked\r\n", chunked(body)),
		response("http://a.example/3", htmlType+"Content-Encoding: gzip\r\n", gzipped(body)),
		response("http://a.example/4", htmlType+"Content-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n", chunked(deflated(body))),
		response("http://a.example/5", htmlType+"Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n", body), // unpacked by the crawler
		response("http://a.example/6", "content-type: text/html;\r\n charset=windows-1252\r\n", latin),
		response("http://a.example/image", "Content-Type: image/png\r\n", "\x89PNG"),
		warcRecord("response", "http://a.example/gone", "application/http", "HTTP/1.1 404 Not Found\r\n"+htmlType+"\r\n"+body),
		warcRecord("response", "http://a.example/7", "application/http", "HTTP/2 200\r\n"+htmlType+"\r\n"+body),
		warcRecord("resource", "<http://a.example/8>", "text/html", body),
	}
	for name, content := range map[string]string{"a.warc": strings.Join(records, ""), "a.warc.gz": membersOf(records), "a.dat": strings.Join(records, "")} {
		articles, errs := readFile(t, name, content, Options{})
		if len(articles) != 8 || len(errs) > 0 {
			t.Fatalf("%s: %d articles, %v", name, len(articles), errs)
		}
		for i, a := range articles {
			url := fmt.Sprintf("http://a.example/%d", i+1)
			if a.URL != url || a.ID != url || a.Text != pageText && i != 5 || i == 5 && !strings.Contains(a.Text, "“We shall") {
				t.Errorf("%s: article %d: %+v", name, i, a)
			}
		}
		if a := articles[0]; a.URI != name+":3" || a.PublishedFrom != stages.PublishedMeta {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// membersOf packs each record alone, as crawlers do.
func membersOf(records []string) string {
	var b strings.Builder
	for _, r := range records {
		b.WriteString(gzipped(r))
	}
	return b.String()
}

func TestBadWARC(t *testing.T) {
	good := response("http://a.example/good", htmlType, page(""))
	for _, test := range []struct {
		name, bad string
		good      int
		record    int64
		fatal     bool
		err       error
	}{
		{"no text", response("http://a.example/", htmlType, "<html></html>"), 2, 2, false, ErrNoText},
		{"long", response("http://a.example/", htmlType, "<html>"+strings.Repeat("long ", 50_000)), 2, 2, false, ErrTooLong},
		{"packed long", response("http://a.example/", htmlType+"Content-Encoding: gzip\r\n", gzipped(strings.Repeat("long ", 5_000_000))), 2, 2, false, ErrTooLong},
		{"deep", response("http://a.example/", htmlType, strings.Repeat("<p><div>", 10_000)), 2, 2, false, ErrBroken},
		{"no status", warcRecord("response", "x", "application/http", "<html>"), 2, 2, false, ErrBroken},
		{"damaged gzip", response("http://a.example/", htmlType+"Content-Encoding: gzip\r\n", gzipped(page(""))[:200]), 2, 2, false, ErrBroken},
		{"endless head", "WARC/1.0\r\n" + strings.Repeat("a: b\r\n", 20_000) + "\r\n", 2, 2, false, ErrBroken},
		{"endless line", "WARC/1.0\r\nA: " + strings.Repeat("a", 200_000) + "\r\n\r\n", 2, 2, false, ErrBroken},
		{"endless response head", response("x", strings.Repeat("a: b\r\n", 20_000), ""), 2, 2, false, ErrBroken},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nabc\r\n\r\n", 2, 2, false, ErrBroken},
		{"negative length", "WARC/1.0\r\nContent-Length: -5\r\n\r\nabc\r\n\r\n", 2, 2, false, ErrBroken},
		{"junk", "junk\r\nmore junk\r\n\r\n", 2, 2, false, ErrBroken},
		{"length too small", strings.Replace(warcRecord("resource", "x", "image/png", "abc\r\ndef"), "Length: 8", "Length: 2", 1), 2, 2, false, ErrBroken},
		{"page's length too small", strings.Replace(good, "Content-Length: ", "Content-Length: 2", 1)[:len(good)-50] + "\r\n\r\n", 2, 2, false, ErrBroken},
		{"length too large by some", strings.Replace(warcRecord("resource", "x", "text/html", "<p>abcdefg</p>"), "Length: 14", "Length: 44", 1), 2, 2, false, ErrBroken},
		{"length too large by far", "WARC/1.0\r\nContent-Length: 99999999\r\n\r\nabc\r\n\r\n", 2, 2, false, ErrBroken},
		{"first line", strings.Replace(good, "WARC/1.0", "WXRC/1.0", 1), 2, 2, false, ErrBroken},
	} {
		t.Run(test.name, func(t *testing.T) {
			articles, errs := readFile(t, "a.warc", good+test.bad+good, Options{MaxDocument: 100_000})
			if len(articles) != test.good || len(errs) != 1 {
				t.Fatalf("%d articles, want %d; errors %v", len(articles), test.good, errs)
			}
			if e := errs[0]; e.Record != test.record || e.Fatal != test.fatal || !errors.Is(e, test.err) || e.Hint == "" || strings.Contains(e.Error(), "\n") {
				t.Errorf("%v (fatal %v, hint %q); want record %d: %v", e, e.Fatal, e.Hint, test.record, test.err)
			}
		})
	}
	whole := gzipped(good + "junk\r\n\r\n" + good)
	if articles, errs := readFile(t, "a.warc.gz", whole, Options{}); len(articles) != 2 || len(errs) != 1 || errs[0].Record != 2 {
		t.Errorf("in one gzip member: %d articles, %v", len(articles), errs)
	}
	for cut := len("WARC/"); cut < len(good); cut += 97 {
		articles, errs := readFile(t, "a.warc", good+good[:cut], Options{})
		if len(articles) != 1 || len(errs) != 1 || !errs[0].Fatal {
			t.Fatalf("cut at %d: %d articles, %v", cut, len(articles), errs)
		}
	}
}

// TestDamagedGzipWARC damages bytes of a packed record in turn, all of its head
// and end: the record is lost at most, and what is read are pages as they were.
func TestDamagedGzipWARC(t *testing.T) {
	records := []string{
		gzipped(response("http://a.example/1", htmlType, page(""))),
		gzipped(response("http://a.example/2", htmlType, page(""))),
		gzipped(response("http://a.example/3", htmlType, page(""))),
	}
	place := func(e *RecordError) string {
		_, rest, _ := strings.Cut(e.Error(), "gzip member at byte ")
		number, _, _ := strings.Cut(rest, ":")
		return number
	}
	for hurt := range records {
		want := 0
		for _, r := range records[:hurt] {
			want += len(r)
		}
		for i := range records[hurt] {
			if i > 20 && i < len(records[hurt])-20 && i%7 != 0 {
				continue
			}
			for name, damaged := range map[string]string{
				"flipped": records[hurt][:i] + string(records[hurt][i]^0x55) + records[hurt][i+1:],
				"missing": records[hurt][:i],
				"erased":  records[hurt][:i] + strings.Repeat("\x00", len(records[hurt])-i),
			} {
				parts := []string{records[0], records[1], records[2]}
				parts[hurt] = damaged
				articles, errs := readFile(t, "a.warc.gz", strings.Join(parts, ""), Options{})
				for _, a := range articles {
					if a.Text != pageText {
						t.Fatalf("record %d %s at byte %d: %q", hurt, name, i, a.Text)
					}
				}
				// Times and names in a gzip member's head are nobody's business, and a file
				// may end, or a member be gone, between two.
				if len(articles) == 3 && len(errs) == 0 || len(articles) == 2 && len(errs) == 0 && name == "missing" && i == 0 {
					continue
				}
				if len(articles) != 2 || len(errs) != 1 || place(errs[0]) != fmt.Sprint(want) || errs[0].Hint == "" {
					t.Fatalf("record %d %s at byte %d: %d articles, %v; want the error at byte %d", hurt, name, i, len(articles), errs, want)
				}
			}
		}
	}
}

// TestDamagedWARC does the same to a file that is not packed. Within a page damage does not show.
func TestDamagedWARC(t *testing.T) {
	good := response("http://a.example/2", htmlType, page(""))
	head := strings.Index(good, "\r\n\r\n")
	for i := range head {
		damaged := good[:i] + "\x00" + good[i+1:]
		articles, errs := readFile(t, "a.warc", good+damaged+good, Options{})
		if len(articles)+len(errs) < 2 || len(articles) < 2 || len(errs) > 1 {
			t.Fatalf("byte %d: %d articles, %v", i, len(articles), errs)
		}
	}
}
