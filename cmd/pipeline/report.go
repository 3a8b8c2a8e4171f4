package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"detente/lexicons"
	"detente/output"
	"detente/output/report"
	"detente/stages/window"
)

// What a report holds beyond what it is asked for.
const (
	maxDyads   = 600 // with figures and statements, the busiest
	maxSeries  = 40
	maxChanges = 20
	maxWindows = 90 // of a series, if --every does not say otherwise
)

func reportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "write one web page: charts of who is hostile or friendly to whom, and the words behind them",
		ArgsUsage: "DATA",
		Description: "DATA is a folder that run wrote. The page needs no network and holds the strongest statements\n" +
			"of each dyad and window, up to a size of some megabytes.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Value: "report.html", Usage: "write the page to `FILE`, - is stdout"},
			&cli.StringFlag{Name: "title", Usage: "`TITLE` of the page (default: Détente and the folder's name)"},
			&cli.StringSliceFlag{Name: "dyad", Usage: "draw the series of `SOURCE:TARGET` before the busiest ones (repeatable; * is any)"},
			&cli.StringFlag{Name: "every", Usage: "windows of a series: `WINDOW` is day, week, month, quarter, year or a number of days as 14d (default: by the time that the data span)"},
			&cli.StringFlag{Name: "before", Usage: "changes: from the days `A..B` (default: the earlier half of the statements)"},
			&cli.StringFlag{Name: "after", Usage: "changes: to the days `C..D` (default: the later half)"},
			&cli.IntFlag{Name: "actors", Value: 20, Usage: "rows and columns of the matrix: the `N` busiest actors"},
			&cli.IntFlag{Name: "min-documents", Value: 10, Usage: "compare dyads that have `N` documents in both windows"},
			&cli.Float64Flag{Name: "min-confidence", Usage: "leave out tones of a confidence below `C`"},
			&cli.BoolFlag{Name: "with-duplicates", Usage: "count copies of articles too"},
			&cli.StringFlag{Name: "by", Value: string(output.ByDate), Usage: "`DATE` of a tone: date (of the statement) or published (of the article)"},
			configFlag(),
		}),
		Action: runReport,
	}
}

func runReport(c *cli.Context) error {
	r, err := reportFromFlags(c)
	if err != nil {
		return err
	}
	page, err := r.page()
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "-" {
		return report.Write(c.App.Writer, page)
	}
	size, err := writeWhole(out, func(w io.Writer) error { return report.Write(w, page) })
	if err != nil {
		return err
	}
	fmt.Fprintf(c.App.ErrWriter, "%s: %s, %s of %s tones with their words\n", out, megabytes(size),
		thousands(int64(len(page.Statements))), thousands(page.Overview.Counted))
	return nil
}

// reporting is what a page is asked for.
type reporting struct {
	dir, title           string
	settings             report.Settings
	first                []window.Dyad // patterns of the series that come first
	every                *window.Calendar
	before, after        *window.Range // nil = halves
	actors, minDocuments int
}

func reportFromFlags(c *cli.Context) (r reporting, err error) {
	switch {
	case c.NArg() == 0:
		return r, usageError(errors.New("no DATA folder"), "give the folder that pipeline run wrote")
	case c.NArg() > 1:
		return r, usageError(errors.New("more than one DATA folder"), "a report is of one folder")
	case c.Int("actors") < 2:
		return r, usageError(fmt.Errorf("--actors %d", c.Int("actors")), "at least 2")
	case (c.String("before") == "") != (c.String("after") == ""):
		return r, usageError(errors.New("--before without --after or the other way round"), "give both windows or neither")
	}
	r = reporting{
		dir: c.Args().First(), title: c.String("title"), actors: c.Int("actors"), minDocuments: c.Int("min-documents"),
		settings: report.Settings{WithDuplicates: c.Bool("with-duplicates"), MinConfidence: c.Float64("min-confidence")},
	}
	switch by := output.Dating(c.String("by")); by {
	case output.ByDate, output.ByPublished:
		r.settings.ByPublished = by == output.ByPublished
	default:
		return r, usageError(fmt.Errorf("--by %s", by), "date or published")
	}
	if r.title == "" {
		name, err := filepath.Abs(r.dir)
		if err != nil {
			return r, err
		}
		r.title = "Détente: " + filepath.Base(name)
	}
	for _, d := range c.StringSlice("dyad") {
		source, target, ok := strings.Cut(d, ":")
		if !ok || source == "" || target == "" {
			return r, usageError(fmt.Errorf("--dyad %s", d), "the form is SOURCE:TARGET, as VEN:USA or VEN:*")
		}
		r.first = append(r.first, window.Dyad{Source: source, Target: target})
	}
	if every := c.String("every"); every != "" {
		calendar, err := window.ParseCalendar(every, "")
		if err != nil {
			return r, usageError(fmt.Errorf("--every: %w", err), "")
		}
		r.every = &calendar
	}
	for _, w := range []struct {
		flag string
		into **window.Range
	}{{"before", &r.before}, {"after", &r.after}} {
		if text := c.String(w.flag); text != "" {
			span, err := window.ParseRange(text)
			if err != nil {
				return r, usageError(fmt.Errorf("--%s: %w", w.flag, err), "the form is 2014-01-15..2014-01-27")
			}
			*w.into = &span
		}
	}
	return r, nil
}

