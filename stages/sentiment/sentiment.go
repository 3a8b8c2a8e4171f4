// Package sentiment says how a passage feels toward one mention in it: hostile,
// neutral or friendly. The word lists of the other stages know what one actor
// does to another; this model has read thousands of judged sentences and knows
// how news sounds when it speaks well or ill of somebody.
//
// The default model, "news", is a linear softmax over hashed features that are
// relative to the mention, after Jiang et al., "Target-dependent Twitter
// Sentiment Classification" (ACL 2011), and Vo and Zhang, "Target-Dependent
// Twitter Sentiment Classification with Rich Automatic Features" (IJCAI 2015).
// It never sees a name: the mention, the source and all other names are masked,
// so it cannot learn whom the press dislikes. Its weights are fitted by
// cmd/trainsentiment on
//
//   - NewsMTSC, train part: Hamborg and Donnay, "NewsMTSC: A Dataset for
//     (Multi-)Target-dependent Sentiment Classification in Political News
//     Articles" (EACL 2021), MIT licence;
//   - the validation sentences of PLOVER, openeventdata/PLOVER, CC BY-SA 4.0;
//   - the project's own statements, stages/tone/train.
//
// "imdb" is github.com/cdipaolo/sentiment as shipped, the baseline.
package sentiment

import (
	"fmt"

	"detente/lexicons"
	"detente/stages"
)

// Class is one of the three classes, in the order of probabilities.
type Class int

// The classes.
const (
	Negative Class = iota
	Neutral
	Positive
	NClasses = 3
)

// Model gives the sentiment of a passage toward one mention in it. It is safe
// for concurrent use.
type Model interface {
	Name() string
	// Score returns the probabilities of the three classes.
	Score(c *Context) [NClasses]float32
	// Reader returns a Reader of the model.
	Reader() Reader
}

// Reader scores as its model does, one context after another, and remembers the
// passage of the last. It is not safe for concurrent use.
type Reader interface {
	Score(c *Context) [NClasses]float32
}

// Context is a passage, as a rule one sentence, with the mention marked.
type Context struct {
	Doc      *stages.Document // segmented: Tokens, Tags, Matches and Quotations are read
	From, To int              // tokens of the passage, end exclusive
	Target   Phrase           // Elsewhere where the passage does not name it
	Source   Phrase           // who speaks or acts, likewise; None asks for the tone from anybody
	Again    bool             // the passage is that of the context which the same Reader scored before
}

// Phrase is a mention's tokens, end exclusive.
type Phrase struct{ First, Last int }

// None is no actor; Elsewhere is one who is not named in the passage, as is any
// phrase outside it.
var (
	None      = Phrase{-1, -1}
	Elsewhere = Phrase{-2, -2}
)

// At returns the context of the target that stands at a span of a segmented
// document, with the whole document as its passage and no source.
func At(d *stages.Document, target stages.Span) Context {
	c := Context{Doc: d, To: len(d.Tokens), Target: Elsewhere, Source: None}
	for i, t := range d.Tokens {
		if int(t.Start) < target.End && target.Start < int(t.End) {
			if c.Target == Elsewhere {
				c.Target.First = i
			}
			c.Target.Last = i + 1
		}
	}
	return c
}

// Best returns the likeliest class.
func Best(p [NClasses]float32) Class {
	best := Negative
	for k := range NClasses {
		if p[k] > p[best] {
			best = Class(k)
		}
	}
	return best
}

// Label returns the class as NewsMTSC writes it: -1, 0 or 1.
func (c Class) Label() int { return int(c) - 1 }

// Names are the names of the models that Load knows, the default first.
var Names = []string{"news", "imdb", "none"}

// Load returns the model of a name; for "none" it is nil.
func Load(name string, lex *lexicons.Set) (Model, error) {
	switch name {
	case "news":
		return Decode(embedded, lex)
	case "imdb":
		return new(imdb), nil
	case "none":
		return nil, nil
	}
	return nil, fmt.Errorf("no sentiment model %q: there are %q", name, Names)
}
