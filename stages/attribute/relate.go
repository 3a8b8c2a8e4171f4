package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// relate finds the relations of the sentence in hand.
func (w *walk) relate() {
	d := w.d
	start := len(d.Relations)
	for k := range w.found {
		m := &w.found[k]
		p := &w.lex.Predicates[m.ref]
		switch {
		case m.pos&lexicons.Verb != 0:
			w.verb(m, p)
		case m.pos&lexicons.Noun != 0:
			w.noun(m, p)
		case m.pos&lexicons.Phrase != 0 && len(p.Target) > 0 && p.Target[0] != "none":
			w.phrase(m, p)
		}
	}
	events := len(d.Relations)
	w.speakerOnEvents(start, events)
	w.colours(start)
	w.demands()
	w.understood(start)
	w.near(start)
	w.together(start)
	for _, r := range d.Relations[start:] {
		if r.Route != stages.SpeakerVictim && r.Route != stages.Together && r.Route != stages.SpeakerNear && r.Route != stages.SpeakerTopic && r.Route != stages.ActorTopic {
			w.last[r.Source] = r.Target
			if r.SourceAt >= 0 && r.Route <= stages.PassiveBy && r.Valence*r.Shift < -0.4 {
				w.agent = r.Source
			}
		}
	}
}

// add notes a relation unless source and target are the same.
func (w *walk) add(r stages.Relation) {
	if r.Source == "" || r.Target == "" || r.Source == r.Target {
		return
	}
	r.Statement = w.statementAt(r)
	if r.Statement < 0 {
		return
	}
	w.d.Relations = append(w.d.Relations, r)
}

// statementAt returns the statement that a relation belongs to: the content
// whose cue or words its predicate is, else the deed of the sentence.
func (w *walk) statementAt(r stages.Relation) int {
	at := r.First
	if at < 0 {
		at = r.TargetAt
	}
	for k := range w.open {
		c := &w.open[k]
		if c.cue == at && at >= 0 {
			return w.write(k)
		}
	}
	inside := -1
	for k := range w.open {
		c := &w.open[k]
		if c.first <= at && at < c.last {
			if c.cue < 0 && !w.quoted(at) && r.SourceAt >= 0 {
				continue // a deed that a release tells of
			}
			if c.voice.code == r.Source {
				return w.write(k)
			}
			if inside < 0 {
				inside = k
			}
		}
	}
	if inside >= 0 {
		return w.write(inside)
	}
	if at < 0 && len(w.open) > 0 {
		return w.write(0)
	}
	return w.deed(r)
}

// deed returns the action statement of the sentence, writing it at need.
func (w *walk) deed(r stages.Relation) int {
	d := w.d
	span := w.trim(w.sent.First, w.sent.Last)
	if span.Empty() {
		return -1
	}
	for i := len(d.Statements) - 1; i >= 0 && d.Statements[i].Span.Start >= w.sent.Span.Start; i-- {
		if s := &d.Statements[i]; s.Kind == stages.Action && s.Span == span && (s.Source == r.Source || s.Source == "") {
			return i
		}
	}
	st := stages.Statement{Kind: stages.Action, Span: span, Source: r.Source, Utterance: w.nextUtterance()}
	if r.First >= 0 {
		st.Cue = d.Span(r.First, r.Last)
	}
	if r.SourceAt >= 0 {
		for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
			if m := &d.Mentions[i]; m.First == r.SourceAt {
				st.Speaker, st.SpeakerName = d.Span(m.First, m.Last), m.Name
				break
			}
		}
	}
	d.Statements = append(d.Statements, st)
	return len(d.Statements) - 1
}

// verb reads a verbal predicate: its subject is the source, its target stands
// where the entry says.
func (w *walk) verb(m *match, p *lexicons.Predicate) {
	v := m.chunk
	c := &w.row[v]
	if c.kind != vg {
		return
	}
	factor, shifters := w.shift(m.first)
	if c.negated > 0 && !containsInt(shifters, c.negated) && c.negated < m.first {
		shifters = append(shifters, c.negated)
		factor *= -0.7
	}
	base := stages.Relation{Predicate: m.ref, First: m.first, Last: m.last, Valence: p.Valence, Shift: factor, Shifters: shifters, SourceAt: -1, TargetAt: -1}
	var sources, targets []party
	route := stages.SubjectObject
	if c.passive {
		targets = w.subjectParties(v)
		by, _ := w.after(v, []string{"by"})
		sources = by
		route = stages.PassiveBy
		if len(p.Target) > 0 && p.Target[0] != "obj" {
			if t, _ := w.after(v, p.Target); len(t) > 0 {
				targets = t
			}
		}
	} else {
		sources = w.subjectParties(v)
		if v+1 < len(w.row) && w.row[v+1].kind == np && c.subject < 0 {
			// "said Lam": the subject of an inverted cue stands behind it.
			for k := range w.open {
				if w.open[k].cue == c.head {
					sources = []party{{code: w.open[k].voice.code, at: w.open[k].voice.first}}
				}
			}
		}
		targets, route = w.targets(v, m, p, sources)
	}
	if len(sources) == 0 && !violent(p) {
		for k := range w.open {
			if o := &w.open[k]; o.cue == c.head && o.voice.code != "" || o.first <= m.first && m.first < o.last && !c.finite && !c.passive && o.voice.code != "" {
				sources = []party{{code: o.voice.code, at: -1}}
				break
			}
		}
	}
	if p.Flags&lexicons.Recip != 0 && len(sources)+len(targets) > 1 {
		w.mutual(base, sources, targets)
		return
	}
	if len(targets) == 0 {
		w.unnamed(base, sources)
		return
	}
	w.pairs(base, sources, targets, route)
}

