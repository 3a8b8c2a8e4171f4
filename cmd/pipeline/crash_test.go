package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"detente/output"
	"detente/stages/ingest"
)

// The crash test kills runs at random moments; make crash-test sets these.
//
//	CRASH_N       kills (2)
//	CRASH_SEED    of the moments (the clock)
//	CRASH_CORPUS  an input to take articles from (the project's)
//	CRASH_PYTHON  a Python with pyarrow and DuckDB that reads meanwhile (Go alone reads)
func crashSetting(t *testing.T, name string, def int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return def
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestCrash kills runs with SIGKILL at random moments and starts them again
// until they end, while readers read. Then the tables must be those of runs
// that nobody killed, and verify must be content.
func TestCrash(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("processes are killed in another way")
	}
	n := crashSetting(t, "CRASH_N", 2)
	seed := crashSetting(t, "CRASH_SEED", int(time.Now().UnixNano()))
	rnd := rand.New(rand.NewPCG(uint64(seed), 0))
	feeds := crashFeeds(t, n > 10)

	whole := filepath.Join(t.TempDir(), "tone")
	began := time.Now()
	for _, feed := range feeds {
		crashRun(t, feed, whole, -1)
	}
	each := time.Since(began) / time.Duration(len(feeds))
	want := datasetRows(t, whole)

	killed, finished := 0, 0
	for killed < n {
		out := filepath.Join(t.TempDir(), "tone")
		stop := readWhile(t, out)
		for _, feed := range feeds {
			// At least one kill a feed, then with even chances another one.
			for first := true; first || rnd.IntN(2) == 0; first = false {
				if crashRun(t, feed, out, time.Duration(rnd.Float64()*1.1*float64(each))) {
					killed++
				}
			}
			crashRun(t, feed, out, -1)
		}
		stop()
		finished++
		if got := datasetRows(t, out); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: after kills the tables differ: %s", seed, firstDifference(got, want))
		}
		if r, err := output.Verify(out, ingest.ContentHash); err != nil || len(r.Problems) > 0 {
			t.Fatalf("seed %d: verify: %v, %v", seed, r, err)
		}
	}
	t.Logf("%d runs killed, %d datasets of %d documents completed and equal; seed %d", killed, finished, len(want.documents), seed)
}

// crashRun runs the program on a feed and kills it after a time, never if that
// is negative. It reports whether it was killed.
func crashRun(t *testing.T, feed, out string, after time.Duration) bool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c := exec.Command(self)
	c.Args = []string{"pipeline", "run", feed, "--out", out, "--batch", "40", "--model", "none", "--quiet", "--log-level", "error"}
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if after >= 0 {
		timer := time.AfterFunc(after, func() { c.Process.Kill() })
		defer timer.Stop()
	}
	err = c.Wait()
	if err != nil && !c.ProcessState.Exited() { // by a signal: ours
		return true
	}
	if err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	return false
}

