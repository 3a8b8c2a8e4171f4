package attribute

import (
	"detente/lexicons"
)

// attributeQuotations finds the speaker of every quotation: the subject of a
// cue beside it, else the speaker of the quotation that it continues.
func (w *walk) attributeQuotations() {
	d := w.d
	if len(d.Quotations) == 0 {
		return
	}
	q := 0
	for n, s := range d.Sentences {
		for q < len(d.Quotations) && d.Quotations[q].Last <= s.First {
			q++
		}
		touches := false
		for k := q; k < len(d.Quotations) && d.Quotations[k].First < s.Last; k++ {
			if !d.Quotations[k].Nested && d.Quotations[k].Last > s.First {
				touches = true
			}
		}
		if !touches {
			continue
		}
		w.load(n)
		for k := q; k < len(d.Quotations) && d.Quotations[k].First < s.Last; k++ {
			if d.Quotations[k].Nested || d.Quotations[k].Last <= s.First {
				continue
			}
			if d.Quotations[k].First >= s.First {
				w.apart[k] = w.setApart(d.Quotations[k])
				w.whole[k] = w.speaksForItself(d.Quotations[k])
			}
			if !w.voices[k].known {
				w.voices[k] = w.quotationVoice(k)
			}
			if !w.voices[k].known && d.Quotations[k].Last <= s.Last {
				w.voices[k] = w.signature(k)
			}
		}
	}
	w.runningQuotations()
}

// runningQuotations hands the speaker on from quotation to quotation, and
// numbers the utterances: the parts of one quotation share a number, whether or
// not anybody knows who speaks.
func (w *walk) runningQuotations() {
	previous := -1
	for k := range w.d.Quotations {
		if w.d.Quotations[k].Nested {
			continue
		}
		v := &w.voices[k]
		if !v.known && previous >= 0 && w.voices[previous].known && w.runsOn(previous, k) {
			*v = w.voices[previous]
			v.utterance = 0
		}
		if !v.known && w.whole[k] {
			*v = w.toldBefore(k)
		}
		if previous >= 0 && (w.splitByCue(previous, k) || w.splitByParagraph(previous, k)) {
			v.utterance = w.voices[previous].utterance
		} else {
			v.utterance = w.nextUtterance()
		}
		previous = k
	}
}

func (w *walk) nextUtterance() int {
	w.utterances++
	return w.utterances
}

// splitByCue reports whether quotations a and b are one utterance that its cue
// splits: `"We agree," he said, "but …"`.
func (w *walk) splitByCue(a, b int) bool {
	x, y := w.d.Quotations[a], w.d.Quotations[b]
	return w.d.SentenceOf(x.Last-1) == w.d.SentenceOf(y.First) && w.voices[a].first == w.voices[b].first && w.voices[a].first >= 0
}

// splitByParagraph reports whether quotations a and b are one between two marks
// that a paragraph cuts in two.
func (w *walk) splitByParagraph(a, b int) bool {
	before := w.d.Quotations[b].First - 1
	return w.d.Quotations[a].Continued && !w.d.Tokens[before].Is(lexicons.Quote)
}

// runsOn reports whether quotation b, which has no cue, goes on with the
// speaker of a: its sentence is nothing but quotation, and nothing but
// attribution stands between.
func (w *walk) runsOn(a, b int) bool {
	d := w.d
	x, y := d.Quotations[a], d.Quotations[b]
	if x.Continued {
		return true
	}
	n := w.d.SentenceOf(y.First)
	s := d.Sentences[n]
	for i := s.First; i < s.Last; i++ {
		if w.quote[i] == 0 && !d.Tokens[i].Is(lexicons.Punct) {
			return false
		}
	}
	between := n - w.d.SentenceOf(x.Last-1)
	return between <= 1 || between == 2 && y.Last-y.First > 5
}

