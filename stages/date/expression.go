package date

import (
	"time"

	"detente/lexicons"
	"detente/stages"
)

// word is one word of the calendar in the sentence in hand.
type word struct {
	first, last int // tokens
	kind        string
	value       int
}

// expression is one date expression of the text.
type expression struct {
	first, last int // tokens
	date        stages.Date
	verb        int   // the verb that it modifies, -1 = none
	tense       tense // of verb
	today       bool  // the day of publication, or a stretch that holds it
	future      bool  // of what is to come
	quoted      bool
	owner       bool // "Monday's attack", "a 1994 interview": of a noun
	noun        int  // that noun, -1 = unknown
	scene       bool // of a noun that is an occasion of speech
	dateline    bool // "MADRID, March 22 -"
}

// tells reports whether the expression dates what its sentence tells of.
func (e *expression) tells() bool {
	return !e.future && !e.quoted && !e.dateline && !e.owner && (e.tense == past || e.tense == pluperfect)
}

// fits reports whether a verb of tense t can be of the expression's time:
// what is told in the present or the perfect is of today.
func (e *expression) fits(t tense) bool {
	switch t {
	case present, perfect:
		return e.today
	case future:
		return false
	}
	return true
}

// calendar notes the calendar words of the sentence in hand.
func (w *walk) calendar() {
	w.words = w.words[:0]
	for _, m := range w.d.Matches[w.sent.MatchFrom:w.sent.MatchTo] {
		if m.Unit == lexicons.DateUnit {
			x := w.lex.Dates[m.Ref]
			w.words = append(w.words, word{m.Start, m.End, x.Kind, x.Value})
		}
	}
}

// at returns the calendar word of a kind at token i.
func (w *walk) at(i int, kind string) (x word, ok bool) {
	for _, x := range w.words {
		if x.first == i && x.kind == kind {
			return x, true
		}
	}
	return x, false
}

// is reports whether token i belongs to a calendar word of a kind.
func (w *walk) is(i int, kind string) bool {
	for _, x := range w.words {
		if x.first <= i && i < x.last && x.kind == kind {
			return true
		}
	}
	return false
}

// expressions reads the date expressions of the sentence in hand.
func (w *walk) expressions() {
	w.here = w.here[:0]
	s := w.sent
	next := 0
	for i := s.First; i < s.Last; {
		for next < len(w.words) && w.words[next].first < i {
			next++
		}
		if (next == len(w.words) || w.words[next].first != i) && !w.d.Tokens[i].Is(lexicons.Digit) {
			i++
			continue
		}
		date, last, ok := w.read(i)
		if !ok || last <= i {
			i++
			continue
		}
		if !date.Time.IsZero() && !w.recurs(i, last) && (!w.stretches(i) || w.is(i-1, "by") && w.tense(w.verb(i, last)) == pluperfect || w.within(i, last)) {
			date.Text = w.d.Span(i, last)
			w.add(i, last, date)
		}
		i = last
	}
}

// add binds an expression to its verb.
func (w *walk) add(first, last int, date stages.Date) {
	s := w.sent
	e := expression{noun: -1, first: first, last: last, date: date, quoted: w.quote[first]}
	e.today = !date.Time.After(w.day) && holds(date, w.day)
	e.dateline = w.n == 0 && w.dateline(first, last)
	switch {
	case last < s.Last && w.d.Tags[last] == lexicons.Possessive:
		e.owner = true
		for k := last + 1; k < min(s.Last, last+4); k++ {
			e.scene = e.scene || w.is(k, "scene")
		}
	case w.determined(first) && last < s.Last && w.d.Tags[last]&(lexicons.Noun|lexicons.Adj) != 0 && w.names(first):
		e.owner, e.scene = true, w.is(last, "scene") // "the April elections"
	}
	e.verb = w.verb(first, last)
	if e.verb > s.First && w.is(e.verb-1, "stretch") && !w.is(e.verb-1, "by") {
		return // "since taking office a year ago"
	}
	if e.today && w.is(first, "this") && !w.is(first-1, "part") && w.tense(e.verb) != past {
		return // "arrives this week"
	}
	e.tense = w.tense(e.verb)
	if e.tense == open {
		// Infinitives look ahead; participles and gerunds are of the time of
		// their verb, but for those that stand behind a noun.
		infinitive := w.d.Tags[e.verb]&lexicons.Base != 0
		behindNoun := e.verb > s.First && w.d.Tags[e.verb-1]&lexicons.Noun != 0 || w.d.Rel(e.verb) == stages.Acl
		if up := w.above(e.verb); up >= 0 && (!infinitive || w.past(e) || w.tense(up) == past && (w.d.Rel(e.verb) == stages.Acl || w.d.Tags[max(s.First, e.verb-2)]&lexicons.Noun != 0)) && (infinitive || !behindNoun) {
			e.verb, e.tense = up, w.tense(up)
		} else if infinitive {
			e.future = true
		}
	}
	if k := w.ofScene(first, e.verb); k >= 0 {
		e.owner, e.noun = true, k // "a transcript of a call in July"
	}
	e.future = e.future || e.tense == future && !w.past(e) || w.planned(first) || !w.day.IsZero() && date.Time.After(w.day)
	if e.tense == future {
		e.verb = -1
	}
	if e.tells() {
		w.last = date
	}
	w.here = append(w.here, e)
}

