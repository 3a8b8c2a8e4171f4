package window

import (
	"cmp"
	"math"
	"slices"
)

// weightedTone is a statement's tone and how much it counts.
type weightedTone struct{ tone, weight float64 }

// weighted gives every statement its part of its document's weight.
func weighted(tones []Tone, weight Weight) []weightedTone {
	sizes := map[uint32]float64{}
	for i := range tones {
		sizes[tones[i].Document]++
	}
	list := make([]weightedTone, len(tones))
	for i := range tones {
		n := sizes[tones[i].Document]
		list[i] = weightedTone{float64(tones[i].Value), weight.Of(n) / n}
	}
	return list
}

// cliffsDelta is the chance that a tone of a is above one of b, less the
// chance that it is below: -1 … 1, NaN if either is empty. It sorts its arguments.
func cliffsDelta(a, b []weightedTone) float64 {
	if len(a) == 0 || len(b) == 0 {
		return noNumber
	}
	byTone := func(x, y weightedTone) int { return cmp.Compare(x.tone, y.tone) }
	slices.SortFunc(a, byTone)
	slices.SortFunc(b, byTone)
	var weightA, weightB float64
	for _, t := range b {
		weightB += t.weight
	}
	i, k := 0, 0
	var below, upTo, sum float64 // weight of b below, and not above, the tone
	for _, t := range a {
		for i < len(b) && b[i].tone < t.tone {
			below += b[i].weight
			i++
		}
		for k < len(b) && b[k].tone <= t.tone {
			upTo += b[k].weight
			k++
		}
		sum += t.weight * (below - (weightB - upTo))
		weightA += t.weight
	}
	return sum / weightA / weightB
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
