package window

// Comparison says how the tone of a dyad differs between two windows.
type Comparison struct {
	Dyad          Dyad
	Before, After Summary
	Difference    float64 // After.Mean - Before.Mean; NaN if a window is empty
	Low, High     float64 // interval of Difference; NaN if a window has fewer than two documents
	Delta         float64 // Cliff's delta of statements: P(after > before) - P(after < before), -1 … 1
	P             float64 // two-sided permutation p; NaN if a window is empty
	Q             float64 // P adjusted over all comparisons; NaN as P
	Shown         bool    // Q is below the level: a difference is shown
	Undated       int     // statements of the dyad left out because they have no date
	Warnings      []Warning
}

// Compare compares two windows for each sample, in the order of the samples.
// Windows that overlap are allowed: their common statements count in both.
func Compare(samples []Sample, before, after Range, opt Options) []Comparison {
	opt = opt.withDefaults()
	list := make([]Comparison, len(samples))
	parallel(len(samples), func(i int) { list[i] = compare(&samples[i], before, after, opt) })
	Adjust(list, opt)
	return list
}

// Adjust sets Q and Shown of comparisons, of whatever samples and windows, as
// one family of tests.
func Adjust(list []Comparison, opt Options) {
	opt = opt.withDefaults()
	p := make([]float64, len(list))
	for i := range list {
		p[i] = list[i].P
	}
	for i, q := range falseDiscoveryRates(p) {
		list[i].Q = q
		list[i].Shown = q < opt.Level // false for NaN
	}
}

func compare(s *Sample, before, after Range, opt Options) Comparison {
	b, leftBefore := within(s.Tones, before)
	a, leftAfter := within(s.Tones, after)
	c := Comparison{
		Dyad: s.Dyad, Before: summarize(b, before, leftBefore, opt.Weight), After: summarize(a, after, leftAfter, opt.Weight),
		Low: noNumber, High: noNumber, P: noNumber, Q: noNumber, Undated: s.Undated,
	}
	c.Difference = c.After.Mean - c.Before.Mean
	c.Delta = cliffsDelta(weighted(a, opt.Weight), weighted(b, opt.Weight))
	pair := newClusters(b, a, opt.Weight)
	c.Before.Documents, c.After.Documents = pair.documents()
	for side, sum := range []*Summary{&c.Before, &c.After} {
		one := pair.only(side)
		sum.Low, sum.High = one.interval(opt, opt.random(s.Dyad, []string{"before", "after"}[side]))
	}
	c.Low, c.High = pair.interval(opt, opt.random(s.Dyad, "difference"))
	c.P = pair.permutationP(opt, opt.random(s.Dyad, "permutation"))
	c.Warnings = warningsOf(&c, b, a)
	return c
}
