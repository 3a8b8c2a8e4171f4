package attribute

import (
	"detente/stages"
)

// directed reports whether a construction relates source to target one way, so
// that company says nothing of the way back.
func (w *walk) directed(from int, source, target string) bool {
	for _, r := range w.d.Relations[from:] {
		if r.Source == source && r.Target == target && r.SourceAt >= 0 && r.Route <= stages.PassiveBy && r.Route != stages.Reciprocal {
			return true
		}
	}
	return false
}

// together adds, for actors that no construction relates, the strongest
// predicate between them, else of the sentence: weak evidence that the blend
// weighs by how the two stand to each other.
func (w *walk) together(from int) {
	d := w.d
	const most = 6
	type named struct {
		code string
		at   int
	}
	var list []named
	for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
		m := &d.Mentions[i]
		for _, code := range w.codes(m) {
			known := false
			for _, n := range list {
				known = known || n.code == code
			}
			if !known && len(list) < most {
				list = append(list, named{code, m.First})
			}
		}
	}
	for _, s := range list {
		for _, t := range list {
			if s.code == t.code || w.related(from, s.code, t.code) || w.directed(from, t.code, s.code) {
				continue
			}
			m := w.strongest(min(s.at, t.at), max(s.at, t.at))
			if m == nil {
				m = w.strongest(w.sent.First, w.sent.Last)
			}
			if m == nil {
				continue
			}
			factor, shifters := w.shift(m.first)
			w.add(stages.Relation{Source: s.code, SourceAt: s.at, Target: t.code, TargetAt: t.at, Predicate: m.ref, First: m.first, Last: m.last,
				Valence: w.lex.Predicates[m.ref].Valence, Shift: factor, Shifters: shifters, Route: stages.Together})
		}
	}
}
