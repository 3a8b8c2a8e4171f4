package attribute

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// setApart reports whether the quotation, which begins in the sentence in hand,
// is set apart as speech: nothing but a mark, a reporting word or "that" goes
// before, and the sentence does not run on behind.
func (w *walk) setApart(q stages.Quotation) bool {
	return w.opensClean(q) && w.closesClean(q, w.d.Sentences[w.d.SentenceOf(q.Last-1)])
}

// opensClean reports whether what stands before the opening mark leads up to
// speech.
func (w *walk) opensClean(q stages.Quotation) bool {
	d := w.d
	s := w.sent
	if q.First > s.First && d.Word(q.First-1) == ":" {
		return true // a transcript's label
	}
	i := q.First - 2
	for i >= s.First && d.Tokens[i].Is(lexicons.Quote) {
		i--
	}
	if i < s.First || strings.Contains(d.Article.Text[d.Tokens[i].End:d.Tokens[q.First].Start], "\n") {
		return true
	}
	switch d.Word(i) {
	case ":", ",", "―", "—", "--", "-", "–", ";":
		return true
	case "that":
		return true
	}
	return w.cueEnds(i)
}

// closesClean reports whether the sentence does not run on behind the closing
// mark.
func (w *walk) closesClean(q stages.Quotation, e stages.Sentence) bool {
	d := w.d
	if q.Open {
		return true
	}
	i := q.Last + 1
	if i >= e.Last {
		return true
	}
	end := q.Last - 1 // the last word or mark, behind inner quotation marks
	for end > q.First && d.Tokens[end].Is(lexicons.Quote) {
		end--
	}
	switch d.Word(end) {
	case ",", ".", "?", "!", "…", "...":
		return true
	}
	if d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) && d.Word(i) != "-" {
		return true
	}
	return (d.Tags[i] == lexicons.Conj || d.Tags[i] == lexicons.Subord) && w.sentenceLike(q.First, q.Last)
}

// speaksForItself reports whether the quotation is speech even if nobody is
// named as the speaker: it makes up whole sentences.
func (w *walk) speaksForItself(q stages.Quotation) bool {
	d := w.d
	if q.Last-q.First < 3 {
		return false
	}
	for i := w.sent.First; i < q.First; i++ {
		if !d.Tokens[i].Is(lexicons.Punct | lexicons.Quote) {
			return q.Last-q.First >= 6 && w.sentenceLike(q.First, min(q.Last, w.sent.Last))
		}
	}
	return true
}

// heading reports whether the quoted words are a title that nobody says: a line
// of its own, or set off behind a noun ("In his book, “…”").
func (w *walk) heading(first, last int) bool {
	d := w.d
	if last-first < 2 || strings.ContainsAny(d.Word(last-1), "?!.") || !w.title(first, last) {
		return false
	}
	before := first - 2
	if before < w.sent.First {
		return last+2 >= w.sent.Last && w.sent.First == w.paragraph
	}
	return before > w.sent.First && d.Word(before) == "," && !w.cueEnds(before-1) && !w.quoted(before-1)
}

// title reports whether the quoted words are a name or title: all but small
// words have a capital.
func (w *walk) title(first, last int) bool {
	for i := first; i < last; i++ {
		const small = lexicons.Det | lexicons.Prep | lexicons.Conj | lexicons.Subord
		if t := w.d.Tokens[i]; !t.Is(lexicons.Cap|lexicons.Punct|lexicons.Digit) && w.d.Tags[i]&small == 0 {
			return false
		}
	}
	return true
}

// sentenceLike reports whether the tokens hold a finite verb.
func (w *walk) sentenceLike(first, last int) bool {
	for i := range w.row {
		if c := &w.row[i]; c.kind == vg && c.finite && c.first >= first && c.last <= last {
			return true
		}
	}
	return false
}

// cueEnds reports whether token i ends a reporting verb.
func (w *walk) cueEnds(i int) bool {
	for k := range w.cues {
		if m := &w.cues[k]; m.last == i+1 && m.pos&lexicons.Noun == 0 && !w.names(m) {
			return true
		}
	}
	return false
}
