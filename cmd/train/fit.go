package main

import (
	"math"

	"detente/stages/tone"
)

// fit runs full-batch gradient descent with momentum on the ridge-penalised
// log loss; convex, so the same data give the same weights.
func fit(examples []example, l2 float64) *tone.Blend {
	const steps, rate, momentum = 400, 0.5, 0.9
	n := tone.NFeatures
	var w, v, g [2][]float64
	for k := range 2 {
		w[k], v[k], g[k] = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	rows := sparse(examples)
	for range steps {
		for k := range 2 {
			clear(g[k])
		}
		for n, e := range examples {
			var z [2]float64
			for _, v := range rows[n] {
				z[0] += w[0][v.at] * v.x
				z[1] += w[1][v.at] * v.x
			}
			m := max(0, z[0], z[1])
			h, c, o := math.Exp(z[0]-m), math.Exp(z[1]-m), math.Exp(-m)
			p := [2]float64{h / (h + c + o), c / (h + c + o)}
			for k := range 2 {
				d := p[k]
				if e.label == k+1 {
					d--
				}
				d *= e.weight
				for _, v := range rows[n] {
					g[k][v.at] += d * v.x
				}
			}
		}
		for k := range 2 {
			for i := range w[k] {
				pen := l2
				if i == 0 {
					pen = 0
				}
				step := (g[k][i] + pen*w[k][i]) / float64(len(examples))
				v[k][i] = momentum*v[k][i] - rate*step
				w[k][i] += v[k][i]
			}
		}
	}
	b := &tone.Blend{Bags: treeBags}
	for k := range 2 {
		b.Linear[k] = make([]float32, n)
		for i := range w[k] {
			b.Linear[k][i] = float32(w[k][i])
		}
		b.Trees[k], b.Bias[k] = boost(examples, k+1)
	}
	if err := b.Ready(); err != nil {
		panic(err) // treeDepth is what it has room for
	}
	return b
}

// value is a feature that is not 0.
type value struct {
	at int
	x  float64
}

// sparse returns the features of each example that are not 0.
func sparse(examples []example) [][]value {
	rows := make([][]value, len(examples))
	for n, e := range examples {
		for i, x := range e.f {
			if x != 0 {
				rows[n] = append(rows[n], value{i, float64(x)})
			}
		}
	}
	return rows
}

// round cuts the weights to the digits that matter, so that the file is small.
func round(b *tone.Blend) {
	cut := func(x float32) float32 { return float32(math.Round(float64(x)*1e4) / 1e4) }
	for k := range 2 {
		for i := range b.Linear[k] {
			b.Linear[k][i] = cut(b.Linear[k][i])
		}
		b.Bias[k] = cut(b.Bias[k])
	}
}
