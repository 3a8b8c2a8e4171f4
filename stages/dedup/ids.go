package dedup

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"
)

// ids are the ids of the entries in little memory and without pointers, which
// would burden the garbage collector: their bytes one after the other, and an
// open hash table of entry numbers.
type ids struct {
	blocks [][]byte // of ids, each behind its length
	places []uint64 // of the entries' ids: index of the block << 32 | offset
	slots  []uint32 // number of the entry + 1, 0 = free; a power of two of them
	used   int
}

const idBlock = 1 << 20

// find returns the number of the last entry with an id.
func (d *ids) find(id string) (n uint32, known bool) {
	if len(d.slots) == 0 {
		return 0, false
	}
	if i := d.slot(id); d.slots[i] != 0 {
		return d.slots[i] - 1, true
	}
	return 0, false
}

// add gives entry n its id. Entries are added in the order of their numbers.
func (d *ids) add(id string, n uint32) {
	last := len(d.blocks) - 1
	if need := len(id) + binary.MaxVarintLen64; last < 0 || cap(d.blocks[last])-len(d.blocks[last]) < need {
		d.blocks = append(d.blocks, make([]byte, 0, max(idBlock, need)))
		last++
	}
	block := d.blocks[last]
	d.places = append(d.places, uint64(last)<<32|uint64(len(block)))
	d.blocks[last] = append(binary.AppendUvarint(block, uint64(len(id))), id...)

	if 4*d.used >= 3*len(d.slots) {
		d.grow()
	}
	i := d.slot(id)
	if d.slots[i] == 0 {
		d.used++
	}
	d.slots[i] = n + 1
}

func (d *ids) grow() {
	old := d.slots
	d.slots = make([]uint32, max(64, 2*len(old)))
	for _, s := range old {
		if s != 0 {
			d.slots[d.slot(d.name(s-1))] = s
		}
	}
}

// slot is where an id is or would be.
func (d *ids) slot(id string) int {
	mask := len(d.slots) - 1
	i := int(xxh3.HashString(id)) & mask
	for d.slots[i] != 0 && string(d.bytes(d.slots[i]-1)) != id {
		i = (i + 1) & mask
	}
	return i
}

// name is the id of entry n.
func (d *ids) name(n uint32) string { return string(d.bytes(n)) }

func (d *ids) bytes(n uint32) []byte {
	at := d.places[n]
	b := d.blocks[at>>32][uint32(at):]
	size, skip := binary.Uvarint(b)
	return b[skip : skip+int(size)]
}
