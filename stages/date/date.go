// Package date tells when statements were made and deeds done: explicit,
// partial and relative expressions, read against the day of publication and
// carried along a passage.
package date

import (
	"strings"
	"time"

	"detente/lexicons"
	"detente/stages"
)

// Resolver dates statements. It is safe for concurrent use.
type Resolver struct{ lex *lexicons.Set }

// New returns a Resolver on lex.
func New(lex *lexicons.Set) *Resolver { return &Resolver{lex} }

// expression is one date expression of the text.
type expression struct {
	first, last int // tokens
	date        stages.Date
	future      bool // stands in a clause about the future
	quoted      bool
}

// Resolve fills the dates of the document's statements. A statement takes the
// expression of its sentence nearest to its cue, outside quotations first;
// without one, the date of the passage that it goes on with; else the day of
// publication, with precision "document".
func (r *Resolver) Resolve(d *stages.Document) {
	if len(d.Statements) == 0 {
		return
	}
	w := &walk{lex: r.lex, d: d}
	w.quotations()
	day := midnight(d.Published)
	sentence := -1
	var here []expression
	// The passage's date, and what it was said of.
	var carry struct {
		date      stages.Date
		sentence  int
		paragraph int
		source    string // of the statement dated, "" = a sentence without one
		speech    bool
	}
	carry.sentence = -100
	dated := -1 // the last sentence that dated a statement of its own
	for i := range d.Statements {
		s := &d.Statements[i]
		n := d.SentenceAt(s.Span.Start)
		for sentence < n {
			sentence++
			here = w.expressions(sentence)
			if e := leading(here); e != nil {
				carry.date, carry.sentence, carry.paragraph, carry.source, carry.speech = e.date, sentence, d.Sentences[sentence].Paragraph, "", false
			}
		}
		speech := s.Kind != stages.Action
		if speech && s.Cue.Empty() && d.Author != "" && s.Source == d.Author {
			// A release dates itself once, at its head; what its sentences
			// date are the events that they tell of.
			s.Date = stages.Date{Time: day, Precision: stages.DocumentPrecision}
			if w.announced != nil {
				s.Date = *w.announced
			}
			continue
		}
		if e := nearest(d, here, s); e != nil {
			s.Date = e.date
			source := s.Source
			if carry.sentence == n && carry.speech == speech && carry.source != source && dated == n {
				source = "" // several actors of one sentence
			}
			dated = n
			carry.date, carry.sentence, carry.paragraph, carry.source, carry.speech = e.date, n, d.Sentences[n].Paragraph, source, speech
			continue
		}
		s.Date = stages.Date{Time: day, Precision: stages.DocumentPrecision}
		if carry.date.Time.IsZero() {
			if w.announced != nil && s.Source == d.Author {
				s.Date = *w.announced
			}
			continue
		}
		gap := n - carry.sentence
		near := gap > 0 && gap <= 3 && carry.paragraph == d.Sentences[n].Paragraph && w.goesOn(n)
		same := s.Source != "" && s.Source == carry.source
		switch {
		case w.announced != nil && s.Source == d.Author:
			s.Date = *w.announced
			continue
		case gap == 0 && leading(here) != nil,
			near && (!speech || carry.source == "" || same),
			gap <= 6 && same && speech && carry.speech && carry.date.Precision == stages.DayPrecision && w.pastSpeech(s):
			s.Date = carry.date
			if gap <= 3 {
				carry.sentence, carry.source, carry.speech = n, s.Source, speech
			}
		}
	}
}

// leading returns the first expression of a sentence that dates the sentence
// as a whole, nil for none.
func leading(list []expression) *expression {
	for i := range list {
		if !list[i].future && !list[i].quoted {
			return &list[i]
		}
	}
	return nil
}

