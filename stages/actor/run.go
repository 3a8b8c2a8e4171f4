package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// run is a simple noun phrase: determiner, modifiers and head, without the
// phrases that follow it. "Iran's foreign minister" is two runs, the first
// possessive.
type run struct {
	first, last int // tokens, end exclusive, without a possessive clitic
	head        int
	possessive  bool
	items       []item
	pronoun     bool
}

// chunk cuts a sentence to runs.
func (w *walk) chunk(s *stages.Sentence) {
	w.runs = w.runs[:0]
	d := w.d
	it := 0
	for i := s.First; i < s.Last; {
		for it < len(w.items) && w.items[it].last <= i {
			it++
		}
		inItem := it < len(w.items) && w.items[it].first <= i
		tag := d.Tags[i]
		if !inItem && d.Calendar[i] {
			i++
			continue
		}
		if !inItem && (tag == lexicons.Pron || w.bothAlone(i, s.Last) || w.eachAlone(i, s.Last)) {
			w.runs = append(w.runs, run{first: i, last: i + 1, head: i, pronoun: true})
			i++
			continue
		}
		if !inItem && tag&(lexicons.Noun|lexicons.Det|lexicons.Adj) == 0 && !w.bound(i, s.Last) {
			i++
			continue
		}
		r := run{first: i}
		if !inItem && tag&(lexicons.Noun|lexicons.Det|lexicons.Adj) == 0 {
			i++ // bound
		}
		k := it
		for i < s.Last {
			if k < len(w.items) && w.items[k].first == i {
				if i > r.first && w.names(w.items[k]) && d.Tags[i-1] == lexicons.Noun && !d.Tokens[i-1].Is(lexicons.Cap|lexicons.Punct) &&
					(len(r.items) == 0 || r.items[len(r.items)-1].last < i) {
					break // "an ugly crime | Serbia's suppression"
				}
				r.items = w.items[it : k+1]
				i = w.items[k].last
				k++
				continue
			}
			tag, t := d.Tags[i], d.Tokens[i]
			if tag&(lexicons.Noun|lexicons.Adj) != 0 {
				if d.Calendar[i] {
					break // "Israel Friday reimposed"
				}
				i++
				continue
			}
			if tag == lexicons.Det {
				if d.Calendar[i] || i > r.first && !t.Is(lexicons.Digit) && d.Tags[i-1] != lexicons.Det {
					break
				}
				i++
				continue
			}
			// A hyphen binds: "U.S.-led", "cease-fire", "secretary-general".
			if i+1 < s.Last && !t.Is(lexicons.Space) && !d.Tokens[i+1].Is(lexicons.Space) && d.Word(i) == "-" {
				i += 2
				if i > s.Last {
					i = s.Last
				}
				continue
			}
			// "the recently elected president", "the newly formed bloc"
			if (tag == lexicons.Adv || tag == lexicons.Participle) && i+1 < s.Last && d.Tags[i-1]&(lexicons.Det|lexicons.Adv|lexicons.Adj) != 0 &&
				d.Tags[i+1]&(lexicons.Adj|lexicons.Noun|lexicons.Participle) != 0 {
				i++
				continue
			}
			// An abbreviation's dot inside a name: "Gen. Smith", "Antony J. Blinken".
			if d.Word(i) == "." && i > r.first && i+1 < s.Last && d.Tokens[i+1].Is(lexicons.Cap) && !t.Is(lexicons.Space) {
				i++
				continue
			}
			break
		}
		r.last = i
		r.head = i - 1
		for r.head > r.first && d.Tags[r.head]&lexicons.Noun == 0 && w.itemAt(r.head) < 0 {
			r.head--
		}
		if i < s.Last && d.Tags[i] == lexicons.Possessive || i < s.Last && d.Tokens[i].Is(lexicons.Quote) && !d.Tokens[i].Is(lexicons.Space) &&
			strings.HasSuffix(d.Word(i-1), "s") && i+1 < s.Last && d.Tags[i+1]&(lexicons.Noun|lexicons.Adj) != 0 && d.Tokens[i+1].Is(lexicons.Space) && len(d.Word(i)) <= len("’") && d.Word(i) != "\"" {
			r.possessive = true
			i++
		}
		if r.last > r.first {
			w.runs = append(w.runs, r)
		}
		if i == r.first {
			i++
		}
	}
}

// bound reports whether a hyphen binds token i to a noun behind it: "left-wing
// rebels".
func (w *walk) bound(i, last int) bool {
	d := w.d
	return i+2 < last && !d.Tokens[i+1].Is(lexicons.Space) && !d.Tokens[i+2].Is(lexicons.Space) && d.Word(i+1) == "-" && d.Tags[i+2]&(lexicons.Noun|lexicons.Adj) != 0
}

// bothAlone reports whether token i is a "both" without a noun: "Both thanked
// the host", "sent word to both".
func (w *walk) bothAlone(i, last int) bool {
	if w.d.Tokens[i].ID != w.bothID || w.itemAt(i) >= 0 {
		return false
	}
	const follows = lexicons.Past | lexicons.Aux | lexicons.Prep | lexicons.Subord | lexicons.Conj
	if i++; i == last || w.d.Tokens[i].Is(lexicons.Punct) {
		return true
	}
	can := w.lex.Tags(w.d.Tokens[i].ID)
	return can&follows != 0 && can&(lexicons.Noun|lexicons.Det) == 0
}

// names reports whether an item is a name, which does not modify to its left.
func (w *walk) names(it item) bool {
	return it.kind == personItem || it.kind == actorItem && (it.form == lexicons.Name || it.form == lexicons.Capital)
}

// eachAlone reports whether the "each" at token i is a subject that means the two of
// whom the passage tells: "each accused the other".
func (w *walk) eachAlone(i, last int) bool {
	d := w.d
	if i+3 >= last || d.Tokens[i].ID != w.eachID || d.Tags[i+1]&(lexicons.Past|lexicons.Third|lexicons.Aux|lexicons.Gerund) == 0 {
		return false
	}
	for k := i + 2; k+1 < min(last, i+6); k++ {
		if strings.EqualFold(d.Word(k), "the") && strings.EqualFold(d.Word(k+1), "other") {
			return true
		}
	}
	return false
}
