package main

import (
	"math"
	"math/rand/v2"

	"detente/stages/tone"
)

const sparseSize = 1 << 18

type sparseModel struct {
	w [3][]float32
	d [3][]float32
}

var sparseRate, sparseDense, sparseEpochs = 0.08, 0.6, 10

func trainSparse(examples []example, seed uint64) *sparseModel {
	m := &sparseModel{}
	var g [3][]float32
	var gd [3][]float32
	var avg [3][]float32
	var avgd [3][]float32
	for k := range 3 {
		m.w[k], g[k], avg[k] = make([]float32, sparseSize), make([]float32, sparseSize), make([]float32, sparseSize)
		m.d[k], gd[k], avgd[k] = make([]float32, tone.NFeatures), make([]float32, tone.NFeatures), make([]float32, tone.NFeatures)
	}
	count := map[uint32]int{}
	for _, e := range examples {
		for _, x := range e.words {
			count[x]++
		}
	}
	r := rand.New(rand.NewPCG(seed, 7))
	order := r.Perm(len(examples))
	n := 0
	for epoch := range sparseEpochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			p := m.prob(e)
			scale := norm(e)
			for k := range 3 {
				d := float32(p[k])
				if e.label == k {
					d--
				}
				d *= float32(e.weight)
				if d == 0 {
					continue
				}
				for _, x := range e.words {
					if count[x] < 2 {
						continue
					}
					gr := d * scale
					g[k][x] += gr * gr
					m.w[k][x] -= float32(sparseRate) * gr / (1e-3 + float32(math.Sqrt(float64(g[k][x]))))
				}
				for x, v := range e.f {
					if v != 0 {
						gr := d * v * float32(sparseDense)
						gd[k][x] += gr * gr
						m.d[k][x] -= float32(sparseRate) * gr / (1e-3 + float32(math.Sqrt(float64(gd[k][x]))))
					}
				}
			}
		}
		if epoch >= sparseEpochs/2 {
			n++
			for k := range 3 {
				for i, x := range m.w[k] {
					avg[k][i] += x
				}
				for i, x := range m.d[k] {
					avgd[k][i] += x
				}
			}
		}
	}
	for k := range 3 {
		for i := range avg[k] {
			m.w[k][i] = avg[k][i] / float32(n)
		}
		for i := range avgd[k] {
			m.d[k][i] = avgd[k][i] / float32(n)
		}
	}
	return m
}

func norm(e *example) float32 {
	return float32(1 / math.Sqrt(float64(len(e.words)+1)))
}

func (m *sparseModel) prob(e *example) [3]float64 {
	var z [3]float64
	scale := norm(e)
	for k := range 3 {
		var s float32
		for _, x := range e.words {
			s += m.w[k][x]
		}
		s *= scale
		for x, v := range e.f {
			if v != 0 {
				s += m.d[k][x] * v * float32(sparseDense)
			}
		}
		z[k] = float64(s)
	}
	mx := max(z[0], z[1], z[2])
	var sum float64
	for k := range 3 {
		z[k] = math.Exp(z[k] - mx)
		sum += z[k]
	}
	for k := range 3 {
		z[k] /= sum
	}
	return z
}
