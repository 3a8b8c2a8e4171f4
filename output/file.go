package output

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/zeebo/xxh3"
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
	path  string // where it is written
	name  string // its path in the dataset once published
	rows  int64
	bytes int64 // size once closed
	dead  int64 // of these, what no reader needs any more

	out     *os.File
	sum     *xxh3.Hasher
	buffer  *bufio.Writer
	encoder encoder // nil once closed
}

// createFile creates a file at path, and the folders above it, that is to be
// published as name.
func createFile(path, name string, format Format, schema *arrow.Schema, dictionaries []string) (*dataFile, error) {
	f, err := createRaw(path, name)
	if err != nil {
		return nil, err
	}
	if format == Arrow {
		f.encoder, err = newIPCEncoder(f.buffer, schema)
	} else {
		f.encoder, err = newParquetEncoder(f.buffer, schema, dictionaries)
	}
	if err != nil {
		f.out.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// createRaw creates a file whose bytes are written to its buffer.
func createRaw(path, name string) (*dataFile, error) {
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
	f := &dataFile{path: path, name: name, out: out, sum: xxh3.New()}
	f.buffer = bufio.NewWriterSize(io.MultiWriter(out, f.sum), 16<<10)
	return f, nil
}

// write appends a record as a row group or record batch of its own.
func (f *dataFile) write(record arrow.Record) (err error) {
	defer f.recoverTo(&err)
	f.rows += record.NumRows()
	if err := f.encoder.Write(record); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// close completes the file. It is safe from a crash only after syncTree.
func (f *dataFile) close() (err error) {
	defer f.out.Close()
	defer f.recoverTo(&err)
	encoder := f.encoder
	f.encoder = nil
	if err := encoder.Close(); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return f.end()
}

// end completes a file whose bytes are all written.
func (f *dataFile) end() error {
	defer f.out.Close()
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

// hash is the XXH3-128 of a closed file's bytes, in hex.
func (f *dataFile) hash() string {
	sum := f.sum.Sum128().Bytes()
	return hex.EncodeToString(sum[:])
}
