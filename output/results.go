package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// Number is a figure that may be untold: NaN is null.
type Number float64

// Results is a table of results, which one file or stream holds whole. All
// forms have the same columns.
type Results[R any] struct {
	table *table[R]
	rows  []R
}

// Comparisons is the table that pipeline compare makes.
func Comparisons(rows []ComparisonRow) Results[ComparisonRow] {
	return Results[ComparisonRow]{comparisons, rows}
}

// Series is the table that pipeline series makes.
func Series(rows []PointRow) Results[PointRow] { return Results[PointRow]{series, rows} }

// WriteFile writes the table to path, as Arrow IPC if it ends in .arrow, else
// as Parquet. A file there is replaced once the new one is complete.
func (r Results[R]) WriteFile(path string, meta Meta) error {
	format := Parquet
	switch filepath.Ext(path) {
	case ".arrow":
		format = Arrow
	case ".parquet":
	default:
		return &HintError{fmt.Errorf("%s: neither .parquet nor .arrow", path), "name the file by its format; --csv and --json print to stdout"}
	}
	folder, name := filepath.Split(path)
	temporary := filepath.Join(folder, "."+name+".tmp")
	if err := r.write(temporary, format, meta); err != nil {
		os.Remove(temporary)
		return withHint(err)
	}
	return withHint(os.Rename(temporary, path))
}

func (r Results[R]) write(path string, format Format, meta Meta) error {
	schema := r.table.schema(meta)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for i := range r.rows {
		if err := r.table.check(&r.rows[i], ""); err != nil {
			return err
		}
		r.table.append(b, &r.rows[i])
	}
	record := b.NewRecord()
	defer record.Release()
	f, err := createFile(path, path, format, schema, r.table.dictionaries())
	if err != nil {
		return err
	}
	if err := f.write(record); err != nil {
		f.out.Close()
		return err
	}
	if err := f.out.Sync(); err != nil {
		f.out.Close()
		return err
	}
	return f.close()
}

// WriteCSV writes a header and the rows; null is an empty field, and the parts
// of a list are separated by "; ".
func (r Results[R]) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	fields := make([]string, len(r.table.columns))
	for i, c := range r.table.columns {
		fields[i] = c.name
	}
	out.Write(fields)
	for k := range r.rows {
		for i, c := range r.table.columns {
			switch v := plainValue(c.field(&r.rows[k])).(type) {
			case nil:
				fields[i] = ""
			case float64:
				fields[i] = strconv.FormatFloat(v, 'g', -1, 64)
			case []string:
				fields[i] = strings.Join(v, "; ")
			default:
				fields[i] = fmt.Sprint(v)
			}
		}
		out.Write(fields)
	}
	out.Flush()
	return out.Error()
}

// MarshalJSON makes an array with an object for each row, its keys in the
// order of the columns.
func (r Results[R]) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('[')
	for k := range r.rows {
		for i, c := range r.table.columns {
			value, err := json.Marshal(plainValue(c.field(&r.rows[k])))
			if err != nil {
				return nil, err
			}
			switch {
			case i > 0:
				out.WriteByte(',')
			case k > 0:
				out.WriteString(",{")
			default:
				out.WriteByte('{')
			}
			fmt.Fprintf(&out, "%q:%s", c.name, value)
		}
		out.WriteByte('}')
	}
	out.WriteByte(']')
	return out.Bytes(), nil
}

// plainValue is a field's value for text formats; nil is null.
func plainValue(field any) any {
	switch p := field.(type) {
	case *string:
		if *p == "" {
			return nil
		}
		return *p
	case *bool:
		return *p
	case *int32:
		return *p
	case *Number:
		if math.IsNaN(float64(*p)) {
			return nil
		}
		return float64(*p)
	case *Day:
		if p.IsZero() {
			return nil
		}
		return p.Format(time.DateOnly)
	case *[]string:
		if *p == nil {
			return []string{}
		}
		return *p
	}
	panic(fmt.Sprintf("output: no plain value for %T", field))
}
