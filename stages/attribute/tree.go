package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// Roles are read off the dependency tree of a sentence (stages/parse): who is
// the subject of a verb, also of infinitives, participles and joined verbs that
// leave it unsaid; what is its object; what stands behind which preposition.

// rels is a set of relations, a bit for each: 1<<stages.Nsubj | 1<<stages.NsubjPass.
type rels uint64

const _ rels = 1 << (stages.NRels - 1) // all have room

// node is a token's place in the tree of its sentence.
type node struct {
	below     rels  // by which relations others hang on it
	kid, next int32 // tokens: the first that hangs on it, the next that hangs where it does; -1 for none

	subject, object int32 // of a verb, once asked for while settled; else unasked
}

// unasked is what nobody has asked for yet.
const unasked = -2

// plant notes the children and mentions of the tokens of the sentence in hand.
func (w *walk) plant() {
	d, s := w.d, w.sent
	n := s.Last - s.First
	w.nodes = slices.Grow(w.nodes[:0], n)[:n]
	w.mentionAt = slices.Grow(w.mentionAt[:0], n)[:n]
	for k := range n {
		w.nodes[k], w.mentionAt[k] = node{kid: -1, next: -1, subject: unasked, object: unasked}, -1
	}
	for i := s.Last - 1; i >= s.First; i-- {
		if h := int(d.Heads[i]); h >= 0 {
			parent := &w.nodes[h-s.First]
			parent.below |= 1 << d.Rels[i]
			w.nodes[i-s.First].next, parent.kid = parent.kid, int32(i)
		}
	}
	for k := s.MentionFrom; k < s.MentTo; k++ {
		m := &d.Mentions[k]
		for i := max(m.First, s.First); i < min(m.Last, s.Last); i++ {
			w.mentionAt[i-s.First] = int32(k)
		}
	}
}

// firstChild returns the first token that hangs on token h, -1 for none.
func (w *walk) firstChild(h int) int { return int(w.nodes[h-w.sent.First].kid) }

// nextChild returns the next token that hangs where token c does, -1 for none.
func (w *walk) nextChild(c int) int { return int(w.nodes[c-w.sent.First].next) }

// has reports whether a token hangs on h by one of rels.
func (w *walk) has(h int, by rels) bool { return w.nodes[h-w.sent.First].below&by != 0 }

// child returns the first token that hangs on h by one of rels, -1 for none.
func (w *walk) child(h int, by rels) int {
	if !w.has(h, by) {
		return -1
	}
	c := w.firstChild(h)
	for by>>w.d.Rels[c]&1 == 0 {
		c = w.nextChild(c)
	}
	return c
}

// childBefore is child among the tokens before h.
func (w *walk) childBefore(h int, by rels) int {
	if c := w.child(h, by); c < h {
		return c
	}
	return -1
}

// childIn is child among tokens from to last, end exclusive.
func (w *walk) childIn(h, from, last int, by rels) int {
	for c := w.child(h, by); c >= 0 && c < last; c = w.nextChild(c) {
		if c >= from && by>>w.d.Rels[c]&1 != 0 {
			return c
		}
	}
	return -1
}

// head returns the token that i hangs on, -1 for the root.
func (w *walk) head(i int) int { return int(w.d.Heads[i]) }

// rel returns the relation by which i hangs on its head.
func (w *walk) rel(i int) stages.Rel { return w.d.Rels[i] }

// isVerb reports whether token i heads a clause.
func (w *walk) isVerb(i int) bool {
	return w.d.Tags[i]&lexicons.Verb != 0 || w.d.Tags[i] == lexicons.Aux
}

// passive reports whether verb v is one whose subject suffers: "was expelled",
// "tariffs imposed by".
func (w *walk) passive(v int) bool {
	if w.has(v, 1<<stages.NsubjPass|1<<stages.AuxPass|1<<stages.Agent) {
		return true
	}
	if w.rel(v) == stages.Advcl && w.d.Tags[v] == lexicons.Participle {
		return !w.has(v, 1<<stages.Dobj|1<<stages.Aux|1<<stages.Nsubj|1<<stages.Mark) // "Expelled from Mali, the ambassador"
	}
	return w.rel(v) == stages.Acl && w.d.Tags[v]&(lexicons.Participle|lexicons.Past) != 0
}

