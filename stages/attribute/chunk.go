package attribute

import (
	"detente/lexicons"
	"detente/stages"
)

// A sentence is read as a row of chunks (Abney 1991): noun phrases, verb
// groups, prepositions, conjunctions and marks. Roles are then found between
// chunks instead of words.

type chunkKind uint8

const (
	np     chunkKind = iota // noun phrase
	vg                      // verb group
	prep                    // preposition
	conj                    // and, or, but
	subord                  // that, which, because
	comma                   // comma, dash, bracket
	stop                    // semicolon, colon
	quote                   // quotation mark
	adv                     // adverb, date word, other
)

type chunk struct {
	kind        chunkKind
	first, last int
	head        int   // noun phrases: head noun; verb groups: main verb
	mention     int   // noun phrases: the mention that is the phrase itself, -1 = none
	owners      []int // noun phrases: mentions inside that are not the phrase itself

	// Verb groups.
	form    lexicons.POS // Base, Third, Past, Participle, Gerund or Aux (copula)
	passive bool
	to      bool // infinitive with "to"
	finite  bool
	modal   bool // will, must, …
	unsure  bool // must, may, …: not said, or not yet
	inQuote bool
}

// chunks cuts the sentence in hand.
func (w *walk) chunks() {
	d := w.d
	s := w.sent
	mi := s.MentionFrom
	for i := s.First; i < s.Last; {
		for mi < s.MentTo && d.Mentions[mi].Last <= i {
			mi++
		}
		tag := d.Tags[i]
		inMention := mi < s.MentTo && d.Mentions[mi].First <= i
		switch {
		case !inMention && tag == lexicons.Det && w.floating(i, s.Last):
			w.row = append(w.row, chunk{kind: adv, first: i, last: i + 1, head: i, mention: -1})
			i++
		case inMention || tag&(lexicons.Noun|lexicons.Det|lexicons.Adj|lexicons.Pron) != 0 && !w.dateWord(i):
			c := w.nounPhrase(i, s.Last, &mi, s.MentTo)
			i = c.last
			w.row = append(w.row, c)
		case w.verbal(i, s.Last):
			c := w.verbGroup(i, s.Last)
			i = c.last
			w.row = append(w.row, c)
		default:
			k := adv
			switch {
			case tag == lexicons.Prep:
				k = prep
			case tag == lexicons.Conj:
				k = conj
			case tag == lexicons.Subord:
				k = subord
			case d.Tokens[i].Is(lexicons.Quote):
				k = quote
			case d.Tokens[i].Is(lexicons.Punct):
				switch d.Word(i) {
				case ",", "-", "--", "—", "–", "(", ")", "[", "]":
					k = comma
				case ";", ":":
					k = stop
				}
			}
			w.row = append(w.row, chunk{kind: k, first: i, last: i + 1, head: i, mention: -1})
			i++
		}
	}
	for i := range w.row {
		c := &w.row[i]
		c.inQuote = w.quoted(c.head)
	}
}

// floating reports whether the determiner at token i stands alone before a verb:
// "Colombia and Chile both offered".
func (w *walk) floating(i, last int) bool {
	if i+1 >= last || w.d.Tags[i+1]&lexicons.Verb == 0 && w.d.Tags[i+1] != lexicons.Aux {
		return false
	}
	switch w.lower(i) {
	case "both", "all", "each":
		return true
	}
	return false
}

// dateWord reports whether token i is a word of the calendar, which is no
// subject or object: "on Tuesday", "Israel Friday reimposed".
func (w *walk) dateWord(i int) bool { return w.d.Calendar[i] }

