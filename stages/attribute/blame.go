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

// blamed returns the deed of force that is the object of m, where m blames it,
// nil for none.
func (w *walk) blamed(m *match) *match {
	o := w.object(m.head)
	if o < 0 || o < m.last && o >= m.first {
		return nil
	}
	if deed := w.deedAt(o); deed != nil && w.blames(m.head) {
		return deed
	}
	return nil
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
	for _, word := range []string{"of", "from"} {
		if p := w.predicate(m); contains(p.Target, word) {
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
// "by" leads to who does it, whom the entry has as a target for those who blame it.
func hits(p *lexicons.Predicate) []string {
	if p.Flags&lexicons.Desc != 0 || !slices.Contains(p.Target, "by") {
		return p.Target
	}
	return slices.DeleteFunc(slices.Clone(p.Target), func(t string) bool { return t == "by" })
}
