package segment

import (
	"detente/lexicons"
	"detente/stages"
)

// dateline returns the token behind the line that says where and when a story
// was filed: "MADRID, March 22 (Meridian Wire) - ", "Geneva, Switzerland -- ".
// It is told by its form: capitalised words, a date and what stands in brackets,
// then a dash with space around it. It returns 0 where the document has none.
func dateline(d *stages.Document) int {
	const longest = 16 // tokens
	if len(d.Sentences) == 0 {
		return 0
	}
	s := d.Sentences[0]
	if !d.Tokens[s.First].Is(lexicons.Cap) {
		return 0
	}
	sure := d.Tokens[s.First].Is(lexicons.Upper) && s.First+1 < s.Last && len(d.Word(s.First)) > 2
	bracket := false
	for i := s.First; i < min(s.Last-1, s.First+longest); i++ {
		t := d.Tokens[i]
		switch w := d.Word(i); {
		case w == "(":
			bracket, sure = true, true
		case w == ")":
			bracket = false
		case bracket:
		case w == "--" || w == "—" || w == "–" || w == "-" && t.Is(lexicons.Space):
			next := d.Tokens[i+1]
			if i > s.First && (sure || w == "--" || w == "—") && next.Is(lexicons.Cap|lexicons.Digit|lexicons.Quote) && (next.Is(lexicons.Space) || w != "-") {
				return i + 1
			}
			return 0
		case w == "," || w == "." || w == "/":
		case t.Is(lexicons.Digit):
			sure = true
		case !t.Is(lexicons.Cap):
			return 0
		}
	}
	return 0
}
