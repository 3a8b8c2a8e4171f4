package ingest

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Years outside of these are placeholders (0000-00-00, 9999-12-31) or typing
// errors, not dates of news.
const (
	minYear = 1000
	maxYear = 2100
)

// parseDate reads a date of publication, in UTC, and what is odd about it: a
// warning. The time is zero if the date cannot be read without guessing. It
// reads
//
//	2014-02-05T10:15:00Z   2014-02-05 10:15   2014/2/5   20140205T101500Z
//	Wed, 05 Feb 2014 10:15:00 GMT   5 February 2014    8-APR-1987 13:06:07.32
//	February 5, 2014   Feb. 5th, 2014 at 10:15 am EST   Wed Feb  5 10:15:00 2014
//	1391595300 and 1391595300000, seconds and milliseconds since 1970
//
// A time without a zone is taken as UTC. 02/05/2014 may be February or May and
// is not read; 25/02/2014 is.
func parseDate(s string) (time.Time, string) {
	s = strings.TrimSpace(s)
	if t, warning, ok := numericDate(s); ok {
		return t, warning
	}
	p := dateParser{s: s, zone: time.UTC}
	if !p.date() || !p.clock() || !p.yearAfterClock() || p.s != "" {
		if p.ambiguous {
			return time.Time{}, WarnAmbiguousDate
		}
		return time.Time{}, WarnUnreadableDate
	}
	return p.time()
}

// numericDate reads what is a number alone: 20140205, 20140205101500, or the
// time since 1970. As such a time 20140205 would be a day of August 1970.
func numericDate(s string) (t time.Time, warning string, ok bool) {
	if strings.Trim(s, "0123456789") == "" && (len(s) == len("20060102") || len(s) == len("20060102150405")) {
		t, err := time.Parse("20060102150405"[:len(s)], s)
		if err == nil && inRange(t) {
			return t, "", true
		}
		if len(s) == len("20060102") {
			return time.Time{}, WarnUnreadableDate, true
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) {
		return time.Time{}, "", false
	}
	// 1e11 is the year 5138 in seconds and 1973 in milliseconds. Some write
	// micro- or nanoseconds.
	for range 3 {
		if math.Abs(n) >= 1e11 {
			n /= 1000
		}
	}
	if math.Abs(n) >= 1e11 {
		return time.Time{}, WarnDateRange, true
	}
	if math.Abs(n) < 1e8 { // before 1973: rather a year, or no date at all
		return time.Time{}, WarnUnreadableDate, true
	}
	sec, frac := math.Modf(n)
	t = time.Unix(int64(sec), int64(math.Round(frac*1e6))*1e3).UTC()
	if !inRange(t) {
		return time.Time{}, WarnDateRange, true
	}
	return t, "", true
}

func inRange(t time.Time) bool { return minYear <= t.Year() && t.Year() <= maxYear }

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
	if strings.HasPrefix(p.s, "of ") {
		p.s = p.s[len("of "):]
	}
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

// yearAfterClock reads the year of "Feb  5 10:15:00 2014".
func (p *dateParser) yearAfterClock() bool {
	if !p.needYear {
		return true
	}
	p.skip(" ,")
	year, width := p.number()
	p.year = year
	return width == 4
}

// clock reads the time of day with its zone, if there is one.
func (p *dateParser) clock() bool {
	p.skip(" ,")
	if p.take("Tt") == "" {
		p.s = strings.TrimPrefix(p.s, "at ")
	}
	if p.s == "" {
		return true
	}
	if !p.hands() || !p.half() {
		return false
	}
	return p.zoneOffset() && p.hour < 24 && p.minute < 60 && p.second < 60
}

// hands reads 10:15, 10:15:00.5 and 101500.
func (p *dateParser) hands() bool {
	n, width := p.number()
	switch width {
	case 6:
		p.hour, p.minute, p.second = n/10000, n/100%100, n%100
		return p.fraction()
	case 4:
		p.hour, p.minute = n/100, n%100
		return true
	case 1, 2:
		p.hour = n
		if p.take(":") == "" {
			return false
		}
	default:
		return false
	}
	if p.minute, width = p.number(); width != 2 {
		return false
	}
	if p.take(":") == "" {
		return true
	}
	if p.second, width = p.number(); width != 2 {
		return false
	}
	return p.fraction()
}

// fraction reads the fraction of a second, to the microsecond that the tables
// hold.
func (p *dateParser) fraction() bool {
	if len(p.s) < 2 || p.s[0] != '.' && p.s[0] != ',' || !isDigit(p.s[1]) {
		return true
	}
	digits := p.s[1:]
	digits = digits[:len(digits)-len(strings.TrimLeft(digits, "0123456789"))]
	p.s = p.s[1+len(digits):]
	micro, _ := strconv.Atoi((digits + "000000")[:6])
	p.nano = micro * 1000
	return true
}

// half reads "am" and "p.m.".
func (p *dateParser) half() bool {
	rest := strings.ReplaceAll(strings.ToLower(strings.TrimLeft(p.s, " ")), ".", "")
	if !strings.HasPrefix(rest, "am") && !strings.HasPrefix(rest, "pm") {
		return true
	}
	if p.hour == 0 || p.hour > 12 {
		return false
	}
	p.hour %= 12
	if rest[0] == 'p' {
		p.hour += 12
	}
	p.skip(" ")
	p.s = p.s[1:] // a or p, and m with its dots
	p.skip(".mM")
	return p.s == "" || p.s[0] == ' ' || p.s[0] == ','
}

// zoneOffset reads Z, GMT, EST, +01:00, -0500, "GMT+0100" and the like.
func (p *dateParser) zoneOffset() bool {
	p.skip(" ,")
	if p.needYear && len(p.s) > 0 && isDigit(p.s[0]) {
		return true
	}
	if name := strings.ToUpper(p.word()); name != "" {
		offset, known := zones[name]
		p.zone = time.FixedZone(name, int(offset*3600))
		p.unknownZone = !known
		p.skip(" ")
	}
	if sign := p.take("+-"); sign != "" {
		hours, width := p.number()
		minutes := 0
		switch {
		case width == 4:
			hours, minutes = hours/100, hours%100
		case width != 2:
			return false
		case p.take(":") != "":
			if minutes, width = p.number(); width != 2 {
				return false
			}
		}
		offset := hours*3600 + minutes*60
		if hours > 15 || minutes > 59 {
			return false
		}
		if sign == "-" {
			offset = -offset
		}
		p.zone, p.unknownZone = time.FixedZone("", offset), false
	}
	p.comment()
	return true
}

// comment passes over the zone's name after its offset: "+0100 (CET)".
func (p *dateParser) comment() {
	rest := strings.TrimLeft(p.s, " ")
	if strings.HasPrefix(rest, "(") && strings.IndexByte(rest, ')') == len(rest)-1 {
		p.s = ""
	} else if rest == "UTC" {
		p.s = "" // as Go prints it: 2014-02-05 10:15:00 +0000 UTC
	}
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
