package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// cueVoice returns the speaker of the cue that heads verb group i: its subject
// on the tree or, where the tree names none, among the chunks.
func (w *walk) cueVoice(i int) (voice, bool) {
	if w.sent.Parsed {
		if t := w.speakerOf(w.row[i].head); w.canSpeak(t) {
			return w.voiceAt(t), true
		}
	}
	return w.nearVoice(i)
}

// canSpeak reports whether token t stands in a noun phrase that can name a
// speaker, outside quotations.
func (w *walk) canSpeak(t int) bool {
	if t < 0 || w.quoted(t) || w.opensRelative(t) {
		return false
	}
	for k := range w.row {
		if c := &w.row[k]; c.first <= t && t < c.last {
			return c.kind == np || w.takenForVerb(t)
		}
	}
	return false
}

// takenForVerb reports whether token t is a subject that the tagger takes for a
// verb: "Estimates say", "the Smith team has said".
func (w *walk) takenForVerb(t int) bool {
	d := w.d
	return d.Rels[t] == stages.Nsubj && (d.Tokens[t].Is(lexicons.Cap) && int(d.Heads[t]) == t+1 || w.childBefore(t, 1<<stages.Det) >= 0)
}

// maxClimb is how many heads are climbed in search of a subject.
const maxClimb = 5

// speakerOf returns the token that heads the speaker of the cue at token t, -1
// for none: the subject of the verb or of the verb that it hangs on, the agent
// of a passive, the owner of a noun.
func (w *walk) speakerOf(t int) int {
	d, s := w.d, w.sent
	if i := w.inverted(t); i >= 0 {
		return i
	}
	for range maxClimb {
		if d.Tags[t]&lexicons.Noun != 0 && d.Rels[t] != stages.Root {
			return w.owner(t)
		}
		if by := w.child(t, 1<<stages.Agent); by >= 0 {
			return w.childIn(by, by, s.Last, 1<<stages.Pobj)
		}
		if sub := w.subjectOf(t); sub >= 0 {
			if d.Rels[sub] == stages.NsubjPass && w.childBefore(t, 1<<stages.AuxPass) >= 0 && !w.quotesSubject(t) {
				return -1 // "it was reported": nobody says by whom
			}
			return w.antecedent(sub, t)
		}
		head := int(d.Heads[t])
		if head < 0 {
			return -1
		}
		switch d.Rels[t] {
		case stages.Conj, stages.Xcomp, stages.Advcl:
			if d.Rels[t] == stages.Xcomp {
				if o := w.childIn(head, head, t, 1<<stages.Dobj|1<<stages.Iobj); o >= 0 && w.handsOn(head) {
					return o
				}
			}
			t = head
		case stages.Acl, stages.Relcl:
			if d.Rels[t] == stages.Acl && d.Heads[head] >= 0 && w.utterance(head) {
				t = w.verbAbove(head) // "issued a statement saying"
				if t < 0 {
					return head
				}
				continue
			}
			return head
		case stages.Pcomp:
			verb := int(d.Heads[head]) // "accused him of saying", "left after saying"
			if verb < 0 {
				return -1
			}
			if o := w.childIn(verb, verb, head, 1<<stages.Dobj); o >= 0 && w.takesFault(verb) {
				return o
			}
			t = verb
		default:
			return -1
		}
	}
	return -1
}

// subjectOf returns the head of the verb's subject: the nearest before it, else
// the first behind; -1 for none.
func (w *walk) subjectOf(t int) int {
	for i := t - 1; i >= w.sent.First; i-- {
		if int(w.d.Heads[i]) == t && (w.d.Rels[i] == stages.Nsubj || w.d.Rels[i] == stages.NsubjPass) && !w.d.Calendar[i] {
			return i
		}
	}
	return w.childIn(t, t, w.sent.Last, 1<<stages.Nsubj|1<<stages.NsubjPass)
}

