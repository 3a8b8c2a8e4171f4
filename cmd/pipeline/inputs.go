package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/stages/ingest"
)

// inputs finds the sources of a run. The tables in the output folder are left
// out, as it may lie within an input folder.
func inputs(c *cli.Context, out string) ([]ingest.Source, error) {
	patterns, from := c.Args().Slice(), c.String("files-from")
	switch stdin := slices.Contains(patterns, "-"); {
	case len(patterns) == 0 && from == "":
		return nil, usageError(errors.New("no input"), "name files, folders or globs, or - for stdin")
	case stdin && from == "-":
		return nil, usageError(errors.New("stdin is both a list of files and articles"), "use - once")
	case (stdin || from == "-") && isTerminal(os.Stdin):
		return nil, usageError(errors.New("stdin is a terminal"), "pipe articles in, or name files")
	}
	listed, err := fileList(from, c.App.Reader)
	if err != nil {
		return nil, err
	}
	if len(patterns) == 0 && len(listed) == 0 {
		return nil, usageError(fmt.Errorf("--files-from %s: the list is empty", from), "it takes one file name a line")
	}
	sources, err := ingest.Expand(patterns, listed)
	if err != nil {
		return nil, err
	}
	sources = slices.DeleteFunc(sources, func(s ingest.Source) bool { return isTable(s.Path, out) })
	if len(sources) == 0 {
		return nil, usageError(fmt.Errorf("the only input is what %s holds already", out), "choose another --out")
	}
	return sources, nil
}

// fileList reads a list of file names, one a line or, as find -print0 writes
// them, with NUL behind each.
func fileList(from string, stdin io.Reader) ([]string, error) {
	var (
		list []byte
		err  error
	)
	switch from {
	case "":
		return nil, nil
	case "-":
		list, err = io.ReadAll(stdin)
	default:
		list, err = os.ReadFile(from)
	}
	if err != nil {
		return nil, usageError(fmt.Errorf("--files-from: %w", err), "name a file with one file name a line, or - for stdin")
	}
	end := "\n"
	if bytes.IndexByte(list, 0) >= 0 {
		end = "\x00"
	}
	var names []string
	for name := range strings.SplitSeq(string(list), end) {
		if end == "\n" {
			name = strings.TrimSuffix(name, "\r")
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

// isTable reports whether a path lies in one of the dataset's folders beneath out.
func isTable(path, out string) bool {
	var rel string
	switch out, _, _ := strings.Cut(out, "?"); {
	case path == "-":
		return false
	case output.IsRemote(path) || output.IsRemote(out):
		var beneath bool
		if rel, beneath = strings.CutPrefix(path, strings.TrimRight(out, "/")+"/"); !beneath {
			return false
		}
	default:
		r, err := filepath.Rel(realPath(out), realPath(path))
		if err != nil {
			return false
		}
		rel = filepath.ToSlash(r)
	}
	table, _, _ := strings.Cut(rel, "/")
	return table == output.StateFolder || slices.ContainsFunc(output.Columns(), func(c output.Column) bool { return c.Table == table })
}

// realPath is the absolute path without symbolic links, as far as it exists.
func realPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

// ingestOptions reads the input flags.
func ingestOptions(c *cli.Context) (ingest.Options, error) {
	o := ingest.Options{Fields: map[string][]string{}, Stdin: c.App.Reader, StdinFormat: c.String("stdin-format")}
	for _, f := range c.StringSlice("field") {
		name, column, ok := strings.Cut(f, "=")
		if !ok || name == "" || column == "" {
			return o, usageError(fmt.Errorf("--field %q", f), "the form is name=column, as text=my_column")
		}
		o.Fields[name] = append(o.Fields[name], column)
	}
	var err error
	if o.MaxUnpacked, err = parseSize(c.String("max-unpacked")); err != nil {
		return o, usageError(fmt.Errorf("--max-unpacked: %w", err), "a number with or without a unit, as 500MB or 64GiB")
	}
	if o.MaxDocument, err = parseSize(c.String("max-document")); err != nil {
		return o, usageError(fmt.Errorf("--max-document: %w", err), "a number with or without a unit, as 500kB or 10MiB")
	}
	if err := o.Check(); err != nil {
		return o, usageError(err, "")
	}
	return o, nil
}

// runID names a run after all that decides on its result, save the contents of
// the inputs: it is part of file names and metadata, and the same run again
// must write the same bytes.
func runID(work scoring, o output.Options) string {
	type source struct {
		Name string
		Size int64
	}
	var sources []source
	for _, s := range work.sources {
		sources = append(sources, source{s.Name(), s.Size})
	}
	text, err := json.Marshal([]any{sources, work.options.Fields, work.options.MaxDocument, work.options.StdinFormat, formatSince(work.since),
		o.Format, o.NoText, o.Meta.Version, o.Meta.Lexicons, o.Meta.Model})
	if err != nil {
		panic(err) // strings and numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// since reads --since: the beginning of a day, or a moment.
func since(c *cli.Context) (time.Time, error) {
	s := c.String("since")
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	if s == "" {
		return time.Time{}, nil
	}
	return time.Time{}, usageError(fmt.Errorf("--since %q is no date", s), "the forms are 2014-02-05 and 2014-02-05T10:00:00Z")
}

func formatSince(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
