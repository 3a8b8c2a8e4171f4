package window

import (
	"strings"
	"testing"
	"time"

	"detente/stages"
)

func TestParseRange(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2014-01-15..2014-01-27", "2014-01-15..2014-01-27"},
		{"2014-01-15", "2014-01-15..2014-01-15"},
		{"2014-02", "2014-02-01..2014-02-28"},
		{"2016", "2016-01-01..2016-12-31"},
		{"2014-01..2014-02", "2014-01-01..2014-02-28"},
		{"..2014", "..2014-12-31"},
		{"2014-01-28..", "2014-01-28.."},
		{"2014-02..2014-01", "error: 2014-02..2014-01 ends before it begins"},
		{"2014-02-30", `error: "2014-02-30" is no date`},
		{"..", `error: ".." names no day`},
		{"", `error: "" is no date`},
		{"last week", `error: "last week" is no date`},
	} {
		r, err := ParseRange(c.in)
		got := r.String()
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestCalendar(t *testing.T) {
	over, err := ParseRange("2013-12-30..2014-02-03")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ every, step, want string }{
		{"week", "", "2013-12-30..2014-01-05 2014-01-06..2014-01-12 2014-01-13..2014-01-19 2014-01-20..2014-01-26 2014-01-27..2014-02-02 2014-02-03..2014-02-09"},
		{"month", "", "2013-12-01..2013-12-31 2014-01-01..2014-01-31 2014-02-01..2014-02-28"},
		{"quarter", "", "2013-10-01..2013-12-31 2014-01-01..2014-03-31"},
		{"year", "", "2013-01-01..2013-12-31 2014-01-01..2014-12-31"},
		{"20d", "", "2013-12-30..2014-01-18 2014-01-19..2014-02-07"},
		{"30d", "3d", "2013-12-30..2014-01-28 2014-01-02..2014-01-31 2014-01-05..2014-02-03"},
		{"7d", "8d", "error: a step of 8d leaves days out between windows of 7d"},
		{"fortnight", "", `error: "fortnight" is no number of days such as 14d, nor day, week, month, quarter or year`},
		{"week", "1d", "error: windows of a week have no step"},
	} {
		calendar, err := ParseCalendar(c.every, c.step)
		var got []string
		if err != nil {
			got = []string{"error: " + err.Error()}
		} else {
			for w := range calendar.Windows(over) {
				got = append(got, w.String())
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("every %s step %s:\n%s, want\n%s", c.every, c.step, strings.Join(got, " "), c.want)
		}
	}
}

func TestDay(t *testing.T) {
	for _, s := range []string{"1969-12-31", "1970-01-01", "0001-01-01", "2016-02-29", "9999-12-31"} {
		d, err := ParseDay(s)
		if err != nil || d.String() != s {
			t.Errorf("%s becomes %s, %v", s, d, err)
		}
	}
	late := time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC)
	if d := DayOf(late); d != -1 {
		t.Errorf("the last second of 1969 is day %d", d)
	}
}

// TestImprecise holds that a statement of "in January" belongs to windows that
// hold all of January, and is counted as left out where they cut it.
func TestImprecise(t *testing.T) {
	january := Span(time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC), stages.MonthPrecision)
	tones := []Tone{{When: january, Value: 0.5, Label: 1}}
	for _, c := range []struct {
		window        string
		in, imprecise int
	}{{"2014", 1, 0}, {"2014-01", 1, 0}, {"2014-01-01..2014-01-30", 0, 1}, {"2014-01-31..2014-02-10", 0, 1}, {"2014-02", 0, 0}} {
		w, err := ParseRange(c.window)
		if err != nil {
			t.Fatal(err)
		}
		in, imprecise := within(tones, w)
		if len(in) != c.in || imprecise != c.imprecise {
			t.Errorf("%s holds %d and cuts %d, want %d and %d", c.window, len(in), imprecise, c.in, c.imprecise)
		}
		sorted := byDay(tones)
		if got := sorted.within(w); len(got) != c.in || sorted.imprecise(w) != c.imprecise {
			t.Errorf("%s, sorted: holds %d and cuts %d", c.window, len(got), sorted.imprecise(w))
		}
	}
}

// TestDeterministic holds that a dyad's figures depend on the seed, and not on
// what else is asked or on the order of goroutines.
func TestDeterministic(t *testing.T) {
	w := world{documents: [2]int{12, 12}, statements: 3, between: 0.2, mean: [2]float64{-0.2, 0.2}}
	first, last := Range{0, 9}, Range{10, 19}
	sample := func(name string, seed uint64) Sample {
		before, after, _ := seeded(w, seed)
		for i := range before {
			before[i].When = Range{3, 3}
		}
		for i := range after {
			after[i].When = Range{13, 13}
		}
		return Sample{Dyad: Dyad{name, "USA"}, Tones: append(before, after...)}
	}
	all := []Sample{sample("VEN", 1), sample("CUB", 2), sample("BOL", 3)}
	opt := Options{Seed: 7, Resamples: 500}
	one, many := Compare(all[1:2], first, last, opt)[0], Compare(all, first, last, opt)[1]
	if one.Low != many.Low || one.P != many.P {
		t.Errorf("alone %v %v, among others %v %v", one.Low, one.P, many.Low, many.P)
	}
	if other := Compare(all[1:2], first, last, Options{Seed: 8, Resamples: 500})[0]; other.Low == one.Low {
		t.Error("another seed gives the same interval")
	}
}

// TestTrend holds that empty windows are gaps, and that a step is found.
func TestTrend(t *testing.T) {
	var s Sample
	for day := range Day(100) {
		if day >= 40 && day < 50 {
			continue
		}
		value := float32(0.4)
		if day >= 60 {
			value = -0.4
		}
		for k := range 3 {
			s.Tones = append(s.Tones, Tone{When: Range{day, day}, Document: uint32(day)*3 + uint32(k), Value: value + float32(k-1)*0.2, Label: 1})
		}
	}
	series := Trend(s, Calendar{Days: 10, Step: 10}, Range{0, 99}, Options{})
	if len(series.Points) != 10 || !series.Points[4].Empty() || series.Points[4].Mean == series.Points[4].Mean {
		t.Errorf("want ten windows, the fifth a gap without a mean: %+v", series.Points)
	}
	if len(series.Changes) != 1 || series.Changes[0].At != 60 {
		t.Fatalf("want one change on day 60: %+v", series.Changes)
	}
	near(t, "mean before", series.Changes[0].Before, 0.4, 1e-6)
	near(t, "mean after", series.Changes[0].After, -0.4, 1e-6)
}
