package output

import (
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
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
