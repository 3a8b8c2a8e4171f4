package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// maxTitle is how many characters a first line may have to be a title.
const maxTitle = 200

// maxFrontMatter is how many bytes front matter may have. The YAML library
// needs memory of the square of how deep a document nests.
const maxFrontMatter = 8 << 10

// textDecoder reads a plain text or Markdown file: one article.
type textDecoder struct {
	r     io.Reader
	src   Source
	cols  *columns
	limit int64
	done  bool
}

func newTextDecoder(r *bufio.Reader, src Source, cols *columns, limit int64) *textDecoder {
	return &textDecoder{r: r, src: src, cols: cols, limit: limit}
}

func (d *textDecoder) columns() []string { return nil }

func (d *textDecoder) next(rec *record) error {
	if d.done {
		return io.EOF
	}
	d.done = true
	content, err := io.ReadAll(io.LimitReader(d.r, d.limit+1))
	switch {
	case err != nil:
		return err
	case int64(len(content)) > d.limit:
		return tooLong(0, d.limit)
	}
	body := string(content)
	if matter, rest, ok := cutFrontMatter(body); ok {
		if err := d.frontMatter(matter, rec); err != nil {
			return broken(0, err, "front matter is YAML: quote values with a colon, as in title: \"Maduro: we want peace\"")
		}
		body = rest
	}
	rec.values[fieldText] = value{kind: text, str: body}
	rec.set(slot{field: fieldTitle, rank: math.MaxInt}, text, titleLine(body))
	rec.dated = fileDate(d.src.Path)
	return nil
}

// cutFrontMatter separates YAML front matter from the text: lines between ---
// and ---, of which the first one has a key. (A rule above a text has none.)
func cutFrontMatter(s string) (matter, rest string, ok bool) {
	first, s, _ := strings.Cut(s, "\n")
	if strings.TrimRight(first, " \t\r") != "---" {
		return "", "", false
	}
	if key, _, ok := strings.Cut(s, ":"); !ok || strings.ContainsAny(strings.TrimLeft(key, "\r\n"), " \r\n") {
		return "", "", false
	}
	for rest = s; rest != ""; {
		var line string
		at := len(s) - len(rest)
		line, rest, _ = strings.Cut(rest, "\n")
		if line = strings.TrimRight(line, " \t\r"); line == "---" || line == "..." {
			return s[:at], rest, true
		}
	}
	return "", "", false
}

// frontMatter reads the fields that stand before the text.
func (d *textDecoder) frontMatter(matter string, rec *record) error {
	if len(matter) > maxFrontMatter {
		return fmt.Errorf("front matter of more than %d bytes", maxFrontMatter)
	}
	var members yaml.MapSlice
	if err := yaml.UnmarshalWithOptions([]byte(matter), &members, yaml.UseOrderedMap()); err != nil {
		return errors.New(yaml.FormatError(err, false, false))
	}
	for _, m := range members {
		slot, ok := d.cols.lookup(fmt.Append(nil, m.Key))
		if ok && slot.field != fieldText {
			kind, str := yamlValue(m.Value)
			rec.set(slot, kind, str)
		}
	}
	return nil
}

// yamlValue is a member's value as record.set wants it.
func yamlValue(v any) (kind, string) {
	switch v := v.(type) {
	case nil:
		return absent, ""
	case string:
		return text, v
	case int64, uint64, float64, int:
		return number, fmt.Sprint(v)
	case yaml.MapSlice:
		for _, m := range v {
			if key, ok := m.Key.(string); ok && isPublisherName(key) {
				return yamlValue(m.Value)
			}
		}
	}
	return wrong, ""
}

// titleLine is the first line of a text if it looks like a title: short and
// followed by a blank line, or a heading of Markdown.
func titleLine(body string) string {
	line, rest, more := strings.Cut(strings.TrimLeft(body, " \t\r\n"), "\n")
	line = strings.TrimSpace(line)
	if heading := strings.TrimLeft(line, "#"); heading != line && strings.HasPrefix(heading, " ") {
		return strings.TrimSpace(heading)
	}
	next, _, _ := strings.Cut(rest, "\n")
	if !more || strings.TrimSpace(next) != "" || utf8.RuneCountInString(line) > maxTitle {
		return ""
	}
	return line
}

// fileDate is the date with which a file's name starts: 2014-02-05-title.txt,
// 20140205.txt.
func fileDate(path string) string {
	name := filepath.Base(path)
	for _, n := range []int{len("2014-02-05"), len("20140205")} {
		if len(name) < n || len(name) > n && isDigit(name[n]) {
			continue
		}
		if d, warning := parseDate(name[:n]); warning == "" && !d.IsZero() {
			return name[:n]
		}
	}
	return ""
}
