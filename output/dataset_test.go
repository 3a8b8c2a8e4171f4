package output

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var formats = []Format{Parquet, Arrow}

// expected returns the rows that reading a dataset of these documents gives:
// month by month, in the order of the input.
func expected(t testing.TB, docs []Document) (d []DocumentRow, s []StatementRow, n []ToneRow) {
	t.Helper()
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b Document) int {
		return compareMonths(&partition{month: monthOf(a.Article.Published)}, &partition{month: monthOf(b.Article.Published)})
	})
	for _, doc := range docs {
		r, err := newRows(doc)
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range r.document.Warnings {
			r.document.Warnings[i] = strings.ToValidUTF8(w, "\uFFFD")
		}
		d, s, n = append(d, r.document), append(s, r.statements...), append(n, r.tones...)
	}
	return d, s, n
}

// checkHolds compares a dataset with the rows that the documents should give.
func checkHolds(t testing.TB, dir string, docs []Document) {
	t.Helper()
	d, s, n := expected(t, docs)
	checkRows(t, collect(t, ReadDocuments(dir)), d)
	checkRows(t, collect(t, ReadStatements(dir)), s)
	checkRows(t, collect(t, ReadTones(dir)), n)
}

func checkRows[R any](t testing.TB, got, want []R) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows of %T, want %d", len(got), *new(R), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("row %d:\n%+v\nwant\n%+v", i, got[i], want[i])
		}
	}
}

func TestRoundTrip(t *testing.T) {
	docs := testDocuments(1, 500, 12, 200, 25)
	for _, format := range formats {
		dir := t.TempDir()
		summary := write(t, newWriter(t, dir, Options{Format: format}), docs)
		checkHolds(t, dir, docs)

		d, s, n := expected(t, docs)
		files := listFiles(t, dir)
		want := Summary{Files: len(files), Documents: int64(len(d)), Statements: int64(len(s)), Tones: int64(len(n))}
		for _, content := range files {
			want.Bytes += int64(len(content))
		}
		if summary != want {
			t.Errorf("summary %+v, want %+v", summary, want)
		}

		text := map[string][]rune{}
		for r := range ReadDocuments(dir, "doc_id", "text") {
			text[r.DocID] = []rune(r.Text)
		}
		for r := range ReadStatements(dir) {
			if got := string(text[r.DocID][r.Start:r.End]); got != r.Text {
				t.Fatalf("%s: %q in the document, %q in the row", r.StatementID, got, r.Text)
			}
		}
		for r := range ReadTones(dir) {
			for _, e := range r.Evidence {
				if got := string(text[r.DocID][e.Start:e.End]); got != e.Term {
					t.Fatalf("%s: %q in the document, %q in the evidence", r.StatementID, got, e.Term)
				}
			}
		}
	}
}

func TestLayout(t *testing.T) {
	dated, undated := seed(), seed()
	undated.Article.ID, undated.Article.Published = "b", time.Time{}
	undated.Statements = nil
	dir := filepath.Join(t.TempDir(), "new", "tone")
	write(t, newWriter(t, dir, Options{}), []Document{dated, undated})
	got := slices.Sorted(maps.Keys(listFiles(t, dir)))
	want := []string{
		"documents/year=0/month=0/part-test-00000.parquet",
		"documents/year=2014/month=2/part-test-00000.parquet",
		"statements/year=2014/month=2/part-test-00000.parquet",
		"tones/year=2014/month=2/part-test-00000.parquet",
	}
	if !slices.Equal(got, want) {
		t.Errorf("files %q\nwant %q", got, want)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("%v, %v", entries, err)
	}
}

// TestEmpty checks that a dataset without rows can be read.
func TestEmpty(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		if s := write(t, newWriter(t, dir, Options{Format: format}), nil); s.Files != 3 {
			t.Errorf("%+v", s)
		}
		checkHolds(t, dir, nil)
	}
}

func TestNoText(t *testing.T) {
	dir := t.TempDir()
	write(t, newWriter(t, dir, Options{NoText: true}), []Document{seed()})
	if rows := collect(t, ReadDocuments(dir)); rows[0].Text != "" {
		t.Errorf("text %q", rows[0].Text)
	}
	if rows := collect(t, ReadStatements(dir)); rows[0].Text == "" {
		t.Error("the statement has no text")
	}
}

func TestSameBytes(t *testing.T) {
	docs := testDocuments(2, 300, 12, 200, 25)
	for _, format := range formats {
		first, second := t.TempDir(), t.TempDir()
		write(t, newWriter(t, first, Options{Format: format}), docs)
		write(t, newWriter(t, second, Options{Format: format}), docs)
		if !maps.Equal(listFiles(t, first), listFiles(t, second)) {
			t.Errorf("%s: two runs differ", format)
		}
	}
}

// TestDuplicateIDs writes documents again, in other months and with other
// text, soon after the first (still buffered) and late (long spilled).
func TestDuplicateIDs(t *testing.T) {
	for _, format := range formats {
		docs := testDocuments(3, 400, 12, 200, 25)
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
		w := newWriter(t, dir, Options{Format: format})
		replaced := 0
		var valid []Document
		for i, d := range docs {
			r, err := w.Write(d)
			if err != nil {
				t.Fatal(err)
			}
			if r {
				replaced++
			}
			if last[d.Article.ID] == i {
				valid = append(valid, d)
			}
			if i == 0 {
				if err := w.spill(w.partitions[month{1999, 1}]); err != nil {
					t.Fatal(err)
				}
			}
		}
		s, err := w.Commit()
		if err != nil {
			t.Fatal(err)
		}
		if want := len(docs) - len(valid); replaced != want || s.Replaced != want || s.Documents != int64(len(valid)) {
			t.Errorf("replaced %d, %+v; want %d", replaced, s, want)
		}
		checkHolds(t, dir, valid)
	}
}

