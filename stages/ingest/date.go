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
