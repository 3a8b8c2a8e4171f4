package ingest

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
)

// DefaultMaxDocument is the limit on a record's bytes if Options has none.
const DefaultMaxDocument = 10 << 20

// DefaultMaxUnpacked is the limit on a file's unpacked bytes if Options has none.
const DefaultMaxUnpacked = 256 << 30

// Options say how to read. The zero Options are the defaults.
type Options struct {
	// Fields names the input's columns for some of the fields, in the order in
	// which they are tried, in place of the usual names:
	// {"text": {"my_column"}}. The keys are FieldNames.
	Fields map[string][]string

	// MaxDocument is the limit on the bytes of one record. A longer one is
	// skipped without being held in memory.
	MaxDocument int64

	// MaxUnpacked is the limit on the bytes that a compressed file may unpack to.
	// There is one on the ratio, too: see unpacked.
	MaxUnpacked int64

	// Workers is how many pages are taken apart at a time, 0 = one.
	Workers int

	Stdin       io.Reader // what "-" reads; nil = os.Stdin
	StdinFormat string    // "jsonl", "csv", ...; "" = by content

	// Progress, if set, counts the bytes consumed of all sources, as they are
	// on disk: after the last one it stands at TotalSize.
	Progress *atomic.Int64
}

// Check reports names in o that do not exist: a mistake of the command line.
func (o Options) Check() error {
	for name, columns := range o.Fields {
		if !slices.Contains(FieldNames(), name) {
			return fmt.Errorf("unknown field %q: there are %s", name, strings.Join(FieldNames(), ", "))
		}
		if len(columns) == 0 {
			return fmt.Errorf("field %q: no column", name)
		}
	}
	_, err := o.stdinFormat()
	return err
}

// stdinFormat is the format that the user says stdin has, "" = by content.
func (o Options) stdinFormat() (format, error) {
	if o.StdinFormat == "" {
		return "", nil
	}
	name := strings.ToLower(o.StdinFormat)
	if f, ok := formatByExtension["."+name]; ok {
		return f, nil
	}
	return "", fmt.Errorf("%w %q: there are %s", ErrFormat, o.StdinFormat,
		strings.ReplaceAll(strings.Join(extensions(), ", "), ".", ""))
}

func (o Options) maxDocument() int64 {
	if o.MaxDocument > 0 {
		return o.MaxDocument
	}
	return DefaultMaxDocument
}

func (o Options) maxUnpacked() int64 {
	if o.MaxUnpacked > 0 {
		return o.MaxUnpacked
	}
	return DefaultMaxUnpacked
}

func (o Options) stdin() io.Reader {
	if o.Stdin != nil {
		return o.Stdin
	}
	return os.Stdin
}
