package sentiment

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Pair is one judged mention in the form of NewsMTSC: a line of JSON with
// text, target{start,end} in code points, and label -1, 0 or 1.
type Pair struct {
	ID         string
	Text       string
	Start, End int // the target, in bytes of Text
	Label      int
}

// ReadPairs calls f for every pair of r.
func ReadPairs(r io.Reader, f func(Pair)) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 16<<20)
	for line := 1; in.Scan(); line++ {
		if len(strings.TrimSpace(in.Text())) == 0 {
			continue
		}
		var j struct {
			ID     string
			Text   string
			Target *struct{ Start, End int }
			Label  *int
		}
		if err := json.Unmarshal(in.Bytes(), &j); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		n := utf8.RuneCountInString(j.Text)
		switch {
		case j.Target == nil || j.Target.Start < 0 || j.Target.End <= j.Target.Start || j.Target.End > n:
			return fmt.Errorf("line %d: target is no span of text, whose length is %d code points", line, n)
		case j.Label == nil || *j.Label < -1 || *j.Label > 1:
			return fmt.Errorf("line %d: label must be -1, 0 or 1", line)
		}
		start := byteOf(j.Text, j.Target.Start)
		end := start + byteOf(j.Text[start:], j.Target.End-j.Target.Start)
		f(Pair{j.ID, j.Text, start, end, *j.Label})
	}
	return in.Err()
}

// byteOf is the offset in bytes of a code point.
func byteOf(text string, point int) int {
	for i := range text {
		if point == 0 {
			return i
		}
		point--
	}
	return len(text)
}

// Report counts how judged mentions were scored.
type Report struct {
	N      int
	Counts [NClasses][NClasses]int // by gold class, then by class given
}

// Evaluate scores the pairs of r. The span is in bytes of the text; score
// returns -1, 0 or 1.
func Evaluate(r io.Reader, score func(text string, start, end int) int) (Report, error) {
	var rep Report
	err := ReadPairs(r, func(p Pair) {
		rep.Add(p.Label, score(p.Text, p.Start, p.End))
	})
	return rep, err
}

// Add counts one mention, by labels -1, 0 and 1.
func (r *Report) Add(gold, given int) {
	r.N++
	r.Counts[gold+1][given+1]++
}

// Accuracy is the share of mentions that are right.
func (r Report) Accuracy() float64 {
	right := 0
	for k := range NClasses {
		right += r.Counts[k][k]
	}
	return ratio(right, r.N)
}

// Class returns precision, recall and F1 of one class.
func (r Report) Class(k Class) (precision, recall, f1 float64) {
	gold, given := 0, 0
	for i := range NClasses {
		gold += r.Counts[k][i]
		given += r.Counts[i][k]
	}
	right := r.Counts[k][k]
	return ratio(right, given), ratio(right, gold), ratio(2*right, gold+given)
}

// MacroF1 is the mean F1 of the classes, the measure of NewsMTSC.
func (r Report) MacroF1() float64 {
	var sum float64
	for k := range NClasses {
		_, _, f := r.Class(Class(k))
		sum += f
	}
	return sum / NClasses
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// String is the report as a small table.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d mentions  macro-F1 %.3f  accuracy %.3f\n", r.N, r.MacroF1(), r.Accuracy())
	for k, name := range []string{"negative", "neutral", "positive"} {
		p, rec, f := r.Class(Class(k))
		fmt.Fprintf(&b, "  %-8s  P %.3f  R %.3f  F1 %.3f\n", name, p, rec, f)
	}
	return b.String()
}
