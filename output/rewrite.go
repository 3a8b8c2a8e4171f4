package output

import (
	"os"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// rewriter is a table whatever its rows.
type rewriter interface {
	title() string
	schema(Meta) *arrow.Schema
	dictionaries() []string
	// rewrite copies the rows for which keep is true from one file to another.
	rewrite(from, to *dataFile, b *array.RecordBuilder, keep func(docID string, spill uint32) bool) error
}

var tables = [3]rewriter{documents, statements, tones}

func (t *table[R]) title() string { return t.name }

func (t *table[R]) rewrite(from, to *dataFile, b *array.RecordBuilder, keep func(docID string, spill uint32) bool) error {
	batches := from.batches
	read := int64(0) // rows of batches[0]
	for row, err := range t.readFile(from.path, nil) {
		if err != nil {
			return err
		}
		if keep(t.docID(&row), batches[0].spill) {
			t.append(b, &row)
		}
		if read++; read < batches[0].rows {
			continue
		}
		record := b.NewRecord()
		if record.NumRows() > 0 {
			if err := to.write(record, batches[0].spill); err != nil {
				return err
			}
		}
		record.Release()
		batches, read = batches[1:], 0
	}
	return nil
}

// dropSuperseded rewrites the files that hold rows of documents which came
// again later. It decodes and encodes all their rows: duplicate ids are rare.
func (w *Writer) dropSuperseded() error {
	kept := w.done[:0]
	for _, f := range w.done {
		if w.partitions[f.month].stale {
			var err error
			if f, err = w.withoutSuperseded(f); err != nil {
				return err
			}
		}
		if f != nil {
			kept = append(kept, f)
		}
	}
	w.done = kept
	return nil
}

// withoutSuperseded puts a file with only the valid rows of f in its place. It
// returns nil if there are none.
func (w *Writer) withoutSuperseded(f *dataFile) (*dataFile, error) {
	t := w.tables[f.table]
	to, err := createFile(f.path+".new", f.table, f.month, w.opt.Format, t.schema, t.dictionaries())
	if err != nil {
		return nil, err
	}
	err = t.rewrite(f, to, t.builder, func(docID string, spill uint32) bool {
		return w.places[hashID(docID)] == place{f.month, spill}
	})
	if closeErr := to.close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	if to.rows() == 0 {
		if err := os.Remove(to.path); err != nil {
			return nil, err
		}
		return nil, os.Remove(f.path)
	}
	if err := os.Rename(to.path, f.path); err != nil {
		return nil, err
	}
	to.path = f.path
	return to, nil
}
