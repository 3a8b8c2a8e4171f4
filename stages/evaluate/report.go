package evaluate

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// maxQuoted is how many code points of a sentence are quoted.
const maxQuoted = 240

// Print writes the report for people: a row for each source if asked for, the
// first wrong tuples, and the figures of all.
func (r *Report) Print(w io.Writer, bySource bool, errors int) {
	row := func(name string, c Counts) { fmt.Fprintf(w, "%-16s %v\n", name, c) }
	if bySource {
		for _, source := range slices.Sorted(maps.Keys(r.BySource)) {
			row(source, r.BySource[source])
		}
	}
	for _, e := range r.First(errors) {
		fmt.Fprintln(w, e)
	}
	if r.Missing > 0 || r.Changed > 0 {
		fmt.Fprintf(w, "documents missing %d, text changed %d of %d\n", r.Missing, r.Changed, r.Documents)
	}
	row("all", r.All)
}

// First returns the first n errors, or all if there are fewer.
func (r *Report) First(n int) []Error { return r.Errors[:min(max(n, 0), len(r.Errors))] }

func (e Error) String() string {
	text := e.Text
	if points := []rune(text); len(points) > maxQuoted {
		text = string(points[:maxQuoted])
	}
	return fmt.Sprintf("%s %s [%d] %s->%s %s | %s", e.Kind, e.Document, e.Sentence, e.Source, e.Target, e.Tone,
		strings.ReplaceAll(text, "\n", " "))
}
