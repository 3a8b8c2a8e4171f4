package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// official reports whether a predicate is what a state does to people where it
// rules: who does it to them need not be told but by the place.
func official(p *lexicons.Predicate) bool { return p.Category == "coerce" && p.Valence < 0 }

// peers returns who does like the subject of verb v what it does: "Latvia, like
// Estonia, closed its border", "along with Britain, France condemned the raid",
// "joined Malaysia in denouncing Israel".
func (w *walk) peers(v int) []party {
	if h := w.head(v); h >= 0 && w.rel(v) == stages.Pcomp && w.d.Tokens[h].ID == w.in {
		if g := w.head(h); g >= 0 {
			if p := w.predicate(w.at(g)); p != nil && p.Valence > 0 {
				return w.actorsOf(w.object(g))
			}
		}
		return nil
	}
	for _, h := range []int{v, w.subject(v)} {
		if h < 0 {
			continue
		}
		for c := w.firstChild(h); c >= 0; c = w.nextChild(c) {
			if c >= v {
				break
			}
			switch w.d.Tokens[c].ID {
			case w.like, w.along, w.together_, w.alongside:
				if found := w.prepObject(c); len(found) > 0 {
					return found
				}
			}
		}
	}
	return nil
}

// joinedParticiple returns the participle that "and" joins to v and that may say
// by whom both were done, -1 for none: "trained and armed by".
func (w *walk) joinedParticiple(v int) int {
	if c := w.child(v, 1<<stages.Conj); c > v && w.child(v, 1<<stages.Cc) >= 0 && w.d.Tags[c]&(lexicons.Participle|lexicons.Past) != 0 {
		return c
	}
	return -1
}

// pushed returns the object of verb v where it does what noun n, behind "into",
// tells: "pushed the king into talks with Mali"; -1 elsewhere.
func (w *walk) pushed(n, v int) int {
	if p := w.head(n); w.rel(n) == stages.Pobj && w.d.Tokens[p].ID == w.into && w.head(p) == v {
		return w.thing(v)
	}
	return -1
}

// senders returns who sends what is the subject of passive verb v: "the warning was
// sent in a letter from Peru", "was contained in Peru's note".
func (w *walk) senders(v int) []party {
	for c := w.firstChild(v); c >= 0; c = w.nextChild(c) {
		if w.rel(c) != stages.Prep {
			continue
		}
		switch w.d.Tokens[c].ID {
		case w.from:
			return w.prepObject(c)
		case w.in:
			if n := w.child(c, 1<<stages.Pobj); n >= 0 {
				if found := append(w.owners(n), w.behind([]uint32{w.from, w.by}, n)...); len(found) > 0 {
					return found
				}
			}
		}
	}
	return nil
}

// partners returns the parties of noun n, which is something that parties have
// with each other: "ties between Algeria and Mali", "its quarrel with Mali".
func (w *walk) partners(n int) []party {
	if n < 0 {
		return nil
	}
	for k := range w.found {
		m := &w.found[k]
		if p := w.predicate(m); m.head == n && m.pos&lexicons.Noun != 0 && p.Flags&lexicons.Recip != 0 {
			if between := w.behind([]uint32{w.between}, n); len(between) > 1 {
				return between
			}
			return append(w.owners(n), w.behind(w.entries[m.ref].target, n)...)
		}
	}
	return nil
}

// backers returns who stands behind a text that speaks ("a resolution condemning
// Syria", "a letter that accuses Iran"): the subject of the verb that governs it.
// Who votes against or vetoes it means the opposite.
func (w *walk) backers(shift float32, v int) ([]party, float32) {
	for w.rel(v) == stages.Conj && w.isVerb(w.head(v)) {
		v = w.head(v)
	}
	if r := w.rel(v); r != stages.Acl && r != stages.Relcl || w.infinitive(v) || w.passive(v) {
		return nil, shift
	}
	text := w.head(v)
	g := w.governor(text)
	if g < 0 || w.passive(g) {
		return nil, shift
	}
	if m := w.at(g); m != nil && w.predicate(m).Category == "reject" || w.shifter(g, "failure") != 0 {
		shift = pity * abs(shift)
	} else if prep := w.head(text); prep != g && w.d.Tokens[prep].ID == w.against {
		shift = pity * abs(shift)
	}
	return w.actorsOf(w.subject(g)), shift
}

