package lexicons

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Shape says how a token is written.
type Shape uint16

// Shapes of a token; a token may have several.
const (
	Cap      Shape = 1 << iota // first letter in upper case
	Upper                      // two or more letters, all in upper case
	Digit                      // begins with a digit
	Punct                      // punctuation or symbol
	Quote                      // a quotation mark of any kind
	Break                      // a blank line stands before the token
	Line                       // a line break stands before the token
	Space                      // white space stands before the token
	Possess                    // 's or a bare plural apostrophe
	Acronym                    // dotted letters: U.S.
	Unfolded                   // has letters beyond ASCII
)

// Token is one word, number or mark of a text. Start and End are byte
// offsets; ID is the number of its folded form in a Set's vocabulary, 0 for a
// word that no lexicon knows.
type Token struct {
	Start, End int32
	ID         uint32
	Shape      Shape
}

// Is reports whether the token has one of the shapes.
func (t Token) Is(s Shape) bool { return t.Shape&s != 0 }

// In returns the token's words in text.
func (t Token) In(text string) string { return text[t.Start:t.End] }

// The tokenizer lives with the lexicons because a lexicon's forms and a text
// must be cut the same way: words at white space and punctuation, hyphens as
// tokens of their own (so that "US-led" holds "US"), "'s" and "n't" apart,
// dotted letters ("U.S.") and numbers ("4,000") whole.

// Tokenize cuts text into tokens and appends them to dst. IDs come from s,
// which may be nil.
func Tokenize(dst []Token, text string, s *Set) []Token {
	known := len(dst)
	var shape Shape
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == ' ' || c == '\t':
			shape |= Space
			i++
			continue
		case c == '\n':
			if shape&Line != 0 {
				shape |= Break
			}
			shape |= Line | Space
			i++
			continue
		}
		start := i
		if c < utf8.RuneSelf {
			switch class[c] {
			case letter:
				if n := len(dst); c == 'n' && n > 0 && int(dst[n-1].End) == i && not(text[i:]) > 0 {
					i += not(text[i:])
					break
				}
				var ascii bool
				i, ascii = word(text, i)
				if i-start > 2 && text[i-1] == 'n' && not(text[i-1:]) > 0 {
					i-- // "didn't" is "did" and "n't"
				}
				shape |= wordShape(text[start:i], ascii)
				if end := dotted(text, start, i); end > i {
					i = end
					shape |= Acronym | Upper
				}
			case digit:
				i = number(text, i)
				shape |= Digit
			case quote:
				i++
				shape |= Punct | Quote
				if c == '\'' {
					if end := apostrophe(text, start); end > i {
						i = end
						shape = shape&^(Punct|Quote) | Possess
					}
				} else if c == '`' && i < len(text) && text[i] == '`' {
					i++
				}
				if c == '\'' && i == start+1 && i < len(text) && text[i] == '\'' {
					i++ // '' is a double quotation mark
				}
			default:
				i++
				// Runs of dots and dashes are one mark.
				for (c == '.' || c == '-') && i < len(text) && text[i] == c {
					i++
				}
				shape |= Punct
			}
		} else {
			r, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
				shape |= Space
				i += n
				continue
			case unicode.IsLetter(r):
				i, _ = word(text, i)
				shape |= wordShape(text[start:i], false)
			case unicode.IsDigit(r):
				i = number(text, i+n)
				shape |= Digit
			case strings.ContainsRune("“”„‟«»‘‚‛", r):
				i += n
				shape |= Punct | Quote
			case r == '’':
				i += n
				shape |= Punct | Quote
				if end := apostrophe(text, start); end > i {
					i = end
					shape = shape&^(Punct|Quote) | Possess
				}
			default:
				i += n
				shape |= Punct
			}
		}
		dst = append(dst, Token{Start: int32(start), End: int32(i), Shape: shape})
		shape = 0
	}
	if s != nil {
		s.identify(dst[known:], text)
	}
	return dst
}

type kind uint8

const (
	other kind = iota
	letter
	digit
	quote
)

var class = func() (c [utf8.RuneSelf]kind) {
	for b := range c {
		switch {
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
			c[b] = letter
		case b >= '0' && b <= '9':
			c[b] = digit
		case b == '"' || b == '\'' || b == '`':
			c[b] = quote
		}
	}
	return
}()

// word returns the end of the word that begins at i, and whether it is all
// ASCII. An apostrophe belongs to it only between a one-letter or "Mc"-like head and
// a capital (O'Brien).
func word(text string, i int) (end int, ascii bool) {
	start := i
	ascii = true
	for i < len(text) {
		if i+8 <= len(text) {
			n := alphanumeric(eight(text[i:]))
			if i += n; n == 8 || i == len(text) {
				continue
			}
		}
		c := text[i]
		if c < utf8.RuneSelf {
			if class[c] == letter || class[c] == digit {
				i++
				continue
			}
			if c == '\'' && i-start <= 2 && i+1 < len(text) && text[i+1] >= 'A' && text[i+1] <= 'Z' {
				i++
				continue
			}
			return i, ascii
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '’' && i-start <= 2 && i+n < len(text) && text[i+n] >= 'A' && text[i+n] <= 'Z' {
			i, ascii = i+n, false
			continue
		}
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return i, ascii
		}
		i, ascii = i+n, false
	}
	return i, ascii
}

