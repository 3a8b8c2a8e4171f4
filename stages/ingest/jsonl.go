package ingest

import (
	"bufio"
	"bytes"
	"io"
)

// jsonlDecoder reads one JSON object a line.
type jsonlDecoder struct {
	lines lineReader
	cols  *columns
	scan  scanner
	line  []byte
	found bool // a line that is not blank
}

func newJSONLDecoder(r *bufio.Reader, cols *columns, limit int64) *jsonlDecoder {
	return &jsonlDecoder{lines: lineReader{r: r, limit: limit}, cols: cols}
}

func (d *jsonlDecoder) next(rec *record) error {
	for {
		line, err := d.lines.next()
		if err == io.EOF {
			if d.found {
				return io.EOF
			}
			d.found = true
			return &RecordError{Fatal: true, Err: ErrEmptyFile, Hint: "it holds nothing but blank lines"}
		}
		rec.number = d.lines.number
		if err == ErrTooLong {
			d.found = true
			return tooLong(rec.number, d.lines.limit)
		}
		if err != nil {
			return err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		d.line, d.found = line, true
		return d.scan.record(line, d.cols, rec)
	}
}

func (d *jsonlDecoder) columns() []string { return d.scan.keys(d.line) }
