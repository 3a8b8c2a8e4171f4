package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"strconv"
	"time"

	"detente/output"
	"detente/stages/ingest"
)

// tally hands scored documents to the writer and keeps account of a run.
type tally struct {
	log     *slog.Logger
	bar     *progress
	keepAll bool // of the skipped, for JSON; else the first maxListed
	began   time.Time
	copies  copies

	scored     int64
	unchanged  int64 // known already
	older      int64 // than --since
	duplicates int64 // scored, but near-duplicates of others
	textBytes  int64 // of what was scored
	skipped    []skip
	reasons    map[string]int64 // skipped records by reason
	warnings   map[string]int64 // documents by warning
	dyads      dyads            // of the tones written
}

const (
	maxListed = 20 // skipped records in the summary
	maxLogged = 5  // messages for each kind of warning; documents.warnings has them all
)

// skip is a record that is not in the tables.
type skip struct {
	At     string `json:"at"` // file:record
	Reason string `json:"reason"`
	Error  string `json:"error"`
	Hint   string `json:"hint,omitempty"`
}

func newTally(log *slog.Logger, bar *progress, keepAll bool) *tally {
	return &tally{log: log, bar: bar, keepAll: keepAll, began: time.Now(), copies: newCopies("", log),
		skipped: []skip{}, reasons: map[string]int64{}, warnings: map[string]int64{}, dyads: newDyads()}
}

// deliver writes one document, or notes why it is skipped. Its error ends the
// run.
func (t *tally) deliver(it *item, w *output.Writer) error {
	t.bar.add(len(it.article.Text))
	if it.older {
		t.older++
		return nil
	}
	if it.err != nil {
		t.skip(it.article.URI, it.err)
		return nil
	}
	if it.status == output.Unchanged {
		t.unchanged++
		return nil
	}
	keep, err := t.copies.mark(&it.scored)
	if err != nil {
		return err
	}
	outcome, err := w.Write(it.scored)
	if invalid := (*output.InvalidError)(nil); errors.As(err, &invalid) {
		t.skip(it.article.URI, err)
		return nil
	} else if err != nil {
		return err
	}
	keep()
	t.scored++
	if it.article.DuplicateOf != "" {
		t.duplicates++
	}
	t.textBytes += int64(len(it.article.Text))
	if outcome == output.Replaced {
		t.warn(it.article.URI, "duplicate id", "id", it.article.ID, "hint", "the last document of an id wins")
	}
	for _, warning := range it.article.Warnings {
		t.warn(it.article.URI, warning)
	}
	return nil
}

func (t *tally) warn(at, warning string, attrs ...any) {
	t.warnings[warning]++
	level := slog.LevelWarn
	if t.warnings[warning] > maxLogged {
		level = slog.LevelDebug
	}
	t.log.Log(context.Background(), level, warning, append(attrs, "at", at)...)
	if t.warnings[warning] == maxLogged+1 {
		t.log.Warn("more of these: " + warning + "; see documents.warnings and the summary")
	}
}

// skip notes a record that cannot be written; at is its place if err has none.
func (t *tally) skip(at string, err error) {
	s := skip{At: at, Reason: reason(err), Error: err.Error(), Hint: hintOf(err)}
	if r := (*ingest.RecordError)(nil); errors.As(err, &r) {
		s.At, s.Error = r.File, r.Err.Error()
		if r.Record > 0 {
			s.At += ":" + strconv.FormatInt(r.Record, 10)
		}
	}
	t.reasons[s.Reason]++
	if t.keepAll || len(t.skipped) < maxListed {
		t.skipped = append(t.skipped, s)
	}
	attrs := []any{"at", s.At}
	if s.Hint != "" {
		attrs = append(attrs, "hint", s.Hint)
	}
	t.log.Warn("skipped: "+s.Error, attrs...)
	if p := (*panicError)(nil); errors.As(err, &p) {
		t.log.Debug("stack of the internal error", "at", s.At, "stack", "\n"+string(p.stack))
	}
}

// reason sums an error up for counting.
func reason(err error) string {
	for _, kind := range []error{ingest.ErrEmptyFile, ingest.ErrNoText, ingest.ErrTooLong, ingest.ErrWrongType,
		ingest.ErrWrongColumn, ingest.ErrBroken, ingest.ErrFormat, ingest.ErrBomb, ingest.ErrNoFile} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	var (
		panicked *panicError
		invalid  *output.InvalidError
		path     *fs.PathError
	)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "truncated file"
	case errors.As(err, &path):
		return "unreadable file"
	case errors.As(err, &panicked), errors.As(err, &invalid):
		return "internal error"
	}
	return "damaged file"
}