// nearest returns the expression that dates statement s.
func nearest(d *stages.Document, list []expression, s *stages.Statement) *expression {
	at := s.Span.Start
	if !s.Cue.Empty() {
		at = s.Cue.Start
	}
	speech := s.Kind != stages.Action
	best, distance := -1, 1<<30
	for i, e := range list {
		start := int(d.Tokens[e.first].Start)
		if e.future || e.quoted && speech {
			continue
		}
		inside := s.Span.Start <= start && start < s.Span.End
		gap := start - at
		if gap < 0 {
			gap = -gap
		}
		// What a speaker tells has dates of its own; they date the speech only
		// when nothing else does.
		if speech && inside && !s.Cue.Empty() && !s.Span.Contains(s.Cue) {
			gap += 400
			if e.date.Precision == stages.YearPrecision {
				continue
			}
		}
		if gap < distance {
			best, distance = i, gap
		}
	}
	if best < 0 || distance > 300 {
		return nil
	}
	return &list[best]
}

func midnight(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, day := t.UTC().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

// walk is the state of one pass over a document.
type walk struct {
	lex       *lexicons.Set
	d         *stages.Document
	quote     []bool
	last      stages.Date  // the date last read, for "that day"
	announced *stages.Date // an opening line dates the whole text
}

func (w *walk) quotations() {
	w.quote = make([]bool, len(w.d.Tokens))
	for _, q := range w.d.Quotations {
		for i := q.First; i < q.Last; i++ {
			w.quote[i] = true
		}
	}
}

// goesOn reports whether sentence n takes up the passage before it: by a
// pronoun, a demonstrative or a connective at its head, in the past tense.
func (w *walk) goesOn(n int) bool {
	d := w.d
	s := d.Sentences[n]
	present := false
	for i := s.First; i < s.Last && i < s.First+14; i++ {
		switch lexicons.Fold(d.Word(i)) {
		case "has", "have", "is", "are", "remain", "remains", "says", "will":
			if !w.quote[i] {
				present = true
			}
		}
	}
	for i := s.First; i < s.Last && i < s.First+5; i++ {
		switch lexicons.Fold(d.Word(i)) {
		case "he", "she", "they", "his", "her", "their", "it", "its", "however", "also", "response", "later", "then", "these", "both", "speech", "meeting", "statement", "added", "move", "moves":
			return !present
		}
		if d.Tags[i] == lexicons.Past && !present {
			return true
		}
	}
	return !present && d.Sentences[n].Paragraph == d.Sentences[max(0, n-1)].Paragraph
}

// pastSpeech reports whether a statement's cue is in the past tense.
func (w *walk) pastSpeech(s *stages.Statement) bool {
	if s.Cue.Empty() {
		return s.Kind != stages.Action
	}
	n := w.d.SentenceAt(s.Cue.Start)
	for i := w.d.Sentences[n].First; i < w.d.Sentences[n].Last; i++ {
		if int(w.d.Tokens[i].Start) == s.Cue.Start {
			return w.d.Tags[i]&(lexicons.Past|lexicons.Participle|lexicons.Gerund) != 0 && s.Kind != stages.Action
		}
	}
	return false
}

// words returns the calendar words of sentence n by their first token.
func (w *walk) words(n int) map[int]lexicons.Match {
	var m map[int]lexicons.Match
	s := w.d.Sentences[n]
	for _, x := range w.d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.DateUnit {
			if m == nil {
				m = map[int]lexicons.Match{}
			}
			if old, ok := m[x.Start]; !ok || x.End > old.End {
				m[x.Start] = x
			}
		}
	}
	return m
}

// expressions reads the date expressions of sentence n.
func (w *walk) expressions(n int) []expression {
	s := w.d.Sentences[n]
	hasYear := false
	for i := s.First; i < s.Last; i++ {
		if w.d.Tokens[i].Is(lexicons.Digit) && w.d.Tokens[i].End-w.d.Tokens[i].Start == 4 {
			hasYear = true
		}
	}
	words := w.words(n)
	if len(words) == 0 && !hasYear {
		return nil
	}
	var out []expression
	for i := s.First; i < s.Last; {
		date, last, ok := w.read(words, i, s)
		if !ok {
			i++
			continue
		}
		date.Text = w.d.Span(i, last)
		e := expression{first: i, last: last, date: date, quoted: w.quote[i], future: w.future(i, last, s)}
		if !date.Time.IsZero() && !w.anniversary(words, i, last, s) {
			out = append(out, e)
			if !e.future {
				w.last = date
			}
		}
		i = last
	}
	if n <= 1 && w.d.Author != "" && len(out) > 0 {
		for i := s.First; i < s.Last; i++ {
			switch lexicons.Fold(w.d.Word(i)) {
			case "following", "issued", "released", "published", "statement", "met", "spoke":
				if w.announced == nil && !out[len(out)-1].future {
					w.announced = &out[len(out)-1].date
				}
			}
		}
	}
	return out
}

