package output

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// column ties a column of a table to a field of its row R. From the one
// definition follow the schema, the check, the writing and the reading.
type column[R any] struct {
	name     string
	nullable bool
	repeats  bool         // a few values come again and again: a Parquet dictionary pays
	field    func(*R) any // pointer to the field: *string, *bool, *int32, *Offset, *float32, *Number, *time.Time, *Day, *[]byte, *[]string or *[]Evidence
	doc      string
}

// Offset is a count of code points where there may be none.
type Offset int32

// NoOffset is the Offset of a part that a statement does not have.
const NoOffset Offset = -1

// Day is a date without a time: midnight UTC; the zero Day is unknown.
type Day struct{ time.Time }

// timestampUTC needs the zone's name "UTC": readers take any other for local time.
var timestampUTC = &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}

// evidenceType is not marked "elements never null" because arrow v15 writes
// the elements of every Parquet list as nullable.
var evidenceType = arrow.ListOf(arrow.StructOf(
	arrow.Field{Name: "term", Type: arrow.BinaryTypes.String},
	arrow.Field{Name: "start", Type: arrow.PrimitiveTypes.Int32},
	arrow.Field{Name: "end", Type: arrow.PrimitiveTypes.Int32},
	arrow.Field{Name: "category", Type: arrow.BinaryTypes.String},
	arrow.Field{Name: "valence", Type: arrow.PrimitiveTypes.Float32},
))

// typeOf returns the Arrow type of a column by its field, and its name in manuals.
func typeOf(field any) (arrow.DataType, string) {
	switch field.(type) {
	case *string:
		return arrow.BinaryTypes.String, "string"
	case *bool:
		return arrow.FixedWidthTypes.Boolean, "bool"
	case *int32, *Offset:
		return arrow.PrimitiveTypes.Int32, "int32"
	case *float32:
		return arrow.PrimitiveTypes.Float32, "float32"
	case *Number:
		return arrow.PrimitiveTypes.Float64, "float64"
	case *time.Time:
		return timestampUTC, "timestamp[us, UTC]"
	case *Day:
		return arrow.FixedWidthTypes.Date32, "date32"
	case *[]byte:
		return arrow.BinaryTypes.Binary, "binary"
	case *[]string:
		return arrow.ListOf(arrow.BinaryTypes.String), "list<string>"
	case *[]Evidence:
		return evidenceType, "list<struct<term string, start int32, end int32, category string, valence float32>>"
	}
	panic(fmt.Sprintf("output: no column type for %T", field))
}

// fault says why a field cannot be written, "" if it can. Arrow would write
// all of these without a word: a null that the schema rules out, a date that
// Python cannot represent, a number that spoils every mean.
func fault(field any, nullable bool) string {
	switch p := field.(type) {
	case *string:
		if *p == "" && !nullable {
			return "is missing"
		}
	case *float32:
		if x := float64(*p); math.IsNaN(x) || math.IsInf(x, 0) {
			return "is not a number"
		}
	case *Number:
		if x := float64(*p); math.IsNaN(x) && !nullable || math.IsInf(x, 0) {
			return "is not a number"
		}
	case *time.Time:
		return yearFault(*p)
	case *Day:
		return yearFault(p.Time)
	case *[]Evidence:
		for _, e := range *p {
			if x := float64(e.Valence); math.IsNaN(x) || math.IsInf(x, 0) {
				return "has a valence that is not a number"
			}
			if e.Category == "" {
				return "has a term without a category"
			}
		}
	}
	return ""
}

func yearFault(t time.Time) string {
	if y := t.UTC().Year(); y < 1 || y > 9999 {
		return fmt.Sprintf("has the year %d, outside 1 to 9999", y)
	}
	return ""
}

// appendTo adds a field's value to the column's builder; empty strings and zero
// times become null, which fault has ruled out for columns that have none.
func appendTo(b array.Builder, field any) {
	switch p := field.(type) {
	case *string:
		b := b.(*array.StringBuilder)
		if *p == "" {
			b.AppendNull()
		} else {
			b.Append(repair(*p))
		}
	case *bool:
		b.(*array.BooleanBuilder).Append(*p)
	case *int32:
		b.(*array.Int32Builder).Append(*p)
	case *Offset:
		b := b.(*array.Int32Builder)
		if *p == NoOffset {
			b.AppendNull()
		} else {
			b.Append(int32(*p))
		}
	case *float32:
		b.(*array.Float32Builder).Append(*p)
	case *Number:
		b := b.(*array.Float64Builder)
		if math.IsNaN(float64(*p)) {
			b.AppendNull()
		} else {
			b.Append(float64(*p))
		}
	case *time.Time:
		b := b.(*array.TimestampBuilder)
		if p.IsZero() {
			b.AppendNull()
		} else {
			b.Append(arrow.Timestamp(p.UnixMicro()))
		}
	case *Day:
		b := b.(*array.Date32Builder)
		if p.IsZero() {
			b.AppendNull()
		} else {
			b.Append(arrow.Date32FromTime(p.Time))
		}
	case *[]byte:
		b := b.(*array.BinaryBuilder)
		if len(*p) == 0 {
			b.AppendNull()
		} else {
			b.Append(*p)
		}
	case *[]string:
		b := b.(*array.ListBuilder)
		b.Append(true)
		for _, s := range *p {
			b.ValueBuilder().(*array.StringBuilder).Append(repair(s))
		}
	case *[]Evidence:
		appendEvidence(b.(*array.ListBuilder), *p)
	}
}

