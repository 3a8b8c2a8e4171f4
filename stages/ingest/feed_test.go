package ingest

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"detente/stages"
)

const rssHead = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Meridian</title><link>https://meridian.example/</link><language>en-gb</language>
`

// rss is an RSS feed of items.
func rss(items ...string) string {
	return rssHead + strings.Join(items, "\n") + "\n</channel></rss>\n"
}

func item(guid, text string) string {
	return fmt.Sprintf("<item><title>Title</title><guid>%s</guid><pubDate>Tue, 05 Mar 2019 09:00:00 GMT</pubDate><description>%s</description></item>", guid, text)
}

func TestRSS(t *testing.T) {
	articles, errs := readFile(t, "feed.xml", rss(
		`<!-- <item> --><item><title>Norland &amp; Sudland</title><link>https://meridian.example/1</link><guid isPermaLink="false">tag:meridian.example,2019:1</guid>
		<pubDate>Tue, 05 Mar 2019 09:00:00 GMT</pubDate><description>Short.</description>
		<content:encoded><![CDATA[<p>Norland thanked <b>Sudland</b>.</p><p>It said: </item></p>]]></content:encoded></item>`,
		`<item><title>&lt;i&gt;Second&lt;/i&gt;</title><guid>17</guid><dc:date>2019-03-06T10:00:00Z</dc:date><description>&lt;p&gt;Norland condemned Sudland.&lt;/p&gt;</description></item>`,
		`<item><link>https://meridian.example/3</link><description>Plain text.</description></item>`,
	), Options{})
	if len(articles) != 3 || len(errs) > 0 {
		t.Fatalf("%+v %v", articles, errs)
	}
	for i, want := range []stages.Article{
		{ID: "tag:meridian.example,2019:1", URI: "feed.xml:1", Title: "Norland & Sudland", URL: "https://meridian.example/1", Text: "Norland thanked Sudland.\n\nIt said:",
			Published: time.Date(2019, 3, 5, 9, 0, 0, 0, time.UTC), PublishedFrom: stages.PublishedFeed},
		{ID: "meridian.example:17", URI: "feed.xml:2", Title: "Second", Text: "Norland condemned Sudland.", Published: time.Date(2019, 3, 6, 10, 0, 0, 0, time.UTC),
			PublishedFrom: stages.PublishedFeed, Warnings: []string{WarnSummary}},
		{ID: "https://meridian.example/3", URI: "feed.xml:3", URL: "https://meridian.example/3", Text: "Plain text.", PublishedFrom: stages.PublishedNone, Warnings: []string{WarnSummary, WarnNoDate}},
	} {
		got := articles[i]
		want.Publisher, want.Language, want.ContentHash = "The Meridian", "en", got.ContentHash
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%+v\nwant %+v", got, want)
		}
	}
}

