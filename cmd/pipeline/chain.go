package main

import (
	"fmt"
	"slices"
	"strings"

	"detente/cmd/internal/opinion"
	"detente/lexicons"
	"detente/output"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/attribute"
	"detente/stages/date"
	"detente/stages/dedup"
	"detente/stages/parse"
	"detente/stages/segment"
	"detente/stages/sentiment"
	"detente/stages/tone"
)

// chainOptions are the choices that change scores.
type chainOptions struct {
	Lexicons []string // files beside the project's own
	Model    string   // one of models
}

// models are the sentiment models: our own, the baseline, and none.
var models = sentiment.Names

// chain is the stages between ingest and output in their order; nothing else
// knows it. It is safe for concurrent use.
type chain struct {
	lexicons *lexicons.Set
	model    sentiment.Model // nil for none
	modelID  string          // its name and the hashes of all weights

	segment   *segment.Segmenter
	actor     *actor.Resolver
	parse     *parse.Parser
	attribute *attribute.Attributor
	date      *date.Resolver
	tone      *tone.Scorer
}

// newChain makes the stages. Its errors are mistakes of the command line.
func newChain(o chainOptions) (*chain, error) {
	if !slices.Contains(models, o.Model) {
		return nil, usageError(fmt.Errorf("unknown model %q", o.Model), "the models are "+strings.Join(models, ", "))
	}
	lex, err := lexicons.Load(o.Lexicons...)
	if err != nil {
		return nil, usageError(err, "see lexicons/FORMAT.md; pipeline lexicon check FILE tries a lexicon on its own")
	}
	blend, err := tone.LoadBlend()
	if err != nil {
		return nil, err
	}
	parser, err := parse.New(lex)
	if err != nil {
		return nil, err
	}
	model, err := sentiment.Load(o.Model, lex)
	if err != nil {
		return nil, err
	}
	return &chain{
		lexicons:  lex,
		model:     model,
		modelID:   fmt.Sprintf("%s=%s blend=%s parser=%s", o.Model, sentiment.Hash(o.Model), blend.Hash, parser.Hash),
		segment:   segment.New(lex),
		actor:     actor.New(lex),
		parse:     parser,
		attribute: attribute.New(lex),
		date:      date.New(lex),
		tone:      tone.New(lex, blend, opinion.Of(model)),
	}, nil
}

// read carries an article through the stages. It leaves in doc all that they
// found on the way.
func (c *chain) read(doc *stages.Document, a *stages.Article) {
	doc.Reset(a)
	c.readAll([]*stages.Document{doc})
}

// readAll carries documents through the stages, all of them through one before
// the next: what a stage looks up stays near the processor meanwhile, which makes
// the run a tenth faster than one document after the other.
func (c *chain) readAll(docs []*stages.Document) {
	for _, stage := range []func(*stages.Document){c.segment.Segment, c.actor.Resolve, c.parse.Parse, c.attribute.Attribute, c.date.Resolve, c.tone.Score} {
		for _, doc := range docs {
			stage(doc)
		}
	}
}

// process is read with the result alone. The memory of doc is used again for
// the next article; the result is the caller's.
func (c *chain) process(doc *stages.Document, a *stages.Article) output.Document {
	c.read(doc, a)
	return result(doc)
}

// result is what a run keeps of a document that was read. Whose copy its article
// is depends on those before it: copies says so, in the order of the input.
func result(doc *stages.Document) output.Document {
	signature := dedup.Sign(doc.Article)
	return output.Document{Article: doc.Article, Signature: signature.Bytes(), Sentences: len(doc.Sentences), Statements: doc.Statements}
}

// lexiconHashes says exactly which lexicons made the scores: name=sha256 ….
func (c *chain) lexiconHashes() string {
	list := make([]string, len(c.lexicons.Files))
	for i, f := range c.lexicons.Files {
		list[i] = f.Name() + "=" + f.SHA256
	}
	return strings.Join(list, " ")
}

// toward returns what the sentiment model alone says of a mention: -1, 0 or 1.
func (c *chain) toward(text string, target stages.Span) int {
	if c.model == nil {
		return 0
	}
	d := new(stages.Document)
	d.Reset(&stages.Article{Text: text})
	c.segment.Segment(d)
	at := sentiment.At(d, target)
	return sentiment.Best(c.model.Score(&at)).Label()
}
