package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// tokens is a stretch of tokens, end exclusive.
type tokens struct{ first, last int }

func (t tokens) len() int { return t.last - t.first }

// indirect finds reported speech on the sentence's tree: what hangs on a cue as
// its clause, infinitive, object or topic, and the clause that a cue stands in
// as a parenthesis.
func (w *walk) indirect() {
	w.accounts()
	if !w.sent.Parsed {
		return
	}
	for i := range w.cues {
		if m := &w.cues[i]; m.pos&lexicons.Noun == 0 {
			w.tell(m, w.aside(m))
		}
	}
	for i := range w.cues {
		if m := &w.cues[i]; !w.told(m) {
			w.tell(m, w.reported(m))
		}
	}
}

// told reports whether the words of cue m have been found.
func (w *walk) told(m *match) bool {
	for k := range w.open {
		if w.open[k].cue == m.first {
			return true
		}
	}
	return false
}

// tell adds what cue m reports.
func (w *walk) tell(m *match, parts [2]tokens) {
	if parts[0].len() < minReported && parts[1].len() < minReported {
		return
	}
	v := voice{first: -1}
	if t := w.speakerOf(m.first); w.canSpeak(t) {
		v = w.voiceAt(t)
	} else if m.pos&lexicons.Noun != 0 {
		return // nobody's
	} else if c := m.chunk; w.row[c].kind == vg && w.row[c].head == m.first {
		if near, ok := w.chunkVoice(c, false); ok {
			v = near
		}
	}
	if !v.known {
		return // nobody's words
	}
	if parts[0].len() > 0 && parts[1].len() > 0 {
		v.utterance = w.nextUtterance()
	}
	for _, part := range parts {
		part = w.besides(part, v)
		if part.len() > 0 {
			w.report(content{first: part.first, last: part.last, kind: stages.Indirect, cue: m.first, cueLast: m.last, voice: v, statement: -1})
		}
	}
}

// besides is what is left of reported words without their speaker.
func (w *walk) besides(t tokens, v voice) tokens {
	switch {
	case !v.known || v.last <= t.first || t.last <= v.first:
		return t
	case w.clausal(t.first, v.first):
		return tokens{t.first, v.first}
	case w.clausal(v.last, t.last):
		return tokens{v.last, t.last}
	}
	return tokens{}
}

// minReported is the least number of tokens that make reported speech.
const minReported = 2

// accounts adds the words that "according to X" is said of: the sentence but
// for the phrase itself.
func (w *walk) accounts() {
	s := w.sent
	v, first, last, ok := w.accordingTo()
	if !ok || w.quoted(first) {
		return
	}
	c := content{kind: stages.Indirect, cue: first, cueLast: first + 2, voice: v, statement: -1}
	if before := w.clausal(s.First, first); before || first-s.First > s.Last-last {
		c.first, c.last = s.First, first
	} else {
		c.first, c.last = last, s.Last
	}
	if c.last-c.first > 3 {
		w.report(c)
	}
}

// report adds a content of the sentence, unless its cue stands within another's
// words: then it is told by that other speaker.
func (w *walk) report(c content) {
	for k := range w.open {
		if o := &w.open[k]; o.first <= c.cue && c.cue < o.last {
			return
		}
	}
	w.open = slices.DeleteFunc(w.open, func(o content) bool { return c.first <= o.cue && o.cue < c.last })
	w.open = append(w.open, c)
}

