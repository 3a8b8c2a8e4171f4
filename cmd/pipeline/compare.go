package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/stages/window"
)

func compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "tell whether the tone changed between two windows of days",
		ArgsUsage: "DATA",
		Description: "DATA is a folder that run wrote. A window is 2014-01-15..2014-01-27, both days included, or a month\n" +
			"(2014-01) or a year (2014). Give --before and --after, or --around a day with --span.\n" +
			"Documents, not statements, are resampled; see the package detente/stages/window.",
		Flags:  slices.Concat(windowFlags(), questionFlags(5, " in a window"), tableFlags()),
		Action: compare,
	}
}

// windowFlags name the two windows of a comparison.
func windowFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "before", Usage: "the first `WINDOW`"},
		&cli.StringFlag{Name: "after", Usage: "the second `WINDOW`"},
		&cli.StringFlag{Name: "around", Usage: "the second window begins on `DAY`, the first ends the day before"},
		&cli.StringFlag{Name: "span", Usage: "length of both windows `DAYS` (default: 30d)"},
	}
}

// comparison is what compare prints.
type comparison struct {
	Dataset       string                               `json:"dataset"`
	By            output.Dating                        `json:"by"`
	Before        string                               `json:"before"`
	After         string                               `json:"after"`
	Level         float64                              `json:"level"`
	Resamples     int                                  `json:"resamples"`
	Seed          uint64                               `json:"seed"`
	Weight        window.Weight                        `json:"weight"`
	Overlap       bool                                 `json:"windows_overlap"`
	FewDocuments  int                                  `json:"left_out_for_few_documents"` // dyads
	Rows          output.Results[output.ComparisonRow] `json:"rows"`
	list          []window.Comparison
	before, after window.Range
}

func compare(c *cli.Context) error {
	before, after, err := windowsFromFlags(c)
	if err != nil {
		return err
	}
	q, err := questionFromFlags(c)
	if err != nil {
		return err
	}
	if err := checkTableFlags(c); err != nil {
		return err
	}
	q.selection.windows = []window.Range{before, after}
	list, fewDocuments, err := q.compare(before, after)
	if err != nil {
		return err
	}
	answer := &comparison{
		Dataset: q.dir, By: q.selection.by, Before: before.String(), After: after.String(),
		Level: q.options.Level, Resamples: q.options.Resamples, Seed: q.options.Seed, Weight: q.options.Weight,
		Overlap: before.Overlaps(after), FewDocuments: fewDocuments, list: list, before: before, after: after,
	}
	rows := make([]output.ComparisonRow, len(list))
	for i := range list {
		rows[i] = comparisonRow(&list[i])
	}
	answer.Rows = output.Comparisons(rows)
	if answer.Overlap {
		fmt.Fprintf(c.App.ErrWriter, "warn: the windows overlap: statements of %s count in both\n", window.Range{From: max(before.From, after.From), To: min(before.To, after.To)})
	}
	if printed, err := writeResults(c, answer.Rows, answer); printed || err != nil {
		return err
	}
	answer.write(c.App.Writer)
	return nil
}

// windowsFromFlags reads --before and --after, or --around and --span.
func windowsFromFlags(c *cli.Context) (before, after window.Range, err error) {
	const hint = "give --before 2014-01-15..2014-01-27 and --after 2014-01-28..2014-02-10, or --around 2014-01-28 --span 30d"
	around := c.String("around")
	switch {
	case around != "" && (c.String("before") != "" || c.String("after") != ""):
		return before, after, usageError(errors.New("both --around and --before or --after"), hint)
	case around != "":
		day, err := window.ParseDay(around)
		if err != nil {
			return before, after, usageError(fmt.Errorf("--around %w", err), hint)
		}
		days, err := window.ParseDays(cmp.Or(c.String("span"), "30d"))
		if err != nil {
			return before, after, usageError(fmt.Errorf("--span %w", err), hint)
		}
		n := window.Day(days)
		return window.Range{From: day - n, To: day - 1}, window.Range{From: day, To: day + n - 1}, nil
	case c.String("before") == "" || c.String("after") == "":
		return before, after, usageError(errors.New("no two windows to compare"), hint)
	case c.String("span") != "":
		return before, after, usageError(errors.New("--span without --around"), hint)
	}
	if before, err = window.ParseRange(c.String("before")); err != nil {
		return before, after, usageError(fmt.Errorf("--before %w", err), "a window is 2014-01-15..2014-01-27, 2014-01 or 2014")
	}
	if after, err = window.ParseRange(c.String("after")); err != nil {
		return before, after, usageError(fmt.Errorf("--after %w", err), "a window is 2014-01-28..2014-02-10, 2014-02 or 2014")
	}
	if after.From < before.From {
		return before, after, usageError(fmt.Errorf("--after %s begins before --before %s", after, before), "exchange them")
	}
	return before, after, nil
}

