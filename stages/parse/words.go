package parse

import (
	"math/bits"
	"sort"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// word is what the classifiers know of one word of the sentence in hand. w, t
// and wt are random numbers that stand for the word, its tag and both, ready to
// be mixed into features.
type word struct {
	w, t, wt  uint64
	end       uint64 // for the tagger: its last letters
	token     int32  // of the document
	commas    uint16 // marks that part clauses, from the sentence's start to it
	marks     marks  // marks right before it
	tag       Tag
	fixed     Tag   // the only tag it ever has, 0 = it depends
	calendar  bool  // part of a date
	past      bool  // may be a verb's past
	base      bool  // may be a verb's base
	describes bool  // an actor's adjective: "Spanish charges" are no verb
	name      bool  // the sentence's first word, and an actor's name: "Turkey, angered by" is no adverb
	verbal    Tag   // the tag of a word that the lexicons know as a verb's form alone
	shape     uint8 // how it is written
	rule      uint8 // the rule tagger's part of speech
	lack      uint8 // clauses before it that lack their finite verb, and one
	verb      Tag   // the last verb's tag before it
	ahead     uint8 // the next finite verb's tag, and how many marks stand before it
}

// How a word is written, as far as the tagger asks.
const (
	lowerCase uint8 = iota
	capital
	firstCapital // the first word of a sentence
	allCapitals
	digits
	mixedDigits // 20th, 5m
)

// marks is a set of kinds of mark.
type marks uint8

const (
	comma marks = 1 << iota
	colon
	dash
	hyphen
	opening
	closing
	quote
	stop
)

// apart are the marks that part clauses and phrases.
const apart = comma | colon | dash | opening | closing | quote

// markOf returns the kind of a mark, 0 for a symbol that is read like a word: %
// and $ have heads and objects of their own.
func markOf(s string, shape lexicons.Shape) marks {
	if shape&lexicons.Quote != 0 {
		return quote
	}
	switch s[0] {
	case ',':
		return comma
	case ':', ';':
		return colon
	case '.', '!', '?':
		return stop
	case '(', '[', '{':
		return opening
	case ')', ']', '}':
		return closing
	case '-':
		if len(s) == 1 {
			return hyphen
		}
		return dash
	case '/':
		return hyphen
	case '*', '_', '|', '~', '^', '<', '>', '\\':
		return dash
	}
	switch s {
	case "–", "—", "―", "•", "·":
		return dash
	case "…":
		return stop
	case "‐", "‑":
		return hyphen
	}
	return 0
}

// hashWord returns a number for a word whatever its case. Only ASCII letters
// are folded.
func hashWord[S string | []byte](s S) uint64 {
	h := uint64(len(s))
	for len(s) > 0 {
		var x uint64
		n := min(8, len(s))
		for i := range n {
			x |= uint64(s[i]) << (8 * i)
		}
		s = s[n:]
		// Set the case bit of what may be an ASCII letter; what else it changes
		// collides with nothing that matters.
		x |= 0x2020202020202020 & (x >> 1) &^ (x >> 2)
		h = mix(h ^ x)
	}
	return h
}

// mix scatters the bits of x (the finalizer of MurmurHash3).
func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// vocabulary numbers the words that are frequent enough to be known by
// themselves. Others are known by their end and shape.
type vocabulary struct {
	keys  []uint32 // by slot, 0 = free
	fixed []Tag    // by slot: the only tag that the word has, 0 = it depends
	shift uint
}

func newVocabulary(hashes []uint32, fixed []Tag) vocabulary {
	n := bits.Len(uint(2*len(hashes) + 1))
	v := vocabulary{keys: make([]uint32, 1<<n), fixed: make([]Tag, 1<<n), shift: uint(32 - n)}
	for i, h := range hashes {
		slot := v.slot(h)
		v.keys[slot], v.fixed[slot] = h, fixed[i]
	}
	return v
}

// slot returns where h is or would be.
func (v *vocabulary) slot(h uint32) uint32 {
	mask := uint32(len(v.keys) - 1)
	i := h >> v.shift
	for v.keys[i&mask] != h && v.keys[i&mask] != 0 {
		i++
	}
	return i & mask
}

// wordHash is a word's key in the vocabulary, never 0. A clitic's typographic
// apostrophe is a plain one.
func wordHash(s string) uint32 {
	const apostrophe = "’"
	switch {
	case strings.HasPrefix(s, apostrophe) && len(s) > len(apostrophe) && len(s) <= 5:
		var plain [4]byte
		n := copy(plain[:], "'")
		n += copy(plain[n:], s[len(apostrophe):])
		return key(hashWord(plain[:n]))
	case len(s) == len("n’t") && s[1:4] == apostrophe:
		return key(hashWord("n't"))
	}
	return key(hashWord(s))
}

func key(h uint64) uint32 { return uint32(h>>32) | 1 }

// load reads the words of tokens first to last of d into w, which holds no
// others, and sets the marks of each. Word 0 stands for no word.
func (w *work) load(v *vocabulary, d *stages.Document, first, last int) {
	w.words = append(w.words[:0], word{})
	var before marks
	var commas uint16
	upper, lower := 0, 0
	for i := first; i < last; i++ {
		t := d.Tokens[i]
		s := t.In(d.Article.Text)
		if t.Is(lexicons.Punct) {
			if m := markOf(s, t.Shape); m != 0 {
				if m&apart != 0 && before&apart == 0 {
					commas++
				}
				before |= m
				continue
			}
		}
		x := word{token: int32(i), marks: before, commas: commas, rule: uint8(bits.Len32(uint32(d.Tags[i])))}
		if w.lex != nil {
			x.verbal = verbal(w.lex, d, i)
			can := w.lex.Tags(t.ID)
			x.past, x.base = can&lexicons.Past != 0, can&lexicons.Base != 0
			x.calendar = d.Calendar[i]
		}
		before = 0
		switch {
		case t.Is(lexicons.Digit):
			x.shape = digits
			if c := s[len(s)-1]; c < '0' || c > '9' {
				x.shape = mixedDigits
			}
		case t.Is(lexicons.Upper) && !t.Is(lexicons.Acronym):
			x.shape = allCapitals
			upper++
		case t.Is(lexicons.Cap):
			x.shape = capital
			if len(w.words) == 1 {
				x.shape = firstCapital
			}
		default:
			x.shape = lowerCase
			lower++
		}
		x.end = uint64(ending(s)) | uint64(x.shape)<<32
		h := wordHash(s)
		if x.shape == digits {
			h = 3 + uint32(min(len(s), 5))<<8
			x.w = mix(uint64(h))
		} else if slot := v.slot(h); v.keys[slot] == h {
			x.w, x.fixed = mix(uint64(h)), v.fixed[slot]
		} else {
			x.w = mix(x.end | 1<<40)
		}
		x.end = mix(x.end | 1<<41)
		w.words = append(w.words, x)
	}
	w.named(d, first, last)
	// In a line of capitals they say nothing.
	if upper > 3 && lower == 0 {
		for i := range w.words {
			if w.words[i].shape == allCapitals {
				w.words[i].shape = capital
			}
		}
	}
}

// named notes which words name or describe an actor.
func (w *work) named(d *stages.Document, first, last int) {
	if k := sort.Search(len(d.Mentions), func(k int) bool { return d.Mentions[k].First >= first }); len(w.words) > 1 && k < len(d.Mentions) {
		m := &d.Mentions[k]
		w.words[1].name = m.First == first && m.Last == first+1 && m.Type == stages.ByName
	}
	if w.lex == nil {
		return
	}
	i := 1
	for k := sort.Search(len(d.Matches), func(k int) bool { return d.Matches[k].Start >= first }); k < len(d.Matches) && d.Matches[k].End <= last; k++ {
		m := &d.Matches[k]
		if m.Unit != lexicons.ActorUnit || w.lex.Actors[m.Ref].Kind != lexicons.Adjective {
			continue
		}
		for i < len(w.words) && int(w.words[i].token) < m.End-1 {
			i++
		}
		if x := w.at(i); int(x.token) == m.End-1 {
			x.describes = true
		}
	}
}

// ending returns the last three bytes of a word in lower case.
func ending(s string) uint32 {
	var x uint32
	for _, c := range []byte(s[max(0, len(s)-3):]) {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		x = x<<8 | uint32(c)
	}
	return x
}
