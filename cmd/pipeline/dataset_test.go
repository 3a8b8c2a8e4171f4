package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"detente/output"
	"detente/stages"
)

// writeDataset makes a dataset with tones as they are told, so that figures
// made of them do not change with the lexicons: dataset DIR FILE [parquet|arrow].
// A line of FILE is a document and its tones toward one target:
//
//	ID PUBLISHED PUBLISHER KIND SOURCE:TARGET [@DATE] TONE [@DATE] TONE …
//
// PUBLISHED may be -. @DATE holds for the tones after it; a month or year is
// one that is not known better, and @- is no date.
func writeDataset(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: dataset dir file [format]")
	}
	format := output.Parquet
	if len(args) > 2 {
		format = output.Format(args[2])
	}
	w, err := output.Open(ts.MkAbs(args[0]), output.Options{Format: format, Meta: output.Meta{Version: "0", Run: "told"}})
	ts.Check(err)
	defer w.Close()
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if cells := strings.Fields(line); len(cells) > 0 {
			_, err := w.Write(toldDocument(ts, cells))
			ts.Check(err)
		}
	}
	ts.Check(w.Commit())
}

func toldDocument(ts *testscript.TestScript, cells []string) output.Document {
	a := &stages.Article{ID: cells[0], URI: cells[0], Publisher: cells[2], PublishedFrom: stages.PublishedNone, Language: "en", ContentHash: "0", Text: "said"}
	a.ID, a.DuplicateOf, _ = strings.Cut(a.ID, "=")
	if cells[1] != "-" {
		a.Published, a.PublishedFrom = told(ts, cells[1]).Time, stages.PublishedField
	}
	source, target, _ := strings.Cut(cells[4], ":")
	d := output.Document{Article: a}
	date := stages.Date{Time: a.Published, Precision: stages.DocumentPrecision}
	for _, cell := range cells[5:] {
		if day, ok := strings.CutPrefix(cell, "@"); ok {
			date = told(ts, day)
			continue
		}
		v, err := strconv.ParseFloat(cell, 32)
		ts.Check(err)
		label := stages.Neutral
		if v <= -0.3 {
			label = stages.Hostile
		} else if v >= 0.3 {
			label = stages.Conciliatory
		}
		d.Statements = append(d.Statements, stages.Statement{
			Ordinal: len(d.Statements), Span: stages.Span{End: 4}, Kind: stages.Kind(cells[3]), Date: date,
			Tones: []stages.Tone{{Source: source, Target: target, Tone: float32(v), Label: label, Confidence: 0.8}},
		})
	}
	return d
}

func told(ts *testscript.TestScript, s string) stages.Date {
	for layout, precision := range map[string]stages.Precision{time.DateOnly: stages.DayPrecision, "2006-01": stages.MonthPrecision, "2006": stages.YearPrecision} {
		if t, err := time.Parse(layout, s); err == nil {
			return stages.Date{Time: t, Precision: precision}
		}
	}
	if s != "-" {
		ts.Fatalf("no date: %s", fmt.Sprint(s))
	}
	return stages.Date{Precision: stages.DocumentPrecision}
}
