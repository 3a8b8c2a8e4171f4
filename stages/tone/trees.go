package tone

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

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

// forest is trees made ready to be asked. Their splits compare features with the
// same few values again and again, and most features are 0: each comparison is
// made once, and only where it may come out otherwise than for 0.
type forest struct {
	trees [2][]full             // of hostile and conciliatory
	cuts  []float32             // what features are compared with, by feature, then value
	first [NFeatures + 1]uint16 // the first cut of each feature
	zero  answers               // where all features are 0
}

// maxCuts is how many cuts a forest has room for.
const maxCuts = 1 << 11

// answers are those of comparisons, by cut: 0 where the feature is below it, 1
// where it is not.
type answers [maxCuts]uint8

// full is a tree with all splits that it has room for, the root at 1, the two
// below split i at 2i and 2i+1, where the leaves follow the splits. A walk through
// it has no jump that the processor could foretell wrongly, and walks through many
// trees overlap.
type full struct {
	cut    [1 << Depth]uint16
	leaves [1 << Depth]float32
}

// grow returns the forest of trees.
func grow(trees [2][]Tree) (*forest, error) {
	splits := distinct(trees)
	if len(splits) > maxCuts {
		return nil, fmt.Errorf("trees with %d different splits, at most %d", len(splits), maxCuts)
	}
	w := new(forest)
	for i, s := range splits {
		w.cuts = append(w.cuts, s.X)
		w.first[s.Feature+1] = uint16(i + 1)
		w.zero[i] = answer(0, s.X)
	}
	for i := range NFeatures { // those that no split looks at
		w.first[i+1] = max(w.first[i+1], w.first[i])
	}
	for k := range trees {
		w.trees[k] = make([]full, len(trees[k]))
		for i, t := range trees[k] {
			if !w.trees[k][i].fill(t, 0, 1, splits) {
				return nil, fmt.Errorf("a tree of more than %d splits from its root to a leaf", Depth)
			}
		}
	}
	return w, nil
}

// distinct returns the splits of trees without what is below them, each once, by
// feature, then value.
func distinct(trees [2][]Tree) (splits []Node) {
	for _, list := range trees {
		for _, t := range list {
			for _, n := range t {
				if n.Left != 0 {
					splits = append(splits, Node{X: n.X, Feature: n.Feature})
				}
			}
		}
	}
	slices.SortFunc(splits, bySplit)
	return slices.Compact(splits)
}

func bySplit(a, b Node) int {
	return cmp.Or(cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.X, b.X))
}

func answer(x, cut float32) uint8 {
	if x < cut {
		return 0
	}
	return 1
}

// fill makes node n of t, and what is below it, place i of the full tree. It
// reports whether there is room.
func (u *full) fill(t Tree, n uint8, i int, splits []Node) bool {
	leaf := t[n].Left == 0
	if i >= len(u.cut) {
		u.leaves[i-len(u.cut)] = t[n].X
		return leaf
	}
	if leaf { // both ways lead to it
		return u.fill(t, n, 2*i, splits) && u.fill(t, n, 2*i+1, splits)
	}
	cut, _ := slices.BinarySearchFunc(splits, t[n], bySplit)
	u.cut[i] = uint16(cut)
	return u.fill(t, t[n].Left, 2*i, splits) && u.fill(t, t[n].Right, 2*i+1, splits)
}

// ask makes a the answers for the features f, of which those in set are not 0.
func (w *forest) ask(a *answers, f []float32, set []uint8) {
	*a = w.zero
	for _, i := range set {
		for k := w.first[i]; k < w.first[i+1]; k++ {
			a[k] = answer(f[i], w.cuts[k])
		}
	}
}

// sum adds the trees' leaves to z, one after the other.
func (a *answers) sum(z float32, trees []full) float32 {
	for k := range trees {
		z += trees[k].value(a)
	}
	return z
}

// value returns the tree's leaf. The masks change no index: they spare the
// checks of bounds.
func (u *full) value(a *answers) float32 {
	i := uint(1)
	for range Depth {
		i = 2*i + uint(a[u.cut[i%(1<<Depth)]%maxCuts])
	}
	return u.leaves[i%(1<<Depth)]
}
