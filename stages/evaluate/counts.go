package evaluate

import (
	"fmt"
	"maps"
	"slices"

	"detente/stages"
)

// Counts are what the figures are made of.
type Counts struct {
	Tuples Matches // source, target and label
	Dyads  Matches // source and target

	ToneRight, ToneOf int // the label, on right dyads
	DateRight, DateOf int // the date, on right tuples
	Invented, Quiet   int // tuples in sentences that have none, and those sentences

	Reliability Reliability // of the confidence of tuples
}

// Matches are right, invented and missed items.
type Matches struct{ Right, Invented, Missed int }

// Precision is the share of the predicted that is right; 0 if there is none.
func (m Matches) Precision() float64 { return ratio(m.Right, m.Right+m.Invented) }

// Recall is the share of the gold that was found.
func (m Matches) Recall() float64 { return ratio(m.Right, m.Right+m.Missed) }

// F1 is the harmonic mean of precision and recall.
func (m Matches) F1() float64 {
	p, r := m.Precision(), m.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// ToneAccuracy is how often the label is right where the dyad is.
func (c Counts) ToneAccuracy() float64 { return ratio(c.ToneRight, c.ToneOf) }

// DateAccuracy is how often the date is right where the tuple is.
func (c Counts) DateAccuracy() float64 { return ratio(c.DateRight, c.DateOf) }

// InventedPerQuiet is the number of tuples in a sentence that has none.
func (c Counts) InventedPerQuiet() float64 { return ratio(c.Invented, c.Quiet) }

// Gold is the number of gold tuples.
func (c Counts) Gold() int { return c.Tuples.Right + c.Tuples.Missed }

func (m Matches) String() string {
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f", m.Precision(), m.Recall(), m.F1())
}

// String writes the figures in a line.
func (c Counts) String() string {
	return fmt.Sprintf("tuples %v | dyads %v | tone %.3f | date %.3f | invented per quiet sentence %.2f | gold %d",
		c.Tuples, c.Dyads, c.ToneAccuracy(), c.DateAccuracy(), c.InventedPerQuiet(), c.Gold())
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (c *Counts) sum(d Counts) {
	c.Tuples.sum(d.Tuples)
	c.Dyads.sum(d.Dyads)
	c.ToneRight += d.ToneRight
	c.ToneOf += d.ToneOf
	c.DateRight += d.DateRight
	c.DateOf += d.DateOf
	c.Invented += d.Invented
	c.Quiet += d.Quiet
	c.Reliability.sum(d.Reliability)
}

func (m *Matches) sum(n Matches) {
	m.Right += n.Right
	m.Invented += n.Invented
	m.Missed += n.Missed
}

// add counts one sentence and returns what is wrong with it.
func (c *Counts) add(s Sentence, found map[key]Tone) []Error {
	gold, optional := map[key]Tuple{}, map[key]bool{}
	for _, t := range s.Tuples {
		gold[keyOf(t.Source, t.Target, t.Tone)] = t
	}
	for _, t := range s.Optional {
		if k := keyOf(t.Source, t.Target, t.Tone); !has(gold, k) {
			optional[k] = true
		}
	}
	var invented, missed []key
	predicted := map[key]bool{}
	for _, k := range slices.SortedFunc(maps.Keys(found), compareKeys) {
		if optional[k] {
			continue
		}
		predicted[k] = true
		c.Reliability.Add(found[k].Confidence, has(gold, k))
		if !has(gold, k) {
			invented = append(invented, k)
		}
	}
	for k, t := range gold {
		if !predicted[k] {
			missed = append(missed, k)
		} else if t.Precision != "disputed" {
			c.DateOf++
			c.DateRight += one(dateRight(t, found[k]))
		}
	}
	c.Tuples.sum(Matches{len(predicted) - len(invented), len(invented), len(missed)})
	c.addDyads(gold, optional, predicted)
	if len(gold) == 0 && len(optional) == 0 {
		c.Quiet++
		c.Invented += len(predicted)
	}
	return append(errorsOf("invented", invented), errorsOf("missed", missed)...)
}

// addDyads counts dyads, and the labels of those that are right.
func (c *Counts) addDyads(gold map[key]Tuple, optional, predicted map[key]bool) {
	goldDyads, maybe, found := map[key]bool{}, map[key]bool{}, map[key]bool{}
	for k := range gold {
		goldDyads[k.dyad()] = true
	}
	for k := range optional {
		maybe[k.dyad()] = true
	}
	agree := map[key]bool{} // dyads with a label in common
	for k := range predicted {
		found[k.dyad()] = true
		if has(gold, k) {
			agree[k.dyad()] = true
		}
	}
	for d := range found {
		switch {
		case goldDyads[d]:
			c.Dyads.Right++
			c.ToneOf++
			c.ToneRight += one(agree[d])
		case !maybe[d]:
			c.Dyads.Invented++
		}
	}
	for d := range goldDyads {
		c.Dyads.Missed += one(!found[d])
	}
}

// dateRight compares dates as far as the gold is precise.
func dateRight(gold Tuple, t Tone) bool {
	if gold.Precision == string(stages.DocumentPrecision) || gold.Date == "" {
		return t.Precision == stages.DocumentPrecision || t.Date == ""
	}
	return len(t.Date) >= len(gold.Date) && t.Date[:len(gold.Date)] == gold.Date && t.Precision != stages.DocumentPrecision
}

func errorsOf(kind string, keys []key) []Error {
	slices.SortFunc(keys, compareKeys)
	list := make([]Error, len(keys))
	for i, k := range keys {
		list[i] = Error{Kind: kind, Source: k.source, Target: k.target, Tone: k.label}
	}
	return list
}

func has[V any](m map[key]V, k key) bool {
	_, ok := m[k]
	return ok
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
