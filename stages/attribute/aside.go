package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// aside is the clause that a cue with its subject is set beside by commas: "The
// talks had failed, he said", "The talks, said the minister, had failed".
func (w *walk) aside(m *match) (parts [2]tokens) {
	d, s := w.d, w.sent
	if m.pos&(lexicons.Past|lexicons.Third|lexicons.Participle|lexicons.Base) == 0 || !w.tells(m) || w.names(m) {
		return parts
	}
	own := tokens{m.first, m.last}
	inverted := w.inverted(m.first)
	var sub tokens
	if inverted >= 0 {
		own.last = w.subtree(inverted, m.first).last
	} else if sub = w.subjectBefore(m); sub.len() > 0 {
		own.first = sub.first
	} else {
		return parts
	}
	if before := own.first - 1; before <= s.First || !w.comma(before) || w.opensRelative(own.first) {
		return parts
	}
	if w.complemented(own.last, inverted >= 0, m) {
		return parts
	}
	end := own.last // where the sentence goes on
	for end < s.Last && !w.comma(end) && d.Word(end) != ";" {
		if w.d.Tokens[end].ID == w.that || w.quoted(end) || end > own.last && w.finite(end) {
			return parts
		}
		end++
	}
	if end+1 < s.Last && w.comma(end) && d.Tokens[end+1].Is(lexicons.Quote) && !w.quoted(own.first-2) {
		return parts // "As the phone rang, she said, “…”"
	}
	before := w.clausal(s.First, own.first)
	behind := end < s.Last-1 && (sub.len() > 0 && w.clausal(end, s.Last) || !before && w.finite(end+1))
	if before || behind {
		parts[0] = tokens{s.First, own.first - 1}
	}
	if behind && (!before || w.finite(end+1) || !w.quoted(own.first-2) && w.resumes(end+1, m)) {
		parts[1] = tokens{end + 1, s.Last}
	}
	return parts
}

// resumes reports whether the words at token i, behind cue m that stands aside,
// are of what is said, and tell nothing of the saying: "he said, smiling", "he
// said, in a first sign of a thaw".
func (w *walk) resumes(i int, m *match) bool {
	if w.d.Rels[i] == stages.Prep && int(w.d.Heads[i]) == m.first && w.childIn(i, i, w.sent.Last, 1<<stages.Pobj) >= 0 {
		return false
	}
	return w.d.Tags[i]&(lexicons.Gerund|lexicons.Participle) == 0 && !w.opensRelative(i) && !w.quoted(i)
}

// complemented reports whether an object or infinitive follows at token i, so
// that the cue m before it does not stand aside. Whom one tells does not count.
func (w *walk) complemented(i int, inverted bool, m *match) bool {
	if i >= w.sent.Last || w.opensRelative(i) {
		return false
	}
	for k := range w.row {
		c := &w.row[k]
		if c.first < i || c.kind == adv || c.kind == np && w.timely(k) {
			continue
		}
		switch c.kind {
		case np:
			p := &w.lex.Predicates[m.ref]
			return !inverted && !(p.Flags&lexicons.Clause != 0 && slices.Contains(p.Target, "obj"))
		case vg:
			return c.to
		}
		return false
	}
	return false
}

// subjectBefore is the noun phrase that stands before cue m as its subject,
// with what hangs on it.
func (w *walk) subjectBefore(m *match) tokens {
	k := m.chunk
	if w.row[k].kind != vg {
		return tokens{}
	}
	for k--; k >= 0 && w.row[k].kind == adv; k-- {
	}
	if k < 0 || w.opensRelative(w.row[k].first) {
		return tokens{}
	}
	t := tokens{}
	if w.row[k].kind == np {
		t = tokens{w.row[w.headNP(k)].first, w.row[k].last}
	} else if sub := w.childBefore(m.first, 1<<stages.Nsubj); sub >= 0 {
		t = w.subtree(sub, w.sent.First)
		t.first = min(t.first, w.chunkStart(sub))
	}
	if t.len() > 0 && w.opensRelative(t.first) {
		return tokens{}
	}
	return t
}

// chunkStart is the first token of the chunk that holds token i.
func (w *walk) chunkStart(i int) int {
	for k := range w.row {
		if c := &w.row[k]; c.first <= i && i < c.last {
			return c.first
		}
	}
	return i
}

// comma reports whether token i is a comma, or a closing mark behind one.
func (w *walk) comma(i int) bool {
	if w.d.Tokens[i].Is(lexicons.Quote) && i > w.sent.First {
		i--
	}
	return w.d.Word(i) == ","
}
