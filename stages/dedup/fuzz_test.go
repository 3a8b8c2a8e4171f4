package dedup

import (
	"strings"
	"testing"

	"detente/stages"
	"detente/stages/stagetest"
)

// FuzzSign holds what must be true of any two texts.
func FuzzSign(f *testing.F) {
	seeds := stagetest.Seeds(f)
	for i, s := range seeds {
		f.Add(s, seeds[(i+1)%len(seeds)])
	}
	f.Add(report, otherReport+notice)
	f.Fuzz(func(t *testing.T, textA, textB string) {
		a, b := sign(textA), sign(textB)
		if ab, ba := a.Similarity(b), b.Similarity(a); ab != ba || ab < 0 || ab > 1 {
			t.Fatalf("similarity %v, in the other direction %v", ab, ba)
		}
		_, copies := a.duplicates(b)
		if _, reverse := b.duplicates(a); copies != reverse {
			t.Fatal("a duplicate in one direction only")
		}
		if similarity, ok := a.duplicates(a); similarity != 1 || !ok || *a != *sign(textA) {
			t.Fatal("a text is unlike itself")
		}
		if again := Sign(&stages.Article{Text: strings.ReplaceAll(textA, " ", " \n— ")}); again != *a {
			t.Fatal("white space and punctuation count")
		}
		if read, err := Parse(a.Bytes()); err != nil || read != *a {
			t.Fatalf("stored and read it is another: %v", err)
		}
		x := NewIndex()
		x.Add("a", a, "")
		if first := x.First("b", a); first != "a" {
			t.Fatalf("an exact copy is one of %q", first)
		}
		if first := x.First("b", b); first == "a" != (copies && sharesBand(a, b)) {
			t.Fatalf("a copy is one of %q, similarity %v", first, a.Similarity(b))
		}
	})
}

func sharesBand(a, b *Signature) bool {
	for i := range a.bands {
		if a.bands[i] == b.bands[i] {
			return true
		}
	}
	return false
}
