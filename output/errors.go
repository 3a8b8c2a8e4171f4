package output

import (
	"errors"
	"io/fs"
	"syscall"
)

// ErrExists says that the folder holds a dataset already.
var ErrExists = errors.New("holds a dataset already")

// ErrNoDataset says that a folder holds no dataset.
var ErrNoDataset = errors.New("no dataset")

// ErrNewer says that a dataset was written by a newer version of the program.
var ErrNewer = errors.New("a newer dataset")

// ErrNoStore says that this program cannot write to what a dataset's URL names.
var ErrNoStore = errors.New("no object store that this program knows")

// HintError is an error together with what the user can do about it.
type HintError struct {
	Err  error
	Hint string // e.g. "the disk is full: free some space or choose another --out"
}

func (e *HintError) Error() string { return e.Err.Error() }
func (e *HintError) Unwrap() error { return e.Err }

// hints says what to do about the errors of a file system.
var hints = []struct {
	err  error
	hint string
}{
	{fs.ErrPermission, "no permission to write there: choose another --out or change its owner"},
	{syscall.EROFS, "the file system is read-only: choose another --out"},
	{syscall.ENOTDIR, "a file stands where a folder is needed: choose another --out"},
	{syscall.ENOSPC, "the disk is full: free some space or choose another --out"},
	{syscall.EDQUOT, "the disk quota is used up: free some space or choose another --out"},
	{syscall.EMFILE, "too many open files: raise the limit with ulimit -n"},
}

// withHint adds a hint to an error of a file system, where there is one.
func withHint(err error) error {
	if hinted := new(HintError); errors.As(err, &hinted) {
		return err
	}
	for _, h := range hints {
		if errors.Is(err, h.err) {
			return &HintError{err, h.hint}
		}
	}
	return err
}
