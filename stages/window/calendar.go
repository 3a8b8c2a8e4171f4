package window

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"
)

// Unit is the length of the windows of a Calendar.
type Unit string

// The units of the calendar. Weeks begin on Monday.
const (
	EveryDay Unit = "day"
	Week     Unit = "week"
	Month    Unit = "month"
	Quarter  Unit = "quarter"
	Year     Unit = "year"
)

// Calendar cuts time into windows: by a Unit of the calendar, or, where Unit
// is empty, windows of Days that begin Step days after each other and so
// overlap if Step is smaller.
type Calendar struct {
	Unit       Unit
	Days, Step int
}

// ParseCalendar reads "week" or "14d", and the step "1d"; step "" is the
// window's own length.
func ParseCalendar(every, step string) (Calendar, error) {
	switch u := Unit(every); u {
	case EveryDay, Week, Month, Quarter, Year:
		if step != "" {
			return Calendar{}, fmt.Errorf("windows of a %s have no step", u)
		}
		return Calendar{Unit: u}, nil
	}
	days, err := ParseDays(every)
	if err != nil {
		return Calendar{}, fmt.Errorf("%w, nor day, week, month, quarter or year", err)
	}
	c := Calendar{Days: days, Step: days}
	if step != "" {
		if c.Step, err = ParseDays(step); err != nil {
			return Calendar{}, err
		}
		if c.Step > c.Days {
			return Calendar{}, fmt.Errorf("a step of %s leaves days out between windows of %s", step, every)
		}
	}
	return c, nil
}

// ParseDays reads a number of days, "14d".
func ParseDays(s string) (int, error) {
	digits, ok := strings.CutSuffix(s, "d")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > 100_000 {
		return 0, fmt.Errorf("%q is no number of days such as 14d", s)
	}
	return n, nil
}

// Rolling reports whether windows overlap.
func (c Calendar) Rolling() bool { return c.Unit == "" && c.Step < c.Days }

// bins is the calendar without overlap: windows as long as the step.
func (c Calendar) bins() Calendar {
	if c.Unit == "" {
		c.Days = c.Step
	}
	return c
}

// Windows yields the windows from the one that holds r.From to the one that
// holds r.To. Windows of a number of days begin at r.From.
func (c Calendar) Windows(r Range) iter.Seq[Range] {
	return func(yield func(Range) bool) {
		w := c.around(r.From)
		for w.From <= r.To && yield(w) {
			if c.Unit != "" {
				w = c.around(w.To + 1)
				continue
			}
			// The last window ends at or after r.To; later ones would say nothing new.
			if w.To >= r.To {
				return
			}
			w = Range{w.From + Day(c.Step), w.To + Day(c.Step)}
		}
	}
}

// around is the window that holds day d, or begins at d if windows are
// counted in days.
func (c Calendar) around(d Day) Range {
	t := d.Time()
	y, m, _ := t.Date()
	switch c.Unit {
	case EveryDay:
		return Range{d, d}
	case Week:
		monday := d - Day((t.Weekday()+6)%7)
		return Range{monday, monday + 6}
	case Month:
		return months(y, m, 1)
	case Quarter:
		return months(y, m-(m-1)%3, 3)
	case Year:
		return months(y, 1, 12)
	}
	return Range{d, d + Day(c.Days) - 1}
}

// months is the span of n months from the first of month m.
func months(y int, m time.Month, n int) Range {
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	return Range{DayOf(first), DayOf(first.AddDate(0, n, 0)) - 1}
}
