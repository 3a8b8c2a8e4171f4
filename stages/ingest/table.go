package ingest

import "fmt"

// tableColumn is a wanted column of a table.
type tableColumn struct {
	index int
	slot  slot
}

// checkHeader refuses a table as a whole that lacks a column which the user
// named, or any column of text: otherwise each of its rows would be an error.
func checkHeader(header []string, hasText bool, cols *columns) error {
	for f := range numFields {
		if err := cols.missing(f, header); err != nil {
			err.Fatal = true
			return err
		}
	}
	if !hasText {
		return &RecordError{Fatal: true, Hint: columnsHint(header),
			Err: fmt.Errorf("%w: no column of text", ErrWrongColumn)}
	}
	return nil
}
