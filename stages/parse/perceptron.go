package parse

import (
	"encoding/binary"
	"math"
	"slices"
)

// perceptron is an averaged perceptron (Collins 2002) in learning.
type perceptron struct {
	classes int
	weights []float32 // by row, then class
	moments []float64 // the sum over time of each change times when it was made
	now     float64
}

func newPerceptron[C int | Tag](classes C, bits int) *perceptron {
	n := int(classes) << bits
	return &perceptron{classes: int(classes), weights: make([]float32, n), moments: make([]float64, n)}
}

// tick counts one decision.
func (p *perceptron) tick() { p.now++ }

func (p *perceptron) sum(rows []uint32) (sum [classes]float32) {
	for _, r := range rows {
		for c, w := range p.weights[int(r)*p.classes:][:p.classes] {
			sum[c] += w
		}
	}
	return sum
}

func (p *perceptron) best(rows []uint32) int {
	sum := p.sum(rows)
	best := 0
	for c := range p.classes {
		if sum[c] >= sum[best] {
			best = c
		}
	}
	return best
}

// update makes class want likelier and got less likely.
func (p *perceptron) update(rows []uint32, want, got int) {
	for _, r := range rows {
		i := int(r) * p.classes
		p.weights[i+want]++
		p.moments[i+want] += p.now
		p.weights[i+got]--
		p.moments[i+got] -= p.now
	}
}

// bytes returns the averages over time, scaled to bytes and biased by 128. The
// few largest are clipped.
func (p *perceptron) bytes() []byte {
	average := make([]float64, len(p.weights))
	var sizes []float64
	for i, w := range p.weights {
		average[i] = float64(w) - p.moments[i]/p.now
		if average[i] != 0 {
			sizes = append(sizes, math.Abs(average[i]))
		}
	}
	slices.Sort(sizes)
	scale := 1.0
	if len(sizes) > 0 {
		scale = 127 / sizes[len(sizes)*9995/10000]
	}
	out := make([]byte, len(average))
	for i, a := range average {
		out[i] = byte(128 + math.Round(max(-127, min(127, a*scale))))
	}
	return out
}

// spread widens rows of a few classes; classes that do not exist get the least
// weight.
func spread(b []byte, from, to int) []byte {
	out := make([]byte, 0, len(b)/from*to)
	for row := range slices.Chunk(b, from) {
		out = append(out, row...)
		out = append(out, make([]byte, to-from)...)
	}
	return out
}

// wideOf returns the table of bytes of nTags classes.
func wideOf(b []byte) wide {
	b = spread(b, int(nTags), classes)
	t := make(wide, len(b)/classes)
	for i := range t {
		for k := range t[i] {
			t[i][k] = binary.LittleEndian.Uint64(b[classes*i+8*k:])
		}
	}
	return t
}
