package sentiment

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"

	"detente/lexicons"
)

// A model file is a header and one signed byte for every slot and class:
//
//	"détente sentiment" and a line break   the file's kind
//	uint32 format                          bumped when the features change
//	uint32 slots
//	float32 scale                          a weight is its byte times this
//	slots × 3 int8                         weights by slot, then class
//
// All numbers are little-endian.
const (
	magic      = "détente sentiment\n"
	format     = 1
	headerSize = len(magic) + 12
)

//go:embed news.model
var embedded []byte

// Hash identifies the weights of the model of a name: hex SHA-256, "-" for
// those that are not a file of ours.
func Hash(name string) string {
	if name != "news" {
		return "-"
	}
	sum := sha256.Sum256(embedded)
	return hex.EncodeToString(sum[:])
}

// Encode returns the model file of weights, by slot, then class.
func Encode(weights []float32) []byte {
	var top float32
	for _, w := range weights {
		top = max(top, abs(w))
	}
	scale := top / math.MaxInt8
	out := make([]byte, 0, headerSize+len(weights))
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint32(out, format)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(weights)/NClasses))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	for _, w := range weights {
		q := 0.0
		if scale > 0 {
			q = math.Round(float64(w / scale))
		}
		out = append(out, byte(int8(q)))
	}
	return out
}

// Decode reads a model file.
func Decode(data []byte, lex *lexicons.Set) (*Linear, error) {
	if len(data) < headerSize || string(data[:len(magic)]) != magic {
		return nil, errors.New("no sentiment model file")
	}
	field := func(i int) uint32 { return binary.LittleEndian.Uint32(data[len(magic)+4*i:]) }
	if f := field(0); f != format {
		return nil, fmt.Errorf("sentiment model of format %d, want %d: train it anew with make model", f, format)
	}
	scale := math.Float32frombits(field(2))
	if n := NClasses << Bits; field(1) != 1<<Bits || len(data) != headerSize+n || !(scale >= 0 && scale < 1e6) {
		return nil, fmt.Errorf("sentiment model file of %d bytes is damaged, want %d", len(data), headerSize+n)
	}
	m, err := NewLinear(lex)
	if err != nil {
		return nil, err
	}
	m.scale = scale
	m.rows = make([]row, 1<<Bits)
	m.used = make([]uint64, 1<<Bits/64)
	for slot := range m.rows {
		for which, at := range [2]int{slot, slot ^ copied} {
			for k := range NClasses {
				m.rows[slot][which][k] = int8(data[headerSize+NClasses*at+k])
			}
		}
		if m.rows[slot] != (row{}) {
			m.used[slot/64] |= 1 << (slot % 64)
		}
	}
	return m, nil
}
