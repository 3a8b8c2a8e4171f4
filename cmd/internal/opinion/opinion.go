// Package opinion makes a sentiment model the tone stage's; stages do not know
// each other.
package opinion

import (
	"detente/stages/sentiment"
	"detente/stages/tone"
)

// Of returns the tone stage's view of a model, nil for none.
func Of(m sentiment.Model) tone.Sentiment {
	if m == nil {
		return nil
	}
	return func() tone.Reader {
		r := m.Reader()
		return func(p tone.Passage) [3]float32 {
			return r.Score(&sentiment.Context{Doc: p.Doc, From: p.First, To: p.Last, Target: phrase(p.Target), Source: phrase(p.Source), Again: p.Again})
		}
	}
}

func phrase(p tone.Phrase) sentiment.Phrase {
	if p.First < 0 {
		return sentiment.Elsewhere
	}
	return sentiment.Phrase(p)
}