// quotationVoice finds the cue of quotation k in the sentence in hand.
func (w *walk) quotationVoice(k int) voice {
	q := w.d.Quotations[k]
	best, distance := -1, 1<<30
	for i := range w.row {
		c := &w.row[i]
		if c.kind != vg || c.inQuote || !w.reporting(i) {
			continue
		}
		gap := 0
		switch {
		case c.first >= q.Last:
			gap = c.first - q.Last
		case c.last <= q.First:
			gap = q.First - c.last
			if !c.finite && c.form != lexicons.Gerund {
				gap += 4
			}
		}
		if gap < distance {
			best, distance = i, gap
		}
	}
	if best >= 0 && distance < 40 {
		if v, ok := w.cueVoice(best); ok {
			return v
		}
	}
	if v, _, _, ok := w.accordingTo(); ok {
		return v
	}
	// `Khamenei: "…"` and "as one official put it".
	for i := range w.row {
		if w.row[i].kind == stop && w.row[i].last >= q.First-2 && w.row[i].last <= q.First && i > 0 && w.row[i-1].kind == np {
			return w.voiceOf(i - 1)
		}
	}
	return voice{first: -1}
}

// signature finds the speaker of a quotation that is signed: `"…" ― Ana Ruiz`.
func (w *walk) signature(k int) voice {
	d := w.d
	i := d.Quotations[k].Last + 1
	if i+1 >= len(d.Tokens) || !dash(d.Word(i)) {
		return voice{first: -1}
	}
	n := d.SentenceOf(i)
	s := d.Sentences[n]
	end := i + 1 // a line, where signed quotations stand in a row
	for end < s.Last && !d.Tokens[end].Is(lexicons.Quote) {
		end++
	}
	if end-i > maxSignature || s.Paragraph != w.sent.Paragraph || !d.Tokens[i+1].Is(lexicons.Cap) {
		return voice{first: -1}
	}
	v := voice{first: i + 1, last: end, known: true}
	for v.last > v.first+1 && d.Tokens[v.last-1].Is(lexicons.Punct) {
		v.last--
	}
	for m := s.MentionFrom; m < s.MentTo; m++ {
		if d.Mentions[m].First > i && d.Mentions[m].First < end {
			v.name, v.code = d.Mentions[m].Name, d.Mentions[m].Code
			break
		}
	}
	return v
}

// maxSignature is how many tokens a signature has at most.
const maxSignature = 14

func dash(word string) bool {
	switch word {
	case "―", "—", "–", "-", "--":
		return true
	}
	return false
}

// toldBefore returns the speaker of the sentence before quotation k, which
// stands alone: `The report named three causes, the minister said. "…"`, or
// `He said:` and the quotation in a paragraph of its own.
func (w *walk) toldBefore(k int) voice {
	d := w.d
	n := d.SentenceOf(d.Quotations[k].First)
	if n == 0 {
		return voice{first: -1}
	}
	before := d.Sentences[n-1]
	for i := before.First; i < before.Last; i++ {
		if w.quoted(i) {
			return voice{first: -1}
		}
	}
	colon := d.Word(before.Last-1) == ":"
	if !colon && before.Paragraph != d.Sentences[n].Paragraph {
		return voice{first: -1}
	}
	w.load(n - 1)
	for i := len(w.row) - 1; i >= 0; i-- {
		if w.row[i].kind == vg && w.row[i].finite && w.reporting(i) && (colon || !w.finiteBetween(w.sent.First, w.row[i].first) || w.tail(i) <= 4) {
			if v, ok := w.cueVoice(i); ok {
				return v
			}
		}
	}
	v, _, _, _ := w.accordingTo()
	return v
}

// tail is the number of tokens from verb group i to the end of the sentence.
func (w *walk) tail(i int) int { return w.sent.Last - w.row[i].last }

// cueNear returns the head of the reporting verb group nearest to the
// quotation, outside it, or -1.
func (w *walk) cueNear(first, last int) int {
	best, distance := -1, 1<<30
	for i := range w.row {
		c := &w.row[i]
		if c.kind != vg || c.inQuote || !w.reporting(i) {
			continue
		}
		gap := first - c.last
		if c.first >= last {
			gap = c.first - last
		}
		if gap >= 0 && gap < distance {
			best, distance = c.head, gap
		}
	}
	return best
}
