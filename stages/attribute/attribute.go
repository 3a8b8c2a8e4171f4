// Package attribute finds what is said and done in a document: statements with
// cue, speaker and source, and the relations between actors that their words
// express.
//
// It reads the dependency tree of each sentence (package parse). A cue's subject
// speaks and its clause is what is said (quotation.go, reported.go); where the
// tree names no speaker, the noun phrase beside the cue does, in a row of chunks
// (Abney 1991; chunk.go, clause.go).
// A predicate of the lexicons relates its subject to the target that its entry
// looks for: as object, behind a preposition, as owner of the object (event.go).
// A speaker's words about a third party have routes of their own (remark.go), and
// so has mere company (company.go); see stages.Route.
package attribute

import (
	"cmp"
	"slices"
	"sync"

	"detente/lexicons"
	"detente/stages"
)

// Attributor finds statements and relations. It is safe for concurrent use.
type Attributor struct {
	lex     *lexicons.Set
	words   words
	entries []entry   // by predicate
	pool    sync.Pool // of *walk, for their memory
}

// words are the numbers of words that the grammar of English knows.
type words struct {
	according, to, of, for_, from, on, upon, with, who, whom, which, that   uint32
	like, along, alongside, together_, in, into, over, about, despite, nor  uint32
	it, this, against, by, between, near_, at_, outside, whose, if_, unless uint32
	as, the, each_, one, other, another                                     uint32
	firstPersons                                                            []uint32 // pronouns of who speaks
	secondPersons                                                           []uint32 // words for whom one speaks to, and "thanks"
	deedWords                                                               []uint32 // nouns that stand for any deed
	doneWords                                                               []uint32 // participles that say whose a thing is: "French-led"
}

// New returns an Attributor on lex.
func New(lex *lexicons.Set) *Attributor {
	id := lex.ID
	known := func(list ...string) []uint32 {
		var ids []uint32
		for _, w := range list {
			if n := id(w); n != 0 { // all words that no lexicon knows have 0
				ids = append(ids, n)
			}
		}
		return ids
	}
	return &Attributor{lex: lex, entries: entries(lex), pool: sync.Pool{New: newWalk}, words: words{
		according: id("according"), to: id("to"), of: id("of"), for_: id("for"), from: id("from"), on: id("on"), upon: id("upon"), with: id("with"),
		who: id("who"), whom: id("whom"), which: id("which"), that: id("that"), it: id("it"), this: id("this"),
		like: id("like"), along: id("along"), alongside: id("alongside"), together_: id("together"),
		in: id("in"), into: id("into"), over: id("over"), about: id("about"), against: id("against"), by: id("by"), despite: id("despite"), nor: id("nor"),
		between: id("between"), near_: id("near"), at_: id("at"), outside: id("outside"), whose: id("whose"), if_: id("if"), unless: id("unless"),
		as: id("as"), the: id("the"), each_: id("each"), one: id("one"), other: id("other"), another: id("another"),
		firstPersons:  known("i", "we", "us", "our", "my", "me", "ours", "mine"),
		secondPersons: known("you", "your", "yours", "thanks"),
		deedWords:     known("move", "moves", "decision", "step", "steps", "action", "actions", "operation", "measure", "measures", "act", "incident", "gesture", "verdict", "ruling", "announcement", "claim"),
		doneWords:     known("led", "run", "imposed", "ordered", "sponsored", "organised", "organized"),
	}}
}

// newWalk returns a walk with its maps, which are used again like its slices.
func newWalk() any {
	return &walk{last: map[string][2]string{}, deeds: map[string]told{}, number: map[string]int32{}}
}

// Attribute fills the document's statements (without dates and tones) and
// relations.
func (a *Attributor) Attribute(d *stages.Document) {
	w := a.pool.Get().(*walk)
	defer a.pool.Put(w)
	clear(w.last)
	clear(w.deeds)
	clear(w.number)
	*w = walk{lex: a.lex, d: d, words: a.words, entries: a.entries,
		last: w.last, deeds: w.deeds, number: w.number, cast: w.cast[:0], ranked: w.ranked[:0], actorOf: w.actorOf[:0],
		negator: w.negator[:0], quote: w.quote[:0], row: w.row[:0], nodes: w.nodes, mentionAt: w.mentionAt,
		found: w.found[:0], cues: w.cues[:0], shifters: w.shifters[:0], places: w.places[:0], lists: w.lists[:0],
		trees: w.trees[:0], open: w.open[:0]}
	w.mark()
	w.rank()
	w.attributeQuotations()
	for n := range d.Sentences {
		w.sentence(n)
	}
}