// kind returns the calendar word at token i.
func (w *walk) kind(words map[int]lexicons.Match, i int) (kind string, value, last int) {
	m, ok := words[i]
	if !ok {
		return "", 0, i
	}
	dw := w.lex.Dates[m.Ref]
	return dw.Kind, dw.Value, m.End
}

// read reads one expression at token i.
func (w *walk) read(words map[int]lexicons.Match, i int, s stages.Sentence) (date stages.Date, last int, ok bool) {
	d := w.d
	day := midnight(d.Published)
	kind, value, end := w.kind(words, i)
	at := func(t time.Time, p stages.Precision) stages.Date { return stages.Date{Time: t, Precision: p} }
	switch kind {
	case "month":
		if !d.Tokens[i].Is(lexicons.Cap) {
			return
		}
		if end < s.Last && d.Word(end) == "." && !d.Tokens[end].Is(lexicons.Space) && end+1 < s.Last && d.Tokens[end+1].Is(lexicons.Digit) {
			end++
		}
		// "January 28-29, 2014", "September 2008", "15 January"
		if v, ok := w.dayNumber(end, s); ok {
			last = end + 1
			if last+1 < s.Last && (d.Word(last) == "-" || d.Word(last) == "–" || d.Word(last) == "and" || d.Word(last) == "to") {
				if v2, ok := w.dayNumber(last+1, s); ok && v2 > v {
					v, last = v2, last+2
				}
			}
			year, after := w.year(last, s)
			if year == 0 {
				return at(w.recentDay(time.Month(value), v), stages.DayPrecision), last, valid(value, v)
			}
			return at(time.Date(year, time.Month(value), v, 0, 0, 0, 0, time.UTC), stages.DayPrecision), after, valid(value, v)
		}
		if i > s.First {
			before := i - 1 // "15 January", "the 28th of January"
			if w.lower(before) == "of" {
				before--
			}
			if v, ok := w.dayNumber(before, s); ok && valid(value, v) {
				year, after := w.year(end, s)
				if year == 0 {
					return at(w.recentDay(time.Month(value), v), stages.DayPrecision), end, true
				}
				return at(time.Date(year, time.Month(value), v, 0, 0, 0, 0, time.UTC), stages.DayPrecision), after, true
			}
		}
		if year, after := w.year(end, s); year != 0 {
			return at(time.Date(year, time.Month(value), 1, 0, 0, 0, 0, time.UTC), stages.MonthPrecision), after, true
		}
		if value == 5 && !w.before(i, s, "in", "last", "since", "early", "late", "this", "mid", "of", "until", "by") {
			return // "May" is mostly a verb or a name
		}
		if day.IsZero() {
			return
		}
		return at(w.recentMonth(time.Month(value)), stages.MonthPrecision), end, true
	case "weekday":
		if day.IsZero() || !d.Tokens[i].Is(lexicons.Cap) {
			return
		}
		back := (int(day.Weekday()) - value + 7) % 7
		if i > s.First && w.lower(i-1) == "last" && back == 0 {
			back = 7
		}
		if i > s.First && w.lower(i-1) == "next" {
			return at(day.AddDate(0, 0, 7-back), stages.DayPrecision), end, true
		}
		return at(day.AddDate(0, 0, -back), stages.DayPrecision), end, true
	case "day":
		if day.IsZero() {
			return
		}
		return at(day.AddDate(0, 0, value), stages.DayPrecision), end, true
	case "same":
		if w.last.Time.IsZero() {
			return
		}
		return at(w.last.Time.AddDate(0, 0, value), w.last.Precision), end, true
	case "last":
		if day.IsZero() || end >= s.Last {
			return
		}
		unit, size, after := w.kind(words, end)
		if unit == "month" && d.Tokens[end].Is(lexicons.Cap) {
			return at(w.recentMonth(time.Month(size)), stages.MonthPrecision), after, true
		}
		if unit != "unit" || strings.HasSuffix(w.lower(after-1), "s") && size != 7 {
			return
		}
		if i > s.First && w.before(i, s, "the", "over") {
			return // "the last year", "over the past few weeks": a stretch, no date
		}
		switch size {
		case 7:
			t := day.AddDate(0, 0, -7)
			return at(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC), stages.MonthPrecision), after, true
		case 30:
			return at(time.Date(day.Year(), day.Month()-1, 1, 0, 0, 0, 0, time.UTC), stages.MonthPrecision), after, true
		case 365:
			return at(time.Date(day.Year()-1, 1, 1, 0, 0, 0, 0, time.UTC), stages.YearPrecision), after, true
		}
	case "this":
		if day.IsZero() || end >= s.Last || !w.before(i, s, "earlier", "early", "late") {
			return
		}
		unit, size, after := w.kind(words, end)
		if unit != "unit" {
			return
		}
		switch size {
		case 7, 30:
			return at(time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC), stages.MonthPrecision), after, true
		case 365:
			return at(time.Date(day.Year(), 1, 1, 0, 0, 0, 0, time.UTC), stages.YearPrecision), after, true
		}
	case "number":
		return w.ago(words, i, end, value, s, day)
	}
	if d.Tokens[i].Is(lexicons.Digit) {
		n, isNumber := number(d.Word(i))
		if !isNumber {
			return
		}
		if t, last, ok := w.iso(i, s); ok {
			return at(t, stages.DayPrecision), last, true
		}
		if n < 100 {
			if date, last, ok = w.ago(words, i, i+1, n, s, day); ok {
				return date, last, ok
			}
		}
		if n >= 1900 && n <= 2100 && len(d.Word(i)) == 4 && (w.before(i, s, "in", "since", "during", "of", "until", "by", "from", "early", "late", "the", "mid", "-") || i == s.First) {
			if !day.IsZero() && n > day.Year() {
				return
			}
			if i+1 < s.Last && d.Tags[i+1] == lexicons.Noun && !d.Tokens[i+1].Is(lexicons.Cap) && w.before(i, s, "the") {
				// "the 2015 nuclear deal" names a thing, it dates nothing.
				return
			}
			return at(time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC), stages.YearPrecision), i + 1, true
		}
	}
	return
}

