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
// busiest first. In a dyad's mean, weight tells how much a document counts by
// its number of tones. Memory grows with the number of publishers and dyads.
func Survey(dir string, set Settings, weight func(tones float64) float64) (Overview, []Dyad, error) {
	o, err := surveyDocuments(dir)
	if err != nil {
		return o, nil, err
	}
	dyads, err := surveyTones(dir, set, weight, &o)
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

func surveyTones(dir string, set Settings, weight func(tones float64) float64, o *Overview) ([]Dyad, error) {
	type tone struct {
		pair    [2]unique.Handle[string]
		doc     uint64 // hash of doc_id
		value   float32
		label   stages.Label
		undated bool
	}
	pick := func(row *output.ToneRow, list []tone) []tone {
		source, target, ok := set.counts(row)
		if !ok {
			return append(list, tone{})
		}
		t := tone{doc: xxh3.HashString(row.DocID), value: row.Tone, label: stages.Neutral, undated: set.when(row).From == ""}
		t.pair = [2]unique.Handle[string]{unique.Make(source), unique.Make(target)}
		switch label := stages.Label(row.Label); label {
		case stages.Hostile:
			t.label = stages.Hostile
		case stages.Conciliatory:
			t.label = stages.Conciliatory
		}
		return append(list, t)
	}
	sums := map[[2]unique.Handle[string]]*dyadSum{}
	query := output.Query{Columns: append([]string{"doc_id", "tone", "label"}, counted...)}
	for list, err := range output.ScanTones(dir, query, pick) {
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			o.Tones++
			if t.label == "" {
				continue // it does not count
			}
			o.Counted++
			if t.undated {
				o.Undated++
			}
			d := sums[t.pair]
			if d == nil {
				d = &dyadSum{Dyad: Dyad{Source: t.pair[0].Value(), Target: t.pair[1].Value()}}
				sums[t.pair] = d
			}
			d.add(t.doc, float64(t.value), t.label, weight)
		}
	}
	dyads := make([]Dyad, 0, len(sums))
	for _, d := range sums {
		d.endDocument(weight)
		d.Mean = d.sum / d.weights
		dyads = append(dyads, d.Dyad)
	}
	slices.SortFunc(dyads, func(a, b Dyad) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	o.Dyads = int64(len(dyads))
	return dyads, nil
}

// dyadSum adds up a dyad, document by document: a document's rows stand together.
type dyadSum struct {
	Dyad
	doc          uint64 // the document of the latest tone
	n, own       float64
	sum, weights float64 // of documents before it
}

func (d *dyadSum) add(doc uint64, tone float64, label stages.Label, weight func(float64) float64) {
	if d.N == 0 || doc != d.doc {
		d.endDocument(weight)
		d.doc = doc
		d.Documents++
	}
	d.N++
	d.n++
	d.own += tone
	switch label {
	case stages.Hostile:
		d.Hostile++
	case stages.Conciliatory:
		d.Conciliatory++
	}
}

func (d *dyadSum) endDocument(weight func(float64) float64) {
	if d.n > 0 {
		w := weight(d.n)
		d.sum += w * d.own / d.n
		d.weights += w
	}
	d.n, d.own = 0, 0
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
