package parse

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Model is the parser's weights.
//
// A model file is, all numbers little-endian:
//
//	"détente parser" and a line break   the file's kind
//	uint32 format                       bumped when the features change
//	uint32 words                        in the vocabulary
//	words × uint32                      their hashes, ascending
//	words × byte                        the only tag each has, 0 = it depends
//	padding to 8 bytes
//	2^18 × 4 bytes                      weights of the transitions, biased by 128
//	2^15 × 32 bytes                     weights of the tags
//	2^15 × 32 bytes                     weights of the relations
type Model struct {
	words  vocabulary
	arcs   narrow
	tags   wide
	labels wide
}

const (
	magic      = "détente parser\n"
	format     = 1
	headerSize = len(magic) + 8
	arcSize    = 4 << arcBits
	wideSize   = classes << rowBits
)

// Decode reads a model file.
func Decode(data []byte) (*Model, error) {
	if len(data) < headerSize || string(data[:len(magic)]) != magic {
		return nil, errors.New("no parser model file")
	}
	if f := binary.LittleEndian.Uint32(data[len(magic):]); f != format {
		return nil, fmt.Errorf("parser model of format %d, want %d: train it anew with make parser-model", f, format)
	}
	n := int(binary.LittleEndian.Uint32(data[len(magic)+4:]))
	tables := tablesAt(n)
	if n > 1<<20 || len(data) != tables+arcSize+2*wideSize {
		return nil, fmt.Errorf("parser model file of %d bytes and %d words is damaged", len(data), n)
	}
	hashes := make([]uint32, n)
	fixed := make([]Tag, n)
	for i := range n {
		hashes[i] = binary.LittleEndian.Uint32(data[headerSize+4*i:])
		fixed[i] = Tag(data[headerSize+4*n+i])
		if fixed[i] >= nTags || hashes[i] == 0 {
			return nil, fmt.Errorf("parser model file is damaged at word %d", i)
		}
	}
	m := &Model{words: newVocabulary(hashes, fixed), arcs: make(narrow, 1<<arcBits), tags: make(wide, 1<<rowBits), labels: make(wide, 1<<rowBits)}
	data = data[tables:]
	for i := range m.arcs {
		m.arcs[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	data = data[arcSize:]
	for _, t := range []wide{m.tags, m.labels} {
		for i := range t {
			for k := range t[i] {
				t[i][k] = binary.LittleEndian.Uint64(data[classes*i+8*k:])
			}
		}
		data = data[wideSize:]
	}
	return m, nil
}

// tablesAt is where the tables begin in a file with n words.
func tablesAt(n int) int { return (headerSize + 5*n + 7) &^ 7 }
