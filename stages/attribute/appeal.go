package attribute

import (
	"slices"

	"detente/stages"
)

// stopped reports whether verb v hangs on a verb of ending whose subject is asked
// to end it: "urged Iran to stop arming the rebels".
func (w *walk) stopped(v int) bool {
	if r := w.rel(v); r != stages.Xcomp && r != stages.Pcomp {
		return false
	}
	end := w.head(v)
	if end >= 0 && w.rel(v) == stages.Pcomp {
		end = w.head(end)
	}
	if end < 0 || !w.infinitive(end) || w.rel(end) != stages.Xcomp && w.rel(end) != stages.Ccomp && w.rel(end) != stages.Advcl || w.shifter(end, "end") == 0 {
		return false
	}
	return w.head(end) >= 0 && w.controller(w.head(end), end) >= 0
}

// ended reports whether verb v says that somebody is asked by another to end what
// it does: "urged Iran to halt its offensive".
func (w *walk) ended(v int) bool {
	if m := w.at(v); m == nil && w.shifter(v, "end") == 0 || m != nil && w.predicate(m).Category != "retreat" {
		return false
	}
	g := w.head(v)
	if g < 0 || !w.infinitive(v) || !w.isVerb(g) {
		return false
	}
	asker := w.actorsOf(w.subject(g))
	asked := w.actorsOf(w.subject(v))
	return len(asked) > 0 && !slices.ContainsFunc(asker, func(p party) bool { return stages.Country(p.code) == stages.Country(asked[0].code) })
}

// halts reports whether a predicate of retreat, which is friendly, is the end of
// something hostile: "stop attacks", "end the blockade".
func (w *walk) halts(m *match) bool {
	p := w.predicate(m)
	return p.Category == "retreat" && m.last-m.first > 1 && w.shifter(m.first, "end") != 0
}

// appeal adds what the target of "urge", "call on", "order" is asked to do: the
// tone of an appeal is that of what it asks for.
func (w *walk) appeal(m *match, sources, targets []party) {
	x := w.child(m.head, 1<<stages.Xcomp|1<<stages.Ccomp|1<<stages.Advcl)
	if x < 0 || !w.infinitive(x) {
		return
	}
	s := w.subject(x)
	if s < 0 || !slices.ContainsFunc(w.actorsOf(s), func(p party) bool {
		return slices.ContainsFunc(targets, func(t party) bool { return t.code == p.code })
	}) {
		return
	}
	for ; x >= 0; x = w.child(x, 1<<stages.Xcomp) { // "to stop arming"
		object := w.object(x)
		for k := range w.found {
			asked := &w.found[k]
			if asked.head != x && asked.head != object {
				continue
			}
			base := w.reading(asked, w.predicate(asked))
			if base.Valence < 0 {
				base.Shift = abs(base.Shift) // who asks to stop a harm blames for it
			} else if w.halts(asked) {
				base.Shift = -abs(base.Shift) // "asked Uganda to stop attacks"
			}
			w.pairs(base, sources, targets, stages.Appeal)
		}
	}
}
