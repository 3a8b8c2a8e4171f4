package output

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"

	"github.com/apache/arrow/go/v15/arrow"
)

// Format is the format of a dataset's files.
type Format string

// The formats.
const (
	Parquet Format = "parquet" // zstd pages
	Arrow   Format = "arrow"   // Arrow IPC files, LZ4 buffers
)

// encoder writes records in one of the formats. pqarrow.FileWriter and
// ipc.FileWriter are encoders as they are.
type encoder interface {
	Write(arrow.Record) error
	Close() error
}

// dataFile is one file of a table while it is written, and what is known of it after.
type dataFile struct {
	path    string
	table   int // index in tables
	month   month
	batches []batch
	bytes   int64 // size once closed

	out     *os.File
	buffer  *bufio.Writer
	encoder encoder
}

// batch says which spill of a partition a file's next rows come from.
type batch struct {
	spill uint32
	rows  int64
}

// createFile creates a file and the folders above it.
func createFile(path string, table int, m month, format Format, schema *arrow.Schema, dictionaries []string) (*dataFile, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	out, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	// Arrow drops some errors of the writer beneath it; a bufio.Writer keeps
	// the first one and returns it from Flush. It also hides the os.File, which
	// Parquet's Close would close before it is synced.
	f := &dataFile{path: path, table: table, month: m, out: out, buffer: bufio.NewWriterSize(out, 16<<10)}
	if format == Arrow {
		f.encoder, err = newIPCEncoder(f.buffer, schema)
	} else {
		f.encoder, err = newParquetEncoder(f.buffer, schema, dictionaries)
	}
	if err != nil {
		out.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// write appends a record's rows as a batch of their own.
func (f *dataFile) write(record arrow.Record, spill uint32) (err error) {
	defer f.recoverTo(&err)
	f.batches = append(f.batches, batch{spill, record.NumRows()})
	if err := f.encoder.Write(record); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// close completes the file. It is safe from a crash only after syncTree.
func (f *dataFile) close() (err error) {
	defer f.out.Close()
	defer f.recoverTo(&err)
	if err := f.encoder.Close(); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	if err := f.buffer.Flush(); err != nil {
		return err
	}
	info, err := f.out.Stat()
	if err != nil {
		return err
	}
	f.bytes = info.Size()
	return nil
}

// recoverTo turns a panic into an error: arrow panics on some errors of a writer.
func (f *dataFile) recoverTo(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %v", f.path, r)
		// The cause, if it was the disk.
		if cause := f.buffer.Flush(); cause != nil {
			*err = cause
		}
	}
}

func (f *dataFile) rows() (n int64) {
	for _, b := range f.batches {
		n += b.rows
	}
	return n
}
