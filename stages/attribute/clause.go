package attribute

import (
	"slices"
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

// controls reports whether the verb at token t hands its object on as the
// subject of an infinitive although no lexicon entry says so.
func (w *walk) controls(t int) bool {
	return w.lex.Tags(w.d.Tokens[t].ID)&lexicons.Controls != 0
}

// asks reports whether verb v is one of asking: "appealed to Russia to end".
func (w *walk) asks(v int) bool {
	p := w.predicate(w.at(v))
	return p != nil && (p.Category == "appeal" || p.Category == "demand")
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
		var some [2]string
		for _, code := range w.codes(some[:0], m) {
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

// codes appends the actor codes of a mention; first persons inside a quotation
// are the speaker's.
func (w *walk) codes(out []string, m *stages.Mention) []string {
	if m.Type == stages.ByPronoun && w.firstPerson(m.First) {
		if code := w.speakerAt(m.First); code != "" {
			return append(out, code)
		}
	}
	if m.Code == "" {
		return out
	}
	return append(append(out, m.Code), m.More...)
}

// firstPerson reports whether token i is a pronoun of the speaker.
func (w *walk) firstPerson(i int) bool {
	return slices.Contains(w.firstPersons, w.d.Tokens[i].ID)
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
