package attribute

import (
	"detente/lexicons"
	"detente/stages"
)

// event reads a predicate as something that an actor says or does toward
// another: the roles that its entry names are looked up in the tree.
func (w *walk) event(m *match, p *lexicons.Predicate) {
	switch {
	case m.pos&lexicons.Verb != 0 && !w.nominal(m):
		w.verb(m, p)
	case w.naming(m, p):
	case m.pos&(lexicons.Verb|lexicons.Noun) != 0:
		w.noun(m, p)
	case m.pos&lexicons.Phrase != 0 && len(p.Target) > 0 && p.Target[0] != "none":
		w.phrase(m, p)
	}
}

// nominal reports whether the words of a verbal predicate stand in the sentence
// as a noun and its preposition: "arrived for talks with".
func (w *walk) nominal(m *match) bool {
	if m.last-m.first < 2 {
		return false
	}
	if w.head(m.first) == m.head && m.first < m.head && w.rel(m.first) != stages.Aux {
		return true
	}
	if w.d.Tags[m.first]&lexicons.Noun == 0 {
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
	if !m.read {
		m.read, m.told = true, w.weigh(m)
	}
	return stages.Relation{Predicate: m.ref, First: m.first, Last: m.last, Valence: p.Valence, Shift: m.told.factor, Shifters: m.told.at, SourceAt: -1, TargetAt: -1}
}

// weigh returns the weight of all words that say what became of predicate m.
func (w *walk) weigh(m *match) weight {
	all := w.shift(m)
	if v := w.head(m.head); v >= 0 && (w.rel(m.head) == stages.Nsubj || w.rel(m.head) == stages.NsubjPass) {
		// "the talks failed", "the agreement collapsed", "the ban was lifted"
		if f := w.fate(v); f != 0 {
			all.factor *= f
			all.at = append(all.at, v)
		}
	}
	if v := w.denied(m.head); v >= 0 {
		all.factor = 0
		all.at = append(all.at, v)
	}
	return all
}

// verb reads a verbal predicate: its subject is the source, its target stands
// where the entry says; of a passive, what stands behind "by" is the source.
func (w *walk) verb(m *match, p *lexicons.Predicate) {
	v := m.head
	if w.rel(v) == stages.Amod || w.rel(v) == stages.Compound {
		return // "the expelled diplomats" colours, it does not tell
	}
	base := w.reading(m, p)
	if base.Shift < 0 && w.stopped(v) || base.Shift > 0 && p.Category == "retreat" && w.ended(v) {
		base.Shift = -base.Shift // who is asked to stop does it
	}
	var room [8]int
	heads := w.heads(room[:0], m)
	var sources, targets []party
	route := stages.SubjectObject
	if w.passive(v) {
		targets = w.actorsOf(w.subject(v))
		if sources = w.behind([]uint32{w.by}, append(heads, w.joinedParticiple(v))...); len(sources) == 0 && official(p) {
			// "was arrested in Iran", "were expelled from Sudan"
			sources = w.behind([]uint32{w.in, w.from}, v)
		} else if len(sources) == 0 && p.Category == "retreat" && w.subject(v) >= 0 {
			// "were freed in Iran", "Greeks held in Turkey were freed"
			sources = w.behind([]uint32{w.in, w.by}, v, w.child(w.subject(v), 1<<stages.Acl))
		}
		if len(sources) == 0 && violent(p) {
			sources = w.inDeed(v) // "were killed in the strike"
		}
		route = stages.PassiveBy
		if len(p.Target) > 0 && p.Target[0] != "obj" {
			if t := w.behind(w.entries[m.ref].hits, heads...); len(t) > 0 {
				targets = t
			}
		}
		if len(targets) == 0 && p.Flags&lexicons.Content != 0 {
			targets = w.takenUp(w.subject(v), base.Valence*base.Shift < 0) // "the move was condemned by"
		}
	} else if p.Flags&lexicons.Felt != 0 {
		if sources, targets = w.felt(v, heads); len(sources) == 0 {
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
			if o := w.object(v); len(targets) == 0 && o >= 0 && (o < m.last || p.Flags&lexicons.Content != 0 && contains(p.Target, "obj")) {
				if targets = w.takenUp(o, base.Valence*base.Shift < 0); len(targets) > 0 {
					route = stages.SubjectOwner // "condemned the move"
				}
			}
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
		if t := w.dead(v, p); len(t) > 0 {
			w.pairs(base, sources, t, stages.SubjectFar)
			return
		}
		if t := w.supposed(m, p); len(t) > 0 {
			w.pairs(base, sources, t, stages.SubjectFar)
			return
		}
		if !w.passive(v) || w.subject(v) < 0 { // "the vote was boycotted by": what was done to is told
			w.unnamed(base, sources, nil)
		}
		return
	}
	w.pairs(base, sources, targets, route)
	w.appeal(m, sources, targets)
}

// noun reads a nominal predicate: the source owns it, governs it as subject of
// a light verb, or stands behind "by"; the target stands behind a preposition.
func (w *walk) noun(m *match, p *lexicons.Predicate) {
	if p.Valence == 0 || len(p.Target) == 0 || p.Target[0] == "none" || p.Flags&lexicons.Victim != 0 || p.Flags&lexicons.Recip != 0 && w.within(m) {
		return // "refugees in Israel": who suffers does nothing
	}
	if w.feltBy(m) {
		return // "lost the support of"
	}
	n := m.head
	base := w.reading(m, p)
	if g := w.governor(n); g >= 0 && base.Shift < 0 && w.ended(g) {
		base.Shift = -base.Shift // "urged Iran to halt its attacks on"
	}
	if m.pos&lexicons.Verb != 0 && p.Category == "cooperate" && base.Shift > 0 {
		return // "its trade with Spain", "exports to Spain": business, not a deed
	}
	var room [8]int
	heads := w.heads(room[:0], m)
	if x := w.deedTold(m); x >= 0 {
		heads = append(heads, x)
	}
	if by := w.childIn(n, n+1, w.sent.Last, 1<<stages.Prep|1<<stages.Agent); by >= 0 && w.d.Tokens[by].ID == w.by {
		if doer := w.child(by, 1<<stages.Pobj); doer >= 0 {
			heads = append(heads, doer) // "the release by Libya of six Greeks"
		}
	}
	hits := w.entries[m.ref].hits
	deed := w.blamed(m, p, heads)
	var targets []party
	if deed != nil {
		targets = w.doers(deed, max(w.clauseVerb(n), w.sent.First)) // "its concern about the arrest of"
	} else if targets = w.behind(hits, heads...); len(targets) == 0 {
		targets = w.further(m, hits)
	}
	if len(targets) == 0 && m.pos&lexicons.Verb != 0 {
		targets = w.prepObjects(m)
	}
	route := stages.Nominal
	sources := w.owners(n)
	if p.Flags&lexicons.Recip != 0 {
		if between := w.behind([]uint32{w.between}, heads...); len(between) > 1 {
			w.mutual(base, between, nil)
			return
		}
		if len(sources) > 1 {
			w.mutual(base, sources, nil)
			return
		}
	}
	if x := w.deedTold(m); len(sources) == 0 && x >= 0 && w.rel(x) == stages.Relcl {
		sources = w.actorsOf(w.subject(x)) // "the strike that Russia carried out on"
	} else if len(sources) == 0 && !contains(p.Target, "from") {
		sources = w.behind([]uint32{w.by, w.from}, n, w.deedTold(m))
	} else if len(sources) == 0 {
		sources = w.behind([]uint32{w.by}, n, w.deedTold(m))
	}
	if len(sources) == 0 {
		// "imposed sanctions on Iran", "is in talks with": the subject of
		// the governing verb.
		if v := w.governor(n); v >= 0 && !w.occasion(n) {
			route = stages.LightVerb
			if a := w.at(v); base.Valence < 0 && (a != nil && feels(w.predicate(a)) || w.blames(v)) {
				// "condemned the bombing of Spain": no deed of the subject's, who
				// is with those that it hit, unless it does not condemn it.
				if doers := w.doers(m, v); len(doers) > 0 {
					w.pairs(base, doers, targets, stages.Nominal)
				}
				route, base.Shift = stages.SpeakerVictim, pity*abs(base.Shift)
				if a != nil {
					if f := w.shift(a).factor; f < 0 {
						base.Shift = pity * f
					}
				}
			}
			if o := w.pushed(n, v); o >= 0 {
				sources = w.actorsOf(o)
			} else if w.passive(v) && p.Flags&lexicons.Recip != 0 {
				sources = w.actorsOf(w.subject(v)) // "were killed in a clash with"
			} else if w.passive(v) {
				sources = w.behind([]uint32{w.by}, v)
			} else {
				sources = w.actorsOf(w.subject(v))
			}
		} else if v := w.clauseVerb(n); v >= 0 && w.rel(n) == stages.NsubjPass {
			route = stages.LightVerb // "sanctions were imposed on Iran by"
			if sources = w.behind([]uint32{w.by}, v); len(sources) == 0 && p.Flags&lexicons.Content != 0 {
				sources = w.senders(v)
			}
		}
		if len(targets) == 0 && p.Flags&lexicons.Recip != 0 {
			w.mutual(base, sources, nil)
			return
		}
		if g := w.at(w.governor(n)); g != nil && route == stages.LightVerb && w.predicate(g).Category == "appeal" && len(targets) > 0 {
			w.pairs(base, sources, targets, route) // "offered peace to": not yet of both
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
	for k := range w.found {
		if x := &w.found[k]; x.pos&lexicons.Verb != 0 && x.first < m.first && m.last <= x.last && w.predicate(x).Flags&lexicons.Recip == 0 {
			return true
		}
	}
	return false
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
	switch w.lower(w.head(n)) {
	case "following", "after", "amid", "since", "before":
		return true
	}
	return false
}

// naming reads a coloured word that a verb's object is called or held to be, and
// reports whether it is one: "branded Hezbollah a terrorist group", "sees Mali as a
// friend".
func (w *walk) naming(m *match, p *lexicons.Predicate) bool {
	n := m.head
	if h := w.head(n); h >= 0 && !w.isVerb(h) && (w.rel(n) == stages.Amod || w.rel(n) == stages.Compound) {
		n = h // "a terrorist group"
	}
	v := w.head(n)
	if v < 0 || abs(p.Valence) < 0.25 {
		return false
	}
	switch r := w.rel(n); {
	case w.d.Tokens[v].ID == w.as && (r == stages.Pobj || r == stages.Amod || r == stages.Acomp):
		if v = w.head(v); v >= 0 && !w.isVerb(v) && w.rel(v) == stages.Dobj {
			v = w.head(v) // hung on the object by mistake
		}
	case r == stages.Attr || r == stages.Acomp:
	default:
		return false
	}
	if v < 0 || !w.isVerb(v) || w.lex.Tags(w.d.Tokens[v].ID)&lexicons.Be != 0 {
		return false
	}
	if w.passive(v) {
		sources, targets := w.behind([]uint32{w.by}, v, n), w.actorsOf(w.subject(v))
		w.pairs(w.reading(m, p), sources, targets, stages.PassiveBy)
		return len(sources) > 0 && len(targets) > 0
	}
	o := w.object(v)
	if as := w.head(n); o < 0 && w.d.Tokens[as].ID == w.as {
		o = w.childIn(v, v+1, as, 1<<stages.Attr) // "named Hamas and the PLO as terrorists"
	}
	if violent(p) && o >= 0 && w.d.Tokens[w.head(n)].ID == w.as && w.blames(v) {
		// "denounced it as an attack on Mali": with whom it hits
		r := w.reading(m, p)
		r.Shift = pity * abs(r.Shift)
		w.pairs(r, w.actorsOf(w.subject(v)), w.hit(m), stages.SpeakerVictim)
		return true
	}
	if o < 0 || o == n || w.deedAt(o) != nil { // "called the raid illegal": see blamed
		return false
	}
	sources, targets := w.actorsOf(w.subject(v)), w.actorsOf(o)
	w.pairs(w.reading(m, p), sources, targets, stages.SubjectObject)
	return len(sources) > 0 && len(targets) > 0
}

// phrase reads a fixed phrase with a target behind it.
func (w *walk) phrase(m *match, p *lexicons.Predicate) {
	var room [8]int
	heads := w.heads(room[:0], m)
	r, route := w.reading(m, p), stages.SubjectOblique
	var targets []party
	for k, t := range p.Target {
		if t == "obj" {
			for i := m.first; i < m.last && len(targets) == 0; i++ {
				o := w.child(i, 1<<stages.Pobj|1<<stages.Dobj)
				if o < m.last {
					continue
				}
				if deed := w.deedAt(o); deed != nil && p.Valence < 0 {
					if targets = w.doers(deed, -1); len(targets) == 0 { // "worried about the war waged by"
						targets, route, r.Shift = w.hit(deed), stages.SpeakerVictim, pity*abs(r.Shift) // "appalled by the raid on"
					}
				} else {
					targets = w.actors(nil, o)
				}
			}
		} else {
			targets = w.behind(w.entries[m.ref].target[k:k+1], heads...)
		}
		if len(targets) > 0 {
			break
		}
	}
	sources := w.actorsOf(w.subject(max(w.clauseVerb(m.head), w.sent.First)))
	if len(sources) == 0 {
		return
	}
	if len(targets) == 0 {
		targets = w.addressed(m)
	}
	w.pairs(r, sources, targets, route)
}

// addressed returns whom quoted phrase m is said to: "Thank you, Portugal".
func (w *walk) addressed(m *match) []party {
	if !w.quoted(m.first) || m.last+1 >= w.sent.Last || w.d.Word(m.last) != "," {
		return nil
	}
	k := w.mentionAt[m.last+1-w.sent.First]
	if k < 0 || w.d.Mentions[k].Type != stages.ByName {
		return nil
	}
	return []party{{code: w.d.Mentions[k].Code, at: w.d.Mentions[k].First}}
}
