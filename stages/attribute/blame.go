package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// Who condemns, mourns or protests against a deed of force takes the side of
// those whom it hits; the blame goes to those who did it.

// feels reports whether a verb tells what its subject thinks of a deed, not what
// it does.
func feels(p *lexicons.Predicate) bool {
	switch p.Category {
	case "accuse", "bad", "concern", "regret", "sympathy", "apologise", "protest":
		return true
	}
	return false
}

// blames reports whether verb v blames its object: it is a verb of blame, or
// calls it something bad ("called the raid illegal", "described it as a crime").
func (w *walk) blames(v int) bool {
	if m := w.at(v); m != nil && w.predicate(m).Valence < 0 {
		if p := w.predicate(m); feels(p) {
			return true
		} else if p.Category == "reject" {
			// "rejected the annexation by", but "ruled out the use of force"
			if deed := w.deedAt(w.object(v)); deed != nil && len(w.doers(deed, -1)) > 0 {
				return true
			}
		}
	}
	said := []int{w.child(v, 1<<stages.Attr|1<<stages.Acomp)}
	for c := w.firstChild(v); c >= 0; c = w.nextChild(c) {
		if w.rel(c) == stages.Prep && w.d.Tokens[c].ID == w.as {
			said = append(said, w.child(c, 1<<stages.Pobj|1<<stages.Amod|1<<stages.Pcomp))
		}
	}
	for k := range w.found {
		if x := &w.found[k]; slices.Contains(said, x.head) && w.predicate(x).Valence < 0 {
			return true
		}
	}
	return false
}

// deedAt returns the deed of force that noun n is, nil for none.
func (w *walk) deedAt(n int) *match {
	for k := range w.found {
		x := &w.found[k]
		if x.head == n && x.pos&lexicons.Noun != 0 && violent(w.predicate(x)) {
			return x
		}
	}
	return nil
}

// nounAt returns the nominal predicate that noun n is, nil for none.
func (w *walk) nounAt(n int) *match {
	for k := range w.found {
		x := &w.found[k]
		if p := w.predicate(x); x.head == n && x.pos&lexicons.Noun != 0 && p.Flags&lexicons.Recip == 0 && abs(p.Valence) >= 0.25 {
			return x
		}
	}
	return nil
}

// blamed returns the deed of force that is the object of m or stands behind one
// of its prepositions, where m blames it, nil for none.
func (w *walk) blamed(m *match, p *lexicons.Predicate, heads []int) *match {
	if m.pos&lexicons.Verb != 0 {
		if o := w.object(m.head); o >= 0 && (o < m.first || o >= m.last) {
			deed := w.deedAt(o)
			if deed == nil && len(w.owners(o)) == 0 && len(w.actorsOf(o)) == 0 {
				deed = w.heldToBe(m.head, o)
			}
			if deed != nil && w.blames(m.head) {
				return deed
			}
		}
	}
	if !feels(p) || p.Valence >= 0 {
		return nil
	}
	for _, h := range heads {
		for c := w.firstChild(h); c >= 0; c = w.nextChild(c) {
			if w.rel(c) != stages.Prep || !slices.Contains(w.entries[m.ref].target, w.d.Tokens[c].ID) {
				continue
			}
			if o := w.child(c, 1<<stages.Pobj); o >= 0 {
				if deed := w.deedAt(o); deed != nil {
					return deed
				}
			}
		}
	}
	return nil
}

// heldToBe returns the deed of force that object o of verb v is said to be, nil for
// none: "denounced the incident as an attack on Mali".
func (w *walk) heldToBe(v, o int) *match {
	for _, h := range [2]int{v, o} {
		if as := w.childIn(h, o+1, w.sent.Last, 1<<stages.Prep); as >= 0 && w.d.Tokens[as].ID == w.as {
			if deed := w.deedAt(w.child(as, 1<<stages.Pobj)); deed != nil {
				return deed
			}
		}
	}
	return nil
}

// felt returns who feels what verb v tells, its object ("the move angered Greece",
// "drew protests from Greece"), and toward whom: its subject, or who did that.
func (w *walk) felt(v int, heads []int) (sources, targets []party) {
	if sources = w.actorsOf(w.object(v)); len(sources) == 0 {
		sources = w.behind([]uint32{w.from}, heads...)
	}
	cause := w.subject(v)
	if cause < 0 {
		return sources, nil
	}
	if deed := w.deedAt(cause); deed != nil {
		// "the arrest of a Greek in Turkey angered Greece"
		if targets = w.doers(deed, v); len(targets) == 0 {
			targets = w.behind([]uint32{w.in}, cause)
		}
		return sources, targets
	}
	if targets = w.actorsOf(cause); len(targets) == 0 {
		if g := w.governor(cause); g >= 0 { // "signed a pact that angered China"
			targets = w.actorsOf(w.subject(g))
		}
	}
	return sources, targets
}

// doers returns who did the deed of noun m, the object of verb v: its owner, or
// who stands behind a preposition that does not lead to whom it hits.
func (w *walk) doers(m *match, v int) []party {
	if own := w.owners(m.head); len(own) > 0 {
		return own
	}
	heads := []int{m.head}
	if x := w.deedTold(m); x >= 0 {
		heads = append(heads, x)
	}
	if by := w.behind([]uint32{w.by}, append(heads, v)...); len(by) > 0 {
		return by
	}
	if prep := w.head(m.head); prep >= 0 && w.rel(m.head) == stages.Pobj && v >= 0 && w.head(prep) == v && w.blames(v) {
		// "blamed Israel for the air strike on Damascus"
		if o := w.object(v); o >= 0 && (w.d.Tokens[prep].ID == w.for_ || w.d.Tokens[prep].ID == w.of) {
			return w.actors(nil, o)
		}
	}
	words := []uint32{w.of, w.from}
	if p := w.predicate(m); p.Category == "coerce" {
		words = append(words, w.in) // "the coup in Niger", "arrests in Belarus": at home
	}
	for _, word := range words {
		if slices.Contains(w.entries[m.ref].hits, word) {
			continue
		}
		if word == w.in {
			heads = append(heads, v)
		}
		if found := w.behind([]uint32{word}, heads...); len(found) > 0 {
			return found
		}
	}
	if at := w.masters(m); len(at) > 0 {
		return at
	}
	return w.takenUp(m.head, true)
}

