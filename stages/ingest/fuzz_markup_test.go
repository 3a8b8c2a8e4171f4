package ingest

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzFeed holds that entries are read or reported, each once.
func FuzzFeed(f *testing.F) {
	for _, s := range []string{rss(item("1", "a"), item("2", "b")), rss(), rssHead, rss("<item><title>x", item("2", "&lt;p>a")),
		`<feed><entry><id>1</id><summary>a</summary></entry><entry/></feed>`, "<rss><channel><!-- <item> --><item><![CDATA[</item>]]></item>",
		"<?xml version='1.0' encoding='latin1'?><rss><item>\xe7", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><item a='<'>&a;"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		articles, errs := checkReading(t, "xml", data)
		starts := bytes.Count(data, []byte("<")) + bytes.Count(data, []byte("\x00<")) + bytes.Count(data, []byte("<\x00"))
		if !bytes.HasPrefix(data, gzipMagic) && !bytes.HasPrefix(data, zstdMagic) && !bytes.Contains(data, []byte("encoding")) && articles+errs > starts+1 {
			t.Fatalf("%q: %d articles and %d errors of %d tags", data, articles, errs, starts)
		}
	})
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{page(""), page(`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04","articleBody":"a"}</script>`),
		"<p>a<br><br>b<table><td>c", "<html><meta charset=shift_jis><p>\x83\x65", "<svg><math><p><template><b><i><b>x</i>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkReading(t, "html", data) })
}

// FuzzMarkup holds that paragraphs are parted by one blank line, and that space
// stands only between words.
func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"<p>a<p> b <i> c</i>", "a<br> <br>b", "<td>a<td>b", "a<div>\n</div>&#13;b", "&nbsp;<b></b>x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := markup(s)
		if err != nil || !strings.ContainsAny(s, "<&") {
			return
		}
		if strings.TrimFunc(got, collapses) != got || strings.Contains(got, "\n\n\n") || strings.Contains(got, "  ") || strings.Contains(got, " \n") || strings.Contains(got, "\n ") {
			t.Fatalf("%q becomes %q", s, got)
		}
	})
}

// FuzzWARC holds that what follows a record of the right length is read,
// whatever the record holds, and what follows a damaged gzip member.
func FuzzWARC(f *testing.F) {
	small := "<html><body><p>Norland thanked Sudland.</p>" + strings.Repeat("<br>", 20) // whole pages take long to minimise
	for _, s := range []string{"HTTP/1.1 200 OK\r\n" + htmlType + "\r\n" + small, "HTTP/1.1 200\r\n" + htmlType + "Transfer-Encoding: chunked\r\n\r\n" + chunked(small),
		"HTTP/1.1 200\r\n" + htmlType + "Content-Encoding: gzip\r\n\r\n" + gzipped("<p>a"), "HTTP/1.1 200\r\nContent-Encoding: br\r\n\r\n\x0b\x02", ""} {
		f.Add([]byte(s))
	}
	after := response("http://a.example/after", htmlType, "<html><body><p>after</p></body></html>")
	f.Fuzz(func(t *testing.T, data []byte) {
		checkReading(t, "warc", data)
		checkReading(t, "warc", append([]byte("WARC/1.0\r\n"), data...))
		articles, errs := readAll(t, []Source{{Path: "-"}}, Options{StdinFormat: "warc", MaxDocument: 1 << 12,
			Stdin: strings.NewReader(warcRecord("response", "http://a.example/", "application/http", string(data)) + after)})
		if len(articles) == 0 || articles[len(articles)-1].Text != "after" || len(articles)+len(errs) > 2 {
			t.Fatalf("%q: %v %v", data, articles, errs)
		}
		hurt := []byte(gzipped(warcRecord("resource", "x", "text/plain", string(data))))
		hurt[2+len(data)*7%(len(hurt)-2)] ^= byte(len(data)) | 1
		articles, errs = readAll(t, []Source{{Path: "-"}}, Options{StdinFormat: "warc", MaxDocument: 1 << 12,
			Stdin: strings.NewReader(string(hurt) + gzipped(after))})
		if len(articles) != 1 || articles[0].Text != "after" {
			t.Fatalf("%q, packed and damaged: %v %v", data, articles, errs) // where it is damaged it may look like several records
		}
	})
}
