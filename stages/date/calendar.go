package date

import (
	"time"

	"detente/stages"
)

func midnight(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, day := t.UTC().Date()
	return date(y, m, day)
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// valid reports whether a month of some year has such a day.
func valid(month, day int) bool {
	return date(2000, time.Month(month), day).Month() == time.Month(month)
}

func onDay(t time.Time) stages.Date { return stages.Date{Time: t, Precision: stages.DayPrecision} }

func inMonth(t time.Time) stages.Date {
	return stages.Date{Time: date(t.Year(), t.Month(), 1), Precision: stages.MonthPrecision}
}

func inYear(year int) stages.Date {
	return stages.Date{Time: date(year, 1, 1), Precision: stages.YearPrecision}
}

// inWeek gives a week the month of its Thursday, as ISO 8601 gives it its year.
func inWeek(t time.Time) stages.Date {
	return inMonth(t.AddDate(0, 0, 4-(int(t.Weekday())+6)%7-1))
}

// ahead is how far after publication a day without a year may lie, as
// announcements have it; else it is the last one.
const ahead = 2 // months

// recentDay returns a day and month in the year that puts it nearest before
// publication.
func (w *walk) recentDay(m time.Month, day int) time.Time {
	if w.day.IsZero() {
		return w.day
	}
	t := date(w.day.Year(), m, day)
	if t.After(w.day.AddDate(0, ahead, 0)) {
		t = date(w.day.Year()-1, m, day)
	}
	return t
}

// recentMonth returns the last such month up to publication; strictly before
// it, where last is set: "last May".
func (w *walk) recentMonth(m time.Month, last bool) time.Time {
	t := date(w.day.Year(), m, 1)
	if t.After(w.day) || last && m == w.day.Month() {
		t = date(w.day.Year()-1, m, 1)
	}
	return t
}

// shift moves a date by n units of size days. The result is as precise as the
// coarser of the date and the unit.
func shift(from stages.Date, n, size int) (to stages.Date, ok bool) {
	t := from.Time
	switch {
	case n == 0:
		return stages.Date{Time: t, Precision: from.Precision}, true
	case from.Precision == stages.YearPrecision && size < 365:
		return inYear(t.Year()), n*size < 180
	case from.Precision == stages.MonthPrecision && size < 30:
		return inMonth(t), n*size < 15
	case size == 365:
		return inYear(t.Year() + n), true
	case size == 30:
		return inMonth(date(t.Year(), t.Month(), 1).AddDate(0, n, 0)), true
	case size == 1, size == 7, size == 14:
		return onDay(t.AddDate(0, 0, n*size)), true
	}
	return from, false // a decade
}
