package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"detente/cmd/internal/annotated"
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
	without  int // the half of the statements to leave out of the annotated sets, 0 = none
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

// annotated reads the project's statements and articles that match glob, and
// sentences in the codebook's form.
func (r *reader) annotated(glob string, gold ...string) error {
	docs, err := annotated.Read(glob, gold...)
	if err != nil {
		return err
	}
	for i := range docs {
		if doc := &docs[i]; r.without == 0 || doc.Half() != r.without {
			r.document(doc)
		}
	}
	return nil
}

// document adds the examples of a document.
func (r *reader) document(doc *annotated.Document) {
	set := strings.TrimSuffix(filepath.Base(doc.Set), filepath.Ext(doc.Set))
	day, _ := time.Parse(time.DateOnly, doc.Published[:min(10, len(doc.Published))]) // an undated article is read as such
	r.doc.Reset(&stages.Article{Title: doc.Title, Publisher: doc.Source, Text: doc.Text, Published: day})
	r.segment.Segment(&r.doc)
	r.actor.Resolve(&r.doc)
	bytes := doc.Bytes()
	for _, s := range doc.Sentences {
		from, to := bytes[s.Start], bytes[s.End]
		first := sort.Search(len(r.doc.Tokens), func(i int) bool { return int(r.doc.Tokens[i].Start) >= from })
		last := sort.Search(len(r.doc.Tokens), func(i int) bool { return int(r.doc.Tokens[i].Start) >= to })
		if doc.Kind() == annotated.Statements {
			first, last = 0, len(r.doc.Tokens)
		}
		r.relations(set, first, last, s.Tuples, s.Optional)
	}
}

// relations adds an example for every two actors that tokens first to last
// name, as source and target: the tone of their tuple, else neutral. It adds
// one more for every actor as target alone, since a statement's source is often
// named elsewhere. Where tuples of both tones apply, or optional ones alone,
// there is no example.
func (r *reader) relations(set string, first, last int, tuples, optional []annotated.Tuple) {
	d := &r.doc
	var named []*stages.Mention // the first of each code
	for i := range d.Mentions {
		m := &d.Mentions[i]
		known := m.First < first || m.First >= last || m.Code == "" || m.Type == stages.ByPronoun || m.Type == stages.ByPair
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
				Doc: d, From: first, To: last,
				Target: sentiment.Phrase{First: target.First, Last: target.Last},
				Source: sentiment.Elsewhere,
			}
			from, name := "", set+", target alone"
			if source != nil {
				c.Source = sentiment.Phrase{First: source.First, Last: source.Last}
				from, name = source.Code, set
			}
			class, ok := toneOf(tuples, from, target.Code)
			if ok && class == sentiment.Neutral {
				if maybe, _ := toneOf(optional, from, target.Code); maybe != sentiment.Neutral {
					ok = false
				}
			}
			if ok {
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
func toneOf(tuples []annotated.Tuple, source, target string) (class sentiment.Class, ok bool) {
	class = sentiment.Neutral
	for _, t := range tuples {
		if source == "" && stages.Country(t.Target) != stages.Country(target) || source != "" && annotated.Dyad(t.Source, t.Target) != annotated.Dyad(source, target) {
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
