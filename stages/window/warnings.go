package window

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Warning is a reason to read a comparison with care.
type Warning struct {
	Code string // few-documents, publishers-changed, kinds-changed, undated, imprecise
	Text string // for people
}

// fewDocuments is below how many documents in a window there is a warning.
// Coverage of the interval was measured down to so many.
const fewDocuments = 10

// manyImprecise is the share of statements without a day from which on they
// are worth a warning; a few are in every long window.
const manyImprecise = 0.1

// A mix has changed if shares moved by at least mixShift in all (the total
// variation distance) and chance is no likely reason (chi-squared, mixLevel).
const (
	mixShift = 0.25
	mixLevel = 0.01
)

func warningsOf(c *Comparison, before, after []Tone) (list []Warning) {
	warn := func(code, format string, args ...any) {
		list = append(list, Warning{code, fmt.Sprintf(format, args...)})
	}
	if min(c.Before.Documents, c.After.Documents) < fewDocuments {
		warn("few-documents", "few documents: %d before, %d after", c.Before.Documents, c.After.Documents)
	}
	if shift, ok := mixChanged(publishers(before), publishers(after)); ok {
		warn("publishers-changed", "other publishers: %.0f%% of documents moved between them", 100*shift)
	}
	if shift, ok := mixChanged(kinds(before), kinds(after)); ok {
		warn("kinds-changed", "other kinds of statement: %.0f%% moved between them", 100*shift)
	}
	if c.Undated > 0 {
		warn("undated", "%d undated left out", c.Undated)
	}
	if n := c.Before.Imprecise + c.After.Imprecise; float64(n) > manyImprecise*float64(len(before)+len(after)) {
		warn("imprecise", "%d left out: dated by a month or year that reaches beyond a window", n)
	}
	return list
}

// publishers counts documents by publisher; each counts once.
func publishers(tones []Tone) map[uint16]float64 {
	seen := map[uint32]bool{}
	counts := map[uint16]float64{}
	for i := range tones {
		if t := &tones[i]; !seen[t.Document] {
			seen[t.Document] = true
			counts[t.Publisher]++
		}
	}
	return counts
}

// kinds counts statements by kind, each with the weight of one part of its
// document, so that one long document does not make the mix.
func kinds(tones []Tone) map[Kind]float64 {
	sizes := map[uint32]float64{}
	for i := range tones {
		sizes[tones[i].Document]++
	}
	counts := map[Kind]float64{}
	for i := range tones {
		counts[tones[i].Kind] += 1 / sizes[tones[i].Document]
	}
	return counts
}

// mixChanged tells whether a mix has changed, and by how much.
func mixChanged[K cmp.Ordered](before, after map[K]float64) (shift float64, changed bool) {
	shift, p := mixShifted(before, after)
	return shift, shift >= mixShift && p < mixLevel
}

// mixShifted compares two distributions over the same classes: the total
// variation distance, and p of Pearson's chi-squared test of homogeneity.
func mixShifted[K cmp.Ordered](before, after map[K]float64) (shift, p float64) {
	var names []K
	var b, a float64
	for k := range before {
		names = append(names, k)
	}
	for k := range after {
		if _, ok := before[k]; !ok {
			names = append(names, k)
		}
	}
	slices.Sort(names) // sums must not depend on the order of a map
	for _, k := range names {
		b += before[k]
		a += after[k]
	}
	if a == 0 || b == 0 || len(names) < 2 {
		return 0, 1
	}
	chi2 := 0.0
	for _, k := range names {
		pb, pa, pooled := before[k]/b, after[k]/a, (before[k]+after[k])/(a+b)
		shift += math.Abs(pa-pb) / 2
		chi2 += (b*(pb-pooled)*(pb-pooled) + a*(pa-pooled)*(pa-pooled)) / pooled
	}
	return shift, distuv.ChiSquared{K: float64(len(names) - 1)}.Survival(chi2)
}
