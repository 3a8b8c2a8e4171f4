package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/segment"
	"detente/stages/sentiment"
)

// example is one judged mention.
type example struct {
	features []sentiment.Feature
	class    sentiment.Class
	weight   float32
	set      string // which data it is of
	text     int    // number of its text: one text, one fold
}

// reader reads the training data to examples.
type reader struct {
	segment  *segment.Segmenter
	actor    *actor.Resolver
	model    *sentiment.Linear
	doc      stages.Document
	texts    map[string]int
	examples []*example
	without  int // the half of the statements to leave out, 0 = none
}

func newReader(lex *lexicons.Set) (*reader, error) {
	m, err := sentiment.NewLinear(lex)
	if err != nil {
		return nil, err
	}
	return &reader{segment: segment.New(lex), actor: actor.New(lex), model: m, texts: map[string]int{}}, nil
}

// read segments a text.
func (r *reader) read(text string) {
	r.doc.Reset(&stages.Article{Text: text})
	r.segment.Segment(&r.doc)
}

func (r *reader) add(set string, c *sentiment.Context, class sentiment.Class, weight float32) {
	text := c.Doc.Article.Text
	if _, ok := r.texts[text]; !ok {
		r.texts[text] = len(r.texts)
	}
	r.examples = append(r.examples, &example{r.model.Features(c), class, weight, set, r.texts[text]})
}

func (r *reader) newsmtsc(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	err = sentiment.ReadPairs(f, func(p sentiment.Pair) {
		r.read(p.Text)
		c := sentiment.At(&r.doc, stages.Span{Start: p.Start, End: p.End})
		r.add("newsmtsc", &c, sentiment.Class(p.Label+1), 1)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// tuple is a source, a target and the tone between them.
type tuple struct{ Source, Target, Tone string }

// statements reads the project's statements: text, tab, "SRC>TGT h|c; …".
func (r *reader) statements(glob string) error {
	files, err := filepath.Glob(glob)
	if err != nil {
		return err
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		in := bufio.NewScanner(bytes.NewReader(data))
		for line := 1; in.Scan(); line++ {
			text, cell, ok := strings.Cut(in.Text(), "\t")
			if !ok || strings.HasPrefix(text, "#") || text == "text" {
				continue
			}
			tuples, err := parseTuples(cell)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", path, line, err)
			}
			r.relations("statements", text, tuples)
		}
		if err := in.Err(); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func parseTuples(cell string) ([]tuple, error) {
	var out []tuple
	for t := range strings.SplitSeq(cell, ";") {
		if t = strings.TrimSpace(t); t == "" {
			continue
		}
		pair, tone, ok := strings.Cut(t, " ")
		source, target, ok2 := strings.Cut(pair, ">")
		if !ok || !ok2 || tone != "h" && tone != "c" {
			return nil, fmt.Errorf("tuple %q: want SRC>TGT h|c", t)
		}
		out = append(out, tuple{source, target, tone})
	}
	return out, nil
}

// codebook reads annotated sentences in the codebook's form.
func (r *reader) codebook(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(data) {
		var doc struct {
			Text      string
			Sentences []struct {
				Start, End int
				Tuples     []tuple
			}
		}
		if err := json.Unmarshal(line, &doc); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		text := []rune(doc.Text)
		for _, s := range doc.Sentences {
			r.relations("plover", string(text[s.Start:s.End]), s.Tuples)
		}
	}
	return nil
}

// relations adds an example for every two actors that a sentence names, as
// source and target: the tone of their tuple, else neutral. It adds one more for
// every actor as target alone, since a statement's source is often named
// elsewhere. Where tuples of both tones apply there is no example.
func (r *reader) relations(set, text string, tuples []tuple) {
	if r.without != 0 && half(text) == r.without {
		return
	}
	r.read(text)
	r.actor.Resolve(&r.doc)
	d := &r.doc
	var named []*stages.Mention // the first of each code
	for i := range d.Mentions {
		m := &d.Mentions[i]
		known := m.Code == "" || m.Type == stages.ByPronoun || m.Type == stages.ByPair
		for _, n := range named {
			known = known || n.Code == m.Code
		}
		if !known && len(named) < maxNamed {
			named = append(named, m)
		}
	}
	for _, target := range named {
		for _, source := range append(named, nil) {
			if source == target {
				continue
			}
			c := sentiment.Context{
				Doc: d, To: len(d.Tokens),
				Target: sentiment.Phrase{First: target.First, Last: target.Last},
				Source: sentiment.Elsewhere,
			}
			from, name := "", set+", target alone"
			if source != nil {
				c.Source = sentiment.Phrase{First: source.First, Last: source.Last}
				from, name = source.Code, set
			}
			if class, ok := toneOf(tuples, from, target.Code); ok {
				r.add(name, &c, class, relationWeight)
			}
		}
	}
}

const (
	maxNamed       = 4   // actors of one sentence that are paired
	relationWeight = 0.5 // a sentence gives several examples
)

// toneOf returns the tone toward a target, from a source or, for "", from
// anybody; false where it is both.
func toneOf(tuples []tuple, source, target string) (class sentiment.Class, ok bool) {
	class = sentiment.Neutral
	for _, t := range tuples {
		if source == "" && stages.Country(t.Target) != stages.Country(target) || source != "" && dyad(t.Source, t.Target) != dyad(source, target) {
			continue
		}
		tone := sentiment.Positive
		if t.Tone[0] == 'h' {
			tone = sentiment.Negative
		}
		if class != sentiment.Neutral && class != tone {
			return 0, false
		}
		class = tone
	}
	return class, true
}

// dyad is two actors without their sectors, which count only between actors of
// one country.
// half says in which of two halves a sentence is, 1 or 2: the blend of the tone
// stage is fitted on what a model says of sentences that it has not seen.
func half(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32()>>8)%2 + 1
}

func dyad(source, target string) [2]string {
	if s, t := stages.Country(source), stages.Country(target); s != t {
		return [2]string{s, t}
	}
	return [2]string{source, target}
}
