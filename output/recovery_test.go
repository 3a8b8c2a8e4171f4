package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestClose(t *testing.T) {
	parent := t.TempDir()
	docs := testDocuments(6, 100, 4, 200, 25)
	for _, dir := range []string{parent, filepath.Join(parent, "tone")} {
		w := newWriter(t, dir, Options{})
		for _, d := range docs {
			if _, err := w.Write(d); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		if entries, err := os.ReadDir(parent); err != nil || len(entries) > 0 {
			t.Errorf("%v, %v", entries, err)
		}
		if err := w.Commit(); err == nil {
			t.Error("Commit after Close")
		}
	}
}

// TestFailure takes the staging folder away from under a Writer.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	old := testDocuments(7, 20, 12, 50, 25)
	write(t, newWriter(t, dir, Options{}), old)
	w := newWriter(t, dir, Options{})
	if err := os.WriteFile(statePath(dir, stagingName), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	new := seed()
	new.Article.ID = "new"
	if _, err := w.Write(new); err != nil {
		t.Fatal(err)
	}
	err := w.Commit()
	var hint *HintError
	if !errors.As(err, &hint) || !strings.Contains(err.Error(), dir) {
		t.Errorf("%v", err)
	}
	if again := w.Commit(); again == nil {
		t.Error("Commit after a failure")
	}
	w.Close()
	holds(t, dir, old)
}

func TestUnwritable(t *testing.T) {
	occupied := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(occupied, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	dirs := []string{filepath.Join(occupied, "tone"), occupied}
	if os.Geteuid() != 0 { // root writes everywhere
		locked := t.TempDir()
		if err := os.Chmod(locked, 0o555); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, locked, filepath.Join(locked, "tone"))
	}
	for _, dir := range dirs {
		_, err := Open(dir, Options{Meta: testMeta})
		var hint *HintError
		if !errors.As(err, &hint) || !strings.Contains(err.Error(), filepath.Dir(dir)) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestBadOptions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tone")
	if _, err := Open(dir, Options{Meta: testMeta, Format: "csv"}); err == nil || exists(dir) {
		t.Errorf("%v", err)
	}
	write(t, newWriter(t, dir, Options{}), nil)
	if _, err := Open(dir, Options{Meta: testMeta, Format: Arrow}); !errors.Is(err, ErrExists) {
		t.Errorf("another format: %v", err)
	}
	if err := os.RemoveAll(statePath(dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{Meta: testMeta}); !errors.Is(err, ErrExists) {
		t.Errorf("without a log: %v", err)
	}
	if exists(statePath(dir)) {
		t.Error("a refused Open left something behind")
	}
}

// TestLock checks that there is one Writer at a time, and that it is named.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	first := newWriter(t, dir, Options{Command: "first"})
	_, err := Open(dir, Options{Meta: testMeta})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on", os.Getpid())) || !strings.Contains(err.Error(), "(pipeline first)") {
		t.Errorf("%v", err)
	}
	write(t, first, []Document{seed()})
	// What a killed process leaves in the file holds nobody up.
	if err := os.WriteFile(lockPath(dir), []byte("process 1 on mars"), 0o666); err != nil {
		t.Fatal(err)
	}
	write(t, newWriter(t, dir, Options{}), nil)
	holds(t, dir, []Document{seed()})
}

// pendingCommit makes a dataset of old documents and stages a commit of new
// ones, some of them revisions, whose record stands in the log.
func pendingCommit(t *testing.T, dir string, old, new []Document, opt Options) *commit {
	t.Helper()
	write(t, newWriter(t, dir, Options{}), old)
	w := newWriter(t, dir, opt)
	for _, d := range new {
		if _, err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	works := w.sortedWorks()
	for _, k := range works {
		if err := w.stage(k); err != nil {
			t.Fatal(err)
		}
	}
	c := w.record(works)
	if err := os.WriteFile(commitPath(dir, c.Number, pending), c.encode(), 0o666); err != nil {
		t.Fatal(err)
	}
	w.history.pending = true // the process is killed: Close leaves everything
	w.Close()
	return c
}

// TestRecovery cuts a commit off after each of its steps and expects the next
// Open to complete it, be the recovery itself cut off or not.
func TestRecovery(t *testing.T) {
	old := testDocuments(8, 12, 1, 40, 25)
	new := testDocuments(9, 12, 1, 40, 25)
	after := map[string]Document{}
	for i := range old {
		after[old[i].Article.ID] = old[i]
	}
	for i := range new {
		if i%2 == 0 && i > 0 { // others are copies of the first
			new[i].Article.ID += "-new"
		}
		after[new[i].Article.ID] = new[i]
	}
	for _, opt := range []Options{{}, {Force: true}} {
		want := new
		if !opt.Force {
			want = nil
			for _, d := range after {
				want = append(want, d)
			}
		}
		steps := 1
		for cut := 0; cut <= steps; cut++ {
			dir := t.TempDir()
			c := pendingCommit(t, dir, old, new, opt)
			steps = len(c.Files) + len(c.Removed)
			for i, f := range c.Files {
				if i < cut {
					if err := os.MkdirAll(filepath.Dir(final(dir, f.Path)), 0o777); err != nil {
						t.Fatal(err)
					}
					if err := os.Rename(staged(dir, f.Path), final(dir, f.Path)); err != nil {
						t.Fatal(err)
					}
				}
			}
			for i, p := range c.Removed {
				if i+len(c.Files) < cut {
					if err := os.Remove(final(dir, p)); err != nil {
						t.Fatal(err)
					}
				}
			}
			if report, err := Verify(dir, nil); err != nil || len(report.Problems) == 0 {
				t.Errorf("cut after %d: the pending commit is no problem: %v", cut, err)
			}
			if _, err := ReadKnown(dir, testMeta); err == nil || !strings.Contains(err.Error(), "not complete") {
				t.Errorf("cut after %d: %v", cut, err)
			}
			newWriter(t, dir, Options{}).Close()
			holds(t, dir, want)
		}
	}
}

// TestLostStaged holds that a commit whose files are lost is not taken for complete.
func TestLostStaged(t *testing.T) {
	dir := t.TempDir()
	c := pendingCommit(t, dir, testDocuments(8, 10, 3, 50, 25), []Document{seed()}, Options{})
	if err := os.Remove(staged(dir, c.Files[0].Path)); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, Options{Meta: testMeta})
	var hint *HintError
	if !errors.As(err, &hint) || !strings.Contains(err.Error(), c.Files[0].Path) {
		t.Errorf("%v", err)
	}
}

// TestNewer holds that a dataset of a newer version is refused, and stays.
func TestNewer(t *testing.T) {
	for _, change := range []func(*commit){
		func(c *commit) { c.Dataset = DatasetVersion + 1 },
		func(c *commit) { c.Origins[0].Schema = "2" },
	} {
		dir := t.TempDir()
		write(t, newWriter(t, dir, Options{}), []Document{seed()})
		c, err := readCommit(commitPath(dir, 1, committed))
		if err != nil {
			t.Fatal(err)
		}
		change(&c)
		if err := os.WriteFile(commitPath(dir, 1, committed), c.encode(), 0o666); err != nil {
			t.Fatal(err)
		}
		before := listFiles(t, dir)
		for _, opt := range []Options{{Meta: testMeta}, {Meta: testMeta, Force: true}} {
			if _, err := Open(dir, opt); !errors.Is(err, ErrNewer) {
				t.Errorf("%v", err)
			}
		}
		if len(listFiles(t, dir)) != len(before) {
			t.Error("files are gone")
		}
	}
}

// TestLog spoils and loses records.
func TestLog(t *testing.T) {
	make := func() string {
		dir := t.TempDir()
		for i := range 3 {
			d := seed()
			d.Article.ID = fmt.Sprint(i)
			write(t, newWriter(t, dir, Options{}), []Document{d})
		}
		return dir
	}
	for name, spoil := range map[string]func(dir string) error{
		"lost":     func(dir string) error { return os.Remove(commitPath(dir, 2, committed)) },
		"first":    func(dir string) error { return os.Remove(commitPath(dir, 1, committed)) },
		"cut":      func(dir string) error { return os.Truncate(commitPath(dir, 3, committed), 10) },
		"pending":  func(dir string) error { return os.Rename(commitPath(dir, 2, committed), commitPath(dir, 2, pending)) },
		"renamed":  func(dir string) error { return os.Rename(commitPath(dir, 3, committed), commitPath(dir, 4, committed)) },
		"outside":  rewriteCommit(3, func(c *commit) { c.Files[0].Path = "documents/../../x.parquet" }),
		"no table": rewriteCommit(3, func(c *commit) { c.Removed = []string{"x/x.parquet"} }),
		"origin":   rewriteCommit(3, func(c *commit) { c.Files[0].Origin = 7 }),
	} {
		dir := make()
		if err := spoil(dir); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, Options{Meta: testMeta})
		var hint *HintError
		if !errors.As(err, &hint) || !strings.Contains(err.Error(), commitsName) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Verify(dir, nil); err == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
}

func rewriteCommit(number int, change func(*commit)) func(dir string) error {
	return func(dir string) error {
		c, err := readCommit(commitPath(dir, number, committed))
		if err != nil {
			return err
		}
		change(&c)
		return os.WriteFile(commitPath(dir, number, committed), c.encode(), 0o666)
	}
}

// TestCheckpoint makes so many commits that the log is made short.
func TestCheckpoint(t *testing.T) {
	dir := t.TempDir()
	var docs []Document
	for i := range checkpointEvery + 3 {
		d := seed()
		d.Article.ID = fmt.Sprint(i)
		docs = append(docs, d)
		write(t, newWriter(t, dir, Options{}), []Document{d})
	}
	if paths, err := commitPaths(dir); err != nil || len(paths) != 4 {
		t.Errorf("%q, %v", paths, err)
	}
	holds(t, dir, docs)

	c, err := Compact(dir, Options{Meta: testMeta})
	if err != nil || c.Before != 3*len(docs) || c.After != 3 || c.Commits != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	if paths, err := commitPaths(dir); err != nil || len(paths) != 1 {
		t.Errorf("%q, %v", paths, err)
	}
	holds(t, dir, docs)
	before := listFiles(t, dir)
	if c, err := Compact(dir, Options{Meta: testMeta}); err != nil || c.Commits != 0 || len(listFiles(t, dir)) != len(before) {
		t.Errorf("again: %+v, %v", c, err)
	}
}

// TestCompact merges what revisions and runs with other lexicons left.
func TestCompact(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		docs := testDocuments(1, 200, 2, 40, 25)
		other := testMeta
		other.Lexicons = "actors=cd34"
		write(t, newWriter(t, dir, Options{Format: format}), docs[:50])
		write(t, newWriter(t, dir, Options{}), docs[50:120])
		write(t, newWriter(t, dir, Options{Meta: other}), docs[100:])
		write(t, newWriter(t, dir, Options{Meta: other}), docs[:10])
		c, err := Compact(dir, Options{Meta: other})
		if err != nil || c.After >= c.Before {
			t.Errorf("%+v, %v", c, err)
		}
		holds(t, dir, docs)
		h, err := readHistory(dir)
		if err != nil {
			t.Fatal(err)
		}
		if o := origins(h.parts()); o[testMeta.origin()] != 90 || o[other.origin()] != 110 {
			t.Errorf("%v", o)
		}
		state, err := ReadState(dir)
		if err != nil || state.Mergeable != 0 || len(state.Problems) > 0 || state.Documents != 200 {
			t.Errorf("%+v, %v", state, err)
		}
	}
}

