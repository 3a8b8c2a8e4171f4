package evaluate

import (
	"sort"
	"unicode"
)

// letters aligns two versions of a text by their letters and digits alone,
// which survive the repair of white space and quotation marks.
type letters struct {
	text   []rune
	folded string // letters and digits in lower case
	at     []int  // the code point of each
}

func newLetters(text string) letters {
	l := letters{text: []rune(text)}
	folded := make([]rune, 0, len(l.text))
	for i, r := range l.text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			folded = append(folded, unicode.ToLower(r))
			l.at = append(l.at, i)
		}
	}
	l.folded = string(folded)
	return l
}

// between returns the range of letters that lie in a range of code points.
func (l letters) between(start, end int) (from, to int) {
	from = sort.SearchInts(l.at, start)
	return from, max(from, sort.SearchInts(l.at, end))
}

func (l letters) words(start, end int) string { return string(l.text[start:end]) }

// sentencesOf gives for each letter the sentence that it lies in, or -1.
func sentencesOf(l letters, sentences []Sentence) []int {
	of := make([]int, len(l.at))
	k := 0
	for i, at := range l.at {
		for k < len(sentences) && at >= sentences[k].End {
			k++
		}
		of[i] = -1
		if k < len(sentences) && at >= sentences[k].Start {
			of[i] = k
		}
	}
	return of
}
