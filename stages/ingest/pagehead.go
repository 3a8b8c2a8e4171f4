package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// publishedMeta are the meta elements, by property, name or itemprop, that give
// the date of publication and nothing else, best first.
var publishedMeta = []string{
	"article:published_time", "og:article:published_time", "og:published_time", "datepublished",
	"parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
	"dc.date.issued", "dcterms.issued", "article.published", "published-date",
}

// pageHead is what the elements of a page say that are not shown.
type pageHead struct {
	meta      map[string]string // by property, name or itemprop in lower case; the first wins
	jsonLD    []string
	canonical string
	title     string
	language  string
}

func (h *pageHead) collect(n *html.Node) {
	if h.meta == nil {
		h.meta = make(map[string]string)
	}
	if n.Type == html.ElementNode {
		h.element(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.collect(c)
	}
}

func (h *pageHead) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		h.language = attribute(n, "lang")
	case atom.Title:
		if h.title == "" && n.FirstChild != nil {
			h.title = strings.TrimSpace(n.FirstChild.Data)
		}
	case atom.Meta:
		for _, key := range []string{"property", "name", "itemprop"} {
			h.set(attribute(n, key), attribute(n, "content"))
		}
	case atom.Time:
		h.set(attribute(n, "itemprop"), attribute(n, "datetime"))
	case atom.Link:
		if h.canonical == "" && strings.EqualFold(attribute(n, "rel"), "canonical") {
			h.canonical = attribute(n, "href")
		}
	case atom.Script:
		if mime, _, _ := strings.Cut(attribute(n, "type"), ";"); n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(mime), "application/ld+json") {
			h.jsonLD = append(h.jsonLD, n.FirstChild.Data)
		}
	}
}

func (h *pageHead) set(name, content string) {
	name, content = strings.ToLower(name), strings.TrimSpace(content)
	if name != "" && content != "" && h.meta[name] == "" {
		h.meta[name] = content
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
