package attribute

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// speakerOnEvents adds what a speaker implies by telling of an event: blame for
// who did a hostile one, sympathy for whom it hit.
func (w *walk) speakerOnEvents(from, to int) {
	d := w.d
	for k := range w.open {
		c := &w.open[k]
		if !c.voice.coded() || w.onlyReports(c) {
			continue
		}
		for _, sp := range c.voice.codes() {
			for i := from; i < to; i++ {
				r := d.Relations[i]
				if r.Predicate >= 0 && r.Target == sp && w.lex.Predicates[r.Predicate].Flags&lexicons.Felt != 0 {
					continue // "said it would arm Ukraine, prompting a protest from": not the speaker's words
				}
				if r.First < c.first || r.First >= c.last || r.Source == sp || c.cue == r.First {
					continue
				}
				v := r.Valence * r.Shift
				s := r
				s.SourceAt = -1
				if r.Route == stages.PassiveBy && r.Target == sp && r.Shift < 0 && r.Valence < -0.25 {
					// "we will not be intimidated by X"
					v, s.Shift = -abs(v), abs(r.Shift)
				}
				if v < -0.25 && w.asked(r.First) {
					// "asked the EU to freeze the assets of": no blame, and no pity
					if r.Target != sp {
						s.Source, s.Target, s.TargetAt, s.Route = sp, r.Target, r.TargetAt, stages.Appeal
						w.add(s)
					}
				} else if v < -0.25 {
					s.Source, s.Target, s.TargetAt, s.Route = sp, r.Source, r.SourceAt, stages.SpeakerAgent
					w.add(s)
					if r.Target != sp {
						s.Target, s.TargetAt, s.Route, s.Shift = r.Target, r.TargetAt, stages.SpeakerVictim, pity*r.Shift
						w.add(s)
					}
				}
			}
		}
	}
}

// asked reports whether the predicate at token t is what somebody asks, wants or
// promises to do: an infinitive that hangs on a verb of such words.
func (w *walk) asked(t int) bool {
	v := w.clauseVerb(t)
	for v >= 0 && w.infinitive(v) {
		if w.stopped(v) || w.ended(v) {
			return false
		}
		switch w.rel(v) {
		case stages.Xcomp, stages.Ccomp, stages.Advcl, stages.Conj:
		default:
			return false
		}
		v = w.head(v)
		if v < 0 {
			return false
		}
		if m := w.at(v); m != nil {
			switch p := w.predicate(m); p.Category {
			case "appeal", "demand", "say", "agree", "support", "threaten":
				return true
			}
		}
	}
	return false
}

// colours adds a speaker's coloured words about an actor: each word goes to the
// actor whose phrase it stands in, else to the subject of its clause, else to
// the object.
func (w *walk) colours(from int) {
	for k := range w.open {
		c := &w.open[k]
		if !c.voice.coded() || strings.HasSuffix(c.voice.code, "-MED") && w.onlyReports(c) {
			continue // "spied for Iran, according to the press": others' words
		}
		for i := range w.found {
			m := &w.found[i]
			p := &w.lex.Predicates[m.ref]
			if m.first < c.first || m.last > c.last || p.Valence == 0 || m.first == c.cue {
				continue
			}
			if w.used(from, m.first) || w.feltBy(m) || p.Valence > 0 && (w.demanded(m.head) || w.hypothetical(m.head)) {
				continue // "must withdraw", "unless it apologises": no praise
			}
			shift := w.shift(m)
			if w.halts(m) && w.ended(m.head) {
				shift.factor = -abs(shift.factor) // "asked Uganda to stop attacks"
			}
			for _, sp := range c.voice.codes() {
				for _, t := range w.described(m, sp) {
					r := stages.Relation{Source: sp, SourceAt: -1, Target: t.code, TargetAt: t.at, Predicate: m.ref, First: m.first, Last: m.last,
						Valence: p.Valence, Shift: shift.factor, Shifters: shift.at, Route: stages.SpeakerAbout}
					if w.suffers(m, p, t.at) {
						r.Route, r.Shift = stages.SpeakerVictim, pity*shift.factor
					}
					w.add(r)
				}
			}
		}
	}
}

// pity is the share of a hostile deed's valence that a speaker who tells of it
// has, turned around, for whom it hit.
const pity = -0.5

// violent reports whether a predicate is a deed of force: who tells of one does
// not do it, and its place is whom it hits.
func violent(p *lexicons.Predicate) bool {
	switch p.Category {
	case "assault", "fight", "coerce", "harm":
		return p.Valence < 0
	}
	return false
}

