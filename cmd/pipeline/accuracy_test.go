package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"detente/stages"
	"detente/stages/evaluate"
	"detente/stages/ingest"
)

// TestAccuracy compares the figures on the project's own gold, byte for byte,
// with testdata/golden/accuracy.txt, so that a change of accuracy shows in the
// difference: go test ./cmd/pipeline -run TestAccuracy -update rewrites it.
func TestAccuracy(t *testing.T) {
	got := ""
	for _, name := range []string{"articles", "held-out"} {
		got += name + "\n" + goldFigures(t, filepath.Join(moduleRoot, "testdata", "gold", name+".jsonl")) + "\n"
	}
	path := filepath.Join(moduleRoot, "testdata", "golden", "accuracy.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the accuracy changed; if that is meant, run with -update. It is\n%sand was\n%s", got, want)
	}
}

// TestSharedAccuracy logs the figures on the annotated articles that are not
// part of the project, where they are at hand: ../shared/gold, or in a parent
// folder. They are not compared with anything.
func TestSharedAccuracy(t *testing.T) {
	dir, ok := sharedGold()
	if !ok {
		t.Skip("no shared/gold beside the module or in a folder above it")
	}
	for _, name := range []string{"seed-article", "news-dev", "plover-dev"} {
		path := filepath.Join(dir, name+".jsonl")
		if _, err := os.Stat(path); err != nil {
			t.Log(err)
			continue
		}
		t.Logf("%s\n%s", name, goldFigures(t, path))
	}
}

// sharedGold looks for shared/gold in the folders above the module's root.
func sharedGold() (dir string, ok bool) {
	up, err := filepath.Abs(moduleRoot)
	if err != nil {
		return "", false
	}
	for {
		dir = filepath.Join(up, "shared", "gold")
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, true
		}
		if up == filepath.Dir(up) {
			return "", false
		}
		up = filepath.Dir(up)
	}
}

// goldArticles reads a gold file's articles as run would.
func goldArticles(t testing.TB, path string) (list []stages.Article) {
	t.Helper()
	for a, err := range ingest.Articles([]ingest.Source{{Path: path}}, ingest.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

// goldFigures scores a gold file's own text and prints how right that is.
func goldFigures(t testing.TB, path string) string {
	t.Helper()
	c, err := defaultChain()
	if err != nil {
		t.Fatal(err)
	}
	gold, err := readGold([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	predictions := map[string]evaluate.Prediction{}
	doc := new(stages.Document)
	for _, a := range goldArticles(t, path) {
		predictions[a.ID] = prediction(c.process(doc, &a))
	}
	r := evaluate.Score(gold, predictions)
	if r.Missing > 0 || r.Changed > 0 {
		t.Errorf("%s: %d documents missing, %d with another text", path, r.Missing, r.Changed)
	}
	n := r.All
	var b strings.Builder
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s "+format+"\n", append([]any{name}, args...)...)
	}
	row("documents", "%d", r.Documents)
	row("tuples", "%v  right %d, invented %d, missed %d", n.Tuples, n.Tuples.Right, n.Tuples.Invented, n.Tuples.Missed)
	row("dyads", "%v  right %d, invented %d, missed %d", n.Dyads, n.Dyads.Right, n.Dyads.Invented, n.Dyads.Missed)
	row("tone", "%.3f  %d of %d", n.ToneAccuracy(), n.ToneRight, n.ToneOf)
	row("date", "%.3f  %d of %d", n.DateAccuracy(), n.DateRight, n.DateOf)
	row("invented", "%.3f in a sentence without tuples  %d in %d", n.InventedPerQuiet(), n.Invented, n.Quiet)
	n.Reliability.Print(&b)
	return b.String()
}
