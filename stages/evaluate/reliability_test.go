package evaluate

import (
	"math"
	"testing"
)

// TestReliability: each tone falls into the tenth of its confidence, 1 into the
// last one, and the error weighs the bins by their tones.
func TestReliability(t *testing.T) {
	var r Reliability
	for i := range 10 {
		r.Add(0.85, i < 8) // 0.8 right, 0.05 off
	}
	for i := range 30 {
		r.Add(0.45, i < 15) // 0.5 right, 0.05 off
	}
	r.Add(1, true)
	for i, want := range map[int]Bin{8: {10, 8, 8.5}, 4: {30, 15, 13.5}, 9: {1, 1, 1}, 0: {}} {
		if b := r[i]; b.Tones != want.Tones || b.Right != want.Right || math.Abs(b.Stated-want.Stated) > 1e-9 {
			t.Errorf("bin %d is %v, want %v", i, b, want)
		}
	}
	if got, want := r.Error(), 40*0.05/41; math.Abs(got-want) > 1e-9 {
		t.Errorf("error %.6f, want %.6f", got, want)
	}
	var empty Reliability
	if empty.Error() != 0 || empty[3].Mean() != 0 || empty[3].Share() != 0 {
		t.Error("an empty table has figures")
	}
}
