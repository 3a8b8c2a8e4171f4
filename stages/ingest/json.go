package ingest

import (
	"errors"
	"io"
	"slices"
)

// jsonDecoder reads the articles of a JSON document: the elements of an array,
// an object, several of these in a row, or an envelope, which is an object
// with a list of articles anywhere inside.
type jsonDecoder struct {
	in     *jsonStream
	cols   *columns
	scan   scanner
	number int64
	raw    []byte // the last record

	depth  int   // brackets open around the list that is being read; 0 = none
	first  bool  // the list's next element is its first
	held   bool  // in.value has the first element already
	behind error // what reading it said
}

func newJSONDecoder(r io.Reader, cols *columns, limit int64) *jsonDecoder {
	return &jsonDecoder{in: newJSONStream(r, limit), cols: cols}
}

func (d *jsonDecoder) columns() []string { return d.scan.keys(d.raw) }

func (d *jsonDecoder) next(rec *record) error {
	for {
		if d.depth > 0 {
			if err := d.element(rec); err != io.EOF {
				return err
			}
			continue
		}
		switch c, err := d.in.peek(); {
		case err != nil:
			return err
		case c == '[':
			d.in.take()
			d.enter(1)
		case c == '{':
			if err := d.object(rec); !d.held {
				return err
			}
		default:
			return d.misplaced(rec)
		}
	}
}

// enter starts to read a list inside of depth brackets.
func (d *jsonDecoder) enter(depth int) { d.depth, d.first = depth, true }

// element reads the list's next element, io.EOF after the last.
func (d *jsonDecoder) element(rec *record) error {
	if !d.held {
		c, err := d.in.peek()
		if err != nil {
			return cutOff(err)
		}
		if c == ']' {
			d.in.take()
			err := d.in.leave(d.depth - 1)
			d.depth = 0
			if err != nil {
				return cutOff(err)
			}
			return io.EOF
		}
		if !d.first {
			if c != ',' {
				return d.misplaced(rec)
			}
			d.in.take()
		}
		d.raw, d.behind = d.in.read()
	}
	d.held, d.first = false, false
	d.number++
	rec.number = d.number
	switch d.behind {
	case nil:
		return d.scan.record(d.raw, d.cols, rec)
	case ErrTooLong:
		if err := d.in.skip(); err != nil {
			return cutOff(err)
		}
		return tooLong(rec.number, d.in.limit)
	}
	return cutOff(d.behind)
}

// object reads an object that is in no list. If it is not an article itself,
// it may be an envelope: then the first article of its list is held. That the
// object is too long, broken or cut off may be true of an envelope as well,
// and its articles are read all the same.
func (d *jsonDecoder) object(rec *record) error {
	rec.number = d.number + 1
	raw, err := d.in.read()
	whole, behind := err == nil, d.in.window
	if whole {
		err = d.scan.record(raw, d.cols, rec)
		if err == nil && rec.values[fieldText].kind == text {
			d.number++
			d.raw = raw
			return nil
		}
		d.raw = slices.Clone(raw)
	}
	d.in.unread()
	findErr := d.findList()
	switch {
	case d.held:
		rec.reset()
		return nil
	case whole:
		d.number++
		d.in.window = behind
		return err // nil if only the text is missing: the reader will say so
	case findErr != nil:
		return findErr
	}
	d.number++
	return tooLong(rec.number, d.in.limit)
}

// findList looks for the first list of objects of which the first one names a
// text, at any depth of the object ahead. It holds that one, or has passed
// over the whole object.
func (d *jsonDecoder) findList() error {
	d.in.take() // the bracket
	for depth := 1; depth > 0; {
		c, err := d.in.peek()
		if err != nil {
			return cutOff(err)
		}
		switch c {
		case '}':
			depth--
			fallthrough
		case ',':
			d.in.take()
			continue
		}
		if c, err = d.key(); err != nil {
			return err
		}
		switch c {
		case '{':
			d.in.take()
			depth++
		case '[':
			d.in.take()
			if err := d.hold(depth); err != nil || d.held {
				return err
			}
		default:
			_, err := d.in.read()
			if err == ErrTooLong {
				err = d.in.skip()
			}
			if err != nil {
				return cutOff(err)
			}
		}
	}
	return nil
}

// key passes over a member's key and colon and returns its value's first byte.
func (d *jsonDecoder) key() (byte, error) {
	if key, err := d.in.read(); err != nil {
		return 0, cutOff(err)
	} else if len(key) == 0 || key[0] != '"' {
		return 0, d.misplaced(nil)
	}
	c, err := d.in.peek()
	if err == nil && c != ':' {
		return 0, d.misplaced(nil)
	}
	if err == nil {
		d.in.take()
		c, err = d.in.peek()
	}
	return c, cutOff(err)
}

// hold reads the first element of the list whose bracket was just taken. If
// it names a text, or is too long to tell, this is the list of articles;
// otherwise hold passes over the list.
func (d *jsonDecoder) hold(depth int) error {
	c, err := d.in.peek()
	if err != nil {
		return cutOff(err)
	}
	if c == '{' {
		d.raw, d.behind = d.in.read()
		if d.behind == ErrTooLong || d.behind == nil && namesText(d.raw, d.cols) {
			d.enter(depth + 1)
			d.held = true
			return nil
		}
		if d.behind != nil {
			return cutOff(d.behind)
		}
	}
	return cutOff(d.in.leave(1))
}

// misplaced is the fatal error that the next byte is no JSON here: without
// knowing where the next record starts there is no way on.
func (d *jsonDecoder) misplaced(rec *record) error {
	if rec != nil {
		rec.number = d.number + 1
	}
	err := broken(d.number+1, errors.New("no JSON value where one should be"),
		"name the file .jsonl if it has one record a line")
	err.Fatal = true
	return err
}

// cutOff turns the end of the file into an error: inside a value it is none.
func cutOff(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
