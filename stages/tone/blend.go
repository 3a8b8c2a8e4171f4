package tone

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
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
	Threshold float32      // least probability of a label that a construction and the sign of its word speak for
	Loose     float32      // the same of other labels that are not neutral
	Tied      Calibration  // of the confidence in a label that a construction and the sign of its word speak for
	Toned     Calibration  // of the confidence in other labels that are not neutral
	Neutral   Calibration  // of the confidence in neutral
	Linear    [2][]float32 // weights of hostile and conciliatory; neither is the reference
	Trees     [2][]Tree    // log-odds of hostile and conciliatory against the rest
	Bias      [2]float32   // log-odds that the trees start from
	Bags      int          // ensembles that the trees are of
	Hash      string       `json:"-"` // hex SHA-256 of the file

	forest *forest // Trees, made Ready
}

// Calibration turns a probability to the share of such readings that are right,
// measured on articles that the weights have not seen: Platt's (1999) sigmoid
// of its log-odds.
type Calibration struct{ Slope, Offset float32 }

// Of returns the calibrated probability.
func (c Calibration) Of(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return 1 / (1 + math.Exp(-float64(c.Slope)*math.Log(p/(1-p))-float64(c.Offset)))
}

// Ready makes the trees ready to be asked.
func (b *Blend) Ready() (err error) {
	b.forest, err = grow(b.Trees)
	return err
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
	if err := b.Ready(); err != nil {
		return nil, fmt.Errorf("blend.json: %w", err)
	}
	sum := sha256.Sum256(blendFile)
	b.Hash = hex.EncodeToString(sum[:])
	return b, nil
}

// Tied reports whether a construction and the sign of its word speak for a label:
// a loose reading has but company or context.
func Tied(loose, hostile bool, valence float32) bool {
	return !loose && (hostile && valence < 0 || !hostile && valence > 0)
}

// Least returns the least probability of hostile, or of conciliatory, for a
// reading that only company or context suggests (loose) or a construction, by a
// word of a valence.
func (b *Blend) Least(loose, hostile bool, valence float32) float64 {
	if Tied(loose, hostile, valence) {
		return float64(b.Threshold)
	}
	return float64(b.Loose)
}

// Confidence returns the share of such readings of probability p that are right.
func (b *Blend) Confidence(p float64, loose, hostile bool, valence float32) float64 {
	if Tied(loose, hostile, valence) {
		return b.Tied.Of(p)
	}
	return b.Toned.Of(p)
}

const _ = uint8(NFeatures - 1) // places has room for all

// places returns where f is not 0, in order, written to list. It has no jump that
// hangs on a feature: which of them are set nobody could foretell.
func places(list *[NFeatures]uint8, f []float32) []uint8 {
	n := 0
	for i, x := range f[:NFeatures] {
		list[n] = uint8(i)
		if math.Float32bits(x) != 0 {
			n++
		}
	}
	return list[:n]
}

// linear returns the regression's chances of hostile and conciliatory for the
// features f, of which those in set are not 0.
func (b *Blend) linear(f []float32, set []uint8) (hostile, conciliatory float64) {
	wh, wc := b.Linear[0], b.Linear[1]
	var zh, zc float64
	for _, i := range set {
		zh += float64(wh[i] * f[i])
		zc += float64(wc[i] * f[i])
	}
	m := max(0, zh, zc)
	h, c, n := math.Exp(zh-m), math.Exp(zc-m), math.Exp(-m)
	return h / (h + c + n), c / (h + c + n)
}

// chance is what the regression alone gives a candidate of not being neutral,
// before the sentiment model and the trees are asked.
func (b *Blend) chance(f []float32) float64 {
	var list [NFeatures]uint8
	h, k := b.linear(f, places(&list, f))
	return h + k
}

// Chances below which a candidate is not worth the time of the sentiment model and the trees: pairs that
// merely stand together, nine in ten of which mean nothing, and readings that
// are neutral as good as surely.
const (
	leastTogether = 0.08
	leastReading  = 0.10
	leastBag      = 0.08 // by the trees of one bag
)

// bags is the number of ensembles that the trees are of, each fitted on other
// articles.
func (b *Blend) bags() int { return max(1, b.Bags) }

func sigmoid(z float32) float64 { return 1 / (1 + math.Exp(-float64(z))) }

// Probabilities returns the chances of hostile and conciliatory.
func (b *Blend) Probabilities(f []float32) (hostile, conciliatory float64) {
	var list [NFeatures]uint8
	set := places(&list, f)
	hostile, conciliatory = b.linear(f, set)
	if len(b.Trees[0]) == 0 || hostile+conciliatory < leastReading {
		return hostile, conciliatory
	}
	var a answers
	b.forest.ask(&a, f, set)
	h, c := b.boosted(0, &a), b.boosted(1, &a)
	if s := h + c; s > 1 {
		h, c = h/s, c/s
	}
	return (hostile + h) / 2, (conciliatory + c) / 2
}

// boosted returns the trees' chance of hostile (0) or conciliatory (1).
func (b *Blend) boosted(k int, a *answers) float64 {
	trees := b.forest.trees[k]
	bag := len(trees) / b.bags()
	z := a.sum(0, trees[:bag])
	if p := sigmoid(b.Bias[k] + float32(z*float32(b.bags()))); p < leastBag {
		return p // the other bags would say no other
	}
	return sigmoid(b.Bias[k] + a.sum(z, trees[bag:]))
}
