package tone

import (
	"math/rand/v2"
	"testing"
)

// TestForest holds that trees asked together answer as each does alone, also
// where a feature is just what a split compares it with.
func TestForest(t *testing.T) {
	blend, err := LoadBlend()
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		f := make([]float32, NFeatures)
		for i := range f {
			if cuts := blend.forest.cuts[blend.forest.first[i]:blend.forest.first[i+1]]; rnd.IntN(3) == 0 && len(cuts) > 0 {
				f[i] = cuts[rnd.IntN(len(cuts))]
			} else if rnd.IntN(3) == 0 {
				f[i] = 2*rnd.Float32() - 1
			}
		}
		var list [NFeatures]uint8
		var a answers
		blend.forest.ask(&a, f, places(&list, f))
		for k, trees := range blend.Trees {
			for i, tree := range trees {
				if got, want := blend.forest.trees[k][i].value(&a), tree.Value(f); got != want {
					t.Fatalf("tree %d of label %d: %g, want %g", i, k, got, want)
				}
			}
		}
	}
}
