package ingest

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// str reads the string at pos. The result is valid until the next call.
func (s *scanner) str() ([]byte, error) {
	s.pos++ // the quote
	start := s.pos
	s.pos += plain(s.data[s.pos:])
	if s.accept('"') {
		return s.data[start : s.pos-1], nil
	}
	out := append(s.scratch[:0], s.data[start:s.pos]...)
	for !s.accept('"') {
		if !s.accept('\\') {
			return nil, s.unexpected() // the end, or a control character
		}
		var err error
		if out, err = s.escape(out); err != nil {
			return nil, err
		}
		n := plain(s.data[s.pos:])
		out = append(out, s.data[s.pos:s.pos+n]...)
		s.pos += n
	}
	s.scratch = out
	return out, nil
}

// loneSurrogate stands for half a UTF-16 pair, which is no character. It is
// invalid UTF-8, so that clean replaces it and warns of it like of the rest.
const loneSurrogate = 0xff

// escape appends what the escape at pos, after its backslash, stands for.
func (s *scanner) escape(out []byte) ([]byte, error) {
	if s.pos >= len(s.data) {
		return nil, errCutShort
	}
	c := s.data[s.pos]
	if c == 'u' {
		return s.unicodeEscape(out)
	}
	i := bytes.IndexByte([]byte(`"\/bfnrt`), c)
	if i < 0 {
		return nil, s.unexpected()
	}
	s.pos++
	return append(out, "\"\\/\b\f\n\r\t"[i]), nil
}

// unicodeEscape appends the character of uXXXX, or of a pair of them.
func (s *scanner) unicodeEscape(out []byte) ([]byte, error) {
	r, err := s.hex4()
	if err != nil {
		return nil, err
	}
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(out, r), nil
	}
	after := s.pos
	if s.accept('\\') && s.pos < len(s.data) && s.data[s.pos] == 'u' {
		low, err := s.hex4()
		if err != nil {
			return nil, err
		}
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return utf8.AppendRune(out, pair), nil
		}
	}
	s.pos = after // what follows is a character of its own
	return append(out, loneSurrogate), nil
}

// hex4 reads uXXXX.
func (s *scanner) hex4() (r rune, err error) {
	s.pos++ // the u
	for range 4 {
		if s.pos >= len(s.data) {
			return 0, errCutShort
		}
		c := s.data[s.pos]
		switch {
		case isDigit(c):
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, s.unexpected()
		}
		r = r<<4 | rune(c)
		s.pos++
	}
	return r, nil
}

// plain counts the bytes up to the first quote, backslash or control
// character. It looks at eight bytes at once: x-ones has a high bit set in the
// lowest byte of x that is zero (where x itself had none), and likewise
// x-ones*0x20 in the lowest byte below a space. Higher bytes may be set by
// borrowing, but only the lowest one counts.
func plain(b []byte) int {
	const (
		ones  = 0x0101010101010101
		highs = 0x80 * ones
	)
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		quote := x ^ ones*'"'
		slash := x ^ ones*'\\'
		found := (quote - ones) &^ quote
		found |= (slash - ones) &^ slash
		found |= (x - ones*' ') &^ x
		if found &= highs; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b) && b[i] >= ' ' && b[i] != '"' && b[i] != '\\'; i++ {
	}
	return i
}
