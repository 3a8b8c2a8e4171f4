package main

import (
	"cmp"
	"slices"

	"detente/output"
)

// dyad is what one actor says and does toward another, in sum.
type dyad struct {
	Source string  `json:"source"`
	Target string  `json:"target"`
	Tones  int64   `json:"tones"`
	Mean   float64 `json:"mean_tone"`
}

// dyads sums up the tones that a run writes.
type dyads struct {
	sums   map[[2]string]*dyad // Mean is the sum of tones
	labels map[string]int64    // tones by label
}

func newDyads() dyads { return dyads{map[[2]string]*dyad{}, map[string]int64{}} }

// add counts a tone. Copies of articles count for the labels only.
func (d *dyads) add(row *output.ToneRow) {
	d.labels[row.Label]++
	if row.Duplicate {
		return
	}
	key := [2]string{row.Source, row.Target}
	if d.sums[key] == nil {
		d.sums[key] = &dyad{Source: row.Source, Target: row.Target}
	}
	d.sums[key].Tones++
	d.sums[key].Mean += float64(row.Tone)
}

// busiest returns the dyads that have the most tones, up to n.
func (d *dyads) busiest(n int) []dyad {
	list := []dyad{} // not null in JSON
	for _, sum := range d.sums {
		sum := *sum
		sum.Mean = round(sum.Mean/float64(sum.Tones), 4)
		list = append(list, sum)
	}
	slices.SortFunc(list, func(a, b dyad) int {
		return cmp.Or(cmp.Compare(b.Tones, a.Tones), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	return list[:min(n, len(list))]
}
