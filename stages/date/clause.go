package date

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

const verbal = lexicons.Base | lexicons.Third | lexicons.Past | lexicons.Participle | lexicons.Gerund

// tense is when a verb puts what it tells, against the day of publication.
type tense uint8

const (
	none       tense = iota // no verb
	past                    // met, was met, did not meet
	pluperfect              // had met
	perfect                 // has met
	present                 // meets, is meeting
	future                  // will meet, is due to meet
	open                    // to meet, meeting, met (participle): as the verb above it
)

// verb returns the verb whose clause holds tokens first to last, -1 for none.
// What stands behind a verb belongs to the nearest one; what opens a clause, to
// the first verb that follows.
func (w *walk) verb(first, last int) int {
	s := w.sent
	if s.Parsed {
		v := w.governor(first, last)
		if v >= 0 && (v < last || last < s.Last && !w.subordinates(last)) {
			return v
		}
	}
	head := first
	for head > s.First && w.d.Tags[head-1]&(lexicons.Prep|lexicons.Adv|lexicons.Det) != 0 && !w.subordinates(head-1) {
		head--
	}
	opens := head == s.First || w.d.Tags[head-1]&(lexicons.Conj|lexicons.Subord) != 0 || w.breaks(head-1) || w.d.Word(head-1) == ","
	if opens {
		if v := w.nextVerb(last); v >= 0 {
			return v
		}
	}
	for i := head - 1; i >= s.First; i-- {
		if w.breaks(i) || w.quote[i] != w.quote[first] {
			break
		}
		if w.isVerb(i) {
			return i
		}
	}
	if !opens {
		return w.nextVerb(last)
	}
	return -1
}

// governor returns the verb above tokens first to last in the tree, -1 for
// none.
func (w *walk) governor(first, last int) int {
	i := first
	for k := first; k < last; k++ {
		if h := w.d.Head(k); h < first || h >= last {
			i = k
			break
		}
	}
	for i = w.d.Head(i); i >= 0 && !w.isVerb(i); i = w.d.Head(i) {
	}
	return i
}

// nextVerb returns the first verb from token i on, stepping over relative
// clauses: "On Monday Spain, which had protested, recalled".
func (w *walk) nextVerb(i int) int {
	quoted := i > w.sent.First && w.quote[i-1]
	for ; i < w.sent.Last; i++ {
		if w.breaks(i) {
			// Two dashes enclose an aside; anything else ends the clause.
			k := i + 1
			for k < w.sent.Last && w.d.Word(k) != w.d.Word(i) {
				k++
			}
			if k == w.sent.Last || w.d.Word(i) == ":" || w.d.Word(i) == ";" {
				return -1
			}
			i = k
			continue
		}
		if w.quote[i] != quoted && w.d.Tokens[i].Is(lexicons.Quote) {
			return -1
		}
		if w.relative(i) {
			for i+1 < w.sent.Last && w.d.Word(i) != "," {
				i++
			}
			continue
		}
		if w.isVerb(i) && w.tense(i) != open {
			return i
		}
	}
	return -1
}

// isVerb reports whether token i is a verb and no auxiliary of another.
func (w *walk) isVerb(i int) bool {
	tag := w.d.Tags[i]
	if i > w.sent.First && w.d.Word(i-1) == "-" && !w.d.Tokens[i].Is(lexicons.Space) {
		return false // "top-level", "Kurdish-led"
	}
	if w.sent.Parsed {
		switch w.d.Rel(i) {
		case stages.Root, stages.Ccomp, stages.Xcomp, stages.Advcl, stages.Relcl, stages.Acl, stages.Pcomp, stages.Csubj, stages.Conj:
			return tag&(verbal|lexicons.Aux) != 0 || w.d.Child(i, w.sent.First, i, stages.Nsubj, stages.NsubjPass) >= 0
		}
		return false
	}
	if tag&verbal != 0 {
		return true
	}
	if tag&lexicons.Aux == 0 {
		return false
	}
	for k := i + 1; k < w.sent.Last && k < i+4; k++ {
		if w.d.Tags[k]&(verbal|lexicons.Aux) != 0 {
			return false
		}
		if w.d.Tags[k]&lexicons.Adv == 0 {
			break
		}
	}
	return true
}

