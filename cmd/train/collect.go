package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"detente/cmd/internal/annotated"
	"detente/cmd/internal/opinion"
	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/attribute"
	"detente/stages/date"
	"detente/stages/parse"
	"detente/stages/segment"
	"detente/stages/sentiment"
	"detente/stages/tone"
)

// example is one candidate tone.
type example struct {
	f       []float32
	label   int // 0 neither, 1 hostile, 2 conciliatory
	weight  float64
	article int
	set     string
	best    float32 // the valence of its strongest word
	loose   bool    // only company or context ties its source and target
	free    bool    // may shape the weights
	quiet   bool    // its sentence has no tuple
	exact   bool    // the gold has its very codes, not only those of another part of the country
	cell    string  // article, sentence and dyad: predictions of one cell count once
	note    string  // its relations
	text    string  // its sentence
}

// collector carries annotated documents through the stages and keeps their
// candidates.
type collector struct {
	segment   *segment.Segmenter
	actor     *actor.Resolver
	parse     *parse.Parser
	attribute *attribute.Attributor
	date      *date.Resolver
	scorers   [2]*tone.Scorer // by the half of the sentences that the model has not seen
	doc       stages.Document
	wrong     string

	examples []example
	total    map[string]int // gold tuples by set
	reached  map[string]int // of these, those whose dyad has a candidate
	quiet    int            // sentences of the articles without tuples
}

func newCollector(o options) (*collector, error) {
	lex, err := lexicons.Load()
	if err != nil {
		return nil, err
	}
	parser, err := parse.New(lex)
	if err != nil {
		return nil, err
	}
	c := &collector{segment: segment.New(lex), actor: actor.New(lex), parse: parser, attribute: attribute.New(lex), date: date.New(lex), wrong: o.wrong,
		total: map[string]int{}, reached: map[string]int{}}
	for i := range c.scorers {
		c.scorers[i] = tone.New(lex, nil, nil)
	}
	if o.models == "" {
		return c, nil
	}
	for i, name := range strings.SplitN(o.models, ",", len(c.scorers)) {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		m, err := sentiment.Decode(data, lex)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.scorers[i] = tone.New(lex, nil, opinion.Of(m))
	}
	return c, nil
}

// document adds the candidates of document n, labelled by its gold.
func (c *collector) document(n int, doc *annotated.Document) {
	d := &c.doc
	day, _ := time.Parse(time.DateOnly, doc.Published[:min(10, len(doc.Published))]) // an undated article is read as such
	d.Reset(&stages.Article{ID: doc.ID, Title: doc.Title, Publisher: doc.Source, Text: doc.Text, Published: day})
	c.segment.Segment(d)
	c.actor.Resolve(d)
	c.parse.Parse(d)
	c.attribute.Attribute(d)
	c.date.Resolve(d)
	bytes := doc.Bytes()
	words := func(s annotated.Sentence) string {
		return strings.ReplaceAll(doc.Text[bytes[s.Start]:bytes[s.End]], "\n", " ")
	}
	have := map[string]bool{}
	for _, x := range c.scorers[doc.Half()-1].Candidates(d) {
		k := annotated.Dyad(x.Source, x.Target)
		at := sentenceAt(doc, d.Statements[x.Statement].Span, bytes)
		if at < 0 || k[0] == k[1] {
			continue
		}
		s := doc.Sentences[at]
		cell := fmt.Sprint(n, at, k)
		have[cell] = true
		label, arguable := labelOf(&s, k)
		if arguable {
			continue
		}
		exact := label == 0 || s.Names(x.Source, x.Target)
		c.examples = append(c.examples, example{f: x.Features, label: label, weight: weight(doc), article: n, set: doc.Set, loose: x.Loose, best: x.Best, free: free(doc), cell: cell, exact: exact, quiet: len(s.Tuples)+len(s.Optional) == 0, note: note(d, x), text: words(s)})
	}
	for i, s := range doc.Sentences {
		if isArticles(doc.Set) && len(s.Tuples)+len(s.Optional) == 0 {
			c.quiet++
		}
		for _, t := range s.Tuples {
			c.total[doc.Set]++
			if have[fmt.Sprint(n, i, annotated.Dyad(t.Source, t.Target))] {
				c.reached[doc.Set]++
			} else if c.wrong != "" && strings.Contains(doc.Set, c.wrong) {
				fmt.Printf("MISS %s>%s %s | %s\n", t.Source, t.Target, t.Tone, words(s))
			}
		}
	}
}

// note says along which routes and words a candidate was found.
func note(d *stages.Document, c tone.Candidate) string {
	var b strings.Builder
	for _, r := range d.Relations {
		if r.Statement == c.Statement && r.Source == c.Source && r.Target == c.Target {
			fmt.Fprintf(&b, "%d:%s:%.2fx%.2f ", r.Route, d.Text(r.First, r.Last), r.Valence, r.Shift)
		}
	}
	return b.String()
}
