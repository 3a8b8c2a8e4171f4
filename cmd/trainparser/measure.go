package main

import (
	"fmt"
	"time"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/parse"
)

// measure prints how often the model agrees with the trees, marks left out: on
// heads (UAS), on heads and relations (LAS), and by relation.
func measure(file []byte, dev []parse.Example) error {
	m, err := parse.Decode(file)
	if err != nil {
		return err
	}
	var gold, said, right, head [stages.NRels]int
	words, tagged, heads, both, exact := 0, 0, 0, 0, 0
	var tags [][]parse.Tag
	tokens, start := 0, time.Now()
	for i := range dev {
		tags = append(tags, m.Parse(dev[i].Doc, dev[i].First, dev[i].Last))
		tokens += dev[i].Last - dev[i].First
	}
	took := time.Since(start)
	for i := range dev {
		e := &dev[i]
		all := true
		for k := e.First; k < e.Last; k++ {
			if e.Doc.Tokens[k].Is(lexicons.Punct) {
				continue
			}
			want, wantRel := e.Heads[k-e.First], e.Rels[k-e.First]
			got := e.Doc.Heads[k]
			if got >= 0 {
				got -= int32(e.First)
			}
			gotRel := e.Doc.Rels[k]
			words++
			if tags[i][k-e.First] == e.Tags[k-e.First] {
				tagged++
			}
			gold[wantRel]++
			said[gotRel]++
			if got != want {
				all = false
				continue
			}
			heads++
			head[wantRel]++
			if gotRel == wantRel {
				both++
				right[wantRel]++
			}
		}
		if all {
			exact++
		}
	}
	of := func(n, all int) float64 { return float64(n) / float64(max(1, all)) }
	fmt.Printf("tags %.4f  UAS %.4f  LAS %.4f  whole trees %.3f  (%d words, %d sentences, %.2f M tokens/s)\n",
		of(tagged, words), of(heads, words), of(both, words), of(exact, len(dev)), words, len(dev), float64(tokens)/took.Seconds()/1e6)
	fmt.Println("relation       gold  head right  precision  recall")
	for r := stages.Root; r < stages.NRels; r++ {
		if gold[r] > 0 {
			fmt.Printf("%-12s %6d       %.3f      %.3f   %.3f\n", r, gold[r], of(head[r], gold[r]), of(right[r], said[r]), of(right[r], gold[r]))
		}
	}
	return nil
}
