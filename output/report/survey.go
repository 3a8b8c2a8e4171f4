package report

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"detente/output"
)

// maxListed bounds the lists of the overview.
const maxListed = 40

// Survey reads the dataset in dir once: what is in it, and its dyads, the
// busiest first. Memory grows with the number of publishers and dyads.
func Survey(dir string, set Settings) (Overview, []Dyad, error) {
	o, err := surveyDocuments(dir)
	if err != nil {
		return o, nil, err
	}
	dyads, err := surveyTones(dir, set, &o)
	return o, dyads, err
}

func surveyDocuments(dir string) (o Overview, err error) {
	publishers, warnings := map[string]int64{}, map[string]int64{}
	var first, last time.Time
	for d, err := range output.ReadDocuments(dir, "publisher", "published", "duplicate_of", "statements", "warnings") {
		if err != nil {
			return o, err
		}
		o.Documents++
		o.Statements += int64(d.Statements)
		if d.DuplicateOf != "" {
			o.Duplicates++
		}
		if d.Publisher != "" {
			publishers[d.Publisher]++
		}
		for _, w := range d.Warnings {
			warnings[w]++
		}
		if d.Published.IsZero() {
			continue
		}
		if first.IsZero() || d.Published.Before(first) {
			first = d.Published
		}
		if d.Published.After(last) {
			last = d.Published
		}
	}
	o.Publishers = int64(len(publishers))
	o.Busiest, o.Warnings = counts(publishers), counts(warnings)
	o.First, o.Last = day(first), day(last)
	return o, nil
}

func surveyTones(dir string, set Settings, o *Overview) ([]Dyad, error) {
	type sum struct {
		Dyad
		last string // the document of the latest tone; a document's rows stand together
	}
	sums := map[[2]string]*sum{}
	for row, err := range output.ReadTones(dir, "doc_id", "published", "duplicate", "date", "source", "target", "tone", "label", "confidence") {
		if err != nil {
			return nil, err
		}
		o.Tones++
		if !set.counts(&row) {
			continue
		}
		o.Counted++
		if set.when(&row).IsZero() {
			o.Undated++
		}
		key := [2]string{row.Source, row.Target}
		d := sums[key]
		if d == nil {
			d = &sum{Dyad: Dyad{Source: row.Source, Target: row.Target}}
			sums[key] = d
		}
		d.N++
		d.Mean += float64(row.Tone)
		if row.DocID != d.last {
			d.Documents++
			d.last = row.DocID
		}
		switch row.Label {
		case "hostile":
			d.Hostile++
		case "conciliatory":
			d.Conciliatory++
		}
	}
	dyads := make([]Dyad, 0, len(sums))
	for _, d := range sums {
		d.Mean /= float64(d.N)
		dyads = append(dyads, d.Dyad)
	}
	slices.SortFunc(dyads, func(a, b Dyad) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	o.Dyads = int64(len(dyads))
	return dyads, nil
}

// counts reports whether a tone counts.
func (s Settings) counts(row *output.ToneRow) bool {
	return (s.WithDuplicates || !row.Duplicate) && float64(row.Confidence) >= s.MinConfidence
}

// when is the day under which a tone counts, the zero time if it has none.
func (s Settings) when(row *output.ToneRow) time.Time {
	if s.ByPublished {
		return row.Published
	}
	return row.Date.Time
}

// counts lists the commonest values.
func counts(m map[string]int64) []Count {
	list := make([]Count, 0, len(m))
	for _, value := range slices.Sorted(maps.Keys(m)) {
		list = append(list, Count{value, m[value]})
	}
	slices.SortStableFunc(list, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
	return list[:min(len(list), maxListed)]
}

// Actors lists the n actors with the most tones from or toward them.
func Actors(dyads []Dyad, n int) []string {
	tones := map[string]int64{}
	for _, d := range dyads {
		tones[d.Source] += d.N
		tones[d.Target] += d.N
	}
	list := slices.Sorted(maps.Keys(tones))
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(tones[b], tones[a]) })
	return list[:min(len(list), n)]
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
