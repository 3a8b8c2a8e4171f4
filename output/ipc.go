package output

import (
	"errors"
	"io"

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
