package output

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
	"golang.org/x/sync/errgroup"
)

// Query says which rows of a table a scan may leave out unread: those that
// surely lie outside the days From … To. What it yields may still hold others.
type Query struct {
	Columns []string // to read, nil = all
	By      Dating
	// From and To are days since 1970-01-01, both included. A scan for
	// undated rows too sets Undated.
	From, To int32
	Undated  bool
}

// Dating is the date that a Query asks for.
type Dating string

// The datings. "" is the zero Query's: every row.
const (
	ByDate      Dating = "date"      // of the statement
	ByPublished Dating = "published" // of the document
)

// ScanTones goes through the table tones on all processors. pick appends what
// it makes of a row to list; the row and its strings are valid during the call
// only. The lists come in the order of the dataset. An error ends the scan.
//
// Of the table only the wanted columns and row groups are read. By published,
// the folders of other months are skipped; by date, Parquet row groups whose
// statistics tell that no statement of theirs is of these days, since an
// article of one month tells of others.
func ScanTones[T any](dir string, q Query, pick func(row *ToneRow, list []T) []T) iter.Seq2[[]T, error] {
	return scan(tones, dir, q, pick)
}

// ScanDocuments goes through the table documents as ScanTones does.
func ScanDocuments[T any](dir string, q Query, pick func(row *DocumentRow, list []T) []T) iter.Seq2[[]T, error] {
	return scan(documents, dir, q, pick)
}

// ScanStatements goes through the table statements as ScanTones does.
func ScanStatements[T any](dir string, q Query, pick func(row *StatementRow, list []T) []T) iter.Seq2[[]T, error] {
	return scan(statements, dir, q, pick)
}

// piece is a part of a file that one goroutine reads: some row groups or record
// batches.
type piece struct {
	path    string
	indexes []int
	meta    *metadata.FileMetaData // of a Parquet file, so that it is parsed once
}

// pieceRows is how many rows a piece has at least, but for the last of a file.
const pieceRows = 1 << 16

