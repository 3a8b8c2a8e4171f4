package ingest

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

// record reads the object that data is into rec.
func (s *scanner) record(data []byte, cols *columns, rec *record) error {
	s.reset(data)
	if s.peek() != '{' {
		return broken(rec.number, s.unexpected(), "a record is a JSON object: {\"title\": ..., \"text\": ...}")
	}
	err := s.object(func(key []byte) error {
		slot, ok := cols.lookup(key)
		if !ok || rec.has(slot) {
			return s.skip()
		}
		return s.member(slot, rec)
	})
	if err == nil {
		err = s.end()
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
	return err == nil && s.end() == nil && named
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
