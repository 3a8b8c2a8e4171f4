package ingest

import (
	"bytes"
	"io"
	"slices"
)

// jsonStream cuts a stream of JSON into values without reading them: it
// follows the brackets and strings alone, and holds no more than limit bytes
// of a value. Whether the value is valid inside is for scanner to say.
type jsonStream struct {
	r      io.Reader
	limit  int64
	block  []byte // what r reads into
	window []byte // what was read and not yet used
	value  []byte // the last value, or as much of it as limit allows

	// How far into the value the stream is.
	depth    int  // brackets open
	inString bool // between quotes
	escaped  bool // after a backslash
	ended    bool // all of it is read
}

func newJSONStream(r io.Reader, limit int64) *jsonStream {
	return &jsonStream{r: r, limit: limit, block: make([]byte, sniffLen)}
}

// peek passes over space and returns the next byte.
func (s *jsonStream) peek() (byte, error) {
	for {
		if s.window = bytes.TrimLeft(s.window, " \t\r\n"); len(s.window) > 0 {
			return s.window[0], nil
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// take passes over the byte that peek returned.
func (s *jsonStream) take() { s.window = s.window[1:] }

// read returns the next value, valid until the next call; it is empty before a
// closing bracket, a comma or a colon. A value longer than limit comes as the
// part before, with ErrTooLong: skip drops the rest. After any error unread
// puts back what was read.
func (s *jsonStream) read() ([]byte, error) {
	s.value = s.value[:0]
	if _, err := s.peek(); err != nil {
		return nil, err
	}
	s.depth, s.inString, s.escaped, s.ended = 0, false, false, false
	for {
		n := s.follow()
		s.value = append(s.value, s.window[:n]...)
		s.window = s.window[n:]
		if int64(len(s.value)) > s.limit {
			return s.value, ErrTooLong
		}
		if s.ended {
			return s.value, nil
		}
		if err := s.fill(); err == io.EOF {
			return s.value, io.ErrUnexpectedEOF
		} else if err != nil {
			return s.value, err
		}
	}
}

// skip drops the rest of a value that was too long.
func (s *jsonStream) skip() error {
	for !s.ended {
		if err := s.fill(); err != nil {
			return err
		}
		s.window = s.window[s.follow():]
	}
	return nil
}

// leave drops everything until depth more brackets are closed than opened.
func (s *jsonStream) leave(depth int) error {
	s.depth, s.inString, s.escaped, s.ended = depth, false, false, depth == 0
	return s.skip()
}

// unread puts the last value back in front of the stream.
func (s *jsonStream) unread() { s.window = slices.Concat(s.value, s.window) }

// fill makes sure that the window is not empty.
func (s *jsonStream) fill() error {
	for len(s.window) == 0 {
		n, err := s.r.Read(s.block)
		if s.window = s.block[:n]; n == 0 && err != nil {
			return err
		}
	}
	return nil
}

// follow returns how many bytes of the window belong to the value, and sets
// ended if that is all of it.
func (s *jsonStream) follow() int {
	for i := 0; i < len(s.window); i++ {
		if s.inString {
			if s.escaped {
				s.escaped = false
				continue
			}
			if i += plain(s.window[i:]); i == len(s.window) {
				break
			}
			switch s.window[i] {
			case '\\':
				s.escaped = true
			case '"':
				s.inString = false
				s.ended = s.depth == 0
			}
			if s.ended {
				return i + 1
			}
			continue
		}
		switch s.window[i] {
		case '"':
			s.inString = true
		case '{', '[':
			s.depth++
		case '}', ']':
			if s.depth == 0 { // of the array around a number
				s.ended = true
				return i
			}
			if s.depth--; s.depth == 0 {
				s.ended = true
				return i + 1
			}
		case ',', ':', ' ', '\t', '\r', '\n':
			if s.depth == 0 {
				s.ended = true
				return i
			}
		}
	}
	return len(s.window)
}
