package dedup

import (
	"strings"
	"unicode"

	"github.com/zeebo/xxh3"
)

// shingleSet is the set that signatures estimate, made in the plain way; of
// each shingle the XXH3-64.
func shingleSet(text string) map[uint64]bool {
	words, set := plainWords(text), map[uint64]bool{}
	for i := 0; i+shingle <= len(words); i++ {
		set[xxh3.HashString(strings.Join(words[i:i+shingle], " "))] = true
	}
	return set
}

func plainWords(text string) []string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) })
}

// jaccard is the exact similarity.
func jaccard(a, b map[uint64]bool) float64 {
	common := 0
	for s := range a {
		if b[s] {
			common++
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
