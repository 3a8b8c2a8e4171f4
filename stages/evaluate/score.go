package evaluate

import (
	"cmp"
	"slices"
	"strings"

	"detente/stages"
)

// Prediction is what a system found in one document.
type Prediction struct {
	Text       string // the text that offsets refer to
	Statements []Statement
}

// Statement is one predicted statement with its tones.
type Statement struct {
	Start, End int // code points of the text, end exclusive
	Tones      []Tone
}

// Tone is one predicted tuple.
type Tone struct {
	Source, Target string
	Label          stages.Label
	Date           string // YYYY-MM-DD, "" = none
	Precision      stages.Precision
	Confidence     float64 // 0 … 1
}

// Report is the outcome of an evaluation.
type Report struct {
	All      Counts
	BySource map[string]Counts // by Document.Source, "?" = unknown
	Errors   []Error           // in the order of the gold

	Documents int
	Missing   int // not predicted at all
	Changed   int // predicted from a text with other letters
}

// Error is a tuple that is wrong.
type Error struct {
	Kind           string // "invented" or "missed"
	Document       string
	Sentence       int
	Source, Target string
	Tone           stages.Label
	Text           string // the sentence
}

// Score compares predictions, by document id, with gold documents.
func Score(gold []Document, predictions map[string]Prediction) *Report {
	r := &Report{BySource: map[string]Counts{}, Documents: len(gold)}
	for _, g := range gold {
		p, ok := predictions[g.ID]
		goldText, text := newLetters(g.Text), newLetters(p.Text)
		if !ok {
			r.Missing++
		} else if text.folded != goldText.folded {
			r.Changed++
		}
		found := assign(p, sentencesOf(goldText, g.Sentences), text, len(g.Sentences))
		source := cmp.Or(g.Source, "?")
		counts := r.BySource[source]
		for i, s := range g.Sentences {
			wrong := counts.add(s, found[i])
			for _, e := range wrong {
				e.Document, e.Sentence, e.Text = g.ID, i, goldText.words(s.Start, s.End)
				r.Errors = append(r.Errors, e)
			}
		}
		r.BySource[source] = counts
	}
	for _, c := range r.BySource {
		r.All.sum(c)
	}
	return r
}

// key is what a tuple is compared on.
type key struct {
	source, target string
	label          stages.Label
}

// dyad is a key without its label.
func (k key) dyad() key { return key{source: k.source, target: k.target} }

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target), cmp.Compare(a.label, b.label))
}

// keyOf drops sectors, save where they alone tell source and target apart.
func keyOf(source, target string, label stages.Label) key {
	a, _, _ := strings.Cut(source, "-")
	b, _, _ := strings.Cut(target, "-")
	if a == b {
		return key{source, target, label}
	}
	return key{a, b, label}
}

// assign puts the predicted tuples into the gold sentences. Of equal tuples in
// a sentence the first in the text counts, for its date.
func assign(p Prediction, sentenceOf []int, text letters, sentences int) []map[key]Tone {
	found := make([]map[key]Tone, sentences)
	statements := slices.Clone(p.Statements)
	slices.SortStableFunc(statements, func(a, b Statement) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	for _, s := range statements {
		n := mostVoted(sentenceOf, text, s)
		if n < 0 {
			continue
		}
		for _, t := range s.Tones {
			k := keyOf(t.Source, t.Target, t.Label)
			if t.Label != stages.Hostile && t.Label != stages.Conciliatory || t.Source == "" || t.Target == "" || k.source == k.target {
				continue
			}
			if found[n] == nil {
				found[n] = map[key]Tone{}
			}
			if _, ok := found[n][k]; !ok {
				found[n][k] = t
			}
		}
	}
	return found
}

// mostVoted is the gold sentence that has most of a statement's letters, the
// first of equals, or -1.
func mostVoted(sentenceOf []int, text letters, s Statement) int {
	votes := map[int]int{}
	best := -1
	from, to := text.between(s.Start, s.End)
	for _, n := range sentenceOf[min(from, len(sentenceOf)):min(to, len(sentenceOf))] {
		if n >= 0 {
			votes[n]++
		}
	}
	for n, v := range votes {
		if best < 0 || v > votes[best] || v == votes[best] && n < best {
			best = n
		}
	}
	return best
}
