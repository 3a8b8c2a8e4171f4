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
	for range steps {
		for k := range 2 {
			clear(g[k])
		}
		for _, e := range examples {
			var z [2]float64
			for k := range 2 {
				for i, x := range e.f {
					if x != 0 {
						z[k] += w[k][i] * float64(x)
					}
				}
			}
			m := max(0, z[0], z[1])
			h, c, o := math.Exp(z[0]-m), math.Exp(z[1]-m), math.Exp(-m)
			p := [2]float64{h / (h + c + o), c / (h + c + o)}
			for k := range 2 {
				d := p[k]
				if e.label == k+1 {
					d--
				}
				for i, x := range e.f {
					if x != 0 {
						g[k][i] += e.weight * d * float64(x)
					}
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
	b := new(tone.Blend)
	for k := range 2 {
		b.Linear[k] = make([]float32, n)
		for i := range w[k] {
			b.Linear[k][i] = float32(w[k][i])
		}
		b.Trees[k], b.Bias[k] = boost(examples, k+1)
	}
	return b
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