// breaks reports whether token i parts clauses that share nothing.
func (w *walk) breaks(i int) bool {
	switch w.d.Word(i) {
	case ";", ":", "—", "–", "--":
		return true
	}
	return false
}

// subordinates reports whether token i is a conjunction, "after" and the like
// included, that a subject and a verb follow.
func (w *walk) subordinates(i int) bool { return w.d.Tags[i]&lexicons.Subord != 0 }

// relative reports whether token i opens a relative clause.
func (w *walk) relative(i int) bool {
	switch w.lower(i) {
	case "who", "which", "whom", "whose", "where":
		return true
	}
	return false
}

// tense tells the tense of the verb at token i by its auxiliaries.
func (w *walk) tense(i int) tense {
	if i < 0 {
		return none
	}
	d := w.d
	tag := d.Tags[i]
	found := none
	if tag&lexicons.Aux != 0 {
		found = auxiliary(w.lower(i))
	}
	for k := i - 1; k >= w.sent.First && i-k < 6; k-- {
		switch word := w.lower(k); {
		case d.Tags[k]&lexicons.Aux != 0 || word == "to":
			if word == "to" {
				if tag&lexicons.Base != 0 || found != none {
					return open
				}
				return found
			}
			if a := auxiliary(word); a != none {
				if found == none || a != present && a != past {
					found = a
				}
				if (word == "been" || word == "be") && found == open {
					found = none
				}
			}
		case d.Tags[k]&(lexicons.Adv|lexicons.Pron|lexicons.Det) != 0, word == "n't":
			if d.Tags[k]&lexicons.Pron != 0 && found != none {
				return found
			}
		default:
			k = w.sent.First
		}
	}
	if found != none {
		return found
	}
	switch {
	case tag&lexicons.Past != 0:
		if w.reduced(i) {
			return open
		}
		return past
	case tag&(lexicons.Third|lexicons.Base) != 0:
		return present
	}
	return open
}

func auxiliary(word string) tense {
	switch word {
	case "will", "shall", "'ll", "’ll", "would":
		return future
	case "has", "have", "'ve", "’ve":
		return perfect
	case "had":
		return pluperfect
	case "was", "were", "did":
		return past
	case "is", "are", "am", "'re", "’re", "'m", "’m", "'s", "’s", "do", "does", "can", "may", "must", "should", "cannot":
		return present
	}
	return none
}

// reduced reports whether what looks like a past tense is a participle behind
// its noun: "returned trawlers seized in March" has its verb before.
func (w *walk) reduced(i int) bool {
	d := w.d
	if i == w.sent.First || d.Tags[i-1]&lexicons.Noun == 0 {
		return false
	}
	for k := i - 1; k >= w.sent.First; k-- {
		if d.Tags[k]&(lexicons.Conj|lexicons.Subord|lexicons.Pron) != 0 || w.breaks(k) || d.Word(k) == "," || d.Tokens[k].Is(lexicons.Quote) {
			return false
		}
		if d.Tags[k]&(lexicons.Past|lexicons.Third|lexicons.Base) != 0 {
			return true
		}
	}
	return false
}

// above returns the finite verb that an infinitive or participle depends on:
// the nearest before it in its clause, else the first after it.
func (w *walk) above(i int) int {
	for k := i - 1; k >= w.sent.First; k-- {
		if w.breaks(k) || w.d.Tags[k]&lexicons.Subord != 0 && !w.relative(k) && w.lower(k) != "after" && w.lower(k) != "before" {
			break
		}
		if w.relative(k) {
			return -1
		}
		if w.isVerb(k) && w.tense(k) != open {
			return k
		}
	}
	return w.nextVerb(i + 1)
}

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
	found := false
	for i := range w.d.Relations {
		if r := &w.d.Relations[i]; &w.d.Statements[r.Statement] == s {
			if r.Route >= stages.SpeakerAgent && r.Route <= stages.SpeakerNear || r.First <= cue && cue < r.Last {
				return false
			}
			found = true
		}
	}
	return found
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

func (w *walk) lower(i int) string { return strings.ToLower(w.d.Word(i)) }
