package output

import (
	"encoding/binary"
	"io"
	"os"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// A Parquet file that loses rows is replaced by a longer one that begins with
// the same bytes:
//
//	PAR1 group 0  group 1  group 2  footer of 0 1 2  PAR1 group 1'  footer of 0 2 1'  PAR1
//	└───────────── the file as it was ──────────────────┘
//
// Readers open a file more than once, DuckDB in each of its threads, and pyarrow
// after it has read the footer. Whichever of the two files they get, what
// they know from the old one holds: the row groups that the old footer tells
// of are still in their places, and the old footer is still where the old
// size says. The new footer, which is found from the new end, leaves out the
// groups that held rows which are gone. What is dead is given back by Compact.

// split sorts a file's row groups: those of which all rows are to be kept, and
// those of others, whose remaining rows it appends to the builder and writes.
func (t *table[R]) split(path string, to *dataFile, b *array.RecordBuilder, keep func(docID string) bool) (whole []int, err error) {
	id, err := t.choose([]string{"doc_id"})
	if err != nil {
		return nil, err
	}
	pieces, err := keptPieces(path, Query{})
	if err != nil {
		return nil, err
	}
	for _, p := range pieces {
		for _, i := range p.indexes {
			group := piece{path, []int{i}, p.meta}
			all := true
			if err := t.readPiece(group, id, func(r *R) { all = all && keep(t.docID(r)) }); err != nil {
				return nil, err
			}
			if all {
				whole = append(whole, i)
				continue
			}
			err := t.readPiece(group, t.columns, func(r *R) {
				if keep(t.docID(r)) {
					t.append(b, r)
				}
			})
			if err == nil {
				err = to.writeAll(b)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return whole, nil
}

// grow makes the file that takes the place of the one at path: of its row
// groups the whole ones, then those of tail, a closed file that it removes.
func grow(path string, whole []int, tail *dataFile, to string) (f *dataFile, err error) {
	defer damaged(&err)
	old, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer old.Close()
	added, err := os.Open(tail.path)
	if err != nil {
		return nil, err
	}
	defer added.Close()
	footer, size, err := joinedFooter(old, whole, added)
	if err != nil {
		return nil, err
	}
	f, err = createRaw(to, tail.name)
	if err != nil {
		return nil, err
	}
	defer func() { // closes it whatever happens
		if failed := f.end(); err == nil {
			err = failed
		}
	}()
	f.rows = footer.NumRows
	for _, in := range []*os.File{old, added} {
		if _, err := in.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		if _, err := io.Copy(f.buffer, in); err != nil {
			return nil, err
		}
	}
	n, err := footer.WriteTo(f.buffer, nil)
	if err != nil {
		return nil, err
	}
	if _, err := f.buffer.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(n)), "PAR1"...)); err != nil {
		return nil, err
	}
	f.dead = size - live(footer)
	return f, os.Remove(tail.path)
}

// joinedFooter is the footer of the file old with the bytes of added behind it,
// whose size it returns too.
func joinedFooter(old *os.File, whole []int, added *os.File) (_ *metadata.FileMetaData, size int64, err error) {
	before, err := file.NewParquetReader(old)
	if err != nil {
		return nil, 0, err
	}
	after, err := file.NewParquetReader(added)
	if err != nil {
		return nil, 0, err
	}
	info, err := old.Stat()
	if err != nil {
		return nil, 0, err
	}
	size = info.Size()
	joined := after.MetaData()
	shift(joined, size)
	if info, err = added.Stat(); err != nil {
		return nil, 0, err
	}
	size += info.Size()
	if len(whole) > 0 { // else nothing is left of what the old metadata is about
		kept, err := before.MetaData().Subset(whole)
		if err != nil {
			return nil, 0, err
		}
		if err := kept.AppendRowGroups(joined); err != nil {
			return nil, 0, err
		}
		joined = kept
	}
	for i, group := range joined.RowGroups {
		if group.Ordinal != nil {
			*group.Ordinal = int16(i)
		}
	}
	return joined, size, nil
}

// shift moves all places that a footer names.
func shift(m *metadata.FileMetaData, by int64) {
	move := func(place *int64) {
		if place != nil {
			*place += by
		}
	}
	for _, group := range m.RowGroups {
		move(group.FileOffset)
		for _, c := range group.Columns {
			if c.FileOffset != 0 {
				c.FileOffset += by
			}
			c.MetaData.DataPageOffset += by
			move(c.MetaData.DictionaryPageOffset)
			move(c.MetaData.IndexPageOffset)
			move(c.MetaData.BloomFilterOffset)
			move(c.OffsetIndexOffset)
			move(c.ColumnIndexOffset)
		}
	}
}

// live is the size of a file's row groups.
func live(m *metadata.FileMetaData) (n int64) {
	for _, group := range m.RowGroups {
		for _, c := range group.Columns {
			n += c.MetaData.TotalCompressedSize
		}
	}
	return n
}
