package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"detente/output"
	"detente/stages"
)

// BenchmarkWindows asks a dataset of 5 million tones, in 700,000 documents of
// eight years, as the command line does, in a process of its own. It reports
// the seconds and the peak memory of each question.
func BenchmarkWindows(b *testing.B) {
	const tones = 5_000_000
	dir := filepath.Join(b.TempDir(), "tone")
	if err := generate(dir, tones); err != nil {
		b.Fatal(err)
	}
	before, after := "2015-01-01..2016-12-31", "2017-01-01..2018-12-31"
	for name, args := range map[string][]string{
		"compare-dyad":      {"compare", dir, "--dyad", "C00:C01", "--before", before, "--after", after},
		"compare-month":     {"compare", dir, "--dyad", "C00:C01", "--around", "2017-01-01", "--by", "published"},
		"compare-actor":     {"compare", dir, "--actor", "C00", "--before", before, "--after", after},
		"compare-all":       {"compare", dir, "--before", before, "--after", after},
		"compare-all-years": {"compare", dir, "--before", "2012..2015", "--after", "2016..2019"},
		"series-dyad":       {"series", dir, "--dyad", "C00:C01", "--every", "week"},
	} {
		b.Run(name, func(b *testing.B) {
			peak := int64(0)
			for b.Loop() {
				c := exec.Command(os.Args[0])
				c.Args = append([]string{"pipeline"}, args...)
				c.Stdout, c.Stderr = io.Discard, os.Stderr
				if err := c.Run(); err != nil {
					b.Fatal(err)
				}
				if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
					peak = max(peak, usage.Maxrss)
				}
			}
			b.ReportMetric(float64(peak)/1024, "MB-peak")
		})
	}
}

// generate writes a dataset with n tones between 40 actors, a few of which have
// the most to say.
func generate(dir string, n int) error {
	w, err := output.Open(dir, output.Options{Meta: output.Meta{Version: "0", Run: "generated"}})
	if err != nil {
		return err
	}
	defer w.Close()
	random := rand.New(rand.NewPCG(1, 2))
	first := time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC)
	actors := rand.NewZipf(random, 1.3, 3, 39)
	kinds := []stages.Kind{stages.Direct, stages.Mixed, stages.Indirect, stages.Action}
	for document := 0; n > 0; document++ {
		day := first.AddDate(0, 0, random.IntN(8*365))
		a := &stages.Article{
			ID: fmt.Sprintf("document-%07d", document), URI: "generated", Published: day, PublishedFrom: stages.PublishedField,
			Publisher: fmt.Sprintf("publisher %d", random.IntN(30)), Language: "en", ContentHash: "0", Text: "said",
		}
		d := output.Document{Article: a}
		mean := random.NormFloat64() * 0.3
		for range min(n, 1+random.IntN(13)) {
			source, target := actors.Uint64(), actors.Uint64()
			for target == source {
				target = uint64(random.IntN(40))
			}
			value := float32(max(-1, min(1, mean+random.NormFloat64()*0.5)))
			label := stages.Neutral
			if value < -0.3 {
				label = stages.Hostile
			} else if value > 0.3 {
				label = stages.Conciliatory
			}
			date := stages.Date{Time: day.AddDate(0, 0, -random.IntN(20)), Precision: stages.DayPrecision}
			d.Statements = append(d.Statements, stages.Statement{
				Ordinal: len(d.Statements), Span: stages.Span{End: 4}, Kind: kinds[random.IntN(4)], Date: date,
				Tones: []stages.Tone{{Source: fmt.Sprintf("C%02d", source), Target: fmt.Sprintf("C%02d", target), Tone: value, Label: label, Confidence: random.Float32()}},
			})
			n--
		}
		if _, err := w.Write(d); err != nil {
			return err
		}
	}
	return w.Commit()
}
