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
	// copy appends the rows of the file at path for which keep is true.
	copy(path string, to *dataFile, b *array.RecordBuilder, keep func(docID string) bool) error
	split(path string, to *dataFile, b *array.RecordBuilder, keep func(docID string) bool) (whole []int, err error)
}

var tables = [3]rewriter{documents, statements, tones}

func (t *table[R]) title() string { return t.name }

// copy writes a row group when the rows at hand have maxPartition bytes; the
// last ones it leaves in the builder.
func (t *table[R]) copy(path string, to *dataFile, b *array.RecordBuilder, keep func(docID string) bool) error {
	bytes := int64(0)
	for record, err := range t.views(path, t.columns) {
		if err != nil {
			return err
		}
		for i := range record.rows {
			if keep(t.docID(&record.rows[i])) {
				t.append(b, &record.rows[i])
			}
		}
		bytes += record.bytes
		if bytes > maxPartition || b.Field(0).Len() > maxRowGroup-readBatch {
			if err := to.writeAll(b); err != nil {
				return err
			}
			bytes = 0
		}
	}
	return nil
}

// writeAll writes what the builder holds.
func (f *dataFile) writeAll(b *array.RecordBuilder) error {
	record := b.NewRecord()
	defer record.Release()
	if record.NumRows() == 0 {
		return nil
	}
	return f.write(record)
}

// settle decides where the new versions of a part's documents go. They may take
// the places of the old ones only if the file's metadata then tells the truth:
// if the rows that stay were made by the same program, lexicons and model.
func (w *Writer) settle(k *work) {
	p := &w.parts[k.part]
	if p.origin == w.opt.Meta.origin() || int64(len(k.drop)) == p.documents {
		p.origin = w.opt.Meta.origin()
		return
	}
	for _, r := range k.rows {
		to := w.newPart(p.month)
		w.known.put(hashID(r.document.DocID), r.document.ContentHash, to.part)
		to.rows = append(to.rows, r)
		to.buffered += r.bytes
		to.bytes += r.bytes
	}
	k.rows, k.buffered, k.bytes = nil, 0, 0
}

// stage completes the files of a part for a commit.
func (w *Writer) stage(k *work) error {
	if err := w.close(k); err != nil {
		return err
	}
	if len(k.drop) == 0 {
		return nil
	}
	p := &w.parts[k.part]
	if !k.revises && int64(len(k.drop)) == p.documents {
		k.files = [3]*dataFile{} // nobody has seen it, nobody need
		return nil
	}
	if k.revises {
		if err := w.fetch(p); err != nil {
			return err
		}
	}
	keep := func(docID string) bool { return !k.drop[hashID(docID)] }
	if k.revises && w.opt.Format == Parquet {
		return w.growPart(k, keep)
	}
	from := [3][]string{}
	for i, f := range k.files { // its rows are spilled: they move aside
		if f != nil {
			aside := f.path + ".old"
			if err := os.Rename(f.path, aside); err != nil {
				return err
			}
			from[i] = []string{aside}
		} else if k.revises && p.files[i] {
			from[i] = []string{final(w.dir, p.path(i))}
		}
	}
	return w.writeAnew(k, from, keep)
}

// writeAnew writes the files of a part: the rows of the files from that are to
// be kept, then those that are buffered. A file that was there stays, be it
// without rows: readers may have its name in hand.
func (w *Writer) writeAnew(k *work, from [3][]string, keep func(docID string) bool) error {
	p := &w.parts[k.part]
	for i, paths := range from {
		k.files[i] = nil
		if len(paths) == 0 {
			continue
		}
		f, err := w.createAs(p, i, staged(w.dir, p.path(i)))
		if err != nil {
			return err
		}
		k.files[i] = f
		for _, path := range paths {
			if err := tables[i].copy(path, f, w.tables[i].builder, keep); err != nil {
				return err
			}
		}
		if err := f.writeAll(w.tables[i].builder); err != nil {
			return err
		}
	}
	if err := w.flush(k); err != nil {
		return err
	}
	return w.complete(k)
}

// createAs makes a file of table i at path whose metadata is that of its part.
func (w *Writer) createAs(p *part, i int, path string) (*dataFile, error) {
	meta := w.opt.Meta
	meta.Version, meta.Lexicons, meta.Model = p.origin.Version, p.origin.Lexicons, p.origin.Model
	return createFile(path, p.path(i), w.opt.Format, tables[i].schema(meta), tables[i].dictionaries())
}

// growPart writes the longer files that take the place of a part's: see grow.go.
func (w *Writer) growPart(k *work, keep func(docID string) bool) error {
	p := &w.parts[k.part]
	had := p.files
	var whole [3][]int
	for i := range tables {
		if !had[i] {
			continue
		}
		tail, err := w.createAs(p, i, staged(w.dir, p.path(i))+".tail")
		if err != nil {
			return err
		}
		k.files[i] = tail
		if whole[i], err = tables[i].split(final(w.dir, p.path(i)), tail, w.tables[i].builder, keep); err != nil {
			return err
		}
	}
	if err := w.flush(k); err != nil {
		return err
	}
	if err := w.complete(k); err != nil {
		return err
	}
	for i, tail := range k.files {
		if tail == nil || !had[i] {
			continue
		}
		f, err := grow(final(w.dir, p.path(i)), whole[i], tail, staged(w.dir, p.path(i)))
		if err != nil {
			return err
		}
		k.files[i] = f
		if i == 0 {
			p.documents = f.rows
		}
	}
	return nil
}