// TestInvalidDocument checks that a document that is refused harms no other.
func TestInvalidDocument(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir, Options{})
	bad := seed()
	bad.Statements[0].Kind = ""
	if _, err := w.Write(bad); err == nil {
		t.Fatal("no error")
	}
	write(t, w, []Document{seed()})
	checkHolds(t, dir, []Document{seed()})
}

func TestForce(t *testing.T) {
	dir := t.TempDir()
	old, new := testDocuments(4, 50, 12, 50, 25), testDocuments(5, 50, 3, 50, 25)
	write(t, newWriter(t, dir, Options{}), old)

	_, err := Create(dir, Options{Meta: testMeta})
	var hint *HintError
	if !errors.Is(err, ErrExists) || !errors.As(err, &hint) || !strings.Contains(hint.Hint, "--force") {
		t.Fatalf("%v", err)
	}
	checkHolds(t, dir, old)

	w := newWriter(t, dir, Options{Force: true})
	if _, err := w.Write(new[0]); err != nil {
		t.Fatal(err)
	}
	checkHolds(t, dir, old)
	w.Abort()
	checkHolds(t, dir, old)

	write(t, newWriter(t, dir, Options{Force: true, Format: Arrow}), new)
	checkHolds(t, dir, new)
}

func TestAbort(t *testing.T) {
	parent := t.TempDir()
	docs := testDocuments(6, 300, 12, 200, 25)
	for _, dir := range []string{parent, filepath.Join(parent, "tone")} {
		w := newWriter(t, dir, Options{})
		for _, d := range docs {
			if _, err := w.Write(d); err != nil {
				t.Fatal(err)
			}
		}
		w.Abort()
		if entries, err := os.ReadDir(parent); err != nil || len(entries) > 0 {
			t.Errorf("%v, %v", entries, err)
		}
		if _, err := w.Commit(); err == nil {
			t.Error("Commit after Abort")
		}
	}
}

// TestFailure takes the folder away from under a Writer.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	old := testDocuments(7, 20, 12, 50, 25)
	write(t, newWriter(t, dir, Options{}), old)
	w := newWriter(t, dir, Options{Force: true})
	if err := os.RemoveAll(w.staging); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.staging, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(seed()); err != nil {
		t.Fatal(err)
	}
	_, err := w.Commit()
	var hint *HintError
	if !errors.As(err, &hint) || !strings.Contains(err.Error(), dir) {
		t.Errorf("%v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("%v, %v", entries, err)
	}
	checkHolds(t, dir, old)
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
		_, err := Create(dir, Options{Meta: testMeta})
		var hint *HintError
		if !errors.As(err, &hint) || !strings.Contains(err.Error(), filepath.Dir(dir)) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestBadOptions(t *testing.T) {
	for _, opt := range []Options{{}, {Meta: Meta{Run: "../x"}}, {Meta: testMeta, Format: "csv"}} {
		dir := filepath.Join(t.TempDir(), "tone")
		if _, err := Create(dir, opt); err == nil {
			t.Errorf("%+v: no error", opt)
		}
		if exists(dir) {
			t.Errorf("%+v: made %s", opt, dir)
		}
	}
}

// TestRecovery cuts a Commit off after each of its renames and expects the old
// dataset, or none.
func TestRecovery(t *testing.T) {
	old, new := testDocuments(8, 20, 3, 50, 25), testDocuments(9, 20, 3, 50, 25)
	for _, before := range [][]Document{nil, old} {
		for cut := range 7 {
			dir := t.TempDir()
			if before != nil {
				write(t, newWriter(t, dir, Options{}), before)
			}
			w := newWriter(t, dir, Options{Force: true})
			for _, d := range new {
				if _, err := w.Write(d); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.complete(); err != nil {
				t.Fatal(err)
			}
			renames := 0
			rename := func(from, to string) {
				if renames++; renames <= cut {
					os.Rename(from, to) // an old table may not be there
				}
			}
			saved := filepath.Join(w.staging, oldName)
			if err := os.Mkdir(saved, 0o777); err != nil {
				t.Fatal(err)
			}
			for _, table := range tables {
				rename(filepath.Join(dir, table.title()), filepath.Join(saved, table.title()))
				rename(filepath.Join(w.staging, table.title()), filepath.Join(dir, table.title()))
			}
			w.Abort() // the process ends: what it saved must stay
			if !exists(saved) {
				t.Fatal("Abort deleted the old dataset")
			}

			if cut%2 == 1 { // the recovery was cut off as well
				if err := undo(dir, w.staging); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Create(dir, Options{Meta: testMeta})
			if before == nil {
				if err != nil {
					t.Errorf("cut after %d: %v", cut, err)
				}
				continue
			}
			if !errors.Is(err, ErrExists) {
				t.Errorf("cut after %d: %v", cut, err)
			}
			checkHolds(t, dir, before)
		}
	}
}
