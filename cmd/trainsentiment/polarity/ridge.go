package main

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"detente/lexicons"
)

// penalty is the ridge: between 0.5 and 30 the model does not notice.
const penalty = 30

// seeds returns the valence of the corpus words that the lexicons know, NaN for
// the others. A word of several readings has their mean.
func seeds(c *corpus, lex *lexicons.Set) []float64 {
	out := make([]float64, len(c.words))
	for i, w := range c.words {
		out[i] = math.NaN()
		tokens := lexicons.Tokenize(nil, w, lex)
		if len(tokens) != 1 {
			continue
		}
		sum, n := 0.0, 0
		for _, m := range lex.Match(nil, tokens, 0, 1) {
			if m.Unit == lexicons.PredicateUnit {
				sum += float64(lex.Predicates[m.Ref].Valence)
				n++
			}
		}
		if n > 0 {
			out[i] = sum / float64(n)
		}
	}
	return out
}

// regress fits a line from the vectors of the seeds to their valence and
// returns what it says of every vector.
func regress(vectors []vector, valence []float64) ([]float64, error) {
	const n = dim + 1 // with the constant
	xx, xy := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	for i, y := range valence {
		if math.IsNaN(y) {
			continue
		}
		x := row(&vectors[i])
		xx.SymRankOne(xx, 1, x)
		xy.AddScaledVec(xy, y, x)
	}
	for d := range dim {
		xx.SetSym(d, d, xx.At(d, d)+penalty)
	}
	var factor mat.Cholesky
	if !factor.Factorize(xx) {
		return nil, errors.New("the lexicons know no word of the corpus")
	}
	var w mat.VecDense
	if err := factor.SolveVecTo(&w, xy); err != nil {
		return nil, err
	}
	// The lexicons hold more bad words than good ones; the mean word is neither.
	out, mean := make([]float64, len(vectors)), 0.0
	for i := range vectors {
		out[i] = mat.Dot(row(&vectors[i]), &w)
		mean += out[i] / float64(len(vectors))
	}
	for i := range out {
		out[i] -= mean
	}
	return out, nil
}

// row is a vector of length 1 and the constant.
func row(v *vector) *mat.VecDense {
	norm := 0.0
	for _, x := range v {
		norm += float64(x) * float64(x)
	}
	norm = math.Sqrt(norm)
	x := mat.NewVecDense(dim+1, nil)
	for d := range v {
		x.SetVec(d, float64(v[d])/max(norm, 1e-9))
	}
	x.SetVec(dim, 1)
	return x
}
