// Package parse finds the dependency tree of each sentence that can hold a
// statement: which word hangs on which, and as what.
//
// Words get a tag each, from left to right; then transitions of the arc-hybrid
// system, chosen greedily, build a projective tree without relations; then each
// arc gets its relation. Marks take no part: they are properties of the words
// around them (Ma, Zhang and Zhu 2014) and are hung onto the finished tree. The
// three classifiers are linear in hashed features, with weights of one byte
// learned by averaged perceptrons, the transitions with a dynamic oracle
// (Goldberg and Nivre 2013).
package parse

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"slices"
	"sync"

	"detente/lexicons"
	"detente/stages"
)

//go:embed parser.model
var embedded []byte

// Parser parses documents. It is safe for concurrent use.
type Parser struct {
	Hash string // hex SHA-256 of the weights

	worth *Worth
	model *Model
	pool  sync.Pool // of *work
}

// New returns a Parser with the weights of the program.
func New(lex *lexicons.Set) (*Parser, error) {
	m, err := Decode(embedded)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(embedded)
	return &Parser{Hash: hex.EncodeToString(sum[:]), worth: NewWorth(lex), model: m, pool: sync.Pool{New: func() any { return new(work) }}}, nil
}

// Parse fills the document's Heads and Rels and says which sentences have them.
func (p *Parser) Parse(d *stages.Document) {
	p.worth.Mark(d)
	clearTrees(d)
	w := p.pool.Get().(*work)
	defer p.pool.Put(w)
	w.lex = p.worth.lex
	for n := range d.Sentences {
		if s := &d.Sentences[n]; s.Parsed {
			// What says where a story comes from is no part of its sentence.
			w.sentence(p.model, d, min(max(s.First, d.Dateline), s.Last-1), s.Last)
		}
	}
}

// clearTrees makes all tokens of d unparsed.
func clearTrees(d *stages.Document) {
	n := len(d.Tokens)
	d.Heads = slices.Grow(d.Heads[:0], n)[:n]
	for i := range d.Heads {
		d.Heads[i] = -1
	}
	d.Rels = slices.Grow(d.Rels[:0], n)[:n]
	clear(d.Rels)
}

// sentence parses tokens first to last.
func (w *work) sentence(m *Model, d *stages.Document, first, last int) {
	w.load(&m.words, d, first, last)
	if len(w.words) > 1 {
		w.tag(m)
		w.arcs(m)
		w.label(m)
		w.mend()
	}
	w.write(d, first, last)
}

// Parse parses tokens first to last of d, one sentence, and returns the tag of
// each, NoTag for marks.
func (m *Model) Parse(d *stages.Document, first, last int) []Tag {
	if len(d.Heads) != len(d.Tokens) {
		clearTrees(d)
	}
	w := new(work)
	w.sentence(m, d, first, last)
	tags := make([]Tag, last-first)
	for _, x := range w.words[1:] {
		tags[int(x.token)-first] = x.tag
	}
	return tags
}