// crashFeeds writes three feeds: of the second half is known and a tenth
// changed, of the third as well. Ids are the feeds' own.
func crashFeeds(t *testing.T, big bool) []string {
	t.Helper()
	path := cmp.Or(os.Getenv("CRASH_CORPUS"), filepath.Join(moduleRoot, "testdata", "articles"))
	sources, err := ingest.Expand([]string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for a, err := range ingest.Articles(sources, ingest.Options{}) {
		if err == nil && len(texts) < 2000 {
			texts = append(texts, a.Text)
		}
	}
	size := 60
	if big {
		size = 200
	}
	dir := t.TempDir()
	var feeds []string
	for feed := range 3 {
		var lines bytes.Buffer
		e := json.NewEncoder(&lines)
		for i := feed * size / 2; i < feed*size/2+size; i++ {
			text := texts[i%len(texts)]
			if feed > 0 && i%10 == feed {
				text += fmt.Sprintf("\n\nCorrected: Norway condemned Finland %d times.", feed)
			}
			record := map[string]string{"id": fmt.Sprint("article-", i), "published": fmt.Sprintf("2014-%02d-05", 1+i%7), "text": text}
			if err := e.Encode(record); err != nil {
				t.Fatal(err)
			}
		}
		feeds = append(feeds, filepath.Join(dir, fmt.Sprintf("feed%d.jsonl", feed)))
		if err := os.WriteFile(feeds[feed], lines.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return feeds
}

// rowsOf are all rows of a dataset, by id.
type rowsOf struct {
	documents  []output.DocumentRow
	statements []output.StatementRow
	tones      []output.ToneRow
}

func datasetRows(t *testing.T, dir string) rowsOf {
	t.Helper()
	r := rowsOf{all(t, output.ReadDocuments(dir)), all(t, output.ReadStatements(dir)), all(t, output.ReadTones(dir))}
	slices.SortFunc(r.documents, func(a, b output.DocumentRow) int { return cmp.Compare(a.DocID, b.DocID) })
	slices.SortFunc(r.statements, func(a, b output.StatementRow) int { return cmp.Compare(a.StatementID, b.StatementID) })
	slices.SortStableFunc(r.tones, func(a, b output.ToneRow) int { return cmp.Compare(a.StatementID, b.StatementID) })
	if len(r.documents) == 0 || len(r.tones) == 0 {
		t.Fatal("no rows")
	}
	return r
}

func all[R any](t *testing.T, rows iter.Seq2[R, error]) (list []R) {
	t.Helper()
	for r, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

func firstDifference(got, want rowsOf) string {
	if len(got.documents) != len(want.documents) {
		return fmt.Sprintf("%d documents, not %d", len(got.documents), len(want.documents))
	}
	for i := range got.documents {
		if !reflect.DeepEqual(got.documents[i], want.documents[i]) {
			return fmt.Sprintf("%+v, not %+v", got.documents[i], want.documents[i])
		}
	}
	return fmt.Sprintf("%d statements and %d tones, of %d and %d", len(got.statements), len(got.tones), len(want.statements), len(want.tones))
}

// readWhile reads a dataset over and over until stop is called, which fails
// the test if a reader has found fault.
func readWhile(t *testing.T, out string) (stop func()) {
	t.Helper()
	var ended atomic.Bool
	finding := make(chan error, 1)
	go func() {
		rounds := 0
		for ; !ended.Load(); rounds++ {
			if err := readOnce(out); err != nil {
				finding <- fmt.Errorf("the Go reader: %w", err)
				return
			}
		}
		finding <- nil
	}()
	end := func() error { return nil }
	if python := os.Getenv("CRASH_PYTHON"); python != "" {
		end = readInPython(t, python, out)
	}
	return func() {
		t.Helper()
		ended.Store(true)
		if err := <-finding; err != nil {
			t.Error(err)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	}
}

// readOnce looks for statements and tones without their document, as a reader
// does who knows nothing of commits.
func readOnce(out string) error {
	if files, _ := filepath.Glob(filepath.Join(out, output.StateFolder, "commits", "*.json")); len(files) == 0 {
		time.Sleep(time.Millisecond)
		return nil // nothing is there yet
	}
	need := map[string]string{}
	for r, err := range output.ReadTones(out, "statement_id", "doc_id") {
		if err != nil {
			return err
		}
		need[r.DocID] = "tone of " + r.StatementID
	}
	for r, err := range output.ReadStatements(out, "statement_id", "doc_id") {
		if err != nil {
			return err
		}
		need[r.DocID] = r.StatementID
	}
	for r, err := range output.ReadDocuments(out, "doc_id") {
		if err != nil {
			return err
		}
		delete(need, r.DocID)
	}
	for _, id := range need {
		return fmt.Errorf("%s has no document", id)
	}
	return nil
}

// readInPython starts testdata/readers/loop.py.
func readInPython(t *testing.T, python, out string) (end func() error) {
	t.Helper()
	c := exec.Command(python, filepath.Join(moduleRoot, "testdata", "readers", "loop.py"), out)
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return func() error {
		io.Closer(stdin).Close()
		err := c.Wait()
		t.Log(strings.TrimSpace(said.String()))
		return err
	}
}