// reported returns the tokens that cue m reports: two stretches where the cue
// parts them ("The talks, he said, had failed").
func (w *walk) reported(m *match) (parts [2]tokens) {
	d, s := w.d, w.sent
	object, clause, infinitive, attribute, topic := -1, -1, -1, -1, -1
	for x := m.last; x < s.Last; x++ {
		if h := int(d.Heads[x]); h < m.first || h >= m.last {
			continue
		}
		switch d.Rels[x] {
		case stages.Ccomp, stages.Csubj:
			if clause < 0 {
				clause = x
			}
		case stages.Xcomp:
			if infinitive < 0 {
				infinitive = x
			}
		case stages.Acl, stages.Relcl:
			if m.pos&lexicons.Noun != 0 && clause < 0 && w.marked(x) {
				clause = x
			}
		case stages.Advcl:
			if infinitive < 0 && object >= 0 && x > object && w.urges(m) && w.infinitive(x) {
				infinitive = x
			}
		case stages.Dobj, stages.Pobj, stages.Pcomp:
			if object < 0 {
				object = x
			}
		case stages.Attr, stages.Acomp:
			if attribute < 0 {
				attribute = x
			}
		case stages.Prep:
			if topic < 0 && w.topical(x) {
				topic = x
			}
		}
	}
	if that := w.thatBehind(m); that >= 0 && (clause < 0 || w.clause(clause, m.last).first > that+1) {
		t := tokens{that + 1, that + 1}
		if clause >= 0 {
			t.last = w.subtree(clause, m.last).last
		}
		t.last = max(t.last, w.nextComma(t.first))
		parts[0] = w.cut(w.throughQuotation(w.runOn(t, m)), m)
		return parts
	}
	if clause >= 0 && w.beyondComma(clause, m) {
		clause = -1
	}
	if clause >= 0 && object >= 0 && object < clause && m.pos&lexicons.Noun == 0 && w.lex.Predicates[m.ref].Flags&lexicons.Clause == 0 && !w.marked(clause) {
		clause, infinitive = -1, clause // "called the plan a farce"
	}
	switch {
	case clause >= 0:
		parts[0] = w.runOn(w.clause(clause, m.last), m)
	case m.pos&lexicons.Noun != 0: // "comments", "a plan to": no words of theirs
	case infinitive >= 0 && (object >= 0 || !w.tells(m)):
		parts[0] = w.subtree(infinitive, m.last)
		if object >= 0 && object < infinitive {
			parts[0].first = w.subtree(object, m.last).first
		}
		if d.Word(min(parts[0].last, s.Last-1)) != "," {
			parts[0] = w.runOn(parts[0], m)
		}
	case w.bareClause(m):
		parts[0] = w.runOn(tokens{m.last, w.nextComma(m.last)}, m)
	default:
		if before := d.Child(m.first, s.First, m.first, stages.Ccomp); before >= 0 && w.tells(m) {
			t := w.subtree(before, s.First)
			t.last = min(t.last, m.first)
			if w.finiteBetween(t.first, t.last) && t.last < m.first && d.Tokens[t.last].Is(lexicons.Punct|lexicons.Quote) {
				parts[0] = t
			}
			break
		}
		if parts = w.around(m); parts[0].len() > 0 || parts[1].len() > 0 {
			break
		}
		switch {
		case !w.happens(m):
		case object >= 0 && w.takesObject(m):
			parts[0] = w.subtree(object, m.last)
			for _, more := range []int{attribute, topic} {
				if more > object {
					parts[0].last = max(parts[0].last, w.subtree(more, m.last).last)
				}
			}
		case attribute >= 0 && w.takesObject(m):
			parts[0] = w.subtree(attribute, m.last)
		case topic >= 0 && w.speaksOf(m, topic):
			parts[0] = w.subtree(topic, m.last)
			parts[0].first++
		}
	}
	for k := range parts {
		parts[k] = w.cut(w.throughQuotation(w.wholeChunk(parts[k])), m)
	}
	return parts
}

// thatBehind returns the "that" with which a clause begins directly behind cue
// m or behind whom it is said to ("told reporters that"), -1 for none.
func (w *walk) thatBehind(m *match) int {
	d := w.d
	i := m.last
	if w.lower(i-1) == "that" {
		return i - 1
	}
	hearer := m.pos&lexicons.Noun == 0 && w.lex.Predicates[m.ref].Flags&lexicons.Clause != 0
	for k := range w.row {
		if c := &w.row[k]; c.first == i && (c.kind == adv || hearer && (c.kind == np || c.kind == prep)) {
			i = c.last
		}
	}
	if i+1 >= w.sent.Last || w.lower(i) != "that" || i > m.last && d.Tags[i] != lexicons.Subord {
		return -1
	}
	if w.finite(i+1) || !w.finiteBetween(i+1, w.phraseEnd(i+1)) {
		return -1 // "the plan that failed", "flouts that treaty"
	}
	return i
}

// phraseEnd is the first comma from token i, or the sentence's end.
func (w *walk) phraseEnd(i int) int {
	for i < w.sent.Last && w.d.Word(i) != "," {
		i++
	}
	return i
}