// page makes the page.
func (r *reporting) page() (*report.Page, error) {
	overview, dyads, err := report.Survey(r.dir, r.settings)
	if err != nil {
		return nil, err
	}
	read, err := readSamples(r.dir, selection{
		by: r.dating(), minConfidence: r.settings.MinConfidence, duplicates: r.settings.WithDuplicates,
	})
	if err != nil {
		return nil, err
	}
	names, err := actorNames(dyads)
	if err != nil {
		return nil, err
	}
	page := &report.Page{
		Title: r.title, Made: "Détente " + version, Names: names, Settings: r.settings, Overview: overview,
		Actors: report.Actors(dyads, r.actors), Dyads: dyads[:min(len(dyads), maxDyads)],
	}
	page.Series = r.series(read.list, dyads)
	if over, ok := extent(read.list...); ok {
		page.Changes = r.changes(read.list, over)
	}
	return page, report.Pick(r.dir, page)
}

func (r *reporting) dating() output.Dating {
	if r.settings.ByPublished {
		return output.ByPublished
	}
	return output.ByDate
}

// series are those of the dyads asked for, then of the busiest. A dyad and its
// reverse share their windows.
func (r *reporting) series(list []window.Sample, dyads []report.Dyad) []report.Series {
	of := map[window.Dyad]window.Sample{}
	for _, s := range list {
		of[s.Dyad] = s
	}
	var asked, others []window.Sample
	for _, d := range dyads {
		s := of[window.Dyad{Source: d.Source, Target: d.Target}]
		switch {
		case len(s.Tones) == 0: // all of them undated
		case slices.ContainsFunc(r.first, func(p window.Dyad) bool { return fits(p, d.Source, d.Target) }):
			asked = append(asked, s)
		default:
			others = append(others, s)
		}
	}
	drawn := append(asked, others...)
	series := []report.Series{} // not null in JSON
	for _, s := range drawn[:min(len(drawn), maxSeries)] {
		over, _ := extent(s, of[window.Dyad{Source: s.Dyad.Target, Target: s.Dyad.Source}])
		calendar := r.calendar(over)
		series = append(series, seriesOf(window.Trend(s, calendar, over, window.Options{}), calendar))
	}
	return series
}

// outer is the share of tones at either end of time that no series or halves
// reach: articles of this year tell of the last century.
const outer = 0.005

// extent is the days from the first tone to the last, the outer ones aside.
func extent(list ...window.Sample) (over window.Range, ok bool) {
	days := sortedDays(list)
	if len(days) == 0 {
		return over, false
	}
	cut := int(outer * float64(len(days)))
	return window.Range{From: days[cut], To: days[len(days)-1-cut]}, true
}

// sortedDays are the first days of all tones.
func sortedDays(list []window.Sample) []window.Day {
	var days []window.Day
	for _, s := range list {
		for i := range s.Tones {
			days = append(days, s.Tones[i].When.From)
		}
	}
	slices.Sort(days)
	return days
}

// calendar is that of --every, or the finest unit that has no more than
// maxWindows.
func (r *reporting) calendar(over window.Range) window.Calendar {
	if r.every != nil {
		return *r.every
	}
	for _, unit := range []struct {
		unit window.Unit
		days int
	}{{window.Week, 7}, {window.Month, 30}, {window.Quarter, 91}} {
		if over.Days() <= maxWindows*unit.days {
			return window.Calendar{Unit: unit.unit}
		}
	}
	return window.Calendar{Unit: window.Year}
}

