package parse

import (
	"cmp"
	"math"
	"slices"
)

// perceptron is an averaged perceptron (Collins 2002) in learning. At first it
// has room for all features; then it keeps those that told most, in the places
// that the program's tables have for them, and learns anew.
type perceptron struct {
	classes int
	weights []float32 // by row, then class
	moments []float32 // the sum of all changes times when they were made, in updates
	prints  []byte    // by row
	ways    int       // rows at a place: a feature may be in any; 0 = there is room for all
	shift   uint      // a feature's highest bits tell the place
	steps   int
	now     float32
}

// newPerceptron has places for all features.
func newPerceptron(classes, bits int) *perceptron {
	n := 1 << bits
	return &perceptron{classes: classes, weights: make([]float32, n*classes), moments: make([]float32, n*classes), prints: make([]byte, n), shift: uint(64 - bits)}
}

// row returns the row of a feature, -1 for none.
func (p *perceptron) row(f uint64) int {
	at := int(f >> p.shift)
	if p.ways == 0 {
		return at
	}
	for k := range p.ways {
		if p.prints[at*p.ways+k] == byte(fingerprint(f)) {
			return at*p.ways + k
		}
	}
	return -1
}

func (p *perceptron) sum(features []uint64) (sum [wideClasses]float32) {
	for _, f := range features {
		r := p.row(f)
		if r < 0 {
			continue
		}
		for c, w := range p.weights[r*p.classes:][:p.classes] {
			sum[c] += w
		}
	}
	return sum
}

func (p *perceptron) best(features []uint64) int {
	sum := p.sum(features)
	best := 0
	for c := range p.classes {
		if sum[c] > sum[best] {
			best = c
		}
	}
	return best
}

// update makes class want likelier and got less likely.
func (p *perceptron) update(features []uint64, want, got int) {
	for _, f := range features {
		r := p.row(f)
		if r < 0 {
			continue
		}
		if p.ways == 0 {
			p.prints[r] = byte(fingerprint(f))
		}
		i := r * p.classes
		p.weights[i+want]++
		p.moments[i+want] += p.now
		p.weights[i+got]--
		p.moments[i+got] -= p.now
	}
}

// tick counts one decision. Time is in thousands, which keeps float32 exact enough.
func (p *perceptron) tick() { p.steps++; p.now = float32(p.steps) / 1000 }

// average returns the mean of a weight over time.
func (p *perceptron) average(i int) float64 { return float64(p.weights[i] - p.moments[i]/p.now) }

// keep returns a perceptron that has learned nothing yet, with ways rows at each
// of 1<<bits places, for the features whose weights in p differ most between
// classes.
func (p *perceptron) keep(bits, ways int) *perceptron {
	type candidate struct {
		row  int32
		span float32
	}
	var list []candidate
	for r := range p.prints {
		low, high := 0.0, 0.0
		for c := range p.classes {
			a := p.average(r*p.classes + c)
			low, high = min(low, a), max(high, a)
		}
		if high > low {
			list = append(list, candidate{int32(r), float32(high - low)})
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.span, a.span), cmp.Compare(a.row, b.row)) })
	q := newPerceptron(p.classes, bits)
	q.ways = ways
	q.weights, q.moments = make([]float32, ways*p.classes<<bits), make([]float32, ways*p.classes<<bits)
	q.prints = make([]byte, ways<<bits)
	taken := make([]uint8, 1<<bits)
	for _, c := range list {
		at := int(uint64(c.row) << p.shift >> q.shift)
		n := int(taken[at])
		if rows := q.prints[at*ways:][:n]; n < ways && !slices.Contains(rows, p.prints[c.row]) {
			q.prints[at*ways+n] = p.prints[c.row]
			taken[at]++
		}
	}
	// The prints of a place differ, those of its empty rows too.
	for at, n := range taken {
		for k := int(n); k < ways; k++ {
			for slices.Contains(q.prints[at*ways:][:k], q.prints[at*ways+k]) {
				q.prints[at*ways+k]++
			}
		}
	}
	return q
}

// bytes returns the rows of a table of the averages over time, scaled to bytes
// and biased by 128, size bytes each with the print last. The few largest
// weights are clipped; classes that do not exist get the least.
func (p *perceptron) bytes(size int) []byte {
	var sizes []float64
	for i := range p.weights {
		if a := p.average(i); a != 0 {
			sizes = append(sizes, math.Abs(a))
		}
	}
	slices.Sort(sizes)
	scale := 1.0
	if len(sizes) > 0 {
		scale = 127 / sizes[len(sizes)*9995/10000]
	}
	out := make([]byte, size*len(p.prints))
	for r, print := range p.prints {
		row := out[size*r:][:size]
		for c := range p.classes {
			row[c] = byte(128 + math.Round(max(-127, min(127, p.average(r*p.classes+c)*scale))))
		}
		row[size-1] = print
	}
	return out
}
