package ingest

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"detente/stages"
)

// htmlDecoder reads a web page: one article.
type htmlDecoder struct {
	r     io.Reader
	src   Source
	limit int64
	done  bool
}

func newHTMLDecoder(r *bufio.Reader, src Source, limit int64) *htmlDecoder {
	return &htmlDecoder{r: r, src: src, limit: limit}
}

func (d *htmlDecoder) columns() []string { return nil }

func (d *htmlDecoder) next(rec *record) error {
	if d.done {
		return io.EOF
	}
	d.done = true
	content, err := io.ReadAll(io.LimitReader(d.r, d.limit+1))
	switch {
	case err != nil:
		return err
	case int64(len(content)) > d.limit:
		return tooLong(0, d.limit)
	}
	rec.dated = fileDate(d.src.Path)
	rec.page(content, "", "")
	return nil
}

// page makes a page the record's content. Its address and media type may be unknown.
func (r *record) page(content []byte, mime, address string) {
	r.size = len(content)
	r.rest = func(r *record) error { return readPage(htmlUTF8(content, mime), address, r) }
}

// maxNodes is how many elements a page may have. The longest pages of news have
// a tenth of it, and readability's time grows faster than their number.
const maxNodes = 100_000

// readPage reads a page's article. Its address may be unknown.
func readPage(page, address string, rec *record) error {
	page = rec.repair(page)
	if strings.Count(page, "<") > 2*maxNodes {
		return broken(rec.number, fmt.Errorf("more than %d elements", maxNodes), "no article has that many: is it generated?")
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return broken(rec.number, errors.New(strings.TrimPrefix(err.Error(), "html: ")), "the page's elements are nested too deep")
	}
	base, err := url.Parse(address)
	if err != nil {
		base, address = new(url.URL), ""
	}
	about := describe(doc, base)
	parser := readability.NewParser()
	parser.DisableJSONLD = true // describe has read it
	article, err := parser.ParseAndMutate(doc, base)
	text := ""
	if err == nil && article.Node != nil {
		text = blockText(article.Node)
	}
	if text == "" {
		text, _ = markup(about.body)
	}
	title := about.title
	if title == "" && err == nil {
		title = article.Title()
	}
	rec.take(fieldText, text)
	rec.take(fieldTitle, title)
	rec.take(fieldPublisher, about.publisher)
	rec.take(fieldLanguage, about.language)
	rec.take(fieldURL, cmp.Or(about.canonical, address))
	// A page may get another headline and is still the same page. Some sites
	// name their front page as the one address of all.
	if id := cmp.Or(about.canonical, address); hasPath(id) {
		rec.take(fieldID, id)
	}
	rec.take(fieldPublished, about.published)
	rec.publishedFrom = about.publishedFrom
	return nil
}

func hasPath(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "")
}

// take sets a field that the format itself names.
func (r *record) take(f field, s string) {
	r.set(slot{field: f, rank: math.MaxInt}, text, s)
}

// repair is text that a parser is to read, in valid UTF-8.
func (r *record) repair(s string) string {
	s, r.warnings = clean(s, r.warnings)
	return s
}

// description is what a page says about its article.
type description struct {
	title, publisher, canonical, language, body string

	published     string
	publishedFrom stages.PublishedFrom
	dated         bool // published can be read
}

// describe reads a page's JSON-LD, meta elements and links. The date is that of
// JSON-LD's article, then that of the meta elements; the date of the last change
// never stands in for it, since it would move old words to a new day.
func describe(doc *html.Node, base *url.URL) description {
	var (
		d     description
		head  pageHead
		found []ldArticle
	)
	head.collect(doc)
	for _, script := range head.jsonLD {
		found = appendArticles(found, script)
	}
	d.canonical = absolute(base, cmp.Or(head.canonical, head.meta["og:url"]))
	ld := chooseArticle(found, d.canonical, base.String(), cmp.Or(head.meta["og:title"], head.title))
	d.title = cmp.Or(ld.headline, head.meta["og:title"])
	d.publisher = cmp.Or(ld.publisher, head.meta["og:site_name"])
	d.language = cmp.Or(ld.language, head.language)
	d.canonical = cmp.Or(d.canonical, absolute(base, ld.url))
	d.body = ld.body
	d.offer(ld.published, stages.PublishedJSONLD)
	for _, name := range publishedMeta {
		d.offer(head.meta[name], stages.PublishedMeta)
	}
	return d
}

// offer takes a date of publication unless one is there that can be read. One
// that cannot is kept as long as there is no other, for the warning.
func (d *description) offer(date string, from stages.PublishedFrom) {
	if date == "" || d.dated {
		return
	}
	t, _ := parseDate(date)
	if d.dated = !t.IsZero(); d.dated || d.published == "" {
		d.published, d.publishedFrom = date, from
	}
}

// absolute is an address in full, "" if it is none of the web.
func absolute(base *url.URL, address string) string {
	if address == "" {
		return ""
	}
	u, err := base.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}
