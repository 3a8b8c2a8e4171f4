package report

import (
	"cmp"
	"slices"

	"detente/output"
)

// maxPassage is how many code points a passage holds: about 100 words.
const maxPassage = 600

// passage cuts a statement and the terms of its evidence out of a document's
// text. It reaches from the first to the last of statement, cue, speaker and
// terms, as far as maxPassage allows: what is further off is left out, and a
// longer statement is cut. Without a text, which --no-text leaves out, the
// passage is the statement's own words.
func passage(text []rune, s *output.StatementRow, evidence []output.Evidence) []Piece {
	c := cutter{text: text}
	if len(text) == 0 {
		c.text, c.first = []rune(s.Text), int(s.Start)
	}
	c.own = c.clip(int(s.Start), int(s.End))
	shown := span{c.own.start, min(c.own.end, c.own.start+maxPassage)}
	reach := func(start, end int) {
		wider := c.clip(min(shown.start, start), max(shown.end, end))
		if start < end && wider.end-wider.start <= maxPassage {
			shown = wider
		}
	}
	reach(int(s.CueStart), int(s.CueEnd))
	reach(int(s.SpeakerStart), int(s.SpeakerEnd))
	for _, e := range evidence {
		reach(int(e.Start), int(e.End))
	}

	terms := slices.Clone(evidence)
	slices.SortStableFunc(terms, func(a, b output.Evidence) int { return cmp.Compare(a.Start, b.Start) })
	c.at = shown.start
	for i := range terms {
		if e := &terms[i]; int(e.Start) >= c.at && int(e.End) <= shown.end && e.Start < e.End {
			c.cut(int(e.Start), nil)
			c.cut(int(e.End), e)
		} // else it is far off, or within the term before it
	}
	c.cut(shown.end, nil)
	if shown.end < c.own.end {
		c.pieces = append(c.pieces, Piece{Text: " …", Context: true})
	}
	return c.pieces
}

// span is a stretch of code points, end exclusive.
type span struct{ start, end int }

// cutter cuts a text into pieces from left to right.
type cutter struct {
	text   []rune
	first  int  // offset of text in the document
	own    span // the statement
	at     int  // where the next piece begins
	pieces []Piece
}

// clip returns what a span shares with the text.
func (c *cutter) clip(start, end int) span {
	last := c.first + len(c.text)
	return span{min(max(start, c.first), last), min(max(end, c.first), last)}
}

// cut adds the text up to an offset, as words of a term if there is one. The
// ends of the statement cut it further: what lies outside them is context.
func (c *cutter) cut(to int, term *output.Evidence) {
	for _, edge := range [...]int{c.own.start, c.own.end, to} {
		if edge = min(edge, to); edge <= c.at {
			continue
		}
		p := Piece{
			Text:    string(c.text[c.at-c.first : edge-c.first]),
			Context: c.at < c.own.start || c.at >= c.own.end,
		}
		if term != nil {
			valence := round(float64(term.Valence))
			p.Valence, p.Category = &valence, term.Category
		}
		c.pieces = append(c.pieces, p)
		c.at = edge
	}
}
