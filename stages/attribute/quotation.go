package attribute

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
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
		if previous >= 0 && w.splitByCue(previous, k) {
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

// signature finds the speaker of a quotation that is signed: `"…" ― Ana Ruiz`.
func (w *walk) signature(k int) voice {
	d := w.d
	i := d.Quotations[k].Last + 1
	if i+1 >= len(d.Tokens) || !dash(d.Word(i)) {
		return voice{first: -1}
	}
	n := d.SentenceOf(i)
	s := d.Sentences[n]
	if s.Last-i > maxSignature || s.Paragraph != w.sent.Paragraph || !d.Tokens[i+1].Is(lexicons.Cap) {
		return voice{first: -1}
	}
	v := voice{first: i + 1, last: s.Last, known: true}
	for v.last > v.first+1 && d.Tokens[v.last-1].Is(lexicons.Punct) {
		v.last--
	}
	for m := s.MentionFrom; m < s.MentTo; m++ {
		if d.Mentions[m].First > i {
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
		if w.row[i].kind == vg && w.row[i].finite && w.reporting(i) && (colon || w.previousVerb(i) < 0 || w.tail(i) <= 4) {
			if v, ok := w.cueVoice(i, w.tail(i) <= 4); ok {
				return v
			}
		}
	}
	v, _, _, _ := w.accordingTo()
	return v
}

// tail is the number of tokens from verb group i to the end of the sentence.
func (w *walk) tail(i int) int { return w.sent.Last - w.row[i].last }

// splitByCue reports whether quotations a and b are one utterance that its cue
// splits: `"We agree," he said, "but …"`.
func (w *walk) splitByCue(a, b int) bool {
	x, y := w.d.Quotations[a], w.d.Quotations[b]
	return w.d.SentenceOf(x.Last-1) == w.d.SentenceOf(y.First) && w.voices[a].first == w.voices[b].first && w.voices[a].first >= 0
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
		if v, ok := w.cueVoice(best, w.row[best].first >= q.Last); ok {
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

// quotedPart adds the part of quotation q in this sentence as a statement of
// its own, or makes the reported clause around it a mixed one. A quotation that
// is neither set apart as speech nor part of what somebody says is a title, a
// name or a word that the writer keeps at arm's length.
func (w *walk) quotedPart(q, first, last int) {
	v := w.voices[q]
	if w.apart[q] && (w.leads(first) || !w.continues(first, last)) {
		if !v.known && !w.whole[q] || w.heading(first, last) {
			return
		}
		w.cutOut(first, last, &v)
		w.open = append(w.open, content{first: first, last: last, kind: stages.Direct, cue: w.cueNear(first, last), cueLast: -1, voice: v, statement: -1})
		return
	}
	if w.mix(first, last) {
		return
	}
	if m := w.cueBefore(first); m != nil && !w.title(first, last) {
		t := tokens{m.last, last}
		if that := w.thatBehind(m); that >= 0 && that < first {
			t.first = that + 1
		}
		w.tell(m, [2]tokens{t})
		if w.mix(first, last) {
			return
		}
	}
	if v.known && last-first >= 6 && w.sentenceLike(first, last) {
		w.open = append(w.open, content{first: first, last: last, kind: stages.Mixed, cue: w.cueNear(first, last), cueLast: -1, voice: v, statement: -1})
	}
}

// mix makes reported words that hold the quoted part mixed speech and lets them
// go on behind it; words that are all quoted are direct speech.
func (w *walk) mix(first, last int) (held bool) {
	for k := range w.open {
		c := &w.open[k]
		if c.first > first || last > c.last+1 || c.kind == stages.Direct {
			continue
		}
		held = true
		if c.kind = stages.Mixed; last >= c.last-1 {
			c.last = max(c.last, w.pastQuotation(last, w.passesOn(c.cue)))
		}
		if w.onlyQuoted(c, first, last) {
			c.first, c.last, c.kind = first, last, stages.Direct
		}
	}
	return held
}

// pastQuotation returns where words end that go on behind the quoted part that
// ends at token last: with further quoted words of a list, or to the next mark.
// Clauses with a conjunction are gone through where far is set.
func (w *walk) pastQuotation(last int, far bool) int {
	d, s := w.d, w.sent
	for {
		i := last
		for i < s.Last && d.Tokens[i].Is(lexicons.Quote) {
			i++
		}
		next := i
		for next < min(i+4, s.Last) && (d.Word(next) == "," || d.Tags[next]&(lexicons.Conj|lexicons.Det) != 0) {
			next++
		}
		if next+1 < s.Last && d.Tokens[next].Is(lexicons.Quote) && w.quoted(next+1) && !d.Tokens[next+1].Is(lexicons.Cap) {
			for last = next + 1; last < s.Last && w.quoted(last); last++ {
			}
			continue
		}
		if d.Tokens[last-1].Is(lexicons.Punct) {
			return last
		}
		for i < s.Last && !d.Tokens[i].Is(lexicons.Punct) && (far || d.Tags[i] != lexicons.Subord) && (d.Tags[i] != lexicons.Conj || i+1 < s.Last && w.cueAt(i+1) == nil) {
			i++
		}
		if i+1 < s.Last && d.Tokens[i].Is(lexicons.Quote) && w.quoted(i+1) {
			for last = i + 1; last < s.Last && w.quoted(last); last++ {
			}
			continue
		}
		if i > last && d.Tokens[i-1].Is(lexicons.Quote) {
			return last
		}
		return i
	}
}

// passesOn reports whether the cue at token t tells of something without
// judging it.
func (w *walk) passesOn(t int) bool {
	m := w.cueAt(t)
	return m != nil && w.tells(m)
}

// cueBefore returns the verb nearest before token first that reports, if
// nothing has been found yet that it says; else nil.
func (w *walk) cueBefore(first int) *match {
	for i := len(w.cues) - 1; i >= 0; i-- {
		m := &w.cues[i]
		if m.pos&lexicons.Noun != 0 || m.last > first {
			continue
		}
		if w.told(m) || first-m.last > maxMixed || w.parted(m.last, first) {
			return nil
		}
		return m
	}
	return nil
}

// maxMixed is how many tokens may stand between a cue and the first words that
// it quotes.
const maxMixed = 25

// parted reports whether a stop parts the tokens from each other.
func (w *walk) parted(from, to int) bool {
	for k := range w.row {
		if c := &w.row[k]; c.kind == stop && c.first >= from && c.last <= to {
			return true
		}
	}
	return false
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
	return d.Word(before) == "," && !w.cueEnds(before-1) && !w.quoted(before-1)
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

// leads reports whether the quoted part that begins at token first begins a
// sentence of its own.
func (w *walk) leads(first int) bool {
	d := w.d
	before := first - 2
	return before < w.sent.First || d.Tokens[first].Is(lexicons.Cap) || d.Word(before) == ":"
}

// continues reports whether the quoted part goes on with reported words that
// stand before it, and makes them reach it: `said that by night, "nobody sleeps"`.
func (w *walk) continues(first, last int) bool {
	for k := range w.open {
		c := &w.open[k]
		if c.kind == stages.Direct || c.cue >= c.last || c.last < first-2 || c.first >= first-2 {
			continue
		}
		words := 0
		for i := c.first; i < first-1; i++ {
			if !w.d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) && w.lower(i) != "that" {
				words++
			}
		}
		if words >= 2 {
			c.last = max(c.last, last)
			return true
		}
	}
	return false
}

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
	if i < s.First {
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

// cutOut leaves tokens first to last, which are a statement of their own, to
// the quotation: a reported clause that reaches into them ends before them, and
// one that holds nothing else is the quotation itself.
func (w *walk) cutOut(first, last int, v *voice) {
	w.open = slices.DeleteFunc(w.open, func(c content) bool {
		if c.last <= first-1 || last <= c.first || c.kind == stages.Direct {
			return false
		}
		return w.onlyQuoted(&c, first, last)
	})
	for k := range w.open {
		c := &w.open[k]
		if c.last <= first-1 || last <= c.first || c.kind == stages.Direct {
			continue
		}
		if first-c.first > c.last-last {
			c.last = first - 1
		} else {
			c.first = last + 1
		}
	}
}

// onlyQuoted reports whether content c holds no words but those quoted, save
// such as lead up to them: "that", "as".
func (w *walk) onlyQuoted(c *content, first, last int) bool {
	words := 0
	for i := c.first; i < c.last; i++ {
		if i >= first && i < last || w.d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) {
			continue
		}
		switch w.lower(i) {
		case "that", "as", "of", "about", "for", "to":
		default:
			words++
		}
	}
	return words == 0
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

// besideCue reports whether a comma, colon or cue parts the quotation from its
// report.
func (w *walk) besideCue(first, last int) bool {
	d := w.d
	if first-2 >= w.sent.First && (d.Word(first-2) == "," || d.Word(first-2) == ":") {
		return true
	}
	prev := d.Word(last - 1)
	return prev == "," || prev == "?" || prev == "!" || prev == "."
}

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

// cueEnds reports whether token i ends a reporting verb.
func (w *walk) cueEnds(i int) bool {
	for k := range w.cues {
		if m := &w.cues[k]; m.last == i+1 && m.pos&lexicons.Noun == 0 {
			return true
		}
	}
	return false
}