func calendarName(c window.Calendar) string {
	if c.Unit != "" {
		return string(c.Unit)
	}
	return fmt.Sprintf("%d days", c.Days)
}

// seriesOf leaves out the empty windows: gaps.
func seriesOf(t window.Series, c window.Calendar) report.Series {
	s := report.Series{Source: t.Dyad.Source, Target: t.Dyad.Target, Every: calendarName(c), Points: []report.Point{}, Changes: []string{}}
	for _, p := range t.Points {
		if !p.Empty() {
			s.Points = append(s.Points, report.Point{
				Window: windowOf(p.Window), Mean: round(p.Mean, 3), Low: number(p.Low), High: number(p.High), N: p.Statements, Documents: p.Documents,
			})
		}
	}
	for _, c := range t.Changes {
		s.Changes = append(s.Changes, c.At.String())
	}
	return s
}

// changes compares the two windows, by default the halves of the statements,
// for all dyads that have documents enough in both. Those that are shown come
// first, then by the size of the difference.
func (r *reporting) changes(list []window.Sample, over window.Range) *report.Changes {
	before, after := halves(list, over)
	if r.before != nil {
		before, after = *r.before, *r.after
	}
	var enough []window.Sample
	for _, s := range list {
		if min(documentsWithin(s, before), documentsWithin(s, after)) >= r.minDocuments {
			enough = append(enough, s)
		}
	}
	c := &report.Changes{Before: windowOf(before), After: windowOf(after), Rows: []report.Change{}}
	compared := window.Compare(enough, before, after, window.Options{})
	slices.SortStableFunc(compared, func(a, b window.Comparison) int {
		if a.Shown != b.Shown {
			if a.Shown {
				return -1
			}
			return 1
		}
		return cmp.Compare(math.Abs(b.Difference), math.Abs(a.Difference))
	})
	for _, d := range compared[:min(len(compared), maxChanges)] {
		row := report.Change{
			Source: d.Dyad.Source, Target: d.Dyad.Target, Before: side(d.Before), After: side(d.After),
			Difference: round(d.Difference, 3), Low: number(d.Low), High: number(d.High), Q: number(d.Q), Shown: d.Shown, Warnings: []string{},
		}
		for _, w := range d.Warnings {
			row.Warnings = append(row.Warnings, w.Text)
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

func side(s window.Summary) report.Side {
	return report.Side{Mean: round(s.Mean, 3), N: s.Statements, Documents: s.Documents}
}

// halves cuts time at the day that has as many tones before it as after.
func halves(list []window.Sample, over window.Range) (before, after window.Range) {
	days := sortedDays(list)
	middle := max(days[len(days)/2], over.From+1)
	return window.Range{From: over.From, To: middle - 1}, window.Range{From: middle, To: max(over.To, middle)}
}

func documentsWithin(s window.Sample, r window.Range) int {
	seen := map[uint32]bool{}
	for i := range s.Tones {
		if t := &s.Tones[i]; r.Holds(t.When) {
			seen[t.Document] = true
		}
	}
	return len(seen)
}

func windowOf(r window.Range) report.Window {
	return report.Window{From: r.From.String(), To: r.To.String()}
}

// number is a figure for the page, nil if it cannot be told.
func number(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	v = round(v, 4)
	return &v
}

// actorNames are the names of the actors of dyads.
func actorNames(dyads []report.Dyad) (map[string]string, error) {
	files, err := lexicons.Embedded()
	if err != nil {
		return nil, err
	}
	all, names := lexicons.ActorNames(files...), map[string]string{}
	for _, d := range dyads {
		for _, code := range []string{d.Source, d.Target} {
			state, _, _ := strings.Cut(code, "-")
			for _, c := range []string{code, state} {
				if name, ok := all[c]; ok {
					names[c] = name
				}
			}
		}
	}
	return names, nil
}

// writeWhole writes a file all at once: if it fails, what was there stays.
func writeWhole(path string, write func(io.Writer) error) (size int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".report-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) // nothing, once it is renamed
	counted := &counter{w: f}
	err = errors.Join(write(counted), f.Chmod(0o644), f.Close())
	if err != nil {
		return 0, err
	}
	return counted.n, os.Rename(f.Name(), path)
}

// counter counts the bytes that go through it.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
