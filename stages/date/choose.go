package date

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// choose returns the expression of the sentence in hand that dates statement
// s with its cue at token cue, nil for none.
func (w *walk) choose(s *stages.Statement, cue int) *expression {
	if len(w.here) == 0 {
		return nil
	}
	d := w.d
	speech := s.Kind != stages.Action
	if cue >= 0 && (cue < w.sent.First || cue >= w.sent.Last) {
		return nil // the rest of a quotation: its cue's sentence has the date
	}
	verb := -1
	noun := false
	if cue >= 0 {
		verb = cue
		if !w.isVerb(cue) {
			noun = true
			verb = w.verb(cue, cue+1)
		}
	}
	best, cost := -1, 1000
	told := speech && w.speaks(cue) && w.deed(s, cue)
	for i := range w.here {
		e := &w.here[i]
		if e.future || e.dateline {
			continue
		}
		start := int(d.Tokens[e.first].Start)
		inside := s.Span.Start <= start && start < s.Span.End
		if told && inside && !e.quoted && (e.tells() || e.scene) && e.verb != cue {
			return e
		}
		if speech && (e.quoted || inside && cue >= 0 && e.verb != cue && !s.Span.Contains(s.Cue) && !w.joined(e)) {
			continue // what a speaker tells has dates of its own
		}
		if cue < 0 {
			if speech || !inside {
				continue
			}
			return e
		}
		c := w.cost(e, cue, verb, noun)
		if c < cost {
			best, cost = i, c
		}
	}
	if best < 0 {
		return nil
	}
	return &w.here[best]
}

// cost tells how far expression e is from dating what the cue tells: 1000 = not
// at all.
func (w *walk) cost(e *expression, cue, verb int, noun bool) int {
	const never = 1000
	d := w.d
	distance := min(max(e.first-cue, cue-e.first), 60)
	if noun {
		// "Monday's attack", "the attack on Monday"
		from, to := cue, e.first
		if e.first < cue {
			from, to = e.last, cue
		}
		bare := true
		for k := from + 1; k < to; k++ {
			if w.isVerb(k) || d.Word(k) == "," || w.breaks(k) {
				bare = false
			}
		}
		if bare && (e.tense == none || e.tense == open || e.fits(e.tense)) && (e.noun == cue || e.noun < 0 && (e.owner || e.first > cue)) {
			return distance
		}
	}
	t := w.tense(verb)
	if e.owner && !e.scene {
		if e.noun < 0 && e.first == w.sent.First && e.verb == verb && t == past {
			return 150 + distance // "Monday's attack killed nine"
		}
		return never
	}
	told := e.verb != verb && (e.tense == past || e.tense == pluperfect) && (w.content(e.verb) || e.first == w.head(w.sent.First))
	if !e.fits(t) && !told {
		return never
	}
	if e.verb == verb && verb >= 0 {
		return 100 + distance
	}
	if e.verb < 0 || verb < 0 || w.quote[e.verb] != w.quote[verb] && !told {
		return never
	}
	if w.sent.Parsed && w.d.Rel(verb) == stages.Acl && d.Tags[verb] == lexicons.Participle && w.above(verb) == e.verb {
		return never // "last week troops trained by Paris took the town": not when they were trained
	}
	// "met on Monday and praised", "said on Monday, accusing": one passage of
	// verbs, as long as no relative or temporal clause begins between them.
	from, to := min(e.verb, verb), max(e.verb, verb)
	for k := from + 1; k < to; k++ {
		if w.quote[k] != w.quote[verb] {
			continue
		}
		if w.relative(k) {
			// Up to a comma it is an aside.
			for k < to && d.Word(k) != "," {
				k++
			}
			if k < to {
				continue
			}
			return never
		}
		if d.Word(k) == "," && w.relativeClause(from) {
			return never
		}
		if w.breaks(k) || d.Tags[k]&lexicons.Subord != 0 && d.Tags[k]&lexicons.Det == 0 && w.timeless(k) {
			return never
		}
	}
	if t == pluperfect && !w.had(e.verb) && !(told && w.ownDeed(verb)) || e.quoted {
		return never
	}
	if et := w.tense(e.verb); e.verb > verb && et == open && !w.is(e.verb-1, "by") {
		return never // "recalled its envoy, citing remarks made on Monday"
	}
	if e.verb > verb && !told && w.subordinateBetween(verb, e.verb) {
		return never // "said that Spain had left in May"
	}
	return 200 + distance
}

// joined reports whether a conjunction opens the clause of expression e: "and
// within hours sent".
func (w *walk) joined(e *expression) bool {
	i := e.first - 1
	for i > w.sent.First && w.d.Tags[i]&lexicons.Prep != 0 {
		i--
	}
	return i >= w.sent.First && w.d.Tags[i]&lexicons.Conj != 0
}

// deed reports whether a statement only tells what somebody did: "Spain and
// Peru signed a treaty on Monday, officials said".
func (w *walk) deed(s *stages.Statement, cue int) bool {
	if s.Source == "" {
		return true
	}
	var told []*stages.Relation
	for i := range w.d.Relations {
		if r := &w.d.Relations[i]; &w.d.Statements[r.Statement] == s {
			told = append(told, r)
		}
	}
	// The speaker may have done it: "troops of both countries clashed on Monday,
	// their officials said".
	does := func(r *stages.Relation) bool {
		return slices.ContainsFunc(told, func(o *stages.Relation) bool {
			return o.Source == r.Source && o.Target == r.Target && o.Route <= stages.PassiveBy && o.SourceAt >= 0
		})
	}
	for _, r := range told {
		if r.Route >= stages.SpeakerAgent && r.Route <= stages.SpeakerNear && !does(r) || r.First <= cue && cue < r.Last {
			return false
		}
	}
	return len(told) > 0
}

// speaks reports whether token i is the cue of something said.
func (w *walk) speaks(i int) bool {
	if i < 0 {
		return false
	}
	at := int(w.d.Tokens[i].Start)
	for k := range w.d.Statements {
		s := &w.d.Statements[k]
		if s.Cue.Start == at && !s.Cue.Empty() && s.Kind != stages.Action {
			return true
		}
		if s.Span.Start > w.sent.End {
			break
		}
	}
	return false
}

// head steps over what may stand before a date at the head of a sentence:
// "On", "Late on".
func (w *walk) head(i int) int {
	for i+1 < w.sent.Last && (w.d.Tags[i]&lexicons.Prep != 0 || w.is(i, "part")) {
		i++
	}
	return i
}

// ownDeed reports whether the verb at token i has a pronoun for its subject:
// "announced it had agreed" tells of the announcement's own time.
func (w *walk) ownDeed(i int) bool {
	for k := i - 1; k >= w.sent.First; k-- {
		if w.d.Tags[k]&lexicons.Pron != 0 {
			return true
		}
		if w.d.Tags[k]&(lexicons.Aux|lexicons.Adv) == 0 {
			break
		}
	}
	return false
}

func (w *walk) had(i int) bool { return w.tense(i) == pluperfect }

// timeless reports whether the conjunction at token k parts times: "after",
// "before", "since", "until" - and not "when", "as", "while".
func (w *walk) timeless(k int) bool {
	switch w.lower(k) {
	case "when", "as", "while", "that", "whether", "because":
		return false
	}
	return true
}

// subordinateBetween reports whether the second verb is in a clause that
// depends on the first.
func (w *walk) subordinateBetween(first, second int) bool {
	for k := first + 1; k < second; k++ {
		if w.d.Tags[k]&lexicons.Subord != 0 {
			return true
		}
	}
	return false
}
