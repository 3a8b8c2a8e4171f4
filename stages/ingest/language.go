package ingest

import (
	_ "embed"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// unknownLanguage is ISO 639-2's code for a language that nobody has told.
const unknownLanguage = "und"

// languageCode is the ISO 639-1 code (639-3 where there is none) of a language
// as inputs name it: en, EN-us, eng, English.
func languageCode(name string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return unknownLanguage
	case strings.EqualFold(name, "en"), strings.EqualFold(name, "english"):
		return "en"
	}
	tag, err := language.Parse(name)
	if err != nil {
		return unknownLanguage
	}
	base, _ := tag.Base()
	return base.String()
}

const (
	sampleBytes = 1000 // of a text, to tell its language
	minWords    = 20   // fewer are too few to tell
	minEnglish  = 0.05 // share of function words; a list of prices has none
	minOther    = 0.15 // the same for other languages, whose words may be English names
)

// detectLanguage tells the language of a text, "und" if it cannot, and whether
// the text may be English. It counts function words, and letters that are not
// Latin. It is meant to warn of what is clearly another language, not to tell
// Danish from Norwegian.
func detectLanguage(s string) (code string, english bool) {
	words := functionWords()
	var (
		counts                  [64]int
		total, letters, foreign int
		word                    = make([]byte, 0, maxFunctionWord+utf8.UTFMax)
	)
	for i, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if r >= 0x80 && !unicode.Is(unicode.Latin, r) {
				foreign++
			}
			if len(word) < maxFunctionWord {
				word = utf8.AppendRune(word, unicode.ToLower(r))
			}
			continue
		}
		if len(word) > 0 {
			total++
			for set := words.languages[string(word)]; set != 0; set &= set - 1 {
				counts[bits.TrailingZeros64(set)]++
			}
			word = word[:0]
		}
		if i > sampleBytes {
			break
		}
	}
	if foreign*2 > letters {
		return unknownLanguage, false
	}
	best := 0 // English, which wins if others are as frequent
	for i, count := range counts {
		if count > counts[best] {
			best = i
		}
	}
	share, needed := float64(counts[best])/float64(total), minOther
	if best == 0 {
		needed = minEnglish
	}
	if total < minWords || share < needed {
		return unknownLanguage, true
	}
	return words.codes[best], best == 0
}

// maxFunctionWord is more than the bytes of the longest function word.
const maxFunctionWord = 24

//go:embed function-words.tsv
var functionWordsFile string

// wordTable is function-words.tsv in memory.
type wordTable struct {
	codes     []string
	languages map[string]uint64 // word -> set of indices of codes
}

var functionWords = sync.OnceValue(func() wordTable {
	t := wordTable{languages: make(map[string]uint64)}
	for line := range strings.Lines(functionWordsFile) {
		code, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(words) {
			t.languages[word] |= 1 << len(t.codes)
		}
		t.codes = append(t.codes, code)
	}
	return t
})
