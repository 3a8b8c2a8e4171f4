package ingest

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// batchRows is how many rows of a Parquet file are decoded at once. Articles
// are long: a batch of a few is enough to be fast.
const batchRows = 64

// parquetDecoder reads the wanted columns of a Parquet file in batches. Its
// memory is bounded by the pages of one row group, however many there are.
type parquetDecoder struct {
	rows   pqarrow.RecordReader
	limit  int64
	header []string
	slots  []tableColumn
	batch  arrow.Record // nil before the first
	row    int          // in batch
	number int64
	total  int64 // rows that the file says it has
}

func newParquetDecoder(r parquet.ReaderAtSeeker, cols *columns, limit int64) (*parquetDecoder, error) {
	props := parquet.NewReaderProperties(memory.DefaultAllocator)
	props.BufferedStreamEnabled = true // else a column of a row group is read at once
	raw, err := file.NewParquetReader(r, file.WithReadProps(props))
	if err != nil {
		return nil, damaged(0, err)
	}
	reader, err := pqarrow.NewFileReader(raw, pqarrow.ArrowReadProperties{BatchSize: batchRows}, memory.DefaultAllocator)
	if err != nil {
		return nil, damaged(0, err)
	}
	d := &parquetDecoder{limit: limit, total: raw.NumRows()}
	var leaves []int
	hasText := false
	for _, f := range reader.Manifest.Fields {
		d.header = append(d.header, f.Field.Name)
		slot, ok := cols.lookup([]byte(f.Field.Name))
		if !ok {
			continue
		}
		wanted := wantedLeaves(f, slot.field)
		leaves = append(leaves, wanted...)
		hasText = hasText || slot.field == fieldText && len(wanted) > 0
	}
	if err := checkHeader(d.header, hasText, cols); err != nil {
		return nil, err
	}
	if err := checkRatio(raw, leaves); err != nil {
		return nil, err
	}
	if d.rows, err = reader.GetRecordReader(context.Background(), leaves, nil); err != nil {
		return nil, damaged(0, err)
	}
	for i, f := range d.rows.Schema().Fields() {
		if slot, ok := cols.lookup([]byte(f.Name)); ok {
			d.slots = append(d.slots, tableColumn{i, slot})
		}
	}
	return d, nil
}

// checkRatio refuses a file that would unpack to more than any articles would: a
// page is unpacked whole, into as much memory as it says.
func checkRatio(raw *file.Reader, leaves []int) error {
	for g := range raw.NumRowGroups() {
		for _, leaf := range leaves {
			chunk, err := raw.MetaData().RowGroup(g).ColumnChunk(leaf)
			if err != nil {
				return damaged(0, err)
			}
			if n := chunk.TotalUncompressedSize(); n > ratioFrom && n/maxRatio > chunk.TotalCompressedSize() {
				return fatal(0, fmt.Errorf("%w: a column unpacks to more than %d times its size", ErrBomb, maxRatio))
			}
		}
	}
	return nil
}

// wantedLeaves are the physical columns that hold a field: the column itself,
// or the name within a struct that describes the publisher.
func wantedLeaves(f pqarrow.SchemaField, as field) (leaves []int) {
	if isLeaf(f) {
		return []int{f.ColIndex}
	}
	if as == fieldPublisher && f.Field.Type.ID() == arrow.STRUCT {
		for _, child := range f.Children {
			if isPublisherName(child.Field.Name) && isLeaf(child) {
				leaves = append(leaves, child.ColIndex)
			}
		}
	}
	return leaves
}

// isLeaf says what SchemaField.IsLeaf should, which takes structs for leaves.
func isLeaf(f pqarrow.SchemaField) bool { return len(f.Children) == 0 }

// damaged is an error of the Parquet library, which loses the rows from record on.
func damaged(record int64, err error) error {
	return &RecordError{Record: record, Fatal: true, Err: fmt.Errorf("%w: %w", ErrBroken, err),
		Hint: "the Parquet file is damaged or incomplete: write it again"}
}

func (d *parquetDecoder) columns() []string { return d.header }

func (d *parquetDecoder) next(rec *record) error {
	if d.batch == nil || d.row >= int(d.batch.NumRows()) {
		batch, err := d.rows.Read()
		switch {
		case err == io.EOF && d.number < d.total: // the library takes some damage for the end
			rec.number = d.number + 1
			return damaged(rec.number, fmt.Errorf("%d of %d rows", d.number, d.total))
		case err == io.EOF:
			return io.EOF
		case err != nil:
			rec.number = d.number + 1
			return damaged(rec.number, err)
		}
		d.batch, d.row = batch, 0
	}
	row := d.row
	d.row++
	d.number++
	rec.number = d.number
	for _, c := range d.slots {
		if rec.has(c.slot) {
			continue
		}
		kind, str := cell(d.batch.Column(c.index), row)
		if int64(len(str)) > d.limit {
			return tooLong(rec.number, d.limit)
		}
		rec.set(c.slot, kind, strings.Clone(str)) // str lies in the batch's memory
	}
	return nil
}

// cell is the value in a row of a column.
func cell(column arrow.Array, row int) (kind, string) {
	if column.IsNull(row) {
		return absent, ""
	}
	switch c := column.(type) {
	case interface{ Value(int) string }: // String, LargeString
		return text, c.Value(row)
	case interface{ Value(int) []byte }: // Binary, LargeBinary
		return text, string(c.Value(row))
	case *array.Dictionary:
		return cell(c.Dictionary(), c.GetValueIndex(row))
	case *array.Timestamp:
		unit := c.DataType().(*arrow.TimestampType).Unit
		return text, c.Value(row).ToTime(unit).Format(time.RFC3339Nano)
	case *array.Date32:
		return text, c.Value(row).ToTime().Format(time.DateOnly)
	case *array.Date64:
		return text, c.Value(row).ToTime().Format(time.DateOnly)
	case *array.Struct:
		for i, f := range c.DataType().(*arrow.StructType).Fields() {
			if isPublisherName(f.Name) {
				return cell(c.Field(i), row)
			}
		}
		return wrong, ""
	}
	if id := column.DataType().ID(); arrow.IsInteger(id) || arrow.IsFloating(id) {
		return number, column.ValueStr(row)
	}
	return wrong, ""
}

// countedFile counts what is read of a file in any order.
type countedFile struct {
	*os.File
	counter *countingReader
}

func (f countedFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := f.File.ReadAt(p, at)
	f.counter.count(int64(n))
	return n, err
}

// randomAccess is the input as a file that can be read in any order, as
// Parquet needs: itself, or a copy of what is compressed or piped in.
func (in *input) randomAccess() (parquet.ReaderAtSeeker, error) {
	if in.plain && in.raw.file != nil {
		return countedFile{in.raw.file, in.raw}, nil
	}
	spool, err := os.CreateTemp("", "detente-*.parquet")
	if err != nil {
		return nil, err
	}
	in.closers = append(in.closers, func() error { return os.Remove(spool.Name()) }, spool.Close)
	_, err = io.Copy(spool, in.text)
	return spool, err
}
