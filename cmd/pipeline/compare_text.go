package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"detente/output"
	"detente/stages/window"
)

// write prints the comparison for people.
func (a *comparison) write(w io.Writer) {
	p := newPainter(w)
	by := "date of statement"
	if a.By == output.ByPublished {
		by = "date of publication"
	}
	fmt.Fprintf(w, "%s against %s, by %s\n\n", p.paint(bold, a.Before), p.paint(bold, a.After), by)
	interval := fmt.Sprintf("%.4g%% interval", 100*(1-a.Level))
	g := grid{head: []string{"dyad", "statements", "documents", "mean tone", "hostile", "conciliatory", "change", interval, "delta", "p", "q"}}
	notShown := false
	for i := range a.list {
		c := &a.list[i]
		change := cell{signedText(c.Difference), signed(c.Difference), true}
		if !c.Shown {
			change = cell{"~", dim, true}
			notShown = true
		}
		g.add(warningText(c.Warnings),
			cell{text: c.Dyad.String(), style: bold},
			cell{text: fmt.Sprintf("%d → %d", c.Before.Statements, c.After.Statements), right: true},
			cell{text: fmt.Sprintf("%d → %d", c.Before.Documents, c.After.Documents), right: true},
			cell{text: signedText(c.Before.Mean) + " → " + signedText(c.After.Mean), right: true},
			cell{text: percent(c.Before.Hostile) + " → " + percent(c.After.Hostile), right: true},
			cell{text: percent(c.Before.Conciliatory) + " → " + percent(c.After.Conciliatory), right: true},
			change,
			cell{text: intervalText(c.Low, c.High), right: true},
			cell{text: signedText(c.Delta), right: true},
			cell{text: chance(c.P), right: true},
			cell{text: chance(c.Q), right: true})
	}
	g.write(w, p)
	var notes []string
	if notShown {
		notes = append(notes, fmt.Sprintf("~ no difference is shown (q ≥ %.4g)", a.Level))
	}
	if a.FewDocuments > 0 {
		notes = append(notes, fmt.Sprintf("%s dyads with too few documents are left out (--min-documents)", thousands(int64(a.FewDocuments))))
	}
	if len(notes) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(notes, "\n"))
	}
}

func warningText(list []window.Warning) string {
	texts := make([]string, len(list))
	for i, w := range list {
		texts[i] = w.Text
	}
	return strings.Join(texts, "; ")
}

// signedText writes a tone with two places, "–" if it cannot be told.
func signedText(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%+.2f", v)
}

func intervalText(low, high float64) string {
	if math.IsNaN(low) {
		return "–"
	}
	return signedText(low) + " … " + signedText(high)
}

func percent(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return fmt.Sprintf("%.0f%%", 100*share)
}

// chance writes a p or q with the places that it has.
func chance(p float64) string {
	switch {
	case math.IsNaN(p):
		return "–"
	case p < 0.001:
		return "<.001"
	}
	return strings.TrimPrefix(fmt.Sprintf("%.3f", p), "0")
}
