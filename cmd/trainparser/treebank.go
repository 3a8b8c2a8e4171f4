package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/zeebo/xxh3"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/parse"
	"detente/stages/segment"
)

// relations are the teacher's names that are not ours.
var relations = map[string]stages.Rel{
	"ROOT": stages.Root, "dative": stages.Iobj, "csubjpass": stages.Csubj, "oprd": stages.Attr, "parataxis": stages.Ccomp,
	"predet": stages.Det, "preconj": stages.Cc, "quantmod": stages.Advmod, "nmod": stages.Compound,
}

func relationOf(name string) stages.Rel {
	if r, ok := relations[name]; ok {
		return r
	}
	for r := stages.Root; r < stages.NRels; r++ {
		if r.String() == name {
			return r
		}
	}
	return stages.Dep
}

// readTreebank reads silver trees. Of 40 sentences one is kept for measuring, by
// its hash. Those of the first file count weight times.
func readTreebank(files []string, weight int) (train, dev []parse.Example, err error) {
	lex, err := lexicons.Load()
	if err != nil {
		return nil, nil, err
	}
	seg := segment.New(lex)
	cut := 0
	for i, file := range files {
		if i > 0 {
			weight = 1
		}
		f, err := os.Open(file)
		if err != nil {
			return nil, nil, err
		}
		defer f.Close()
		in := bufio.NewScanner(f)
		in.Buffer(nil, 1<<24)
		for line := 1; in.Scan(); line++ {
			var s sentence
			if err := json.Unmarshal(in.Bytes(), &s); err != nil {
				return nil, nil, fmt.Errorf("%s:%d: %w", file, line, err)
			}
			e, ok := exampleOf(seg, &s)
			if !ok {
				cut++
				continue
			}
			if xxh3.HashString(s.Text)%40 == 7 {
				dev = append(dev, e)
			} else {
				e.Weight = weight
				train = append(train, e)
				train = append(train, variants(seg, &s, e.Doc)...)
			}
		}
		if err := in.Err(); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	fmt.Printf("%d sentences to learn from, %d to measure on, %d left out that are cut otherwise when they stand alone\n", len(train), len(dev), cut)
	return train, dev, nil
}

// exampleOf reads a sentence as the program does. It reports false where that
// gives other tokens than the teacher saw.
func exampleOf(seg *segment.Segmenter, s *sentence) (parse.Example, bool) {
	d := new(stages.Document)
	d.Reset(&stages.Article{Text: s.Text})
	seg.Segment(d)
	e := parse.Example{Doc: d, Last: len(d.Tokens)}
	if len(d.Tokens) != len(s.Words) || len(s.Heads) != len(s.Words) || len(s.Rels) != len(s.Words) || len(s.Tags) != len(s.Words) {
		return e, false
	}
	for i, w := range s.Words {
		if d.Word(i) != w {
			return e, false
		}
		h := int32(s.Heads[i])
		if h == int32(i) {
			h = -1
		}
		e.Heads = append(e.Heads, h)
		e.Tags = append(e.Tags, parse.TagOf(s.Tags[i]))
		e.Rels = append(e.Rels, relationOf(s.Rels[i]))
	}
	return e, true
}
