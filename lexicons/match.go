package lexicons

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// identify gives tokens of text the vocabulary numbers of their words, 0 for
// unknown. It goes by blocks, all of whose slots are asked for before the first is
// looked at: to wait for them one by one took a third of the segmenter's time.
func (s *Set) identify(tokens []Token, text string) {
	const block = 16
	var words [block]spelling
	var slots [block]*slot
	for len(tokens) > 0 {
		now := tokens[:min(block, len(tokens))]
		tokens = tokens[len(now):]
		for i, t := range now {
			words[i] = fold(text, t)
			slots[i] = s.vocab.home(words[i])
			now[i].ID = slots[i].id
		}
		for i, t := range now {
			switch words[i] {
			case spelling{}:
				now[i].ID = s.ID(Fold(t.In(text)))
			case slots[i].word:
			default:
				now[i].ID = s.vocab.spelled(words[i])
			}
		}
	}
}

// fold returns the spelling of a token's folded word, zero where it has none.
func fold(text string, t Token) spelling {
	start, end := int(t.Start), int(t.End)
	if t.Is(Unfolded|Acronym) || text[start] >= utf8.RuneSelf {
		text = Fold(text[start:end])
		start, end = 0, len(text)
	}
	if end-start > longest {
		return spelling{}
	}
	w := spell(text, start, end)
	return spelling{lower(w.head), lower(w.tail)}
}

// ID returns the vocabulary number of a folded word, 0 for unknown.
func (s *Set) ID(folded string) uint32 { return s.vocab.get(folded) }

// Tags returns what the word may be, as far as the lexicons know.
func (s *Set) Tags(id uint32) POS { return s.nodes[id].tags }

// State reports whether code, without a sector, is a country's.
func (s *Set) State(code string) bool { return s.states.has(code) }

// Pair returns the predicate that a verb form makes with the head of its object, its
// particle, or the last word of what is done to the object ("take to court"),
// -1 for none.
func (s *Set) Pair(verb, noun uint32) int {
	if verb == 0 || noun == 0 {
		return -1
	}
	return int(s.pairs.get(verb, noun)) - 1
}

// Publisher returns the actor that a publisher speaks for, by its name or
// domain with or without subdomains, "" for none.
func (s *Set) Publisher(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	for {
		if code, ok := s.publishers[name]; ok {
			return code
		}
		_, rest, ok := strings.Cut(name, ".")
		if !ok || !strings.Contains(rest, ".") {
			return ""
		}
		name = rest
	}
}

// Abbreviation returns the kind of abbreviation that a folded word without its
// last dot is, "" for none.
func (s *Set) Abbreviation(word string) string {
	return s.abbreviations[strings.ToLower(word)]
}

const _ = uint8(1) << (nUnits - 1) // Match has a bit for each unit

// Match finds all lexicon forms in tokens[from:to] and appends them to dst, by
// start. Of each unit the longest forms at a place win and later ones do not
// overlap them; several entries of one form are all given.
func (s *Set) Match(dst []Match, tokens []Token, from, to int) []Match {
	var busy [nUnits]int // by unit: the end of its last match
	var best [nUnits]struct {
		node uint32
		n    int
	}
	for i := from; i < to; i++ {
		found := uint8(0) // a bit for each of the units that have a form here, whose longest is in best
		for node, n := tokens[i].ID, 1; node != 0; n++ {
			for _, f := range s.formsAt(node) {
				if i >= busy[f.unit] && written(tokens[i:i+n], f) {
					best[f.unit].node, best[f.unit].n = node, n
					found |= 1 << f.unit
				}
			}
			if i+n >= to {
				break
			}
			node = s.after(node, tokens[i+n].ID)
		}
		for ; found != 0; found &= found - 1 {
			u := Unit(bits.TrailingZeros8(found))
			end := i + best[u].n
			busy[u] = end
			for _, f := range s.formsAt(best[u].node) {
				if f.unit == u && written(tokens[i:end], f) {
					dst = append(dst, Match{i, end, int(f.ref), f.pos, u})
				}
			}
		}
	}
	return dst
}

// written reports whether tokens are capitalised as the form asks.
func written(tokens []Token, f form) bool {
	if f.cap == 0 && f.up == 0 {
		return true
	}
	for i, t := range tokens {
		if f.cap>>i&1 != 0 && !t.Is(Cap) || f.up>>i&1 != 0 && !t.Is(Upper) {
			return false
		}
	}
	return true
}