// iso reads "2014-01-28".
func (w *walk) iso(i int, s stages.Sentence) (t time.Time, last int, ok bool) {
	if i+5 > s.Last || w.d.Word(i+1) != "-" || w.d.Word(i+3) != "-" {
		return t, i, false
	}
	t, err := time.Parse(time.DateOnly, w.d.Text(i, i+5))
	return t, i + 5, err == nil
}

// ago reads "three years ago", "a year earlier", "two days later".
func (w *walk) ago(words map[int]lexicons.Match, i, end, value int, s stages.Sentence, day time.Time) (date stages.Date, last int, ok bool) {
	if end >= s.Last || day.IsZero() {
		return
	}
	unit, size, after := w.kind(words, end)
	if unit != "unit" || after >= s.Last {
		return
	}
	dir, sign, final := w.kind(words, after)
	from := day
	switch dir {
	case "ago":
		if w.lower(after) == "earlier" && !w.last.Time.IsZero() {
			from = w.last.Time
		}
	case "later":
		if w.last.Time.IsZero() || w.lower(after) == "after" {
			return
		}
		from = w.last.Time
	default:
		return
	}
	n := value * sign
	switch {
	case size == 1:
		date = stages.Date{Time: from.AddDate(0, 0, n), Precision: stages.DayPrecision}
	case size == 7 || size == 14:
		t := from.AddDate(0, 0, n*size)
		date = stages.Date{Time: time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC), Precision: stages.MonthPrecision}
	case size == 30:
		t := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
		date = stages.Date{Time: t, Precision: stages.MonthPrecision}
	case size == 365:
		date = stages.Date{Time: time.Date(from.Year()+n, 1, 1, 0, 0, 0, 0, time.UTC), Precision: stages.YearPrecision}
	default:
		return
	}
	return date, final, true
}

