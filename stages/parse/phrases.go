package parse

import (
	"math/bits"

	"detente/lexicons"
	"detente/stages"
)

// phrases mends what hangs on a noun and belongs to its verb, or the other way
// round, and gives a verb's arguments the relations that no other reading of
// them leaves.
func (w *work) phrases() {
	for i := int32(1); int(i) < len(w.words); i++ {
		h := w.head[i]
		if h == 0 {
			continue
		}
		switch stages.Rel(w.rel[i]) {
		case stages.Dobj:
			w.object(i, h)
			w.taken(i, h)
		case stages.Ccomp:
			// "to cut off | aid"
			if i > h && (w.noun(i) || stages.Rel(w.rel[i-1]) == stages.Prt) && w.child(i, stages.Nsubj, stages.Aux, stages.AuxPass, stages.Mark, stages.Dobj) == 0 && w.child(h, stages.Dobj) == 0 {
				w.words[i].setTag(NN)
				w.rel[i] = uint8(stages.Dobj)
			}
		case stages.Csubj, stages.Advcl:
			// "cut off aid if talks | fail"
			if i > h && stages.Rel(w.rel[h]) == stages.Dobj {
				if m := w.child(i, stages.Mark, stages.Advmod); m != 0 && m < i {
					w.try(arc{i, w.head[h], stages.Advcl})
				}
			}
		case stages.Npadvmod:
			w.taken(i, h)
			w.dated(i, h)
		case stages.Prep:
			w.preposition(i, h)
		case stages.Acl:
			w.told(i, h)
		case stages.Amod:
			w.traded(i, h)
		case stages.Conj:
			// "Norway and its allies | Denmark, Latvia and Chad"
			if k := w.leftmost(i) - 1; k > h && w.head[k] == h && stages.Rel(w.rel[k]) == stages.Conj && w.noun(k) && w.noun(i) && w.words[k+1].marks == 0 {
				w.try(arc{i, k, stages.Appos})
			}
		case stages.Compound:
			// "We do not want | war," the minister said
			if w.marked(i+1, h, quote) {
				if v := w.leftmost(i) - 1; v > 0 && w.verb(v) && w.child(v, stages.Dobj) == 0 {
					w.try(arc{i, v, stages.Dobj})
				}
			}
		case stages.Nsubj, stages.NsubjPass:
			// "Claiming that the count was rigged, | the envoy left"
			if i > h && w.words[w.leftmost(i)].marks&comma != 0 && w.child(h, stages.Nsubj, stages.NsubjPass) < h {
				if v := w.subjectless(i); v != 0 {
					w.try(arc{i, v, stages.Nsubj})
				}
			}
		}
	}
}

// marked reports whether a mark stands before one of the words from first to last.
func (w *work) marked(first, last int32, m marks) bool {
	for i := first; i <= last; i++ {
		if w.words[i].marks&m != 0 {
			return true
		}
	}
	return false
}

// taken hangs what something is taken for on its "as": "described | as blackmail by".
func (w *work) taken(i, h int32) {
	if k := w.child(i, stages.Advmod); k == h+1 && k < i && w.is(k, wordAs) {
		w.try(arc{k, h, stages.Prep}, arc{i, k, stages.Pobj})
	}
}

// dated hangs a time on the verb of the relative clause that it ends: "a reply to
// Chad, which they blame for the attacks | last week".
func (w *work) dated(i, h int32) {
	l := w.leftmost(i)
	if h >= l || w.words[l].marks != 0 || !w.words[i].calendar && !w.is(i, wordWeek) && !w.is(i, wordMonth) && !w.is(i, wordYear) {
		return
	}
	for v := w.head[l-1]; v > h; v = w.head[v] {
		if stages.Rel(w.rel[v]) == stages.Relcl {
			w.try(arc{i, v, stages.Npadvmod})
			return
		}
	}
}

// traded makes a verb of what has a subject and an auxiliary and was taken for an
// adjective: "Over the past weeks Serbia and Kosovo have | traded insults".
func (w *work) traded(v, n int32) {
	s, p := w.child(v, stages.Nsubj), w.head[n]
	if v > n || s == 0 || s > v || w.child(v, stages.Aux) == 0 || stages.Rel(w.rel[n]) != stages.Pobj || stages.Rel(w.rel[p]) != stages.Root || w.child(p, stages.Pobj) == n {
		return
	}
	w.try(arc{v, 0, stages.Root}, arc{p, v, stages.Prep}, arc{n, v, stages.Dobj})
}

