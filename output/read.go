package output

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/util"
)

// ReadDocuments streams the rows of the dataset's table documents, month by
// month. With columns given, only these are read and the row's other fields
// are zero. An error ends the stream.
func ReadDocuments(dir string, columns ...string) iter.Seq2[DocumentRow, error] {
	return documents.read(dir, columns)
}

// ReadStatements streams the table statements, as ReadDocuments does.
func ReadStatements(dir string, columns ...string) iter.Seq2[StatementRow, error] {
	return statements.read(dir, columns)
}

// ReadTones streams the table tones, as ReadDocuments does.
func ReadTones(dir string, columns ...string) iter.Seq2[ToneRow, error] {
	return tones.read(dir, columns)
}

// read streams the rows of all files of the table.
func (t *table[R]) read(dir string, columns []string) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		paths, err := t.files(dir)
		if err != nil {
			yield(*new(R), err)
			return
		}
		for _, path := range paths {
			for row, err := range t.readFile(path, columns) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// files lists the table's files; ErrNoDataset if there are none.
func (t *table[R]) files(dir string) ([]string, error) {
	paths, err := dataFiles(dir, t.name)
	if err == nil && len(paths) == 0 {
		err = &HintError{fmt.Errorf("%s: %w: no table %s", dir, ErrNoDataset, t.name), "give the folder that pipeline run wrote with --out"}
	}
	return paths, err
}

// readFile streams the rows of one file.
func (t *table[R]) readFile(path string, names []string) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		selected, err := t.choose(names)
		if err != nil {
			yield(*new(R), err)
			return
		}
		for record, err := range records(path, selected) {
			var places []int
			if err == nil {
				places, err = locate(record.Schema(), selected)
			}
			if err != nil {
				yield(*new(R), fmt.Errorf("%s: %w", path, err))
				return
			}
			for i := range int(record.NumRows()) {
				row, err := decode(selected, record, places, i)
				if err != nil {
					err = fmt.Errorf("%s: %w", path, err)
				}
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// view is a piece of a file. Its rows and their strings are valid only until the
// loop goes on.
type view[R any] struct {
	rows  []R
	bytes int64 // of memory, about
}

// views streams the rows of one file without copying them.
func (t *table[R]) views(path string, selected []column[R]) iter.Seq2[view[R], error] {
	return func(yield func(view[R], error) bool) {
		var rows []R
		for record, err := range records(path, selected) {
			if err == nil {
				rows, err = decodeAll(rows[:0], selected, record)
			}
			if err != nil {
				yield(view[R]{}, fmt.Errorf("%s: %w", path, err))
				return
			}
			if !yield(view[R]{rows, util.TotalRecordSize(record)}, nil) {
				return
			}
		}
	}
}

func decodeAll[R any](rows []R, columns []column[R], record arrow.Record) (_ []R, err error) {
	defer damaged(&err)
	places, err := locate(record.Schema(), columns)
	if err != nil {
		return nil, err
	}
	for i := range int(record.NumRows()) {
		rows = append(rows, *new(R))
		for k, c := range columns {
			viewFrom(c.field(&rows[i]), record.Column(places[k]), i)
		}
	}
	return rows, nil
}

// decode makes a row of the columns at places in row i of a record.
func decode[R any](columns []column[R], record arrow.Record, places []int, i int) (row R, err error) {
	defer damaged(&err)
	for k, c := range columns {
		setFrom(c.field(&row), record.Column(places[k]), i)
	}
	return row, nil
}

// damaged turns a panic into an error, for calls to arrow: it panics on much
// of what a damaged file may hold.
func damaged(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("damaged: %v", r)
	}
}

// choose returns the columns of the given names, all if there are none.
func (t *table[R]) choose(names []string) ([]column[R], error) {
	if len(names) == 0 {
		return t.columns, nil
	}
	selected := make([]column[R], len(names))
	for i, name := range names {
		k := slices.IndexFunc(t.columns, func(c column[R]) bool { return c.name == name })
		if k < 0 {
			return nil, fmt.Errorf("table %s has no column %q", t.name, name)
		}
		selected[i] = t.columns[k]
	}
	return selected, nil
}

// locate finds the columns in a file's schema and holds their types against
// the table's, so that a foreign file is an error and not a panic.
func locate[R any](schema *arrow.Schema, columns []column[R]) ([]int, error) {
	places := make([]int, len(columns))
	for k, c := range columns {
		found := schema.FieldIndices(c.name)
		if len(found) != 1 {
			return nil, fmt.Errorf("column %q is missing", c.name)
		}
		places[k] = found[0]
		typ := schema.Field(found[0]).Type
		if want, name := typeOf(c.field(new(R))); !sameType(typ, want) {
			return nil, fmt.Errorf("column %q is %s, not %s", c.name, typ, name)
		}
	}
	return places, nil
}

// sameType compares types without the names of list elements, which Parquet
// and Arrow files do not share.
func sameType(a, b arrow.DataType) bool {
	la, isA := a.(*arrow.ListType)
	lb, isB := b.(*arrow.ListType)
	if isA && isB {
		return sameType(la.Elem(), lb.Elem())
	}
	return arrow.TypeEqual(a, b)
}

// records streams a file's records. They hold at least the given columns and
// are released once the loop goes on.
func records[R any](path string, columns []column[R]) iter.Seq2[arrow.Record, error] {
	return func(yield func(arrow.Record, error) bool) {
		in, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer in.Close()
		if isArrow(path) {
			err = arrowRecords(in, yield)
		} else {
			err = parquetRecords(in, wanted(columns), yield)
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// wanted tells the columns by name.
func wanted[R any](columns []column[R]) func(name string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(columns, func(c column[R]) bool { return c.name == name })
	}
}

// dataFiles lists a table's files by month, then by name.
func dataFiles(dir, table string) ([]string, error) {
	var paths []string
	root := filepath.Join(dir, table)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == root {
			return fs.SkipAll
		}
		ext := filepath.Ext(path)
		if err == nil && d.Type().IsRegular() && (ext == "."+string(Parquet) || ext == "."+string(Arrow)) {
			paths = append(paths, path)
		}
		return err
	})
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(slices.Compare(numbers(filepath.Dir(a)), numbers(filepath.Dir(b))), cmp.Compare(a, b))
	})
	return paths, err
}

// numbers returns the values of a path's Hive folders: [2014 2] of tones/year=2014/month=2.
func numbers(path string) []int {
	var values []int
	for _, folder := range strings.Split(filepath.ToSlash(path), "/") {
		if _, value, ok := strings.Cut(folder, "="); ok {
			n, _ := strconv.Atoi(value)
			values = append(values, n)
		}
	}
	return values
}
