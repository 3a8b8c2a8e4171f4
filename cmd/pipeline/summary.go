package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"detente/output"
)

// summary is what a run has to tell in the end.
type summary struct {
	Out         string           `json:"out"`
	Format      output.Format    `json:"format"`
	Run         string           `json:"run"`
	Began       time.Time        `json:"began"`
	Ended       time.Time        `json:"ended"`
	ExitCode    int              `json:"exit_code"`
	Error       string           `json:"error,omitempty"` // why the run failed; nothing was written
	Interrupted bool             `json:"interrupted"`
	Read        int64            `json:"read"` // scored + unchanged + skipped + older
	Scored      int64            `json:"scored"`
	Unchanged   int64            `json:"unchanged"` // known already
	SkippedAll  int64            `json:"skipped"`
	Duplicates  int64            `json:"duplicates"` // scored: near-duplicates of others
	Added       int64            `json:"added"`      // scored: new documents
	Revised     int64            `json:"revised"`    // scored: in place of an older version
	Replaced    int64            `json:"replaced"`   // scored, but a later document of the run had the same id
	Older       int64            `json:"older"`      // read and left out by --since
	Reasons     map[string]int64 `json:"reasons"`
	Skips       []skip           `json:"skips"`
	Warnings    map[string]int64 `json:"warnings"`
	Statements  int64            `json:"statements"`
	Tones       int64            `json:"tones"`
	Labels      map[string]int64 `json:"labels"`
	Dyads       []dyad           `json:"dyads"` // the busiest
	Commits     int              `json:"commits"`
	Files       int              `json:"files"` // written, with their bytes
	Bytes       int64            `json:"bytes"`
	TextBytes   int64            `json:"text_bytes"`
	Seconds     float64          `json:"seconds"`
	MBPerSecond float64          `json:"mb_per_second"` // of text
}

// summary takes the figures of the tables from what was written.
func (t *tally) summary(out string, o output.Options, written output.Summary, interrupted bool) *summary {
	seconds := time.Since(t.began).Seconds()
	s := &summary{
		Out: out, Format: o.Format, Run: o.Meta.Run, Began: t.began.UTC().Truncate(time.Millisecond), Interrupted: interrupted,
		Scored: t.scored, Older: t.older, Unchanged: t.unchanged, Added: written.Added, Revised: written.Revised, Replaced: written.Replaced, Duplicates: t.duplicates,
		Reasons: t.reasons, Skips: t.skipped, Warnings: t.warnings,
		Statements: written.Statements, Tones: written.Tones, Labels: t.dyads.labels, Dyads: t.dyads.busiest(8),
		Commits: written.Commits, Files: written.Files, Bytes: written.Bytes,
		TextBytes: t.textBytes, Seconds: round(seconds, 3), MBPerSecond: round(float64(t.textBytes)/1e6/seconds, 1),
	}
	for _, n := range t.reasons {
		s.SkippedAll += n
	}
	s.Read = s.Scored + s.Unchanged + s.SkippedAll + s.Older
	return s
}

// finish notes how the run ended. Its error is that of the run or, if inputs
// were skipped, the exit code.
func (s *summary) finish(err error) error {
	if err == nil && (s.Interrupted || s.SkippedAll > 0) {
		err = &exit{code: exitPartial}
	}
	if s.ExitCode = exitCode(err); s.ExitCode == exitFailed || s.ExitCode == exitUsage {
		s.Error = err.Error()
	}
	s.Ended = time.Now().UTC().Truncate(time.Millisecond)
	return err
}

