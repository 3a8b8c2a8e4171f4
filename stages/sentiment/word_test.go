package sentiment

import "testing"

func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"accuse", "accused", "accuses", "accusing", "Accused"},
		{"threaten", "threatened", "threatens", "threatening"},
		{"deny", "denies", "denied"},
		{"bar", "bars"},
		{"barred", "barring"},
		{"attack", "attacks", "ATTACKED"},
		{"kill", "killed", "killing"},
		{"’s", "'s"},
	} {
		_, want := hashes(same[0])
		for _, w := range same[1:] {
			if _, got := hashes(w); got != want {
				t.Errorf("%q and %q have different stems", same[0], w)
			}
		}
	}
	for _, w := range []string{"press", "virus", "his", "need", "thing", "no", ""} {
		if n, i := stemLen(w); n != len(w) || i {
			t.Errorf("%q is cut to %q", w, w[:n])
		}
	}
}
