package date

import (
	"strings"
	"time"

	"detente/lexicons"
	"detente/stages"
)

// read reads one expression at token i of the sentence in hand; last is the
// token behind it.
func (w *walk) read(i int) (date stages.Date, last int, ok bool) {
	for _, x := range w.words {
		if x.first != i {
			continue
		}
		switch x.kind {
		case "month":
			date, last, ok = w.month(x)
		case "weekday":
			date, last, ok = w.weekday(x)
		case "day":
			date, last, ok = onDay(w.day.AddDate(0, 0, x.value)), x.last, !w.day.IsZero()
		case "same":
			if !w.last.Time.IsZero() {
				date, ok = shift(w.last, x.value, 1)
				last = x.last
			}
		case "last":
			date, last, ok = w.previous(x)
		case "this":
			date, last, ok = w.current(x)
		case "following":
			date, last, ok = w.following(x)
		case "number":
			date, last, ok = w.ago(x.last, x.value)
		case "feast":
			date, last, ok = onDay(w.recentDay(time.Month(x.value/100), x.value%100)), x.last, !w.day.IsZero()
		case "just":
			date, last, ok = w.just(x)
		case "season":
			date, last, ok = w.season(x)
		}
		if ok {
			return date, last, ok
		}
	}
	if w.d.Tokens[i].Is(lexicons.Digit) {
		return w.digits(i)
	}
	return date, i, false
}

// month reads "January 28-29, 2014", "September 2008", "15 January", "June".
func (w *walk) month(x word) (date stages.Date, last int, ok bool) {
	d, s := w.d, w.sent
	month, end := time.Month(x.value), x.last
	if !d.Tokens[x.first].Is(lexicons.Cap) {
		return
	}
	if end+1 < s.Last && d.Word(end) == "." && !d.Tokens[end].Is(lexicons.Space) && d.Tokens[end+1].Is(lexicons.Digit) {
		end++
	}
	if day, ok := w.dayNumber(end); ok {
		last = end + 1
		if last+1 < s.Last && (d.Word(last) == "-" || d.Word(last) == "–" || d.Word(last) == "and" || d.Word(last) == "to") {
			if until, ok := w.dayNumber(last + 1); ok && until > day {
				day, last = until, last+2
			}
		}
		return w.dayOf(month, day, last)
	}
	if before := x.first - 1; before >= s.First {
		if w.lower(before) == "of" { // "the 28th of January"
			before--
		}
		if day, ok := w.dayNumber(before); ok {
			return w.dayOf(month, day, end)
		}
	}
	if year, after := w.year(end); year != 0 {
		return inMonth(dateOf(year, month)), after, true
	}
	if after, ok := w.at(end, "this"); ok { // "in January this year"
		if u, ok := w.at(after.last, "unit"); ok && u.value == 365 && !w.day.IsZero() {
			return inMonth(dateOf(w.day.Year(), month)), u.last, true
		}
	}
	prev := x.first - 1
	lastOne := w.is(prev, "last")
	if month == time.May && !lastOne && !w.is(prev, "part") && !w.is(prev, "this") && (prev < s.First || d.Tags[prev]&lexicons.Prep == 0) {
		return // "May" is mostly a verb or a name
	}
	if w.day.IsZero() {
		return
	}
	if w.is(prev, "following") || w.is(prev, "next") && !w.last.Time.IsZero() && w.last.Time.Year() < w.day.Year() {
		t := dateOf(w.last.Time.Year(), month) // "the next January"
		if !t.After(w.last.Time) {
			t = dateOf(w.last.Time.Year()+1, month)
		}
		return inMonth(t), end, !w.last.Time.IsZero()
	}
	return inMonth(w.inPassage(w.recentMonth(month, lastOne))), end, true
}

// dayOf is a day of a month, in the year that may follow at token i.
func (w *walk) dayOf(month time.Month, day, i int) (stages.Date, int, bool) {
	if !valid(int(month), day) {
		return stages.Date{}, i, false
	}
	year, after := w.year(i)
	if year == 0 {
		return onDay(w.inPassage(w.recentDay(month, day))), i, true
	}
	return onDay(date(year, month, day)), after, true
}

func dateOf(year int, month time.Month) time.Time { return date(year, month, 1) }

// inPassage gives a day or month without a year the year of the passage, where
// that tells of a year long past: "In July 1941 … In September …".
func (w *walk) inPassage(t time.Time) time.Time {
	p := w.passage
	if w.n-p.sentence > 1 || p.paragraph != w.sent.Paragraph || p.date.Time.IsZero() || p.date.Time.Year() >= w.day.Year()-1 {
		return t
	}
	return date(p.date.Time.Year(), t.Month(), t.Day())
}

// weekday is the last such day up to publication, that day included.
func (w *walk) weekday(x word) (date stages.Date, last int, ok bool) {
	if w.day.IsZero() || !w.d.Tokens[x.first].Is(lexicons.Cap) {
		return
	}
	back := (int(w.day.Weekday()) - x.value + 7) % 7
	switch prev := x.first - 1; {
	case w.is(prev, "next"):
		back -= 7
	case back == 0 && w.is(prev, "last"):
		back = 7
	}
	return onDay(w.day.AddDate(0, 0, -back)), x.last, true
}

// previous reads "last month", "last week", "last year".
func (w *walk) previous(x word) (date stages.Date, last int, ok bool) {
	if w.day.IsZero() {
		return
	}
	u, ok := w.at(x.last, "unit")
	if !ok || w.plural(u) {
		return date, last, false
	}
	switch u.value {
	case 7:
		date = inWeek(w.day.AddDate(0, 0, -7))
	case 2: // the weekend
		date = inMonth(w.day.AddDate(0, 0, -int(w.day.Weekday())-1))
	case 30:
		date = inMonth(dateOf(w.day.Year(), w.day.Month()-1))
	case 365:
		date = inYear(w.day.Year() - 1)
	default:
		return date, last, false
	}
	return date, u.last, true
}

