package attribute

import (
	"detente/lexicons"
	"detente/stages"
)

// tokens is a stretch of tokens, end exclusive.
type tokens struct{ first, last int }

func (t tokens) len() int { return t.last - t.first }

// subtree is the words that hang on token x, as far as they stand behind from.
func (w *walk) subtree(x, from int) tokens {
	if len(w.trees) == 0 {
		w.spread()
	}
	t := w.trees[x-w.d.Sentences[w.n].First]
	if t.first < x {
		t.first = max(t.first, from)
	}
	return t
}

// spread finds the subtrees of the sentence's tokens: each token widens those of
// its heads, up to one that reaches it already.
func (w *walk) spread() {
	s := w.d.Sentences[w.n] // with its dateline
	for i := s.First; i < s.Last; i++ {
		w.trees = append(w.trees, tokens{i, i + 1})
	}
	for i := s.First; i < s.Last; i++ {
		for h := int(w.d.Heads[i]); h >= 0; h = int(w.d.Heads[h]) {
			t := &w.trees[h-s.First]
			if t.first <= i && i < t.last {
				break
			}
			t.first, t.last = min(t.first, i), max(t.last, i+1)
		}
	}
}

// clause is the words of the reported clause that token x heads, without "that".
func (w *walk) clause(x, from int) tokens {
	t := w.subtree(x, from)
	for t.first < t.last && (w.d.Tokens[t.first].Is(lexicons.Punct) || w.d.Tokens[t.first].ID == w.that && w.d.Rels[t.first] == stages.Mark) {
		t.first++
	}
	return t
}

// wholeChunk lets reported words end with the chunk that they end in.
func (w *walk) wholeChunk(t tokens) tokens {
	if t.len() == 0 {
		return t
	}
	for k := range w.row {
		if c := &w.row[k]; c.first < t.last && t.last < c.last && (c.kind == np || c.kind == vg) {
			t.last = c.last
		}
	}
	return t
}

// runOn goes on to the end of the sentence where the cue is its main verb: what
// follows a reported clause mostly belongs to it, and cut knows what does not.
func (w *walk) runOn(t tokens, m *match) tokens {
	d := w.d
	main := m.first
	for d.Rels[main] == stages.Conj {
		main = int(d.Heads[main])
	}
	last := d.Rels[main] == stages.Root || d.Tags[main] == lexicons.Gerund && d.Rels[main] == stages.Advcl && int(d.Heads[main]) < main
	if !last || t.first <= m.first || t.last >= w.sent.Last {
		return t
	}
	next := t.last
	if d.Word(next) == "," && next+1 < w.sent.Last {
		next++
	}
	if d.Tags[next] != lexicons.Conj || next+1 < w.sent.Last && d.Tags[next+1] == lexicons.Aux {
		t.last = w.sent.Last
	}
	return t
}

// beyondComma reports whether a comma parts the clause that token x heads from
// cue m: it is not what is said then ("When he had said so, the talks failed").
func (w *walk) beyondComma(x int, m *match) bool {
	first := w.subtree(x, m.last).first
	return first > m.last+1 && w.d.Word(first-1) == ","
}

// nextComma is the first comma behind a verb with a tense, or the sentence's
// end.
func (w *walk) nextComma(i int) int {
	for j := i; j < w.sent.Last; j++ {
		if w.d.Word(j) == "," && w.finiteBetween(i, j) {
			return j
		}
	}
	return w.sent.Last
}

// phraseEnd is the first comma from token i, or the sentence's end.
func (w *walk) phraseEnd(i int) int {
	for i < w.sent.Last && w.d.Word(i) != "," {
		i++
	}
	return i
}

// throughQuotation goes on through a quotation that continues reported words
// without a mark between: "said the plan was “a farce” from the first".
func (w *walk) throughQuotation(t tokens) tokens {
	d, s := w.d, w.sent
	if t.len() > 0 && !w.quoted(t.first) { // none ends within it
		for t.last < s.Last && w.quoted(t.last-1) && w.quoted(t.last) {
			t.last++
		}
	}
	if t.len() > 0 && t.last+1 < s.Last && d.Tokens[t.last].Is(lexicons.Quote) && w.quoted(t.last+1) && !w.quoted(t.last-1) && !d.Tokens[t.last-1].Is(lexicons.Punct) {
		end := t.last + 1
		for end < s.Last && w.quoted(end) {
			end++
		}
		t.last = w.pastQuotation(end, true)
	}
	return t
}

