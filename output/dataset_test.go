package output

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
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
		return compareMonths(monthOf(a.Article.Published), monthOf(b.Article.Published))
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
		want := Summary{Commits: 1, Files: len(files), Added: int64(len(d)), Documents: int64(len(d)), Statements: int64(len(s)), Tones: int64(len(n))}
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
		"documents/year=0/month=0/part-000001-000.parquet",
		"documents/year=2014/month=2/part-000001-000.parquet",
		"statements/year=2014/month=2/part-000001-000.parquet",
		"tones/year=2014/month=2/part-000001-000.parquet",
	}
	if !slices.Equal(got, want) {
		t.Errorf("files %q\nwant %q", got, want)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 4 {
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

// TestClock holds that nothing depends on the clock, be it set back: it is read
// for the name that the lock shows, and nowhere else.
func TestClock(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	clock := regexp.MustCompile(`time\.(Now|Since|Until)\(`)
	read := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(clock.FindAll(text, -1)); n > 0 && !strings.HasSuffix(path, "_test.go") {
			if read += n; path != "lock.go" {
				t.Errorf("%s reads the clock", path)
			}
		}
	}
	if read != 1 {
		t.Errorf("the clock is read %d times, not once", read)
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
