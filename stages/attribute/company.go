package attribute

import (
	"detente/lexicons"
	"detente/stages"
)

// clauses adds, for every predicate, its clause's subject as source and as
// targets the actors that stand elsewhere in the clause, where no entry says in
// what role.
func (w *walk) clauses(from int) {
	w.placeMentions()
	for k := range w.found {
		m := &w.found[k]
		p := &w.lex.Predicates[m.ref]
		v := w.clauseVerb(m.head)
		if v < 0 || !w.placed(v) || p.Valence == 0 || p.Flags&lexicons.Felt != 0 {
			continue
		}
		subject := w.subject(v)
		agents := w.actorsOf(subject)
		if m.pos&lexicons.Verb == 0 {
			// "Russia's war on", "objections from China": not the subject's
			if own := w.owners(m.head); len(own) > 0 {
				agents = own
			} else if by := w.behind([]uint32{w.by, w.from}, m.head); len(by) > 0 {
				agents = by
			} else if w.occasion(m.head) {
				continue // "imposed sanctions over arms sales to": not the subject's
			}
		}
		if p.Flags&lexicons.Recip != 0 && len(agents) > 1 {
			continue // "agreed to share intelligence on X": the parties are all there
		}
		passive := w.passive(v)
		base := w.reading(m, p)
		for _, x := range w.places {
			mention, at := &w.d.Mentions[x.mention], x.at
			if x.verb != v || at <= v || w.claimed(at, m) || w.hearer(at, m) || w.forum(mention, at, m) {
				continue
			}
			var some [2]string
			for _, code := range w.codes(some[:0], mention) {
				t := party{code: code, at: mention.First}
				for _, s := range agents {
					if s.at == t.at || s.code == t.code {
						continue
					}
					if passive {
						s, t = t, s
					}
					if !w.related(from, s.code, t.code) && !w.directed(from, t.code, s.code) {
						r := base
						if h := w.head(at); r.Valence*r.Shift > 0 && h >= 0 && w.rel(at) == stages.Pobj && w.d.Tokens[h].ID == w.against {
							r.Shift = -abs(r.Shift) // "sided with Mali against Chad"
						}
						r.Source, r.SourceAt, r.Target, r.TargetAt, r.Route = s.code, s.at, t.code, t.at, stages.InClause
						w.add(r)
					}
				}
			}
		}
	}
}

// place is where a mention stands: the token by which it hangs in the sentence, and
// the verb of its clause.
type place struct{ mention, at, verb int }

// placeMentions finds the places of the sentence's actors.
func (w *walk) placeMentions() {
	w.places = w.places[:0]
	for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
		if m := &w.d.Mentions[i]; m.Code != "" {
			at := w.mentionHead(m)
			w.places = append(w.places, place{i, at, w.clauseVerb(at)})
		}
	}
}

// placed reports whether an actor stands behind v, the verb of its clause.
func (w *walk) placed(v int) bool {
	for _, x := range w.places {
		if x.verb == v && x.at > v {
			return true
		}
	}
	return false
}

// hearer reports whether the actor at token t is whom what predicate m says is put
// to: "complained to the UN about".
func (w *walk) hearer(t int, m *match) bool {
	h := w.head(t)
	p := w.predicate(m)
	return h >= 0 && p.Flags&lexicons.Content != 0 && w.rel(t) == stages.Pobj && w.d.Tokens[h].ID == w.to && w.head(h) == m.head && !contains(p.Target, "to")
}

// forum reports whether a mention at token t is of a body at which predicate m is
// done: "sued Mali at the International Court of Justice", "filed a complaint with
// GATT against Chad".
func (w *walk) forum(body *stages.Mention, t int, m *match) bool {
	h := w.head(t)
	if h < 0 || w.rel(t) != stages.Pobj || w.lex.State(stages.Country(body.Code)) {
		return false
	}
	switch w.lower(h) {
	case "at", "before":
		return true
	case "with", "to":
		return len(w.behind([]uint32{w.against, w.over, w.about}, w.heads(nil, m)...)) > 0
	}
	return false
}