// alphanumeric returns how many of the eight bytes of a number, from the lowest on, are
// ASCII letters and digits: all are compared at once, as lower does. To look at the
// bytes of a word one by one is slow because nothing foretells its length.
func alphanumeric(eight uint64) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	plain := eight &^ high
	small := plain | each*0x20
	letters := (small + each*(0x80-'a')) &^ (small + each*(0x80-'z'-1))
	digits := (plain + each*(0x80-'0')) &^ (plain + each*(0x80-'9'-1))
	return bits.TrailingZeros64((^(letters|digits)|eight)&high) / 8
}

// not returns the length of "n't" at the start of text, 0 for none.
func not(text string) int {
	for _, n := range []string{"n't", "n’t"} {
		if strings.HasPrefix(text, n) {
			return len(n)
		}
	}
	return 0
}

// dotted returns the end of an abbreviation of single letters with dots
// ("U.S.", "a.m.", "D.P.R.K.") that begins with the word [start,end), or end.
func dotted(text string, start, end int) int {
	if end-start != 1 || end >= len(text) || text[end] != '.' {
		return end
	}
	i, n := end, 1
	for i+1 < len(text) && text[i] == '.' && class[text[i+1]&0x7f] == letter && text[i+1] < utf8.RuneSelf {
		if i+2 < len(text) && (class[text[i+2]&0x7f] == letter || text[i+2] >= utf8.RuneSelf) {
			break // "U.Smith": no abbreviation
		}
		i += 2
		n++
	}
	if n < 2 {
		return end
	}
	if i < len(text) && text[i] == '.' {
		i++
	}
	return i
}

func number(text string, i int) int {
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf && (class[c] == digit || class[c] == letter) {
			i++
			continue
		}
		if (c == '.' || c == ',' || c == ':') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' {
			i++
			continue
		}
		return i
	}
	return i
}

// apostrophe returns the end of a clitic that begins with the apostrophe at i
// ('s, 't, 're, 've, 'll, 'd, 'm), or, for the bare apostrophe of a plural
// ("protesters' demands"), its own end plus zero: that case is left to the
// quotation finder. It returns i where there is no clitic.
func apostrophe(text string, i int) int {
	if i == 0 || !isLetterAt(text, i-1) {
		return i
	}
	n := 1
	if text[i] != '\'' {
		n = len("’")
	}
	j := i + n
	for j < len(text) && class[text[j]&0x7f] == letter && text[j] < utf8.RuneSelf {
		j++
	}
	switch strings.ToLower(text[i+n : j]) {
	case "s", "t", "re", "ve", "ll", "d", "m":
		return j
	}
	return i
}

func isLetterAt(text string, i int) bool {
	c := text[i]
	return c >= utf8.RuneSelf || class[c] == letter || class[c] == digit || c == '.'
}

func wordShape(w string, ascii bool) (s Shape) {
	if !ascii {
		s = Unfolded
	}
	r, _ := utf8.DecodeRuneInString(w)
	if unicode.IsUpper(r) {
		s |= Cap
		if len(w) > 1 && upper(w) {
			s |= Upper
		}
	}
	return s
}

// upper reports whether w has no small letter.
func upper(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return strings.ToUpper(w) == w
		}
		if w[i] >= 'a' && w[i] <= 'z' {
			return false
		}
	}
	return true
}

// Fold returns the form of a word under which lexicons look it up: lower case,
// no accents, straight apostrophe, and of dotted letters the dots dropped.
func Fold(w string) string {
	if len(w) > 2 && w[1] == '.' {
		w = strings.ReplaceAll(w, ".", "")
	}
	ascii, lower := true, true
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			ascii = false
		}
		if w[i] >= 'A' && w[i] <= 'Z' {
			lower = false
		}
	}
	if ascii && lower {
		return w
	}
	if ascii {
		return strings.ToLower(w)
	}
	w = strings.ToLower(strings.ReplaceAll(w, "’", "'"))
	out := make([]rune, 0, len(w))
	for _, r := range norm.NFD.String(w) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		switch r {
		case 'ø':
			r = 'o'
		case 'ł':
			r = 'l'
		case 'đ', 'ð':
			r = 'd'
		case 'ı':
			r = 'i'
		case 'ß':
			out = append(out, 's')
			r = 's'
		case 'æ':
			out = append(out, 'a')
			r = 'e'
		}
		out = append(out, r)
	}
	return string(out)
}
