package lexicons

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Header keys that every lexicon file must have, in the order of the README.
var headerKeys = []string{"name", "title", "version", "unit", "language", "source", "licence", "citation", "changes"}

// units are the kinds of lexicon file and the columns of each.
var units = map[string][]string{
	"actor":        {"code", "kind", "forms", "name", "surname", "role", "from", "to"},
	"predicate":    {"forms", "pos", "category", "valence", "target", "flags"},
	"shifter":      {"form", "kind", "factor"},
	"irregular":    {"base", "past", "participle", "present", "gerund"},
	"role":         {"forms", "kind", "sector", "role"},
	"word":         {"form", "tag"},
	"date":         {"form", "kind", "value"},
	"abbreviation": {"form", "kind"},
	"publisher":    {"forms", "code"},
}

// File is one lexicon file: its header, its rows and where they stand.
type File struct {
	Path   string
	Header map[string]string
	SHA256 string // hex, of the whole file
	Rows   []Row
}

// Row is one line of a lexicon file, one cell a column of its unit.
type Row struct {
	Line  int
	Cells []string
}

// Name is the file's name as its header gives it.
func (f *File) Name() string { return f.Header["name"] }

// Unit is the kind of the file's entries.
func (f *File) Unit() string { return f.Header["unit"] }

// Problem is one fault of a lexicon file.
type Problem struct {
	Path string
	Line int
	Text string
}

// Error is "file:line: what is wrong".
func (p *Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Text) }

// Parse reads one lexicon file. The error joins a *Problem for every fault in
// the header or the columns; entries are checked by Compile.
func Parse(path string, r io.Reader) (*File, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	sum := sha256.Sum256(data)
	f := &File{Path: path, Header: map[string]string{}, SHA256: hex.EncodeToString(sum[:])}
	var faults []error
	fault := func(line int, format string, a ...any) {
		faults = append(faults, &Problem{path, line, fmt.Sprintf(format, a...)})
	}
	in := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	in.Buffer(nil, 1<<20)
	var columns []string
	line := 0
	for in.Scan() {
		line++
		text := strings.TrimRight(in.Text(), "\r\n")
		if columns == nil {
			if key, value, ok := strings.Cut(strings.TrimPrefix(text, "#"), ":"); ok && strings.HasPrefix(text, "#") {
				f.Header[strings.TrimSpace(key)] = strings.TrimSpace(value)
				continue
			}
			if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#") {
				continue
			}
			for _, k := range headerKeys {
				if f.Header[k] == "" && k != "citation" {
					fault(line, "header line \"# %s: …\" is missing", k)
				}
			}
			want, ok := units[f.Unit()]
			if !ok {
				fault(line, "unknown unit %q; units are %s", f.Unit(), strings.Join(unitNames(), ", "))
				return nil, errors.Join(faults...)
			}
			columns = strings.Split(text, "\t")
			if !slices.Equal(columns, want) {
				fault(line, "columns are %q, want %q (tab-separated)", columns, want)
				return nil, errors.Join(faults...)
			}
			continue
		}
		if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#") {
			continue
		}
		cells := strings.Split(text, "\t")
		if len(cells) > len(columns) {
			fault(line, "%d cells, want at most %d", len(cells), len(columns))
			continue
		}
		for i, c := range cells {
			cells[i] = strings.TrimSpace(c)
		}
		for len(cells) < len(columns) {
			cells = append(cells, "")
		}
		f.Rows = append(f.Rows, Row{line, cells})
	}
	if err := in.Err(); err != nil {
		fault(line+1, "%v", err)
	} else if columns == nil {
		fault(line+1, "no line of column names after the header")
	}
	return f, errors.Join(faults...)
}

func unitNames() []string {
	var names []string
	for u := range units {
		names = append(names, u)
	}
	slices.Sort(names)
	return names
}