// nounPhrase reads the phrase that begins at token i.
func (w *walk) nounPhrase(i, last int, mi *int, to int) chunk {
	d := w.d
	c := chunk{kind: np, first: i, mention: -1, head: i}
	k := *mi
	one := d.Rel(i) == stages.Nummod // "one" of "one minister"
	if d.Tags[i] == lexicons.Pron && !one && !(k < to && d.Mentions[k].First <= i) {
		c.last = i + 1
		return c
	}
	for i < last {
		for k < to && d.Mentions[k].Last <= i {
			k++
		}
		if k < to && d.Mentions[k].First <= i {
			m := &d.Mentions[k]
			if m.Type == stages.ByPronoun && !m.Possessive {
				if i == c.first {
					c.mention, c.head = k, i
					i++
				}
				break
			}
			if m.Attributive || m.Possessive || m.Last < last && d.Tags[m.Last] == lexicons.Possessive {
				c.owners = append(c.owners, k)
				c.head = m.Last - 1
				if m.Last == i+1 && m.Attributive {
					i = m.Last
					continue
				}
				i = m.Last
				continue
			}
			c.mention, c.head = k, m.Head
			i = m.Last
			// The mention is the phrase unless nouns follow it.
			if i < last && d.Tags[i]&lexicons.Noun != 0 && !w.dateWord(i) {
				c.owners = append(c.owners, k)
				c.mention = -1
				continue
			}
			if i < last && d.Tags[i] == lexicons.Possessive {
				c.owners = append(c.owners, k)
				c.mention = -1
				i++
				continue
			}
			break
		}
		tag := d.Tags[i]
		t := d.Tokens[i]
		switch {
		case w.dateWord(i):
		case tag&lexicons.Noun != 0:
			c.head = i
			i++
			continue
		case tag == lexicons.Adj:
			i++
			continue
		case tag == lexicons.Det || one && i == c.first:
			if i > c.first && d.Tags[i-1] != lexicons.Det && !t.Is(lexicons.Digit) {
				break
			}
			i++
			continue
		case tag == lexicons.Possessive:
			i++
			continue
		case d.Word(i) == "-" && !t.Is(lexicons.Space) && i+1 < last && !d.Tokens[i+1].Is(lexicons.Space):
			i += 2
			i = min(i, last)
			continue
		case (tag == lexicons.Adv || tag == lexicons.Participle || tag == lexicons.Gerund) && i > c.first && i+1 < last &&
			d.Tags[i-1]&(lexicons.Det|lexicons.Adj|lexicons.Adv|lexicons.Possessive) != 0 && d.Tags[i+1]&(lexicons.Adj|lexicons.Noun|lexicons.Participle) != 0:
			i++
			continue
		case t.Is(lexicons.Quote) && i > c.first && i+1 < last && d.Tags[i+1]&(lexicons.Noun|lexicons.Adj) != 0 && d.Tags[i-1]&(lexicons.Det|lexicons.Adj) != 0:
			i++ // the "repressive regime"
			continue
		}
		break
	}
	if i == c.first {
		i++
	}
	c.last = i
	*mi = k
	return c
}

// verbal reports whether a verb group begins at token i.
func (w *walk) verbal(i, last int) bool {
	d := w.d
	tag := d.Tags[i]
	if tag&lexicons.Verb != 0 || tag == lexicons.Aux {
		return true
	}
	if tag == lexicons.Prep && d.Tokens[i].ID == w.to {
		for i++; i < last && d.Tags[i] == lexicons.Adv; i++ {
		}
		return i < last && (d.Tags[i] == lexicons.Base || d.Tags[i] == lexicons.Aux)
	}
	if w.negator[i] && i+1 < last {
		return d.Tags[i+1]&lexicons.Verb != 0 || d.Tags[i+1] == lexicons.Aux
	}
	return false
}

// verbGroup reads auxiliaries, adverbs and the main verb from token i.
func (w *walk) verbGroup(i, last int) chunk {
	d := w.d
	c := chunk{kind: vg, first: i, mention: -1}
	be, have := false, false
	for i < last {
		tag := d.Tags[i]
		switch {
		case tag == lexicons.Aux:
			word := w.lower(i)
			c.head, c.form = i, lexicons.Aux
			switch word {
			case "be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m":
				be = true
			case "have", "has", "had", "having", "'ve":
				have = true
			case "can", "could", "may", "might", "must", "should":
				c.modal, c.unsure = true, true
			default:
				c.modal, c.unsure = true, false
			}
			if !c.to && word != "being" && word != "having" && word != "be" && word != "been" {
				c.finite = true
			}
			i++
			continue
		case tag == lexicons.Prep && i == c.first && d.Tokens[i].ID == w.to:
			c.to = true
			i++
			continue
		case w.negator[i]:
			i++
			continue
		case tag == lexicons.Adv:
			// An adverb belongs to the group when a verb still follows.
			j := i + 1
			for j < last && (d.Tags[j] == lexicons.Adv || w.negator[j]) {
				j++
			}
			if c.form != 0 && c.form != lexicons.Aux || j >= last || d.Tags[j]&lexicons.Verb == 0 && d.Tags[j] != lexicons.Aux {
				break
			}
			i = j
			continue
		case tag&lexicons.Verb != 0:
			c.head, c.form = i, tag
			c.passive = be && tag&(lexicons.Participle|lexicons.Past) != 0
			if !c.to && (tag == lexicons.Past || tag == lexicons.Third || tag == lexicons.Base && !c.modal && !have && !be) {
				c.finite = true
			}
			i++
		}
		break
	}
	if i == c.first {
		i++
	}
	if c.form == 0 {
		c.head = i - 1
	}
	c.last = i
	if c.form == lexicons.Participle && !be && !have {
		c.passive = true // "tariffs imposed by"
	}
	if c.form == lexicons.Past && !have {
		// "by" directly behind makes a reduced relative of it.
		if i < last && d.Tokens[i].ID == w.by {
			c.passive = true
		}
	}
	return c
}
