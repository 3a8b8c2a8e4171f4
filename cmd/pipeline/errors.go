package main

import (
	"errors"
	"fmt"
	"io"

	"detente/lexicons"
	"detente/output"
	"detente/stages/ingest"
)

// The exit codes.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3 // done, but inputs were skipped or the run was interrupted
)

// exit is an error that ends the program with a code of its own.
type exit struct {
	code int
	err  error  // nil if all has been said
	hint string // what the user can do about it
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// usageError is a mistake of the command line.
func usageError(err error, hint string) error { return &exit{exitUsage, err, hint} }

func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if e := (*exit)(nil); errors.As(err, &e) {
		return e.code
	}
	// Inputs and lexicons are named on the command line.
	if noInput, problem := (*ingest.NoInputError)(nil), (*lexicons.Problem)(nil); errors.As(err, &noInput) || errors.As(err, &problem) {
		return exitUsage
	}
	// So are datasets.
	if errors.Is(err, output.ErrNoDataset) || errors.Is(err, output.ErrNewer) || errors.Is(err, output.ErrNoStore) {
		return exitUsage
	}
	return exitFailed
}

// printErrors writes a line for each of the errors that err joins.
func printErrors(w io.Writer, err error) {
	if e := (*exit)(nil); err == nil || errors.As(err, &e) && e.err == nil {
		return
	}
	hint := hintOf(err)
	list := leaves(err)
	for i, e := range list {
		line := "error: " + e.Error()
		if hint != "" && i == len(list)-1 {
			line += " (hint: " + hint + ")"
		}
		fmt.Fprintln(w, line)
	}
}

// leaves takes apart what errors.Join put together, also beneath an exit.
func leaves(err error) []error {
	if e, ok := err.(*exit); ok {
		return leaves(e.err)
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || !isJoin(err, joined.Unwrap()) {
		return []error{err}
	}
	var list []error
	for _, e := range joined.Unwrap() {
		list = append(list, leaves(e)...)
	}
	return list
}

// isJoin tells errors.Join from fmt.Errorf with several %w, whose message says
// more than those of its parts.
func isJoin(err error, parts []error) bool { return err.Error() == errors.Join(parts...).Error() }

// hintOf finds the hint that any error of the chain carries.
func hintOf(err error) string {
	var (
		own     *exit
		noInput *ingest.NoInputError
		record  *ingest.RecordError
		written *output.HintError
	)
	switch {
	case errors.As(err, &own) && own.hint != "":
		return own.hint
	case errors.As(err, &noInput):
		return noInput.Hint
	case errors.As(err, &record):
		return record.Hint
	case errors.As(err, &written):
		return written.Hint
	}
	return ""
}
