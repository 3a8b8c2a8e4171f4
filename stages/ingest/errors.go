package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// NoInputError says that a pattern names nothing to read. It is a mistake of
// the command line, not of the data.
type NoInputError struct {
	Pattern string
	Err     error  // what is wrong with it
	Hint    string // what to do about it
}

func (e *NoInputError) Error() string { return fmt.Sprintf("%s: %v", e.Pattern, e.Err) }
func (e *NoInputError) Unwrap() error { return e.Err }

// RecordError says that one record was skipped or, if Fatal, the rest of a
// file. Either way the caller may go on with Next.
type RecordError struct {
	File   string
	Record int64 // line (text formats) or row (JSON arrays, Parquet); 0 = the whole file
	Fatal  bool  // the file's records from here on are lost
	Err    error // what is wrong
	Hint   string
}

func (e *RecordError) Error() string {
	if e.Record == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.File, e.Record, e.Err)
}

func (e *RecordError) Unwrap() error { return e.Err }

// The reasons why records are skipped, for errors.Is.
var (
	ErrEmptyFile   = errors.New("empty file")
	ErrNoText      = errors.New("missing text")
	ErrTooLong     = errors.New("document too long")
	ErrWrongType   = errors.New("wrong type")
	ErrWrongColumn = errors.New("wrong column")
	ErrBroken      = errors.New("broken record")
	ErrFormat      = errors.New("unknown format")
	ErrBomb        = errors.New("decompression bomb")
	ErrNoFile      = errors.New("not a regular file")
)

// broken is a record that does not follow its format.
func broken(record int64, err error, hint string) *RecordError {
	return &RecordError{Record: record, Err: fmt.Errorf("%w: %w", ErrBroken, err), Hint: hint}
}

// tooLong is a record beyond Options.MaxDocument.
func tooLong(record, limit int64) *RecordError {
	return &RecordError{
		Record: record,
		Err:    fmt.Errorf("%w: more than %d bytes", ErrTooLong, limit),
		Hint:   "raise the limit with --max-document",
	}
}

// fatal wraps an error of the file itself, of the layers below the records.
func fatal(record int64, err error) *RecordError {
	e := &RecordError{Record: record, Fatal: true, Err: err}
	switch {
	case errors.Is(err, ErrBomb):
		e.Hint = "--max-unpacked and a file packed less tightly let it pass; the records before this one were read"
	case errors.Is(err, ErrNoFile):
		e.Hint = "pipe it in and use - to read stdin"
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Err = fmt.Errorf("truncated file: %w", err)
		e.Hint = "the file is cut off, get it again; the records before this one were read"
	case isDamage(err):
		e.Hint = "the file is damaged, get it again; the records before this one were read"
	case errors.Is(err, fs.ErrPermission):
		e.Hint = "check the permissions of the file"
	}
	return e
}