// eachOther reports whether the object of verb v, or what stands behind its
// preposition, is "each other" or "one another", or "the other" of "each".
func (w *walk) eachOther(v int) bool {
	for i := v + 1; i+1 < min(w.sent.Last, v+6); i++ {
		a, b := w.d.Tokens[i].ID, w.d.Tokens[i+1].ID
		if a == w.each_ && b == w.other || a == w.one && b == w.another || a == w.the && b == w.other && w.each(w.subject(v)) {
			return true
		}
	}
	return false
}

// each reports whether noun phrase n is "each" or "each side".
func (w *walk) each(n int) bool {
	if n < 0 {
		return false
	}
	det := w.child(n, 1<<stages.Det)
	return w.d.Tokens[n].ID == w.each_ || det >= 0 && w.d.Tokens[det].ID == w.each_
}

// dead returns who came to harm by a deed of force that a clause beside the main
// one tells without a target: "ten Greeks died when Turkish jets bombed the town".
func (w *walk) dead(v int, p *lexicons.Predicate) []party {
	h := w.head(v)
	if !violent(p) || h < 0 || w.rel(v) != stages.Advcl {
		return nil
	}
	if m := w.at(h); m == nil || w.predicate(m).Category != "harm" && !(violent(w.predicate(m)) && w.passive(h)) {
		return nil
	}
	return w.actorsOf(w.subject(h))
}

// supposed returns the actors of the condition that a threat hangs on:
// "threatened to close the strait if Washington attacked".
func (w *walk) supposed(m *match, p *lexicons.Predicate) []party {
	if p.Category != "threaten" {
		return nil
	}
	for _, v := range []int{m.head, w.child(m.head, 1<<stages.Xcomp)} {
		if v < 0 {
			continue
		}
		for c := w.firstChild(v); c >= 0; c = w.nextChild(c) {
			if w.isVerb(c) && w.hypothetical(c) {
				if t := w.actorsOf(w.subject(c)); len(t) > 0 {
					return t
				}
			}
		}
	}
	return nil
}

// thwarted adds what the subject of verb v is to the targets of another's deed
// that is the verb's object, where the verb goes against it: "blocked EU aid to
// Ukraine", "vetoed sanctions on Iran". The deed itself was meant all the same.
func (w *walk) thwarted(base *stages.Relation, n int, owners, targets []party) {
	v := w.head(n)
	if v < 0 || w.rel(n) != stages.Dobj || w.passive(v) {
		return
	}
	factor := min(w.shifter(v, "refusal"), w.shifter(v, "failure"))
	if factor == 0 {
		return
	}
	others := slices.DeleteFunc(w.actorsOf(w.subject(v)), func(s party) bool {
		return slices.ContainsFunc(owners, func(o party) bool { return o.code == s.code })
	})
	if len(others) > 0 {
		against := *base
		against.Shift, base.Shift = factor, 1
		w.pairs(against, others, targets, stages.LightVerb)
		if against.Valence < 0 {
			against.Shift = abs(factor)
		}
		w.pairs(against, others, owners, stages.SubjectOwner) // whose deed it was
	}
}

// answerer returns whom a noun without a target meets, by the verb that governs
// it: who turns down or yields to what another asked, offered or charged
// ("rejected a Russian offer", "yielded to Turkish threats"), and who is hit by a
// deed of force ("died in a raid by", "were hit in an Israeli strike").
func (w *walk) answerer(m *match, p *lexicons.Predicate, base *stages.Relation) []party {
	v := w.governor(m.head)
	if v < 0 {
		return nil
	}
	a := w.predicate(w.at(v))
	switch {
	case violent(p) && a != nil && a.Valence > 0:
		return nil // "backed by air strikes"
	case violent(p):
		if !w.passive(v) && (a == nil || a.Flags&lexicons.Victim == 0) || w.occasion(m.head) {
			return nil
		}
	case w.passive(v) || a == nil:
		return nil
	case a.Category == "reject":
		base.Shift = 1 // it was offered all the same
	case a.Category != "concede" && a.Category != "retreat" && a.Category != "agree":
		return nil
	}
	return w.actorsOf(w.subject(v))
}