// suffers reports whether the actor named at token at is hit by the deed of
// force m: it stands behind it and a preposition of its target or place ("the
// invasion of Ukraine", "the war in Ukraine").
func (w *walk) suffers(m *match, p *lexicons.Predicate, at int) bool {
	if !violent(p) || at < m.last {
		return false
	}
	i := at - 1
	for i > m.last && w.d.Tags[i]&(lexicons.Det|lexicons.Adj|lexicons.Noun|lexicons.Possessive) != 0 {
		i--
	}
	if i < m.last || at-m.last > 6 {
		return false
	}
	switch w.lower(i) {
	case "in", "inside", "across":
		return p.Category != "coerce"
	}
	return slices.Contains(w.entries[m.ref].hits, w.d.Tokens[i].ID)
}

// used reports whether a relation with the predicate at token t exists already.
func (w *walk) used(from, t int) bool {
	for i := from; i < len(w.d.Relations); i++ {
		if w.d.Relations[i].First == t {
			return true
		}
	}
	return false
}

// described returns the actors that a coloured word at m is said of: whose
// phrase it stands in, else the subject of its clause, else the object.
func (w *walk) described(m *match, speaker string) []party {
	others := func(p []party) []party {
		return slices.DeleteFunc(p, func(x party) bool { return x.code == speaker })
	}
	n := m.head
	if h := w.head(n); h >= 0 && w.rel(n) == stages.Amod {
		n = h
	}
	if !w.isVerb(n) {
		if own := w.owners(n); w.rel(n) == stages.Dobj && len(own) > 0 && len(others(own)) == 0 {
			return nil // "to threaten our friends": of the speaker's own
		}
		if k := w.mentionAt[n-w.sent.First]; k >= 0 && w.mentionHead(&w.d.Mentions[k]) != n && (w.rel(n) == stages.Attr || w.rel(n) == stages.Acomp) {
			// "called the raid on Gaza illegal": no part of the name
		} else if p := others(w.phraseActors(nil, n)); len(p) > 0 {
			return p
		}
		if p := others(w.belonging(n)); len(p) > 0 && !w.hurts(n) {
			return p
		}
	}
	v := w.clauseVerb(n)
	if v < 0 {
		return nil
	}
	for _, x := range []int{w.subject(v), w.object(v)} {
		if x < 0 {
			continue
		}
		if deed := w.deedAt(x); deed != nil {
			// "called the raid on Gaza illegal": who did it, not whom it hit
			return others(w.doers(deed, v))
		}
		if p := others(w.actors(nil, x)); len(p) > 0 {
			return p
		}
		if p := others(w.belonging(x)); len(p) > 0 {
			return p
		}
		if p := others(w.takenUp(x, w.lex.Predicates[m.ref].Valence < 0)); len(p) > 0 {
			return p
		}
	}
	return nil
}

// hurts reports whether what stands behind "of" is hit by what noun n tells: "a
// flagrant violation of UN resolutions".
func (w *walk) hurts(n int) bool {
	for k := range w.found {
		x := &w.found[k]
		if p := w.predicate(x); x.head == n && x.pos&lexicons.Noun != 0 && p.Valence < 0 && p.Flags&lexicons.Desc == 0 && contains(p.Target, "of") {
			return true
		}
	}
	return false
}

// feltBy reports whether m is a word of what somebody's deed made others feel:
// "drew a protest from".
func (w *walk) feltBy(m *match) bool {
	for k := range w.found {
		if x := &w.found[k]; x.first < m.first && m.last <= x.last && w.predicate(x).Flags&lexicons.Felt != 0 {
			return true
		}
	}
	return false
}

// demanded reports whether verb v is what somebody must do.
func (w *walk) demanded(v int) bool {
	for w.rel(v) == stages.Conj && !w.has(v, 1<<stages.Nsubj) {
		v = w.head(v)
	}
	for _, m := range w.shifters {
		if m.Start >= v {
			return false
		}
		if w.lex.Shifters[m.Ref].Kind == "demand" && w.clauseVerb(w.head(m.Start)) == v {
			return true
		}
	}
	return false
}

// demands adds what a speaker says that somebody must do.
func (w *walk) demands() {
	for k := range w.open {
		c := &w.open[k]
		sp := c.voice.code
		if sp == "" {
			continue
		}
		for _, m := range w.shifters {
			if w.lex.Shifters[m.Ref].Kind != "demand" || m.Start < c.first || m.End > c.last {
				continue
			}
			v := w.clauseVerb(w.head(m.Start))
			if v < 0 || w.passive(v) {
				continue
			}
			for _, t := range w.actorsOf(w.subject(v)) {
				if t.code != sp && !t.owner {
					w.add(stages.Relation{Source: sp, SourceAt: -1, Target: t.code, TargetAt: t.at, Predicate: -1, First: m.Start, Last: m.End,
						Valence: -0.4, Shift: 1, Route: stages.SpeakerDemand})
				}
			}
		}
	}
}

