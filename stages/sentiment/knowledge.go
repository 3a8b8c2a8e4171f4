package sentiment

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"detente/lexicons"
)

// knowledge is what the features know beyond the weights: the lexicons and the
// polarity of words.
type knowledge struct {
	*lexicons.Set
	categories []uint32           // by index into Predicates
	polarity   map[uint32]float32 // by hash of the form
}

func newKnowledge(lex *lexicons.Set) (*knowledge, error) {
	k := &knowledge{Set: lex, categories: make([]uint32, len(lex.Predicates))}
	for i := range lex.Predicates {
		k.categories[i] = hash(lex.Predicates[i].Category)
	}
	var err error
	k.polarity, err = wordPolarities()
	return k, err
}

//go:embed polarity.tsv
var polarityTable string

// wordPolarities is the embedded table of word polarities: word, tab, hundredths.
var wordPolarities = sync.OnceValues(func() (map[uint32]float32, error) {
	table := make(map[uint32]float32, strings.Count(polarityTable, "\n"))
	number := 0
	for line := range strings.Lines(polarityTable) {
		number++
		w, cell, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || w == "word" {
			continue // header
		}
		v, err := strconv.Atoi(cell)
		if err != nil || v < -100 || v > 100 {
			return nil, fmt.Errorf("polarity.tsv:%d: polarity %q is no number from -100 to 100", number, cell)
		}
		table[hash(w)] = float32(v) / 100
	}
	return table, nil
})
