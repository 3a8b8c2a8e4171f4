package dedup

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// wordHashes yields a hash of each word of text. A word is a run of letters
// and digits, in lower case; invisible characters within it do not count.
func wordHashes(text string) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		hash, inWord := uint64(wordSeed), false
		for i := 0; i < len(text); {
			c := text[i]
			if c < utf8.RuneSelf {
				i++
				if folded := ascii[c]; folded != 0 {
					hash, inWord = (hash^uint64(folded))*wordPrime, true
					continue
				}
			} else {
				r, n := utf8.DecodeRuneInString(text[i:])
				i += n
				if unicode.In(r, unicode.L, unicode.M, unicode.Nd) {
					hash, inWord = (hash^uint64(unicode.ToLower(r)))*wordPrime, true
					continue
				}
				if unicode.Is(unicode.Cf, r) { // soft hyphens, word joiners
					continue
				}
			}
			if inWord {
				if !yield(mix(hash)) {
					return
				}
				hash, inWord = wordSeed, false
			}
		}
		if inWord {
			yield(mix(hash))
		}
	}
}

// The constants of FNV-1a in 64 bits.
const (
	wordSeed  = 0xcbf29ce484222325
	wordPrime = 0x100000001b3
)

// ascii is the lower case of ASCII letters and digits, 0 for all else.
var ascii = func() (table [utf8.RuneSelf]byte) {
	for c := range table {
		r := rune(c)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			table[c] = byte(unicode.ToLower(r))
		}
	}
	return table
}()

// mix spreads the bits of h (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
