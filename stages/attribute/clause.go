package attribute

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// party is an actor as it stands in a role: the code, where it is named, and
// whether the phrase is the actor or only belongs to it.
type party struct {
	code  string
	at    int // token, -1 = not named here
	owner bool
	place bool
}

// subjects links every verb group of the sentence to the chunk of its subject.
func (w *walk) subjects() {
	for i := range w.row {
		if w.row[i].kind == vg {
			w.row[i].subject = w.findSubject(i)
		}
	}
}

// findSubject returns the chunk that is the subject of verb group v: the
// nearest noun phrase to the left that no preposition governs, across
// appositions and relative clauses; for infinitives, participles and joined
// verbs the subject of the verb that they hang on.
func (w *walk) findSubject(v int) int {
	c := &w.row[v]
	before := w.previousVerb(v)
	i := v - 1
	for i >= 0 && (w.row[i].kind == adv || w.row[i].kind == quote && !w.boundaryQuote(i)) {
		i--
	}
	// Infinitive: control by object ("urged Iran to stop") or subject.
	if c.to {
		if before >= 0 {
			b := &w.row[before]
			if p := w.predicateAt(b.head); p != nil && p.Flags&lexicons.Control != 0 || w.controls(b.head) {
				if o := w.objectChunk(before); o >= 0 && o < v {
					return o
				}
			}
			return b.subject
		}
		return w.leftNP(v)
	}
	if i >= 0 && w.row[i].kind == subord {
		switch strings.ToLower(w.d.Word(w.row[i].first)) {
		case "who", "which", "that":
			j := i - 1
			for j >= 0 && (w.row[j].kind == comma || w.row[j].kind == prep) {
				j--
			}
			if j >= 0 && w.row[j].kind == np {
				return w.headNP(j)
			}
			return -1
		}
		return -1
	}
	if i >= 0 && w.row[i].kind == conj && before >= 0 {
		// "recalled its envoy and expelled": the same subject, unless the
		// conjunction opens a clause with a subject of its own.
		return w.row[before].subject
	}
	if c.form == lexicons.Gerund || c.passive && !c.finite {
		if i >= 0 && w.row[i].kind == prep {
			// "accused X of threatening", "condemned X for shelling": the
			// object acts; "by shelling": the subject does.
			if before >= 0 {
				if !strings.EqualFold(w.d.Word(w.row[i].first), "by") {
					if p := w.predicateAt(w.row[before].head); p != nil && p.Flags&lexicons.Content != 0 {
						if o := w.objectChunk(before); o >= 0 && o < v {
							return o
						}
					}
				}
				return w.row[before].subject
			}
			// "After expelling …, Iran said": the subject that follows.
			return w.nextSubject(v)
		}
		if i >= 0 && w.row[i].kind == np {
			if c.passive {
				return w.headNP(i)
			}
			return w.headNP(i)
		}
		if before >= 0 {
			for b := before; b >= 0; b = w.previousVerb(b) {
				if w.row[b].finite {
					return w.row[b].subject
				}
			}
			return w.row[before].subject
		}
		return w.nextSubject(v)
	}
	return w.leftNP(v)
}

// boundaryQuote reports whether a quotation mark separates a clause from its
// report: `"…," said X`.
func (w *walk) boundaryQuote(i int) bool {
	return i > 0 && w.row[i-1].kind == comma
}

// nextSubject returns the subject of a main clause that follows an opening
// participle: the first noun phrase after the next comma.
func (w *walk) nextSubject(v int) int {
	for i := v + 1; i+1 < len(w.row); i++ {
		if w.row[i].kind == comma {
			for j := i + 1; j < len(w.row) && j < i+4; j++ {
				if w.row[j].kind == np {
					return j
				}
				if w.row[j].kind == vg {
					break
				}
			}
		}
	}
	return -1
}

