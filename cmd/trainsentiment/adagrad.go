package main

import (
	"math"
	"math/rand/v2"

	"detente/stages/sentiment"
)

// The settings of the training.
const (
	rate    = 0.06
	rounds  = 14
	seeds   = 3
	minSeen = 2 // a slot that fewer examples use is left out
)

const k = sentiment.NClasses

// train returns the weights by slot, then class: the mean over seeds and over
// the second half of the rounds.
func train(examples []*example) []float32 {
	seen := make([]uint8, 1<<sentiment.Bits)
	for _, e := range examples {
		counted := map[uint32]bool{}
		for _, f := range e.features {
			if !counted[f.Slot] && seen[f.Slot] < minSeen {
				seen[f.Slot]++
			}
			counted[f.Slot] = true
		}
	}
	mean := make([]float32, k<<sentiment.Bits)
	for seed := range uint64(seeds) {
		t := newTrainer(seen)
		random := rand.New(rand.NewPCG(seed, 2014))
		for round := range rounds {
			for _, i := range random.Perm(len(examples)) {
				t.step(examples[i])
			}
			if round < rounds/2 {
				continue
			}
			for i, w := range t.weights {
				mean[i] += w / (seeds * (rounds - rounds/2))
			}
		}
	}
	return mean
}

// trainer is one run of AdaGrad.
type trainer struct {
	seen    []uint8
	weights []float32 // by slot, then class
	squares []float32 // sums of squared gradients
}

func newTrainer(seen []uint8) *trainer {
	return &trainer{seen, make([]float32, k*len(seen)), make([]float32, k*len(seen))}
}

// step corrects the weights by one example.
func (t *trainer) step(e *example) {
	var z [k]float32
	for _, f := range e.features {
		for c := range z {
			z[c] += float32(f.Value * t.weights[k*int(f.Slot)+c])
		}
	}
	p := sentiment.Softmax(z)
	p[e.class]--
	for _, f := range e.features {
		if t.seen[f.Slot] < minSeen {
			continue
		}
		for c := range p {
			i := k*int(f.Slot) + c
			g := float32(p[c] * f.Value * e.weight)
			t.squares[i] += float32(g * g)
			if g != 0 {
				t.weights[i] -= float32(rate * g / float32(math.Sqrt(float64(t.squares[i]))))
			}
		}
	}
}

// score returns the probabilities that weights give an example.
func score(weights []float32, e *example) [k]float32 {
	var z [k]float32
	for _, f := range e.features {
		for c := range z {
			z[c] += float32(f.Value * weights[k*int(f.Slot)+c])
		}
	}
	return sentiment.Softmax(z)
}
