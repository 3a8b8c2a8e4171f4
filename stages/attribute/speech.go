package attribute

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// content is a stretch of a sentence that somebody says.
type content struct {
	first, last int // tokens
	kind        stages.Kind
	cue         int // token of the cue's head, -1 = none
	cueLast     int
	voice       voice
	statement   int // index into Document.Statements, -1 = not written yet
}

// speech finds the speech contents of the sentence: quotations, reported
// clauses, and the sentences of an author who speaks for a government.
func (w *walk) speech() {
	w.indirect()
	s := w.sent
	for i := s.First; i < s.Last; {
		q := w.quote[i]
		if q == 0 {
			i++
			continue
		}
		j := i
		for j < s.Last && w.quote[j] == q {
			j++
		}
		w.quotedPart(int(q-1), i, j)
		i = j
	}
	if w.turn.Code != "" {
		w.authorSpeaks()
	}
	w.open = slices.DeleteFunc(w.open, func(c content) bool { return w.trim(c.first, c.last).Empty() })
}

// authorSpeaks adds the whole sentence as the author's words, where the author
// speaks for a government and the sentence is not somebody else's quotation.
func (w *walk) authorSpeaks() {
	for _, c := range w.open {
		if c.voice.code == w.turn.Code || c.kind == stages.Direct && c.last-c.first > (w.sent.Last-w.sent.First)/2 {
			return
		}
	}
	w.open = append(w.open, content{first: w.sent.First, last: w.sent.Last, kind: stages.Direct, cue: -1, statement: -1,
		voice: voice{first: -1, name: w.turn.Name, code: w.turn.Code, known: true}})
}

// own reports whether c is a sentence that is said by whoever's turn it is.
func (w *walk) own(c *content) bool { return c.cue < 0 && c.voice.first < 0 && !w.quoted(c.first) }

// write makes content k a statement of the document and returns its index.
func (w *walk) write(k int) int {
	c := &w.open[k]
	if c.statement >= 0 {
		return c.statement
	}
	st := stages.Statement{Kind: c.kind, Source: c.voice.code, SpeakerName: c.voice.name, Utterance: c.voice.utterance, Span: w.trim(c.first, c.last)}
	if c.cue >= 0 {
		st.Cue = w.d.Span(c.cue, max(c.cueLast, c.cue+1))
	}
	switch {
	case c.voice.first >= 0 && c.voice.known:
		st.Speaker = w.d.Span(c.voice.first, c.voice.last)
	case w.own(c):
		st.Speaker = w.trim(w.turn.First, w.turn.Last)
	}
	if st.Utterance == 0 {
		st.Utterance = w.nextUtterance()
		c.voice.utterance = st.Utterance
	}
	w.d.Statements = append(w.d.Statements, st)
	c.statement = len(w.d.Statements) - 1
	return c.statement
}

// trim cuts marks and spaces off the ends of tokens first to last.
func (w *walk) trim(first, last int) stages.Span {
	d := w.d
	for first < last && d.Tokens[first].Is(lexicons.Punct) && (d.Word(first) == "." || !strings.ContainsAny(d.Word(first), "([$€£.…")) {
		first++
	}
	for last > first+1 && d.Tokens[last-1].Is(lexicons.Quote|lexicons.Punct) && strings.ContainsAny(d.Word(last-1), ",;:-—–\"“”'’‘`") {
		last--
	}
	return d.Span(first, last)
}

// close writes the speech statements that carry no relation too (they are
// statements all the same), and puts the sentence's statements in order.
func (w *walk) close() {
	for k := range w.open {
		if w.own(&w.open[k]) {
			continue // a government's own sentence that says nothing of anybody
		}
		w.write(k)
	}
}