func TestAtom(t *testing.T) {
	articles, errs := readFile(t, "feed.atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Ministry</title><link href="https://ministry.example/"/>
		<entry><id>urn:uuid:1</id><title type="html">A &amp;amp; B</title><link href="https://ministry.example/1"/><published>2019-03-05T09:00:00Z</published><updated>2021-01-01T00:00:00Z</updated>
		<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Norland thanked Sudland.</p><p>Twice.</p></div></content></entry>
		<entry><id>urn:uuid:2</id><title>C</title><updated>2019-03-06T00:00:00Z</updated><summary>Norland condemned Sudland.</summary></entry></feed>`, Options{})
	if len(articles) != 2 || len(errs) > 0 {
		t.Fatalf("%+v %v", articles, errs)
	}
	a, b := articles[0], articles[1]
	if a.ID != "urn:uuid:1" || a.Title != "A & B" || a.URL != "https://ministry.example/1" || a.Text != "Norland thanked Sudland.\n\nTwice." ||
		a.Published.Day() != 5 || a.PublishedFrom != stages.PublishedFeed || a.Publisher != "Ministry" || len(a.Warnings) > 0 {
		t.Errorf("%+v", a)
	}
	if b.Text != "Norland condemned Sudland." || b.Published.Day() != 6 || strings.Join(b.Warnings, ",") != WarnSummary+","+WarnUpdated {
		t.Errorf("%+v", b)
	}
}

// Feeds of other kinds: RSS 1.0, with prefixes, in another encoding, without entries.
func TestFeedKinds(t *testing.T) {
	for name, test := range map[string]struct{ content, texts string }{
		"rdf": {`<?xml version='1.0' encoding='ISO-8859-1'?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
			<channel rdf:about="x"><title>A</title><items><rdf:Seq/></items></channel><item rdf:about="1"><title>B</title><link>http://a.example/1</link><description>Cura` + "\xe7" + `ao</description></item></rdf:RDF>`, "Curaçao"},
		"html entities": {rss(item("1", "Caf&eacute; &nbsp;AT&T")), "Café \u00a0AT&T"},
		"no entries":    {rss(), ""},
		"sniffed":       {"\n" + rss(item("1", "a"), item("2", "b")), "a|b"},
		"bad bytes":     {rss(item("1", "a\x01\xff")), "a\ufffd"},
	} {
		ext := ".xml"
		if name == "sniffed" {
			ext = ".dat"
		}
		articles, errs := readFile(t, "feed"+ext, test.content, Options{})
		var texts []string
		for _, a := range articles {
			texts = append(texts, a.Text)
		}
		if strings.Join(texts, "|") != test.texts || len(errs) > 0 {
			t.Errorf("%s: %q %v", name, texts, errs)
		}
	}
}

// What is wrong with an entry harms no other.
func TestBadFeed(t *testing.T) {
	good := item("1", "good")
	for _, test := range []struct {
		name, content string
		good          int
		record        int64
		fatal         bool
		err           error
	}{
		{"no text", rss(good, "<item><title>x</title></item>", good), 2, 2, false, ErrNoText},
		{"empty", rss(good, "<item/>", good), 2, 2, false, ErrNoText},
		{"unclosed", rss(good, "<item><title>x</title>", good), 2, 2, false, ErrBroken},
		{"tag", rss(good, "<item><description>x</descr</item>", good), 2, 2, false, ErrBroken},
		{"attribute", rss(good, `<item><a b="x</a></item>`, good), 2, 2, false, ErrBroken},
		{"long", rss(good, item("2", strings.Repeat("long ", 50_000)), good), 2, 2, false, ErrTooLong},
		{"deep", rss(good, "<item>"+strings.Repeat("<a>", 10_000)+"</item>", good), 2, 2, false, ErrBroken},
		{"deep html", rss(good, item("2", strings.Repeat("&lt;div>", 5_000)), good), 2, 2, false, ErrBroken},
		{"cut", rss(good, good)[:len(rss(good, good))-50], 1, 2, true, io.ErrUnexpectedEOF},
		{"cut between", rssHead + good, 1, 2, true, io.ErrUnexpectedEOF},
		{"no feed", "<?xml version='1.0'?><sitemap><url/></sitemap>", 0, 0, true, ErrFormat},
		{"laughs", `<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("ha", 1000) + `"><!ENTITY b "&a;&a;&a;">]>` + rss(good, item("2", " "), item("3", "x &b;")), 2, 2, false, ErrNoText},
	} {
		t.Run(test.name, func(t *testing.T) {
			articles, errs := readFile(t, "feed.xml", test.content, Options{MaxDocument: 100_000})
			if len(articles) != test.good || len(errs) != 1 {
				t.Fatalf("%d articles, want %d; errors %v", len(articles), test.good, errs)
			}
			if e := errs[0]; e.Record != test.record || e.Fatal != test.fatal || !errors.Is(e, test.err) || e.Hint == "" || strings.Contains(e.Error(), "\n") {
				t.Errorf("%v (fatal %v, hint %q); want record %d: %v", e, e.Fatal, e.Hint, test.record, test.err)
			}
		})
	}
}