// subject returns the head of the noun phrase that is the subject of verb v in
// the surface sense (of a passive: whom it happens to), -1 for none. Where v
// itself has none, it is the subject or object of what v hangs on.
func (w *walk) subject(v int) int {
	const steps = 6
	if !w.settled {
		return w.subjectWithin(v, steps)
	}
	n := &w.nodes[v-w.sent.First]
	if n.subject == unasked {
		n.subject = int32(w.subjectWithin(v, steps))
	}
	return int(n.subject)
}

// subjectWithin is subject, looked up in the tree within so many steps.
func (w *walk) subjectWithin(v, steps int) int {
	if steps == 0 {
		return -1
	}
	if s := w.child(v, 1<<stages.Nsubj|1<<stages.NsubjPass); s >= 0 {
		if w.relative(s) {
			return w.modified(v)
		}
		return s
	}
	h := w.head(v)
	if h < 0 {
		return -1
	}
	switch w.rel(v) {
	case stages.Conj:
		if w.isVerb(h) {
			return w.subjectWithin(h, steps-1)
		}
	case stages.Xcomp, stages.Ccomp:
		if !w.isVerb(h) {
			return w.subjectOfPhrase(h, steps-1)
		}
		// Control (Rosenbaum 1967): the object of "urge", "force", "accuse"
		// is the subject of what follows, else the subject is.
		if o := w.controller(h, v); o >= 0 {
			return o
		}
		return w.subjectWithin(h, steps-1)
	case stages.Relcl:
		return h
	case stages.Acl:
		if w.infinitive(v) {
			// "its decision to expel": whose decision it is.
			return w.subjectOfPhrase(h, steps-1)
		}
		return h
	case stages.Advcl:
		if w.isVerb(h) {
			if w.infinitive(v) {
				if o := w.controller(h, v); o >= 0 && (w.controls(h) || w.asks(h)) {
					return o
				}
			}
			return w.subjectWithin(h, steps-1)
		}
	case stages.Pcomp:
		// "accused X of threatening", "condemned X for shelling", "pushed
		// X into signing": the object acts; "by shelling", "after shelling": the subject does.
		g := w.head(h)
		if g < 0 {
			return -1
		}
		if !w.isVerb(g) {
			if k := w.mentionAt[g-w.sent.First]; k >= 0 && !w.d.Mentions[k].Attributive && w.d.Tokens[h].ID == w.for_ {
				return g // "expelled a diplomat for spying"
			}
			return w.subjectOfPhrase(g, steps-1)
		}
		switch w.d.Tokens[h].ID {
		case w.of, w.for_, w.from, w.into:
			if o := w.child(g, 1<<stages.Dobj); o >= 0 && o < v {
				return o
			}
			if w.passive(g) {
				return w.subjectWithin(g, steps-1)
			}
		}
		return w.subjectWithin(g, steps-1)
	}
	return -1
}

// controller returns the head of the object of verb g that stands before v, also
// behind a preposition: "urged Iran to stop", "called on Iran to stop".
func (w *walk) controller(g, v int) int {
	if o := w.child(g, 1<<stages.Dobj|1<<stages.Iobj); o >= 0 && o < v {
		if w.rel(o) == stages.Iobj && w.child(o, 1<<stages.Pobj) >= 0 {
			return w.child(o, 1<<stages.Pobj)
		}
		return o
	}
	if !w.infinitive(v) {
		return -1
	}
	for p := w.firstChild(g); p >= 0; p = w.nextChild(p) {
		if w.rel(p) == stages.Prep && p < v {
			switch w.d.Tokens[p].ID {
			case w.on, w.upon, w.to, w.for_, w.with:
				if o := w.child(p, 1<<stages.Pobj); o >= 0 && len(w.phraseActors(nil, o)) > 0 {
					return o
				}
			}
		}
	}
	return -1
}

// subjectOfPhrase returns whose a noun or adjective is: its possessor, else the
// subject of the verb that governs it.
func (w *walk) subjectOfPhrase(n, steps int) int {
	if p := w.child(n, 1<<stages.Poss); p >= 0 {
		return p
	}
	if v := w.governor(n); v >= 0 {
		return w.subjectWithin(v, steps)
	}
	return -1
}

// relative reports whether token i is a relative pronoun.
func (w *walk) relative(i int) bool {
	switch w.d.Tokens[i].ID {
	case w.who, w.which, w.that, w.whom:
		return true
	}
	return false
}

