package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// event reads a predicate as something that an actor says or does toward
// another: the roles that its entry names are looked up in the tree.
func (w *walk) event(m *match, p *lexicons.Predicate) {
	switch {
	case m.pos&lexicons.Verb != 0 && !w.nominal(m):
		w.verb(m, p)
	case m.pos&(lexicons.Verb|lexicons.Noun) != 0:
		w.noun(m, p)
	case m.pos&lexicons.Phrase != 0 && len(p.Target) > 0 && p.Target[0] != "none":
		w.phrase(m, p)
	}
}

// nominal reports whether the words of a verbal predicate stand in the sentence
// as a noun and its preposition: "arrived for talks with".
func (w *walk) nominal(m *match) bool {
	if m.last-m.first < 2 || w.d.Tags[m.first]&lexicons.Noun == 0 {
		return false
	}
	switch w.rel(m.first) {
	case stages.Nsubj, stages.NsubjPass, stages.Dobj, stages.Pobj, stages.Attr:
		return true
	}
	return false
}

// reading is a relation without its parties, of no predicate for nil.
func (w *walk) reading(m *match, p *lexicons.Predicate) stages.Relation {
	if m == nil {
		return stages.Relation{Predicate: -1, First: -1, Last: -1, Shift: 1, SourceAt: -1, TargetAt: -1}
	}
	factor, shifters := w.shift(m)
	if v := w.head(m.head); v >= 0 && (w.rel(m.head) == stages.Nsubj || w.rel(m.head) == stages.NsubjPass) {
		// "the talks failed", "the agreement collapsed", "the ban was lifted"
		if f := w.fate(v); f != 0 {
			factor *= f
			shifters = append(shifters, v)
		}
	}
	if v := w.denied(m.head); v >= 0 {
		factor = 0
		shifters = append(shifters, v)
	}
	return stages.Relation{Predicate: m.ref, First: m.first, Last: m.last, Valence: p.Valence, Shift: factor, Shifters: shifters, SourceAt: -1, TargetAt: -1}
}

