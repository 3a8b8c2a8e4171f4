package ingest

import (
	"strconv"
	"strings"
	"time"
)

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