// object mends what is no object: "told the visitors | that the port was closed",
// "called the step | absurd".
func (w *work) object(i, h int32) {
	switch {
	case i < h && w.is(i, wordThat) && stages.Rel(w.rel[h]) == stages.Ccomp && w.child(h, stages.NsubjPass) > i:
		w.rel[i] = uint8(stages.Mark)
	case i > h && (w.words[i].tag == JJ || w.words[i].rule == adjective):
		n := i - 1
		if n <= h || w.head[n] != i || stages.Rel(w.rel[n]) != stages.Compound || !w.noun(n) || w.child(h, stages.Attr) != 0 {
			return
		}
		arcs := []arc{{n, h, stages.Dobj}, {i, h, stages.Attr}}
		for k := h + 1; k < n; k++ {
			if w.head[k] == i {
				arcs = append(arcs, arc{k, n, stages.Rel(w.rel[k])})
			}
		}
		w.try(arcs...)
	}
}

// preposition hangs a preposition's phrase on what it belongs to: the doer of a
// deed on the deed ("rejected the annexation of the islands | by Chad"), what
// one is accused of on the verb ("accused by Spain | of hiding the ships"), the
// day on the verb ("recalled its ambassador | on Friday").
func (w *work) preposition(i, h int32) {
	if h > i || !w.is(i, wordBy) && !w.is(i, wordOf) && !w.is(i, wordOn) {
		return
	}
	p := w.child(i, stages.Pobj, stages.Pcomp)
	switch up := w.head[h]; {
	case p == 0:
	case w.is(i, wordBy) && w.verb(h) && w.words[p].tag == NNP && !w.words[p].calendar:
		if o := w.child(h, stages.Dobj); o > h && w.noun(o) && w.is(w.child(o, stages.Prep), wordOf) && w.rightmost(o) == i-1 {
			w.try(arc{i, o, stages.Prep})
		}
	case w.is(i, wordOf) && w.words[p].tag == VBG && stages.Rel(w.rel[h]) == stages.Pobj && stages.Rel(w.rel[up]) == stages.Agent:
		w.try(arc{i, w.head[up], stages.Prep})
	case w.is(i, wordOn) && w.words[p].calendar && stages.Rel(w.rel[h]) == stages.Dobj && w.verb(up):
		w.try(arc{i, up, stages.Prep})
	}
}

// told makes a clause of a noun and a participle that reports one: "stressed that
// the truce held, and aid groups | warned that the roads were mined".
func (w *work) told(v, n int32) {
	if v != n+1 || !w.words[v].past || int(v)+1 >= len(w.words) || !w.is(v+1, wordThat) {
		return
	}
	c, up := w.child(v, stages.Ccomp), w.head[n]
	if c == 0 { // the noun was taken for a subject of what it reports
		c, up = up, w.head[up]
	}
	and := w.leftmost(n) - 1
	if c < v || up == 0 || up > n || and < 1 || w.words[and].tag != CC || w.words[and].marks&comma == 0 || !w.verb(up) {
		return
	}
	w.try(arc{v, up, stages.Conj}, arc{n, v, stages.Nsubj}, arc{c, v, stages.Ccomp}, arc{and, up, stages.Cc})
}

// rightmost returns the last word of what hangs on word i.
func (w *work) rightmost(i int32) int32 {
	r := i
	for int(r)+1 < len(w.words) && w.below(r+1, i) {
		r++
	}
	return r
}

// The words that mend asks for, as a word of the sentence is known.
var (
	wordAs    = known("as")
	wordBy    = known("by")
	wordOf    = known("of")
	wordOn    = known("on")
	wordThat  = known("that")
	wordTo    = known("to")
	wordWeek  = known("week")
	wordMonth = known("month")
	wordYear  = known("year")
)

func known(word string) uint64 { return mix(uint64(wordHash(word))) }

// adjective is the rule tagger's part of speech of one.
var adjective = uint8(bits.Len32(uint32(lexicons.Adj)))

// is reports whether word i is the known word given.
func (w *work) is(i int32, word uint64) bool { return w.words[i].w == word }

// verb reports whether word i is a verb.
func (w *work) verb(i int32) bool { return VB <= w.words[i].tag && w.words[i].tag <= VBZ }
