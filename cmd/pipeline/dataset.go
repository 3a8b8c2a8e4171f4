package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"github.com/zeebo/xxh3"

	"detente/output"
	"detente/stages/ingest"
)

func statusCommand() *cli.Command {
	return &cli.Command{
		Name:      "status",
		Usage:     "say what a folder of tables holds, since when and from what",
		ArgsUsage: "FOLDER",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON"}, configFlag()},
		Action: func(c *cli.Context) error {
			dir, err := datasetFolder(c)
			if err != nil {
				return err
			}
			local, remove, err := fetchAll(dir)
			if err != nil {
				return err
			}
			defer remove()
			state, err := output.ReadState(local)
			if err != nil {
				return err
			}
			s := newStatus(dir, state)
			if c.Bool("json") {
				err = writeJSON(c.App.Writer, s)
			} else {
				s.write(c.App.Writer)
			}
			if err == nil && len(s.Problems) > 0 {
				err = &exit{code: exitFailed}
			}
			return err
		},
	}
}

// datasetFolder is the one argument of the commands about a dataset.
func datasetFolder(c *cli.Context) (string, error) {
	if c.NArg() != 1 {
		return "", usageError(errors.New("name one folder of tables"), "the one that pipeline run wrote with --out")
	}
	return c.Args().First(), nil
}

// fetchAll is where a dataset can be read. One in an object store is copied for that.
func fetchAll(name string) (dir string, remove func(), err error) {
	var tables []string
	for _, c := range output.Columns() {
		if !slices.Contains(tables, c.Table) {
			tables = append(tables, c.Table)
		}
	}
	return output.Fetch(name, tables...)
}

// status is what "pipeline status" prints.
type status struct {
	Out        string         `json:"out"`
	Format     output.Format  `json:"format"`
	Documents  int64          `json:"documents"`
	Duplicates int64          `json:"duplicates"`
	Undated    int64          `json:"undated"`
	First      *time.Time     `json:"first_published"`
	Last       *time.Time     `json:"last_published"`
	Statements int64          `json:"statements"`
	Tones      int64          `json:"tones"`
	Commit     int            `json:"commit"`
	Command    string         `json:"last_command"`
	Run        string         `json:"last_run"`
	Time       time.Time      `json:"last_commit"`
	Writer     string         `json:"writer"`
	Files      int            `json:"files"`
	Mergeable  int            `json:"mergeable_files"`
	Bytes      int64          `json:"bytes"`
	Origins    []statusOrigin `json:"origins"`
	Problems   []string       `json:"problems"`
}

// statusOrigin is what made some of the scores.
type statusOrigin struct {
	Documents int64 `json:"documents"`
	output.Origin
}

func newStatus(dir string, s *output.State) *status {
	p := &status{
		Out: dir, Format: s.Format, Documents: s.Documents, Duplicates: s.Duplicates, Undated: s.Undated,
		Statements: s.Statements, Tones: s.Tones, Commit: s.Commit, Command: s.Command, Run: s.Run, Time: s.Time.UTC(), Writer: s.Writer,
		Files: s.Files, Mergeable: s.Mergeable, Bytes: s.Bytes, Origins: []statusOrigin{}, Problems: append([]string{}, s.Problems...),
	}
	if !s.First.IsZero() {
		p.First, p.Last = &s.First, &s.Last
	}
	for o, n := range s.Origins {
		p.Origins = append(p.Origins, statusOrigin{n, o})
	}
	slices.SortFunc(p.Origins, func(a, b statusOrigin) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Lexicons, b.Lexicons), cmp.Compare(a.Model, b.Model))
	})
	return p
}

