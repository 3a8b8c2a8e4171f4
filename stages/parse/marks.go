package parse

import (
	"detente/lexicons"
	"detente/stages"
)

// open is the parts of speech whose words no lexicon lists in full: the parser,
// which sees the whole sentence, tells them apart better than the segmenter's
// rules, within what the lexicons allow.
const open = lexicons.Noun | lexicons.Verb | lexicons.Adj | lexicons.Adv

// open returns the open part of speech that a tag is of, 0 for none.
func (t Tag) open() lexicons.POS {
	switch t {
	case NN, NNP, NNS:
		return lexicons.Noun
	case JJ, JJR, JJS:
		return lexicons.Adj
	case RB, RBR:
		return lexicons.Adv
	case VB, VBP:
		return lexicons.Base
	case VBZ:
		return lexicons.Third
	case VBD:
		return lexicons.Past
	case VBN:
		return lexicons.Participle
	case VBG:
		return lexicons.Gerund
	}
	return 0
}

// write stores the tree of the words in the document, with their tags where the
// part of speech is an open one, and hangs the marks of tokens first to last
// onto it.
func (w *work) write(d *stages.Document, first, last int) {
	root := int32(first)
	for i := 1; i < len(w.words); i++ {
		t := w.words[i].token
		if w.head[i] == 0 {
			root = t
			d.Heads[t] = -1
		} else {
			d.Heads[t] = w.words[w.head[i]].token
		}
		d.Rels[t] = stages.Rel(w.rel[i])
		if p := w.words[i].tag.open(); w.lex != nil && p != 0 && d.Tags[t]&open != 0 {
			if can := w.lex.Tags(d.Tokens[t].ID) & open; can == 0 || can&p != 0 {
				d.Tags[t] = p
			}
		}
	}
	if len(w.words) == 1 {
		d.Rels[root] = stages.Root // nothing but marks
	}
	next := 1 // the first word behind the token in hand
	for t := int32(first); t < int32(last); t++ {
		if next < len(w.words) && w.words[next].token == t {
			next++
			continue
		}
		if len(w.words) == 1 && t == root {
			continue
		}
		d.Rels[t] = stages.Punct
		d.Heads[t] = root
		if h := w.span(int32(next-1), int32(next)); h != 0 {
			d.Heads[t] = w.words[h].token
		}
	}
}

// span returns the head of the shortest arc over the gap between words l and r,
// 0 for none. A mark that hangs there crosses no arc: an arc from a word inside
// the shortest one to a word outside of it, or over the gap, there is none.
func (w *work) span(l, r int32) int32 {
	if l < 1 || int(r) >= len(w.words) {
		return 0
	}
	a := l // climb until an arc leads over the gap
	for a != 0 && w.head[a] < r {
		a = w.head[a]
	}
	b := r
	for b != 0 && (w.head[b] > l || w.head[b] == 0) {
		b = w.head[b]
	}
	switch {
	case a == 0 && b == 0:
		return 0
	case a == 0:
		return w.head[b]
	case b == 0 || w.head[a]-a <= b-w.head[b]:
		return w.head[a]
	}
	return w.head[b]
}
