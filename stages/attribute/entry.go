package attribute

import (
	"slices"

	"detente/lexicons"
)

// entry is the prepositions of a predicate, as numbers of words.
type entry struct {
	target []uint32 // by place in Predicate.Target; none for what is no word: "obj"
	hits   []uint32 // those that lead from a noun to its target
}

// none is the number of no token's word.
const none = ^uint32(0)

// entries returns the entries of all predicates.
func entries(lex *lexicons.Set) []entry {
	list := make([]entry, len(lex.Predicates))
	for ref := range list {
		p := &lex.Predicates[ref]
		list[ref] = entry{numbers(lex, p.Target), numbers(lex, hits(p))}
	}
	return list
}

// numbers returns the numbers of words, none for those that no lexicon knows.
func numbers(lex *lexicons.Set, words []string) []uint32 {
	ids := make([]uint32, len(words))
	for k, word := range words {
		if ids[k] = lex.ID(word); ids[k] == 0 {
			ids[k] = none
		}
	}
	return ids
}

// hits returns the prepositions that lead from a noun to its target. Of a deed
// "by" leads to who does it, whom the entry has as a target for those who blame it;
// so does "in" where the deed is an authority's.
func hits(p *lexicons.Predicate) []string {
	doer := func(word string) bool { return word == "by" || word == "in" && p.Category == "coerce" }
	if p.Flags&lexicons.Desc != 0 || !slices.ContainsFunc(p.Target, doer) {
		return p.Target
	}
	return slices.DeleteFunc(slices.Clone(p.Target), doer)
}