// modified returns the noun that the relative clause of verb v describes, -1
// for none.
func (w *walk) modified(v int) int {
	for range 4 {
		switch w.rel(v) {
		case stages.Relcl:
			return w.head(v)
		case stages.Conj, stages.Xcomp, stages.Ccomp:
			v = w.head(v)
			if v < 0 {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// object returns the head of the direct object of verb v, -1 for none: also the
// subject of an infinitive that the parser hung on v ("urged Iran to stop"),
// and the noun that a relative clause without an object describes.
func (w *walk) object(v int) int {
	if !w.settled {
		return w.findObject(v)
	}
	n := &w.nodes[v-w.sent.First]
	if n.object == unasked {
		n.object = int32(w.findObject(v))
	}
	return int(n.object)
}

// findObject is object, looked up in the tree.
func (w *walk) findObject(v int) int {
	if o := w.child(v, 1<<stages.Dobj); o >= 0 {
		if w.relative(o) {
			return w.modified(v)
		}
		return o
	}
	if w.passive(v) {
		return -1
	}
	if w.has(v, 1<<stages.Ccomp|1<<stages.Xcomp) {
		for c := w.firstChild(v); c >= 0; c = w.nextChild(c) {
			if r := w.rel(c); (r == stages.Ccomp || r == stages.Xcomp) && w.infinitive(c) {
				if s := w.child(c, 1<<stages.Nsubj|1<<stages.NsubjPass); s > v {
					return s
				}
			}
		}
	}
	// "the sanctions that it imposed", "the diplomats Caracas expelled"
	if w.rel(v) == stages.Relcl {
		if s := w.child(v, 1<<stages.Nsubj); s >= 0 && !w.relative(s) && !w.has(v, 1<<stages.Prep) {
			return w.head(v)
		}
	}
	return -1
}

// governor returns the verb that governs noun phrase n as object, complement or
// behind a preposition, -1 for none.
func (w *walk) governor(n int) int {
	for range 6 {
		h := w.head(n)
		if h < 0 {
			return -1
		}
		switch w.rel(n) {
		case stages.Nsubj, stages.NsubjPass, stages.Poss:
			return -1
		}
		if w.isVerb(h) {
			return h
		}
		n = h
	}
	return -1
}

// join appends an actor to a list, which begins in memory that the next sentence
// uses again.
func (w *walk) join(out []party, p party) []party {
	const few = 3
	if out == nil {
		if len(w.lists)+few > cap(w.lists) {
			w.lists = make([]party, 0, 2*cap(w.lists)+64)
		}
		n := len(w.lists)
		w.lists = w.lists[:n+few]
		out = w.lists[n : n : n+few]
	}
	return append(out, p)
}

// actors appends the actors of the noun phrase whose head is n, and of those
// joined to it.
func (w *walk) actors(out []party, n int) []party {
	for steps := 0; n >= 0 && steps < 12; steps++ {
		out = w.phraseActors(out, n)
		n = w.child(n, 1<<stages.Conj)
	}
	return out
}

// phraseActors appends the actors of one noun phrase: the phrase itself, else
// those that it belongs to ("Iran's missiles", "Iranian missiles"), else what
// stands in apposition to it.
func (w *walk) phraseActors(out []party, n int) []party {
	d := w.d
	if k := w.mentionAt[n-w.sent.First]; k >= 0 {
		m := &d.Mentions[k]
		if !m.Attributive || w.rel(n) != stages.Compound && w.rel(n) != stages.Amod {
			var some [2]string
			if codes := w.codes(some[:0], m); len(codes) > 0 {
				owner := m.Attributive || m.Possessive
				for _, code := range codes {
					out = w.join(out, party{code, m.First, owner, m.Place && !owner})
				}
				// "the ministers of Spain and Italy"
				for i := max(n+1, m.First); i < m.Last; i++ {
					for j := w.child(i, 1<<stages.Conj); j >= m.Last; j = w.child(j, 1<<stages.Conj) {
						out = w.phraseActors(out, j)
					}
				}
				// "Russian and Georgian troops"
				for c := w.firstChild(n); c >= 0; c = w.nextChild(c) {
					if r := w.rel(c); c < m.First && (r == stages.Amod || r == stages.Compound) && w.child(c, 1<<stages.Cc) >= 0 {
						if o := w.mentionAt[c-w.sent.First]; o >= 0 {
							for _, code := range w.codes(nil, &d.Mentions[o]) {
								out = w.join(out, party{code: code, at: d.Mentions[o].First})
							}
						}
					}
				}
				return out
			}
		}
	}
	if owners := w.owners(n); len(owners) > 0 {
		return append(out, owners...)
	}
	if a := w.child(n, 1<<stages.Appos); a >= 0 {
		return w.actors(out, a) // "our allies, Japan and South Korea"
	}
	return out
}

// owners returns the actors that a noun belongs to or is described by: "Iran's
// missiles", "Iranian missiles", "a U.S. request".
func (w *walk) owners(n int) []party {
	var out []party
	const owning rels = 1<<stages.Poss | 1<<stages.Amod | 1<<stages.Compound | 1<<stages.Nummod
	if !w.has(n, owning) {
		return nil
	}
	for c := w.firstChild(n); c >= 0; c = w.nextChild(c) {
		if owning>>w.rel(c)&1 == 0 {
			continue
		}
		k := w.mentionAt[c-w.sent.First]
		if k < 0 {
			if w.rel(c) == stages.Amod && slices.Contains(w.doneWords, w.d.Tokens[c].ID) {
				// "the French-led war"
				if x := w.child(c, 1<<stages.Npadvmod); x >= 0 {
					if k := w.mentionAt[x-w.sent.First]; k >= 0 {
						out = w.join(out, party{code: w.d.Mentions[k].Code, at: w.d.Mentions[k].First, owner: true})
					}
				}
			}
			// "Iran's navy's shelling", "the Iranian navy's shelling"
			if w.rel(c) == stages.Poss || w.rel(c) == stages.Compound {
				out = append(out, w.owners(c)...)
			}
			continue
		}
		m := &w.d.Mentions[k]
		var some [2]string
		for _, code := range w.codes(some[:0], m) {
			if !slices.ContainsFunc(out, func(p party) bool { return p.code == code }) {
				out = w.join(out, party{code: code, at: m.First, owner: true})
			}
		}
		if w.rel(c) == stages.Poss || w.rel(c) == stages.Amod {
			for j := w.child(c, 1<<stages.Conj); j >= 0; j = w.child(j, 1<<stages.Conj) {
				for _, p := range w.phraseActors(nil, j) {
					p.owner = true
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// belonging returns the actors in a phrase that belongs to noun n: "the people
// of Chad", "troops in Mali", "the attack by rebels from Sudan".
func (w *walk) belonging(n int) []party {
	if !w.has(n, 1<<stages.Prep|1<<stages.Agent) {
		return nil
	}
	var out []party
	for c := w.firstChild(n); c >= 0; c = w.nextChild(c) {
		if r := w.rel(c); r != stages.Prep && r != stages.Agent || w.d.Tokens[c].ID == w.against {
			continue // "the campaign against Mali" is another's
		}
		for o := w.firstChild(c); o >= 0; o = w.nextChild(o) {
			if w.rel(o) != stages.Pobj {
				continue
			}
			out = w.actors(out, o)
			if len(out) == 0 {
				out = append(out, w.belonging(o)...)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	for i := range out {
		out[i].owner = true
	}
	return out
}

// actorsOf returns the actors of noun phrase n in any of the ways above.
func (w *walk) actorsOf(n int) []party {
	if n < 0 {
		return nil
	}
	if p := w.actors(nil, n); len(p) > 0 {
		return p
	}
	return w.belonging(n)
}

// leading are the relations by which a preposition hangs on what it completes.
const leading rels = 1<<stages.Prep | 1<<stages.Agent | 1<<stages.Iobj

// behind returns the actors behind a preposition of preps that hangs on one of
// heads, the prepositions in the order given.
func (w *walk) behind(preps []uint32, heads ...int) []party {
	for _, word := range preps {
		for _, h := range heads {
			if h < 0 || !w.has(h, leading) {
				continue
			}
			for c := w.firstChild(h); c >= 0; c = w.nextChild(c) {
				if leading>>w.rel(c)&1 == 0 || w.d.Tokens[c].ID != word {
					continue
				}
				if found := w.prepObject(c); len(found) > 0 {
					return found
				}
			}
		}
	}
	return nil
}

// prepObject returns the actors of the object of preposition c.
func (w *walk) prepObject(c int) []party {
	for o := w.firstChild(c); o >= 0; o = w.nextChild(o) {
		switch w.rel(o) {
		case stages.Pobj:
			if found := w.actorsOf(o); len(found) > 0 {
				return found
			}
		case stages.Prep: // "from within", "out of"
			if found := w.prepObject(o); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// clauseVerb returns the verb of the clause that token i stands in, -1 for none.
func (w *walk) clauseVerb(i int) int {
	for steps := 0; i >= 0 && steps < 30; steps++ {
		if w.isVerb(i) && w.rel(i) != stages.Aux && w.rel(i) != stages.AuxPass && w.rel(i) != stages.Amod {
			return i
		}
		i = w.head(i)
	}
	return -1
}
