package window

import (
	"fmt"
	"strings"
	"time"
)

// Day counts days since 1970-01-01, as Arrow's date32 does.
type Day int32

// FirstDay and LastDay stand for a window without a beginning or end.
const (
	FirstDay Day = -1 << 20
	LastDay  Day = 1<<21 + 1<<20
)

const layout = "2006-01-02"

// DayOf is the day of a time in UTC.
func DayOf(t time.Time) Day {
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= 86399 // round down
	}
	return Day(seconds / 86400)
}

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is YYYY-MM-DD, "" for FirstDay and LastDay.
func (d Day) String() string {
	if d == FirstDay || d == LastDay {
		return ""
	}
	return d.Time().Format(layout)
}

// Range is a span of days, both ends included.
type Range struct{ From, To Day }

// String is "2014-01-15..2014-01-27".
func (r Range) String() string { return r.From.String() + ".." + r.To.String() }

// Holds reports whether all of o lies within r.
func (r Range) Holds(o Range) bool { return r.From <= o.From && o.To <= r.To }

// Overlaps reports whether r and o share a day.
func (r Range) Overlaps(o Range) bool { return r.From <= o.To && o.From <= r.To }

// Days is the length in days.
func (r Range) Days() int { return int(r.To-r.From) + 1 }

// ParseRange reads "2014-01-15..2014-01-27". Either end may be a month or a
// year, which stands for its first or last day, or be missing; without ".."
// the whole is one day, month or year.
func ParseRange(s string) (Range, error) {
	from, to, ok := strings.Cut(s, "..")
	if !ok {
		return parsePeriod(s)
	}
	r := Range{FirstDay, LastDay}
	if from == "" && to == "" {
		return r, fmt.Errorf("%q names no day", s)
	}
	if from != "" {
		p, err := parsePeriod(from)
		if err != nil {
			return r, err
		}
		r.From = p.From
	}
	if to != "" {
		p, err := parsePeriod(to)
		if err != nil {
			return r, err
		}
		r.To = p.To
	}
	if r.To < r.From {
		return r, fmt.Errorf("%s ends before it begins", s)
	}
	return r, nil
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("%q is no date", s)
	}
	return DayOf(t), nil
}

// parsePeriod reads a day, month or year.
func parsePeriod(s string) (Range, error) {
	for _, form := range []struct {
		layout string
		unit   Unit
	}{{layout, EveryDay}, {"2006-01", Month}, {"2006", Year}} {
		if t, err := time.Parse(form.layout, s); err == nil {
			return Calendar{Unit: form.unit}.around(DayOf(t)), nil
		}
	}
	return Range{}, fmt.Errorf("%q is no date", s)
}
