package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// match is a predicate where it stands in the sentence.
type match struct {
	first, last int
	head        int // the token by which it hangs in the sentence
	chunk       int // of a cue: its chunk
	ref         int
	pos         lexicons.POS
	shifted     bool   // whether words is known
	words       weight // see shift
	read        bool   // whether told is known
	told        weight // see weigh
}

// weight is the factor that other words have on a predicate, and their tokens.
type weight struct {
	factor float32
	at     []int
}

// predicates collects the sentence's shifters, and its predicates whose part of
// speech fits the tags.
func (w *walk) predicates() {
	d := w.d
	s := w.sent
	w.found, w.cues, w.shifters = w.found[:0], w.cues[:0], w.shifters[:0]
	for i := s.MatchFrom; i < s.MatchTo; i++ {
		m := d.Matches[i]
		if m.Unit == lexicons.ShifterUnit {
			w.shifters = append(w.shifters, m)
		}
		if m.Unit != lexicons.PredicateUnit {
			continue
		}
		if !fits(m.POS, d.Tags[m.Start], m.End-m.Start) {
			continue
		}
		if w.refers(m) {
			continue
		}
		w.noteCue(m)
		if k := len(w.found) - 1; k >= 0 && w.found[k].first == m.Start {
			// One form, several entries: the verb reading of a verb, else the
			// stronger one.
			a, b := w.lex.Predicates[w.found[k].ref], w.lex.Predicates[m.Ref]
			if abs(b.Valence) <= abs(a.Valence) {
				continue
			}
			w.found = w.found[:k]
		}
		w.found = append(w.found, match{first: m.Start, last: m.End, head: w.headOf(m), ref: m.Ref, pos: m.POS})
	}
}

// refers reports whether a coloured word only says whom its phrase names: a part of
// a name or office ("the Democratic Republic of the Congo", "the defence
// minister"), or the description of an actor by a relation that both sides of any
// quarrel have ("shelled its neighbour").
func (w *walk) refers(m lexicons.Match) bool {
	p := &w.lex.Predicates[m.Ref]
	k := w.mentionAt[m.Start-w.sent.First]
	if k < 0 || p.Valence <= 0 || m.POS&(lexicons.Noun|lexicons.Adj) == 0 || m.End-m.Start > 1 {
		return false
	}
	x := &w.d.Mentions[k]
	if x.Code == "" {
		return false
	}
	if m.Start > w.sent.First && w.d.Tokens[m.Start].Is(lexicons.Cap) || w.rel(m.Start) == stages.Compound && w.head(m.Start) < x.Last {
		return true
	}
	if p.Category != "good" || m.POS&lexicons.Noun == 0 || m.End != x.Last || x.Attributive {
		return false
	}
	switch w.rel(m.Start) {
	case stages.Nsubj, stages.NsubjPass, stages.Dobj, stages.Iobj:
		return !w.firstPerson(x.First) // "our friends have spoken" praises them
	}
	return false
}

// headOf returns the token of a match by which it hangs in the sentence: the
// verb of a verbal predicate, else the first one with its head outside.
func (w *walk) headOf(m lexicons.Match) int {
	if m.POS&lexicons.Verb != 0 {
		for i := m.Start; i < m.End; i++ {
			if h := w.head(i); (w.rel(i) == stages.Compound || w.rel(i) == stages.Nsubj && w.d.Tags[i]&(lexicons.Gerund|lexicons.Verb) != 0) && h > i && h < m.End {
				return h // "into opening talks with", read as a noun
			}
			if w.isVerb(i) {
				return i
			}
		}
		return m.Start
	}
	for i := m.Start; i < m.End; i++ {
		if h := w.head(i); (h < m.Start || h >= m.End) && !w.d.Tokens[i].Is(lexicons.Punct) {
			return i
		}
	}
	return m.End - 1
}

