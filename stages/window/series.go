package window

// Series is the tone of a dyad in one window after the other.
type Series struct {
	Dyad    Dyad
	Points  []Summary // every window, empty ones included
	Changes []Change  // in the order of time
	Undated int       // statements of the dyad left out because they have no date
}

// Change is a day from which on the tone of a series is another.
type Change struct {
	At            Day     // the first day of the first window with the new tone
	Before, After float64 // mean tone in the stretches before and after, up to the next change
}

// Trend cuts a sample into windows over the given range and looks for change
// points. Rolling windows share statements, so their change points are looked
// for in windows as long as the step.
func Trend(s Sample, calendar Calendar, over Range, opt Options) Series {
	opt = opt.withDefaults()
	series := Series{Dyad: s.Dyad, Undated: s.Undated, Changes: changes(&s, calendar.bins(), over, opt)}
	tones := byDay(s.Tones)
	for w := range calendar.Windows(over) {
		series.Points = append(series.Points, Summary{Window: w})
	}
	parallel(len(series.Points), func(i int) {
		w := series.Points[i].Window
		in := tones.within(w)
		p := summarize(in, w, tones.imprecise(w), opt.Weight)
		one := oneWindow(in, opt.Weight)
		p.Documents, _ = one.documents()
		p.Low, p.High = one.interval(opt, opt.random(s.Dyad, w.String()))
		series.Points[i] = p
	})
	return series
}
