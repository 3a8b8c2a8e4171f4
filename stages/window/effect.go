package window

import (
	"cmp"
	"math"
	"slices"
)

// CliffsDelta is the chance that a value of a is above one of b, less the
// chance that it is below: -1 … 1, NaN if either is empty. It sorts its arguments.
func CliffsDelta(a, b []float32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return NoNumber
	}
	slices.Sort(a)
	slices.Sort(b)
	below, upTo, sum := 0, 0, 0 // how many of b are below and not above the value
	for _, v := range a {
		for below < len(b) && b[below] < v {
			below++
		}
		upTo = max(upTo, below)
		for upTo < len(b) && b[upTo] <= v {
			upTo++
		}
		sum += below - (len(b) - upTo)
	}
	return float64(sum) / float64(len(a)) / float64(len(b))
}

// falseDiscoveryRates adjusts p-values as Benjamini and Hochberg do. NaN stays
// NaN and does not count as a test.
func falseDiscoveryRates(p []float64) []float64 {
	q := slices.Clone(p)
	var order []int
	for i := range p {
		if !math.IsNaN(p[i]) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p[j], p[i]) })
	least := 1.0
	for k, i := range order { // from the highest p, whose rank is len(order)
		least = min(least, p[i]*float64(len(order))/float64(len(order)-k))
		q[i] = least
	}
	return q
}