// understood adds the targets that a speaker may mean without naming them:
// whom the speaker last spoke of and whom the document is about, with the
// strongest word of the content.
func (w *walk) understood(from int) {
	for k := range w.open {
		c := &w.open[k]
		if !c.voice.coded() || w.onlyReports(c) {
			continue
		}
		m := w.strongest(c.first, c.last)
		if m == nil && c.cue >= 0 {
			m = w.at(c.cue)
		}
		base := w.reading(m, w.predicate(m))
		spokenTo := w.own(c) && len(w.d.Turns) > 1 && w.spokenTo(c)
		for _, sp := range c.voice.codes() {
			var two [2]string
			for _, target := range w.topics(two[:0], sp, c.first, base.Valence*base.Shift) {
				if !w.related(from, sp, target) && (!spokenTo || w.present(target)) {
					base.Source, base.Target, base.Route = sp, target, stages.SpeakerTopic
					w.add(base)
				}
			}
		}
	}
}

// spokenTo reports whether c is said to somebody: "It is good to see you", "Thanks".
func (w *walk) spokenTo(c *content) bool {
	for i := c.first; i < c.last; i++ {
		if slices.Contains(w.secondPersons, w.d.Tokens[i].ID) {
			return true
		}
	}
	return false
}

// present reports whether an actor, or the author of the transcript, has a turn in it.
func (w *walk) present(code string) bool {
	return slices.ContainsFunc(w.d.Turns, func(t stages.Turn) bool { return t.Code == code })
}

// predicate returns the lexicon's entry of a match, nil for none.
func (w *walk) predicate(m *match) *lexicons.Predicate {
	if m == nil {
		return nil
	}
	return &w.lex.Predicates[m.ref]
}

// onlyReports reports whether a content's speaker merely passes facts on: an
// unnamed official or institution behind the clause, or a newspaper anywhere, with
// a neutral cue ("…, residents said"). What they tell blames nobody in their name,
// but for coloured words of their own.
func (w *walk) onlyReports(c *content) bool {
	if strings.HasSuffix(c.voice.code, "-MED") && c.voice.code != w.turn.Code && c.voice.name == "" && c.kind != stages.Direct {
		p := w.predicateAt(c.cue)
		return p == nil || p.Valence == 0
	}
	if c.kind != stages.Indirect || c.cue < c.last || c.voice.name != "" || c.voice.code == w.turn.Code {
		return false
	}
	p := w.predicateAt(c.cue)
	return p == nil || p.Valence == 0
}

// at returns the predicate at token t, nil for none.
func (w *walk) at(t int) *match {
	for i := range w.found {
		if w.found[i].first == t {
			return &w.found[i]
		}
	}
	return nil
}

// strongest returns the predicate of most valence among tokens first to last,
// nil for none: of words that govern one another the upper ("a threat to peace").
func (w *walk) strongest(first, last int) *match {
	var best *match
	for i := range w.found {
		m := &w.found[i]
		if m.first < first || m.last > last {
			continue
		}
		if best == nil || abs(w.lex.Predicates[m.ref].Valence) > abs(w.lex.Predicates[best.ref].Valence) {
			best = m
		}
	}
	if best == nil || w.lex.Predicates[best.ref].Valence == 0 {
		return nil
	}
	const coloured, near = 0.3, 3
	i := best.head
	for range near {
		if i = w.head(i); i < 0 {
			break
		}
		for k := range w.found {
			if m := &w.found[k]; m.head == i && m.first >= first && m.last <= last && m.pos&lexicons.Verb == 0 && abs(w.lex.Predicates[m.ref].Valence) >= coloured {
				best = m
			}
		}
	}
	return best
}

// near adds a speaker's relation to every actor in the speaker's words that no
// construction has tied to the speaker, with the strongest word of the content.
func (w *walk) near(from int) {
	d := w.d
	for k := range w.open {
		c := &w.open[k]
		if !c.voice.coded() || w.onlyReports(c) {
			continue
		}
		codes := c.voice.codes()
		m := w.strongest(c.first, c.last)
		base := w.reading(m, w.predicate(m))
		for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
			mention := &d.Mentions[i]
			if mention.First < c.first || mention.Last > c.last+1 {
				continue
			}
			var some [2]string
			for _, code := range w.codes(some[:0], mention) {
				for _, sp := range codes {
					if w.related(from, sp, code) {
						continue
					}
					r := base
					r.Source, r.Target, r.TargetAt, r.Route = sp, code, mention.First, stages.SpeakerNear
					if m != nil && w.suffers(m, w.predicate(m), mention.First) {
						r.Route, r.Shift = stages.SpeakerVictim, pity*r.Shift
					}
					w.add(r)
				}
			}
		}
	}
}

func (w *walk) related(from int, source, target string) bool {
	for i := from; i < len(w.d.Relations); i++ {
		if r := &w.d.Relations[i]; r.Source == source && r.Target == target {
			return true
		}
	}
	return false
}

// coded reports whether the code of anybody who speaks is known.
func (v *voice) coded() bool { return v.code != "" || len(v.more) > 0 }

// codes returns the actor codes of all who speak.
func (v *voice) codes() []string {
	if v.code == "" {
		return v.more
	}
	return append([]string{v.code}, v.more...)
}
