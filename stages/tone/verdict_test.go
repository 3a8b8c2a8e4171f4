package tone

import (
	"testing"

	"detente/lexicons"
	"detente/stages"
)

// TestLeast holds that the lower threshold and its calibration are for labels that
// a construction and the sign of its word speak for, and for no others.
func TestLeast(t *testing.T) {
	b := &Blend{Threshold: 0.3, Loose: 0.4, Tied: Calibration{Slope: 1}, Toned: Calibration{Slope: 1, Offset: -1}}
	for _, c := range []struct {
		loose, hostile bool
		valence        float32
		tied           bool
	}{
		{false, true, -0.5, true},
		{false, false, 0.5, true},
		{false, true, 0.5, false}, // against its word
		{false, false, -0.5, false},
		{false, true, 0, false}, // no word
		{true, true, -0.5, false},
		{true, false, 0.5, false},
	} {
		want, confidence := b.Loose, b.Toned.Of(0.6)
		if c.tied {
			want, confidence = b.Threshold, b.Tied.Of(0.6)
		}
		if got := b.Least(c.loose, c.hostile, c.valence); got != float64(want) {
			t.Errorf("%+v: threshold %g, want %g", c, got, want)
		}
		if got := b.Confidence(0.6, c.loose, c.hostile, c.valence); got != confidence {
			t.Errorf("%+v: confidence %g, want %g", c, got, confidence)
		}
	}
}

// TestReciprocate holds that what two parties do together has the same chances
// both ways, in whichever statements of the sentence, and that nothing else has.
func TestReciprocate(t *testing.T) {
	d := &stages.Document{
		Statements: []stages.Statement{{Span: stages.Span{Start: 0, End: 9}}, {Span: stages.Span{Start: 0, End: 9}}, {Span: stages.Span{Start: 10, End: 19}}},
		Relations:  []stages.Relation{{Route: stages.Reciprocal}, {Route: stages.Together}, {Route: stages.SubjectObject}},
	}
	esp, mar, prt := &party{code: "ESP"}, &party{code: "MAR"}, &party{code: "PRT"}
	verdicts := func(second *candidate) []verdict {
		return []verdict{
			{candidate: &candidate{statement: 0, source: esp, target: mar, relations: []int{0, 1}}, hostile: 0.25, conciliatory: 0.5},
			{candidate: second, hostile: 0.5, conciliatory: 0.25},
		}
	}
	for _, c := range []struct {
		name   string
		second *candidate
		mean   bool
	}{
		{"both ways", &candidate{statement: 1, source: mar, target: esp, relations: []int{0}}, true},
		{"another target", &candidate{statement: 1, source: mar, target: prt, relations: []int{0}}, false},
		{"another sentence", &candidate{statement: 2, source: mar, target: esp, relations: []int{0}}, false},
		{"company alone", &candidate{statement: 1, source: mar, target: esp, relations: []int{1}}, false},
		{"more than both do", &candidate{statement: 1, source: mar, target: esp, relations: []int{0, 2}}, false},
	} {
		list := verdicts(c.second)
		reciprocate(d, list)
		h, k := 0.25, 0.5
		if c.mean {
			h, k = 0.375, 0.375
		}
		if a := list[0]; a.hostile != h || a.conciliatory != k {
			t.Errorf("%s: %g hostile, %g conciliatory, want %g and %g", c.name, a.hostile, a.conciliatory, h, k)
		}
		if b := list[1]; (b.hostile == list[0].hostile && b.conciliatory == list[0].conciliatory) != c.mean {
			t.Errorf("%s: the way back is %g hostile, %g conciliatory", c.name, b.hostile, b.conciliatory)
		}
	}
}

// TestConditional holds that a condition reaches the verbs inside its clause, and
// no others.
func TestConditional(t *testing.T) {
	// Denmark acts if Moldova decides to bomb
	const if_ = 7
	d := &stages.Document{
		Tokens: []lexicons.Token{{}, {}, {ID: if_}, {}, {}, {}, {}},
		Heads:  []int32{1, -1, 4, 4, 1, 6, 4},
	}
	s, sent := &Scorer{if_: if_, unless: if_ + 1}, &stages.Sentence{First: 0, Last: 7}
	for v, want := range map[int]bool{1: false, 4: true, 6: true} {
		if got := s.conditional(d, sent, v); got != want {
			t.Errorf("verb %d: %v, want %v", v, got, want)
		}
	}
}