// unnamed adds relations to the targets that a deed without one is understood
// to have.
func (w *walk) unnamed(base stages.Relation, sources []party) {
	if abs(base.Valence) < 0.3 {
		return
	}
	for _, s := range sources {
		for _, target := range w.topics(s.code) {
			r := base
			r.Source, r.SourceAt, r.Target, r.TargetAt, r.Route = s.code, s.at, target, -1, stages.ActorTopic
			w.add(r)
		}
	}
}

func containsInt(list []int, v int) bool {
	for _, l := range list {
		if l == v {
			return true
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

// targets finds the targets of an active verb.
func (w *walk) targets(v int, m *match, p *lexicons.Predicate, sources []party) ([]party, stages.Route) {
	from := v
	// A multiword predicate ("impose sanctions") may reach into the object.
	for from+1 < len(w.row) && w.row[from+1].first < m.last {
		from++
	}
	if from > v {
		// "expelled three Venezuelan diplomats": whose the object is, unless
		// it is the subject's own ("recalled its envoy from Rome").
		var others []party
		for _, o := range w.phraseParties(nil, from) {
			if !slices.ContainsFunc(sources, func(s party) bool { return stages.Country(s.code) == stages.Country(o.code) }) {
				others = append(others, o)
			}
		}
		if len(others) > 0 {
			return others, stages.SubjectOwner
		}
	}
	for _, t := range p.Target {
		switch t {
		case "none":
		case "obj":
			o := w.objectChunk(from)
			if o < 0 {
				continue
			}
			if found := w.parties(o, len(w.row)); len(found) > 0 {
				return found, stages.SubjectObject
			}
			if found, _ := w.ofPhrase(o); len(found) > 0 {
				return found, stages.SubjectFar
			}
		case "subj":
			if found := w.subjectParties(v); len(found) > 0 {
				return found, stages.SpeakerAbout
			}
		default:
			if found, _ := w.after(from, []string{t}); len(found) > 0 {
				return found, stages.SubjectOblique
			}
		}
	}
	return nil, stages.SubjectObject
}

// noun reads a nominal predicate: the source owns it, governs it as subject of
// a light verb, or stands behind "by"; the target stands behind a preposition.
func (w *walk) noun(m *match, p *lexicons.Predicate) {
	if p.Valence == 0 || len(p.Target) == 0 || p.Target[0] == "none" {
		return
	}
	c := &w.row[m.chunk]
	if c.kind != np {
		return
	}
	factor, shifters := w.shift(m.first)
	base := stages.Relation{Predicate: m.ref, First: m.first, Last: m.last, Valence: p.Valence, Shift: factor, Shifters: shifters, SourceAt: -1, TargetAt: -1}
	targets, _ := w.after(m.chunk, p.Target)
	route := stages.Nominal
	var sources []party
	for _, k := range c.owners {
		mention := &w.d.Mentions[k]
		if mention.First >= m.first {
			continue
		}
		for _, code := range w.codes(mention) {
			sources = append(sources, party{code: code, at: mention.First, owner: true})
		}
	}
	if p.Flags&lexicons.Recip != 0 {
		between, _ := w.after(m.chunk, []string{"between"})
		if len(between) > 1 {
			w.mutual(base, between, nil)
			return
		}
		if len(sources) > 1 {
			w.mutual(base, sources, nil)
			return
		}
	}
	if len(sources) == 0 {
		if by, _ := w.after(m.chunk, []string{"by", "from"}); len(by) > 0 && !contains(p.Target, "from") {
			sources = by
		}
	}
	if len(sources) == 0 {
		// "imposed sanctions on Iran", "is in talks with": the subject of
		// the governing verb.
		if v := w.governor(m.chunk); v >= 0 {
			route = stages.LightVerb
			g := &w.row[v]
			if g.passive {
				sources, _ = w.after(v, []string{"by"})
			} else {
				sources = w.subjectParties(v)
			}
			if len(targets) == 0 && p.Flags&lexicons.Recip != 0 {
				w.mutual(base, sources, nil)
				return
			}
		}
	}
	if p.Flags&lexicons.Recip != 0 && len(sources)+len(targets) > 1 {
		w.mutual(base, sources, targets)
		return
	}
	if len(targets) == 0 {
		w.unnamed(base, sources)
		return
	}
	w.pairs(base, sources, targets, route)
}

// governor returns the verb group that governs noun phrase i, or -1.
func (w *walk) governor(i int) int {
	for j := i - 1; j >= 0 && i-j < 8; j-- {
		switch w.row[j].kind {
		case vg:
			return j
		case np, prep, adv, conj, quote:
		default:
			return -1
		}
	}
	return -1
}

// phrase reads a fixed phrase with a target behind it.
func (w *walk) phrase(m *match, p *lexicons.Predicate) {
	var targets []party
	next := m.chunk
	for next < len(w.row) && w.row[next].first < m.last {
		next++
	}
	for _, t := range p.Target {
		if t == "obj" {
			if next < len(w.row) && w.row[next].kind == np {
				targets = w.parties(next, len(w.row))
			}
		} else {
			targets, _ = w.after(next-1, []string{t})
		}
		if len(targets) > 0 {
			break
		}
	}
	var sources []party
	if v := w.governor(next); v >= 0 {
		sources = w.subjectParties(v)
	}
	if len(sources) == 0 {
		return
	}
	factor, shifters := w.shift(m.first)
	base := stages.Relation{Predicate: m.ref, First: m.first, Last: m.last, Valence: p.Valence, Shift: factor, Shifters: shifters}
	w.pairs(base, sources, targets, stages.SubjectOblique)
}

// speakerOnEvents adds what a speaker implies by telling of an event: blame for
// who did a hostile one, sympathy for whom it hit.
func (w *walk) speakerOnEvents(from, to int) {
	d := w.d
	for k := range w.open {
		c := &w.open[k]
		if w.onlyReports(c) {
			continue
		}
		for _, sp := range c.voice.codes() {
			for i := from; i < to; i++ {
				r := d.Relations[i]
				if r.First < c.first || r.First >= c.last || r.Source == sp || c.cue == r.First {
					continue
				}
				v := r.Valence * r.Shift
				s := r
				s.SourceAt = -1
				if v < -0.25 {
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

// colours adds a speaker's coloured words about an actor: each word goes to the
// actor whose phrase it stands in, else to the subject of its clause, else to
// the object.
func (w *walk) colours(from int) {
	for k := range w.open {
		c := &w.open[k]
		for _, m := range w.found {
			p := &w.lex.Predicates[m.ref]
			if m.first < c.first || m.last > c.last || p.Valence == 0 || m.first == c.cue {
				continue
			}
			if w.used(from, m.first) {
				continue
			}
			factor, shifters := w.shift(m.first)
			for _, sp := range c.voice.codes() {
				for _, t := range w.described(m, sp) {
					r := stages.Relation{Source: sp, SourceAt: -1, Target: t.code, TargetAt: t.at, Predicate: m.ref, First: m.first, Last: m.last,
						Valence: p.Valence, Shift: factor, Shifters: shifters, Route: stages.SpeakerAbout}
					if w.suffers(&m, p, t.at) {
						r.Route, r.Shift = stages.SpeakerVictim, pity*factor
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
	switch word := w.lower(i); word {
	case "in", "inside", "across":
		return true
	default:
		return contains(p.Target, word)
	}
}

// used reports whether a relation with the predicate at token t exists already.
func (w *walk) used(from, t int) bool {
	for _, r := range w.d.Relations[from:] {
		if r.First == t {
			return true
		}
	}
	return false
}

// described returns the actors that a coloured word at m is said of.
func (w *walk) described(m match, speaker string) []party {
	others := func(p []party) []party {
		var out []party
		for _, x := range p {
			if x.code != speaker {
				out = append(out, x)
			}
		}
		return out
	}
	i := m.chunk
	if w.row[i].kind == np {
		if p := others(w.phraseParties(nil, i)); len(p) > 0 {
			return p
		}
		if p, _ := w.ofPhrase(i); len(others(p)) > 0 {
			return others(p)
		}
	}
	v := i
	if w.row[i].kind != vg {
		v = w.governor(i)
	}
	if v >= 0 {
		if p := others(w.subjectParties(v)); len(p) > 0 {
			return p
		}
		if o := w.objectChunk(v); o >= 0 {
			if p := others(w.parties(o, len(w.row))); len(p) > 0 {
				return p
			}
			if p, _ := w.ofPhrase(o); len(others(p)) > 0 {
				return others(p)
			}
		}
	}
	return nil
}

// demands adds what a speaker says that somebody must do.
func (w *walk) demands() {
	for k := range w.open {
		c := &w.open[k]
		sp := c.voice.code
		if sp == "" {
			continue
		}
		for i := w.sent.MatchFrom; i < w.sent.MatchTo; i++ {
			m := w.d.Matches[i]
			if m.Unit != lexicons.ShifterUnit || w.lex.Shifters[m.Ref].Kind != "demand" || m.Start < c.first || m.End > c.last {
				continue
			}
			for v := range w.row {
				if x := &w.row[v]; x.kind == vg && x.first <= m.Start && m.Start < x.last && !x.passive {
					for _, t := range w.subjectParties(v) {
						if t.code != sp && !t.owner {
							w.add(stages.Relation{Source: sp, SourceAt: -1, Target: t.code, TargetAt: t.at, Predicate: -1, First: m.Start, Last: m.End,
								Valence: -0.4, Shift: 1, Route: stages.SpeakerDemand})
						}
					}
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
		if w.onlyReports(c) {
			continue
		}
		m := w.strongest(c.first, c.last)
		if m == nil {
			if c.cue >= 0 {
				m = w.at(c.cue)
			}
			if m == nil || w.lex.Predicates[m.ref].Valence == 0 {
				continue
			}
		}
		factor, shifters := w.shift(m.first)
		for _, sp := range c.voice.codes() {
			for _, target := range w.topics(sp) {
				if !w.related(from, sp, target) {
					w.add(stages.Relation{Source: sp, SourceAt: -1, Target: target, TargetAt: -1, Predicate: m.ref, First: m.first, Last: m.last,
						Valence: w.lex.Predicates[m.ref].Valence, Shift: factor, Shifters: shifters, Route: stages.SpeakerTopic})
				}
			}
		}
	}
}

// onlyReports reports whether a content's speaker merely passes facts on: an
// unnamed official or institution behind the clause, with a neutral cue
// ("…, residents said"). What they tell blames nobody in their name, but for
// coloured words of their own.
func (w *walk) onlyReports(c *content) bool {
	if c.kind != stages.Indirect || c.cue < c.last || c.voice.name != "" || c.voice.code == w.d.Author {
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
// nil for none.
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
	if best != nil && w.lex.Predicates[best.ref].Valence == 0 {
		return nil
	}
	return best
}

// near adds a speaker's relation to every actor in the speaker's words that no
// construction has tied to the speaker, with the strongest word of the content.
func (w *walk) near(from int) {
	d := w.d
	for k := range w.open {
		c := &w.open[k]
		codes := c.voice.codes()
		if len(codes) == 0 {
			continue
		}
		m := w.strongest(c.first, c.last)
		if m == nil || w.onlyReports(c) {
			continue
		}
		factor, shifters := w.shift(m.first)
		for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
			mention := &d.Mentions[i]
			if mention.First < c.first || mention.Last > c.last+1 {
				continue
			}
			for _, code := range w.codes(mention) {
				for _, sp := range codes {
					if w.related(from, sp, code) {
						continue
					}
					p := &w.lex.Predicates[m.ref]
					r := stages.Relation{Source: sp, SourceAt: -1, Target: code, TargetAt: mention.First, Predicate: m.ref, First: m.first, Last: m.last,
						Valence: p.Valence, Shift: factor, Shifters: shifters, Route: stages.SpeakerNear}
					if w.suffers(m, p, mention.First) {
						r.Route, r.Shift = stages.SpeakerVictim, pity*factor
					}
					w.add(r)
				}
			}
		}
	}
}

func (w *walk) related(from int, source, target string) bool {
	for _, r := range w.d.Relations[from:] {
		if r.Source == source && r.Target == target {
			return true
		}
	}
	return false
}

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

// codes returns the actor codes of all who speak.
func (v *voice) codes() []string {
	if v.code == "" {
		return v.more
	}
	return append([]string{v.code}, v.more...)
}

// wished reports whether the predicate at token t is told as wish, plan or
// possibility: its verb group, or the one that governs it, has a modal, is an
// infinitive or stands in the present.
func (w *walk) wished(t int) bool {
	v := -1
	for i := range w.row {
		if w.row[i].kind == vg && w.row[i].first <= t {
			v = i
		}
	}
	if v < 0 {
		return true
	}
	c := &w.row[v]
	return c.to || c.modal != "" || c.form&(lexicons.Past|lexicons.Participle) == 0
}
