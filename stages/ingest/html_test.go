package ingest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"detente/stages"
)

// page is a page of an invented paper, with head inside its head.
func page(head string) string {
	return `<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Norland thanks Sudland | The Meridian</title>` + head + `</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Norland thanks Sudland</h1>
<p>Norland&#8217;s foreign minister, Ada Quist, thanked Sudland on Tuesday for its help after the flood, and said that both
countries would <em>reopen</em>&nbsp;the bridge at Varn before the winter, as they had agreed to do in the spring.</p>
<figure><img src="/bridge.jpg"><figcaption>The bridge at Varn, before the flood.</figcaption></figure>
<p>“We shall not forget it,” she told reporters in the capital.<br>“Nobody here will,” she added, standing beside the
Sudlandish ambassador, who had come with a delegation of engineers and of doctors for the two days of talks.</p>
<script>var tracked = "Norland condemned Sudland";</script>
<ul><li>The bridge was built in 1911, and it was the first one of steel across the river, which is wide there.</li><li>It was closed last year.</li></ul>
</article>
<aside><h2>Most read</h2><p><a href="/other">Ostland condemns Westland</a></p></aside>
<footer><p>Copyright The Meridian. All rights reserved.</p></footer></body></html>`
}

const pageText = "Norland’s foreign minister, Ada Quist, thanked Sudland on Tuesday for its help after the flood, and said that both " +
	"countries would reopen\u00a0the bridge at Varn before the winter, as they had agreed to do in the spring.\n\n" +
	"“We shall not forget it,” she told reporters in the capital.\n“Nobody here will,” she added, standing beside the " +
	"Sudlandish ambassador, who had come with a delegation of engineers and of doctors for the two days of talks.\n\n" +
	"The bridge was built in 1911, and it was the first one of steel across the river, which is wide there.\n\nIt was closed last year."