// compare answers the question for two windows. Dyads found by a pattern that
// have too few documents in a window are left out and counted.
func (q *question) compare(before, after window.Range) (list []window.Comparison, fewDocuments int, err error) {
	all, _, err := q.samples()
	if err != nil {
		return nil, 0, err
	}
	asked := all[:0]
	for _, s := range all {
		if q.asked(s.Dyad) || q.enoughDocuments(&s, before) && q.enoughDocuments(&s, after) {
			asked = append(asked, s)
		} else {
			fewDocuments++
		}
	}
	list = window.Compare(asked, before, after, q.options)
	comparable := func(c window.Comparison) bool { return !c.Before.Empty() && !c.After.Empty() }
	if !slices.ContainsFunc(list, comparable) {
		return nil, 0, q.nothingToCompare(list, fewDocuments, before, after)
	}
	greatestFirst(list)
	return list, fewDocuments, nil
}

// greatestFirst sorts comparisons: what is shown comes first, the greatest
// change first.
func greatestFirst(list []window.Comparison) {
	slices.SortStableFunc(list, func(a, b window.Comparison) int {
		return cmp.Or(-cmp.Compare(number(a.Shown), number(b.Shown)), -cmp.Compare(math.Abs(a.Difference), math.Abs(b.Difference)))
	})
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// enoughDocuments counts documents up to the least number.
func (q *question) enoughDocuments(s *window.Sample, w window.Range) bool {
	documents := map[uint32]bool{}
	for i := range s.Tones {
		if t := &s.Tones[i]; w.Holds(t.When) {
			if documents[t.Document] = true; len(documents) >= q.minDocuments {
				return true
			}
		}
	}
	return q.minDocuments <= 0
}

// nothingToCompare says why there is no answer, and where there would be one.
func (q *question) nothingToCompare(list []window.Comparison, fewDocuments int, before, after window.Range) error {
	if len(list) == 0 && fewDocuments > 0 {
		return usageError(fmt.Errorf("no dyad has %d documents in each window", q.minDocuments),
			fmt.Sprintf("%d have fewer: lower --min-documents, or choose longer windows", fewDocuments))
	}
	empty := before
	what := "no statement"
	if len(list) > 0 {
		if !list[0].Before.Empty() {
			empty = after
		}
		what += " of " + list[0].Dyad.String()
	}
	all := q.selection
	all.windows = nil
	read, err := readSamples(q.dir, all)
	if err != nil {
		return err
	}
	extent, n := window.Range{From: window.LastDay, To: window.FirstDay}, 0
	for i := range read.list {
		if r, ok := read.list[i].Extent(); ok {
			extent = window.Range{From: min(extent.From, r.From), To: max(extent.To, r.To)}
			n += len(read.list[i].Tones)
		}
	}
	err = fmt.Errorf("%s in %s", what, empty)
	if n == 0 {
		return usageError(err, "the dataset has none at all")
	}
	return usageError(err, fmt.Sprintf("the dataset has %d from %s to %s", n, extent.From, extent.To))
}

func comparisonRow(c *window.Comparison) output.ComparisonRow {
	row := output.ComparisonRow{
		Source: c.Dyad.Source, Target: c.Dyad.Target,
		BeforeFrom: outputDay(c.Before.Window.From), BeforeTo: outputDay(c.Before.Window.To),
		AfterFrom: outputDay(c.After.Window.From), AfterTo: outputDay(c.After.Window.To),
		Before: windowFigures(&c.Before), After: windowFigures(&c.After),
		Difference: figure(c.Difference), DifferenceLow: figure(c.Low), DifferenceHigh: figure(c.High),
		Delta: figure(c.Delta), P: figure(c.P), Q: figure(c.Q), Shown: c.Shown, Undated: int32(c.Undated),
	}
	for _, w := range c.Warnings {
		row.Warnings = append(row.Warnings, w.Text)
	}
	return row
}

func windowFigures(s *window.Summary) output.WindowFigures {
	return output.WindowFigures{
		Statements: int32(s.Statements), Documents: int32(s.Documents), Mean: figure(s.Mean), Low: figure(s.Low), High: figure(s.High),
		Hostile: figure(s.Hostile), Neutral: figure(s.Neutral), Conciliatory: figure(s.Conciliatory), Imprecise: int32(s.Imprecise),
	}
}

// figure rounds to six places: more digits would say nothing.
func figure(v float64) output.Number {
	if math.IsNaN(v) {
		return output.Number(v)
	}
	return output.Number(round(v, 6))
}

func outputDay(d window.Day) output.Day {
	if d.String() == "" {
		return output.Day{}
	}
	return output.Day{Time: d.Time()}
}
