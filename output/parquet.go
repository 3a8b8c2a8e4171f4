package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// maxRowGroup is the most rows of a row group: what DuckDB and Polars take at once.
const maxRowGroup = 122880

// newParquetEncoder writes a Parquet file to w. Each Write makes a row group.
// Only the columns at
// the given paths get a dictionary.
func newParquetEncoder(w io.Writer, schema *arrow.Schema, dictionaries []string) (encoder, error) {
	shareZstdEncoder()
	options := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd),
		// A root that is not "required" is against the specification: hyparquet fails on it.
		parquet.WithRootRepetition(parquet.Repetitions.Required),
		parquet.WithMaxRowGroupLength(maxRowGroup),
		// V1 pages of nullable and nested columns are copied many times over while
		// they grow; V2 pages may split the rows of a list, so there is only one.
		parquet.WithDataPageVersion(parquet.DataPageV2),
		parquet.WithDataPageSize(1 << 30),
		parquet.WithDictionaryDefault(false),
	}
	for _, path := range dictionaries {
		options = append(options, parquet.WithDictionaryFor(path, true))
	}
	// The Arrow schema is stored because Parquet has no place for the columns' comments.
	return pqarrow.NewFileWriter(schema, w, parquet.NewWriterProperties(options...),
		pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
}

// readBatch is the most rows that are decoded at once. A batch never reaches
// over a row group, which bounds its bytes as well.
const readBatch = 8192

// parquetRecords yields the rows of a Parquet file, with the wanted columns.
func parquetRecords(in *os.File, wanted func(name string) bool, yield func(arrow.Record, error) bool) error {
	r, leaves, err := openParquet(in, wanted)
	if err != nil {
		return err
	}
	for group := range r.ParquetReader().NumRowGroups() {
		if more, err := rowGroupRecords(r, group, leaves, yield); !more || err != nil {
			return err
		}
	}
	return nil
}

// openParquet returns a reader and the indexes of the wanted columns' leaves.
func openParquet(in *os.File, wanted func(name string) bool, options ...file.ReadOption) (r *pqarrow.FileReader, leaves []int, err error) {
	defer damaged(&err)
	p, err := file.NewParquetReader(in, options...)
	if err != nil {
		return nil, nil, err
	}
	if version := p.MetaData().KeyValueMetadata().FindValue(schemaKey); version != nil {
		if err := checkVersion(*version, true); err != nil {
			return nil, nil, err
		}
	}
	if err := checkChunks(in, p); err != nil {
		return nil, nil, err
	}
	schema := p.MetaData().Schema
	for i := range schema.NumColumns() {
		if wanted(schema.ColumnRoot(i).Name()) {
			leaves = append(leaves, i)
		}
	}
	r, err = pqarrow.NewFileReader(p, pqarrow.ArrowReadProperties{BatchSize: readBatch}, memory.DefaultAllocator)
	return r, leaves, err
}

// checkChunks holds that the chunks of all columns lie within the file. Arrow
// looks at them in goroutines of its own, whose panics nobody can catch.
func checkChunks(in *os.File, p *file.Reader) error {
	info, err := in.Stat()
	if err != nil {
		return err
	}
	for group := range p.NumRowGroups() {
		m := p.RowGroup(group).MetaData()
		for i := range m.NumColumns() {
			c, err := m.ColumnChunk(i)
			if err != nil {
				return err
			}
			from, length := c.DataPageOffset(), c.TotalCompressedSize()
			if dictionary := c.DictionaryPageOffset(); c.HasDictionaryPage() && dictionary > 0 {
				from = min(from, dictionary)
			}
			if from < 0 || length < 0 || from > info.Size()-length {
				return fmt.Errorf("damaged: column %q lies outside the file", c.PathInSchema().String())
			}
		}
	}
	return nil
}

func rowGroupRecords(r *pqarrow.FileReader, group int, leaves []int, yield func(arrow.Record, error) bool) (more bool, err error) {
	records, err := openRowGroup(r, group, leaves)
	if err != nil {
		return false, err
	}
	defer records.Release()
	for {
		switch more, err := next(records); {
		case err != nil:
			return false, err
		case !more:
			return true, nil
		case !yield(records.Record(), nil):
			return false, nil
		}
	}
}

func openRowGroup(r *pqarrow.FileReader, group int, leaves []int) (_ pqarrow.RecordReader, err error) {
	defer damaged(&err)
	return r.GetRecordReader(context.Background(), leaves, []int{group})
}

// next advances the records; more is false at the end.
func next(records pqarrow.RecordReader) (more bool, err error) {
	defer damaged(&err)
	if records.Next() {
		return true, nil
	}
	// Arrow v15 reports the end as an error.
	if err := records.Err(); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return false, nil
}
