package segment

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// turns begins the document's turns with its author's, and returns those of a
// transcript: paragraphs that begin with a label in capitals and a colon, "MS.
// ORTIZ:", or with the "Q" of a question. One label alone, as of a press agency's
// town, makes no transcript.
func turns(d *stages.Document, paragraphs []int) []stages.Turn {
	d.Turns = append(d.Turns, stages.Turn{})
	var found []stages.Turn
	start := 0
	for _, end := range paragraphs {
		if last := turnLabel(d, start, end); last > start {
			found = append(found, stages.Turn{First: start, Last: last, Question: asks(d, start, last)})
		}
		start = end
	}
	if len(found) == 1 && !found[0].Question {
		return nil
	}
	return found
}

// turnLabel returns the end of the label that a paragraph, tokens first to last,
// begins with, first for none.
func turnLabel(d *stages.Document, first, last int) int {
	const longest = 12 // tokens: "VICE PRESIDENT-ELECT J. R. O’NEILL:"
	if first+1 < last && d.Word(first) == "Q" && d.Tokens[first+1].Is(lexicons.Space) {
		return first + 1
	}
	words := 0
	for i := first; i < min(last-1, first+longest); i++ {
		t, w := d.Tokens[i], d.Word(i)
		switch {
		case w == ":" && words > 0:
			if d.Tokens[first].Is(lexicons.Quote) || d.Tokens[i+1].Is(lexicons.Quote) {
				return first // a quotation in a story, and its speaker
			}
			return i + 1
		case t.Is(lexicons.Upper), t.Is(lexicons.Cap) && len(w) == 1, i == first && (w == "Question" || w == "Answer"):
			words++
		case !t.Is(lexicons.Punct | lexicons.Digit): // "LT. GEN. ORTIZ", "QUESTIONER 2"
			return first
		}
	}
	return first
}

// asks reports whether a label, tokens first to last, is of somebody who asks or
// interrupts.
func asks(d *stages.Document, first, last int) bool {
	for i := first; i < last; i++ {
		switch strings.ToUpper(d.Word(i)) {
		case "Q", "QUESTION", "QUESTIONER", "REPORTER", "JOURNALIST", "INTERVIEWER", "AUDIENCE", "PARTICIPANT":
			return true
		}
	}
	return false
}
