package sentiment

import (
	"math"
	"strings"
	"testing"
)

func TestEvaluate(t *testing.T) {
	const gold = `{"id":"a","text":"Él odia a Peña.","target":{"start":10,"end":14},"label":-1}

{"id":"b","text":"Ana","target":{"start":0,"end":3},"label":1}
`
	var spans []string
	rep, err := Evaluate(strings.NewReader(gold), func(text string, start, end int) int {
		spans = append(spans, text[start:end])
		return -1
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(spans, " ") != "Peña Ana" {
		t.Errorf("targets %q", spans)
	}
	p, r, f := rep.Class(Negative)
	if rep.Accuracy() != 0.5 || p != 0.5 || r != 1 || math.Abs(f-2.0/3) > 1e-9 || math.Abs(rep.MacroF1()-2.0/9) > 1e-9 {
		t.Errorf("%v", rep)
	}
}

func TestEvaluateFaults(t *testing.T) {
	for line, want := range map[string]string{
		`{`:                      "line 1",
		`{"text":"a","label":0}`: "target",
		`{"text":"a","target":{"start":0,"end":2},"label":0}`: "1 code points",
		`{"text":"a","target":{"start":0,"end":1},"label":2}`: "label",
	} {
		_, err := Evaluate(strings.NewReader(line), func(string, int, int) int { return 0 })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", line, err, want)
		}
	}
}