// leftNP walks left from verb group v to its subject.
func (w *walk) leftNP(v int) int {
	nearest := -1
	for i := v - 1; i >= 0; i-- {
		c := &w.row[i]
		switch c.kind {
		case np:
			nearest = i
			return w.headNP(i)
		case adv, quote:
		case comma:
			// A parenthesis between subject and verb is skipped whole.
			j := w.parenthesis(i)
			if j < 0 {
				return nearest
			}
			i = j
		case vg:
			// A relative clause without commas: "the official who met him said".
			if c.subject >= 0 {
				return c.subject
			}
			return -1
		case subord, stop:
			return nearest
		}
	}
	return nearest
}

// headNP follows prepositional attachment left: in "the government of Oman" or
// "attacks by rebels in Chad" the head is the first phrase.
func (w *walk) headNP(i int) int {
	for i >= 2 && w.row[i-1].kind == prep && w.row[i-2].kind == np && !w.clausePrep(i-1) {
		i -= 2
	}
	// Coordination: "Britain, France and Germany".
	joined := false
	for i >= 2 && w.row[i-1].kind == conj && w.row[i-2].kind == np {
		i -= 2
		joined = true
	}
	for joined && i >= 2 && w.row[i-1].kind == comma && w.row[i-2].kind == np && w.row[i-2].mention >= 0 && w.row[i].mention >= 0 {
		i -= 2
	}
	for i >= 2 && w.row[i-1].kind == prep && w.row[i-2].kind == np && !w.clausePrep(i-1) {
		i -= 2
	}
	return i
}

// clausePrep reports whether a preposition begins a clause or adverbial.
func (w *walk) clausePrep(i int) bool {
	switch strings.ToLower(w.d.Word(w.row[i].first)) {
	case "after", "before", "since", "until", "as", "despite", "during":
		return true
	}
	return false
}

// parenthesis returns the comma that opens the parenthesis which the comma at
// i closes, or -1.
func (w *walk) parenthesis(i int) int {
	for j := i - 1; j >= 0 && i-j < 24; j-- {
		switch w.row[j].kind {
		case comma:
			first := w.row[j+1]
			if j+1 < i && (first.kind == subord || first.kind == prep || first.kind == adv ||
				first.kind == vg && !first.finite || first.kind == np) && j > 0 {
				// A list of names is no parenthesis.
				if first.kind == np && first.mention >= 0 && j+2 == i && w.row[j-1].kind == np && w.row[j-1].mention >= 0 {
					return -1
				}
				return j
			}
			return -1
		case stop:
			return -1
		}
	}
	return -1
}

// previousVerb returns the verb group before v in the same clause chain.
func (w *walk) previousVerb(v int) int {
	for i := v - 1; i >= 0; i-- {
		if w.row[i].kind == vg {
			return i
		}
		if w.row[i].kind == stop {
			return -1
		}
	}
	return -1
}

// controls reports whether the verb at token t hands its object on as the
// subject of an infinitive although no lexicon entry says so.
func (w *walk) controls(t int) bool {
	return w.lex.Tags(w.d.Tokens[t].ID)&lexicons.Controls != 0
}

// objectChunk returns the direct object of verb group v, or -1.
func (w *walk) objectChunk(v int) int {
	for i := v + 1; i < len(w.row) && i < v+4; i++ {
		switch w.row[i].kind {
		case np:
			return i
		case adv, quote:
		default:
			return -1
		}
	}
	return -1
}

// parties returns the actors of noun phrase i and of those joined to it, to
// the right up to limit.
func (w *walk) parties(i, limit int) []party {
	var out []party
	for i >= 0 && i < len(w.row) && i < limit {
		out = w.phraseParties(out, i)
		// "A, B and C"
		next := -1
		switch {
		case i+2 < limit && i+2 < len(w.row) && w.row[i+1].kind == conj && w.row[i+2].kind == np:
			next = i + 2
		case i+2 < limit && i+2 < len(w.row) && w.row[i+1].kind == comma && w.row[i+2].kind == np && w.listGoesOn(i+2, limit):
			next = i + 2
		case i+3 < limit && i+3 < len(w.row) && w.row[i+1].kind == comma && w.row[i+2].kind == conj && w.row[i+3].kind == np && w.row[i+3].mention >= 0:
			next = i + 3
		}
		if next < 0 || len(out) == 0 {
			break
		}
		if len(w.phraseParties(nil, next)) == 0 {
			break
		}
		i = next
	}
	return out
}

