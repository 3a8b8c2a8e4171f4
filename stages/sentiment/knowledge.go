package sentiment

import "detente/lexicons"

// knowledge is what the features know beyond the weights: the categories of the
// lexicons' predicates and the polarity of words.
type knowledge struct {
	categories []uint32 // by index into Set.Predicates
	words      map[uint32]float32
}

func newKnowledge(lex *lexicons.Set) *knowledge {
	k := &knowledge{categories: make([]uint32, len(lex.Predicates))}
	for i := range lex.Predicates {
		k.categories[i] = hash(lex.Predicates[i].Category)
	}
	return k
}

func (k *knowledge) polarity(form uint32) float32 { return k.words[form] }