// cut ends reported words where the reporter goes on: at a further cue with
// words of its own ("…, adding that", "…, but he said").
func (w *walk) cut(t tokens, m *match) tokens {
	d := w.d
	for i := range w.cues {
		x := &w.cues[i]
		if x.first <= t.first+1 || x.first >= t.last || x.first == m.first || x.pos&lexicons.Verb == 0 {
			continue
		}
		mark := x.first - 1
		if d.Tags[mark] == lexicons.Conj && x.pos == m.pos && x.last < t.last {
			t.last = mark // "said he was ready and promised help"
			return t
		}
		if !w.tells(x) && x.pos != m.pos {
			continue
		}
		if d.Tags[x.first] != lexicons.Gerund {
			sub := w.subjectBefore(x)
			if s := w.childIn(x.first, t.first, x.first, 1<<stages.Nsubj); s >= 0 {
				sub = w.subtree(s, t.first)
			}
			if sub.len() == 0 || x.last >= t.last || w.row[x.chunk].passive {
				continue
			}
			mark = sub.first - 1
		}
		joined := w.tells(x)
		for mark > t.first && d.Tags[mark]&(lexicons.Adv|lexicons.Conj|lexicons.Subord) != 0 {
			joined = joined || d.Tags[mark] == lexicons.Conj
			mark--
		}
		if mark > t.first && joined && (w.comma(mark) || dash(d.Word(mark))) && w.finiteBetween(t.first, mark) {
			t.last = mark
			return t
		}
	}
	return t
}

// phraseGoesOn is the end of the phrases that follow a noun phrase at token i
// without a mark and mostly belong to it, wherever the tree hangs them: "called
// the ban | on small nets an insult".
func (w *walk) phraseGoesOn(i int) int {
	d := w.d
	if i+1 >= w.sent.Last || d.Tags[i] != lexicons.Prep {
		return i
	}
	switch w.lower(i) {
	case "to":
		if d.Tags[i+1] != lexicons.Base {
			return i // whom it is said to
		}
	case "of", "for", "from", "in", "by", "as":
	default:
		return i
	}
	for i < w.sent.Last && !d.Tokens[i].Is(lexicons.Punct|lexicons.Quote) && !d.Calendar[i] && d.Tags[i] != lexicons.Subord && !w.finite(i) {
		i++
	}
	return i
}

// beforeOccasion ends words where the occasion on which they are said is named:
// "called for help | in a statement".
func (w *walk) beforeOccasion(t tokens) tokens {
	for _, o := range w.d.Matches[w.sent.MatchFrom:w.sent.MatchTo] {
		if o.Unit == lexicons.PredicateUnit && o.Start > t.first && o.Start < t.last && !w.quoted(o.Start) {
			if p := &w.lex.Predicates[o.Ref]; p.POS == lexicons.Phrase && p.Flags&lexicons.Content != 0 && p.Category == "say" {
				t.last = o.Start
			}
		}
	}
	return t
}

// clausal reports whether tokens first to last hold a clause: a verb with a
// tense, or on the tree a word with its subject.
func (w *walk) clausal(first, last int) bool {
	if w.finiteBetween(first, last) {
		return true
	}
	for i := first; i < last; i++ {
		if h := int(w.d.Heads[i]); h >= first && h < last && (w.d.Rels[i] == stages.Nsubj || w.d.Rels[i] == stages.NsubjPass) {
			return true
		}
	}
	return false
}

// finite reports whether token i heads a verb group with a tense.
func (w *walk) finite(i int) bool {
	for k := range w.row {
		if c := &w.row[k]; c.first <= i && i < c.last {
			return c.kind == vg && (c.finite || c.modal)
		}
	}
	return false
}

// finiteBetween reports whether tokens first to last hold a verb with a tense.
func (w *walk) finiteBetween(first, last int) bool {
	for k := range w.row {
		if c := &w.row[k]; c.kind == vg && c.first >= first && c.last <= last && (c.finite || c.modal) {
			return true
		}
	}
	return false
}
