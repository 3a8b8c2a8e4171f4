package attribute

import (
	"detente/lexicons"
	"detente/stages"
)

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
	if !w.apart[q] && !w.leads(first) {
		w.continues(first, last)
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
		if q := w.quote[first] - 1; w.d.Quotations[q].Last > w.sent.Last {
			c.voice.utterance = w.voices[q].utterance // goes on in the next sentence
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

// continues reports whether the quoted part goes on with reported words that
// stand before it, and makes them reach it: `said that by night, "nobody sleeps"`.
func (w *walk) continues(first, last int) bool {
	for k := range w.open {
		c := &w.open[k]
		behind := c.cue >= c.last // `Without rain, "nobody stays," he said`
		if c.kind != stages.Direct && w.joins(c.last, first-1) && w.leadIn(c.first, first-1, behind) {
			c.last = max(c.last, last)
			return true
		}
	}
	return false
}

// joins reports whether nothing but marks and conjunctions stands between tokens
// from and to.
func (w *walk) joins(from, to int) bool {
	for i := from; i < to; i++ {
		if !w.d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) && w.d.Tags[i] != lexicons.Conj && w.d.Tokens[i].ID != w.that {
			return false
		}
	}
	return true
}

// leadIn reports whether tokens first to last are two words or more that can go
// on with a quotation, none of them quoted where plain is set.
func (w *walk) leadIn(first, last int, plain bool) bool {
	words := 0
	for i := first; i < last; i++ {
		if plain && w.quoted(i) {
			return false
		}
		if !w.d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) && w.d.Tokens[i].ID != w.that {
			words++
		}
	}
	return words >= 2
}

// leads reports whether the quoted part that begins at token first begins a
// sentence of its own.
func (w *walk) leads(first int) bool {
	d := w.d
	before := first - 2
	return before < w.sent.First || d.Tokens[first].Is(lexicons.Cap) && d.Word(before) != "that" || d.Word(before) == ":"
}

// cutOut leaves tokens first to last, which are a statement of their own, to
// the quotation: a reported clause that reaches into them ends before them, and
// one that holds nothing else is the quotation itself.
func (w *walk) cutOut(first, last int, v *voice) {
	kept := w.open[:0]
	for _, c := range w.open {
		if c.last > first-1 && last > c.first && c.kind != stages.Direct {
			if first-c.first > c.last-last {
				c.last = first - 1
			} else {
				c.first = last + 1
			}
			if w.onlyQuoted(&c, first, last) || !w.leadIn(c.first, c.last, false) {
				continue
			}
		}
		kept = append(kept, c)
	}
	w.open = kept
}

// onlyQuoted reports whether content c holds no words but those quoted, save
// such as lead up to them: "that", "as".
func (w *walk) onlyQuoted(c *content, first, last int) bool {
	words := 0
	for i := c.first; i < c.last; i++ {
		if i >= first && i < last || w.d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) {
			continue
		}
		switch w.d.Tokens[i].ID {
		case w.that, w.as, w.of, w.about, w.for_, w.to:
		default:
			words++
		}
	}
	return words == 0
}
