package segment

import (
	"detente/lexicons"
	"detente/stages"
)

// maxQuotation is how many tokens ahead a closing mark is looked for; it keeps
// a text of nothing but marks linear.
const maxQuotation = 1000

// side says which side of a quotation a mark can stand on.
type side uint8

const (
	opener side = 1 << iota
	closer
)

// quotations pairs the quotation marks of each paragraph. Every style of mark
// is accepted where it stands: curly, straight, doubled single, guillemets.
// A mark that points the wrong way ("” traitors,“", closing after the comma) is
// read by the spaces around it. A quotation left open at the end of a
// paragraph ends there, and is Continued where the next paragraph opens with a
// mark, or closes what it has not opened.
func quotations(d *stages.Document, paragraphs []int) []stages.Quotation {
	out := d.Quotations
	start, goesOn := 0, false
	for p, end := range paragraphs {
		open, inner := -1, -1 // tokens of the open outer and inner marks
		var style byte
		if goesOn {
			open, style, goesOn = start-1, 'd', false
		}
		for i := start; i < end; i++ {
			if !d.Tokens[i].Is(lexicons.Quote) {
				continue
			}
			kind, sides := mark(d, i, start, end)
			if sides == 0 {
				continue
			}
			switch {
			case open < 0:
				if inverted := d.Word(i) == "“" && sides == closer; inverted && len(out) > 0 && out[len(out)-1].First > start && closesLater(d, i, end) {
					// “we are” traitors,“ they …”: the marks between are
					// swapped; one quotation with another inside.
					outer := &out[len(out)-1]
					inner := *outer
					inner.First, inner.Last, inner.Nested = inner.Last+1, i, true
					inner.Span = d.Span(inner.First, inner.Last)
					open, style = outer.First-1, kind
					*outer = inner
					continue
				}
				if sides&opener == 0 {
					continue
				}
				if kind == 's' && !closesLater(d, i, end) {
					continue
				}
				open, style = i, kind
			case kind == style:
				if sides&closer == 0 && sides&opener != 0 && inner < 0 {
					// A second opening mark: the first was never closed, unless
					// an inner quotation is marked like the outer one.
					if !closesLater(d, i, end) {
						continue
					}
					inner = i
					continue
				}
				if inner >= 0 {
					out = add(out, d, inner, i, true)
					inner = -1
					continue
				}
				out = add(out, d, open, i, false)
				open = -1
			default: // the other style inside
				if inner < 0 && sides&opener != 0 {
					inner = i
				} else if inner >= 0 && sides&closer != 0 {
					out = add(out, d, inner, i, true)
					inner = -1
				}
			}
		}
		if open >= 0 && open+1 < end {
			q := quotation(d, open, end)
			q.Open = true
			if p+1 < len(paragraphs) {
				i, sides := firstMark(d, end, paragraphs[p+1])
				goesOn = style == 'd' && i > end && sides == closer
				q.Continued = goesOn || i == end && sides&opener != 0
			}
			if l := label(d, open+1, end); open == start && l > 0 && l < end {
				q.First = l // "WALLACE: Let's start
				q.Span = d.Span(l, q.Last)
			}
			// An opening mark that closes nowhere and is not taken up by the
			// next paragraph is kept only where it opens the paragraph.
			if q.Continued || open == start {
				out = append(out, q)
			}
		}
		start = end
	}
	return out
}

// firstMark returns the first double mark of the paragraph of tokens first to
// last, and the sides it can stand on; of single ones the first token alone.
func firstMark(d *stages.Document, first, last int) (int, side) {
	for i := first; i < min(last, first+maxQuotation); i++ {
		if kind, sides := mark(d, i, first, last); kind == 'd' || kind == 's' && i == first {
			return i, sides
		}
	}
	return last, 0
}

// maxLabel is how many words name who speaks in a transcript at most.
const maxLabel = 4

// label returns the token behind the label of a transcript's paragraph that
// begins at token i: words in capitals and a colon; 0 for none.
func label(d *stages.Document, i, end int) int {
	for j := i; j < min(end, i+maxLabel+1); j++ {
		switch {
		case d.Word(j) == ":" && j > i:
			return j + 1
		case !d.Tokens[j].Is(lexicons.Upper) && d.Word(j) != ".":
			return 0
		}
	}
	return 0
}

func add(out []stages.Quotation, d *stages.Document, open, close int, nested bool) []stages.Quotation {
	if close <= open+1 {
		return out
	}
	q := quotation(d, open, close)
	q.Nested = nested
	return append(out, q)
}

func quotation(d *stages.Document, open, close int) stages.Quotation {
	return stages.Quotation{Span: d.Span(open+1, close), First: open + 1, Last: close}
}

// mark returns the style of mark at token i ('d' double, 's' single) and the
// sides it can stand on.
func mark(d *stages.Document, i, first, last int) (byte, side) {
	w := d.Word(i)
	spaceBefore := i == first || d.Tokens[i].Is(lexicons.Space) || bracket(d, i-1)
	spaceAfter := i+1 >= last || d.Tokens[i+1].Is(lexicons.Space) || d.Tokens[i+1].Is(lexicons.Punct)
	switch w {
	case "“", "„", "«", "``":
		if !spaceBefore && spaceAfter && w == "“" {
			return 'd', closer
		}
		return 'd', opener
	case "”", "»":
		if spaceBefore && !spaceAfter && w == "”" {
			return 'd', opener
		}
		return 'd', closer
	case "\"", "''", "‟":
		switch {
		case spaceBefore && !spaceAfter:
			return 'd', opener
		case !spaceBefore && spaceAfter:
			return 'd', closer
		}
		return 'd', opener | closer
	case "‘", "‚", "‛":
		return 's', opener
	case "’", "'", "`":
		switch {
		case spaceBefore && !spaceAfter:
			return 's', opener
		case !spaceBefore && spaceAfter:
			return 's', closer
		}
		return 's', 0
	}
	return 0, 0
}

func bracket(d *stages.Document, i int) bool {
	switch d.Word(i) {
	case "(", "[", "—", "--", "-", "–":
		return true
	}
	return d.Tokens[i].Is(lexicons.Quote)
}

// closesLater reports whether a closing mark of the style of token i follows
// before end, so that a lone apostrophe ("'cause") opens nothing.
func closesLater(d *stages.Document, i, end int) bool {
	kind, _ := mark(d, i, i, end)
	for j := i + 2; j < min(end, i+maxQuotation); j++ {
		if !d.Tokens[j].Is(lexicons.Quote) {
			continue
		}
		if k, sides := mark(d, j, i, end); k == kind && sides&closer != 0 {
			return true
		}
	}
	return false
}
