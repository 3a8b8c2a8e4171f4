package ingest

import (
	"bufio"
	"io"
)

// replay is a buffered reader that can go back, by as many bytes as it keeps:
// where a file is damaged, what was read last has to be looked at again.
type replay struct {
	*bufio.Reader
	back *lastBytes
}

func newReplay(r io.Reader, keep int) *replay {
	back := &lastBytes{r: r, keep: keep}
	return &replay{bufio.NewReaderSize(back, sniffLen), back}
}

// offset is the place of the next byte.
func (r *replay) offset() int64 { return r.back.offset() - int64(r.Buffered()) }

// rewind goes back to an offset or, where that is not kept, to the oldest that is.
func (r *replay) rewind(to int64) {
	r.back.at = int(max(0, to-r.back.first))
	r.Reset(r.back)
}

// lastBytes keeps the last bytes read, from keep to twice as many, and reads
// those from at on again.
type lastBytes struct {
	r     io.Reader
	keep  int
	bytes []byte
	first int64 // offset of the first one
	at    int
	err   error // of r, save io.EOF
}

func (b *lastBytes) offset() int64 { return b.first + int64(b.at) }

func (b *lastBytes) Read(p []byte) (int, error) {
	if b.at < len(b.bytes) {
		n := copy(p, b.bytes[b.at:])
		b.at += n
		return n, nil
	}
	n, err := b.r.Read(p)
	if old := len(b.bytes) - b.keep; old > b.keep {
		b.bytes = b.bytes[:copy(b.bytes, b.bytes[old:])]
		b.first += int64(old)
	}
	b.bytes = append(b.bytes, p[:n]...)
	b.at = len(b.bytes)
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}
