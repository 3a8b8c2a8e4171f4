package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

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
	if k := w.goesOn(m); k >= 0 {
		v = w.open[k].voice
		v.utterance = 0
	} else if t := w.speakerOf(m.first); w.canSpeak(t) {
		v = w.voiceAt(t)
	} else if m.pos&lexicons.Noun != 0 {
		return // nobody's
	} else if c := m.chunk; w.row[c].kind == vg && w.row[c].head == m.first {
		if near, ok := w.nearVoice(c); ok {
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

// goesOn returns the content whose speaker goes on with the participle that is
// cue m ("said the pact was dead, adding that …"), -1 for none.
func (w *walk) goesOn(m *match) int {
	d := w.d
	if d.Tags[m.first] != lexicons.Gerund || !w.tells(m) {
		return -1
	}
	before := m.first - 1
	for before > w.sent.First && d.Tags[before]&(lexicons.Adv|lexicons.Conj) != 0 {
		before--
	}
	if before <= w.sent.First || d.Word(before) != "," {
		return -1
	}
	for k := len(w.open) - 1; k >= 0; k-- {
		if c := &w.open[k]; c.cue >= 0 && c.cue < m.first && c.last <= m.first && c.voice.known && w.passesOn(c.cue) {
			return k
		}
	}
	return -1
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

// complements are the words that hang on a cue and can be what is said: tokens,
// -1 for none.
type complements struct {
	clause     int // said that talks [failed]
	infinitive int // vowed to [talk], urged Spain to [talk]
	object     int // denied the [charge]
	attribute  int // called it a [farce]
	topic      int // complained [about] it
	subject    int // of the clause, where the tree has it as an object: said the [talks], held in May, failed
}

// complements returns what hangs on cue m behind it.
func (w *walk) complements(m *match) complements {
	d := w.d
	c := complements{-1, -1, -1, -1, -1, -1}
	note := func(at *int, x int) {
		if *at < 0 {
			*at = x
		}
	}
	for x := m.last; x < w.sent.Last; x++ {
		if h := int(d.Heads[x]); h < m.first || h >= m.last {
			continue
		}
		switch d.Rels[x] {
		case stages.Ccomp, stages.Csubj:
			if !w.adverbial(x) {
				note(&c.clause, x)
			}
		case stages.Xcomp:
			note(&c.infinitive, x)
		case stages.Acl, stages.Relcl:
			if m.pos&lexicons.Noun != 0 && w.marked(x) {
				note(&c.clause, x)
			}
		case stages.Advcl:
			if c.object >= 0 && w.urges(m) && w.infinitive(x) {
				note(&c.infinitive, x)
			}
		case stages.Dobj, stages.Pobj, stages.Pcomp:
			note(&c.object, x)
		case stages.Attr, stages.Acomp:
			note(&c.attribute, x)
		case stages.Prep:
			if w.topical(x) {
				note(&c.topic, x)
			}
		}
	}
	if m.pos&lexicons.Noun == 0 && c.object >= 0 && w.takesClause(m) {
		if c.clause > c.object || w.hidesClause(c.object) {
			c.clause, c.subject, c.object = max(c.clause, c.object), c.object, -1
		}
	}
	if c.clause >= 0 && c.subject < 0 && w.beyondComma(c.clause, m) {
		c.clause = -1
	}
	if c.clause >= 0 && c.object >= 0 && c.object < c.clause && m.pos&lexicons.Noun == 0 &&
		w.lex.Predicates[m.ref].Flags&lexicons.Clause == 0 && !w.marked(c.clause) {
		c.clause, c.infinitive = -1, c.clause // "called the plan a farce"
	}
	return c
}

// setOff reports whether token x is said in words set apart as speech of their
// own: it completes nothing outside them then.
func (w *walk) setOff(x int) bool { return w.quoted(x) && w.apart[w.quote[x]-1] }

// hears reports whether the object of cue m is merely who hears it: "told".
func (w *walk) hears(m *match) bool {
	p := &w.lex.Predicates[m.ref]
	return w.tells(m) && p.Flags&lexicons.Clause != 0 && slices.Contains(p.Target, "obj")
}

// names reports whether cue m says what its object is with a second complement:
// called the plan a farce.
func (w *walk) names(m *match) bool {
	p := &w.lex.Predicates[m.ref]
	return w.tells(m) && p.Flags&lexicons.Clause == 0 && slices.Contains(p.Target, "obj")
}

// namedIn reports whether the tokens hold a second complement that the tree has
// as part of the first: two noun phrases side by side, or words in quotation
// marks, also behind.
func (w *walk) namedIn(t tokens) bool {
	for k := 1; k < len(w.row); k++ {
		switch c, before := &w.row[k], &w.row[k-1]; {
		case c.first < t.first || c.first >= t.last+2:
		case c.inQuote, c.kind == np && before.kind == np && before.first >= t.first && c.first < t.last:
			return true
		}
	}
	return false
}

// takesClause reports whether cue m takes a clause and no object, not even
// whom it is said to: say, think.
func (w *walk) takesClause(m *match) bool {
	p := &w.lex.Predicates[m.ref]
	return w.tells(m) && p.Flags&lexicons.Clause != 0 && !slices.Contains(p.Target, "obj") && w.childBefore(m.first, 1<<stages.Mark) < 0
}

// hidesClause reports whether the noun at token x is the verb of a clause, or
// the subject of one whose verb the tree takes for a participle: it has a
// subject itself, or a participle behind it has an object.
func (w *walk) hidesClause(x int) bool {
	d, last := w.d, w.sent.Last
	if w.childBefore(x, 1<<stages.Nsubj) >= 0 {
		return true
	}
	v := w.childIn(x, x, last, 1<<stages.Acl)
	return v >= 0 && d.Tags[v] == lexicons.Participle && w.childIn(v, v, last, 1<<stages.Dobj) >= 0
}

// reported returns the tokens that cue m reports: two stretches where the cue
// parts them ("The talks, as he put it, had failed").
func (w *walk) reported(m *match) (parts [2]tokens) {
	c := w.complements(m)
	that, asks := w.thatBehind(m), w.questionBehind(m)
	switch {
	case that >= 0 && (c.clause < 0 || w.clause(c.clause, m.last).first > that+1):
		t := tokens{that + 1, w.nextComma(that + 1)}
		if c.clause >= 0 {
			t.last = max(t.last, w.subtree(c.clause, m.last).last)
		}
		parts[0] = w.runOn(t, m)
	case asks >= 0 && (c.clause < 0 || w.clause(c.clause, m.last).first > asks):
		t := tokens{asks, w.nextComma(asks)}
		if c.clause >= 0 {
			t.last = max(t.last, w.subtree(c.clause, m.last).last)
		}
		parts[0] = w.runOn(t, m)
	case c.clause >= 0:
		t := w.clause(c.clause, m.last)
		if c.subject >= 0 {
			t.first = min(t.first, w.clause(c.subject, m.last).first)
		}
		parts[0] = w.runOn(t, m)
	case m.pos&lexicons.Noun != 0: // "comments", "a plan to": no words of theirs
	case c.infinitive >= 0 && (c.object >= 0 && w.happens(m) || !w.tells(m) && c.object < 0) && !w.setOff(c.infinitive):
		t := w.subtree(c.infinitive, m.last)
		if c.object >= 0 && c.object < c.infinitive && !w.hears(m) {
			t.first = w.subtree(c.object, m.last).first
		}
		if t.last >= w.sent.Last || w.d.Word(t.last) != "," {
			t = w.runOn(t, m)
		}
		parts[0] = t
	case w.bareClause(m):
		parts[0] = w.runOn(tokens{m.last, w.nextComma(m.last)}, m)
	case w.tells(m) && w.before(m) >= 0:
		parts[0] = w.clauseBefore(m)
	default:
		if parts = w.around(m); parts[0].len()+parts[1].len() == 0 && w.happens(m) {
			parts[0] = w.mentioned(c, m)
		}
	}
	for k := range parts {
		parts[k] = w.cut(w.throughQuotation(w.wholeChunk(parts[k])), m)
	}
	return parts
}

// before returns the head of a clause that hangs on cue m before it, -1 for
// none.
func (w *walk) before(m *match) int {
	return w.childBefore(m.first, 1<<stages.Ccomp)
}

// clauseBefore is the clause before cue m, up to the mark that parts them.
func (w *walk) clauseBefore(m *match) tokens {
	t := w.subtree(w.before(m), w.sent.First)
	t.last = min(t.last, m.first)
	if t.last < m.first && w.finiteBetween(t.first, t.last) && w.d.Tokens[t.last].Is(lexicons.Punct|lexicons.Quote) {
		return t
	}
	return tokens{}
}

// mentioned is the object of cue m with what completes it, or what it speaks of.
func (w *walk) mentioned(c complements, m *match) tokens {
	switch {
	case c.object >= 0 && w.takesObject(m):
		t := w.subtree(c.object, m.last)
		for _, more := range []int{c.attribute, c.topic} {
			if more > c.object {
				t.last = max(t.last, w.subtree(more, m.last).last)
			}
		}
		t.last = w.phraseGoesOn(t.last)
		if w.names(m) && c.attribute < 0 && c.topic < 0 && c.infinitive < 0 && !w.namedIn(t) {
			return tokens{} // "called the police"
		}
		return w.beforeOccasion(t)
	case c.attribute >= 0 && w.takesObject(m):
		return w.subtree(c.attribute, m.last)
	case c.topic >= 0 && w.speaksOf(m, c.topic):
		t := w.subtree(c.topic, m.last)
		t.first++
		return t
	}
	return tokens{}
}

// around is the clause that cue m stands in as a parenthesis: `The talks, he
// said, had failed`, `As he put it, …`.
func (w *walk) around(m *match) (parts [2]tokens) {
	d, s := w.d, w.sent
	head := int(d.Heads[m.first])
	if head < 0 || !w.has(m.first, 1<<stages.Nsubj) {
		return parts
	}
	mark := w.child(m.first, 1<<stages.Mark)
	switch as := mark >= 0 && d.Tokens[mark].ID == w.as; d.Rels[m.first] {
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

// thatBehind returns the "that" with which a clause begins directly behind cue
// m or behind whom it is said to ("told reporters that"), -1 for none.
func (w *walk) thatBehind(m *match) int {
	d := w.d
	if d.Tokens[m.last-1].ID == w.that {
		return m.last - 1
	}
	i := w.pastHearer(m)
	if i+1 >= w.sent.Last || d.Tokens[i].ID != w.that || i > m.last && d.Tags[i] != lexicons.Subord {
		return -1
	}
	if w.finite(i+1) || !w.finiteBetween(i+1, w.phraseEnd(i+1)) {
		return -1 // "the plan that failed", "flouts that treaty"
	}
	return i
}

// questionBehind returns the word with which an indirect question begins behind
// cue m or behind whom it is put to ("asked the crew how"), -1 for none.
func (w *walk) questionBehind(m *match) int {
	i := w.pastHearer(m)
	if m.pos&lexicons.Noun != 0 || i+2 >= w.sent.Last || w.d.Tags[i] != lexicons.Subord {
		return -1
	}
	switch w.lower(i) {
	case "how", "why", "where", "whether":
		return i
	}
	return -1
}

// pastHearer is the token behind cue m and whom it is said to.
func (w *walk) pastHearer(m *match) int {
	i := m.last
	hearer := m.pos&lexicons.Noun == 0 && w.lex.Predicates[m.ref].Flags&lexicons.Clause != 0
	for k := m.chunk; k < len(w.row) && w.row[k].first <= i; k++ {
		if c := &w.row[k]; c.first == i && (c.kind == adv || hearer && (c.kind == np || c.kind == prep)) {
			i = c.last
		}
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
			if c.finite || c.modal {
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

// adverbial reports whether the clause that token x heads says when or why
// something is said, not what: "said as the crowd moved on".
func (w *walk) adverbial(x int) bool {
	m := w.childBefore(x, 1<<stages.Mark)
	if m < 0 {
		return false
	}
	switch w.lower(m) {
	case "as", "after", "before", "because", "since", "until", "while":
		return true
	}
	return false
}

// marked reports whether the clause that token x heads begins with "that".
func (w *walk) marked(x int) bool {
	m := w.childBefore(x, 1<<stages.Mark)
	return m >= 0 && w.d.Tokens[m].ID == w.that
}

// infinitive reports whether token x heads an infinitive with "to".
func (w *walk) infinitive(x int) bool {
	a := w.childBefore(x, 1<<stages.Aux)
	return a >= 0 && w.d.Tokens[a].ID == w.to
}
