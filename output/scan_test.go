package output

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"

	"detente/stages"
)

// scanned are documents of two years whose statements are of other days, some
// of other years, and some undated.
func scanned(n int) (list []Document) {
	random := rand.New(rand.NewPCG(1, 1))
	for i := range n {
		a := &stages.Article{ID: fmt.Sprint("d", i), URI: "u", PublishedFrom: stages.PublishedField, Language: "en", ContentHash: "0", Text: "said"}
		if i%10 > 0 {
			a.Published = time.Date(2014, 1, 1+random.IntN(700), 13, 0, 0, 0, time.UTC)
		}
		d := Document{Article: a}
		for k := range random.IntN(5) {
			s := stages.Statement{
				Ordinal: k, Span: stages.Span{End: 4}, Kind: stages.Direct,
				Tones: []stages.Tone{{Source: "VEN", Target: "USA", Label: stages.Neutral}},
				Date:  stages.Date{Precision: stages.DocumentPrecision, Time: a.Published.Truncate(24 * time.Hour)},
			}
			if k == 2 {
				s.Date = stages.Date{Precision: stages.YearPrecision, Time: time.Date(2000+random.IntN(15), 1, 1, 0, 0, 0, 0, time.UTC)}
			}
			d.Statements = append(d.Statements, s)
		}
		list = append(list, d)
	}
	return list
}

// TestScan holds that a scan gives what a read gives, in the same order, and
// that a query leaves out no row of its days.
func TestScan(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		w := newWriter(t, dir, Options{Format: format})
		w.limits = limits{4 << 10, 2 << 10, 1 << 20, 3, 1 << 30} // many files and row groups
		write(t, w, scanned(200))
		all := collect(t, ReadTones(dir))
		everything := func(row *ToneRow, list []ToneRow) []ToneRow {
			kept := *row
			for _, s := range []*string{&kept.StatementID, &kept.DocID, &kept.Kind, &kept.DatePrecision, &kept.Source, &kept.Target, &kept.SourceCountry, &kept.TargetCountry, &kept.Label} {
				*s = strings.Clone(*s)
			}
			return append(list, kept)
		}
		checkRows(t, scanAll(t, dir, Query{}, everything), all)
		for _, by := range []Dating{ByDate, ByPublished} {
			for _, undated := range []bool{true, false} {
				for _, days := range [][2]int32{{16100, 16130}, {10957, 11322}, {20000, 20100}, {math.MinInt32, math.MaxInt32}} {
					q := Query{By: by, From: days[0], To: days[1], Undated: undated}
					got := map[string]bool{}
					for _, row := range scanAll(t, dir, q, everything) {
						got[row.StatementID] = true
					}
					for _, row := range all {
						if wantedRow(q, row) && !got[row.StatementID] {
							t.Fatalf("%s: %+v leaves out %+v", format, q, row)
						}
					}
					if by == ByPublished && days[0] == 20000 && !undated && len(got) > 0 {
						t.Errorf("%s: %+v reads %d rows of other months", format, q, len(got))
					}
				}
			}
		}
	}
}

func wantedRow(q Query, row ToneRow) bool {
	from := row.Date.Time
	if q.By == ByPublished {
		from = row.Published
	}
	if from.IsZero() {
		return q.Undated
	}
	day := int64(math.Floor(float64(from.Unix()) / 86400))
	last := day
	if q.By == ByDate && row.DatePrecision == string(stages.YearPrecision) {
		last += 365
	}
	return day <= int64(q.To) && last >= int64(q.From)
}

func scanAll[T any](t *testing.T, dir string, q Query, pick func(*ToneRow, []T) []T) (all []T) {
	t.Helper()
	for list, err := range ScanTones(dir, q, pick) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	return all
}

// TestScanPrunes holds that row groups of other days are not read.
func TestScanPrunes(t *testing.T) {
	dir := t.TempDir()
	d := scanned(40)
	d = slices.DeleteFunc(d, func(d Document) bool { return d.Article.Published.IsZero() })
	for i := range d {
		for k := range d[i].Statements {
			d[i].Statements[k].Date = stages.Date{Precision: stages.DayPrecision, Time: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)}
		}
	}
	write(t, newWriter(t, dir, Options{}), d)
	count := func(row *ToneRow, list []int) []int { return append(list, 1) }
	if got := scanAll(t, dir, Query{By: ByDate, From: 14000, To: 14010, Undated: true}, count); len(got) > 0 {
		t.Errorf("%d rows of 2014 were read for 2008", len(got))
	}
	if got := scanAll(t, dir, Query{By: ByDate, From: 16071, To: 16071}, count); len(got) == 0 {
		t.Error("no rows of 2014-01-01")
	}
}

