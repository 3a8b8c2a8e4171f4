package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// A cue is a word that reports what somebody says: "said", "a warning".

// noteCue keeps match m if it is a cue: a verb or noun that takes reported
// speech, outside quotations. Of several that begin at one token the longest
// counts.
func (w *walk) noteCue(m lexicons.Match) {
	p := &w.lex.Predicates[m.Ref]
	if p.Flags&lexicons.Content == 0 || p.POS&(lexicons.Base|lexicons.Noun) == 0 || w.quoted(m.Start) {
		return
	}
	c := match{first: m.Start, last: m.End, ref: m.Ref, pos: m.POS}
	if k := len(w.cues) - 1; k >= 0 && w.cues[k].first == m.Start {
		if m.End > w.cues[k].last {
			w.cues[k] = c
		}
		return
	}
	w.cues = append(w.cues, c)
}

// speaks reports whether the sentence may tell what somebody says: it has a cue,
// "according" or a quotation mark, or stands between two.
func (w *walk) speaks() bool {
	if len(w.cues) > 0 {
		return true
	}
	for i := w.sent.First; i < w.sent.Last; i++ {
		if t := &w.d.Tokens[i]; t.Is(lexicons.Quote) || t.ID == w.according || w.quoted(i) {
			return true
		}
	}
	return false
}

// chunkCues finds the chunks of the cues.
func (w *walk) chunkCues() {
	k := 0
	for i := range w.cues {
		for w.row[k].last <= w.cues[i].first {
			k++
		}
		w.cues[i].chunk = k
	}
}

// cueAt returns the cue at token t, nil for none.
func (w *walk) cueAt(t int) *match {
	for i := range w.cues {
		if w.cues[i].first == t {
			return &w.cues[i]
		}
	}
	return nil
}

// refAt returns the predicate of the cue at token t.
func (w *walk) refAt(t int) int {
	if c := w.cueAt(t); c != nil {
		return c.ref
	}
	return 0
}

// reporting reports whether verb group i is headed by a reporting verb.
func (w *walk) reporting(i int) bool {
	c := w.cueAt(w.row[i].head)
	return c != nil && c.pos&lexicons.Noun == 0
}

// tells reports whether cue m tells of something without judging it, as the
// cues do that stand aside.
func (w *walk) tells(m *match) bool { return w.lex.Predicates[m.ref].Category == "say" }

// passesOn reports whether the cue at token t tells of something without
// judging it.
func (w *walk) passesOn(t int) bool {
	m := w.cueAt(t)
	return m != nil && w.tells(m)
}

// happens reports whether cue m tells of something said, not of something to be
// said or that can be said ("a way to seek talks").
func (w *walk) happens(m *match) bool {
	c := &w.row[m.chunk]
	if c.kind != vg {
		return true
	}
	return !c.to && !c.unsure && w.d.Rels[m.first] != stages.Pcomp
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
	if p.Flags&lexicons.Clause != 0 || w.childBefore(m.first, 1<<stages.AuxPass) >= 0 {
		return false
	}
	return w.d.Rels[m.first] != stages.Acl || w.d.Tags[m.first] == lexicons.Gerund
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

// handsOn reports whether the object of the verb at token t is the subject of
// the infinitive behind it.
func (w *walk) handsOn(t int) bool {
	p := w.predicateAt(t)
	return p != nil && p.Flags&lexicons.Control != 0 || w.controls(t)
}

// takesFault reports whether the object of the verb at token t does what the
// phrase behind it says: "accused him of lying".
func (w *walk) takesFault(t int) bool {
	return w.cueAt(t) != nil
}

// speaksOf reports whether cue m has the preposition at token x before what is
// spoken of: "about", or with a cue that judges "of", "for", "on", "against".
func (w *walk) speaksOf(m *match, x int) bool {
	prep := w.d.Tokens[x].ID
	return prep == w.about || prep == w.of || !w.tells(m) && prep != w.as
}

// topical reports whether the preposition at token x leads to what is spoken
// of.
func (w *walk) topical(x int) bool {
	switch w.d.Tokens[x].ID {
	case w.about, w.of, w.on, w.for_, w.against, w.as:
		return true
	}
	return false
}

// utterance reports whether the noun at token t is a cue: a statement, a tweet.
func (w *walk) utterance(t int) bool {
	c := w.cueAt(t)
	return c != nil && c.pos&lexicons.Noun != 0
}
