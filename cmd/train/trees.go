package main

import (
	"math"
	"slices"

	"detente/stages/tone"
)

// Shape of the boosted trees, chosen by cross-validation over articles.
const (
	treeCount = 70 // a bag
	treeBags  = 4  // ensembles, each without its share of the articles (bagging, Breiman 1996)
	treeDepth = tone.Depth
	treeRate  = 0.11
	treeBins  = 24  // candidate thresholds a feature
	treeLeaf  = 4.0 // least weight of a leaf, in examples
	treeRidge = 4.0
	treeShare = 2 // a tree sees every second feature, in turn
)

// boost fits gradient-boosted trees to the log loss of one label against the
// rest (Friedman 2001, with the second-order leaves of Chen and Guestrin 2016).
func boost(examples []example, label int) (trees []tone.Tree, bias float32) {
	var sum, positive float64
	for _, e := range examples {
		sum += e.weight
		if e.label == label {
			positive += e.weight
		}
	}
	p := (positive + 1) / (sum + 2)
	bias = float32(math.Log(p / (1 - p)))
	cuts := splits(examples)
	// Bins once for all trees.
	bins := make([][]uint8, tone.NFeatures)
	for f := range bins {
		if len(cuts[f]) == 0 {
			continue
		}
		bins[f] = make([]uint8, len(examples))
		for i, e := range examples {
			b, _ := slices.BinarySearchFunc(cuts[f], e.f[f], func(t, x float32) int {
				if t <= x {
					return -1
				}
				return 1
			})
			bins[f][i] = uint8(b)
		}
	}
	for bag := range treeBags {
		trees = append(trees, grown(examples, label, bias, bins, cuts, bag)...)
	}
	return trees, bias
}

// grown fits one bag of trees, without its share of the articles; they add up
// to their part of the mean over the bags.
func grown(examples []example, label int, bias float32, bins [][]uint8, cuts [][]float32, bag int) (trees []tone.Tree) {
	z := make([]float64, len(examples))
	for i := range z {
		z[i] = float64(bias)
	}
	var in []int
	for i, e := range examples {
		if e.article%treeBags != bag {
			in = append(in, i)
		}
	}
	g, h := make([]float64, len(examples)), make([]float64, len(examples))
	for n := range treeCount {
		for i, e := range examples {
			q := 1 / (1 + math.Exp(-z[i]))
			y := 0.0
			if e.label == label {
				y = 1
			}
			g[i], h[i] = e.weight*(q-y), e.weight*q*(1-q)
		}
		b := builder{bins: bins, cuts: cuts, g: g, h: h, weights: examples, turn: n + bag}
		b.tree = tone.Tree{{}}
		b.grow(0, in, treeDepth)
		for i, e := range examples {
			z[i] += float64(b.tree.Value(e.f))
		}
		for k := range b.tree {
			if node := &b.tree[k]; node.Left == 0 {
				node.X /= treeBags
			}
		}
		trees = append(trees, b.tree)
	}
	return trees
}

// splits returns the candidate splits of every feature: its quantiles.
func splits(examples []example) [][]float32 {
	out := make([][]float32, tone.NFeatures)
	for f := range out {
		values := make([]float32, 0, len(examples))
		for _, e := range examples {
			values = append(values, e.f[f])
		}
		slices.Sort(values)
		distinct := slices.Compact(slices.Clone(values))
		if len(distinct) < 2 {
			continue
		}
		if len(distinct) <= treeBins {
			for i := 1; i < len(distinct); i++ {
				out[f] = append(out[f], (distinct[i-1]+distinct[i])/2)
			}
			continue
		}
		for i := 1; i < treeBins; i++ {
			out[f] = append(out[f], distinct[i*len(distinct)/treeBins])
		}
		out[f] = slices.Compact(out[f])
	}
	return out
}

type builder struct {
	tree    tone.Tree
	bins    [][]uint8
	cuts    [][]float32
	g, h    []float64
	weights []example
	turn    int
}

// grow splits node n, which holds the examples in, or makes it a leaf.
func (b *builder) grow(n int, in []int, depth int) {
	var sumG, sumH float64
	for _, i := range in {
		sumG += b.g[i]
		sumH += b.h[i]
	}
	leaf := func() { b.tree[n].X = float32(-treeRate * sumG / (sumH + treeRidge)) }
	if depth == 0 {
		leaf()
		return
	}
	type split struct {
		gain float64
		f    int
		bin  int
	}
	best := split{gain: 1e-3, f: -1}
	score := func(g, h float64) float64 { return g * g / (h + treeRidge) }
	for f, bins := range b.bins {
		if bins == nil || (f+b.turn)%treeShare != 0 {
			continue
		}
		var hg, hh, hw [256]float64
		for _, i := range in {
			k := bins[i]
			hg[k] += b.g[i]
			hh[k] += b.h[i]
			hw[k] += b.weights[i].weight
		}
		var total float64
		for _, x := range hw[:len(b.cuts[f])+1] {
			total += x
		}
		var lg, lh, lw float64
		for k := range b.cuts[f] {
			lg += hg[k]
			lh += hh[k]
			lw += hw[k]
			if lw < treeLeaf || total-lw < treeLeaf {
				continue
			}
			if gain := score(lg, lh) + score(sumG-lg, sumH-lh) - score(sumG, sumH); gain > best.gain {
				best = split{gain, f, k}
			}
		}
	}
	if best.f < 0 {
		leaf()
		return
	}
	var left, right []int
	for _, i := range in {
		if int(b.bins[best.f][i]) <= best.bin {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	l := len(b.tree)
	b.tree = append(b.tree, tone.Node{}, tone.Node{})
	b.tree[n] = tone.Node{X: b.cuts[best.f][best.bin], Feature: uint16(best.f), Left: uint8(l), Right: uint8(l + 1)}
	b.grow(l, left, depth-1)
	b.grow(l+1, right, depth-1)
}
