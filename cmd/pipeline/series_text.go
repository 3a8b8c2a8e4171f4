package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"detente/output"
	"detente/stages/window"
)

// write prints the series for people: of one dyad every window, of several a
// line each.
func (t *trends) write(w io.Writer) {
	p := newPainter(w)
	by := "date of statement"
	if t.By == output.ByPublished {
		by = "date of publication"
	}
	every := "every " + t.Every
	if t.Step != "" {
		every = fmt.Sprintf("windows of %s, every %s", t.Every, t.Step)
	}
	fmt.Fprintf(w, "%s..%s, %s, by %s\n\n", t.From, t.To, every, by)
	if len(t.list) == 1 {
		t.writeOne(w, p, &t.list[0])
	} else {
		t.writeLines(w, p)
	}
	if t.FewDocuments > 0 {
		fmt.Fprintf(w, "\n%s dyads with too few documents are left out (--min-documents)\n", thousands(int64(t.FewDocuments)))
	}
	if t.outside > 0 {
		fmt.Fprintf(w, "\n%s statements of other days are left out (--over)\n", thousands(int64(t.outside)))
	}
}

func (t *trends) writeOne(w io.Writer, p painter, s *window.Series) {
	line, low, high := sparkline(s.Points)
	fmt.Fprintf(w, "%s  %s  %s to %s\n\n", p.paint(bold, s.Dyad.String()), line, signedText(low), signedText(high))
	g := grid{head: []string{"window", "statements", "documents", "mean tone", fmt.Sprintf("%.4g%% interval", 100*(1-t.Level)), "hostile", "conciliatory", "hostile | conciliatory"}}
	changes := s.Changes
	for i := range s.Points {
		point := &s.Points[i]
		note := ""
		if len(changes) > 0 && point.Window.From >= changes[0].At {
			note = "← " + changeText(changes[0])
			changes = changes[1:]
		}
		bar := ""
		if !point.Empty() {
			bar = strings.TrimRight(painter(false).bar(point.Mean), " ")
		}
		if note != "" {
			bar = fmt.Sprintf("%-21s  %s", bar, note)
		}
		g.add("",
			cell{text: windowName(point.Window, t.Every)},
			cell{text: fmt.Sprint(point.Statements), right: true},
			cell{text: fmt.Sprint(point.Documents), right: true},
			cell{signedText(point.Mean), signedOr(point.Mean), true},
			cell{text: intervalText(point.Low, point.High), right: true},
			cell{text: percent(point.Hostile), right: true},
			cell{text: percent(point.Conciliatory), right: true},
			cell{text: bar})
	}
	g.write(w, p)
	if s.Undated > 0 {
		fmt.Fprintf(w, "\n%d undated left out\n", s.Undated)
	}
}

func (t *trends) writeLines(w io.Writer, p painter) {
	g := grid{head: []string{"dyad", "statements", "mean tone", "from", "to", "tone over time", "changes"}}
	for i := range t.list {
		s := &t.list[i]
		n, sum := 0, 0.0
		for k := range s.Points {
			if point := &s.Points[k]; !point.Empty() {
				n += point.Statements
				sum += point.Mean * float64(point.Statements)
			}
		}
		mean := sum / float64(n)
		line, low, high := sparkline(s.Points)
		changes := make([]string, len(s.Changes))
		for k, c := range s.Changes {
			changes[k] = changeText(c)
		}
		g.add("",
			cell{text: s.Dyad.String(), style: bold},
			cell{text: thousands(int64(n)), right: true},
			cell{signedText(mean), signedOr(mean), true},
			cell{text: signedText(low), right: true},
			cell{text: signedText(high), right: true},
			cell{text: line},
			cell{text: strings.Join(changes, ", ")})
	}
	g.write(w, p)
}

func changeText(c window.Change) string {
	return fmt.Sprintf("%s: %+.2f → %+.2f", c.At, c.Before, c.After)
}

func signedOr(v float64) style {
	if math.IsNaN(v) {
		return dim
	}
	return signed(v)
}

// windowName is the shortest name of a window of the calendar.
func windowName(w window.Range, every string) string {
	switch window.Unit(every) {
	case window.EveryDay:
		return w.From.String()
	case window.Month:
		return w.From.Time().Format("2006-01")
	case window.Year:
		return w.From.Time().Format("2006")
	}
	return w.String()
}

// widest is the most characters of a sparkline; longer series are thinned by
// taking windows together.
const widest = 72

// sparkline draws means from the lowest to the highest, a blank for an empty window.
func sparkline(points []window.Summary) (line string, low, high float64) {
	together := (len(points) + widest - 1) / widest
	var means []float64
	for i := 0; i < len(points); i += max(together, 1) {
		n, sum := 0, 0.0
		for _, p := range points[i:min(i+together, len(points))] {
			if !p.Empty() {
				n += p.Statements
				sum += p.Mean * float64(p.Statements)
			}
		}
		means = append(means, sum/float64(n)) // NaN without any
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, m := range means {
		if !math.IsNaN(m) {
			low, high = min(low, m), max(high, m)
		}
	}
	steps := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, m := range means {
		switch {
		case math.IsNaN(m):
			b.WriteByte(' ')
		case high == low:
			b.WriteRune(steps[len(steps)/2])
		default:
			b.WriteRune(steps[min(int((m-low)/(high-low)*float64(len(steps))), len(steps)-1)])
		}
	}
	if low > high {
		low, high = math.NaN(), math.NaN()
	}
	return b.String(), low, high
}
