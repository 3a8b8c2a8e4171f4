package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/stages"
	"detente/stages/evaluate"
	"detente/stages/ingest"
)

// predictionsOf reads what a run wrote.
func predictionsOf(dir string) (map[string]evaluate.Prediction, error) {
	predictions := map[string]evaluate.Prediction{}
	noText := 0
	for d, err := range output.ReadDocuments(dir, "doc_id", "text") {
		if err != nil {
			return nil, err
		}
		if d.Text == "" {
			noText++
			continue
		}
		predictions[d.DocID] = evaluate.Prediction{Text: d.Text}
	}
	if noText > 0 && len(predictions) == 0 {
		return nil, usageError(fmt.Errorf("%s has no texts to compare", dir), "run without --no-text")
	}
	tones := map[string][]evaluate.Tone{}
	for t, err := range output.ReadTones(dir, "statement_id", "source", "target", "label", "date", "date_precision", "confidence") {
		if err != nil {
			return nil, err
		}
		tones[t.StatementID] = append(tones[t.StatementID], evaluate.Tone{
			Source: t.Source, Target: t.Target, Label: stages.Label(t.Label),
			Date: day(t.Date.Time), Precision: stages.Precision(t.DatePrecision), Confidence: float64(t.Confidence),
		})
	}
	for s, err := range output.ReadStatements(dir, "statement_id", "doc_id", "start", "end") {
		if err != nil {
			return nil, err
		}
		if p, ok := predictions[s.DocID]; ok {
			p.Statements = append(p.Statements, evaluate.Statement{Start: int(s.Start), End: int(s.End), Tones: tones[s.StatementID]})
			predictions[s.DocID] = p
		}
	}
	return predictions, nil
}

// predict scores the gold's own text. The gold is a valid input, so this is
// what a run over it would write.
func predict(c *cli.Context) (map[string]evaluate.Prediction, error) {
	stagesInOrder, err := chainFromFlags(c)
	if err != nil {
		return nil, err
	}
	work := scoring{chain: stagesInOrder, workers: runtime.GOMAXPROCS(0)}
	for _, path := range c.StringSlice("gold") {
		work.sources = append(work.sources, ingest.Source{Path: path})
	}
	predictions := map[string]evaluate.Prediction{}
	err = work.run(context.Background(), func(it *item) error {
		if it.err == nil {
			predictions[it.article.ID] = prediction(it.scored)
		}
		return it.err
	})
	return predictions, err
}

// prediction counts a document's spans in code points.
func prediction(d output.Document) evaluate.Prediction {
	text := d.Article.Text
	p := evaluate.Prediction{Text: text}
	for _, s := range d.Statements {
		start := utf8.RuneCountInString(text[:s.Span.Start])
		q := evaluate.Statement{Start: start, End: start + utf8.RuneCountInString(s.Span.In(text))}
		for _, t := range s.Tones {
			q.Tones = append(q.Tones, evaluate.Tone{Source: t.Source, Target: t.Target, Label: t.Label,
				Date: dayOr(s.Date.Time, d.Article.Published), Precision: s.Date.Precision, Confidence: float64(t.Confidence)})
		}
		p.Statements = append(p.Statements, q)
	}
	return p
}

// dayOr is the day of a statement, or of the publication in its place.
func dayOr(date, published time.Time) string {
	if date.IsZero() {
		date = published
	}
	return day(date)
}
