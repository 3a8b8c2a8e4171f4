package ingest

import (
	"errors"
	"fmt"
	"io"
	"iter"

	"detente/stages"
)

// Articles reads all sources in order. A *RecordError says what was skipped;
// reading goes on after it, whether it is fatal for its file or not.
func Articles(sources []Source, opt Options) iter.Seq2[stages.Article, error] {
	return func(yield func(stages.Article, error) bool) {
		for _, src := range sources {
			if !yieldAll(Open(src, opt), yield) {
				return
			}
		}
	}
}

// yieldAll yields the articles of r and closes it. It reports whether the
// consumer wants more.
func yieldAll(r *Reader, yield func(stages.Article, error) bool) bool {
	defer r.Close()
	for {
		article, err := r.Next()
		if err == io.EOF {
			return true
		}
		if !yield(article, err) {
			return false
		}
	}
}

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
	if r.done {
		return stages.Article{}, io.EOF
	}
	err := r.read()
	if err == nil {
		var article stages.Article
		if article, err = r.builder.build(&r.record, r.src.Name()); err == nil {
			return article, nil
		}
		err = r.explain(err)
	}
	if err == io.EOF {
		r.Close()
		return stages.Article{}, r.atEnd()
	}
	recordErr := (*RecordError)(nil)
	if !errors.As(err, &recordErr) {
		recordErr = fatal(r.record.number, err)
	}
	recordErr.File = r.src.Name()
	if recordErr.Fatal {
		r.Close()
	}
	return stages.Article{}, recordErr
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
