package segment

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// tag gives each token of a sentence the one part of speech that its
// neighbours leave it: closed-class words and inflected verbs from the
// lexicons, endings for the rest. It is a chain of local preferences in the
// manner of Brill's transformation rules (Brill 1992), enough to tell verbs
// from nouns where a statement's roles hang on it.
func (s *Segmenter) tag(d *stages.Document, first, last int) {
	prev := lexicons.POS(0)
	before := -1 // the token that prev is of
	for i := first; i < last; i++ {
		t := d.Tokens[i]
		can := s.guess(d, i, first)
		got := can
		if multiple(can) {
			next := lexicons.POS(0)
			if i+1 < last {
				next = s.guess(d, i+1, first)
			}
			got = s.choose(can, prev, before, next, d, i, last)
		}
		if got&(lexicons.Base|lexicons.Third) != 0 && i > first && (prev&(lexicons.Det|lexicons.Possessive) != 0 || prev&lexicons.Prep != 0 && d.Tokens[i-1].ID != s.to) {
			got = lexicons.Noun // "the use of force": what stands there is no verb
		}
		d.Tags = append(d.Tags, got)
		if t.Is(lexicons.Punct) {
			if !t.Is(lexicons.Quote) {
				prev, before = 0, i
			}
			continue
		}
		// Adverbs are transparent: "has strongly condemned".
		if got == lexicons.Adv && prev&(lexicons.Aux|lexicons.Pron) != 0 {
			continue
		}
		prev = got
		before = i
	}
}

func multiple(p lexicons.POS) bool { return p&(p-1) != 0 }

// guess returns all parts of speech that token i may have.
func (s *Segmenter) guess(d *stages.Document, i, first int) lexicons.POS {
	t := d.Tokens[i]
	switch {
	case t.Is(lexicons.Punct):
		return 0
	case t.Is(lexicons.Possess):
		w := strings.ToLower(d.Word(i))
		if strings.HasSuffix(w, "s") {
			if i > first && s.lex.Tags(d.Tokens[i-1].ID)&lexicons.Pron != 0 {
				return lexicons.Aux
			}
			return lexicons.Possessive
		}
		return lexicons.Aux
	case t.Is(lexicons.Digit):
		return lexicons.Det
	case t.Is(lexicons.Acronym) && t.Is(lexicons.Upper):
		return lexicons.Noun
	}
	p := s.lex.Tags(t.ID) &^ lexicons.Uses
	if t.Is(lexicons.Cap) && i > first && !t.Is(lexicons.Acronym) {
		// A capital inside a sentence, also behind a closing mark, is a name, but
		// for closed-class words.
		if p&(lexicons.Det|lexicons.Prep|lexicons.Conj|lexicons.Pron|lexicons.Subord|lexicons.Aux) == 0 && (t.Is(lexicons.Space) || !d.Tokens[i-1].Is(lexicons.Quote)) {
			return lexicons.Noun
		}
		if t.Is(lexicons.Upper) && len(d.Word(i)) <= 3 { // US
			return lexicons.Noun
		}
	}
	if p != 0 {
		return p
	}
	if t.Is(lexicons.Cap) {
		return lexicons.Noun
	}
	w := d.Word(i)
	switch {
	case strings.HasSuffix(w, "ly"):
		return lexicons.Adv
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		return lexicons.Past | lexicons.Participle
	case strings.HasSuffix(w, "ing") && len(w) > 5:
		return lexicons.Gerund | lexicons.Noun
	case strings.HasSuffix(w, "ous"), strings.HasSuffix(w, "ive"), strings.HasSuffix(w, "ful"), strings.HasSuffix(w, "less"),
		strings.HasSuffix(w, "ic"), strings.HasSuffix(w, "able"), strings.HasSuffix(w, "ible"), strings.HasSuffix(w, "al") && len(w) > 5:
		return lexicons.Adj
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return lexicons.Noun | lexicons.Plural
	}
	return lexicons.Noun
}

