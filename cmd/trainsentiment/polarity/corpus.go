package main

import (
	"cmp"
	"slices"

	"detente/lexicons"
)

const maxWords = 20_000

// corpus is texts as word numbers. Names, numbers and marks are left out: they
// have no polarity that a model should know.
type corpus struct {
	count  map[string]int
	raw    []string // all words; "" ends a sentence
	intern map[string]string

	words []string // by number, most frequent first
	freq  []int    // by number
	text  []int32  // word numbers; -1 ends a sentence
	toks  []lexicons.Token
}

func newCorpus() *corpus {
	return &corpus{count: map[string]int{}, intern: map[string]string{}}
}

func (c *corpus) add(text string) {
	c.toks = lexicons.Tokenize(c.toks[:0], text, nil)
	start := true
	for _, t := range c.toks {
		w := t.In(text)
		switch {
		case t.Is(lexicons.Punct):
			if w == "." || w == "!" || w == "?" || t.Is(lexicons.Break) {
				c.raw = append(c.raw, "")
				start = true
			}
			continue
		case t.Is(lexicons.Digit), t.Is(lexicons.Cap) && !start, t.Is(lexicons.Acronym):
			start = false
			continue
		}
		w = lexicons.Fold(w)
		s, ok := c.intern[w]
		if !ok {
			s = string([]byte(w))
			c.intern[s] = s
		}
		if !t.Is(lexicons.Cap) {
			c.count[s]++ // a name at the start of a sentence is never counted
		}
		c.raw = append(c.raw, s)
		start = false
	}
	c.raw = append(c.raw, "")
}

// index numbers the most frequent words and forgets the others.
func (c *corpus) index() {
	for w := range c.count {
		c.words = append(c.words, w)
	}
	slices.SortFunc(c.words, func(a, b string) int {
		return cmp.Or(cmp.Compare(c.count[b], c.count[a]), cmp.Compare(a, b))
	})
	c.words = c.words[:min(len(c.words), maxWords)]
	number := make(map[string]int32, len(c.words))
	c.freq = make([]int, len(c.words))
	for i, w := range c.words {
		number[w], c.freq[i] = int32(i), c.count[w]
	}
	c.text = make([]int32, 0, len(c.raw))
	for _, w := range c.raw {
		if w == "" {
			c.text = append(c.text, -1)
		} else if n, ok := number[w]; ok {
			c.text = append(c.text, n)
		}
	}
	c.raw, c.intern, c.count = nil, nil, nil
}
