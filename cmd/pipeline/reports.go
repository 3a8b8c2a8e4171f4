package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// reports are the files that tell a monitor how a run went.
var reports = []struct {
	flag  string
	write func(io.Writer, *summary) error
}{
	{"summary", func(w io.Writer, s *summary) error { return writeJSON(w, s) }},
	{"metrics", writeMetrics},
}

// checkReports finds a report that cannot be written before a run, not after.
func checkReports(c *cli.Context) error {
	for _, r := range reports {
		path := c.String(r.flag)
		if path == "" {
			continue
		}
		info, err := os.Stat(filepath.Dir(path))
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is no folder", filepath.Dir(path))
		}
		if target, e := os.Stat(path); e == nil && !target.Mode().IsRegular() {
			err = fmt.Errorf("%s is not a regular file", path)
		}
		if err != nil {
			return usageError(fmt.Errorf("--%s: %w", r.flag, err), "name a file in a folder that exists")
		}
	}
	return nil
}

// writeReports writes the reports that the flags ask for.
func writeReports(c *cli.Context, s *summary) error {
	var errs []error
	for _, r := range reports {
		if path := c.String(r.flag); path != "" {
			var b bytes.Buffer
			err := r.write(&b, s)
			if err == nil {
				err = replaceFile(path, b.Bytes())
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("--%s: %w", r.flag, err))
			}
		}
	}
	return errors.Join(errs...)
}

// replaceFile writes a file at once: whoever reads it meanwhile sees the old
// content or the new one.
func replaceFile(path string, content []byte) error {
	// Prometheus reads *.prom alone, and no hidden files.
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// writeMetrics writes the text format of Prometheus. All are gauges: they tell
// of the last run.
func writeMetrics(out io.Writer, s *summary) error {
	w := metricsWriter{}
	w.gauge("exit_code", "Exit code of the last run: 0 done, 1 failed, 2 wrong usage, 3 inputs were skipped.", float64(s.ExitCode))
	w.gauge("end_timestamp_seconds", "When the last run ended.", float64(s.Ended.UnixMilli())/1000)
	w.gauge("duration_seconds", "How long the last run took.", s.Seconds)
	w.gauge("documents_read", "Documents read.", float64(s.Read))
	w.gauge("documents_scored", "Documents scored.", float64(s.Scored))
	w.gauge("documents_older", "Documents left out by --since.", float64(s.Older))
	w.gauge("documents_replaced", "Documents replaced by a later one of the same id.", float64(s.Replaced))
	w.gauges("documents_skipped", "Inputs skipped, by reason.", "reason", s.Reasons)
	w.gauges("documents_warned", "Documents with a warning, by warning.", "warning", s.Warnings)
	w.gauge("statements", "Statements found.", float64(s.Statements))
	w.gauges("tones", "Tones of statements, by label.", "label", s.Labels)
	w.gauge("text_bytes", "Bytes of text scored.", float64(s.TextBytes))
	w.gauge("written_files", "Files written.", float64(s.Files))
	w.gauge("written_bytes", "Bytes written.", float64(s.Bytes))
	_, err := out.Write(w.b.Bytes())
	return err
}

type metricsWriter struct{ b bytes.Buffer }

const metricsPrefix = "detente_run_"

func (w *metricsWriter) head(name, help string) {
	fmt.Fprintf(&w.b, "# HELP %s%s %s\n# TYPE %s%s gauge\n", metricsPrefix, name, help, metricsPrefix, name)
}

func (w *metricsWriter) gauge(name, help string, value float64) {
	w.head(name, help)
	fmt.Fprintf(&w.b, "%s%s %v\n", metricsPrefix, name, value)
}

// gauges writes one figure for each value of a label, in their order.
func (w *metricsWriter) gauges(name, help, label string, values map[string]int64) {
	if len(values) == 0 {
		return
	}
	w.head(name, help)
	for _, v := range slices.SortedFunc(maps.Keys(values), cmp.Compare[string]) {
		fmt.Fprintf(&w.b, "%s%s{%s=\"%s\"} %d\n", metricsPrefix, name, label, labelValue.Replace(v), values[v])
	}
}

var labelValue = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