// TestVerify spoils a dataset in many ways, each of which must be found.
func TestVerify(t *testing.T) {
	docs := testDocuments(1, 60, 2, 100, 25)
	for name, spoil := range map[string]func(t *testing.T, dir string, paths [3][]string){
		"a byte": func(t *testing.T, _ string, paths [3][]string) {
			flip(t, paths[0][0], 100)
		},
		"a lost file":    func(t *testing.T, _ string, paths [3][]string) { remove(t, paths[1][0]) },
		"a cut file":     func(t *testing.T, _ string, paths [3][]string) { os.Truncate(paths[2][0], 500) },
		"a foreign file": func(t *testing.T, _ string, paths [3][]string) { copyFile(t, paths[0][0], paths[0][0]+".parquet") },
		"documents lost": func(t *testing.T, _ string, paths [3][]string) { remove(t, paths[0][1]) },
		"a file of another month": func(t *testing.T, dir string, paths [3][]string) {
			copyFile(t, paths[0][0], paths[0][1])
		},
	} {
		dir := t.TempDir()
		write(t, newWriter(t, dir, Options{}), docs)
		var paths [3][]string
		for i, table := range tables {
			var err error
			if paths[i], err = dataFiles(dir, table.title()); err != nil {
				t.Fatal(err)
			}
		}
		spoil(t, dir, paths)
		report, err := Verify(dir, nil)
		if err != nil || len(report.Problems) == 0 {
			t.Errorf("%s: %+v, %v", name, report, err)
			continue
		}
		if !slices.ContainsFunc(report.Problems, func(p string) bool { return strings.Contains(p, ".parquet: ") }) {
			t.Errorf("%s: %q", name, report.Problems)
		}
	}
}