// choose picks one of several parts of speech by the neighbours.
func (s *Segmenter) choose(can, prev lexicons.POS, before int, next lexicons.POS, d *stages.Document, i, last int) lexicons.POS {
	const (
		verb    = lexicons.Base | lexicons.Third | lexicons.Past | lexicons.Participle | lexicons.Gerund
		nominal = lexicons.Noun | lexicons.Plural
	)
	one := func(p lexicons.POS) lexicons.POS { return p & -p } // lowest bit
	switch {
	case can&lexicons.Plural != 0 && can&verb == 0 && can&^(nominal) == 0:
		return lexicons.Noun
	case can&lexicons.Aux != 0:
		return lexicons.Aux
	case can&lexicons.Pron != 0 && can&lexicons.Det == 0 && can&lexicons.Subord == 0:
		return lexicons.Pron
	}
	id := d.Tokens[i].ID
	after := uint32(0) // the word before
	if before >= 0 {
		after = d.Tokens[before].ID
	}
	to := after != 0 && after == s.to
	switch id {
	case s.that:
		// A demonstrative stands before a singular noun and not after a verb.
		if prev&(lexicons.Prep|lexicons.Conj) != 0 || prev == 0 && next&lexicons.Noun != 0 && next&lexicons.Plural == 0 {
			return lexicons.Det
		}
		return lexicons.Subord
	case s.who:
		return lexicons.Subord
	case s.once:
		if next&lexicons.Adv != 0 {
			return lexicons.Adv
		}
		return lexicons.Subord
	case s.one:
		if next&(lexicons.Aux|verb) != 0 && next&lexicons.Noun == 0 {
			return lexicons.Pron
		}
		return lexicons.Det
	case s.to, s.since, s.until, s.before, s.after, s.as:
		return lexicons.Prep
	case s.like:
		if prev&(lexicons.Aux|lexicons.Pron) != 0 || to {
			return lexicons.Base
		}
		return lexicons.Prep
	}
	if can&(lexicons.Det|lexicons.Prep|lexicons.Conj|lexicons.Subord) != 0 {
		p := can & (lexicons.Det | lexicons.Prep | lexicons.Conj | lexicons.Subord)
		if p&lexicons.Prep != 0 && can&lexicons.Adv != 0 && next&(lexicons.Det|nominal|lexicons.Adj|lexicons.Pron) == 0 {
			return lexicons.Adv
		}
		if p&lexicons.Det != 0 && can&lexicons.Adv != 0 && next&(nominal|lexicons.Adj) == 0 {
			return lexicons.Adv
		}
		return one(p)
	}
	if can&lexicons.Adv != 0 && next&verb != 0 && next&nominal == 0 {
		return lexicons.Adv
	}
	v, n, a := can&verb, can&nominal, can&(lexicons.Adj)
	var be, have, modal bool
	if prev&lexicons.Aux != 0 {
		k := s.lex.Tags(after)
		be, have, modal = k&lexicons.Be != 0, k&lexicons.Have != 0, k&lexicons.Modal != 0
		if after == 0 || k&lexicons.Aux == 0 {
			be = true // 's
		}
	}
	switch {
	case modal || to && v&lexicons.Base != 0:
		if v&lexicons.Base != 0 {
			return lexicons.Base
		}
	case have:
		if v&lexicons.Participle != 0 {
			return lexicons.Participle
		}
	case be:
		if v&lexicons.Gerund != 0 {
			return lexicons.Gerund
		}
		if v&lexicons.Participle != 0 {
			return lexicons.Participle
		}
		if a != 0 {
			return lexicons.Adj
		}
		if n != 0 {
			return lexicons.Noun
		}
	}
	// After a determiner, adjective or possessive comes no finite verb.
	if prev&(lexicons.Det|lexicons.Adj|lexicons.Possessive) != 0 {
		if a != 0 && next&(nominal|lexicons.Adj) != 0 {
			return lexicons.Adj
		}
		if n != 0 {
			return lexicons.Noun
		}
		if v&(lexicons.Participle|lexicons.Gerund) != 0 && next&(nominal|lexicons.Adj) != 0 {
			return lexicons.Adj
		}
		if a != 0 {
			return lexicons.Adj
		}
	}
	if prev&lexicons.Prep != 0 {
		if n != 0 && !(v&lexicons.Gerund != 0) {
			return lexicons.Noun
		}
		if v&lexicons.Gerund != 0 {
			if n != 0 && next&lexicons.Prep != 0 {
				return lexicons.Noun
			}
			return lexicons.Gerund
		}
		if a != 0 {
			return lexicons.Adj
		}
		if v&lexicons.Participle != 0 && next&nominal != 0 {
			return lexicons.Adj
		}
	}
	if prev&lexicons.Pron != 0 && v != 0 && after != s.it || prev&lexicons.Pron != 0 && v&^lexicons.Base != 0 {
		return one(v)
	}
	if v != 0 && n != 0 {
		// "Iran attacks Israel": an object or a clause follows a verb.
		object := next&(lexicons.Det|lexicons.Pron|lexicons.Adj) != 0 || i+1 < last && d.Tokens[i+1].Is(lexicons.Cap)
		switch {
		case v&lexicons.Gerund != 0:
			if object || prev == 0 {
				return lexicons.Gerund
			}
			return lexicons.Noun
		case v&lexicons.Past != 0 && prev&nominal != 0:
			return lexicons.Past
		case prev&nominal != 0 && object:
			return one(v)
		case prev&lexicons.Subord != 0 && object:
			return one(v)
		case prev == 0 && object && v&lexicons.Base == 0:
			return one(v)
		}
		return lexicons.Noun
	}
	if v != 0 {
		// "the minister, Hans Maier, accused Poland": no "accused" Poland
		told := v&lexicons.Past != 0 && before >= 0 && prev&^lexicons.Conj == 0 && i+1 < last && d.Tokens[i+1].Is(lexicons.Cap)
		if a != 0 && next&nominal != 0 && prev&nominal == 0 && !told {
			return lexicons.Adj
		}
		if v&lexicons.Past != 0 {
			if v&lexicons.Participle != 0 && i+1 < last && d.Tokens[i+1].ID == s.by {
				return lexicons.Participle
			}
			if prev == 0 && v&lexicons.Participle != 0 && next&lexicons.Prep != 0 {
				return lexicons.Participle
			}
			return lexicons.Past
		}
		return one(v)
	}
	if a != 0 {
		if n != 0 && next&(nominal|lexicons.Adj) == 0 {
			return lexicons.Noun
		}
		return lexicons.Adj
	}
	if n != 0 {
		return lexicons.Noun
	}
	return one(can)
}