// inverted returns the head of the subject that follows the cue at token t
// behind a comma or quotation mark: "…, said Lam"; -1 for none.
func (w *walk) inverted(t int) int {
	d := w.d
	if d.Tags[t]&(lexicons.Past|lexicons.Third|lexicons.Participle) == 0 {
		return -1
	}
	before := t - 1
	if before <= w.sent.First || d.Word(before) != "," && !d.Tokens[before].Is(lexicons.Quote) || w.quoted(t) {
		return -1
	}
	for k := range w.row {
		if c := &w.row[k]; c.first == t+1 {
			if c.kind != np || d.Calendar[c.first] || c.last < w.sent.Last && d.Tokens[c.last].ID == w.that {
				return -1
			}
			p := &w.lex.Predicates[w.refAt(t)]
			if hearer := slices.Contains(p.Target, "obj"); hearer || p.Flags&lexicons.Clause == 0 && !d.Tokens[before].Is(lexicons.Quote) || w.verbFollows(k) {
				return -1
			}
			return c.head
		}
	}
	return -1
}

// verbFollows reports whether chunk k is the subject of a verb behind it.
func (w *walk) verbFollows(k int) bool {
	for k++; k < len(w.row); k++ {
		switch c := &w.row[k]; c.kind {
		case np, prep, adv, conj:
		case vg:
			return c.finite
		default:
			return false
		}
	}
	return false
}

// antecedent is whom subject sub of verb t stands for: the noun before "who".
func (w *walk) antecedent(sub, t int) int {
	if w.d.Rels[t] != stages.Relcl {
		return sub
	}
	switch w.d.Tokens[sub].ID {
	case w.who, w.which, w.that:
		return int(w.d.Heads[t])
	}
	return sub
}

// opensRelative reports whether token i begins a relative clause.
func (w *walk) opensRelative(i int) bool {
	return w.relative(i) || w.d.Tokens[i].ID == w.whose
}

// quotesSubject reports whether a passive cue at token t quotes its subject:
// "was quoted as saying".
func (w *walk) quotesSubject(t int) bool {
	switch w.lower(t) {
	case "quoted", "cited", "heard", "seen", "recorded":
		return true
	}
	return false
}

// verbAbove returns the verb that the noun at token t hangs on, as its object
// or in a phrase, -1 for none.
func (w *walk) verbAbove(t int) int {
	d := w.d
	for range maxClimb {
		switch d.Rels[t] {
		case stages.Dobj, stages.Pobj, stages.Prep, stages.Conj, stages.Iobj:
			t = int(d.Heads[t])
		default:
			return -1
		}
		if t < 0 {
			return -1
		}
		if d.Tags[t]&lexicons.Verb != 0 {
			return t
		}
	}
	return -1
}

// owner returns whose utterance the noun at token t is: "Spain's warning", "a
// warning by Spain", "Spain issued a warning", -1 for none.
func (w *walk) owner(t int) int {
	d, s := w.d, w.sent
	if o := w.childBefore(t, 1<<stages.Poss); o >= 0 {
		return o
	}
	for p := t + 1; p < s.Last; p++ {
		if int(d.Heads[p]) == t && (d.Rels[p] == stages.Prep || d.Rels[p] == stages.Agent) {
			switch d.Tokens[p].ID {
			case w.by, w.from:
				return w.childIn(p, p, s.Last, 1<<stages.Pobj)
			}
		}
	}
	if v := w.verbAbove(t); v >= 0 && d.Rels[t] == stages.Dobj {
		if sub := w.child(v, 1<<stages.Nsubj); sub >= 0 {
			return w.antecedent(sub, v)
		}
		if v != t {
			return w.speakerOf(v)
		}
	}
	return -1
}

// bareSaid reports whether verb group c is a reporting verb without auxiliaries
// that takes no object, and so is no passive: "Ruiz, 40, said".
func (w *walk) bareSaid(c *chunk) bool {
	m := w.cueAt(c.head)
	return c.first == c.head && m != nil && w.lex.Predicates[m.ref].Flags&lexicons.Clause != 0
}

// voiceAt returns the speaker that the noun at token t names.
func (w *walk) voiceAt(t int) voice {
	for i := range w.row {
		if c := &w.row[i]; c.first <= t && t < c.last {
			if c.kind == np {
				return w.voiceOf(i)
			}
			break
		}
	}
	return voice{first: t, last: t + 1, known: true}
}