func flip(t *testing.T, path string, at int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[at] ^= 1
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestVerifyRows writes rows that contradict each other, with a log that agrees.
func TestVerifyRows(t *testing.T) {
	for want, spoil := range map[string]func(r *rows){
		"has no document":  func(r *rows) { r.statements[0].DocID = "x" },
		"has no statement": func(r *rows) { r.tones[0].StatementID = r.tones[0].DocID + ":7" },
		"text is not what": func(r *rows) { r.statements[0].Start++ },
		"cue is not what":  func(r *rows) { r.statements[0].Cue = "sang" },
		"speaker is not what": func(r *rows) {
			r.statements[0].Speaker, r.statements[0].SpeakerStart, r.statements[0].SpeakerEnd = "x", 0, 1<<20
		},
		"evidence is not what":        func(r *rows) { r.tones[0].Evidence[0].End = 0 },
		"number of statements":        func(r *rows) { r.document.Statements++ },
		"twice or has another's":      func(r *rows) { r.statements[0].Ordinal = 9 },
		"duplicate is not":            func(r *rows) { r.tones[0].Duplicate = true },
		"copy of \"x\", which is not": func(r *rows) { r.document.DuplicateOf = "x" },
		"is a copy itself":            func(r *rows) { r.document.DuplicateOf = r.document.DocID },
		"content_hash is":             func(r *rows) { r.document.ContentHash = "0" },
		"published is not its":        func(r *rows) { r.statements[0].Published = r.statements[0].Published.AddDate(0, 0, 1) },
		"the wrong month's folder":    func(r *rows) { r.document.Published = r.document.Published.AddDate(1, 0, 0) },
	} {
		dir := t.TempDir()
		w := newWriter(t, dir, Options{})
		r, err := newRows(seed())
		if err != nil {
			t.Fatal(err)
		}
		m := monthOf(r.document.Published)
		hash := r.document.ContentHash
		spoil(r)
		w.hold(w.newPart(m), r)
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		w.Close()
		report, err := Verify(dir, func(string, time.Time, string) string { return hash })
		if err != nil || !slices.ContainsFunc(report.Problems, func(p string) bool { return strings.Contains(p, want) }) {
			t.Errorf("%s: %+v, %v", want, report, err)
		}
	}
}
