package main

import (
	"detente/cmd/internal/annotated"
	"detente/stages"
)

// free reports whether a document may shape the weights: text of the project,
// of the US government, and under CC BY licences. Others are only measured.
func free(d *annotated.Document) bool {
	if d.Kind() != annotated.Gold {
		return true
	}
	switch d.Source {
	case "Wikinews", "state.gov", "whitehouse.gov", "PLOVER-GSR":
		return true
	}
	return false
}

// weight is how much an example counts: the project's own sentences are harder
// and stranger than news, so that many of them together count like the gold.
func weight(d *annotated.Document) float64 {
	switch d.Kind() {
	case annotated.Statements:
		return 0.2
	case annotated.Articles:
		return 0.4
	}
	return 3
}

// sentenceAt returns the sentence that a span in bytes overlaps most, -1 for
// none, as the scorer does.
func sentenceAt(d *annotated.Document, span stages.Span, bytes []int) int {
	best, most := -1, 0
	for i, s := range d.Sentences {
		if n := min(span.End, bytes[s.End]) - max(span.Start, bytes[s.Start]); n > most {
			best, most = i, n
		}
	}
	return best
}

// labelOf returns the label of a dyad in the sentence; arguable where the gold
// has both tones or leaves it open.
func labelOf(s *annotated.Sentence, dyad [2]string) (label int, arguable bool) {
	for _, t := range s.Tuples {
		if annotated.Dyad(t.Source, t.Target) != dyad {
			continue
		}
		l := 1
		if t.Tone[0] == 'c' {
			l = 2
		}
		if label != 0 && label != l {
			return 0, true
		}
		label = l
	}
	if label == 0 {
		for _, t := range s.Optional {
			if annotated.Dyad(t.Source, t.Target) == dyad {
				return 0, true
			}
		}
	}
	return label, false
}
