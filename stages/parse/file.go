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
//	2^16 × 2 × 4 bytes                  pairs of rows of the transitions: three weights and the print
//	2^14 × 32 bytes                     rows of the tags: 31 weights and the print
//	2^15 × 32 bytes                     rows of the relations
//	2^16 × 2 bytes                      sure transitions, then sure relations
type Model struct {
	words  vocabulary
	arcs   narrow
	tags   wide
	labels wide

	sureArcs, sureLabels *sure
}

const (
	magic      = "détente parser\n"
	format     = 4
	headerSize = len(magic) + 8
	arcSize    = 8 << pairBits
	tagSize    = rowSize << tagBits
	labelSize  = rowSize << labelBits
	tablesSize = arcSize + tagSize + labelSize + 2<<sureBits
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
	if n > 1<<20 || len(data) != tables+tablesSize {
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
	m := &Model{words: newVocabulary(hashes, fixed), arcs: make(narrow, 1<<pairBits)}
	data = data[tables:]
	for i := range m.arcs {
		m.arcs[i] = binary.LittleEndian.Uint64(data[8*i:])
	}
	m.tags = wideOf(data[arcSize:][:tagSize], tagBits)
	m.labels = wideOf(data[arcSize+tagSize:], labelBits)
	data = data[arcSize+tagSize+labelSize:]
	m.sureArcs, m.sureLabels = (*sure)(data), (*sure)(data[1<<sureBits:])
	return m, nil
}

// wideOf returns the table of 1<<bits rows of bytes.
func wideOf(data []byte, bits uint) wide {
	t := wide{prints: make([]uint8, 1<<bits), rows: make([][rowSize / 8]uint64, 1<<bits), shift: 64 - bits}
	for i := range t.rows {
		row := data[rowSize*i:][:rowSize]
		t.prints[i] = row[rowSize-1]
		for k := range t.rows[i] {
			t.rows[i][k] = binary.LittleEndian.Uint64(row[8*k:])
		}
		t.rows[i][rowSize/8-1] &= 1<<56 - 1
	}
	return t
}

// tablesAt is where the tables begin in a file with n words.
func tablesAt(n int) int { return (headerSize + 5*n + 7) &^ 7 }