// listGoesOn reports whether the phrase at i, after a comma, is part of a list
// of actors that a conjunction ends.
func (w *walk) listGoesOn(i, limit int) bool {
	if len(w.phraseParties(nil, i)) == 0 {
		return false
	}
	for j := i + 1; j+1 < len(w.row) && j < limit; j += 2 {
		switch w.row[j].kind {
		case conj:
			return w.row[j+1].kind == np
		case comma:
			if w.row[j+1].kind == conj {
				return true
			}
			if w.row[j+1].kind != np {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// phraseParties appends the actors of one noun phrase: the phrase itself, else
// those that it belongs to.
func (w *walk) phraseParties(out []party, i int) []party {
	c := &w.row[i]
	if c.kind != np {
		return out
	}
	add := func(k int, owner bool) {
		m := &w.d.Mentions[k]
		codes := w.codes(m)
		for _, code := range codes {
			out = append(out, party{code, m.First, owner, m.Place && !owner})
		}
	}
	if c.mention >= 0 {
		add(c.mention, false)
		return out
	}
	for _, k := range c.owners {
		add(k, true)
	}
	return out
}

// codes returns the actor codes of a mention; first persons inside a quotation
// are the speaker's.
func (w *walk) codes(m *stages.Mention) []string {
	if m.Type == stages.ByPronoun && firstPerson(w.lower(m.First)) {
		if code := w.speakerAt(m.First); code != "" {
			return []string{code}
		}
		if m.Code == "" {
			return nil
		}
	}
	if m.Code == "" {
		return nil
	}
	return append([]string{m.Code}, m.More...)
}

func firstPerson(w string) bool {
	switch w {
	case "i", "we", "us", "our", "my", "me", "ours", "mine":
		return true
	}
	return false
}

// after returns the actors of the first prepositional phrase behind chunk i
// whose preposition is one of preps, within the clause. far allows other
// phrases and clauses between.
func (w *walk) after(i int, preps []string) (found []party, at int) {
	for j := i + 1; j < len(w.row) && j < i+14; j++ {
		c := &w.row[j]
		switch c.kind {
		case prep:
			word := lexicons.Fold(w.d.Word(c.first))
			if !contains(preps, word) {
				continue
			}
			k := j + 1
			for k < len(w.row) && (w.row[k].kind == adv || w.row[k].kind == quote) {
				k++
			}
			if k >= len(w.row) || w.row[k].kind != np {
				continue
			}
			if p := w.parties(k, len(w.row)); len(p) > 0 {
				return p, k
			}
			// "an attack on the capital of Chad", "on the forces of X"
			if p, at := w.ofPhrase(k); len(p) > 0 {
				return p, at
			}
		case vg:
			if c.finite || c.to {
				return nil, -1
			}
		case subord, stop:
			return nil, -1
		}
	}
	return nil, -1
}

// ofPhrase returns the actors of an "of", "in", "by" or "from" phrase directly
// behind noun phrase i.
func (w *walk) ofPhrase(i int) ([]party, int) {
	for step := 0; step < 2; step++ {
		if i+2 >= len(w.row) || w.row[i+1].kind != prep || w.row[i+2].kind != np {
			return nil, -1
		}
		switch strings.ToLower(w.d.Word(w.row[i+1].first)) {
		case "of", "by", "from", "in", "with", "between", "against", "on", "to", "for":
		default:
			return nil, -1
		}
		if p := w.parties(i+2, len(w.row)); len(p) > 0 {
			for k := range p {
				p[k].owner = true
			}
			return p, i + 2
		}
		i += 2
	}
	return nil, -1
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
