package output

import (
	"errors"
	"io"
	"os"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
)

// newIPCEncoder writes an Arrow IPC file to w. Each Write makes a record batch.
// LZ4 is what pyarrow takes for these files too; with zstd they are a third
// smaller, but cost twice the time and four times the memory.
func newIPCEncoder(w io.Writer, schema *arrow.Schema) (encoder, error) {
	return ipc.NewFileWriter(&positioned{w: w}, ipc.WithSchema(schema), ipc.WithLZ4())
}

// positioned is a writer that knows its position, the one thing for which
// ipc.FileWriter wants an io.Seeker.
type positioned struct {
	w  io.Writer
	at int64
}

func (p *positioned) Write(b []byte) (int, error) {
	n, err := p.w.Write(b)
	p.at += int64(n)
	return n, err
}

// Seek returns the position; it cannot change it.
func (p *positioned) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.New("output: cannot seek")
	}
	return p.at, nil
}

// arrowRecords yields the record batches of an Arrow IPC file.
func arrowRecords(in *os.File, yield func(arrow.Record, error) bool) error {
	r, err := openArrow(in)
	if err != nil {
		return err
	}
	defer r.Close()
	for i := range r.NumRecords() {
		record, err := recordAt(r, i)
		if err != nil {
			return err
		}
		if !yield(record, nil) {
			return nil
		}
	}
	return nil
}

func openArrow(in *os.File) (_ *ipc.FileReader, err error) {
	defer damaged(&err)
	r, err := ipc.NewFileReader(in)
	if err != nil {
		return nil, err
	}
	if err := checkVersion(r.Schema().Metadata().GetValue(schemaKey)); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func recordAt(r *ipc.FileReader, i int) (_ arrow.Record, err error) {
	defer damaged(&err)
	return r.Record(i)
}