// TestScanStops holds that a scan may be left early, and ends at an error.
func TestScanStops(t *testing.T) {
	dir := t.TempDir()
	w := newWriter(t, dir, Options{})
	w.limits = limits{4 << 10, 2 << 10, 1 << 20, 3, 1 << 30}
	write(t, w, scanned(300))
	pick := func(row *ToneRow, list []int) []int { return append(list, 1) }
	for range ScanTones(dir, Query{}, pick) {
		break
	}
	paths, err := dataFiles(dir, "tones")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(paths[len(paths)/2], 100); err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range ScanTones(dir, Query{}, pick) {
		if last != nil {
			t.Fatal("the scan goes on after an error")
		}
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), paths[len(paths)/2]) {
		t.Errorf("a truncated file gives %v", last)
	}
}

func TestNewerSchema(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		w := newWriter(t, dir, Options{Format: format})
		for i, table := range w.tables {
			meta := table.schema.Metadata().ToMap()
			meta[schemaKey] = "99"
			w.tables[i].schema = withMetadata(table.schema, meta)
		}
		w.err = nil
		write(t, w, nil)
		for _, err := range ReadTones(dir) {
			if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "schema 99, this program knows up to "+SchemaVersion) {
				t.Errorf("%s: read gives %v", format, err)
			}
		}
		failed := false
		for _, err := range ScanTones(dir, Query{}, func(row *ToneRow, list []int) []int { return list }) {
			failed = errors.Is(err, ErrNewer)
		}
		if !failed {
			t.Errorf("%s: a scan reads a newer schema", format)
		}
	}
	for _, err := range ReadTones(t.TempDir()) {
		if !errors.Is(err, ErrNoDataset) {
			t.Errorf("an empty folder gives %v", err)
		}
	}
}

func TestResults(t *testing.T) {
	none := Number(math.NaN())
	row := PointRow{
		Source: "VEN", Target: "USA", From: Day{time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)}, To: Day{time.Date(2014, 1, 31, 0, 0, 0, 0, time.UTC)},
		WindowFigures: WindowFigures{Statements: 2, Documents: 1, Mean: -0.25, Low: none, High: none, Hostile: 0.5, Neutral: 0.5, Conciliatory: 0},
		ChangeBefore:  none, ChangeAfter: none,
	}
	r := Series([]PointRow{row})
	var csv strings.Builder
	if err := r.WriteCSV(&csv); err != nil {
		t.Fatal(err)
	}
	const wantCSV = "source,target,from,to,statements,documents,mean,low,high,hostile,neutral,conciliatory,imprecise,change,change_before,change_after\n" +
		"VEN,USA,2014-01-01,2014-01-31,2,1,-0.25,,,0.5,0.5,0,0,false,,\n"
	if csv.String() != wantCSV {
		t.Errorf("CSV is\n%s\nwant\n%s", csv.String(), wantCSV)
	}
	json, err := r.MarshalJSON()
	const wantJSON = `[{"source":"VEN","target":"USA","from":"2014-01-01","to":"2014-01-31","statements":2,"documents":1,"mean":-0.25,"low":null,"high":null,` +
		`"hostile":0.5,"neutral":0.5,"conciliatory":0,"imprecise":0,"change":false,"change_before":null,"change_after":null}]`
	if err != nil || string(json) != wantJSON {
		t.Errorf("JSON is\n%s\nwant\n%s (%v)", json, wantJSON, err)
	}
	for _, format := range formats {
		path := filepath.Join(t.TempDir(), "series."+string(format))
		if err := r.WriteFile(path, Meta{}); err != nil {
			t.Fatal(err)
		}
		got := 0
		for back, err := range series.readFile(path, nil) {
			if err != nil {
				t.Fatal(err)
			}
			if back.Mean != row.Mean || !math.IsNaN(float64(back.Low)) || !back.From.Equal(row.From.Time) || back.Statements != 2 {
				t.Errorf("%s: %+v", format, back)
			}
			got++
		}
		if got != 1 {
			t.Errorf("%s: %d rows", format, got)
		}
		entries, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(entries) != 1 {
			t.Errorf("the folder holds %v, %v", entries, err)
		}
	}
}

func withMetadata(s *arrow.Schema, meta map[string]string) *arrow.Schema {
	m := arrow.MetadataFrom(meta)
	return arrow.NewSchema(s.Fields(), &m)
}
