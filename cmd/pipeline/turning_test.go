package main

import (
	"bufio"
	"context"
	"flag"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"detente/output"
	"detente/stages/ingest"
	"detente/stages/window"
)

// The known turning points and the corpora lie beside the project, where they
// do at all; make turning-points runs this test.
var turningPoints = flag.String("turning-points", "", "table of known changes of tone; corpora lie in ../corpora beside it")

// turningPoint is a row of the table: a change of tone that history tells of.
type turningPoint struct {
	corpus, date, event string
	dyad                window.Dyad
	before, after       window.Range
	hostile             bool // the tone should become more hostile
}

// TestTurningPoints scores the corpora and compares the windows of each row,
// as one family of tests.
func TestTurningPoints(t *testing.T) {
	if *turningPoints == "" {
		t.Skip("no -turning-points")
	}
	points := readTurningPoints(t, *turningPoints)
	datasets := map[string]string{}
	var list []window.Comparison
	for _, p := range points {
		if datasets[p.corpus] == "" {
			datasets[p.corpus] = scored(t, filepath.Join(filepath.Dir(*turningPoints), "..", "corpora", p.corpus+".jsonl.zst"))
		}
		list = append(list, compareWindows(t, datasets[p.corpus], p.dyad, p.before, p.after))
	}
	window.Adjust(list, window.Options{})
	right, shown := 0, 0
	for i, c := range list {
		p := points[i]
		verdict := "WRONG"
		if c.Difference < 0 == p.hostile && c.Difference != 0 {
			verdict = "right"
			right++
		}
		if c.Shown && verdict == "right" {
			shown++
		} else {
			verdict += " ~"
		}
		t.Logf("%-18s %s %s  %5d → %5d statements  %4d → %4d documents  %+.2f → %+.2f  %+.2f (%s)  p %.4f  q %.4f  %s: %s",
			p.corpus, p.dyad, p.date, c.Before.Statements, c.After.Statements, c.Before.Documents, c.After.Documents,
			c.Before.Mean, c.After.Mean, c.Difference, intervalText(c.Low, c.High), c.P, c.Q, verdict, p.event)
	}
	t.Logf("%d of %d directions are right, %d of them shown", right, len(points), shown)
	if right < len(points) || shown < 15 {
		t.Errorf("%d of %d directions are right, %d of them shown; want all, and 15", right, len(points), shown)
	}

	// War words about a victim are no hostility toward it.
	year, err := window.ParseRange("2022")
	if err != nil {
		t.Fatal(err)
	}
	mean := func(target string) float64 {
		return compareWindows(t, datasets["wh_2021_2026"], window.Dyad{Source: "USA", Target: target}, year, year).After.Mean
	}
	ukr, rus := mean("UKR"), mean("RUS")
	t.Logf("in 2022 the tone to Ukraine is %+.2f, to Russia %+.2f", ukr, rus)
	if !(ukr-rus >= 0.3) {
		t.Errorf("in 2022 the tone to Ukraine is %+.2f, to Russia %+.2f; want .3 between them", ukr, rus)
	}
}

func compareWindows(t *testing.T, dir string, dyad window.Dyad, before, after window.Range) window.Comparison {
	read, err := readSamples(dir, selection{dyads: []window.Dyad{dyad}, pool: true, by: output.ByDate, windows: []window.Range{before, after}})
	if err != nil {
		t.Fatal(err)
	}
	c := window.Compare(read.list, before, after, window.Options{})[0]
	if math.IsNaN(c.Difference) {
		t.Errorf("%s %s..%s: a window is empty", dyad, before, after)
	}
	return c
}

// scored runs the pipeline over a corpus, copies marked, as run does: compare counts
// none.
func scored(t *testing.T, corpus string) string {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	work, err := newChain(chainOptions{Model: models[0]})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "tone")
	w, err := output.Open(dir, output.Options{Meta: output.Meta{Run: "turning"}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s := scoring{chain: work, workers: 2, sources: []ingest.Source{{Path: corpus}}}
	copies := newCopies("", slog.Default())
	err = s.run(context.Background(), func(it *item) error {
		if it.err != nil {
			return nil // corpora hold empty records
		}
		keep, err := copies.mark(&it.scored)
		if err != nil {
			return err
		}
		if _, err := w.Write(it.scored); err != nil {
			return err
		}
		keep()
		return nil
	})
	if err == nil {
		err = w.Commit()
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func readTurningPoints(t *testing.T, path string) (points []turningPoint) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Scan() // the header
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 8 {
			t.Fatalf("%s: %d cells: %s", path, len(cells), lines.Text())
		}
		p := turningPoint{corpus: cells[0], dyad: window.Dyad{Source: cells[1], Target: cells[2]}, date: cells[3], event: cells[4], hostile: cells[7] == "more hostile"}
		var errs [2]error
		p.before, errs[0] = window.ParseRange(cells[5])
		p.after, errs[1] = window.ParseRange(cells[6])
		if errs[0] != nil || errs[1] != nil {
			t.Fatalf("%s: %v %v", path, errs[0], errs[1])
		}
		points = append(points, p)
	}
	return points
}
