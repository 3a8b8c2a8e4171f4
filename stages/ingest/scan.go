package ingest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads JSON objects in memory. It checks all of an object as strictly
// as encoding/json does, but takes out only the wanted members: most of the
// bytes are one long string, which it passes over eight at a time. Invalid
// UTF-8 is left for clean to repair.
type scanner struct {
	data    []byte
	pos     int
	depth   int
	scratch []byte // the last string with escapes
}

// maxDepth is how deep values may nest, as in encoding/json.
const maxDepth = 10000

var errCutShort = errors.New("unexpected end of JSON")

// record reads the object that data is into rec.
func (s *scanner) record(data []byte, cols *columns, rec *record) error {
	s.reset(data)
	if c := s.peek(); c != '{' {
		return broken(rec.number, s.unexpected(), "a record is a JSON object: {\"title\": ..., \"text\": ...}")
	}
	err := s.object(func(key []byte) error {
		slot, ok := cols.lookup(key)
		if !ok || rec.has(slot) {
			return s.skip()
		}
		return s.member(slot, rec)
	})
	if err == nil && s.peek() != 0 {
		err = s.unexpected()
	}
	if err != nil {
		return broken(rec.number, err, "the record is no valid JSON")
	}
	return nil
}

// keys lists the members of the object that data is, as far as it is valid.
func (s *scanner) keys(data []byte) (names []string) {
	s.reset(data)
	if s.peek() == '{' {
		s.object(func(key []byte) error {
			names = append(names, string(key))
			return s.skip()
		})
	}
	return names
}

// namesText reports whether data is a valid JSON object that has a text, or
// would have one if it were not null.
func namesText(data []byte, cols *columns) (named bool) {
	var s scanner
	s.reset(data)
	err := s.object(func(key []byte) error {
		slot, ok := cols.lookup(key)
		named = named || ok && slot.field == fieldText
		return s.skip()
	})
	return err == nil && named
}

func (s *scanner) reset(data []byte) { s.data, s.pos, s.depth = data, 0, 0 }

// member reads the value of a wanted member.
func (s *scanner) member(at slot, rec *record) error {
	switch c := s.peek(); {
	case c == '"':
		str, err := s.str()
		if err == nil {
			rec.set(at, text, string(str))
		}
		return err
	case c == '-' || isDigit(c):
		start := s.pos
		if err := s.skip(); err != nil {
			return err
		}
		rec.set(at, number, string(s.data[start:s.pos]))
	case c == '{' && at.field == fieldPublisher:
		return s.publisher(at, rec)
	case c == 'n':
		return s.skip()
	default:
		rec.set(at, wrong, "")
		return s.skip()
	}
	return nil
}

// publisher reads {"name": "Reuters"} or {"title": "Reuters"}.
func (s *scanner) publisher(at slot, rec *record) error {
	rec.set(at, wrong, "")
	return s.object(func(key []byte) error {
		if !isPublisherName(string(key)) || s.peek() != '"' {
			return s.skip()
		}
		name, err := s.str()
		if err == nil {
			rec.set(at, text, string(name))
		}
		return err
	})
}

// peek passes over space and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// unexpected is the error that the byte at pos has no business there.
func (s *scanner) unexpected() error {
	if s.pos >= len(s.data) {
		return errCutShort
	}
	r, _ := utf8.DecodeRune(s.data[s.pos:])
	return fmt.Errorf("unexpected %q at byte %d", r, s.pos+1)
}

// expect passes over space and the byte c.
func (s *scanner) expect(c byte) error {
	if s.peek() != c || s.pos >= len(s.data) {
		return s.unexpected()
	}
	s.pos++
	return nil
}

// skip checks the next value, of any type, and passes over it.
func (s *scanner) skip() error {
	switch c := s.peek(); {
	case c == '"':
		_, err := s.str()
		return err
	case c == '{':
		return s.object(func([]byte) error { return s.skip() })
	case c == '[':
		return s.sequence('[', ']', s.skip)
	case c == 't':
		return s.literal("true")
	case c == 'f':
		return s.literal("false")
	case c == 'n':
		return s.literal("null")
	}
	return s.number()
}

// object passes over an object. For each member it calls value, which must
// pass over the member's value; the key is valid until it does.
func (s *scanner) object(value func(key []byte) error) error {
	return s.sequence('{', '}', func() error {
		if s.peek() != '"' {
			return s.unexpected()
		}
		key, err := s.str()
		if err != nil {
			return err
		}
		if err := s.expect(':'); err != nil {
			return err
		}
		return value(key)
	})
}

// sequence passes over elements with commas between and brackets around.
func (s *scanner) sequence(open, end byte, element func() error) error {
	if err := s.expect(open); err != nil {
		return err
	}
	if s.depth++; s.depth > maxDepth {
		return errors.New("nested too deeply")
	}
	defer func() { s.depth-- }()
	if s.peek() == end {
		s.pos++
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		switch s.peek() {
		case ',':
			s.pos++
		case end:
			s.pos++
			return nil
		default:
			return s.unexpected()
		}
	}
}

func (s *scanner) literal(word string) error {
	for i := range len(word) {
		if s.pos >= len(s.data) || s.data[s.pos] != word[i] {
			return s.unexpected()
		}
		s.pos++
	}
	return nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// number passes over -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
func (s *scanner) number() error {
	s.accept('-')
	if !s.accept('0') {
		if err := s.digits(); err != nil {
			return err
		}
	}
	if s.accept('.') {
		if err := s.digits(); err != nil {
			return err
		}
	}
	if s.accept('e') || s.accept('E') {
		_ = s.accept('+') || s.accept('-')
		return s.digits()
	}
	return nil
}

func (s *scanner) accept(c byte) bool {
	if s.pos < len(s.data) && s.data[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

func (s *scanner) digits() error {
	start := s.pos
	for s.pos < len(s.data) && isDigit(s.data[s.pos]) {
		s.pos++
	}
	if s.pos == start {
		return s.unexpected()
	}
	return nil
}

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
