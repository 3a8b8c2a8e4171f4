package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/output/report"
	"detente/stages/window"
)

func reportCommand() *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "write one web page: charts of who is hostile or friendly to whom, and the words behind them",
		ArgsUsage: "DATA",
		Description: "DATA is a folder that run wrote. The page is one file that needs no network. It holds the strongest\n" +
			"statements of each dyad and window; --dyad and --actor say whose series come first. The biggest changes\n" +
			"are between the two windows, by default the earlier and the later half of the statements.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Value: "report.html", Usage: "write the page to `FILE`, - is stdout"},
			&cli.StringFlag{Name: "title", Usage: "`TITLE` of the page (default: Détente and the folder's name)"},
			&cli.IntFlag{Name: "actors", Value: 20, Usage: "rows and columns of the matrix: the `N` busiest actors"},
			&cli.StringFlag{Name: "every", Usage: "`LENGTH` of a series' windows: day, week, month, quarter, year, or days as 14d (default: by the days that a dyad spans)"},
		}, windowFlags(), questionFlags(5, " in a window")),
		Action: runReport,
	}
}

func runReport(c *cli.Context) error {
	r, err := reportingFromFlags(c)
	if err != nil {
		return err
	}
	out := c.String("out")
	if folder := filepath.Dir(out); out != "-" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return usageError(fmt.Errorf("--out %s: there is no folder %s", out, folder), "make it first")
		}
	}
	page, err := r.page()
	if err != nil {
		return err
	}
	if out == "-" {
		return report.Write(c.App.Writer, page)
	}
	size, err := writeWhole(out, func(w io.Writer) error { return report.Write(w, page) })
	if err != nil {
		return err
	}
	fmt.Fprintf(c.App.ErrWriter, "%s: %.1f MB, %s of %s tones with their words\n", out, float64(size)/1e6,
		thousands(int64(len(page.Statements))), thousands(page.Overview.Counted))
	return nil
}

// reporting is what a page is asked for.
type reporting struct {
	question
	title         string
	actors        int
	every         *window.Calendar // nil = by the days that a dyad spans
	before, after *window.Range    // nil = halves
}

func reportingFromFlags(c *cli.Context) (*reporting, error) {
	q, err := questionFromFlags(c)
	if err != nil {
		return nil, err
	}
	r := &reporting{question: *q, title: c.String("title"), actors: c.Int("actors")}
	if r.actors < 2 {
		return nil, usageError(fmt.Errorf("--actors %d", r.actors), "at least 2")
	}
	if r.title == "" {
		folder, err := filepath.Abs(r.dir)
		if err != nil {
			return nil, err
		}
		r.title = "Détente: " + filepath.Base(folder)
	}
	if every := c.String("every"); every != "" {
		calendar, err := window.ParseCalendar(every, "")
		if err != nil {
			return nil, usageError(fmt.Errorf("--every %w", err), "use day, week, month, quarter, year, or 14d")
		}
		r.every = &calendar
	}
	if c.String("before") != "" || c.String("after") != "" || c.String("around") != "" || c.String("span") != "" {
		before, after, err := windowsFromFlags(c)
		if err != nil {
			return nil, err
		}
		r.before, r.after = &before, &after
	}
	return r, nil
}

// settings are the question's for the page.
func (r *reporting) settings() report.Settings {
	s := report.Settings{
		ByPublished: r.selection.by == output.ByPublished, WithDuplicates: r.selection.duplicates,
		MinConfidence: r.selection.minConfidence, Sectors: r.selection.sectors, Kinds: []string{},
	}
	for _, k := range r.selection.kinds {
		s.Kinds = append(s.Kinds, string(window.Kinds[k]))
	}
	return s
}

// writeWhole writes a file all at once: if it fails, what was there stays.
func writeWhole(path string, write func(io.Writer) error) (size int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".report-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) // fails once it is renamed, as it should
	err = write(f)
	if err == nil {
		size, err = f.Seek(0, io.SeekCurrent)
	}
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return 0, err
	}
	return size, os.Rename(f.Name(), path)
}
