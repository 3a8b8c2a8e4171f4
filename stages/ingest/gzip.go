package ingest

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipMembers is what the members of a gzip file unpack to, one after the other.
// Where one is damaged it ends with a *damage, until resume finds another.
type gzipMembers struct {
	packed *replay
	z      *gzip.Reader
	within bool  // a member
	n      int64 // bytes unpacked
	sound  int64 // of these, bytes of members whose sum was right
	member damage
	err    error
}

// damage is a gzip member that cannot be unpacked.
type damage struct {
	packed   int64 // where it begins in the file
	unpacked int64 // where it begins in the output
	err      error
}

func (d *damage) Error() string { return fmt.Sprintf("gzip member at byte %d: %v", d.packed, d.err) }
func (d *damage) Unwrap() error { return d.err }

// keptPacked is how far resume can go back. A damaged member shows as such
// within some kilobytes of the damage, or at its end.
const keptPacked = 1 << 20

func newMembers(r io.Reader) *gzipMembers { return &gzipMembers{packed: newReplay(r, keptPacked)} }

func (m *gzipMembers) Read(p []byte) (n int, err error) {
	for m.err == nil && n == 0 && len(p) > 0 {
		if !m.within {
			m.begin()
			continue
		}
		n, err = m.z.Read(p)
		m.n += int64(n)
		if err == io.EOF {
			m.within, m.sound = false, m.n
		} else if err != nil {
			m.fail(err)
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, m.err
}

// begin reads the head of a member.
func (m *gzipMembers) begin() {
	m.member = damage{packed: m.packed.offset(), unpacked: m.n}
	var err error
	if m.z == nil {
		m.z, err = gzip.NewReader(m.packed.Reader)
	} else {
		err = m.z.Reset(m.packed.Reader)
	}
	switch err {
	case nil:
		m.z.Multistream(false)
		m.within = true
	case io.EOF:
		m.err = io.EOF
	default:
		m.fail(err)
	}
}

func (m *gzipMembers) fail(err error) {
	if m.err = m.packed.back.err; m.err != nil { // the disk or network, not the file
		return
	}
	d := m.member
	d.err = err
	m.err, m.within = &d, false
}

var deflatedMagic = append(bytes.Clone(gzipMagic), 8) // deflate is the one method that there is

// resume goes on behind a damaged member, with the next one that unpacks to what
// begins with prefix. Without one, the file ends here.
func (m *gzipMembers) resume(prefix []byte) bool {
	d, ok := m.err.(*damage)
	if !ok {
		return false
	}
	m.err = io.EOF
	m.packed.rewind(d.packed + 1)
	for {
		window, _ := m.packed.Peek(m.packed.Size())
		i := bytes.Index(window, deflatedMagic)
		switch {
		case i >= 0:
			m.packed.Discard(i)
		case len(window) < m.packed.Size():
			return false
		default:
			m.packed.Discard(len(window) - len(deflatedMagic) + 1)
			continue
		}
		if head, _ := m.packed.Peek(sniffLen / 8); m.unpacksTo(head, prefix) {
			m.err = nil
			return true
		}
		m.packed.Discard(1)
	}
}

// unpacksTo reports whether a member begins like this.
func (m *gzipMembers) unpacksTo(packed, prefix []byte) bool {
	start := make([]byte, len(prefix))
	z := m.z
	if z == nil {
		z = new(gzip.Reader)
	}
	if z.Reset(bytes.NewReader(packed)) != nil {
		return false
	}
	_, err := io.ReadFull(z, start)
	return err == nil && bytes.Equal(start, prefix)
}