// split adds the predicates whose verb and object or particle stand apart: "lifted
// most of its sanctions", "the ties that were upgraded", "drove the rebels out".
func (w *walk) split() {
	d := w.d
	for v := w.sent.First; v < w.sent.Last; v++ {
		if !w.isVerb(v) || w.lex.Tags(d.Tokens[v].ID)&lexicons.Pairs == 0 {
			continue
		}
		o := w.thing(v)
		to := w.child(v, 1<<stages.Iobj)
		if o = max(o, to); o < 0 {
			continue
		}
		ref := w.lex.Pair(d.Tokens[v].ID, d.Tokens[o].ID)
		if of := w.child(o, 1<<stages.Prep); ref < 0 && of >= 0 && d.Tokens[of].ID == w.of {
			if n := w.child(of, 1<<stages.Pobj); n >= 0 {
				ref = w.lex.Pair(d.Tokens[v].ID, d.Tokens[n].ID) // "launched ten days of war games"
			}
		}
		end := v + 1
		if ref >= 0 {
			if o > v && o-v < 8 {
				end = o + 1
			}
		} else if to >= 0 {
			ref = w.particle(v, to) // "gave Sofia until Monday"
		} else {
			ref = w.particle(v, o)
		}
		if ref < 0 {
			continue
		}
		at := 0
		for at < len(w.found) && w.found[at].first < v {
			at++
		}
		if at < len(w.found) && w.found[at].first == v {
			if m := &w.found[at]; m.last == v+1 { // the verb alone: together they say more
				m.ref, m.last = ref, end
			}
			continue
		}
		w.found = slices.Insert(w.found, at, match{first: v, last: end, head: v, ref: ref, pos: lexicons.Base})
	}
}

// particle returns the predicate that verb v makes with a particle behind its object
// o, or with what is done to it ("took Mali to court", "ordered him to leave"), -1
// for none.
func (w *walk) particle(v, o int) int {
	const near = 10
	for i := max(v, o) + 1; i < min(w.sent.Last, max(v, o)+near); i++ {
		h := w.head(i)
		switch w.rel(i) {
		case stages.Prt, stages.Advmod, stages.Prep, stages.Mark, stages.Npadvmod:
			if h != v && h != o && i > o+1 {
				continue
			}
		case stages.Pobj, stages.Pcomp:
			if h < 0 || h < v || w.head(h) != v && w.head(h) != o {
				continue
			}
		case stages.Xcomp, stages.Ccomp, stages.Advcl:
			if h != v || !w.infinitive(i) {
				continue
			}
		default:
			continue
		}
		if ref := w.lex.Pair(w.d.Tokens[v].ID, w.d.Tokens[i].ID); ref >= 0 {
			return ref
		}
	}
	return -1
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}

// fits reports whether a form of part of speech want may stand where the
// tagger saw got.
func fits(want, got lexicons.POS, words int) bool {
	switch {
	case want&lexicons.Phrase != 0:
		return true
	case want&lexicons.Verb != 0:
		if got&lexicons.Verb != 0 || got == lexicons.Aux {
			return true
		}
		return words > 1 && got != lexicons.Adj // "shake hands": the phrase tells
	case want&lexicons.Noun != 0:
		if words > 1 {
			return true
		}
		return got&lexicons.Noun != 0 || got == lexicons.Gerund
	case want&lexicons.Adj != 0:
		return got&(lexicons.Adj|lexicons.Participle|lexicons.Noun|lexicons.Past|lexicons.Gerund) != 0 && words == 1 || words > 1
	}
	return true
}

// predicateAt returns the verb predicate at token t, nil for none.
func (w *walk) predicateAt(t int) *lexicons.Predicate {
	return w.predicate(w.at(t))
}

// shift returns the weight that the words before predicate x in its clause have on
// it: negators in its verb group, refusals and ends that govern it, hedges and
// intensifiers.
func (w *walk) shift(x *match) weight {
	if !x.shifted {
		x.shifted, x.words = true, w.shiftBefore(x)
	}
	return x.words
}

// shiftBefore is shift, read off the words.
func (w *walk) shiftBefore(x *match) weight {
	factor, at := float32(1), []int(nil)
	t := x.head
	for _, m := range w.shifters {
		if m.Start >= min(t, x.first) {
			break // the predicate's own words, "will never forgive", are in its valence
		}
		if m.End > t {
			continue
		}
		sh := &w.lex.Shifters[m.Ref]
		reach := 0
		switch sh.Kind {
		case "negator":
			reach = 4
		case "refusal", "failure", "end":
			if !w.verbLike(m) || x.pos&lexicons.Phrase != 0 {
				continue // "pulled out in protest at": no object of the verb
			}
			if r := w.rel(m.Start); w.head(m.Start) == t && (r == stages.Nsubj || r == stages.NsubjPass) {
				continue // "its halting of aid was condemned"
			}
			if v := w.clauseVerb(t); v >= 0 && w.rel(v) == stages.Conj && m.Start <= w.head(v) && w.head(v) < m.End {
				continue // "rejected the charge and accused"
			}
			reach = 6
		case "intensifier", "dampener":
			reach = 2
		case "hedge", "future":
			reach = 3
		default:
			continue
		}
		if (t-m.End >= reach || w.broken(m.End, t)) && !(sh.Kind == "refusal" && w.clauseOf(m, t)) {
			continue
		}
		if to := m.End - 1; w.d.Tokens[to].ID == w.to && w.rel(to) == stages.Aux && !w.under(t, w.head(to)) {
			continue // "its refusal to extradite him angered": not what it refuses
		}
		if sh.Kind == "negator" && len(at) > 0 && w.d.Tokens[m.Start].ID == w.nor {
			continue // "neither Brazil nor Mexico recognised it": one negation
		}
		factor *= sh.Factor
		at = append(at, m.Start)
	}
	return weight{factor, at}
}

