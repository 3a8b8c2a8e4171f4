// Package date tells when statements were made and deeds done: explicit,
// partial and relative expressions, read against the day of publication, bound
// to the verb that they modify, and carried along a passage.
package date

import (
	"slices"
	"sort"
	"sync"
	"time"

	"detente/lexicons"
	"detente/stages"
)

// Resolver dates statements. It is safe for concurrent use.
type Resolver struct {
	lex  *lexicons.Set
	pool sync.Pool // of *walk, for their memory
}

// New returns a Resolver on lex.
func New(lex *lexicons.Set) *Resolver {
	return &Resolver{lex: lex, pool: sync.Pool{New: func() any { return new(walk) }}}
}

// Resolve fills the dates of the document's statements. A statement takes the
// expression of its sentence that modifies its cue; without one, the date of
// the speech or event that it goes on with; else the day of publication, with
// precision "document".
func (r *Resolver) Resolve(d *stages.Document) {
	if len(d.Statements) == 0 {
		return
	}
	w := r.pool.Get().(*walk)
	defer r.pool.Put(w)
	*w = walk{lex: r.lex, d: d, day: midnight(d.Published), anchors: map[string]anchor{}, passage: anchor{sentence: -far}, scene: anchor{sentence: -far},
		quote: w.quote[:0], words: w.words[:0], here: w.here[:0]}
	w.quotations()
	sentence := -1
	for i := range d.Statements {
		s := &d.Statements[i]
		for n := d.SentenceAt(s.Span.Start); sentence < n; {
			sentence++
			w.load(sentence)
		}
		s.Date = w.date(s)
	}
}

// walk is the state of one pass over a document.
type walk struct {
	lex   *lexicons.Set
	d     *stages.Document
	day   time.Time // of publication, zero = unknown
	quote []bool    // by token

	// The sentence in hand.
	n     int
	sent  stages.Sentence
	words []word
	here  []expression

	last      stages.Date       // the point of time last told, for "a day later"
	announced *stages.Date      // a release dates itself as a whole
	passage   anchor            // the last sentence with a date
	scene     anchor            // the last one with a day
	anchors   map[string]anchor // by source
	utterance int               // the one last dated, and its date
	uttered   *stages.Date
}

func (w *walk) quotations() {
	w.quote = slices.Grow(w.quote, len(w.d.Tokens))[:len(w.d.Tokens)]
	clear(w.quote)
	for _, q := range w.d.Quotations {
		for i := q.First; i < q.Last; i++ {
			w.quote[i] = true
		}
	}
}

// load makes sentence n the one in hand and reads its expressions.
func (w *walk) load(n int) {
	w.n, w.sent = n, w.d.Sentences[n]
	w.calendar()
	w.expressions()
	if n < 3 && w.announced == nil && w.d.Author != "" {
		w.announce()
	}
	for _, e := range w.here {
		if e.tells() {
			w.goOn(anchor{date: e.date, sentence: n, paragraph: w.sent.Paragraph})
			break
		}
	}
}

// date tells when statement s was made or done, and notes it for those that go
// on from it.
func (w *walk) date(s *stages.Statement) stages.Date {
	document := stages.Date{Time: w.day, Precision: stages.DocumentPrecision}
	own := s.Source != "" && s.Source == w.d.TurnOf(w.n).Code
	speech := s.Kind != stages.Action
	cue := w.cue(s)
	if e := w.choose(s, cue); e != nil && !(own && speech && s.Cue.Empty()) {
		w.note(s, e.date, speech || w.content(e.verb))
		return e.date
	}
	if own && w.announced != nil {
		return *w.announced
	}
	if w.uttered != nil && speech && s.Utterance == w.utterance {
		return *w.uttered
	}
	if date, ok := w.carried(s, cue); ok {
		if date.Precision == stages.DayPrecision {
			w.note(s, date, speech)
		}
		return date
	}
	if speech {
		w.utterance, w.uttered = s.Utterance, nil
	}
	return document
}

// note keeps a statement's date for those that go on from it, told by speech
// or not.
func (w *walk) note(s *stages.Statement, date stages.Date, speech bool) {
	a := anchor{date: date, sentence: w.n, paragraph: w.sent.Paragraph, speech: speech, name: s.SpeakerName}
	if source := w.source(s); source != "" {
		w.anchors[source] = a
	}
	w.goOn(a)
	if s.Kind != stages.Action {
		w.utterance, w.uttered = s.Utterance, &date
	}
}

// content reports whether the verb at token i takes reported speech.
func (w *walk) content(i int) bool {
	for _, m := range w.d.Matches[w.sent.MatchFrom:w.sent.MatchTo] {
		if m.Start == i && m.Unit == lexicons.PredicateUnit && w.lex.Predicates[m.Ref].Flags&lexicons.Content != 0 {
			return true
		}
	}
	return false
}

// goOn makes a the passage that later sentences go on with.
func (w *walk) goOn(a anchor) {
	w.passage = a
	if a.date.Precision == stages.DayPrecision {
		w.scene = a
	}
}

// announce looks for what dates a release as a whole: its dateline, or "issued
// the following statement on June 27".
func (w *walk) announce() {
	for i := range w.here {
		e := &w.here[i]
		if e.dateline || e.tells() && w.is(e.verb, "announce") {
			date := e.date
			w.announced = &date
			return
		}
	}
}

// cue returns the token at which a statement's cue begins, -1 for none.
func (w *walk) cue(s *stages.Statement) int {
	if s.Cue.Empty() {
		return -1
	}
	i := sort.Search(len(w.d.Tokens), func(i int) bool { return int(w.d.Tokens[i].End) > s.Cue.Start })
	if i == len(w.d.Tokens) {
		return -1
	}
	return i
}