func TestHTML(t *testing.T) {
	articles, errs := readFile(t, "a.html", page(`<link rel="canonical" href="https://meridian.example/world/bridge#top">
		<meta property="og:site_name" content="The Meridian"><meta property="og:title" content="Norland thanks Sudland">
		<meta property="article:published_time" content="2019-03-05T09:00:00+01:00">
		<meta property="article:modified_time" content="2021-01-01T00:00:00Z">`), Options{})
	if len(articles) != 1 || len(errs) > 0 {
		t.Fatal(articles, errs)
	}
	a := articles[0]
	if a.Text != pageText {
		t.Errorf("text\n%s\nwant\n%s", a.Text, pageText)
	}
	want := stages.Article{ID: "https://meridian.example/world/bridge", URI: "a.html", Publisher: "The Meridian", URL: "https://meridian.example/world/bridge",
		Title: "Norland thanks Sudland", Published: time.Date(2019, 3, 5, 8, 0, 0, 0, time.UTC), PublishedFrom: stages.PublishedMeta, Language: "en"}
	got := a
	got.Text, got.ContentHash = "", ""
	if got.ID != want.ID || got.URI != want.URI || got.Publisher != want.Publisher || got.URL != want.URL || got.Title != want.Title ||
		!got.Published.Equal(want.Published) || got.PublishedFrom != want.PublishedFrom || got.Language != want.Language || len(got.Warnings) > 0 {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Where a page's date comes from: never from its last change.
func TestHTMLDate(t *testing.T) {
	const (
		modified = `<meta property="article:modified_time" content="2021-01-01"><meta property="og:updated_time" content="2021-01-02"><meta itemprop="dateModified" content="2021-01-03">`
		meta     = `<meta property="article:published_time" content="2019-03-05T09:00:00Z">`
	)
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for _, test := range []struct {
		name, head, date string
		from             stages.PublishedFrom
	}{
		{"json-ld before meta", meta + ld(`{"@type":"NewsArticle","datePublished":"2019-03-04","dateModified":"2021-01-01"}`), "2019-03-04", stages.PublishedJSONLD},
		{"in a graph", ld(`{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["Thing","ReportageNewsArticle"],"datePublished":"2019-03-04"}]}`), "2019-03-04", stages.PublishedJSONLD},
		{"the page's own article", ld(`[{"@type":"NewsArticle","headline":"Other","datePublished":"2018-01-01"},{"@type":"NewsArticle","headline":"Norland thanks Sudland","datePublished":"2019-03-04"}]`), "2019-03-04", stages.PublishedJSONLD},
		{"no article", meta + ld(`{"@type":"WebPage","datePublished":"2019-03-04"}`), "2019-03-05", stages.PublishedMeta},
		{"broken json-ld", meta + ld(`{"@type":"NewsArticle","datePublished":"2019-`), "2019-03-05", stages.PublishedMeta},
		{"unreadable json-ld", meta + ld(`{"@type":"NewsArticle","datePublished":"yesterday"}`), "2019-03-05", stages.PublishedMeta},
		{"in a comment", ld(`<!-- {"@type":"Article","datePublished":"2019-03-04"} -->`), "2019-03-04", stages.PublishedJSONLD},
		{"modified alone", modified + ld(`{"@type":"NewsArticle","dateModified":"2021-01-01"}`), "", stages.PublishedNone},
		{"unreadable alone", ld(`{"@type":"NewsArticle","datePublished":"yesterday"}`), "", stages.PublishedNone},
		{"itemprop", modified + `<meta itemprop="datePublished" content="2019-03-06">`, "2019-03-06", stages.PublishedMeta},
	} {
		t.Run(test.name, func(t *testing.T) {
			articles, errs := readFile(t, "a.html", page(test.head), Options{})
			if len(articles) != 1 {
				t.Fatal(errs)
			}
			date := ""
			if a := articles[0]; !a.Published.IsZero() {
				date = a.Published.Format(time.DateOnly)
			} else if len(a.Warnings) == 0 {
				t.Error("no warning")
			}
			if date != test.date || articles[0].PublishedFrom != test.from {
				t.Errorf("%q from %s, want %q from %s", date, articles[0].PublishedFrom, test.date, test.from)
			}
		})
	}
	articles, _ := readFile(t, "2019-03-07-bridge.html", page(modified), Options{})
	if len(articles) != 1 || articles[0].PublishedFrom != stages.PublishedFilename || articles[0].Published.Day() != 7 {
		t.Errorf("%+v", articles)
	}
}

func TestHTMLCharset(t *testing.T) {
	const word = "Curaçao"
	latin := strings.ReplaceAll(word, "ç", "\xe7")
	body := "<body><article><p>" + strings.Repeat(word+" thanked its neighbours for their help, and they thanked it. ", 20) + "</p></article></body>"
	for name, content := range map[string]string{
		"declared":       "<html><head><meta charset=iso-8859-1></head>" + strings.ReplaceAll(body, word, latin),
		"guessed":        "<html>" + strings.ReplaceAll(body, word, latin),
		"utf-8":          "<html>" + body,
		"late utf-8":     "<html>" + strings.Repeat(" ", 2000) + body,
		"wrong declared": "<html><head><meta charset=iso-8859-1></head>" + body,
		"utf-16":         windowsText("<html>" + body),
	} {
		articles, errs := readFile(t, "a.html", content, Options{})
		if len(articles) != 1 || !strings.HasPrefix(articles[0].Text, word) || strings.Count(articles[0].Text, word) != 20 {
			t.Errorf("%s: %+v %v", name, articles, errs)
		}
	}
}

// Pages made to harm: each is an error of its own record, soon.
func TestHTMLBombs(t *testing.T) {
	for name, content := range map[string]string{
		"deep":       "<html>" + strings.Repeat("<div>", 100_000) + "text",
		"deep table": "<html>" + strings.Repeat("<table><tr><td>", 50_000) + "text",
		"many":       "<html>" + strings.Repeat("<b></b>", 500_000) + "text",
	} {
		articles, errs := readFile(t, "a.html", content, Options{})
		if len(articles) > 0 || len(errs) != 1 || !errors.Is(errs[0], ErrBroken) || errs[0].Hint == "" {
			t.Errorf("%s: %d articles, %v", name, len(articles), errs)
		}
	}
	// Each paragraph opens what all before it left open.
	open := "<html>" + strings.Repeat("<p><b><i><a href=x>x", 1_000) + "text"
	if articles, errs := readFile(t, "a.html", open, Options{}); len(articles) != 1 {
		t.Errorf("open elements: %v", errs)
	}
	deep := page(`<script type="application/ld+json">` + strings.Repeat("[", 1<<19) + `</script>`)
	if articles, errs := readFile(t, "a.html", deep, Options{}); len(articles) != 1 || articles[0].Text != pageText {
		t.Errorf("deep JSON-LD: %v", errs)
	}
}

func TestMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		" plain\n\ntext ":               "plain\n\ntext",
		"<p>a</p><p>b\n c</p>":          "a\n\nb c",
		"a<br>b<br/><br/>c":             "a\nb\n\nc",
		"<div><div>a</div></div>b":      "a\n\nb",
		"a <b>b</b>, <i>c</i>.":         "a b, c.",
		"AT&amp;T &lt;b&gt; 1 &lt; 2":   "AT&T <b> 1 < 2",
		"a<script>b</script>c":          "ac",
		"<ul><li>a<li>b</ul>":           "a\n\nb",
		"<table><tr><td>a<td>b</table>": "a b",
		"<p>\n</p><p> a </p>\n":         "a",
		"a <!-- b --> c":                "a c",
	} {
		if got, err := markup(in); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}
