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
	case "accuse", "bad", "concern", "regret", "sympathy", "apologise":
		return true
	}
	return false
}

// blames reports whether verb v blames its object: it is a verb of blame, or
// calls it something bad ("called the raid illegal", "described it as a crime").
func (w *walk) blames(v int) bool {
	if m := w.at(v); m != nil && feels(w.predicate(m)) && w.predicate(m).Valence < 0 {
		return true
	}
	said := []int{w.child(v, stages.Attr, stages.Acomp)}
	for _, c := range w.children(v) {
		if w.rel(int(c)) == stages.Prep && w.lower(int(c)) == "as" {
			said = append(said, w.child(int(c), stages.Pobj, stages.Amod, stages.Pcomp))
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

// blamed returns the deed of force that is the object of m or stands behind one
// of its prepositions, where m blames it, nil for none.
func (w *walk) blamed(m *match, p *lexicons.Predicate, heads []int) *match {
	if m.pos&lexicons.Verb != 0 {
		if o := w.object(m.head); o >= 0 && (o < m.first || o >= m.last) && w.blames(m.head) {
			if deed := w.deedAt(o); deed != nil {
				return deed
			}
		}
	}
	if !feels(p) || p.Valence >= 0 {
		return nil
	}
	for _, h := range heads {
		for _, c := range w.children(h) {
			if w.rel(int(c)) != stages.Prep || !contains(p.Target, w.lower(int(c))) {
				continue
			}
			if o := w.child(int(c), stages.Pobj); o >= 0 {
				if deed := w.deedAt(o); deed != nil {
					return deed
				}
			}
		}
	}
	return nil
}

// felt returns who feels what verb v tells, its object ("the move angered Greece",
// "drew protests from Greece"), and toward whom: its subject, or who did that.
func (w *walk) felt(v int, heads []int) (sources, targets []party) {
	if sources = w.actorsOf(w.object(v)); len(sources) == 0 {
		sources = w.behind([]string{"from"}, heads...)
	}
	cause := w.subject(v)
	if cause < 0 {
		return sources, nil
	}
	if deed := w.deedAt(cause); deed != nil {
		// "the arrest of a Greek in Turkey angered Greece"
		if targets = w.doers(deed, v); len(targets) == 0 {
			targets = w.behind([]string{"in"}, cause)
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
	if x := w.child(m.head, stages.Acl); x >= 0 && w.d.Tags[x] == lexicons.Participle {
		heads = append(heads, x) // "the raid carried out by"
	}
	if by := w.behind([]string{"by"}, append(heads, v)...); len(by) > 0 {
		return by
	}
	if prep := w.head(m.head); prep >= 0 && w.rel(m.head) == stages.Pobj && w.head(prep) == v && w.blames(v) {
		// "blamed Israel for the air strike on Damascus"
		if o := w.object(v); o >= 0 && (w.lower(prep) == "for" || w.lower(prep) == "of") {
			return w.actors(nil, o)
		}
	}
	words := []string{"of", "from"}
	if p := w.predicate(m); p.Category == "coerce" {
		words = []string{"of", "from", "in"} // "the coup in Niger", "arrests in Belarus": at home
	}
	for _, word := range words {
		if contains(hits(w.predicate(m)), word) {
			continue
		}
		if found := w.behind([]string{word}, m.head); len(found) > 0 {
			return found
		}
	}
	return nil
}

// hit returns whom the deed of noun m hits.
func (w *walk) hit(m *match) []party {
	heads := []int{m.head}
	if x := w.child(m.head, stages.Acl); x >= 0 {
		heads = append(heads, x)
	}
	return w.behind(hits(w.predicate(m)), heads...)
}

// hits returns the prepositions that lead from a noun to its target. Of a deed
// "by" leads to who does it, whom the entry has as a target for those who blame it;
// so does "in" where the deed is an authority's.
func hits(p *lexicons.Predicate) []string {
	doer := func(word string) bool { return word == "by" || word == "in" && p.Category == "coerce" }
	if p.Flags&lexicons.Desc != 0 || !slices.ContainsFunc(p.Target, doer) {
		return p.Target
	}
	return slices.DeleteFunc(slices.Clone(p.Target), doer)
}