// inDeed returns who did the deed, told before, in which what verb v tells was
// suffered: "were killed in the strike".
func (w *walk) inDeed(v int) []party {
	for c := w.firstChild(v); c >= 0; c = w.nextChild(c) {
		if w.rel(c) == stages.Prep && w.d.Tokens[c].ID == w.in {
			if n := w.child(c, 1<<stages.Pobj); n >= 0 && w.deedAt(n) != nil {
				return w.takenUp(n, true)
			}
		}
	}
	return nil
}

// takenUp returns who did the deed that noun phrase n takes up from words before
// it: "the attack", "these arrests", "the move", "this". Who is blamed did the last
// hostile one.
func (w *walk) takenUp(n int, blame bool) []party {
	if n < 0 || len(w.owners(n)) > 0 || len(w.belonging(n)) > 0 {
		return nil
	}
	switch id := w.d.Tokens[n].ID; {
	case id == w.it || id == w.this || id == w.that && w.rel(n) != stages.Mark || w.sumsUp(n):
		for i := len(w.d.Relations) - 1; i >= w.relations; i-- {
			if r := &w.d.Relations[i]; r.SourceAt >= 0 && r.First >= 0 && r.First < n && r.Route <= stages.PassiveBy {
				return []party{{code: r.Source, at: -1}}
			}
		}
		for k := len(w.found) - 1; k >= 0; k-- { // "offered a compromise, but this was rejected by"
			if x := &w.found[k]; x.last <= n && x.pos&lexicons.Verb != 0 && w.isVerb(x.head) && !w.passive(x.head) && abs(w.predicate(x).Valence) >= 0.25 {
				if who := w.actorsOf(w.subject(x.head)); len(who) > 0 {
					return who
				}
			}
		}
		if id == w.this && w.doer != "" && w.doerN == w.n-1 {
			return []party{{code: w.doer, at: -1}}
		}
	case !w.definite(n):
	case w.deedAt(n) != nil || blame && w.deedWord(id):
		if w.n-w.agentN > stages.Salient {
			return nil
		}
		var out []party
		for _, c := range w.agents {
			out = append(out, party{code: c, at: -1})
		}
		return out
	case w.nounAt(n) != nil:
		// "the impeachment", "the offer": who did the last such deed
		if d, ok := w.deeds[w.predicate(w.nounAt(n)).Category]; ok && w.n-d.n <= stages.Salient {
			return []party{{code: d.source, at: -1}}
		}
	case w.deedWord(id):
		if w.doer != "" && w.n-w.doerN <= stages.Salient {
			return []party{{code: w.doer, at: -1}}
		}
	}
	return nil
}

// sumsUp reports whether noun n takes up what the sentence has just told: "shelled
// the port, an attack that Mali condemned".
func (w *walk) sumsUp(n int) bool {
	a := w.child(n, 1<<stages.Det)
	return a > w.sent.First && a < n && w.d.Word(a-1) == "," && w.child(n, 1<<stages.Relcl) >= 0 && (w.deedWord(w.d.Tokens[n].ID) || w.deedAt(n) != nil || w.nounAt(n) != nil)
}

// definite reports whether noun n has an article or pronoun that takes up what is
// known.
func (w *walk) definite(n int) bool {
	d := w.child(n, 1<<stages.Det)
	if d < 0 {
		return false
	}
	switch w.lower(d) {
	case "the", "this", "these", "that", "those", "such":
		return true
	}
	return false
}

// deedWord reports whether a word stands for any deed that was told.
func (w *walk) deedWord(id uint32) bool { return slices.Contains(w.deedWords, id) }

// deedTold returns the participle that tells of the deed of noun m who did it, to whom
// or where, -1 for none: "the raid carried out by", "an attack launched against",
// "the strike that Russia carried out on".
func (w *walk) deedTold(m *match) int {
	if p := w.predicate(m); m.pos&lexicons.Noun != 0 && violent(p) {
		if x := w.child(m.head, 1<<stages.Acl); x > m.head && w.d.Tags[x]&(lexicons.Participle|lexicons.Past) != 0 {
			return x
		}
		if x := w.child(m.head, 1<<stages.Relcl); x >= 0 && !w.passive(x) && w.object(x) == m.head && w.at(x) == nil {
			return x
		}
	}
	return -1
}

// masters returns the state in which an authority's deed hits people at home: "the
// crackdown on protesters in Belarus".
func (w *walk) masters(m *match) []party {
	if !official(w.predicate(m)) {
		return nil
	}
	var out []party
	for _, p := range w.hit(m) {
		if c := stages.Country(p.code); c != p.code && w.lex.State(c) {
			out = append(out, party{code: c, at: p.at, owner: true})
		}
	}
	return out
}

// hit returns whom the deed of noun m hits.
func (w *walk) hit(m *match) []party {
	return w.behind(w.entries[m.ref].hits, m.head, w.child(m.head, 1<<stages.Acl))
}