// insider reports whether the sentence names a part of country code, whose place
// the country then is: "rebels based in Chad".
func (w *walk) insider(code string) bool {
	for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
		if c := w.d.Mentions[i].Code; c != code && stages.Country(c) == code {
			return true
		}
	}
	return false
}

// claimed reports whether another coloured word than m stands between token at
// and its clause's verb: in "denounced Russia's war on Ukraine" Ukraine is the
// war's.
func (w *walk) claimed(at int, m *match) bool {
	for i := w.head(at); i >= 0; i = w.head(i) {
		if i == m.head {
			return false
		}
		if w.isVerb(i) {
			return false
		}
		for k := range w.found {
			if x := &w.found[k]; x.head == i && w.lex.Predicates[x.ref].Valence != 0 {
				return true
			}
		}
	}
	return false
}

// mentionHead returns the token by which a mention hangs in the sentence.
func (w *walk) mentionHead(m *stages.Mention) int {
	for i := m.First; i < m.Last; i++ {
		if h := w.head(i); h < m.First || h >= m.Last {
			return i
		}
	}
	return m.First
}

// directed reports whether a construction relates source to target one way, so
// that company says nothing of the way back.
func (w *walk) directed(from int, source, target string) bool {
	for i := from; i < len(w.d.Relations); i++ {
		if r := &w.d.Relations[i]; r.Source == source && r.Target == target && r.SourceAt >= 0 && r.Route <= stages.PassiveBy && r.Route != stages.Reciprocal {
			return true
		}
	}
	return false
}

// complete reports whether all parties of predicate m, what they do together, are
// known, code among them: "Britain and France discussed" nobody else with Spain.
func (w *walk) complete(from int, m *match, code string) bool {
	if m == nil {
		return false
	}
	for i := from; i < len(w.d.Relations); i++ {
		if r := &w.d.Relations[i]; r.Route == stages.Reciprocal && r.First == m.first && r.Source == code && r.SourceAt >= 0 && r.TargetAt >= 0 && w.joined(r.SourceAt, r.TargetAt) {
			return true
		}
	}
	return false
}

// joined reports whether "and" joins the mentions that begin at tokens a and b.
func (w *walk) joined(a, b int) bool {
	a, b = min(a, b), max(a, b)
	k := w.mentionAt[b-w.sent.First]
	if k < 0 {
		return false
	}
	for i := w.mentionHead(&w.d.Mentions[k]); i >= 0 && w.rel(i) == stages.Conj; {
		i = w.head(i)
		if k := w.mentionAt[i-w.sent.First]; k >= 0 && w.d.Mentions[k].First == a {
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
	list := make([]named, 0, most)
	for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
		m := &d.Mentions[i]
		var some [2]string
		for _, code := range w.codes(some[:0], m) {
			known := m.Place && w.insider(code)
			for _, n := range list {
				known = known || n.code == code
			}
			if !known && len(list) < most {
				list = append(list, named{code, m.First})
			}
		}
	}
	if len(list) < 2 {
		return
	}
	whole := w.strongest(w.sent.First, w.sent.Last)
	for _, s := range list {
		for _, t := range list {
			if s.code == t.code || w.related(from, s.code, t.code) || w.directed(from, t.code, s.code) {
				continue
			}
			m := w.strongest(min(s.at, t.at), max(s.at, t.at))
			if m == nil {
				m = whole
			}
			r := w.reading(m, w.predicate(m))
			if r.Valence*r.Shift < 0 && w.joined(s.at, t.at) {
				continue // "Britain and France condemned": not each other
			}
			if w.complete(from, m, s.code) || m != nil && w.hypothetical(m.first) {
				continue
			}
			r.Source, r.SourceAt, r.Target, r.TargetAt, r.Route = s.code, s.at, t.code, t.at, stages.Together
			w.add(r)
		}
	}
}