func (s *status) write(w io.Writer) {
	p := newPainter(w)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", p.paint(bold, fmt.Sprintf("%-10s", name)), fmt.Sprintf(format, args...))
	}
	row("documents", "%s, %s of them copies, %s without a date", thousands(s.Documents), thousands(s.Duplicates), thousands(s.Undated))
	if s.First != nil {
		row("published", "%s to %s", s.First.Format(time.DateOnly), s.Last.Format(time.DateOnly))
	}
	row("statements", "%s", thousands(s.Statements))
	row("tones", "%s", thousands(s.Tones))
	row("files", "%s (%s), %.1f MB", thousands(int64(s.Files)), s.Format, float64(s.Bytes)/1e6)
	if s.Mergeable > 0 {
		row("", "%s of them are small: pipeline compact merges them", thousands(int64(s.Mergeable)))
	}
	row("last run", "%s, commit %d by pipeline %s", s.Time.Format(time.RFC3339), s.Commit, s.Command)
	if s.Writer != "" {
		row("writing", "%s", s.Writer)
	}
	for i, o := range s.Origins {
		name := ""
		if i == 0 {
			name = "scored by"
		}
		row(name, "version %s, model %s, lexicons %s: %s documents", o.Version, nameOfModel(o.Model), shortHash(o.Lexicons), thousands(o.Documents))
	}
	if len(s.Problems) > 0 {
		fmt.Fprintf(w, "\n%s\n", p.paint(bold, "problems"))
		for _, problem := range s.Problems {
			fmt.Fprintf(w, "  %s\n", problem)
		}
	}
}

// nameOfModel is a model without the hashes of its weights.
func nameOfModel(model string) string {
	name, _, _ := strings.Cut(model, "=")
	return name
}

// shortHash names a set of lexicons by seven digits.
func shortHash(lexicons string) string { return fmt.Sprintf("%016x", xxh3.HashString(lexicons))[:7] }

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check tables against their log and each other",
		ArgsUsage: "FOLDER",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON"}, configFlag()},
		Action: func(c *cli.Context) error {
			dir, err := datasetFolder(c)
			if err != nil {
				return err
			}
			local, remove, err := fetchAll(dir)
			if err != nil {
				return err
			}
			defer remove()
			r, err := output.Verify(local, ingest.ContentHash)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				err = writeJSON(c.App.Writer, newVerification(dir, r))
			} else {
				writeReport(c.App.Writer, r)
			}
			if err == nil && len(r.Problems) > 0 {
				err = &exit{code: exitFailed}
			}
			return err
		},
	}
}

// verification is what "pipeline verify --json" prints.
type verification struct {
	Out        string   `json:"out"`
	Commit     int      `json:"commit"`
	Files      int      `json:"files"`
	Documents  int64    `json:"documents"`
	Statements int64    `json:"statements"`
	Tones      int64    `json:"tones"`
	Problems   []string `json:"problems"`
	More       int      `json:"more_problems"` // that are not listed
}

func newVerification(dir string, r *output.Report) verification {
	return verification{dir, r.Commit, r.Files, r.Documents, r.Statements, r.Tones, append([]string{}, r.Problems...), r.More}
}

func writeReport(w io.Writer, r *output.Report) {
	for _, problem := range r.Problems {
		fmt.Fprintln(w, problem)
	}
	found := "no problems"
	if n := len(r.Problems) + r.More; n > 0 {
		found = thousands(int64(n)) + " problems"
	}
	fmt.Fprintf(w, "%s in %s files: %s documents, %s statements, %s tones, commit %d\n", found,
		thousands(int64(r.Files)), thousands(r.Documents), thousands(r.Statements), thousands(r.Tones), r.Commit)
}

func compactCommand() *cli.Command {
	return &cli.Command{
		Name:      "compact",
		Usage:     "merge small files",
		ArgsUsage: "FOLDER",
		Description: "No row changes. Files that a reader has listed may vanish before it opens them: it reads again\n" +
			"then. Run it when nobody reads, every some hundred runs.",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON"}, configFlag()},
		Action: func(c *cli.Context) error {
			dir, err := datasetFolder(c)
			if err != nil {
				return err
			}
			done, err := output.Compact(dir, output.Options{Meta: output.Meta{Version: version, Run: "compact"}})
			if err != nil {
				return err
			}
			if c.Bool("json") {
				return writeJSON(c.App.Writer, map[string]int{"files_before": done.Before, "files_after": done.After})
			}
			fmt.Fprintf(c.App.Writer, "%s files before, %s after\n", thousands(int64(done.Before)), thousands(int64(done.After)))
			return nil
		},
	}
}
