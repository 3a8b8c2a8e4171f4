package ingest

import (
	"strconv"
	"strings"
	"time"
)

// dateParser reads a date from the front of s.
type dateParser struct {
	s                    string
	year, month, day     int
	hour, minute, second int
	nano                 int
	zone                 *time.Location
	needYear             bool // it stands after the clock, as in ctime
	ambiguous            bool
	unknownZone          bool
}

// time puts the parts together.
func (p *dateParser) time() (time.Time, string) {
	if p.year < minYear || p.year > maxYear {
		return time.Time{}, WarnDateRange
	}
	t := time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, p.nano, time.UTC)
	if t.Month() != time.Month(p.month) || t.Day() != p.day { // February 30
		return time.Time{}, WarnUnreadableDate
	}
	_, offset := t.In(p.zone).Zone()
	if t = t.Add(-time.Duration(offset) * time.Second); !inRange(t) {
		return time.Time{}, WarnDateRange
	}
	if p.unknownZone {
		return t, WarnUnknownZone
	}
	return t, ""
}

// date reads the day, month and year.
func (p *dateParser) date() bool {
	word := p.word()
	if isName(word, weekdays) > 0 {
		p.skip(" ,.")
		word = p.word()
	}
	if word != "" {
		return p.monthFirst(word)
	}
	switch n, width := p.number(); {
	case width == 4:
		return p.yearFirst(n)
	case width == 8: // 20140205T101500
		p.year, p.month, p.day = n/10000, n/100%100, n%100
		return true
	case width == 1 || width == 2:
		return p.dayFirst(n)
	}
	return false
}

// yearFirst reads the rest of 2014-02-05.
func (p *dateParser) yearFirst(year int) bool {
	p.year = year
	sep := p.take("-/.")
	month, w1 := p.number()
	if sep == "" || p.take(sep) == "" {
		return false
	}
	day, w2 := p.number()
	p.month, p.day = month, day
	return 1 <= w1 && w1 <= 2 && 1 <= w2 && w2 <= 2
}

// monthFirst reads the rest of "February 5, 2014" and "Feb  5 10:15:00 2014".
func (p *dateParser) monthFirst(name string) bool {
	if p.month = isName(name, months); p.month == 0 {
		return false
	}
	p.skip(" .")
	day, width := p.number()
	if p.day = day; width != 1 && width != 2 {
		return false
	}
	p.ordinal()
	p.skip(" ,")
	if len(p.s) > 2 && (p.s[1] == ':' || p.s[2] == ':') {
		p.needYear = true
		return true
	}
	p.year, width = p.number()
	return width == 4
}

// dayFirst reads the rest of "5 February 2014", "8-APR-1987", "05 Feb 14" (as
// RFC 822 has it) and, where only one order makes sense, "25/02/2014".
func (p *dateParser) dayFirst(first int) bool {
	p.day = first
	p.ordinal()
	if sep := p.take("/.-"); sep != "" && len(p.s) > 0 && isDigit(p.s[0]) {
		second, _ := p.number()
		if p.take(sep) == "" {
			return false
		}
		year, width := p.number()
		p.year = year
		p.ambiguous = first <= 12 && second <= 12 && first != second
		if p.month = second; second > 12 {
			p.month, p.day = first, second
		}
		return width == 4 && !p.ambiguous
	}
	p.skip(" -")
	p.s = strings.TrimPrefix(p.s, "of ")
	if p.month = isName(p.word(), months); p.month == 0 {
		return false
	}
	p.skip(" -.,")
	year, width := p.number()
	switch p.year = year; {
	case width == 4:
		return true
	case width == 2 && year >= 69: // as in POSIX
		p.year += 1900
		return true
	case width == 2:
		p.year += 2000
		return true
	}
	return false
}

// number reads digits. The width is 0 if there are none, or too many for a
// date.
func (p *dateParser) number() (n, width int) {
	rest := strings.TrimLeft(p.s, "0123456789")
	digits := p.s[:len(p.s)-len(rest)]
	if len(digits) > 8 {
		return 0, 0
	}
	p.s = rest
	n, _ = strconv.Atoi(digits)
	return n, len(digits)
}

// word reads letters.
func (p *dateParser) word() string {
	i := 0
	for i < len(p.s) && ('a' <= p.s[i]|0x20 && p.s[i]|0x20 <= 'z') {
		i++
	}
	word := p.s[:i]
	p.s = p.s[i:]
	return word
}

// ordinal passes over the th of 5th.
func (p *dateParser) ordinal() {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if rest, ok := strings.CutPrefix(p.s, suffix); ok {
			p.s = rest
			return
		}
	}
}

// take passes over one of the bytes and returns it, "" if another is next.
func (p *dateParser) take(bytes string) string {
	if p.s == "" || strings.IndexByte(bytes, p.s[0]) < 0 {
		return ""
	}
	b := p.s[:1]
	p.s = p.s[1:]
	return b
}

// skip passes over all of the bytes.
func (p *dateParser) skip(bytes string) { p.s = strings.TrimLeft(p.s, bytes) }
