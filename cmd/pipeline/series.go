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

func seriesCommand() *cli.Command {
	return &cli.Command{
		Name:      "series",
		Usage:     "follow the tone over time and find when it changed",
		ArgsUsage: "DATA",
		Description: "DATA is a folder that run wrote. One dyad is printed with all of its windows, several with a line each.\n" +
			"Windows without a statement are gaps. Change points are found with PELT; see the package\n" +
			"detente/stages/window.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "every", Value: string(window.Month), Usage: "`LENGTH` of windows: day, week, month, quarter, year, or days as 14d"},
			&cli.StringFlag{Name: "step", Usage: "days from one window to the next, as 1d: windows overlap"},
			&cli.StringFlag{Name: "over", Usage: "first to last day `RANGE`, as 2014-01..2014-06 (default: of publication)"},
		}, questionFlags(10, ""), tableFlags()),
		Action: series,
	}
}

// trends is what series prints.
type trends struct {
	Dataset      string                          `json:"dataset"`
	By           output.Dating                   `json:"by"`
	Every        string                          `json:"every"`
	Step         string                          `json:"step,omitempty"`
	From         string                          `json:"from"`
	To           string                          `json:"to"`
	Level        float64                         `json:"level"`
	Resamples    int                             `json:"resamples"`
	Seed         uint64                          `json:"seed"`
	Weight       window.Weight                   `json:"weight"`
	FewDocuments int                             `json:"left_out_for_few_documents"` // dyads
	Changes      []changeJSON                    `json:"changes"`
	Points       output.Results[output.PointRow] `json:"points"`
	list         []window.Series
	outside      int // dated statements before or after
}

type changeJSON struct {
	Source string  `json:"source"`
	Target string  `json:"target"`
	At     string  `json:"at"`
	Before float64 `json:"mean_before"`
	After  float64 `json:"mean_after"`
}

func series(c *cli.Context) error {
	q, err := questionFromFlags(c)
	if err != nil {
		return err
	}
	if err := checkTableFlags(c); err != nil {
		return err
	}
	calendar, err := window.ParseCalendar(c.String("every"), c.String("step"))
	if err != nil {
		return usageError(err, "use --every week, or --every 14d --step 1d")
	}
	var over *window.Range
	if s := c.String("over"); s != "" {
		r, err := window.ParseRange(s)
		if err != nil {
			return usageError(fmt.Errorf("--over %w", err), "a range is 2014-01-15..2014-06-30, 2014-01..2014-06 or 2014")
		}
		over = &r
		q.selection.windows = []window.Range{r}
	}
	answer, err := q.series(calendar, over)
	if err != nil {
		return err
	}
	answer.Every, answer.Step = c.String("every"), c.String("step")
	if printed, err := writeResults(c, answer.Points, answer); printed || err != nil {
		return err
	}
	answer.write(c.App.Writer)
	return nil
}

// mostWindows bounds a series: a table that is longer is a mistake.
const mostWindows = 100_000

// series answers the question window by window. over nil is the days on which
// the documents were published: what they tell of earlier times is background.
func (q *question) series(calendar window.Calendar, over *window.Range) (*trends, error) {
	all, read, err := q.samples()
	if err != nil {
		return nil, err
	}
	r, ok := rangeOf(all, read.published, over)
	if !ok {
		return nil, usageError(errors.New("no dated statement"), "check --dyad, --over and the other filters")
	}
	if n := r.Days() / max(calendar.Step, 1); n > mostWindows && calendar.Unit == "" || calendar.Unit == window.EveryDay && r.Days() > mostWindows {
		return nil, usageError(fmt.Errorf("more than %d windows from %s to %s", mostWindows, r.From, r.To), "use longer windows, or fewer days with --over")
	}
	answer := &trends{
		Dataset: q.dir, By: q.selection.by, From: r.From.String(), To: r.To.String(),
		Level: q.options.Level, Resamples: q.options.Resamples, Seed: q.options.Seed, Weight: q.options.Weight, Changes: []changeJSON{},
	}
	asked := all[:0]
	for _, s := range all {
		if q.asked(s.Dyad) || q.enoughDocuments(&s, r) {
			asked = append(asked, s)
		} else {
			answer.FewDocuments++
		}
	}
	if len(asked) == 0 {
		return nil, usageError(fmt.Errorf("no dyad has %d documents", q.minDocuments), fmt.Sprintf("%d have fewer: lower --min-documents", answer.FewDocuments))
	}
	// The busiest first.
	slices.SortStableFunc(asked, func(a, b window.Sample) int { return -cmp.Compare(len(a.Tones), len(b.Tones)) })
	var rows []output.PointRow
	for _, s := range asked {
		trend := window.Trend(s, calendar, r, q.options)
		answer.list = append(answer.list, trend)
		rows = append(rows, pointRows(&trend)...)
		for _, change := range trend.Changes {
			answer.Changes = append(answer.Changes, changeJSON{s.Dyad.Source, s.Dyad.Target, change.At.String(), round(change.Before, 6), round(change.After, 6)})
		}
		for i := range s.Tones {
			if !r.Overlaps(s.Tones[i].When) {
				answer.outside++
			}
		}
	}
	answer.Points = output.Series(rows)
	return answer, nil
}

// rangeOf is the days that a series covers: as asked, with missing ends taken
// from the statements, or those of publication.
func rangeOf(all []window.Sample, published window.Range, over *window.Range) (window.Range, bool) {
	extent := window.Range{From: window.LastDay, To: window.FirstDay}
	for i := range all {
		if r, ok := all[i].Extent(); ok {
			extent = window.Range{From: min(extent.From, r.From), To: max(extent.To, r.To)}
		}
	}
	switch {
	case over == nil && published.From <= published.To:
		return published, true
	case over == nil:
		return extent, extent.From <= extent.To
	}
	r := *over
	if r.From == window.FirstDay {
		r.From = extent.From
	}
	if r.To == window.LastDay {
		r.To = extent.To
	}
	return r, r.From <= r.To && extent.From <= extent.To
}

func pointRows(s *window.Series) []output.PointRow {
	rows := make([]output.PointRow, len(s.Points))
	k := 0
	for i := range s.Points {
		p := &s.Points[i]
		rows[i] = output.PointRow{
			Source: s.Dyad.Source, Target: s.Dyad.Target, From: outputDay(p.Window.From), To: outputDay(p.Window.To),
			WindowFigures: windowFigures(p), ChangeBefore: output.Number(math.NaN()), ChangeAfter: output.Number(math.NaN()),
		}
		// Rolling windows need not begin on the day of a change.
		if k < len(s.Changes) && p.Window.From >= s.Changes[k].At {
			rows[i].Change = true
			rows[i].ChangeBefore, rows[i].ChangeAfter = figure(s.Changes[k].Before), figure(s.Changes[k].After)
			k++
		}
	}
	return rows
}
