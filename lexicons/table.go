package lexicons

// Every word of every document is looked up in the vocabulary and in the trie,
// so both are open-addressing hash tables over flat slices: on news text they
// take half the time of Go's maps, which a profile of the whole run showed on
// top.

// words maps folded words to numbers, 1, 2, … in the order of entry.
type words struct {
	short []short  // words of up to eight bytes, which most of a text's are
	slots []slot   // longer ones
	text  []byte   // all words, end to end
	ends  []uint32 // by number: the end of the word in text
}

// short holds a word itself, so that to find it takes one place of memory.
type short struct {
	key uint64 // packed, 0 = free
	id  uint32
}

// slot is eight bytes, so that the table stays in the second-level cache; most
// words of a text are told apart by the hash.
type slot struct {
	hash uint32
	id   uint32 // 0 = free
}

const shortWord = 8

// pack makes a number of up to eight bytes.
func pack[S string | []byte](w S) (key uint64) {
	for i := range len(w) {
		key |= uint64(w[i]) << (8 * i & 63)
	}
	return key
}

// lower makes the capitals of a packed ASCII word small: to each byte is added
// what carries into its highest bit from A on, and from behind Z on.
func lower(key uint64) uint64 {
	const each = 0x0101010101010101
	return key | ((key+each*(0x80-'A'))&^(key+each*(0x80-'Z'-1))&(each*0x80))>>2
}

// hash is FNV-1a (Fowler, Noll and Vo), which is fast on words of a few bytes.
func hash(w []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range w {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// get returns a word's number, 0 for unknown.
func (t *words) get(w []byte) uint32 {
	if len(w) <= shortWord {
		return t.packed(pack(w))
	}
	if len(t.slots) == 0 {
		return 0
	}
	h := hash(w)
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s.id == 0 {
			return 0
		}
		if s.hash == h && string(t.text[t.ends[s.id-1]:t.ends[s.id]]) == string(w) {
			return s.id
		}
	}
}

// packed returns the number of a packed word, 0 for unknown.
func (t *words) packed(key uint64) uint32 {
	if len(t.short) == 0 {
		return 0
	}
	return t.short[t.shortAt(key)].id
}

// shortAt returns where a packed word is or would be.
func (t *words) shortAt(key uint64) uint64 {
	mask := uint64(len(t.short) - 1)
	i := key * 0x9E3779B97F4A7C15 >> 32 & mask
	for t.short[i].key != key && t.short[i].key != 0 {
		i = (i + 1) & mask
	}
	return i
}

// put enters a word that is not there yet and returns its number.
func (t *words) put(w string) uint32 {
	if len(t.ends) == 0 {
		t.ends = []uint32{0}
	}
	if 3*len(t.ends) > 2*len(t.slots) {
		size := max(1<<10, 2*len(t.slots))
		old, oldShort := t.slots, t.short
		t.slots, t.short = make([]slot, size), make([]short, size)
		for _, s := range old {
			if s.id != 0 {
				t.place(s)
			}
		}
		for _, s := range oldShort {
			if s.key != 0 {
				t.short[t.shortAt(s.key)] = s
			}
		}
	}
	id := uint32(len(t.ends))
	t.text = append(t.text, w...)
	t.ends = append(t.ends, uint32(len(t.text)))
	if len(w) <= shortWord {
		key := pack(w)
		t.short[t.shortAt(key)] = short{key, id}
	} else {
		t.place(slot{hash([]byte(w)), id})
	}
	return id
}

func (t *words) place(s slot) {
	mask := uint32(len(t.slots) - 1)
	i := s.hash & mask
	for t.slots[i].id != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = s
}

// edges maps a trie node and a word to the next node.
type edges struct {
	keys []uint64 // node<<32 | word, 0 = free
	to   []uint32
	n    int
}

func (t *edges) at(key uint64) uint32 {
	mask := uint64(len(t.keys) - 1)
	i := (key * 0x9E3779B97F4A7C15 >> 20) & mask // Fibonacci hashing (Knuth, vol. 3, 6.4)
	for t.keys[i] != 0 && t.keys[i] != key {
		i = (i + 1) & mask
	}
	return uint32(i)
}

// get returns the node behind an edge, 0 for none.
func (t *edges) get(node, word uint32) uint32 {
	if len(t.keys) == 0 {
		return 0
	}
	return t.to[t.at(uint64(node)<<32|uint64(word))]
}

// put adds an edge that is not there yet.
func (t *edges) put(node, word, to uint32) {
	if 3*(t.n+1) > 2*len(t.keys) {
		old := *t
		size := max(1<<10, 2*len(old.keys))
		t.keys, t.to = make([]uint64, size), make([]uint32, size)
		for i, k := range old.keys {
			if k != 0 {
				j := t.at(k)
				t.keys[j], t.to[j] = k, old.to[i]
			}
		}
	}
	i := t.at(uint64(node)<<32 | uint64(word))
	t.keys[i], t.to[i] = uint64(node)<<32|uint64(word), to
	t.n++
}
