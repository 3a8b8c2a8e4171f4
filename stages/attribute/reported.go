package attribute

import (
	"detente/lexicons"
	"detente/stages"
)

const (
	clauseBehind = iota
	clauseBefore
)

// indirect finds reported clauses: "said that …", "… , the ministry said",
// "according to …", "accused X of …", "vowed to …".
func (w *walk) indirect() {
	s := w.sent
	if v, first, last, ok := w.accordingTo(); ok && w.quote[first] == 0 {
		c := content{kind: stages.Indirect, cue: first, cueLast: first + 2, voice: v, statement: -1}
		if first-s.First > s.Last-last {
			c.first, c.last = s.First, first
		} else {
			c.first, c.last = last, s.Last
		}
		if c.last-c.first > 3 {
			w.open = append(w.open, c)
		}
	}
	end := -1 // where the content of the last cue begins to be nested
	for i := range w.row {
		c := &w.row[i]
		if c.kind != vg || c.inQuote || !w.reporting(i) || c.first < end {
			continue
		}
		if c.to || c.form == lexicons.Base && c.modal == "" && !c.finite {
			continue
		}
		v, ok := w.cueVoice(i, false)
		if !ok {
			continue
		}
		first, last, kind := w.contentOf(i)
		if last-first < 2 {
			continue
		}
		head := c.head
		w.open = append(w.open, content{first: first, last: last, kind: stages.Indirect, cue: head, cueLast: head + 1, voice: v, statement: -1})
		if kind == clauseBehind {
			end = last
		}
	}
}

// contentOf returns the tokens that cue i reports.
func (w *walk) contentOf(i int) (first, last, kind int) {
	d := w.d
	s := w.sent
	c := &w.row[i]
	// "…, the ministry said": nothing but adverbs and dates follow.
	tail := 0
	for j := c.last; j < s.Last; j++ {
		if !d.Tokens[j].Is(lexicons.Punct) && !w.d.Calendar[j] && d.Tags[j] != lexicons.Adv && d.Tags[j] != lexicons.Prep {
			tail++
		}
	}
	sub := c.subject
	start := c.first
	if sub >= 0 && w.row[sub].first < start {
		start = w.row[sub].first
	}
	commaBefore := start-1 > s.First && (d.Word(start-1) == "," || d.Tokens[start-1].Is(lexicons.Quote) && start-2 > s.First && d.Word(start-2) == ",")
	if commaBefore && w.main(s.First, start) && (tail <= 6 && !w.clauseFollows(i)) {
		return s.First, start - 1, clauseBefore
	}
	if start == c.first && i+1 < len(w.row) && w.row[i+1].kind == np && c.first > s.First && d.Word(c.first-1) == "," && w.main(s.First, c.first) {
		return s.First, c.first - 1, clauseBefore
	}
	first = c.last
	j := i + 1
	for j < len(w.row) && w.row[j].kind == adv {
		j++
	}
	if j < len(w.row) && w.row[j].kind == subord && w.lower(w.row[j].first) == "that" {
		first = w.row[j].last
	} else if j+1 < len(w.row) && w.row[j].kind == np && w.row[j+1].kind == subord && w.lower(w.row[j+1].first) == "that" {
		first = w.row[j+1].last // "told reporters that"
	}
	last = s.Last
	// A joined cue with the same subject ends the content.
	for k := i + 1; k < len(w.row); k++ {
		x := &w.row[k]
		if x.kind == vg && !x.inQuote && x.subject == c.subject && x.subject >= 0 && k > 0 && w.row[k-1].kind == conj && w.reporting(k) && x.finite {
			last = w.row[k-1].first
			break
		}
		if x.kind == vg && !x.inQuote && w.reporting(k) && x.subject > i && w.row[x.subject].first > s.First && d.Word(w.row[x.subject].first-1) == "," && x.last >= s.Last-3 {
			last = w.row[x.subject].first - 1
			break
		}
	}
	return first, last, clauseBehind
}

// main reports whether tokens first to last hold a finite verb.
func (w *walk) main(first, last int) bool {
	for i := range w.row {
		if c := &w.row[i]; c.kind == vg && c.first >= first && c.last <= last && (c.finite || c.modal != "") {
			return true
		}
	}
	return false
}

// clauseFollows reports whether a clause follows verb group i.
func (w *walk) clauseFollows(i int) bool {
	for j := i + 1; j < len(w.row); j++ {
		if w.row[j].kind == vg && w.row[j].finite {
			return true
		}
		if w.row[j].kind == subord && w.lower(w.row[j].first) == "that" {
			return true
		}
	}
	return false
}