// voice is who speaks: the words that name the speaker, the name and the code.
type voice struct {
	first, last int // tokens; first < 0 = not named
	name, code  string
	more        []string // codes of further speakers: "Britain and France said"
	utterance   int
	known       bool
}

// actor is somebody whom the document names.
type actor struct {
	code  string
	count int  // how often it is named
	title bool // in the title
	last  int  // the last sentence that names it
}

// told is who did a deed and the sentence that told of it.
type told struct {
	source string
	n      int
}

// walk is the state of one pass over a document.
type walk struct {
	lex *lexicons.Set
	d   *stages.Document

	words
	entries []entry // by predicate

	// The tree of the sentence in hand, see plant.
	nodes     []node  // by token of the sentence
	mentionAt []int32 // by token of the sentence: index into Document.Mentions, -1 = none

	negator []bool  // by token
	quote   []int32 // by token: index+1 into Document.Quotations of the outermost quotation, 0 = none

	voices     []voice // by quotation
	apart      []bool  // by quotation: set apart as speech, not part of a clause
	whole      []bool  // by quotation: speech even if nobody is named as the speaker
	utterances int

	// The sentence in hand.
	sent      stages.Sentence
	turn      *stages.Turn
	n         int
	row       []chunk
	found     []match
	cues      []match          // words that report speech
	shifters  []lexicons.Match // words that turn, weaken or strengthen a predicate
	places    []place          // of its actors
	lists     []party          // memory of lists of actors
	trees     []tokens         // by token of the sentence: the words that hang on it; empty = not asked for yet
	open      []content        // speech statements of the sentence
	paragraph int              // the first token of its paragraph
	relations int              // its first in Document.Relations
	settled   bool             // whether all predicates and speakers are found

	cast    []actor          // the actors of the document
	number  map[string]int32 // by actor code: index into cast
	actorOf []int32          // by mention: index into cast, -1 for nobody known
	ranked  []int32          // actors by how much the document is about them

	agents []string             // who did the last hostile deed: "the attack", "the operation"
	victim string               // whom it hit
	agentN int                  // the sentence that told of it
	doer   string               // who did the last deed of any tone: "the move"
	doerN  int                  // the sentence that told of it
	deeds  map[string]told      // by category: the last deed
	last   map[string][2]string // by source: the target last spoken of in a hostile and in a friendly way
}

// mark notes the negators and quotations of all tokens.
func (w *walk) mark() {
	d := w.d
	n := len(d.Tokens)
	w.negator = slices.Grow(w.negator, n)[:n]
	w.quote = slices.Grow(w.quote, n)[:n]
	clear(w.negator)
	clear(w.quote)
	for _, m := range d.Matches {
		if m.Unit == lexicons.ShifterUnit && w.lex.Shifters[m.Ref].Kind == "negator" {
			for i := m.Start; i < m.End; i++ {
				w.negator[i] = true
			}
		}
	}
	for q := len(d.Quotations) - 1; q >= 0; q-- {
		if d.Quotations[q].Nested {
			continue
		}
		for i := d.Quotations[q].First; i < d.Quotations[q].Last; i++ {
			w.quote[i] = int32(q + 1)
		}
	}
	w.voices = make([]voice, len(d.Quotations))
	w.apart = make([]bool, len(d.Quotations))
	w.whole = make([]bool, len(d.Quotations))
}

// quoted reports whether token i stands inside a quotation.
func (w *walk) quoted(i int) bool { return w.quote[i] != 0 }

// speakerAt returns the code of who says token i.
func (w *walk) speakerAt(i int) string {
	if q := w.quote[i]; q != 0 && w.voices[q-1].known {
		return w.voices[q-1].code
	}
	for _, c := range w.open {
		if c.first <= i && i < c.last {
			return c.voice.code
		}
	}
	return w.turn.Code
}