// scan reads pieces on all processors and yields what was picked in their order.
func scan[R, T any](t *table[R], dir string, q Query, pick func(*R, []T) []T) iter.Seq2[[]T, error] {
	type result struct {
		list []T
		err  error
	}
	return func(yield func([]T, error) bool) {
		selected, err := t.choose(q.Columns)
		var paths []string
		if err == nil {
			paths, err = t.files(dir)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		workers := new(errgroup.Group)
		workers.SetLimit(runtime.GOMAXPROCS(0))
		// What waits to be yielded is bounded by the queue.
		queue := make(chan chan result, 2*runtime.GOMAXPROCS(0))
		finished := make(chan struct{})
		go func() {
			defer close(finished)
			defer workers.Wait()
			defer close(queue)
			for p, err := range t.pieces(paths, q) {
				promise := make(chan result, 1)
				select {
				case queue <- promise:
				case <-ctx.Done():
					return
				}
				if err != nil {
					promise <- result{nil, err}
					return
				}
				workers.Go(func() error {
					var list []T
					err := t.readPiece(p, selected, func(row *R) { list = pick(row, list) })
					promise <- result{list, err}
					return nil
				})
			}
		}()
		defer func() { cancel(); <-finished }()
		for promise := range queue {
			if r := <-promise; !yield(r.list, r.err) || r.err != nil {
				return
			}
		}
	}
}

// pieces lists what a query cannot leave out.
func (t *table[R]) pieces(paths []string, q Query) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		for _, path := range paths {
			if !q.wantsFolder(filepath.Dir(path)) {
				continue
			}
			kept, err := keptPieces(path, q)
			if err != nil {
				yield(piece{}, fmt.Errorf("%s: %w", path, err))
				return
			}
			for _, p := range kept {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

// wantsFolder tells by a month's folder whether its documents are of the
// query's days. Undated documents may hold dated statements.
func (q *Query) wantsFolder(folder string) bool {
	values := numbers(folder)
	if q.By != ByPublished || len(values) != 2 {
		return true
	}
	if values[0] == 0 {
		return q.Undated
	}
	first := time.Date(values[0], time.Month(values[1]), 1, 0, 0, 0, 0, time.UTC)
	return q.overlaps(arrow.Date32FromTime(first), arrow.Date32FromTime(first.AddDate(0, 1, 0))-1)
}

func (q *Query) overlaps(from, to arrow.Date32) bool {
	return int64(from) <= int64(q.To) && int64(q.From) <= int64(to)
}

// keptPieces lists the pieces of a file that a query cannot leave out.
func keptPieces(path string, q Query) (kept []piece, err error) {
	defer damaged(&err)
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if isArrow(path) {
		r, err := openArrow(in)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		for i := range r.NumRecords() {
			kept = append(kept, piece{path: path, indexes: []int{i}})
		}
		return kept, nil
	}
	r, _, err := openParquet(in, func(string) bool { return false })
	if err != nil {
		return nil, err
	}
	meta := r.ParquetReader().MetaData()
	rows := int64(pieceRows)
	for i := range r.ParquetReader().NumRowGroups() {
		if !q.wantsRowGroup(meta, i) {
			continue
		}
		if rows >= pieceRows {
			kept, rows = append(kept, piece{path: path, meta: meta}), 0
		}
		last := &kept[len(kept)-1]
		last.indexes = append(last.indexes, i)
		rows += meta.RowGroup(i).NumRows()
	}
	return kept, nil
}

// wantsRowGroup tells by the statistics of the column date whether a row group
// has statements of the query's days. Without statistics it may.
func (q *Query) wantsRowGroup(meta *metadata.FileMetaData, group int) bool {
	at := meta.Schema.ColumnIndexByName(string(ByDate))
	if q.By != ByDate || at < 0 {
		return true
	}
	chunk, err := meta.RowGroup(group).ColumnChunk(at)
	if err != nil {
		return true
	}
	statistics, err := chunk.Statistics()
	days, ok := statistics.(*metadata.Int32Statistics)
	switch {
	case err != nil || !ok || !days.HasNullCount():
		return true
	case days.NullCount() > 0 && q.Undated:
		return true
	case !days.HasMinMax():
		return days.NullCount() < meta.RowGroup(group).NumRows()
	}
	// A date known to the year is its first day and means any of 366.
	return q.overlaps(arrow.Date32(days.Min()), arrow.Date32(days.Max())+366)
}

// readPiece calls visit with each row of a piece. The row is reused.
func (t *table[R]) readPiece(p piece, columns []column[R], visit func(*R)) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", p.path, err)
		}
	}()
	defer damaged(&err)
	in, err := os.Open(p.path)
	if err != nil {
		return err
	}
	defer in.Close()
	var failed error
	row, zero := new(R), *new(R)
	eachRow := func(record arrow.Record, err error) bool {
		var places []int
		if err == nil {
			places, err = locate(record.Schema(), columns)
		}
		if err != nil {
			failed = err
			return false
		}
		for i := range int(record.NumRows()) {
			*row = zero
			for k, c := range columns {
				viewFrom(c.field(row), record.Column(places[k]), i)
			}
			visit(row)
		}
		return true
	}
	if isArrow(p.path) {
		r, err := openArrow(in)
		if err != nil {
			return err
		}
		defer r.Close()
		for _, i := range p.indexes {
			if record, err := r.Record(i); !eachRow(record, err) {
				break
			}
		}
		return failed
	}
	r, leaves, err := openParquet(in, wanted(columns), file.WithMetadata(p.meta))
	if err != nil {
		return err
	}
	for _, i := range p.indexes {
		if more, err := rowGroupRecords(r, i, leaves, eachRow); !more || err != nil {
			return errors.Join(failed, err)
		}
	}
	return nil
}

// isArrow tells an Arrow file by its name, be it staged or not.
func isArrow(path string) bool { return strings.Contains(filepath.Base(path), "."+string(Arrow)) }

// checkVersion refuses files of a schema that this program does not know.
func checkVersion(version string, ok bool) error {
	ours, _ := strconv.Atoi(SchemaVersion)
	if n, err := strconv.Atoi(version); !ok || err == nil && n <= ours {
		return nil
	}
	return &HintError{fmt.Errorf("%w: schema %s, this program knows up to %s", ErrNewer, version, SchemaVersion), "use a newer pipeline"}
}
