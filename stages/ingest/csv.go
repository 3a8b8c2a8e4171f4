package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// csvDecoder reads a table with a header row.
type csvDecoder struct {
	rows   *csvRows
	csv    *csv.Reader
	header []string
	slots  []tableColumn
}

func newCSVDecoder(r *bufio.Reader, comma rune, cols *columns, limit int64) (*csvDecoder, error) {
	rows := &csvRows{r: r, comma: byte(comma), limit: limit}
	d := &csvDecoder{rows: rows, csv: csv.NewReader(rows)}
	d.csv.Comma = comma
	d.csv.LazyQuotes = true // 5" pipes are common in news, and no reason to lose one
	d.csv.FieldsPerRecord = -1
	d.csv.ReuseRecord = true
	header, err := d.csv.Read()
	switch {
	case err == io.EOF:
		return nil, &RecordError{Fatal: true, Err: ErrEmptyFile, Hint: "it has no header row"}
	case err != nil:
		return nil, fatalHeader(err)
	}
	hasText := false
	for i, name := range header {
		name = strings.TrimSpace(name)
		d.header = append(d.header, name)
		if slot, ok := cols.lookup([]byte(name)); ok {
			d.slots = append(d.slots, tableColumn{i, slot})
			hasText = hasText || slot.field == fieldText
		}
	}
	return d, checkHeader(d.header, hasText, cols)
}

// fatalHeader makes an error of the header row one of the whole file: without it
// nothing tells what the columns are.
func fatalHeader(err error) error {
	recordErr := (*RecordError)(nil)
	if !errors.As(err, &recordErr) {
		return err
	}
	recordErr.Fatal = true
	return recordErr
}

func (d *csvDecoder) columns() []string { return d.header }

func (d *csvDecoder) next(rec *record) error {
	row, err := d.csv.Read()
	if err == io.EOF {
		return io.EOF
	}
	rec.number = d.rows.line
	if err != nil {
		return err
	}
	if len(row) != len(d.header) {
		return broken(rec.number, fmt.Errorf("%d fields, but %d columns", len(row), len(d.header)),
			"put quotes around fields with separators or line breaks in them")
	}
	for _, c := range d.slots {
		if !rec.has(c.slot) {
			// The row's fields are pieces of one string: clone, or a short
			// title keeps a long text in memory.
			rec.set(c.slot, text, strings.Clone(row[c.index]))
		}
	}
	return nil
}

// sniffComma finds the separator of a header line: the most frequent one.
func sniffComma(header []byte) rune {
	best, most := ',', 0
	for _, sep := range ",;\t|" {
		if n := bytes.Count(header, []byte(string(sep))); n > most {
			best, most = sep, n
		}
	}
	return best
}