func (w *walk) lower(i int) string { return strings.ToLower(w.d.Word(i)) }

func (w *walk) before(i int, s stages.Sentence, words ...string) bool {
	if i <= s.First {
		return false
	}
	prev := w.lower(i - 1)
	for _, x := range words {
		if prev == x {
			return true
		}
	}
	return false
}

func number(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
		if n > 1e6 {
			return 0, false
		}
	}
	return n, len(s) > 0
}

// dayNumber reads a day of the month: "5", "5th".
func (w *walk) dayNumber(i int, s stages.Sentence) (int, bool) {
	if i < s.First || i >= s.Last || !w.d.Tokens[i].Is(lexicons.Digit) {
		return 0, false
	}
	word := strings.TrimRight(strings.ToLower(w.d.Word(i)), "stndrh")
	n, ok := number(word)
	return n, ok && n >= 1 && n <= 31
}

// year reads ", 2014" or "2014" at token i.
func (w *walk) year(i int, s stages.Sentence) (year, last int) {
	if i < s.Last && w.d.Word(i) == "," {
		i++
	}
	if i < s.Last && w.d.Tokens[i].Is(lexicons.Digit) && len(w.d.Word(i)) == 4 {
		if n, ok := number(w.d.Word(i)); ok && n >= 1900 && n <= 2100 {
			return n, i + 1
		}
	}
	return 0, i
}

// valid reports whether a month has such a day.
func valid(month, day int) bool {
	return int(time.Date(2000, time.Month(month), day, 0, 0, 0, 0, time.UTC).Month()) == month
}

// recentDay returns the day and month in the year that puts it nearest before
// publication; a few weeks ahead are allowed for announcements.
func (w *walk) recentDay(m time.Month, day int) time.Time {
	p := midnight(w.d.Published)
	if p.IsZero() {
		return p
	}
	t := time.Date(p.Year(), m, day, 0, 0, 0, 0, time.UTC)
	if t.After(p.AddDate(0, 2, 0)) {
		t = time.Date(p.Year()-1, m, day, 0, 0, 0, 0, time.UTC)
	}
	return t
}

func (w *walk) recentMonth(m time.Month) time.Time {
	p := midnight(w.d.Published)
	t := time.Date(p.Year(), m, 1, 0, 0, 0, 0, time.UTC)
	if t.After(p) {
		t = time.Date(p.Year()-1, m, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// future reports whether an expression stands in a clause about the future
// ("will visit on Tuesday", "scheduled for May 3"), or lies after publication.
func (w *walk) future(first, last int, s stages.Sentence) bool {
	d := w.d
	for i := first - 1; i >= s.First && first-i < 12; i-- {
		if d.Tokens[i].Is(lexicons.Punct) && !d.Tokens[i].Is(lexicons.Quote) && d.Word(i) != "-" {
			return false
		}
		switch d.Tags[i] {
		case lexicons.Past, lexicons.Participle:
			switch w.lower(i) {
			case "scheduled", "due", "expected", "planned", "slated", "set":
				return true
			}
			return false
		case lexicons.Aux:
			switch w.lower(i) {
			case "will", "would", "shall", "'ll":
				return true
			}
		case lexicons.Base:
			return i > s.First && (w.lower(i-1) == "to" || w.lower(i-1) == "will")
		}
		switch w.lower(i) {
		case "scheduled", "due", "until", "by", "from", "next", "upcoming":
			return true
		}
	}
	return false
}

// anniversary reports whether an expression names a recurring day.
func (w *walk) anniversary(words map[int]lexicons.Match, first, last int, s stages.Sentence) bool {
	for i := max(s.First, first-4); i < min(s.Last, last+3); i++ {
		if k, _, _ := w.kind(words, i); k == "notevent" && i >= first-4 {
			return true
		}
	}
	return false
}