// load makes sentence n the one in hand.
func (w *walk) load(n int) {
	w.n, w.sent, w.turn = n, w.d.Sentences[n], w.d.TurnOf(n)
	if w.sent.First < w.d.Dateline && w.d.Dateline < w.sent.Last {
		w.sent.First = w.d.Dateline // who is named before it takes no part
		for w.sent.MentionFrom < w.sent.MentTo && w.d.Mentions[w.sent.MentionFrom].First < w.sent.First {
			w.sent.MentionFrom++
		}
		for w.sent.MatchFrom < w.sent.MatchTo && w.d.Matches[w.sent.MatchFrom].Start < w.sent.First {
			w.sent.MatchFrom++
		}
	}
	w.settled = false
	w.open, w.trees, w.lists = w.open[:0], w.trees[:0], w.lists[:0]
	w.plant()
	w.predicates()
	w.split()
	if w.row = w.row[:0]; w.speaks() {
		w.chunks()
		w.chunkCues()
	}
}

// sentence adds the statements and relations of sentence n.
func (w *walk) sentence(n int) {
	s := w.d.Sentences[n]
	if n == 0 || w.d.Sentences[n-1].Paragraph != s.Paragraph {
		w.paragraph = s.First
	}
	if s.Parsed {
		w.load(n)
		w.speech()
		if w.concerns() {
			w.relate()
		}
		w.close()
	}
	for i := s.MentionFrom; i < s.MentTo; i++ {
		if k := w.actorOf[i]; k >= 0 {
			w.cast[k].last = n
		}
	}
}

// lower is a token's folded word.
func (w *walk) lower(i int) string { return lexicons.Fold(w.d.Word(i)) }

// actor returns the number of the actor with a code.
func (w *walk) actor(code string) int32 {
	k, ok := w.number[code]
	if !ok {
		k = int32(len(w.cast))
		w.number[code] = k
		w.cast = append(w.cast, actor{code: code, last: -stages.Salient - 1})
	}
	return k
}

// rank orders the document's actors by how often they are named; the title
// counts for five.
func (w *walk) rank() {
	for _, c := range w.d.About {
		a := &w.cast[w.actor(c)]
		a.count += 5
		a.title = true
	}
	for i := range w.d.Mentions {
		m := &w.d.Mentions[i]
		if m.Code == "" {
			w.actorOf = append(w.actorOf, -1)
			continue
		}
		k := w.actor(m.Code)
		w.actorOf = append(w.actorOf, k)
		if m.Place {
			continue
		}
		w.cast[k].count++
		for _, c := range m.More {
			w.cast[w.actor(c)].count++
		}
	}
	for k := range w.cast {
		if a := &w.cast[k]; a.count > 0 && a.code != "" {
			w.ranked = append(w.ranked, int32(k))
		}
	}
	slices.SortFunc(w.ranked, func(a, b int32) int {
		x, y := &w.cast[a], &w.cast[b]
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(x.code, y.code))
	})
}

// salient reports whether actor k may be meant without being named: it is in the
// title or was named a few sentences ago.
func (w *walk) salient(k int32) bool {
	return w.cast[k].title || w.n-w.cast[k].last <= stages.Salient
}

// topics appends whom source most likely means at token at, by a word of a
// valence, without naming them: who did something to it before in the sentence
// ("…, and Spain recalled its ambassador"), the target that it last spoke of in
// such a way, for blame who did the last hostile deed, for insiders their
// government, then the document's main other actors, as far as they are in the
// title or were named a few sentences ago; last whom it spoke of in the opposite
// way.
func (w *walk) topics(out []string, source string, at int, valence float32) []string {
	for i := len(w.d.Relations) - 1; i >= w.relations; i-- {
		r := &w.d.Relations[i]
		if r.Target == source && r.Valence*r.Shift*valence > 0 && r.Route <= stages.PassiveBy && r.SourceAt >= 0 && r.SourceAt < at && r.First < at && r.TargetAt < at && len(out) == 0 {
			out = append(out, r.Source)
		}
	}
	note := func(c string) {
		if c == "" || c == source || len(out) == 2 || slices.Contains(out, c) {
			return
		}
		if k, ok := w.number[c]; ok && w.salient(k) {
			out = append(out, c)
		}
	}
	same, other := w.last[source][0], w.last[source][1]
	if valence > 0 {
		same, other = other, same
	}
	note(same)
	if valence < 0 {
		for _, c := range w.agents {
			note(c)
		}
	}
	if home := stages.Country(source); home != source && len(out) < 2 && home != other && w.lex.State(home) && !slices.Contains(out, home) {
		out = append(out, home) // whom insiders mean who name nobody
	}
	for _, k := range w.ranked {
		if len(out) == 2 {
			break
		}
		if c := w.cast[k].code; w.salient(k) && c != source && c != other && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	note(other)
	return out
}
