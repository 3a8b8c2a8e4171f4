package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/stages"
	"detente/stages/window"
)

// questionFlags are what compare, series and report have in common: which tones
// they are about and how figures are computed.
func questionFlags(minDocuments int, within string) []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "dyad", Aliases: []string{"d"}, Usage: "`SOURCE:TARGET`, as VEN:USA, VEN:*, *:USA (repeatable; default *:*)"},
		&cli.StringSliceFlag{Name: "actor", Usage: "`CODE` as source and as target (repeatable)"},
		&cli.BoolFlag{Name: "sectors", Usage: "count parts of a country with it: VEN-OPP as VEN"},
		&cli.StringFlag{Name: "by", Value: string(output.ByDate), Usage: "the statement's own `DATE` (date) or its document's (published)"},
		&cli.StringSliceFlag{Name: "kind", Usage: "`KIND` of statement: direct, mixed, indirect, action (repeatable; default all)"},
		&cli.Float64Flag{Name: "min-confidence", Usage: "leave out tones with less than `P`"},
		&cli.IntFlag{Name: "min-documents", Value: minDocuments, Usage: "of a pattern with *, leave out dyads with fewer than `N` documents" + within},
		&cli.BoolFlag{Name: "with-duplicates", Usage: "count copies of documents too"},
		&cli.StringFlag{Name: "weight", Value: string(window.Balanced), Usage: "of a document with n statements: balanced `BY` n/(1+0.3(n-1)), statement (n) or document (1)"},
		&cli.Float64Flag{Name: "level", Value: 0.05, Usage: "of significance; intervals have 1 - `LEVEL`"},
		&cli.IntFlag{Name: "resamples", Value: 2000, Usage: "draw documents `N` times for an interval"},
		&cli.IntFlag{Name: "seed", Usage: "of chance: the same `N` gives the same figures"},
		configFlag(),
	}
}

// tableFlags are what compare and series, which print tables, have besides.
func tableFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "pool", Usage: "take all that fits a pattern together, instead of a row for each dyad"},
		&cli.BoolFlag{Name: "json", Usage: "print JSON"},
		&cli.BoolFlag{Name: "csv", Usage: "print CSV"},
		&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write the table to `FILE`.parquet or .arrow"},
	}
}

// checkTableFlags refuses table flags that contradict each other.
func checkTableFlags(c *cli.Context) error {
	switch out := c.String("out"); {
	case out != "" && !slices.Contains([]string{".parquet", ".arrow"}, filepath.Ext(out)):
		return usageError(fmt.Errorf("--out %s: neither .parquet nor .arrow", out), "--csv and --json print to stdout")
	case c.Bool("json") && c.Bool("csv"):
		return usageError(errors.New("both --json and --csv"), "give one of them")
	}
	return nil
}

// question is what a command line asks of a dataset.
type question struct {
	dir          string
	selection    selection
	minDocuments int
	options      window.Options
}

// localOnly is the error of a command that reads folders only.
func localOnly(name string) error {
	return usageError(fmt.Errorf("%s: this command reads folders", name), "copy the dataset into one, with aws s3 sync or rclone")
}

