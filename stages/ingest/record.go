package ingest

import (
	"fmt"
	"slices"
	"strings"

	"detente/stages"
)

// field is a part of an article that inputs name in their own ways.
type field uint8

const (
	fieldID field = iota
	fieldTitle
	fieldText
	fieldPublished
	fieldPublisher
	fieldURL
	fieldLanguage
	numFields
)

// aliases are the names that inputs use for a field, best first. The first one
// is the name of the field itself.
var aliases = [numFields][]string{
	fieldID:        {"id", "doc_id", "guid", "uuid"},
	fieldTitle:     {"title", "headline"},
	fieldText:      {"text", "body", "content", "maintext", "article", "event_text"},
	fieldPublished: {"published", "date", "date_publish", "dateTimePub", "pub_date", "publishedAt", "published_at"},
	fieldPublisher: {"publisher", "source", "outlet", "domain", "source_domain"},
	fieldURL:       {"url", "link"},
	fieldLanguage:  {"language", "lang"},
}

// isPublisherName says which member names a publisher that is an object.
func isPublisherName(key string) bool { return key == "name" || key == "title" }

func (f field) String() string { return aliases[f][0] }

// FieldNames are the names of the fields: the keys of Options.Fields.
func FieldNames() []string {
	names := make([]string, numFields)
	for f := range numFields {
		names[f] = f.String()
	}
	return names
}

// slot is what a column means: a candidate for a field. Of several candidates
// the one of lowest rank wins.
type slot struct {
	field field
	rank  int
}

// columns knows the meaning of column names.
type columns struct {
	own    map[string]slot // by Options.Fields, exact
	usual  map[string]slot // by aliases, in lower case
	wanted [numFields][]string
	seen   [numFields]bool // the input has a column of own
}

// maxAlias is more than the longest alias has.
const maxAlias = 16

func newColumns(own map[string][]string) *columns {
	c := &columns{own: make(map[string]slot), usual: make(map[string]slot)}
	for f := range numFields {
		c.wanted[f] = own[f.String()]
		for rank, name := range c.wanted[f] {
			c.own[name] = slot{f, rank}
		}
		if len(c.wanted[f]) > 0 {
			continue
		}
		for rank, name := range aliases[f] {
			c.usual[strings.ToLower(name)] = slot{f, rank}
		}
	}
	return c
}

// lookup finds what a column means. It does not allocate: it is called for
// every key of every JSON object.
func (c *columns) lookup(name []byte) (slot, bool) {
	if s, ok := c.own[string(name)]; ok {
		c.seen[s.field] = true
		return s, true
	}
	if len(name) > maxAlias {
		return slot{}, false
	}
	var lower [maxAlias]byte
	for i, b := range name {
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		lower[i] = b
	}
	s, ok := c.usual[string(lower[:len(name)])]
	return s, ok
}

// missing is an error if the input, which has the columns there, never showed
// the user's own column for field f.
func (c *columns) missing(f field, there []string) *RecordError {
	if len(c.wanted[f]) == 0 || c.seen[f] {
		return nil
	}
	return &RecordError{
		Err:  fmt.Errorf("%w: no %q for the %s", ErrWrongColumn, strings.Join(c.wanted[f], `" or "`), f),
		Hint: columnsHint(there),
	}
}

// columnsHint lists the columns of the input for the reader of an error.
func columnsHint(there []string) string {
	const limit = 20
	if len(there) == 0 {
		return ""
	}
	if len(there) > limit {
		there = append(slices.Clone(there[:limit]), "...")
	}
	return "the columns are " + strings.Join(there, ", ") + "; name one with --field"
}

// kind is the type of a value, as far as it matters.
type kind uint8

const (
	absent kind = iota // or null, or blank
	wrong              // of a type that the field does not take
	number
	text
)

// value is what a record has for a field.
type value struct {
	kind kind
	rank int
	str  string // text, or the number as written
}

// record is one record as a decoder read it, before any repair.
type record struct {
	number int64 // as in RecordError.Record
	values [numFields]value
	dated  string // a date in the file's name, where that counts

	publishedFrom stages.PublishedFrom // of the field published; "" = a field
	warnings      []string             // of what the decoder repaired

	// rest, unless nil, is what is still to do to find the values, in memory
	// that is the record's own: another goroutine may do it.
	rest func(*record) error
	size int // bytes that rest holds
}

// finish finds the values that are still to be found. One odd page or entry must
// not end a file of thousands.
func (r *record) finish() (err error) {
	if r.rest == nil {
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = broken(r.number, fmt.Errorf("%v", p), "the record cannot be taken apart")
		}
	}()
	return r.rest(r)
}

func (r *record) reset() { *r = record{number: r.number} }

// has reports whether a better value for s is there already, so that this one
// need not be read.
func (r *record) has(s slot) bool {
	v := r.values[s.field]
	return v.kind > wrong && v.rank < s.rank
}

// set offers a value for s.
func (r *record) set(s slot, k kind, str string) {
	if k == number && s.field == fieldText {
		k = wrong
	}
	if k == text && strings.TrimSpace(str) == "" {
		k = absent
	}
	if v := &r.values[s.field]; !r.has(s) && k != absent && (k != wrong || v.kind <= wrong) {
		*v = value{kind: k, rank: s.rank, str: str}
	}
}
