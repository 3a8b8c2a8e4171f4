package lexicons

import "encoding/binary"

// Every word of every document is looked up in the vocabulary and in the trie,
// so both are open-addressing hash tables over flat slices: on news text they
// take half the time of Go's maps, which a profile of the whole run showed on
// top.

// words maps folded words to their numbers.
type words struct {
	slots []slot
	n     int
	long  map[string]uint32 // words that have no spelling
}

func newWords() words {
	return words{slots: make([]slot, 1<<10), long: map[string]uint32{}}
}

// slot holds a word itself, so that to find it takes one place of memory.
type slot struct {
	word spelling
	id   uint32 // 0 = free
}

// spelling is a word of up to sixteen bytes, as nearly all are, zeros behind it.
type spelling struct{ head, tail uint64 }

const longest = 16 // bytes of a spelling

// spell returns the spelling of text[start:end].
func spell(text string, start, end int) spelling {
	if start+longest > len(text) {
		var padded [longest]byte
		copy(padded[:], text[start:end])
		return spelling{binary.LittleEndian.Uint64(padded[:]), binary.LittleEndian.Uint64(padded[8:])}
	}
	n := end - start
	return spelling{eight(text[start:]) & first(n), eight(text[start+8:]) & first(max(n-8, 0))}
}

// eight is the first eight bytes of s as a number, which is read at once.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// first is the mask of the first n bytes of a number.
func first(n int) uint64 { return 1<<(8*uint(n)) - 1 }

// lower makes the capitals of ASCII bytes small: to each byte is added
// what carries into its highest bit from A on, and from behind Z on. The bytes of other
// runes stay: what they carry reaches no further than the rune.
func lower(key uint64) uint64 {
	const each = 0x0101010101010101
	return key | ((key+each*(0x80-'A'))&^(key+each*(0x80-'Z'-1))&(each*0x80))>>2
}

// get returns a word's number, 0 for unknown.
func (t *words) get(w string) uint32 {
	if len(w) > longest {
		return t.long[w]
	}
	return t.spelled(spell(w, 0, len(w)))
}

// spelled returns the number of a word by its spelling, 0 for unknown.
func (t *words) spelled(w spelling) uint32 { return t.at(w).id }

// home returns the slot of a word unless another took it.
func (t *words) home(w spelling) *slot { return &t.slots[t.hash(w)] }

func (t *words) hash(w spelling) uint64 {
	return (w.head ^ w.tail*0xFF51AFD7ED558CCD) * 0x9E3779B97F4A7C15 >> 32 & uint64(len(t.slots)-1)
}

// at returns the slot where a word is or would be.
func (t *words) at(w spelling) *slot {
	i := t.hash(w)
	for t.slots[i].word != w && t.slots[i].id != 0 {
		i = (i + 1) & uint64(len(t.slots)-1)
	}
	return &t.slots[i]
}

// put enters a word that is not there yet.
func (t *words) put(w string, id uint32) {
	if len(w) > longest {
		t.long[w] = id
		return
	}
	if 3*(t.n+1) > 2*len(t.slots) {
		old := t.slots
		t.slots = make([]slot, 2*len(old))
		for _, s := range old {
			if s.id != 0 {
				*t.at(s.word) = s
			}
		}
	}
	word := spell(w, 0, len(w))
	*t.at(word) = slot{word, id}
	t.n++
}

// edges maps a trie node and a word to the next node.
type edges struct {
	slots []edge
	n     int
}

type edge struct {
	key uint64 // node<<32 | word, 0 = free
	to  uint32
}

// at returns where an edge is or would be.
func (t *edges) at(key uint64) *edge {
	mask := uint64(len(t.slots) - 1)
	i := (key * 0x9E3779B97F4A7C15 >> 20) & mask // Fibonacci hashing (Knuth, vol. 3, 6.4)
	for t.slots[i].key != 0 && t.slots[i].key != key {
		i = (i + 1) & mask
	}
	return &t.slots[i]
}

// get returns the node behind an edge, 0 for none.
func (t *edges) get(node, word uint32) uint32 {
	if len(t.slots) == 0 {
		return 0
	}
	return t.at(uint64(node)<<32 | uint64(word)).to
}

// put adds an edge that is not there yet.
func (t *edges) put(node, word, to uint32) {
	if 3*(t.n+1) > 2*len(t.slots) {
		old := t.slots
		t.slots = make([]edge, max(1<<10, 2*len(old)))
		for _, e := range old {
			if e.key != 0 {
				*t.at(e.key) = e
			}
		}
	}
	key := uint64(node)<<32 | uint64(word)
	*t.at(key) = edge{key, to}
	t.n++
}

// codes is a set of codes of three capitals or digits, none of which share their
// lowest six bits: by the first two, a bit for each third.
type codes [64][64]uint64

func (c *codes) add(code string) { c[code[0]&63][code[1]&63] |= 1 << (code[2] & 63) }

func (c *codes) has(code string) bool {
	return len(code) == 3 && c[code[0]&63][code[1]&63]>>(code[2]&63)&1 != 0
}
