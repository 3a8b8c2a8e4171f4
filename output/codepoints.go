package output

import (
	"sort"
	"unicode/utf8"
)

// block is the number of bytes between two marks of codePoints: small enough
// to count through, large enough for the marks to be 3% of the text.
const block = 128

// codePoints counts byte offsets of a text in Unicode code points.
type codePoints struct {
	text  string
	marks []int32 // code points before each block; nil if the text is ASCII and both counts agree
}

func newCodePoints(text string) codePoints {
	if isASCII(text) {
		return codePoints{text: text}
	}
	marks := make([]int32, 0, len(text)/block+1)
	n := int32(0)
	for rest := text; ; rest = rest[block:] {
		marks = append(marks, n)
		if len(rest) < block {
			return codePoints{text, marks}
		}
		n += starts(rest[:block])
	}
}

// before returns the number of code points before byte i; false if i lies
// outside the text or inside a code point.
func (c codePoints) before(i int) (int32, bool) {
	if i < 0 || i > len(c.text) || i < len(c.text) && !utf8.RuneStart(c.text[i]) {
		return 0, false
	}
	if c.marks == nil {
		return int32(i), true
	}
	k := i / block
	return c.marks[k] + starts(c.text[k*block:i]), true
}

// offset is the reverse of before: the byte at which code point n starts, or the
// end of the text; false if there are fewer.
func (c codePoints) offset(n int32) (int, bool) {
	if c.marks == nil {
		return int(n), n >= 0 && int(n) <= len(c.text)
	}
	k := max(0, sort.Search(len(c.marks), func(i int) bool { return c.marks[i] > n })-1)
	at := c.marks[k]
	for i := k * block; i < len(c.text); i++ {
		if utf8.RuneStart(c.text[i]) {
			if at == n {
				return i, true
			}
			at++
		}
	}
	return len(c.text), at == n
}

// starts counts the code points that start in s, a piece of valid UTF-8 cut anywhere.
func starts(s string) (n int32) {
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