// unnamed adds relations to the targets that a deed without one is understood
// to have, which are not among others.
func (w *walk) unnamed(base stages.Relation, sources, others []party) {
	if abs(base.Valence) < 0.3 {
		return
	}
	at := w.sent.First
	if w.isVerb(base.First) && !w.infinitive(base.First) {
		at = base.First
	}
	for _, s := range sources {
		var two [2]string
		topics := w.topics(two[:0], s.code, at, base.Valence*base.Shift)
		if sp := w.speakerAt(base.First); w.isVerb(base.First) && len(sources) == 1 && sp != w.turn.Code && sp == stages.Country(sp) && w.lex.State(sp) && violent(&w.lex.Predicates[base.Predicate]) && !w.hypothetical(base.First) {
			topics = append(topics[:0], sp) // "Seoul said that the North had opened fire"
		}
		for _, target := range topics {
			if slices.ContainsFunc(others, func(p party) bool { return p.code == target }) {
				continue
			}
			r := base
			r.Source, r.SourceAt, r.Target, r.TargetAt, r.Route = s.code, s.at, target, -1, stages.ActorTopic
			w.add(r)
		}
	}
}

// hypothetical reports whether the clause of token t, or one that it is part of, is
// a condition.
func (w *walk) hypothetical(t int) bool {
	for v := w.clauseVerb(t); v >= 0; v = w.head(v) {
		if mark := w.child(v, 1<<stages.Mark|1<<stages.Advmod); mark >= 0 && (w.d.Tokens[mark].ID == w.if_ || w.d.Tokens[mark].ID == w.unless) {
			return true
		}
		switch w.rel(v) {
		case stages.Xcomp, stages.Conj, stages.Pcomp, stages.Prep, stages.Acomp:
		default:
			return false
		}
	}
	return false
}

// pairs adds a relation for every source and target.
func (w *walk) pairs(base stages.Relation, sources, targets []party, route stages.Route) {
	for _, s := range sources {
		if s.place && len(sources) > 1 {
			continue
		}
		for _, t := range targets {
			r := base
			r.Source, r.SourceAt, r.Target, r.TargetAt, r.Route = s.code, s.at, t.code, t.at, route
			if route == stages.SubjectObject && t.owner {
				r.Route = stages.SubjectOwner
			}
			w.add(r)
		}
	}
}

// mutual adds relations both ways between the parties of "met", "agreed". What
// a party only says or wishes ("ready to resume talks with X") is its own tone
// alone.
func (w *walk) mutual(base stages.Relation, sources, targets []party) {
	all := append(append([]party{}, sources...), targets...)
	if base.First >= 0 && w.urged(base.First) {
		return // "urged both sides to settle their dispute": they have not
	}
	wish := ""
	for k := range w.open {
		if c := &w.open[k]; c.first <= base.First && base.First < c.last && c.cue != base.First && w.wished(base.First) {
			for _, p := range all {
				if p.code == c.voice.code {
					wish = p.code
				}
			}
		}
	}
	for i, s := range all {
		for j, t := range all {
			if wish != "" && s.code != wish {
				continue
			}
			if i == j || s.code == t.code || len(targets) > 0 && (i < len(sources)) == (j < len(sources)) {
				continue
			}
			r := base
			r.Source, r.SourceAt, r.Target, r.TargetAt, r.Route = s.code, s.at, t.code, t.at, stages.Reciprocal
			w.add(r)
		}
	}
}

// urged reports whether the predicate at token t is what others ask its parties to
// do.
func (w *walk) urged(t int) bool {
	v := w.clauseVerb(t)
	if v < 0 || !w.infinitive(v) {
		return false
	}
	for w.rel(v) == stages.Conj && w.isVerb(w.head(v)) {
		v = w.head(v)
	}
	g := w.head(v)
	return g >= 0 && w.asks(g) && w.controller(g, v) >= 0
}

// wished reports whether the predicate at token t is told as wish or possibility:
// its verb has a modal but "will", is an infinitive or stands in the present.
func (w *walk) wished(t int) bool {
	v := w.clauseVerb(t)
	if v < 0 {
		return true
	}
	if w.infinitive(v) {
		h := w.head(v)
		return h < 0 || w.shifter(h, "failure") == 0 // "failed to agree" is no wish
	}
	for c := w.firstChild(v); c >= 0; c = w.nextChild(c) {
		if w.rel(c) == stages.Aux && w.lex.Tags(w.d.Tokens[c].ID)&lexicons.Modal != 0 {
			return w.lower(c) != "will"
		}
	}
	return w.d.Tags[v]&(lexicons.Past|lexicons.Participle) == 0
}
