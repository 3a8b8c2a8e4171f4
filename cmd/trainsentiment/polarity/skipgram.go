package main

import (
	"math"
	"math/rand/v2"
)

// The settings of the vectors, those of the original save the smaller corpus.
const (
	dim       = 100
	window    = 5
	negatives = 5
	epochs    = 3
	rate      = 0.025
	frequent  = 1e-4 // words more frequent than this are thinned out
	noise     = 1 << 20
)

type vector [dim]float32

// skipGram returns the vector of each word of the corpus.
func skipGram(c *corpus) []vector {
	random := rand.New(rand.NewPCG(2014, 2))
	in, out := make([]vector, len(c.words)), make([]vector, len(c.words))
	for i := range in {
		for d := range in[i] {
			in[i][d] = (random.Float32() - 0.5) / dim
		}
	}
	keep, draw := sampling(c)
	var sentence []int32
	done := 0
	for range epochs {
		for _, w := range c.text {
			done++
			if w >= 0 {
				if random.Float32() < keep[w] {
					sentence = append(sentence, w)
				}
				continue
			}
			step := float32(rate * max(1e-4, 1-float64(done)/float64(epochs*len(c.text))))
			for i, center := range sentence {
				reach := 1 + random.IntN(window)
				for j := max(0, i-reach); j < min(len(sentence), i+reach+1); j++ {
					if j != i {
						learn(&in[sentence[j]], out, center, draw, random, step)
					}
				}
			}
			sentence = sentence[:0]
		}
	}
	return in
}

// sampling returns the share of each word's places that is kept, and a table
// of words by their frequency to the power of 3/4.
func sampling(c *corpus) (keep []float32, draw []int32) {
	total, mass := 0.0, 0.0
	for _, n := range c.freq {
		total += float64(n)
		mass += math.Pow(float64(n), 0.75)
	}
	keep = make([]float32, len(c.freq))
	draw = make([]int32, 0, noise)
	sum := 0.0
	for i, n := range c.freq {
		x := frequent / (float64(n) / total)
		keep[i] = float32(min(1, math.Sqrt(x)+x))
		sum += math.Pow(float64(n), 0.75)
		for float64(len(draw)) < sum/mass*noise {
			draw = append(draw, int32(i))
		}
	}
	return keep, draw
}

// learn moves v toward predicting word and away from drawn words.
func learn(v *vector, out []vector, word int32, draw []int32, random *rand.Rand, step float32) {
	var move vector
	for n := range negatives + 1 {
		target, label := word, float32(1)
		if n > 0 {
			target, label = draw[random.IntN(len(draw))], 0
			if target == word {
				continue
			}
		}
		o := &out[target]
		var dot float32
		for d := range v {
			dot += float32(v[d] * o[d])
		}
		g := step * (label - float32(1/(1+math.Exp(-float64(dot)))))
		for d := range o {
			move[d] += float32(g * o[d])
			o[d] += float32(g * v[d])
		}
	}
	for d := range v {
		v[d] += move[d]
	}
}
