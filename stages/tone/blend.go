package tone

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// Blend turns a candidate's features to probabilities: a multinomial logistic
// regression, fitted by cmd/train. Being a probability model, it is also what
// the confidence comes from.
type Blend struct {
	Weights   [2][]float32 // hostile, conciliatory; neither is the reference
	Threshold float32      // least probability of a label that is not neutral
}

//go:embed blend.json
var blendFile []byte

// LoadBlend reads the fitted weights that the program carries.
func LoadBlend() (*Blend, error) {
	b := new(Blend)
	if err := json.Unmarshal(blendFile, b); err != nil {
		return nil, fmt.Errorf("blend.json: %w", err)
	}
	for _, w := range b.Weights {
		if len(w) != NFeatures {
			return nil, fmt.Errorf("blend.json: %d weights for %d features; run make model", len(w), NFeatures)
		}
	}
	return b, nil
}

// Probabilities returns the chances of hostile and conciliatory.
func (b *Blend) Probabilities(f []float32) (hostile, conciliatory float64) {
	var z [2]float64
	for k, w := range b.Weights {
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
