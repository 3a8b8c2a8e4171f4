package main

import (
	"time"
	"unicode/utf8"

	"detente/lexicons"
	"detente/stages"
)

// explanation is how a text was read: what explain prints, and its JSON. Names
// are those of the tables; offsets are code points of text.
type explanation struct {
	Title     string     `json:"title,omitempty"`
	Published string     `json:"published,omitempty"`
	Publisher string     `json:"publisher,omitempty"`
	Text      string     `json:"text"`
	Warnings  []string   `json:"warnings,omitempty"`
	Sentences []sentence `json:"sentences"`
}

// piece is some words of the text.
type piece struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

type sentence struct {
	piece
	Actors     []mention   `json:"actors"`
	Statements []statement `json:"statements"`
	Tree       []node      `json:"tree,omitempty"`
}

// node is a word in its sentence's dependency tree.
type node struct {
	piece
	Tag  string `json:"tag"`
	Rel  string `json:"rel"`
	Head int    `json:"head"` // index into the tree, -1 for the root
}

type mention struct {
	piece
	Codes []string `json:"codes"`
	Name  string   `json:"name,omitempty"`
}

type statement struct {
	piece
	Ordinal       int         `json:"ordinal"`
	Utterance     int         `json:"utterance"`
	Kind          stages.Kind `json:"kind"`
	Cue           *piece      `json:"cue"`
	Speaker       *piece      `json:"speaker"`
	SpeakerName   string      `json:"speaker_name,omitempty"`
	Source        string      `json:"source,omitempty"`
	Date          string      `json:"date,omitempty"`
	DatePrecision string      `json:"date_precision"`
	DateText      *piece      `json:"date_text"`
	Tones         []tuple     `json:"tones"`
}

type tuple struct {
	Source     string       `json:"source"`
	Target     string       `json:"target"`
	Tone       float32      `json:"tone"`
	Label      stages.Label `json:"label"`
	Confidence float32      `json:"confidence"`
	Lexicon    float32      `json:"lexicon"`
	Sentiment  float32      `json:"sentiment"`
	Evidence   []evidence   `json:"evidence"`
}

type evidence struct {
	piece
	Category string  `json:"category"`
	Valence  float32 `json:"valence"`
}

// newExplanation takes from a scored document what there is to tell.
func newExplanation(d *stages.Document) *explanation {
	e := &explanation{Title: d.Title, Published: day(d.Published), Publisher: d.Publisher, Text: d.Article.Text,
		Warnings: d.Warnings, Sentences: []sentence{}}
	x := explainer{d}
	for i := range d.Sentences {
		e.Sentences = append(e.Sentences, x.sentence(i))
	}
	return e
}

// addTrees adds the trees of the sentences that were parsed.
func (e *explanation) addTrees(d *stages.Document) {
	x := explainer{d}
	for n, s := range d.Sentences {
		if !s.Parsed {
			continue
		}
		for i := s.First; i < s.Last; i++ {
			head := -1
			if d.Heads[i] >= 0 {
				head = int(d.Heads[i]) - s.First
			}
			e.Sentences[n].Tree = append(e.Sentences[n].Tree, node{*x.piece(d.Span(i, i+1)), lexicons.TagName(d.Tags[i]), d.Rels[i].String(), head})
		}
	}
}

type explainer struct{ *stages.Document }

func (x explainer) sentence(i int) sentence {
	from := x.Sentences[i]
	s := sentence{piece: *x.piece(from.Span), Actors: []mention{}, Statements: []statement{}}
	for k := from.MentionFrom; k < from.MentTo; k++ {
		m := x.Mentions[k]
		if m.Code == "" {
			continue
		}
		s.Actors = append(s.Actors, mention{*x.piece(x.Span(m.First, m.Last)), append([]string{m.Code}, m.More...), m.Name})
	}
	for k := range x.Statements {
		if st := &x.Statements[k]; from.Start <= st.Span.Start && st.Span.Start < from.End {
			s.Statements = append(s.Statements, x.statement(st))
		}
	}
	return s
}

func (x explainer) statement(from *stages.Statement) statement {
	s := statement{
		piece: *x.piece(from.Span), Ordinal: from.Ordinal, Utterance: from.Utterance, Kind: from.Kind,
		Cue: x.piece(from.Cue), Speaker: x.piece(from.Speaker), SpeakerName: from.SpeakerName, Source: from.Source,
		Date: day(from.Date.Time), DatePrecision: string(from.Date.Precision), DateText: x.piece(from.Date.Text),
		Tones: []tuple{},
	}
	for _, t := range from.Tones {
		u := tuple{t.Source, t.Target, t.Tone, t.Label, t.Confidence, t.Lexicon, t.Sentiment, []evidence{}}
		for _, v := range t.Evidence {
			u.Evidence = append(u.Evidence, evidence{*x.piece(v.Span), v.Category, v.Valence})
		}
		s.Tones = append(s.Tones, u)
	}
	return s
}

// piece counts a span in code points; it is nil for the empty span.
func (x explainer) piece(s stages.Span) *piece {
	if s.Empty() {
		return nil
	}
	text := x.Article.Text
	start := utf8.RuneCountInString(text[:s.Start])
	return &piece{start, start + utf8.RuneCountInString(s.In(text)), s.In(text)}
}

// day writes a date, or nothing for the zero time.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