// under reports whether token t is v or hangs below it.
func (w *walk) under(t, v int) bool {
	for ; t >= 0; t = w.head(t) {
		if t == v {
			return true
		}
	}
	return false
}

// clauseOf reports whether token t is the verb of the clause that a shifter's verb
// has as its object: "denied that it had threatened".
func (w *walk) clauseOf(m lexicons.Match, t int) bool {
	v := w.clauseVerb(t)
	return v >= 0 && v == t && (w.rel(v) == stages.Ccomp || w.rel(v) == stages.Xcomp) && m.Start <= w.head(v) && w.head(v) < m.End
}

// shifter returns the factor of the shifter of a kind that token i is a word of,
// 0 for none.
func (w *walk) shifter(i int, kind string) float32 {
	for _, m := range w.shifters {
		if m.Start > i {
			break
		}
		if sh := &w.lex.Shifters[m.Ref]; i < m.End && sh.Kind == kind {
			return sh.Factor
		}
	}
	return 0
}

// fate returns the factor of verb v where it says what became of its subject:
// that it came to nothing ("the talks failed") or to an end ("the embargo was
// lifted", "the fighting has stopped"); 0 elsewhere.
func (w *walk) fate(v int) float32 {
	if f := w.shifter(v, "failure"); f != 0 {
		return f
	}
	if w.passive(v) || w.object(v) < 0 {
		return w.shifter(v, "end")
	}
	return 0
}

// denied returns the verb that says that what token i tells is not so, -1 for
// none: "denied that it had armed", "rejected reports that it had armed", "denied
// charges of arming". It is neither done nor left undone.
func (w *walk) denied(i int) int {
	v := w.clauseVerb(i)
	for steps := 0; v >= 0 && steps < 4; steps++ {
		g := w.head(v)
		if g < 0 || w.infinitive(v) {
			return -1
		}
		switch w.rel(v) {
		case stages.Ccomp:
		case stages.Acl, stages.Relcl:
			if mark := w.child(v, 1<<stages.Mark|1<<stages.Dobj); mark < 0 || w.d.Tokens[mark].ID != w.that || w.isVerb(g) {
				return -1
			}
			g = w.governor(g)
		case stages.Pcomp:
			if w.d.Tokens[g].ID != w.of || w.head(g) < 0 || w.isVerb(w.head(g)) {
				return -1
			}
			g = w.governor(w.head(g))
		case stages.Conj:
		default:
			return -1
		}
		if g >= 0 && w.rel(v) != stages.Conj && w.shifter(g, "refusal") != 0 {
			return g
		}
		v = g
	}
	return -1
}

// verbLike reports whether a match is a verb by its tag, and by its place: "the
// torpedo sank its ship".
func (w *walk) verbLike(m lexicons.Match) bool {
	switch tag := w.d.Tags[m.Start]; w.rel(m.Start) {
	case stages.Nsubj, stages.NsubjPass, stages.Compound:
		return tag == lexicons.Gerund
	default:
		return tag&lexicons.Verb != 0
	}
}

// broken reports whether a mark or conjunction parts tokens a and b.
func (w *walk) broken(a, b int) bool {
	for i := a; i < b; i++ {
		if w.d.Tokens[i].Is(lexicons.Punct) {
			switch w.d.Word(i) {
			case ",", ";", ":", "(", ")", "--", "—":
				return true
			}
		}
		if w.d.Tags[i] == lexicons.Subord || w.d.Tags[i] == lexicons.Conj && w.d.Word(i) == "but" {
			return true
		}
	}
	return false
}
