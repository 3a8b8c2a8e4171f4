package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markup is an HTML fragment as plain text, such as the content of a feed's
// entry. Text without markup stays as it is.
func markup(s string) (string, error) {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s), nil
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(s), body)
	if err != nil {
		return "", err
	}
	var w paragraphs
	for _, n := range nodes {
		w.node(n)
	}
	return w.text(), nil
}

// blockText is the text of an element: its paragraphs with blank lines between
// them, as a reader sees them.
func blockText(n *html.Node) string {
	var w paragraphs
	w.node(n)
	return w.text()
}

// paragraphs collects text as a browser lays it out: space collapses, and each
// block is a paragraph of its own. It recurses no deeper than html.Parse lets a
// tree grow.
type paragraphs struct {
	b      strings.Builder
	gap    gap // what the next word is to follow
	breaks int // <br> in a row
}

type gap uint8

const (
	noGap gap = iota
	space
	line
	block
)

func (w *paragraphs) text() string { return w.b.String() }

// widen makes the gap before the next word at least g.
func (w *paragraphs) widen(g gap) { w.gap = max(w.gap, g) }

func (w *paragraphs) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.words(n.Data)
		return
	}
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Figure, atom.Svg, atom.Math,
			atom.Button, atom.Select, atom.Textarea, atom.Object, atom.Head:
			return
		case atom.Br:
			w.widen(line)
			if w.breaks++; w.breaks > 1 {
				w.widen(block)
			}
			return
		case atom.Td, atom.Th:
			w.widen(space)
		}
	}
	g := noGap
	if n.Type == html.ElementNode && !inline(n.DataAtom) {
		g = block
	}
	w.widen(g)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.widen(g)
}

// words writes text with its space collapsed. A no-break space stays: it is a
// character of the text.
func (w *paragraphs) words(s string) {
	for len(s) > 0 {
		i := strings.IndexFunc(s, collapses)
		if i == 0 {
			w.widen(space)
			s = strings.TrimLeftFunc(s, collapses)
			continue
		}
		if i < 0 {
			i = len(s)
		}
		if w.b.Len() > 0 {
			w.b.WriteString([...]string{noGap: "", space: " ", line: "\n", block: "\n\n"}[w.gap])
		}
		w.gap, w.breaks = noGap, 0
		w.b.WriteString(s[:i])
		s = s[i:]
	}
}

func collapses(r rune) bool { return r != '\u00a0' && r != '\u202f' && unicode.IsSpace(r) }

// inline reports whether an element stands within a line.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn,
		atom.Em, atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Meter, atom.Nobr, atom.Output,
		atom.Progress, atom.Q, atom.Rp, atom.Rt, atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong,
		atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Td, atom.Th, 0:
		return true
	}
	return false
}
