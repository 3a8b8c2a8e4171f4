package lexicons

import (
	"strings"
	"unicode/utf8"
)

// wordID returns the vocabulary number of a word as written, 0 for unknown.
func (s *Set) wordID(w string, shape Shape) uint32 {
	if shape&(Unfolded|Acronym) != 0 || w[0] >= utf8.RuneSelf {
		return s.vocab.get([]byte(Fold(w)))
	}
	if len(w) <= shortWord {
		return s.vocab.packed(lower(pack(w)))
	}
	var buf [40]byte
	if len(w) > len(buf) {
		return 0 // no form has a word that long
	}
	n := copy(buf[:], w)
	for i, c := range buf[:n] {
		if c >= 'A' && c <= 'Z' {
			buf[i] = c | 0x20
		}
	}
	return s.vocab.get(buf[:n])
}

// ID returns the vocabulary number of a folded word, 0 for unknown.
func (s *Set) ID(folded string) uint32 { return s.vocab.get([]byte(folded)) }

// Tags returns what the word may be, as far as the lexicons know.
func (s *Set) Tags(id uint32) POS { return s.tags[id] }

// State reports whether code, without a sector, is a country's.
func (s *Set) State(code string) bool { return s.states[code] }

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

// Match finds all lexicon forms in tokens[from:to] and appends them to dst, by
// start. Of each unit the longest forms at a place win and later ones do not
// overlap them; several entries of one form are all given.
func (s *Set) Match(dst []Match, tokens []Token, from, to int) []Match {
	var busy [nUnits]int // by unit: the end of its last match
	for i := from; i < to; i++ {
		id := tokens[i].ID
		if id == 0 || s.first[id] == 0 {
			continue
		}
		var best [nUnits]int  // by unit: the node of its longest form here
		var bestN [nUnits]int // and its length
		node, n := s.first[id], 1
		for {
			for _, f := range s.formsAt(node) {
				if i >= busy[f.unit] && n > bestN[f.unit] && written(tokens[i:i+n], f) {
					best[f.unit], bestN[f.unit] = int(node), n
				}
			}
			if s.nodes[node]&goesOn == 0 || i+n >= to || tokens[i+n].ID == 0 {
				break
			}
			next := s.next.get(node, tokens[i+n].ID)
			if next == 0 {
				break
			}
			node, n = next, n+1
		}
		for u := range nUnits {
			if bestN[u] == 0 {
				continue
			}
			busy[u] = i + bestN[u]
			for _, f := range s.formsAt(uint32(best[u])) {
				if f.unit == u && written(tokens[i:i+bestN[u]], f) {
					dst = append(dst, Match{i, i + bestN[u], u, int(f.ref), f.pos})
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
