package sentiment

import (
	"unicode/utf8"

	"detente/lexicons"
)

// word is one word of a passage as the features see it. A mention is one word,
// whatever its length, and so is any other name.
type word struct {
	form     uint32 // hash of the lower-case form, or of the mask
	stem     uint32 // hash of the stem, marked where negated
	mask     mask
	tag      lexicons.POS
	clause   int16
	quoted   bool
	punct    bool
	content  bool // noun, verb, adjective or adverb
	negated  bool
	category uint32  // hash of the lexicon category, 0 for none
	shift    float32 // factor on the words that follow, 0 for none
	lexicon  float32 // valence by the lexicons, after negation and intensifiers
	table    float32 // polarity by the word table, likewise
}

// mask says what stands for a word that the model must not see.
type mask uint8

const (
	plain mask = iota
	target
	source
	name
	number
)

// hashes returns hashes of the lower-case form of w and of its stem.
// Both are FNV-1a over bytes; curly apostrophes count as straight ones.
func hashes(w string) (form, stem uint32) {
	n, y := stemLen(w)
	h := uint32(2166136261)
	for i := 0; i < len(w); i++ {
		if i == n {
			stem = h
		}
		c := lower(w[i])
		if c == 0xE2 && i+2 < len(w) && w[i+1] == 0x80 && w[i+2] == 0x99 {
			c = '\''
			i += 2
		}
		h = (h ^ uint32(c)) * 16777619
	}
	if n >= len(w) {
		stem = h
	}
	if y {
		stem = (stem ^ 'i') * 16777619
	}
	return h, stem
}

func hash(s string) uint32 {
	h, _ := hashes(s)
	return h
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// stemLen returns how many bytes of w are its stem and whether an i follows
// them: the inflections -s, -ed, -ing are cut, then a last -e, and -y becomes
// -i. It is the S stemmer of Harman (1991) with step 1 of Porter (1980).
func stemLen(w string) (n int, i bool) {
	n = len(w)
	if n < 4 {
		return n, false
	}
	at := func(k int) byte { return lower(w[n-k]) }
	switch {
	case at(1) == 's' && at(2) == 'e' && at(3) == 'i', at(1) == 'd' && at(2) == 'e' && at(3) == 'i':
		return n - 3, true // -ies, -ied
	case at(1) == 's' && at(2) < utf8.RuneSelf && at(2) != 's' && at(2) != 'u' && at(2) != 'i' && at(2) != '\'':
		n--
		if n > 4 && at(1) == 'e' && (at(2) == 's' || at(2) == 'x' || at(2) == 'z' || at(2) == 'h') {
			n--
		}
	case n > 4 && at(1) == 'd' && at(2) == 'e' && at(3) != 'e':
		n = double(w, n-2)
	case n > 5 && at(1) == 'g' && at(2) == 'n' && at(3) == 'i':
		n = double(w, n-3)
	}
	if n > 3 && at(1) == 'e' {
		n--
	}
	if n > 3 && at(1) == 'y' {
		return n - 1, true
	}
	return n, false
}

// double undoubles a last consonant: "barr-ed", but not "kill-ed", "pass-ed".
func double(w string, n int) int {
	c := lower(w[n-1])
	if n > 3 && c == lower(w[n-2]) && c != 'l' && c != 's' && c != 'z' && c != 'e' && c != 'o' {
		return n - 1
	}
	return n
}
