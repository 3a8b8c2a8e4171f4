package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// csvRows cuts a stream into rows, as encoding/csv would, and hands it one row
// at a time: csv.Reader has no limit of its own, and one quote that is never
// closed would make it read the rest of a file into memory.
type csvRows struct {
	r      *bufio.Reader
	comma  byte
	limit  int64
	state  csvState
	lines  int64  // lines read
	line   int64  // line on which the row starts
	row    []byte // the row
	fields int    // of the row, as far as it was followed
	rest   []byte // what of it was not yet handed over
}

// maxFields is how many columns a table may have: as many as a spreadsheet's.
// Each takes forty times the memory of its comma.
const maxFields = 16_384

// csvState is where in a row the cut is.
type csvState uint8

const (
	fieldStart    csvState = iota
	unquoted               // in a field without quotes
	quoted                 // in a field with quotes
	afterQuote             // after a quote in such a field: its end, or half of ""
	afterQuotedCR          // after a quote and \r, which ends a row only before \n
)

// Read hands over the row, or a part of it.
func (c *csvRows) Read(p []byte) (int, error) {
	if len(c.rest) == 0 {
		if err := c.nextRow(); err != nil {
			return 0, err
		}
		c.rest = c.row
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// nextRow reads a row. One beyond the limit is dropped as it streams by.
func (c *csvRows) nextRow() error {
	c.line = c.lines + 1
	c.row, c.state, c.fields = c.row[:0], fieldStart, 1
	size := int64(0)
	for {
		part, err := c.r.ReadSlice('\n')
		size += int64(len(part))
		if size <= c.limit {
			c.row = append(c.row, part...)
		}
		c.follow(part)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && size == 0:
			return io.EOF
		case err == io.EOF && c.state == quoted:
			e := broken(c.line, errors.New("a quote is never closed"), "the rows from here on are lost: close it")
			e.Fatal = true
			return e
		case err != nil && err != io.EOF:
			return err
		}
		c.lines++
		if c.state == quoted {
			continue
		}
		switch {
		case size > c.limit:
			return tooLong(c.line, c.limit)
		case c.fields > maxFields:
			return broken(c.line, fmt.Errorf("more than %d fields", maxFields), "is it a table?")
		}
		return nil
	}
}

// follow passes over part, which ends at a line end or anywhere before.
func (c *csvRows) follow(part []byte) {
	for len(part) > 0 {
		n := 1
		switch b := part[0]; c.state {
		case fieldStart:
			switch b {
			case '"':
				c.state = quoted
			case c.comma:
				c.fields++
			case '\n':
			default:
				c.state = unquoted
			}
		case unquoted:
			if n = bytes.IndexByte(part, c.comma) + 1; n == 0 {
				return
			}
			c.state = fieldStart
			c.fields++
		case quoted:
			if n = bytes.IndexByte(part, '"') + 1; n == 0 {
				return
			}
			c.state = afterQuote
		case afterQuote:
			switch b {
			case c.comma:
				c.state = fieldStart
				c.fields++
			case '\n':
				c.state = fieldStart
			case '\r':
				c.state = afterQuotedCR
			default: // "" or, against the rules, a lone quote: both go on
				c.state = quoted
			}
		case afterQuotedCR:
			if b == '\n' {
				c.state = fieldStart
			} else {
				c.state = quoted
				n = 0 // b may be a quote again
			}
		}
		part = part[n:]
	}
}