// verb reads a verbal predicate: its subject is the source, its target stands
// where the entry says; of a passive, what stands behind "by" is the source.
func (w *walk) verb(m *match, p *lexicons.Predicate) {
	v := m.head
	if w.rel(v) == stages.Amod || w.rel(v) == stages.Compound {
		return // "the expelled diplomats" colours, it does not tell
	}
	base := w.reading(m, p)
	if base.Shift < 0 && w.stopped(v) {
		base.Shift = -base.Shift // who is asked to stop does it
	}
	heads := w.heads(m)
	var sources, targets []party
	route := stages.SubjectObject
	if w.passive(v) {
		targets = w.actorsOf(w.subject(v))
		if sources = w.behind([]string{"by"}, heads...); len(sources) == 0 && official(p) {
			// "was arrested in Iran", "were expelled from Sudan"
			sources = w.behind([]string{"in", "from"}, v)
		}
		route = stages.PassiveBy
		if len(p.Target) > 0 && p.Target[0] != "obj" {
			if t := w.behind(hits(p), heads...); len(t) > 0 {
				targets = t
			}
		}
	} else if p.Flags&lexicons.Felt != 0 {
		// "the move angered Greece": the object feels it toward the subject.
		// "drew protests from Greece"
		if sources = w.actorsOf(w.object(v)); len(sources) == 0 {
			sources = w.behind([]string{"from"}, heads...)
		}
		cause := w.subject(v)
		if cause < 0 {
			// nothing angered
		} else if deed := w.deedAt(cause); deed != nil {
			// "the arrest of a Greek in Turkey angered Greece": who did it
			if targets = w.doers(deed, v); len(targets) == 0 {
				targets = w.behind([]string{"in"}, cause)
			}
		} else if targets = w.actorsOf(cause); len(targets) == 0 {
			if g := w.governor(cause); g >= 0 { // "signed a pact that angered China"
				targets = w.actorsOf(w.subject(g))
			}
		}
		if len(sources) == 0 {
			return
		}
	} else {
		sources = append(w.actorsOf(w.subject(v)), w.peers(v)...)
		if deed := w.blamed(m, p, heads); deed != nil {
			if targets, route = w.doers(deed, v), stages.SubjectOwner; len(targets) == 0 {
				w.unnamed(base, sources, append(w.hit(deed), party{code: w.victim}))
				return
			}
		} else {
			targets, route = w.targets(m, p, sources, heads)
		}
	}
	if len(targets) > 0 {
		if len(sources) == 0 {
			sources, base.Shift = w.backers(base.Shift, v)
		} else if who, shift := w.backers(base.Shift, v); shift < 0 && base.Shift < 0 {
			// "vetoed a U.N. resolution condemning Syria"
			voted := base
			voted.Shift = shift
			w.pairs(voted, who, targets, stages.SubjectFar)
		}
	}
	if len(sources) == 0 && !violent(p) {
		for k := range w.open {
			o := &w.open[k]
			if o.voice.code == "" {
				continue
			}
			if o.cue == v || o.first <= m.first && m.first < o.last && !w.passive(v) && w.subject(v) < 0 {
				sources = []party{{code: o.voice.code, at: -1}}
				break
			}
		}
	}
	if p.Flags&lexicons.Recip != 0 && len(sources)+len(targets) > 1 {
		w.mutual(base, sources, targets)
		return
	}
	if len(targets) == 0 && len(sources) > 1 && w.eachOther(v) {
		w.pairs(base, sources, sources, stages.SubjectObject)
		return
	}
	if len(targets) == 0 {
		if t := w.partners(w.subject(v)); len(t) > 1 && w.object(v) < 0 {
			w.mutual(base, t, nil) // "ties between Algeria and Mali have soured"
			return
		}
		if t := w.supposed(m, p); len(t) > 0 {
			w.pairs(base, sources, t, stages.SubjectFar)
			return
		}
		w.unnamed(base, sources, nil)
		return
	}
	w.pairs(base, sources, targets, route)
	w.appeal(m, sources, targets)
}

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
		for _, c := range w.children(h) {
			c := int(c)
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

// partners returns the parties of noun n, which is something that parties have
// with each other: "ties between Algeria and Mali", "its quarrel with Mali".
func (w *walk) partners(n int) []party {
	if n < 0 {
		return nil
	}
	for k := range w.found {
		m := &w.found[k]
		if p := w.predicate(m); m.head == n && m.pos&lexicons.Noun != 0 && p.Flags&lexicons.Recip != 0 {
			if between := w.behind([]string{"between"}, n); len(between) > 1 {
				return between
			}
			return append(w.owners(n), w.behind(p.Target, n)...)
		}
	}
	return nil
}

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

// backers returns who stands behind a text that speaks ("a resolution condemning
// Syria", "a letter that accuses Iran"): the subject of the verb that governs it.
// Who votes against or vetoes it means the opposite.
func (w *walk) backers(shift float32, v int) ([]party, float32) {
	for w.rel(v) == stages.Conj && w.isVerb(w.head(v)) {
		v = w.head(v)
	}
	if r := w.rel(v); r != stages.Acl && r != stages.Relcl || w.infinitive(v) {
		return nil, shift
	}
	text := w.head(v)
	g := w.governor(text)
	if g < 0 || w.passive(g) {
		return nil, shift
	}
	if m := w.at(g); m != nil && w.predicate(m).Category == "reject" || w.shifter(g, "failure") != 0 {
		shift = pity * abs(shift)
	} else if prep := w.head(text); prep != g && w.lower(prep) == "against" {
		shift = pity * abs(shift)
	}
	return w.actorsOf(w.subject(g)), shift
}

// eachOther reports whether the object of verb v, or what stands behind its
// preposition, is "each other" or "one another".
func (w *walk) eachOther(v int) bool {
	for i := v + 1; i+1 < min(w.sent.Last, v+6); i++ {
		a, b := w.lower(i), w.lower(i+1)
		if a == "each" && b == "other" || a == "one" && b == "another" {
			return true
		}
	}
	return false
}

// supposed returns the actors of the condition that a threat hangs on:
// "threatened to close the strait if Washington attacked".
func (w *walk) supposed(m *match, p *lexicons.Predicate) []party {
	if p.Category != "threaten" {
		return nil
	}
	for _, v := range []int{m.head, w.child(m.head, stages.Xcomp)} {
		if v < 0 {
			continue
		}
		for _, c := range w.children(v) {
			c := int(c)
			if w.isVerb(c) && w.hypothetical(c) {
				if t := w.actorsOf(w.subject(c)); len(t) > 0 {
					return t
				}
			}
		}
	}
	return nil
}

// appeal adds what the target of "urge", "call on", "order" is asked to do: the
// tone of an appeal is that of what it asks for.
func (w *walk) appeal(m *match, sources, targets []party) {
	x := w.child(m.head, stages.Xcomp, stages.Ccomp, stages.Advcl)
	if x < 0 || !w.infinitive(x) {
		return
	}
	s := w.subject(x)
	if s < 0 || !slices.ContainsFunc(w.actorsOf(s), func(p party) bool {
		return slices.ContainsFunc(targets, func(t party) bool { return t.code == p.code })
	}) {
		return
	}
	for ; x >= 0; x = w.child(x, stages.Xcomp) { // "to stop arming"
		object := w.object(x)
		for k := range w.found {
			asked := &w.found[k]
			if asked.head != x && asked.head != object {
				continue
			}
			base := w.reading(asked, w.predicate(asked))
			if base.Valence < 0 {
				base.Shift = abs(base.Shift) // who asks to stop a harm blames for it
			}
			w.pairs(base, sources, targets, stages.Appeal)
		}
	}
}

// heads returns the tokens on which a predicate's prepositions may hang: its
// own words and the object of its verb ("imposed sanctions on", "imposed on").
func (w *walk) heads(m *match) []int {
	out := []int{m.head}
	for i := m.first; i < m.last; i++ {
		if i != m.head && !w.d.Tokens[i].Is(lexicons.Punct) {
			out = append(out, i)
		}
	}
	if m.pos&lexicons.Verb != 0 {
		o := w.object(m.head)
		if w.passive(m.head) {
			o = w.subject(m.head)
		}
		if o >= 0 && !slices.Contains(out, o) {
			out = append(out, o)
		}
		if x := w.child(m.head, stages.Xcomp, stages.Acomp, stages.Prt); x >= 0 && !w.isVerb(x) {
			out = append(out, x)
		}
		return out
	}
	// "imposed on Iran sanctions", "is under pressure from": the phrase may
	// hang on what governs the noun.
	if h := w.head(m.head); h >= 0 {
		switch w.rel(m.head) {
		case stages.Dobj, stages.Attr, stages.Pobj, stages.NsubjPass:
			out = append(out, h)
			if g := w.head(h); w.rel(m.head) == stages.Pobj && g >= 0 && w.at(g) == nil {
				out = append(out, g)
			}
		case stages.Compound:
			out = append(out, h)
		}
	}
	return out
}

// targets finds the targets of an active verb.
func (w *walk) targets(m *match, p *lexicons.Predicate, sources []party, heads []int) ([]party, stages.Route) {
	o := w.object(m.head)
	if o >= m.first && o < m.last {
		// "expelled three Venezuelan diplomats": whose the object is, unless
		// it is the subject's own ("recalled its envoy from Rome").
		var others []party
		for _, x := range w.phraseActors(nil, o) {
			if !slices.ContainsFunc(sources, func(s party) bool { return stages.Country(s.code) == stages.Country(x.code) }) {
				others = append(others, x)
			}
		}
		if len(others) > 0 {
			return others, stages.SubjectOwner
		}
		o = -1
	}
	for _, t := range p.Target {
		switch t {
		case "none":
		case "obj":
			if found := w.objects(m.head, o); len(found) > 0 {
				return found, stages.SubjectObject
			}
			if found := w.prepObjects(m); len(found) > 0 {
				return found, stages.SubjectObject
			}
			if o >= 0 {
				if found := w.belonging(o); len(found) > 0 {
					return found, stages.SubjectFar
				}
			}
		case "subj":
			if found := w.actorsOf(w.subject(m.head)); len(found) > 0 {
				return found, stages.SpeakerAbout
			}
		default:
			if found := w.behind([]string{t}, heads...); len(found) > 0 {
				return found, stages.SubjectOblique
			}
		}
	}
	for _, t := range p.Target {
		if t == "obj" || t == "subj" || t == "none" {
			continue
		}
		if found := w.further(m, t); len(found) > 0 {
			return found, stages.SubjectFar
		}
	}
	return nil, stages.SubjectObject
}

// objects returns the actors of verb v's object o and of its indirect object.
func (w *walk) objects(v, o int) []party {
	var out []party
	if o >= 0 {
		out = w.actors(out, o)
	}
	if i := w.child(v, stages.Iobj); i >= 0 && len(out) == 0 {
		if out = w.actors(out, i); len(out) == 0 {
			out = w.prepObject(i)
		}
	}
	return out
}

// prepObjects returns the actors behind a preposition that is the predicate's
// own: "called on Iran".
func (w *walk) prepObjects(m *match) []party {
	for i := m.first; i < m.last; i++ {
		switch w.rel(i) {
		case stages.Prep, stages.Agent, stages.Prt:
			if found := w.prepObject(i); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// further returns the actors behind a preposition word that stands after the
// predicate in its clause but that the tree hangs elsewhere: attachment is what
// parsers get wrong most.
func (w *walk) further(m *match, word string) []party {
	clause := w.clauseVerb(m.head)
	for i := m.last; i < min(w.sent.Last, m.last+14); i++ {
		switch w.rel(i) {
		case stages.Prep, stages.Agent, stages.Iobj:
			if w.lower(i) == word && w.clauseVerb(i) == clause {
				if found := w.prepObject(i); len(found) > 0 {
					return found
				}
			}
		}
	}
	return nil
}

// noun reads a nominal predicate: the source owns it, governs it as subject of
// a light verb, or stands behind "by"; the target stands behind a preposition.
func (w *walk) noun(m *match, p *lexicons.Predicate) {
	if p.Valence == 0 || len(p.Target) == 0 || p.Target[0] == "none" || p.Flags&lexicons.Victim != 0 || p.Flags&lexicons.Recip != 0 && w.within(m) {
		return // "refugees in Israel": who suffers does nothing
	}
	n := m.head
	base := w.reading(m, p)
	if m.pos&lexicons.Verb != 0 && p.Category == "cooperate" && base.Shift > 0 {
		return // "its trade with Spain", "exports to Spain": business, not a deed
	}
	heads := w.heads(m)
	hit := hits(p)
	deed := w.blamed(m, p, heads)
	var targets []party
	if deed != nil {
		targets = w.doers(deed, max(w.clauseVerb(n), w.sent.First)) // "its concern about the arrest of"
	} else if targets = w.behind(hit, heads...); len(targets) == 0 {
		for _, t := range hit {
			if targets = w.further(m, t); len(targets) > 0 {
				break
			}
		}
	}
	if len(targets) == 0 && m.pos&lexicons.Verb != 0 {
		targets = w.prepObjects(m)
	}
	route := stages.Nominal
	sources := w.owners(n)
	if p.Flags&lexicons.Recip != 0 {
		if between := w.behind([]string{"between"}, heads...); len(between) > 1 {
			w.mutual(base, between, nil)
			return
		}
		if len(sources) > 1 {
			w.mutual(base, sources, nil)
			return
		}
	}
	if len(sources) == 0 && !contains(p.Target, "from") {
		sources = w.behind([]string{"by", "from"}, n)
	} else if len(sources) == 0 {
		sources = w.behind([]string{"by"}, n)
	}
	if len(sources) == 0 {
		// "imposed sanctions on Iran", "is in talks with": the subject of
		// the governing verb.
		if v := w.governor(n); v >= 0 && !w.occasion(n) {
			route = stages.LightVerb
			if a := w.at(v); base.Valence < 0 && (a != nil && feels(w.predicate(a)) || w.blames(v)) {
				// "condemned the bombing of Spain": no deed of the subject's, who
				// is with those that it hit.
				if doers := w.doers(m, v); len(doers) > 0 {
					w.pairs(base, doers, targets, stages.Nominal)
				}
				route, base.Shift = stages.SpeakerVictim, pity*abs(base.Shift)
			}
			if w.passive(v) && p.Flags&lexicons.Recip != 0 {
				sources = w.actorsOf(w.subject(v)) // "were killed in a clash with"
			} else if w.passive(v) {
				sources = w.behind([]string{"by"}, v)
			} else {
				sources = w.actorsOf(w.subject(v))
			}
		} else if v := w.clauseVerb(n); v >= 0 && w.rel(n) == stages.NsubjPass {
			route = stages.LightVerb // "sanctions were imposed on Iran by"
			sources = w.behind([]string{"by"}, v)
		}
		if len(targets) == 0 && p.Flags&lexicons.Recip != 0 {
			w.mutual(base, sources, nil)
			return
		}
	}
	alone := base.Shift < 0 && base.Valence > 0 && len(sources) > 0 && len(targets) > 0 // who severs its ties with another
	if p.Flags&lexicons.Recip != 0 && len(sources)+len(targets) > 1 && !alone {
		w.mutual(base, sources, targets)
		return
	}
	if route == stages.Nominal && len(sources) > 0 {
		if len(targets) == 0 {
			targets = w.answerer(m, p, &base)
		} else {
			w.thwarted(&base, n, sources, targets)
		}
	}
	if len(targets) == 0 {
		if route != stages.SpeakerVictim {
			w.unnamed(base, sources, nil)
		}
		return
	}
	w.pairs(base, sources, targets, route)
}

// within reports whether a noun is a word of a verbal predicate that one party
// does alone: "downgraded its ties".
func (w *walk) within(m *match) bool {
	return slices.ContainsFunc(w.found, func(x match) bool {
		return x.pos&lexicons.Verb != 0 && x.first < m.first && m.last <= x.last && w.predicate(&x).Flags&lexicons.Recip == 0
	})
}

// occasion reports whether noun n stands behind a preposition that says what a
// deed is about: who "froze aid to them over a pact with China" has no pact.
func (w *walk) occasion(n int) bool {
	for w.rel(n) == stages.Conj {
		n = w.head(n)
	}
	if w.rel(n) != stages.Pobj {
		return false
	}
	switch w.d.Tokens[w.head(n)].ID {
	case w.over, w.about, w.despite:
		return true
	}
	return false
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
	case violent(p):
		if !w.passive(v) && (a == nil || a.Flags&lexicons.Victim == 0) {
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

// phrase reads a fixed phrase with a target behind it.
func (w *walk) phrase(m *match, p *lexicons.Predicate) {
	heads := w.heads(m)
	var targets []party
	for _, t := range p.Target {
		if t == "obj" {
			for i := m.first; i < m.last && len(targets) == 0; i++ {
				if o := w.child(i, stages.Pobj, stages.Dobj); o >= m.last {
					targets = w.actors(nil, o)
				}
			}
		} else {
			targets = w.behind([]string{t}, heads...)
		}
		if len(targets) > 0 {
			break
		}
	}
	sources := w.actorsOf(w.subject(max(w.clauseVerb(m.head), w.sent.First)))
	if len(sources) == 0 {
		return
	}
	w.pairs(w.reading(m, p), sources, targets, stages.SubjectOblique)
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
		topics := w.topics(s.code, at, base.Valence*base.Shift)
		if sp := w.speakerAt(base.First); w.isVerb(base.First) && len(sources) == 1 && sp != w.d.Author && sp == stages.Country(sp) && w.lex.State(sp) && violent(&w.lex.Predicates[base.Predicate]) && !w.hypothetical(base.First) {
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

// hypothetical reports whether the clause of token t is a condition.
func (w *walk) hypothetical(t int) bool {
	v := w.clauseVerb(t)
	if v < 0 {
		return false
	}
	mark := w.child(v, stages.Mark, stages.Advmod)
	return mark >= 0 && (w.lower(mark) == "if" || w.lower(mark) == "unless")
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

// wished reports whether the predicate at token t is told as wish, plan or
// possibility: its verb has a modal, is an infinitive or stands in the present.
func (w *walk) wished(t int) bool {
	v := w.clauseVerb(t)
	if v < 0 || w.infinitive(v) {
		return true
	}
	for _, c := range w.children(v) {
		if w.rel(int(c)) == stages.Aux && w.lex.Tags(w.d.Tokens[c].ID)&lexicons.Modal != 0 {
			return true
		}
	}
	return w.d.Tags[v]&(lexicons.Past|lexicons.Participle) == 0
}