func (w *walk) plural(u word) bool { return strings.HasSuffix(w.lower(u.last-1), "s") }

// current reads "this month", "earlier this year".
func (w *walk) current(x word) (date stages.Date, last int, ok bool) {
	if w.day.IsZero() {
		return
	}
	u, ok := w.at(x.last, "unit")
	if !ok {
		return date, last, false
	}
	switch u.value {
	case 7, 30:
		date = inMonth(w.day)
	case 365:
		date = inYear(w.day.Year())
	default:
		return date, last, false
	}
	return date, u.last, true
}

// following reads "the following year", "the next month", counted from the
// date told before.
func (w *walk) following(x word) (date stages.Date, last int, ok bool) {
	u, ok := w.at(x.last, "unit")
	if !ok || w.last.Time.IsZero() || w.plural(u) {
		return date, last, false
	}
	date, ok = shift(w.last, x.value, u.value)
	return date, u.last, ok
}

// just reads "have just spoken": today.
func (w *walk) just(x word) (date stages.Date, last int, ok bool) {
	if x.first == w.sent.First || x.last == w.sent.Last || w.d.Tags[x.last]&lexicons.Participle == 0 || auxiliary(w.lower(x.first-1)) != perfect {
		return
	}
	return onDay(w.day), x.last, !w.day.IsZero()
}

// season gives "in the spring", "last autumn" their year.
func (w *walk) season(x word) (date stages.Date, last int, ok bool) {
	prev := x.first - 1
	if w.day.IsZero() || prev < w.sent.First || x.last < w.sent.Last && w.d.Tags[x.last]&lexicons.Noun != 0 {
		return // "the spring offensive"
	}
	if year, after := w.year(x.last); year != 0 {
		return inYear(year), after, true
	}
	if w.lower(prev) == "the" && prev > w.sent.First {
		prev--
	}
	if !w.is(prev, "last") && !w.is(prev, "this") && w.d.Tags[prev]&lexicons.Prep == 0 {
		return // "recalled the spring"
	}
	return inYear(w.recentMonth(time.Month(x.value), w.is(prev, "last")).Year()), x.last, true
}

// ago reads what follows a number: "years ago", "days later", "weeks earlier".
func (w *walk) ago(i, n int) (date stages.Date, last int, ok bool) {
	u, ok := w.at(i, "unit")
	if !ok || u.last >= w.sent.Last || w.day.IsZero() {
		return date, i, false
	}
	if x, ok := w.at(u.last, "ago"); ok && !(x.value == 0 && w.last.Time.IsZero()) {
		from := onDay(w.day)
		if x.value == 0 {
			from = w.last // "a year earlier"
		}
		date, ok = shift(from, -n, u.value)
		return date, x.last, ok
	}
	if x, ok := w.at(u.last, "later"); ok && !w.last.Time.IsZero() {
		date, ok = shift(w.last, n, u.value)
		return date, x.last, ok
	}
	return date, i, false
}

// digits reads "2014-01-28", "3 years ago", "in 1996".
func (w *walk) digits(i int) (date stages.Date, last int, ok bool) {
	d, s := w.d, w.sent
	n, isNumber := number(d.Word(i))
	if !isNumber {
		return
	}
	if t, last, ok := w.iso(i); ok {
		return onDay(t), last, true
	}
	if n < 100 {
		return w.ago(i+1, n)
	}
	if n < 1900 || n > 2100 || len(d.Word(i)) != 4 || !w.day.IsZero() && n > w.day.Year() {
		return
	}
	prev, next := i-1, lexicons.POS(0)
	if i+1 < s.Last && !d.Tokens[i+1].Is(lexicons.Cap) {
		next = d.Tags[i+1]
	}
	switch {
	case i == s.First, w.is(prev, "part"):
	case d.Tags[prev]&lexicons.Prep != 0:
		if next&(lexicons.Noun|lexicons.Adj) != 0 && !w.is(i+1, "same") {
			return // "of 2000 troops"
		}
	case d.Tags[prev]&lexicons.Det != 0 && w.is(i+1, "scene"): // "in a 1994 interview"
		if i-1 == s.First || d.Tags[prev-1]&lexicons.Prep == 0 {
			return
		}
	default:
		return
	}
	return inYear(n), i + 1, true
}

// iso reads "2014-01-28".
func (w *walk) iso(i int) (t time.Time, last int, ok bool) {
	if i+5 > w.sent.Last || w.d.Word(i+1) != "-" || w.d.Word(i+3) != "-" {
		return t, i, false
	}
	t, err := time.Parse(time.DateOnly, w.d.Text(i, i+5))
	return t, i + 5, err == nil
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
func (w *walk) dayNumber(i int) (int, bool) {
	if i < w.sent.First || i >= w.sent.Last || !w.d.Tokens[i].Is(lexicons.Digit) {
		return 0, false
	}
	n, ok := number(strings.TrimRight(w.lower(i), "stndrh"))
	return n, ok && n >= 1 && n <= 31
}

// year reads ", 2014" or "2014" at token i, 0 for none.
func (w *walk) year(i int) (year, last int) {
	if i < w.sent.Last && w.d.Word(i) == "," {
		i++
	}
	if i < w.sent.Last && w.d.Tokens[i].Is(lexicons.Digit) && len(w.d.Word(i)) == 4 {
		if n, ok := number(w.d.Word(i)); ok && n >= 1900 && n <= 2100 {
			return n, i + 1
		}
	}
	return 0, i
}
