package ingest

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// openRegular opens a file and nothing else: a FIFO would block until somebody
// writes to it, and a device may never end. It asks before it opens, since some
// devices act on being opened, and again after, since the file may have been
// exchanged meanwhile.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = regular(path, info)
	}
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil {
		err = regular(path, info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func regular(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return &fs.PathError{Op: "open", Path: path, Err: fmt.Errorf("%w: it is a %s", ErrNoFile, fileKind(info.Mode()))}
}

func fileKind(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "folder"
	case m&fs.ModeNamedPipe != 0:
		return "FIFO"
	case m&fs.ModeSocket != 0:
		return "socket"
	case m&fs.ModeDevice != 0:
		return "device"
	}
	return "special file"
}

// Text packs 3 to 30 times smaller, the same lines again and again 200 times;
// gzip can do no better than 1032. A ratio says nothing of a small file.
const (
	maxRatio  = 250
	ratioFrom = 64 << 20 // unpacked bytes
)

// unpacked is a decompressor's output. It ends with ErrBomb where a file
// unpacks to more than any articles would.
type unpacked struct {
	r      io.Reader
	packed *countingReader
	limit  int64
	n      int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.n += int64(n)
	switch {
	case u.n > u.limit:
		return int(max(0, int64(n)-(u.n-u.limit))), fmt.Errorf("%w: unpacks to more than %d bytes", ErrBomb, u.limit)
	case u.n > ratioFrom && u.n/maxRatio > u.packed.n:
		return 0, fmt.Errorf("%w: unpacks to more than %d times its size", ErrBomb, maxRatio)
	}
	return n, err
}
