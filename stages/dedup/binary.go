package dedup

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// version is the first byte of a stored signature. It changes whenever Sign
// makes other ones, which cannot be compared.
const version = 1

// size is the length of a stored signature in bytes.
const size = 1 + 8*len(Signature{}.bins) + 4*bands + 8*len(Signature{}.lead) + openPairs

// ErrVersion says that a stored signature is of another version.
var ErrVersion = errors.New("signature of another version")

// Bytes is the stored form of s: 225 bytes, little-endian.
func (s *Signature) Bytes() []byte {
	b := append(make([]byte, 0, size), version)
	for _, v := range s.bins {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	for _, v := range s.bands {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	for _, v := range s.lead {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return append(b, s.opening[:]...)
}

// Parse reads the stored form. Its error is ErrVersion where another version of
// Sign made it.
func Parse(b []byte) (s Signature, err error) {
	if len(b) > 0 && b[0] != version {
		return s, fmt.Errorf("%w: %d, not %d", ErrVersion, b[0], version)
	}
	if len(b) != size {
		return s, fmt.Errorf("a signature has %d bytes, not %d", size, len(b))
	}
	b = b[1:]
	for i := range s.bins {
		s.bins[i] = binary.LittleEndian.Uint64(b)
		b = b[8:]
	}
	for i := range s.bands {
		s.bands[i] = binary.LittleEndian.Uint32(b)
		b = b[4:]
	}
	for i := range s.lead {
		s.lead[i] = binary.LittleEndian.Uint64(b)
		b = b[8:]
	}
	copy(s.opening[:], b)
	return s, nil
}
