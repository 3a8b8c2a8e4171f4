package tone

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// Blend turns a candidate's features to the probabilities of hostile,
// conciliatory and neither: the mean of a multinomial logistic regression and
// of boosted trees (Friedman 2001), both fitted by cmd/train. The regression
// carries what each feature says alone, the trees what features say together;
// in cross-validation over articles the mean of the two beats either. Being
// probabilities, they are also what the confidence comes from.
type Blend struct {
	Threshold float32      // least probability of a label that is not neutral
	Linear    [2][]float32 // weights of hostile and conciliatory; neither is the reference
	Trees     [2][]Tree    // log-odds of hostile and conciliatory against the rest
	Bias      [2]float32   // log-odds that the trees start from
}

// Tree is one regression tree; its nodes stand in one slice, the root first.
type Tree []Node

// Node is a split, or a leaf where Left is 0.
type Node struct {
	Feature     int     `json:"f,omitempty"`
	Threshold   float32 `json:"t,omitempty"` // to the left where the feature is below it
	Left, Right int     `json:",omitempty"`
	Value       float32 `json:"v,omitempty"`
}

// Value returns the tree's leaf for the features f.
func (t Tree) Value(f []float32) float32 {
	i := 0
	for t[i].Left != 0 {
		if f[t[i].Feature] < t[i].Threshold {
			i = t[i].Left
		} else {
			i = t[i].Right
		}
	}
	return t[i].Value
}

//go:embed blend.json
var blendFile []byte

// LoadBlend reads the fitted weights that the program carries.
func LoadBlend() (*Blend, error) {
	b := new(Blend)
	if err := json.Unmarshal(blendFile, b); err != nil {
		return nil, fmt.Errorf("blend.json: %w", err)
	}
	for _, w := range b.Linear {
		if len(w) != NFeatures {
			return nil, fmt.Errorf("blend.json: %d weights for %d features; run make model", len(w), NFeatures)
		}
	}
	return b, nil
}

// linear returns the regression's chances of hostile and conciliatory.
func (b *Blend) linear(f []float32) (hostile, conciliatory float64) {
	var z [2]float64
	for k, w := range b.Linear {
		for i, x := range f {
			if x != 0 {
				z[k] += float64(w[i] * x)
			}
		}
	}
	m := max(0, z[0], z[1])
	h, c, n := math.Exp(z[0]-m), math.Exp(z[1]-m), math.Exp(-m)
	return h / (h + c + n), c / (h + c + n)
}

// Probabilities returns the chances of hostile and conciliatory.
func (b *Blend) Probabilities(f []float32) (hostile, conciliatory float64) {
	hostile, conciliatory = b.linear(f)
	if len(b.Trees[0]) == 0 {
		return hostile, conciliatory
	}
	var p [2]float64
	for k, trees := range b.Trees {
		z := b.Bias[k]
		for _, t := range trees {
			z += t.Value(f)
		}
		p[k] = 1 / (1 + math.Exp(-float64(z)))
	}
	if s := p[0] + p[1]; s > 1 {
		p[0], p[1] = p[0]/s, p[1]/s
	}
	return (hostile + p[0]) / 2, (conciliatory + p[1]) / 2
}
