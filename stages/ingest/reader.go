package ingest

import (
	"errors"
	"fmt"
	"io"

	"detente/stages"
)

// Reader reads the articles of one source. It is not safe for concurrent use.
type Reader struct {
	src     Source
	opt     Options
	columns *columns
	input   *input
	decoder decoder
	record  record
	builder builder
	done    bool
}

// decoder reads the records of one format.
type decoder interface {
	// next reads the next record into rec, which is empty, and sets its
	// number, also on an error. It returns io.EOF at the end, a *RecordError
	// for a record that it skipped, and any other error for the end of all
	// reading.
	next(rec *record) error

	// columns lists the columns of the last record, for the hint of an error.
	columns() []string
}

// Open prepares to read src. What is wrong with the file is an error of the
// first Next, so that one bad file is treated like one bad record.
func Open(src Source, opt Options) *Reader {
	return &Reader{src: src, opt: opt, columns: newColumns(opt.Fields)}
}

// Next returns the next article, a *RecordError for what was skipped in its
// place, or io.EOF.
func (r *Reader) Next() (stages.Article, error) {
	if err := r.advance(); err != nil {
		return stages.Article{}, err
	}
	return r.article(&r.record, &r.builder)
}

// advance reads the next record as far as its order matters.
func (r *Reader) advance() error {
	if r.done {
		return io.EOF
	}
	err := r.read()
	if err == nil {
		return nil
	}
	if err == io.EOF {
		r.Close()
		return r.atEnd()
	}
	err = r.placed(&r.record, err)
	if err.(*RecordError).Fatal {
		r.Close()
	}
	return err
}

// article makes the article of a record. It is safe for concurrent use with
// other records and builders if the record has a rest.
func (r *Reader) article(rec *record, b *builder) (stages.Article, error) {
	err := rec.finish()
	if err == nil {
		var article stages.Article
		if article, err = b.build(rec, r.src.Name()); err == nil {
			return article, nil
		}
		err = r.explain(err)
	}
	return stages.Article{}, r.placed(rec, err)
}

// placed is an error as a *RecordError with its place.
func (r *Reader) placed(rec *record, err error) error {
	recordErr := (*RecordError)(nil)
	if !errors.As(err, &recordErr) {
		recordErr = fatal(rec.number, err)
	}
	recordErr.File = r.src.Name()
	return recordErr
}

// read reads the next record. The Parquet library panics on some damaged
// files; a bad file must not end the run.
func (r *Reader) read() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fatal(r.record.number, fmt.Errorf("%w: %v", ErrBroken, p))
		}
	}()
	if r.decoder == nil {
		if err := r.open(); err != nil {
			return err
		}
	}
	r.record.reset()
	return r.decoder.next(&r.record)
}

func (r *Reader) open() (err error) {
	if r.input, err = openInput(r.src, r.opt); err != nil {
		return err
	}
	r.decoder, err = r.input.decoder(r.columns, r.opt)
	return err
}

// explain adds to an error about a missing text which columns there are.
func (r *Reader) explain(err error) error {
	recordErr := (*RecordError)(nil)
	if !errors.As(err, &recordErr) || !errors.Is(err, ErrNoText) {
		return err
	}
	switch r.input.format {
	case formatHTML, formatWARC:
		recordErr.Hint = "no article was found in the page"
		return recordErr
	case formatFeed:
		recordErr.Hint = "the entry has neither content nor a summary"
		return recordErr
	}
	there := r.decoder.columns()
	for _, name := range there {
		if s, ok := r.columns.lookup([]byte(name)); ok && s.field == fieldText {
			recordErr.Err = fmt.Errorf("%w: %q is empty", ErrNoText, name)
			return recordErr
		}
	}
	if missing := r.columns.missing(fieldText, there); missing != nil {
		missing.Record = recordErr.Record
		return missing
	}
	recordErr.Hint = columnsHint(there)
	return recordErr
}

// atEnd reports the user's own columns that no record had. Tables are checked
// by their header, but records of JSON may each have other fields. A missing
// text was an error of each record.
func (r *Reader) atEnd() error {
	if r.record.number == 0 || !r.input.format.hasColumns() {
		return io.EOF
	}
	for f := range numFields {
		if err := r.columns.missing(f, nil); err != nil && f != fieldText {
			err.File = r.src.Name()
			err.Hint = "no record has it: check the name given with --field"
			return err
		}
	}
	return io.EOF
}

// Close releases the file. It is called by Next at the end, and again is fine.
func (r *Reader) Close() error {
	r.done = true
	if r.input == nil {
		return nil
	}
	return r.input.Close()
}