// bareClause reports whether a clause without "that" follows cue m, although
// the tree does not say so: "said the talks had failed".
func (w *walk) bareClause(m *match) bool {
	own := &w.row[m.chunk]
	if !w.tells(m) || own.kind != vg || own.to || own.passive && !w.bareSaid(own) {
		return false
	}
	clausal := w.lex.Predicates[m.ref].Flags&lexicons.Clause != 0
	subject := false
	for k := m.chunk + 1; k < len(w.row); k++ {
		c, before := &w.row[k], &w.row[k-1]
		switch c.kind {
		case vg:
			if c.finite || c.modal != "" {
				return subject && before.kind != conj && !w.quoted(c.first)
			}
			if !clausal {
				return false
			}
		case np:
			if subject && before.kind == np {
				return false // "told the story he knew"
			}
			subject = true
		case prep, conj:
			if !subject {
				return false
			}
		case adv:
		default:
			return false
		}
	}
	return false
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

// clause is the words of the reported clause that token x heads, without "that".
func (w *walk) clause(x, from int) tokens {
	t := w.subtree(x, from)
	for t.first < t.last && (w.d.Tokens[t.first].Is(lexicons.Punct) || w.lower(t.first) == "that" && w.d.Rels[t.first] == stages.Mark) {
		t.first++
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

// subtree is the words that hang on token x, as far as they stand behind from.
func (w *walk) subtree(x, from int) tokens {
	t := tokens{x, x + 1}
	for i := w.sent.First; i < x; i++ {
		if w.d.Under(i, x) {
			t.first = max(i, from)
			break
		}
	}
	for i := w.sent.Last - 1; i > x; i-- {
		if w.d.Under(i, x) {
			t.last = i + 1
			break
		}
	}
	return t
}

// aside is the clause that a cue with its subject is set beside by commas: "The
// talks had failed, he said", "The talks, said the minister, had failed".
func (w *walk) aside(m *match) (parts [2]tokens) {
	d, s := w.d, w.sent
	if m.pos&(lexicons.Past|lexicons.Third|lexicons.Participle|lexicons.Base) == 0 || !w.tells(m) {
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
	if before := own.first - 1; before <= s.First || !w.comma(before) || relative(w.lower(own.first)) {
		return parts
	}
	if w.complemented(own.last, inverted >= 0, m) {
		return parts
	}
	end := own.last // where the sentence goes on
	for end < s.Last && !w.comma(end) && d.Word(end) != ";" {
		if w.lower(end) == "that" || w.quoted(end) || end > own.last && w.finite(end) {
			return parts
		}
		end++
	}
	if end+1 < s.Last && w.comma(end) && d.Tokens[end+1].Is(lexicons.Quote) && !w.quoted(own.first-2) {
		return parts // "As the phone rang, she said, “…”"
	}
	before, behind := w.clausal(s.First, own.first), sub.len() > 0 && end < s.Last-1 && w.clausal(end, s.Last)
	if before || behind {
		parts[0] = tokens{s.First, own.first - 1}
	}
	if behind && (!before || w.finite(end+1)) {
		parts[1] = tokens{end + 1, s.Last}
	}
	return parts
}

// complemented reports whether an object or infinitive follows at token i, so
// that the cue m before it does not stand aside. Whom one tells does not count.
func (w *walk) complemented(i int, inverted bool, m *match) bool {
	if relative(w.lower(i)) {
		return false
	}
	for k := range w.row {
		c := &w.row[k]
		if c.first < i || c.kind == adv || c.kind == np && w.d.Calendar[c.first] {
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

// relative reports whether a word begins a relative clause.
func relative(word string) bool {
	switch word {
	case "who", "which", "that", "whom", "whose":
		return true
	}
	return false
}

// tells reports whether cue m tells of something without judging it, as the
// cues do that stand aside.
func (w *walk) tells(m *match) bool { return w.lex.Predicates[m.ref].Category == "say" }

// subjectBefore is the noun phrase that stands before cue m as its subject,
// with what hangs on it.
func (w *walk) subjectBefore(m *match) tokens {
	k := m.chunk
	if w.row[k].kind != vg {
		return tokens{}
	}
	for k--; k >= 0 && w.row[k].kind == adv; k-- {
	}
	if k < 0 || relative(w.lower(w.row[k].first)) {
		return tokens{}
	}
	t := tokens{}
	if w.row[k].kind == np {
		t = tokens{w.row[w.headNP(k)].first, w.row[k].last}
	} else if sub := w.d.Child(m.first, w.sent.First, m.first, stages.Nsubj); sub >= 0 {
		t = w.subtree(sub, w.sent.First)
		t.first = min(t.first, w.chunkStart(sub))
	}
	if t.len() > 0 && relative(w.lower(t.first)) {
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
			return c.kind == vg && (c.finite || c.modal != "")
		}
	}
	return false
}

// finiteBetween reports whether tokens first to last hold a verb with a tense.
func (w *walk) finiteBetween(first, last int) bool {
	for k := range w.row {
		if c := &w.row[k]; c.kind == vg && c.first >= first && c.last <= last && (c.finite || c.modal != "") {
			return true
		}
	}
	return false
}

// around is the clause that cue m stands in as a parenthesis: `The talks, he
// said, had failed`, `As he put it, …`.
func (w *walk) around(m *match) (parts [2]tokens) {
	d, s := w.d, w.sent
	head := int(d.Heads[m.first])
	if head < 0 || d.Child(m.first, s.First, s.Last, stages.Nsubj) < 0 {
		return parts
	}
	mark := d.Child(m.first, s.First, s.Last, stages.Mark)
	switch as := mark >= 0 && w.lower(mark) == "as"; d.Rels[m.first] {
	case stages.Ccomp, stages.Dep, stages.Advcl:
		if !as {
			return parts
		}
	default:
		return parts
	}
	own := w.subtree(m.first, s.First)
	if !w.parenthesised(own) {
		return parts
	}
	whole := w.subtree(head, s.First)
	return [2]tokens{{whole.first, own.first}, {own.last, whole.last}}
}

// parenthesised reports whether commas or the sentence's ends part the tokens
// from the rest.
func (w *walk) parenthesised(t tokens) bool {
	s := w.sent
	mark := func(i int) bool { return i < s.First || i >= s.Last || w.d.Tokens[i].Is(lexicons.Punct) }
	return (mark(t.first-1) || mark(t.first)) && (mark(t.last) || mark(t.last-1))
}

// marked reports whether the clause that token x heads begins with "that".
func (w *walk) marked(x int) bool {
	m := w.d.Child(x, w.sent.First, x, stages.Mark)
	return m >= 0 && w.lower(m) == "that"
}

// speaksOf reports whether cue m has the preposition at token x before what is
// spoken of: "about", or with a cue that judges "of", "for", "on", "against".
func (w *walk) speaksOf(m *match, x int) bool {
	return w.lower(x) == "about" || w.lower(x) == "of" || !w.tells(m) && w.lower(x) != "as"
}

// topical reports whether the preposition at token x leads to what is spoken
// of.
func (w *walk) topical(x int) bool {
	switch w.lower(x) {
	case "about", "of", "on", "for", "against", "as":
		return true
	}
	return false
}

// happens reports whether cue m tells of something said, not of something to be
// said or that can be said ("a way to seek talks").
func (w *walk) happens(m *match) bool {
	c := &w.row[m.chunk]
	if c.kind != vg {
		return true
	}
	if c.to || w.d.Rels[m.first] == stages.Pcomp {
		return false
	}
	switch c.modal {
	case "can", "could", "may", "might", "must", "should":
		return false
	}
	return true
}

// urges reports whether cue m asks somebody to do something, so that an
// infinitive behind its object is what it asks.
func (w *walk) urges(m *match) bool {
	p := &w.lex.Predicates[m.ref]
	switch p.Category {
	case "demand", "appeal", "threaten":
		return true
	}
	return w.handsOn(m.first) || slices.Contains(p.Target, "obj") && p.Flags&lexicons.Clause != 0
}

// infinitive reports whether token x heads an infinitive with "to".
func (w *walk) infinitive(x int) bool {
	a := w.d.Child(x, w.sent.First, x, stages.Aux)
	return a >= 0 && w.lower(a) == "to"
}

// takesObject reports whether the object of cue m is what is said: not whom it
// is said to ("told the press"), what one stands by ("supported the plan"), a
// name ("a device called"), or what is kept from somebody ("was denied a visa").
func (w *walk) takesObject(m *match) bool {
	p := &w.lex.Predicates[m.ref]
	switch p.Category {
	case "support", "consult", "cooperate":
		return false
	}
	if p.Flags&lexicons.Clause != 0 || w.d.Child(m.first, w.sent.First, m.first, stages.AuxPass) >= 0 {
		return false
	}
	return w.d.Rels[m.first] != stages.Acl || w.d.Tags[m.first] == lexicons.Gerund
}

// throughQuotation goes on through a quotation that continues reported words
// without a mark between: "said the plan was “a farce” from the first".
func (w *walk) throughQuotation(t tokens) tokens {
	d, s := w.d, w.sent
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
		if !w.tells(x) {
			continue
		}
		if d.Tags[x.first] != lexicons.Gerund {
			sub := d.Child(x.first, t.first, x.first, stages.Nsubj)
			if sub < 0 || x.last >= t.last {
				continue
			}
			mark = w.subtree(sub, t.first).first - 1
		}
		for mark > t.first && d.Tags[mark]&(lexicons.Adv|lexicons.Conj|lexicons.Subord) != 0 {
			mark--
		}
		if mark > t.first && (d.Word(mark) == "," || dash(d.Word(mark))) && w.finiteBetween(t.first, mark) {
			t.last = mark
			return t
		}
	}
	return t
}