func appendEvidence(b *array.ListBuilder, list []Evidence) {
	b.Append(true)
	s := b.ValueBuilder().(*array.StructBuilder)
	for _, e := range list {
		s.Append(true)
		s.FieldBuilder(0).(*array.StringBuilder).Append(e.Term)
		s.FieldBuilder(1).(*array.Int32Builder).Append(e.Start)
		s.FieldBuilder(2).(*array.Int32Builder).Append(e.End)
		s.FieldBuilder(3).(*array.StringBuilder).Append(repair(e.Category))
		s.FieldBuilder(4).(*array.Float32Builder).Append(e.Valence)
	}
}

// repair makes s valid UTF-8, without which DuckDB refuses the whole column.
func repair(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// setFrom is the reverse of appendTo: it sets a field from row i of an array
// of the column's type. Strings are copies, so that a kept row does not keep
// its whole batch in memory.
func setFrom(field any, a arrow.Array, i int) {
	viewFrom(field, a, i)
	if p, ok := field.(*string); ok {
		*p = strings.Clone(*p)
	}
}

// viewFrom is setFrom with a string that lies in the array's memory: it is
// valid until the array is released.
func viewFrom(field any, a arrow.Array, i int) {
	null := a.IsNull(i)
	switch p := field.(type) {
	case *string:
		if !null {
			*p = a.(*array.String).Value(i)
		}
	case *bool:
		*p = a.(*array.Boolean).Value(i)
	case *int32:
		*p = a.(*array.Int32).Value(i)
	case *Offset:
		*p = NoOffset
		if !null {
			*p = Offset(a.(*array.Int32).Value(i))
		}
	case *float32:
		*p = a.(*array.Float32).Value(i)
	case *Number:
		*p = Number(math.NaN())
		if !null {
			*p = Number(a.(*array.Float64).Value(i))
		}
	case *time.Time:
		if !null {
			*p = time.UnixMicro(int64(a.(*array.Timestamp).Value(i))).UTC()
		}
	case *Day:
		if !null {
			*p = Day{a.(*array.Date32).Value(i).ToTime()}
		}
	case *[]byte:
		if !null {
			*p = slices.Clone(a.(*array.Binary).Value(i))
		}
	case *[]string:
		a := a.(*array.List)
		from, to := a.ValueOffsets(i)
		for j := from; j < to; j++ {
			*p = append(*p, strings.Clone(a.ListValues().(*array.String).Value(int(j))))
		}
	case *[]Evidence:
		*p = evidenceAt(a.(*array.List), i)
	}
}

func evidenceAt(a *array.List, i int) []Evidence {
	s := a.ListValues().(*array.Struct)
	from, to := a.ValueOffsets(i)
	var list []Evidence
	for j := int(from); j < int(to); j++ {
		list = append(list, Evidence{
			Term:     strings.Clone(s.Field(0).(*array.String).Value(j)),
			Start:    s.Field(1).(*array.Int32).Value(j),
			End:      s.Field(2).(*array.Int32).Value(j),
			Category: strings.Clone(s.Field(3).(*array.String).Value(j)),
			Valence:  s.Field(4).(*array.Float32).Value(j),
		})
	}
	return list
}

// table is a table with rows R.
type table[R any] struct {
	name    string
	columns []column[R]
	fields  []arrow.Field
}

func newTable[R any](name string, columns []column[R]) *table[R] {
	t := &table[R]{name: name, columns: columns}
	for _, c := range columns {
		typ, _ := typeOf(c.field(new(R)))
		t.fields = append(t.fields, arrow.Field{
			Name: c.name, Type: typ, Nullable: c.nullable,
			Metadata: arrow.NewMetadata([]string{"comment"}, []string{c.doc}),
		})
	}
	return t
}

// schema returns the table's Arrow schema with meta as its metadata.
func (t *table[R]) schema(meta Meta) *arrow.Schema {
	m := arrow.NewMetadata(
		[]string{"detente.version", schemaKey, "detente.lexicons", "detente.model", "detente.run"},
		[]string{meta.Version, SchemaVersion, meta.Lexicons, meta.Model, meta.Run})
	return arrow.NewSchema(t.fields, &m)
}

// dictionaries gives the Parquet paths of the columns that get a dictionary.
func (t *table[R]) dictionaries() []string {
	var paths []string
	for _, c := range t.columns {
		if c.repeats {
			paths = append(paths, c.name)
		}
	}
	return paths
}

// check returns an InvalidError if a column of row r of document docID cannot be written.
func (t *table[R]) check(r *R, docID string) error {
	for _, c := range t.columns {
		if reason := fault(c.field(r), c.nullable); reason != "" {
			return &InvalidError{DocID: docID, Column: t.name + "." + c.name, Reason: reason}
		}
	}
	return nil
}

// append adds a row to a builder of the table's schema.
func (t *table[R]) append(b *array.RecordBuilder, r *R) {
	for i := range t.columns {
		appendTo(b.Field(i), t.columns[i].field(r))
	}
}

// docID returns the doc_id of a row.
func (t *table[R]) docID(r *R) string {
	i := slices.IndexFunc(t.columns, func(c column[R]) bool { return c.name == "doc_id" })
	return *t.columns[i].field(r).(*string)
}

func (t *table[R]) describe(list []Column) []Column {
	for _, c := range t.columns {
		_, name := typeOf(c.field(new(R)))
		list = append(list, Column{Table: t.name, Name: c.name, Type: name, Nullable: c.nullable, Doc: c.doc})
	}
	return list
}
