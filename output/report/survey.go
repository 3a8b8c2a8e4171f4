package report

import (
	"cmp"
	"maps"
	"slices"
	"time"
	"unique"

	"github.com/zeebo/xxh3"

	"detente/output"
	"detente/stages"
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
	type tone struct {
		pair    [2]unique.Handle[string]
		doc     uint64 // hash of doc_id
		value   float32
		label   stages.Label
		counts  bool
		undated bool
	}
	pick := func(row *output.ToneRow, list []tone) []tone {
		source, target, ok := set.counts(row)
		t := tone{doc: xxh3.HashString(row.DocID), value: row.Tone, counts: ok, undated: set.when(row).From == ""}
		t.pair = [2]unique.Handle[string]{unique.Make(source), unique.Make(target)}
		switch row.Label {
		case string(stages.Hostile):
			t.label = stages.Hostile
		case string(stages.Conciliatory):
			t.label = stages.Conciliatory
		}
		return append(list, t)
	}
	type sum struct {
		Dyad
		last uint64 // the document of the latest tone; a document's rows stand together
	}
	sums := map[[2]unique.Handle[string]]*sum{}
	query := output.Query{Columns: append([]string{"doc_id", "tone", "label"}, counted...)}
	for list, err := range output.ScanTones(dir, query, pick) {
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			o.Tones++
			if !t.counts {
				continue
			}
			o.Counted++
			if t.undated {
				o.Undated++
			}
			d := sums[t.pair]
			if d == nil {
				d = &sum{Dyad: Dyad{Source: t.pair[0].Value(), Target: t.pair[1].Value()}}
				sums[t.pair] = d
			}
			d.N++
			d.Mean += float64(t.value)
			if t.doc != d.last {
				d.Documents++
				d.last = t.doc
			}
			switch t.label {
			case stages.Hostile:
				d.Hostile++
			case stages.Conciliatory:
				d.Conciliatory++
			}
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

// counts reports whether a tone counts, and between whom.
func (s Settings) counts(row *output.ToneRow) (source, target string, ok bool) {
	source, target = row.Source, row.Target
	if s.Sectors {
		source, target = stages.Country(source), stages.Country(target)
	}
	ok = (s.WithDuplicates || !row.Duplicate) && float64(row.Confidence) >= s.MinConfidence &&
		(len(s.Kinds) == 0 || slices.Contains(s.Kinds, row.Kind)) &&
		!(s.Sectors && source == target) // a quarrel inside a country
	return source, target, ok
}

// counted are the columns that counts and when read.
var counted = []string{"published", "duplicate", "kind", "date", "date_precision", "source", "target", "confidence"}

// when is the days on which a tone may have been, "" if there is no date: one
// day, or the month or year of which no more is known.
func (s Settings) when(row *output.ToneRow) Window {
	from, to := row.Date.Time, row.Date.Time
	switch {
	case s.ByPublished:
		from, to = row.Published, row.Published
	case row.DatePrecision == string(stages.MonthPrecision):
		to = from.AddDate(0, 1, -from.Day())
	case row.DatePrecision == string(stages.YearPrecision):
		to = from.AddDate(1, 0, -from.YearDay())
	}
	if from.IsZero() {
		return Window{}
	}
	return Window{day(from), day(to)}
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
