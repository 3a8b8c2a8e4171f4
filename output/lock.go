package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// ErrLocked says that another process is writing to the dataset.
var ErrLocked = errors.New("is being written")

// lock keeps other writers from a dataset. The operating system holds it for
// the open file and frees it when the process ends, however that happens; what
// stands in the file is for people.
type lock struct{ file *os.File }

func lockPath(dir string) string { return statePath(dir, "lock") }

// lockDir takes the lock, or returns ErrLocked at once with the holder's name.
func lockDir(dir, command string) (*lock, error) {
	for tries := 0; ; tries++ {
		if err := os.MkdirAll(statePath(dir), 0o777); err != nil {
			return nil, err
		}
		f, err := os.OpenFile(lockPath(dir), os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return nil, err
		}
		if err := tryLock(f); err != nil {
			by := holder(f)
			f.Close()
			if !errors.Is(err, errWouldBlock) {
				return nil, fmt.Errorf("%s: %w", f.Name(), err)
			}
			if tries < 5 { // holderOf has it for a moment
				time.Sleep(50 * time.Millisecond)
				continue
			}
			return nil, &HintError{fmt.Errorf("%s %w by %s", dir, ErrLocked, by), "wait until it has ended"}
		}
		// The holder before may have taken the file away between the two calls.
		ours, err1 := f.Stat()
		now, err2 := os.Stat(lockPath(dir))
		if err1 != nil || err2 != nil || !os.SameFile(ours, now) {
			f.Close()
			continue
		}
		host, _ := os.Hostname()
		if err := errors.Join(f.Truncate(0), writeAt(f, fmt.Sprintf("process %d on %s (%s), since %s", os.Getpid(), host, command, time.Now().UTC().Format(time.RFC3339)))); err != nil {
			f.Close()
			return nil, err
		}
		return &lock{f}, nil
	}
}

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}

// holder reads who has the lock.
func holder(f *os.File) string {
	text, _ := io.ReadAll(io.NewSectionReader(f, 0, 1000))
	if name := strings.TrimSpace(string(text)); name != "" {
		return name
	}
	return "another process" // which has not yet said so
}

// holderOf returns who is writing to a dataset, "" for nobody.
func holderOf(dir string) string {
	f, err := os.OpenFile(lockPath(dir), os.O_RDWR, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	if err := tryLock(f); errors.Is(err, errWouldBlock) {
		return holder(f)
	}
	return ""
}

// release empties the file, so that datasets made alike are alike, and frees the lock.
func (l *lock) release() {
	l.file.Truncate(0)
	l.file.Close()
}
