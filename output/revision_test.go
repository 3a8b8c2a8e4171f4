package output

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// holds compares a dataset with the rows that the documents should give,
// whatever the order of documents.
func holds(t testing.TB, dir string, docs []Document) {
	t.Helper()
	d, s, n := expected(t, docs)
	sortBy(d, func(r DocumentRow) string { return r.DocID })
	sortBy(s, func(r StatementRow) string { return r.DocID })
	sortBy(n, func(r ToneRow) string { return r.DocID })
	checkRows(t, sortBy(collect(t, ReadDocuments(dir)), func(r DocumentRow) string { return r.DocID }), d)
	checkRows(t, sortBy(collect(t, ReadStatements(dir)), func(r StatementRow) string { return r.DocID }), s)
	checkRows(t, sortBy(collect(t, ReadTones(dir)), func(r ToneRow) string { return r.DocID }), n)
	if list, err := Verify(dir, nil); err != nil || len(list.Problems) > 0 {
		t.Fatalf("%v, %v", list.Problems, err)
	}
}

// sortBy keeps the order of rows of one document.
func sortBy[R any](rows []R, key func(R) string) []R {
	slices.SortStableFunc(rows, func(a, b R) int { return strings.Compare(key(a), key(b)) })
	return rows
}

// TestDuplicateIDs writes documents again, in other months and with other
// text, soon after the first (still buffered) and late (long spilled, or
// committed).
func TestDuplicateIDs(t *testing.T) {
	for _, opt := range []Options{{Format: Parquet}, {Format: Arrow}, {Batch: 40}, {Force: true, Batch: 40}} {
		docs := testDocuments(3, 160, 4, 60, 25)
		for i := range docs {
			if i%7 == 3 {
				docs[i].Article.ID = docs[i-1].Article.ID
			}
			if i%40 == 39 {
				docs[i].Article.ID = docs[i/40].Article.ID
			}
		}
		// One month whose only document moves away after its rows were spilled.
		docs[0].Article.Published = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)

		last := map[string]int{}
		for i, d := range docs {
			last[d.Article.ID] = i
		}
		dir := t.TempDir()
		w := newWriter(t, dir, opt)
		replaced := int64(0)
		var valid []Document
		for i, d := range docs {
			outcome, err := w.Write(d)
			if err != nil {
				t.Fatal(err)
			}
			if outcome == Replaced {
				replaced++
			}
			if last[d.Article.ID] == i {
				valid = append(valid, d)
			}
			if i == 0 {
				if err := w.spill(w.fresh[month{1999, 1}]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		s := w.Summary()
		if want := int64(len(docs) - len(valid)); replaced != want || s.Replaced != want || s.Added != int64(len(valid)) || s.Revised != 0 {
			t.Errorf("replaced %d, %+v; want %d", replaced, s, want)
		}
		if single := opt.Force || opt.Batch == 0; single != (s.Commits == 1) {
			t.Errorf("%d commits", s.Commits)
		}
		w.Close()
		holds(t, dir, valid)
	}
}

// TestIncrements adds to a dataset run after run: new documents, changed ones
// in the same month and in another, and known ones.
func TestIncrements(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		docs := testDocuments(11, 100, 3, 40, 25)
		valid := map[string]Document{}
		for run := range 4 {
			var changed []Document
			for i, d := range testDocuments(uint64(12+run), 100, 3, 40, 25) {
				switch {
				case run > 0 && i%10 == run: // the same id and month, other text
					d.Article.ID, d.Article.Published = docs[i].Article.ID, docs[i].Article.Published
				case run > 0 && i%50 == 9: // the same id, whatever month
					d.Article.ID = docs[i].Article.ID
				case run == 0 && i == 0: // others are copies of it
				case i%4 == 0:
					d.Article.ID = fmt.Sprintf("run-%d-%d", run, i)
				default:
					continue
				}
				changed = append(changed, d)
				valid[d.Article.ID] = d
			}
			before := listFiles(t, dir)
			w := newWriter(t, dir, Options{Format: format})
			revised := int64(0)
			for _, d := range changed {
				if status := w.Known().Claim(d.Article.ID, d.Article.ContentHash); status == Unchanged {
					t.Fatalf("%s is %d", d.Article.ID, status)
				}
				if outcome, err := w.Write(d); err != nil {
					t.Fatal(err)
				} else if outcome == Revised {
					revised++
				}
			}
			if err := w.Commit(); err != nil {
				t.Fatal(err)
			}
			w.Close()
			if s := w.Summary(); s.Revised != revised || s.Documents != int64(len(changed)) || run > 1 && revised == 0 {
				t.Fatalf("%+v", s)
			}
			after := listFiles(t, dir)
			for name := range before {
				if _, ok := after[name]; !ok {
					t.Errorf("run %d: %s is gone, which a reader may have listed", run, name)
				}
			}
			holds(t, dir, slices.Collect(maps.Values(valid)))

			// The same again: nothing is new, nothing is written.
			w = newWriter(t, dir, Options{})
			for _, d := range changed {
				if status := w.Known().Claim(d.Article.ID, d.Article.ContentHash); status != Unchanged {
					t.Fatalf("%s is %d", d.Article.ID, status)
				}
			}
			if err := w.Commit(); err != nil || w.Summary() != (Summary{}) {
				t.Fatalf("%+v, %v", w.Summary(), err)
			}
			w.Close()
			if !maps.Equal(listFiles(t, dir), after) {
				t.Error("a run without news changed files")
			}
		}
	}
}

// TestAddOnly checks that new documents touch no old file.
func TestAddOnly(t *testing.T) {
	dir := t.TempDir()
	write(t, newWriter(t, dir, Options{}), testDocuments(1, 60, 3, 40, 25))
	before := listFiles(t, dir)
	more := testDocuments(2, 60, 3, 40, 25)
	for i := range more {
		more[i].Article.ID += "-more"
	}
	write(t, newWriter(t, dir, Options{}), more)
	after := listFiles(t, dir)
	for name, content := range before {
		if after[name] != content {
			t.Errorf("%s was written anew", name)
		}
	}
	holds(t, dir, append(testDocuments(1, 60, 3, 40, 25), more...))
}

// TestOrigins holds that no file claims an origin that is not that of all its rows.
func TestOrigins(t *testing.T) {
	dir := t.TempDir()
	docs := testDocuments(1, 100, 3, 40, 25)
	write(t, newWriter(t, dir, Options{}), docs)
	other := testMeta
	other.Lexicons = "actors=cd34"
	w := newWriter(t, dir, Options{Meta: other})
	if status := w.Known().Claim(docs[0].Article.ID, docs[0].Article.ContentHash); status != Stale {
		t.Errorf("status %d", status)
	}
	stale := 0
	for _, err := range w.Stale() {
		if stale++; err != nil {
			t.Fatal(err)
		}
	}
	if o := w.Origins(); o[testMeta.origin()] != 100 || len(o) != 1 || stale != 100 {
		t.Errorf("%v, %d stale", o, stale)
	}
	write(t, w, docs[:30])
	w = newWriter(t, dir, Options{Meta: other})
	if o := w.Origins(); o[testMeta.origin()] != 70 || o[other.origin()] != 30 {
		t.Errorf("%v", o)
	}
	holds(t, dir, docs)
	write(t, w, docs)
	w = newWriter(t, dir, Options{Meta: other})
	if o := w.Origins(); o[other.origin()] != 100 || len(o) != 1 {
		t.Errorf("%v", o)
	}
	holds(t, dir, docs)
}

func TestForce(t *testing.T) {
	dir := t.TempDir()
	old, new := testDocuments(4, 50, 12, 50, 25), testDocuments(5, 50, 3, 50, 25)
	write(t, newWriter(t, dir, Options{}), old)

	w := newWriter(t, dir, Options{Force: true, Batch: 1})
	if _, err := w.Write(new[0]); err != nil {
		t.Fatal(err)
	}
	checkHolds(t, dir, old)
	w.Close()
	checkHolds(t, dir, old)

	write(t, newWriter(t, dir, Options{Force: true, Format: Arrow}), new)
	checkHolds(t, dir, new)
	holds(t, dir, new)

	// Also in place of tables whose log is lost or spoilt.
	if err := os.WriteFile(commitPath(dir, 2, committed), []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	write(t, newWriter(t, dir, Options{Force: true}), old)
	holds(t, dir, old)
	if err := os.RemoveAll(statePath(dir)); err != nil {
		t.Fatal(err)
	}
	write(t, newWriter(t, dir, Options{Force: true}), new)
	holds(t, dir, new)
}
