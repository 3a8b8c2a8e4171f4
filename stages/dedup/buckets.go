package dedup

import "iter"

// buckets holds the entries by their hashes in one band: an open hash
// table with linear probing, of entry numbers alone. The hashes are in the entries.
// Entries of a hash lie in the order in which they were added.
type buckets struct {
	slots []uint32 // number of the entry + 1, 0 = free; a power of two of them
	used  int
}

// all yields the numbers of the entries that have the hash in band b.
func (t *buckets) all(b int, hash uint32, x *Index) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if len(t.slots) == 0 {
			return
		}
		for i := t.home(hash); t.slots[i] != 0; i = t.after(i) {
			if n := t.slots[i] - 1; x.at(n).signature.bands[b] == hash && !yield(n) {
				return
			}
		}
	}
}

// add adds entry n, unless its hash has a crowd already.
func (t *buckets) add(b int, n uint32, x *Index) {
	if 4*t.used >= 3*len(t.slots) {
		t.grow(b, n, x)
	}
	hash, same := x.at(n).signature.bands[b], 0
	i := t.home(hash)
	for ; t.slots[i] != 0; i = t.after(i) {
		if x.at(t.slots[i] - 1).signature.bands[b] != hash {
			continue
		}
		if same++; same == crowd {
			return
		}
	}
	t.slots[i] = n + 1
	t.used++
}

// grow doubles the slots and puts the entries in anew, in their order.
func (t *buckets) grow(b int, n uint32, x *Index) {
	old := t.slots
	*t = buckets{slots: make([]uint32, max(64, 2*len(old)))}
	for n := range n {
		t.add(b, n, x)
	}
}

func (t *buckets) home(hash uint32) int {
	return int(uint64(hash) * uint64(len(t.slots)) >> 32)
}

func (t *buckets) after(i int) int { return (i + 1) & (len(t.slots) - 1) }