// print prints the summary as the flags ask.
func (s *summary) print(c *cli.Context) error {
	switch {
	case c.Bool("json"):
		return writeJSON(c.App.Writer, s)
	case !c.Bool("quiet"):
		s.write(c.App.Writer)
	}
	return nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// write prints the summary for people.
func (s *summary) write(w io.Writer) {
	p := newPainter(w)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", p.paint(bold, fmt.Sprintf("%-10s", name)), fmt.Sprintf(format, args...))
	}
	row("documents", "%s read, %s scored, %s skipped", thousands(s.Read), thousands(s.Scored), thousands(s.SkippedAll))
	if s.Older > 0 {
		row("", "%s older than --since", thousands(s.Older))
	}
	if s.Unchanged > 0 {
		row("", "%s known already and unchanged", thousands(s.Unchanged))
	}
	if s.Revised > 0 {
		row("", "%s in place of an older version", thousands(s.Revised))
	}
	if s.Replaced > 0 {
		row("", "%s replaced by a later one of the same id", thousands(s.Replaced))
	}
	if s.Duplicates > 0 {
		row("", "%s near-duplicates of others", thousands(s.Duplicates))
	}
	if s.Scored > 0 || s.Unchanged == 0 {
		row("statements", "%s", thousands(s.Statements))
		row("tones", "%s: %s hostile, %s neutral, %s conciliatory", thousands(s.Tones),
			thousands(s.Labels["hostile"]), thousands(s.Labels["neutral"]), thousands(s.Labels["conciliatory"]))
	}
	row("time", "%.1f s, %.1f MB of text, %.1f MB/s", s.Seconds, float64(s.TextBytes)/1e6, s.MBPerSecond)
	s.writeCounts(w, p, "skipped", s.Reasons)
	for _, k := range s.Skips[:min(len(s.Skips), maxListed)] {
		fmt.Fprintf(w, "    %s: %s\n", oneLine(k.At), oneLine(k.Error))
	}
	if more := s.SkippedAll - maxListed; more > 0 {
		fmt.Fprintf(w, "    and %s more; --json lists all\n", thousands(more))
	}
	s.writeCounts(w, p, "warnings", s.Warnings)
	if s.Interrupted {
		fmt.Fprintf(w, "\n%s: the documents up to here were written\n", p.paint(bold, "interrupted"))
	}
	if len(s.Dyads) > 0 {
		fmt.Fprintf(w, "\n%s\n", p.paint(bold, fmt.Sprintf("%-25s %6s %6s  %-21s", "busiest dyads", "tones", "mean", "hostile | conciliatory")))
		for _, d := range s.Dyads {
			fmt.Fprintf(w, "  %-23s %6s  %s  %s\n", d.Source+" → "+d.Target, thousands(d.Tones), p.number(d.Mean), strings.TrimRight(p.bar(d.Mean), " "))
		}
	}
	s.writeTables(w, p)
}

// writeTables says where the tables are.
func (s *summary) writeTables(w io.Writer, p painter) {
	out := filepath.ToSlash(s.Out)
	if output.IsRemote(out) {
		out, _, _ = strings.Cut(out, "?") // options of the bucket
	}
	out = strings.TrimSuffix(out, "/")
	tones := out + "/tones"
	if s.Commits == 0 {
		fmt.Fprintf(w, "\n%s %s/{documents,statements,tones}/: nothing new\n", p.paint(bold, "tables"), out)
		return
	}
	fmt.Fprintf(w, "\n%s %s/{documents,statements,tones}/: %d files, %.1f MB\n", p.paint(bold, "tables"), out, s.Files, float64(s.Bytes)/1e6)
	if s.Format == output.Arrow {
		fmt.Fprintf(w, "in Python: import pyarrow.dataset as ds; ds.dataset(%q, format=\"ipc\", partitioning=\"hive\").to_table()\n", tones)
	} else {
		fmt.Fprintf(w, "in Python: import pandas as pd; pd.read_parquet(%q)\n", tones)
	}
}

// writeCounts prints counts, the highest first.
func (s *summary) writeCounts(w io.Writer, p painter, title string, counts map[string]int64) {
	if len(counts) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", p.paint(bold, title))
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for _, name := range names {
		fmt.Fprintf(w, "  %6s  %s\n", thousands(counts[name]), name)
	}
}

func round(v float64, places int) float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return 0
	}
	scale := math.Pow10(places)
	return math.Round(v*scale) / scale
}
