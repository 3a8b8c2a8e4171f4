package main

import (
	"cmp"
	"math"
	"slices"
	"unique"

	"github.com/zeebo/xxh3"

	"detente/output"
	"detente/stages"
	"detente/stages/window"
)

// selection says which tones of a dataset a question about windows is about.
type selection struct {
	dyads         []window.Dyad // patterns: an actor code or * on either side; none = all
	pool          bool          // one sample for each pattern, else one for each dyad that fits any
	sectors       bool          // count VEN-OPP as VEN
	by            output.Dating
	windows       []window.Range // tones outside all of them are left out; none = all of time
	minConfidence float64
	kinds         []window.Kind // none = all
	duplicates    bool          // count copies of documents too
}

// samples are the selected tones of a dataset.
type samples struct {
	list       []window.Sample // by dyad; with pool in the order of the patterns
	publishers []string        // by number; 0 is ""
	published  window.Range    // days on which their documents came out; From > To without any
}

// picked is a selected row on its way into a sample.
type picked struct {
	source, target unique.Handle[string]
	document       uint64     // hash of doc_id: of a million documents two are the same with a chance of 3e-8
	published      window.Day // FirstDay = unknown
	undated        bool
	tone           window.Tone
}

// readSamples reads the selected tones. It takes about 20 bytes of memory for
// each and 50 for each document.
func readSamples(dir string, s selection) (*samples, error) {
	over := s.span()
	query := output.Query{
		Columns: []string{"doc_id", "published", "duplicate", "kind", "date", "date_precision", "source", "target", "tone", "label", "confidence"},
		By:      s.by, From: int32(over.From), To: int32(over.To), Undated: true,
	}
	c := collector{selection: &s, documents: map[uint64]uint32{}, places: map[[2]unique.Handle[string]][]int{}}
	if s.pool {
		for _, d := range s.patterns() {
			c.samples = append(c.samples, window.Sample{Dyad: d})
		}
	}
	published := window.Range{From: window.LastDay, To: window.FirstDay}
	for list, err := range output.ScanTones(dir, query, s.pick) {
		if err != nil {
			return nil, err
		}
		for i := range list {
			p := &list[i]
			if p.published != window.FirstDay {
				published = window.Range{From: min(published.From, p.published), To: max(published.To, p.published)}
			}
			c.add(p)
		}
	}
	publishers, err := c.readPublishers(dir, published)
	if err != nil {
		return nil, err
	}
	if !s.pool {
		slices.SortFunc(c.samples, func(a, b window.Sample) int {
			return cmp.Or(cmp.Compare(a.Dyad.Source, b.Dyad.Source), cmp.Compare(a.Dyad.Target, b.Dyad.Target))
		})
	}
	return &samples{c.samples, publishers, published}, nil
}

// span is the days from the first window to the last.
func (s *selection) span() window.Range {
	if len(s.windows) == 0 {
		return window.Range{From: math.MinInt32, To: math.MaxInt32}
	}
	r := s.windows[0]
	for _, w := range s.windows[1:] {
		r = window.Range{From: min(r.From, w.From), To: max(r.To, w.To)}
	}
	return r
}

func (s *selection) patterns() []window.Dyad {
	if len(s.dyads) == 0 {
		return []window.Dyad{{Source: "*", Target: "*"}}
	}
	return s.dyads
}

