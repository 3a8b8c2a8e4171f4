package ingest

import (
	"bufio"
	"bytes"
	"io"
)

// lineReader cuts a stream into lines and never holds more of one than limit.
type lineReader struct {
	r      *bufio.Reader
	limit  int64
	number int64  // of the last line
	long   []byte // a line that does not fit into r's buffer
}

// next returns the next line without its line end, valid until the next call.
// A line beyond the limit is dropped as it streams by and ends in ErrTooLong;
// what stands before any other error is half a line and dropped, too.
func (l *lineReader) next() ([]byte, error) {
	l.number++
	line, err := l.r.ReadSlice('\n')
	size := int64(len(line))
	if err == bufio.ErrBufferFull {
		l.long = l.long[:0]
		for err == bufio.ErrBufferFull {
			if size <= l.limit {
				l.long = append(l.long, line...)
			}
			line, err = l.r.ReadSlice('\n')
			size += int64(len(line))
		}
		if size <= l.limit {
			l.long = append(l.long, line...)
		}
		line = l.long
	}
	switch {
	case err == io.EOF && size == 0:
		return nil, io.EOF
	case err != nil && err != io.EOF:
		return nil, err
	case size > l.limit:
		return nil, ErrTooLong
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), nil
}
