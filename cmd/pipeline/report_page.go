package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"detente/lexicons"
	"detente/output"
	"detente/output/report"
	"detente/stages/window"
)

// What a page holds at most.
const (
	maxDyads   = 600 // with figures and statements, the busiest, if not all statements have room
	maxSeries  = 40
	maxChanges = 20
	maxWindows = 90 // of a series, where --every does not say otherwise
)

// page makes the page.
func (r *reporting) page() (*report.Page, error) {
	settings := r.settings()
	overview, dyads, err := report.Survey(r.dir, settings, r.options.Weight.Of)
	if err != nil {
		return nil, err
	}
	for _, d := range r.selection.dyads {
		for _, code := range []string{d.Source, d.Target} {
			if err := r.checkCode(code); err != nil {
				return nil, err
			}
		}
	}
	all := r.selection
	all.dyads = nil
	read, err := readSamples(r.dir, all)
	if err != nil {
		return nil, err
	}
	made, err := output.ReadMeta(r.dir)
	if err != nil {
		return nil, err
	}
	names, err := actorNames(dyads)
	if err != nil {
		return nil, err
	}
	page := &report.Page{
		Title: r.title, Names: names, Settings: settings, Overview: overview,
		Made:   report.Made{Program: version, Tables: made.Version, Model: made.Model, Run: made.Run, Lexicons: strings.Fields(made.Lexicons)},
		Actors: report.Actors(dyads, r.actors), Dyads: dyads, Series: r.series(read.list, dyads),
	}
	if overview.Counted > report.MaxStatements {
		page.Dyads = dyads[:min(len(dyads), maxDyads)]
	}
	if over, ok := middleOf(read.list...); ok {
		page.Changes = r.changes(read.list, over)
	}
	return page, report.Pick(r.dir, page)
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
		case slices.ContainsFunc(r.selection.dyads, func(p window.Dyad) bool { return fits(p, d.Source, d.Target) }):
			asked = append(asked, s)
		default:
			others = append(others, s)
		}
	}
	drawn := append(asked, others...)
	series := []report.Series{} // not null in JSON
	for _, s := range drawn[:min(len(drawn), maxSeries)] {
		over, _ := middleOf(s, of[window.Dyad{Source: s.Dyad.Target, Target: s.Dyad.Source}])
		calendar := r.calendar(over)
		trend := window.Trend(s, calendar, over, r.options)
		series = append(series, seriesOf(&trend, len(s.Tones), calendar))
	}
	return series
}

// outer is the share of tones at either end of time that no series and no half
// reaches: articles of this year tell of the last century.
const outer = 0.005

// middleOf is the days from the first tone to the last, the outer ones aside;
// ok is false without any.
func middleOf(list ...window.Sample) (over window.Range, ok bool) {
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
	for i := range list {
		for k := range list[i].Tones {
			days = append(days, list[i].Tones[k].When.From)
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
	for _, c := range []struct {
		unit window.Unit
		days int
	}{{window.Week, 7}, {window.Month, 30}, {window.Quarter, 91}} {
		if over.Days() <= maxWindows*c.days {
			return window.Calendar{Unit: c.unit}
		}
	}
	return window.Calendar{Unit: window.Year}
}

// seriesOf is the series of a dyad that has the given number of dated tones.
// Empty windows are left out: gaps.
func seriesOf(t *window.Series, tones int, c window.Calendar) report.Series {
	s := report.Series{Source: t.Dyad.Source, Target: t.Dyad.Target, Every: string(c.Unit), Points: []report.Point{}, Outside: tones, Changes: []string{}}
	if c.Unit == "" {
		s.Every = fmt.Sprintf("%d days", c.Days)
	}
	for i := range t.Points {
		if p := &t.Points[i]; !p.Empty() {
			s.Outside -= p.Statements
			s.Points = append(s.Points, report.Point{
				Window: pageWindow(p.Window), Mean: round(p.Mean, 4), Low: pageFigure(p.Low), High: pageFigure(p.High), N: p.Statements, Documents: p.Documents,
			})
		}
	}
	for _, c := range t.Changes {
		s.Changes = append(s.Changes, c.At.String())
	}
	return s
}

// changes compares the two windows, by default halves, for all dyads that have
// documents enough in both.
func (r *reporting) changes(list []window.Sample, over window.Range) *report.Changes {
	before, after := halves(list, over)
	if r.before != nil {
		before, after = *r.before, *r.after
	}
	var enough []window.Sample
	for i := range list {
		if r.enoughDocuments(&list[i], before) && r.enoughDocuments(&list[i], after) {
			enough = append(enough, list[i])
		}
	}
	compared := window.Compare(enough, before, after, r.options)
	greatestFirst(compared)
	c := &report.Changes{Before: pageWindow(before), After: pageWindow(after), MinDocuments: r.minDocuments, Rows: []report.Change{}}
	for i := range compared[:min(len(compared), maxChanges)] {
		d := &compared[i]
		row := report.Change{
			Source: d.Dyad.Source, Target: d.Dyad.Target, Before: pageSide(&d.Before), After: pageSide(&d.After),
			Difference: round(d.Difference, 4), Low: pageFigure(d.Low), High: pageFigure(d.High), Q: pageFigure(d.Q), Shown: d.Shown, Warnings: []string{},
		}
		for _, w := range d.Warnings {
			row.Warnings = append(row.Warnings, w.Text)
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// halves cuts time at the day that has as many tones before it as after.
func halves(list []window.Sample, over window.Range) (before, after window.Range) {
	days := sortedDays(list)
	middle := max(days[len(days)/2], over.From+1)
	return window.Range{From: over.From, To: middle - 1}, window.Range{From: middle, To: max(over.To, middle)}
}

func pageSide(s *window.Summary) report.Side {
	return report.Side{Mean: round(s.Mean, 4), N: s.Statements, Documents: s.Documents}
}

func pageWindow(r window.Range) report.Window {
	return report.Window{From: r.From.String(), To: r.To.String()}
}

// pageFigure is nil for a figure that cannot be told.
func pageFigure(v float64) *float64 {
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