// nearVoice returns the speaker of the cue that heads verb group i where the tree
// names none: the noun phrase right before it, across a parenthesis, or of a
// participle set off by a comma the subject of the main clause.
func (w *walk) nearVoice(i int) (voice, bool) {
	c := &w.row[i]
	if c.passive && !w.bareSaid(c) || !c.passive && !c.finite && c.form != lexicons.Gerund {
		return voice{first: -1}, false
	}
	for i--; i >= 0 && (w.row[i].kind == adv || w.row[i].kind == np && w.timely(i)); i-- {
	}
	switch participle := c.form == lexicons.Gerund && !c.finite; {
	case participle && (i <= 0 || w.row[i].kind == comma):
		if t := w.mainSubject(); w.canSpeak(t) {
			return w.voiceAt(t), true
		}
		return voice{first: -1}, false
	case i > 0 && w.row[i].kind == conj: // "outlined a plan and vowed"
		for i--; i >= 0 && w.row[i].kind != vg; i-- {
		}
		if i < 0 || w.row[i].inQuote {
			return voice{first: -1}, false
		}
		return w.cueVoice(i)
	case i > 0 && w.row[i].kind == comma:
		for i--; i > 0 && w.row[i].kind != comma; i-- {
		}
		i--
	}
	if i < 0 || w.row[i].kind != np || w.row[i].inQuote || w.opensRelative(w.row[i].first) {
		return voice{first: -1}, false
	}
	return w.voiceOf(w.headNP(i)), true
}

// mainSubject returns the subject of the sentence's main clause, -1 for none.
func (w *walk) mainSubject() int {
	for i := w.sent.First; w.sent.Parsed && i < w.sent.Last; i++ {
		if w.d.Rels[i] == stages.Root {
			return w.subjectOf(i)
		}
	}
	return -1
}

// timely reports whether noun phrase i says when, and nobody: "said last week".
func (w *walk) timely(i int) bool {
	c := &w.row[i]
	return w.d.Calendar[c.first] || w.d.Rel(c.head) == stages.Npadvmod && !w.d.Tokens[c.head].Is(lexicons.Cap)
}

// voiceOf returns the speaker that noun phrase i names.
func (w *walk) voiceOf(i int) voice {
	c := &w.row[i]
	v := voice{first: c.first, last: c.last, known: true}
	if all := w.parties(i, len(w.row)); len(all) > 1 && c.mention >= 0 {
		for _, p := range all {
			if !p.owner && p.code != all[0].code {
				v.more = append(v.more, p.code)
			}
		}
	}
	pick := c.mention
	if pick < 0 && len(c.owners) > 0 {
		pick = c.owners[len(c.owners)-1]
	}
	if pick >= 0 {
		m := &w.d.Mentions[pick]
		v.name = m.Name
		if cs := w.codes(nil, m); len(cs) > 0 {
			v.code = cs[0]
		}
		if c.mention >= 0 {
			v.first, v.last = min(m.First, c.first), max(m.Last, c.last)
		}
		return v
	}
	if p, at := w.ofPhrase(i); len(p) > 0 {
		v.code = p[0].code
		v.last = w.row[at].last
	}
	return v
}

// accordingTo finds "according to X" outside quotations: the speaker and the
// tokens of the phrase.
func (w *walk) accordingTo() (v voice, first, last int, ok bool) {
	d := w.d
	for i := w.sent.First; i+2 < w.sent.Last; i++ {
		if d.Tokens[i].ID != w.according || d.Tokens[i].ID == 0 || w.quote[i] != 0 || d.Tokens[i+1].ID != w.to {
			continue
		}
		for k := range w.row {
			if w.row[k].kind == np && w.row[k].first == i+2 {
				// The phrase runs to the next comma or the end, but not into a clause:
				// "According to the ministry the bridge fell".
				end := w.row[k].last
				for end < w.sent.Last && d.Word(end) != "," && d.Word(end) != "." && !d.Tokens[end].Is(lexicons.Quote) {
					end++
				}
				if i == w.sent.First && k+1 < len(w.row) && w.row[k+1].kind != vg && w.finiteBetween(w.row[k].last, end) {
					end = w.row[k].last
				}
				return w.voiceOf(k), i, end, true
			}
		}
	}
	return voice{first: -1}, 0, 0, false
}
