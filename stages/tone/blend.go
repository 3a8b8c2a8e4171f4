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

	full [2][]full // Trees, made Ready
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

// Tree is one regression tree; its nodes stand in one slice, the root first.
type Tree []Node

// Node is a split, or a leaf where Left is 0.
type Node struct {
	X           float32 // split: to the left where the feature is below it; leaf: its value
	Feature     uint16
	Left, Right uint8
}

// MarshalJSON writes a node as [x, feature, left, right].
func (n Node) MarshalJSON() ([]byte, error) {
	return json.Marshal([4]float64{math.Round(float64(n.X)*1e4) / 1e4, float64(n.Feature), float64(n.Left), float64(n.Right)})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Node) UnmarshalJSON(data []byte) error {
	var v [4]float64
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*n = Node{float32(v[0]), uint16(v[1]), uint8(v[2]), uint8(v[3])}
	if int(n.Feature) >= NFeatures {
		return fmt.Errorf("feature %d of %d", n.Feature, NFeatures)
	}
	return nil
}

// Value returns the tree's leaf for the features f.
func (t Tree) Value(f []float32) float32 {
	n := t[0]
	for n.Left != 0 {
		if f[n.Feature] < n.X {
			n = t[n.Left]
		} else {
			n = t[n.Right]
		}
	}
	return n.X
}

// Depth is how many splits a tree has between its root and any leaf, at most.
const Depth = 4

// full is a tree with all splits that it has room for, the two below split i at
// 2i+1 and 2i+2. A walk through it has no jump that the processor could foretell
// wrongly, and walks through many trees overlap.
type full struct {
	x       [1<<Depth - 1]float32
	feature [1<<Depth - 1]uint16
	leaves  [1 << Depth]float32
}

// fill makes node n of t, and what is below it, place i of the full tree. It
// reports whether there is room.
func (u *full) fill(t Tree, n uint8, i int) bool {
	leaf := t[n].Left == 0
	if i >= len(u.x) {
		u.leaves[i-len(u.x)] = t[n].X
		return leaf
	}
	if leaf { // both ways lead to it
		return u.fill(t, n, 2*i+1) && u.fill(t, n, 2*i+2)
	}
	u.x[i], u.feature[i] = t[n].X, t[n].Feature
	return u.fill(t, t[n].Left, 2*i+1) && u.fill(t, t[n].Right, 2*i+2)
}

// value returns the tree's leaf for the features f.
func (u *full) value(f []float32) float32 {
	i := uint(0)
	for range Depth {
		left := uint(0)
		if f[u.feature[i]] < u.x[i] {
			left = 1
		}
		i = 2*i + 2 - left
	}
	return u.leaves[i-uint(len(u.x))]
}

// Ready makes the trees ready to be asked.
func (b *Blend) Ready() error {
	for k, trees := range b.Trees {
		b.full[k] = make([]full, len(trees))
		for i, t := range trees {
			if !b.full[k][i].fill(t, 0, 0) {
				return fmt.Errorf("a tree of more than %d splits from its root to a leaf", Depth)
			}
		}
	}
	return nil
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

// linear returns the regression's chances of hostile and conciliatory.
func (b *Blend) linear(f []float32) (hostile, conciliatory float64) {
	wh, wc := b.Linear[0], b.Linear[1]
	var zh, zc float64
	for i, x := range f {
		if x != 0 {
			zh += float64(wh[i] * x)
			zc += float64(wc[i] * x)
		}
	}
	m := max(0, zh, zc)
	h, c, n := math.Exp(zh-m), math.Exp(zc-m), math.Exp(-m)
	return h / (h + c + n), c / (h + c + n)
}

// chance is what the regression alone gives a candidate of not being neutral,
// before the sentiment model and the trees are asked.
func (b *Blend) chance(f []float32) float64 {
	h, k := b.linear(f)
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
	hostile, conciliatory = b.linear(f)
	if len(b.full[0]) == 0 || hostile+conciliatory < leastReading {
		return hostile, conciliatory
	}
	var p [2]float64
	for k, trees := range b.full {
		var z float32
		for i := range trees {
			if z += trees[i].value(f); i+1 == len(trees)/b.bags() && sigmoid(b.Bias[k]+z*float32(b.bags())) < leastBag {
				z *= float32(b.bags())
				break // the other bags would say no other
			}
		}
		p[k] = sigmoid(b.Bias[k] + z)
	}
	if s := p[0] + p[1]; s > 1 {
		p[0], p[1] = p[0]/s, p[1]/s
	}
	return (hostile + p[0]) / 2, (conciliatory + p[1]) / 2
}
