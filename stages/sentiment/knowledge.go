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
	categories []uint32 // by index into Predicates
	polarity   *wordTable
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
var wordPolarities = sync.OnceValues(func() (*wordTable, error) {
	table := new(wordTable)
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
		if number > len(table)/2 {
			return nil, fmt.Errorf("polarity.tsv:%d: room for %d words", number, len(table)/2)
		}
		*table.at(hash(w)) = polarWord{hash(w), float32(v) / 100}
	}
	return table, nil
})

// wordTable has the polarities of words by the hash of their form, each at the
// place that the hash tells or behind it, where no other word stands. Most words
// of a text are in no table, which this one tells in half the time of a map.
type wordTable [1 << 15]polarWord

type polarWord struct {
	form     uint32
	polarity float32
}

// at returns the place of a form: its own, or the free one that it may have.
func (t *wordTable) at(form uint32) *polarWord {
	for i := form; ; i++ {
		if w := &t[i%uint32(len(t))]; w.form == form || w.form == 0 {
			return w
		}
	}
}