func questionFromFlags(c *cli.Context) (*question, error) {
	if c.NArg() != 1 {
		return nil, usageError(fmt.Errorf("%d DATA folders", c.NArg()), "give the folder that pipeline run wrote with --out")
	}
	if output.IsRemote(c.Args().First()) {
		return nil, localOnly(c.Args().First())
	}
	q := &question{
		dir:          c.Args().First(),
		minDocuments: c.Int("min-documents"),
		selection: selection{
			pool: c.Bool("pool"), sectors: c.Bool("sectors"), by: output.Dating(c.String("by")),
			minConfidence: c.Float64("min-confidence"), duplicates: c.Bool("with-duplicates"),
		},
		options: window.Options{Level: c.Float64("level"), Resamples: c.Int("resamples"), Seed: uint64(c.Int("seed")), Weight: window.Weight(c.String("weight"))},
	}
	switch s := &q.selection; {
	case s.by != output.ByDate && s.by != output.ByPublished:
		return nil, usageError(fmt.Errorf("--by %s", s.by), "there are date and published")
	case s.minConfidence < 0 || s.minConfidence > 1:
		return nil, usageError(fmt.Errorf("--min-confidence %v", s.minConfidence), "confidence is 0 to 1")
	case !(q.options.Level > 0 && q.options.Level < 1):
		return nil, usageError(fmt.Errorf("--level %v", q.options.Level), "the level is between 0 and 1, as 0.05")
	case !slices.Contains([]window.Weight{window.Balanced, window.ByStatement, window.ByDocument}, q.options.Weight):
		return nil, usageError(fmt.Errorf("--weight %s", q.options.Weight), "there are balanced, statement and document")
	case q.options.Resamples < 100 || q.options.Resamples > 1_000_000:
		return nil, usageError(fmt.Errorf("--resamples %d", q.options.Resamples), "use 100 to 1000000")
	}
	for _, k := range c.StringSlice("kind") {
		i := slices.Index(window.Kinds[:], stages.Kind(k))
		if i < 0 {
			return nil, usageError(fmt.Errorf("--kind %s", k), "the kinds are direct, mixed, indirect and action")
		}
		q.selection.kinds = append(q.selection.kinds, window.Kind(i))
	}
	for _, s := range c.StringSlice("dyad") {
		source, target, ok := strings.Cut(s, ":")
		if !ok || source == "" || target == "" || strings.Contains(target, ":") {
			return nil, usageError(fmt.Errorf("--dyad %s", s), "the form is SOURCE:TARGET, as VEN:USA or VEN:*")
		}
		q.selection.dyads = append(q.selection.dyads, window.Dyad{Source: source, Target: target})
	}
	for _, code := range c.StringSlice("actor") {
		q.selection.dyads = append(q.selection.dyads, window.Dyad{Source: code, Target: "*"}, window.Dyad{Source: "*", Target: code})
	}
	return q, nil
}

// samples reads the dataset for the question. An explicit dyad that has no
// tone comes as a sample without any.
func (q *question) samples() ([]window.Sample, *samples, error) {
	read, err := readSamples(q.dir, q.selection)
	if err != nil {
		return nil, nil, err
	}
	list := read.list
	for _, d := range q.selection.dyads {
		fit := func(s window.Sample) bool { return s.Dyad == d || fits(d, s.Dyad.Source, s.Dyad.Target) }
		if i := slices.IndexFunc(list, fit); i >= 0 && (!q.selection.pool || len(list[i].Tones)+list[i].Undated > 0) {
			continue
		}
		for _, code := range []string{d.Source, d.Target} {
			if err := q.checkCode(code); err != nil {
				return nil, nil, err
			}
		}
		if !wildcard(d) && !q.selection.pool {
			list = append(list, window.Sample{Dyad: d})
		}
	}
	return list, read, nil
}

func wildcard(d window.Dyad) bool { return d.Source == "*" || d.Target == "*" }

// asked reports whether a dyad was named, not found by a pattern.
func (q *question) asked(d window.Dyad) bool {
	return q.selection.pool || slices.Contains(q.selection.dyads, d)
}

// writeResults writes the table where the flags say, with frame around it as
// JSON; printed is false if it is to be printed for people.
func writeResults[R any](c *cli.Context, r output.Results[R], frame any) (printed bool, err error) {
	if path := c.String("out"); path != "" {
		if err := r.WriteFile(path, output.Meta{Version: version}); err != nil {
			return false, err
		}
	}
	switch {
	case c.Bool("json"):
		return true, writeJSON(c.App.Writer, frame)
	case c.Bool("csv"):
		return true, r.WriteCSV(c.App.Writer)
	}
	return false, nil
}
