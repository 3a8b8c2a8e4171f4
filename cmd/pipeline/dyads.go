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

// busiest returns the dyads of a dataset that have the most tones, up to n,
// and the number of tones of each label. Copies of articles do not count.
func busiest(dir string, n int) (list []dyad, labels map[string]int64, err error) {
	dyads := map[[2]string]*dyad{}
	labels = map[string]int64{}
	list = []dyad{} // not null in JSON
	for row, err := range output.ReadTones(dir, "duplicate", "source", "target", "tone", "label") {
		if err != nil {
			return nil, nil, err
		}
		labels[row.Label]++
		if row.Duplicate {
			continue
		}
		key := [2]string{row.Source, row.Target}
		d := dyads[key]
		if d == nil {
			d = &dyad{Source: row.Source, Target: row.Target}
			dyads[key] = d
		}
		d.Tones++
		d.Mean += float64(row.Tone)
	}
	for _, d := range dyads {
		d.Mean = round(d.Mean/float64(d.Tones), 4)
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b dyad) int {
		return cmp.Or(cmp.Compare(b.Tones, a.Tones), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	return list[:min(n, len(list))], labels, nil
}