// pick appends row if it is selected.
func (s *selection) pick(row *output.ToneRow, list []picked) []picked {
	source, target := row.Source, row.Target
	if s.sectors {
		if source, target = stages.Country(source), stages.Country(target); source == target {
			return list // a quarrel inside a country
		}
	}
	if row.Duplicate && !s.duplicates || float64(row.Confidence) < s.minConfidence ||
		!slices.ContainsFunc(s.patterns(), func(d window.Dyad) bool { return fits(d, source, target) }) {
		return list
	}
	kind := window.Kind(max(slices.Index(window.Kinds[:], stages.Kind(row.Kind)), 0))
	if len(s.kinds) > 0 && !slices.Contains(s.kinds, kind) {
		return list
	}
	p := picked{published: window.FirstDay}
	if !row.Published.IsZero() {
		p.published = window.DayOf(row.Published)
	}
	switch {
	case s.by == output.ByPublished:
		p.tone.When = window.Range{From: p.published, To: p.published}
		p.undated = row.Published.IsZero()
	case row.Date.IsZero():
		p.undated = true
	default:
		p.tone.When = window.Span(row.Date.Time, stages.Precision(row.DatePrecision))
	}
	if !p.undated && len(s.windows) > 0 && !slices.ContainsFunc(s.windows, p.tone.When.Overlaps) {
		return list
	}
	p.source, p.target = unique.Make(source), unique.Make(target)
	p.document = xxh3.HashString(row.DocID)
	p.tone.Value = row.Tone
	p.tone.Kind = kind
	switch stages.Label(row.Label) {
	case stages.Hostile:
		p.tone.Label = -1
	case stages.Conciliatory:
		p.tone.Label = 1
	}
	return append(list, p)
}

// fits reports whether a pattern takes a dyad. A code takes itself alone: VEN
// is the state, VEN-OPP its opposition.
func fits(pattern window.Dyad, source, target string) bool {
	return (pattern.Source == "*" || pattern.Source == source) && (pattern.Target == "*" || pattern.Target == target)
}

// collector puts rows into samples.
type collector struct {
	*selection
	samples   []window.Sample
	documents map[uint64]uint32 // number by hash
	places    map[[2]unique.Handle[string]][]int
}

func (c *collector) add(p *picked) {
	number, ok := c.documents[p.document]
	if !ok {
		number = uint32(len(c.documents))
		c.documents[p.document] = number
	}
	p.tone.Document = number
	for _, i := range c.placesOf(p.source, p.target) {
		if s := &c.samples[i]; p.undated {
			s.Undated++
		} else {
			s.Tones = append(s.Tones, p.tone)
		}
	}
}

// placesOf lists the samples that a dyad belongs to.
func (c *collector) placesOf(source, target unique.Handle[string]) []int {
	key := [2]unique.Handle[string]{source, target}
	places, ok := c.places[key]
	if ok {
		return places
	}
	if c.pool {
		for i, pattern := range c.patterns() {
			if fits(pattern, source.Value(), target.Value()) {
				places = append(places, i)
			}
		}
	} else {
		places = []int{len(c.samples)}
		c.samples = append(c.samples, window.Sample{Dyad: window.Dyad{Source: source.Value(), Target: target.Value()}})
	}
	c.places[key] = places
	return places
}

// readPublishers numbers the publishers of the tones' documents, which only
// the table documents has. Documents of other months are not read.
func (c *collector) readPublishers(dir string, published window.Range) ([]string, error) {
	type publication struct {
		document  uint64
		publisher unique.Handle[string]
	}
	query := output.Query{
		Columns: []string{"doc_id", "publisher"},
		By:      output.ByPublished, From: int32(published.From), To: int32(published.To), Undated: true,
	}
	pick := func(row *output.DocumentRow, list []publication) []publication {
		hash := xxh3.HashString(row.DocID)
		if _, ok := c.documents[hash]; !ok || row.Publisher == "" {
			return list
		}
		return append(list, publication{hash, unique.Make(row.Publisher)})
	}
	numbers := map[unique.Handle[string]]uint16{}
	names := []string{""}
	of := make([]uint16, len(c.documents))
	for list, err := range output.ScanDocuments(dir, query, pick) {
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			number, ok := numbers[p.publisher]
			if !ok && len(names) <= math.MaxUint16 {
				number = uint16(len(names))
				numbers[p.publisher] = number
				names = append(names, p.publisher.Value())
			}
			of[c.documents[p.document]] = number
		}
	}
	for i := range c.samples {
		for k := range c.samples[i].Tones {
			t := &c.samples[i].Tones[k]
			t.Publisher = of[t.Document]
		}
	}
	return names, nil
}