// names reports whether token i is the name of a day or month, or a year.
func (w *walk) names(i int) bool {
	return w.is(i, "weekday") || w.is(i, "month") || w.d.Tokens[i].Is(lexicons.Digit)
}

// determined reports whether a determiner, with or without adjectives, stands
// before token i.
func (w *walk) determined(i int) bool {
	for i--; i > w.sent.First && w.d.Tags[i] == lexicons.Adj; i-- {
	}
	return i >= w.sent.First && w.d.Tags[i] == lexicons.Det
}

// ofScene returns the occasion that the expression at token i follows, where
// that is itself the attribute of a noun behind the verb; else -1.
func (w *walk) ofScene(i, verb int) int {
	for k := i - 1; k > max(verb, w.sent.First+1) && w.d.Word(k) != ","; k-- {
		if !w.is(k, "scene") {
			continue
		}
		head := k
		for k--; k > w.sent.First && w.d.Tags[k]&(lexicons.Det|lexicons.Adj|lexicons.Noun) != 0; k-- {
		}
		if w.lower(k) == "of" || w.lower(k) == "following" || w.lower(k) == "after" {
			return head // "a transcript of a call", "following a statement"
		}
		break
	}
	return -1
}

// past reports whether an expression is of the past by its own words:
// "yesterday", "last month", "in 2009".
func (w *walk) past(e expression) bool {
	if w.is(e.first, "weekday") || w.is(e.first, "month") && !w.dated(e) {
		return w.is(e.first-1, "last")
	}
	return e.date.Time.Before(w.day) && !e.today
}

// dated reports whether the expression has a year.
func (w *walk) dated(e expression) bool {
	k := w.d.Tokens[e.last-1]
	return k.Is(lexicons.Digit) && k.End-k.Start == 4
}

// holds reports whether the time of a date takes in the day.
func holds(date stages.Date, day time.Time) bool {
	y, m, d := date.Time.Date()
	switch date.Precision {
	case stages.YearPrecision:
		return y == day.Year()
	case stages.MonthPrecision:
		return y == day.Year() && m == day.Month()
	}
	return y == day.Year() && m == day.Month() && d == day.Day()
}

// planned reports whether what comes before an expression puts it ahead:
// "scheduled for", "due on".
func (w *walk) planned(first int) bool {
	for i := first - 1; i >= w.sent.First && first-i < 6; i-- {
		if w.is(i, "ahead") {
			return true
		}
		if w.d.Tokens[i].Is(lexicons.Punct) || w.isVerb(i) {
			return false
		}
	}
	return false
}

// recurs reports whether an expression names a recurring day, an anniversary.
func (w *walk) recurs(first, last int) bool {
	for i := max(w.sent.First, first-4); i < min(w.sent.Last, last+2); i++ {
		if w.is(i, "notevent") {
			return true
		}
	}
	return false
}

// stretches reports whether an expression bounds a stretch of time or a
// deadline: "since 1979", "by December 31", "over the past weeks".
func (w *walk) stretches(first int) bool {
	for i := first - 1; i >= w.sent.First && first-i < 4; i-- {
		if w.is(i, "stretch") {
			return true
		}
		if w.d.Tags[i]&(lexicons.Det|lexicons.Adv|lexicons.Adj|lexicons.Prep) == 0 && !w.is(i, "part") {
			return false
		}
	}
	return false
}

// within reports whether what is past was done in the course of the last week or
// month: "moved ships there over the past week".
func (w *walk) within(first, last int) bool {
	at := first
	if at > w.sent.First && w.lower(at-1) == "the" {
		at--
	}
	over := at > w.sent.First && w.lower(at-1) == "over" || at > w.sent.First+1 && w.lower(at-1) == "of" && w.lower(at-2) == "course"
	if !over || !w.is(first, "last") && !w.is(first+1, "last") {
		return false
	}
	v := w.verb(first, last)
	if w.tense(v) == open {
		v = w.above(v) // "moved ships to defend them over the past week"
	}
	return w.tense(v) == past
}

// dateline reports whether an expression stands in the line that says where a
// wire story comes from.
func (w *walk) dateline(first, last int) bool {
	s := w.sent
	for i := s.First; i < first; i++ {
		if w.d.Tokens[i].Is(lexicons.Cap) || w.d.Tokens[i].Is(lexicons.Punct) || w.d.Tokens[i].Is(lexicons.Digit) {
			continue
		}
		return false
	}
	if first == s.First || w.d.Tags[s.First]&lexicons.Prep != 0 {
		return false
	}
	for i := last; i < min(s.Last, last+6); i++ {
		switch w.d.Word(i) {
		case "-", "--", "—", "–":
			return w.d.Tokens[i].Is(lexicons.Space)
		}
	}
	return false
}
