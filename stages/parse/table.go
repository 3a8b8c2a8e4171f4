package parse

import "math/bits"

// The classifiers are linear: a feature is a hash that finds a row of a table,
// and a row has a weight for each class. Weights are bytes, so that one addition
// of words adds the weights of several classes: no multiply, no floating point,
// the same on every processor.
//
// A row has a byte of its feature's hash, its print: rows are for the features
// that tell most, and all others find none. The weights are biased by 128, each
// class by the same, so that a missing row is one of zeros.

const (
	pairBits  = 16 // pairs of rows of the table of transitions, as a power of two
	tagBits   = 14 // rows of the table of tags
	labelBits = 15 // rows of the table of relations
)

// feature returns the hash of x of a template. Its highest bits tell the row,
// those below them the print.
func feature(template, x uint64) uint64 {
	return (x + template*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
}

// fingerprint is the byte of a feature that its row has.
func fingerprint(f uint64) uint64 { return f >> 32 & 0xFF }

// turn tells the parts of a feature apart.
func turn(x uint64, by int) uint64 { return bits.RotateLeft64(x, 7*by) }

// rowSize is the bytes of a row of a wide table: 31 classes and the print.
const (
	rowSize     = 32
	wideClasses = rowSize - 1
)

// wide is a table of up to 31 classes. The prints stand apart from the rows: they
// are a thirtieth of the table and stay in the processor's nearest cache, and of
// three features two find none.
type wide struct {
	prints []uint8
	rows   [][rowSize / 8]uint64 // with zero in the place of the print
	shift  uint
}

// maxWide is how many features may be asked of a wide table, a power of two.
const maxWide = 32

const evenBytes = 0x00FF00FF00FF00FF

// best returns the class with the highest sum over the features, of equals the
// first.
func (t *wide) best(features []uint64) int {
	var found [maxWide]uint32
	n := uint(0)
	for _, f := range features {
		at := f >> (t.shift & 63)
		found[n%maxWide] = uint32(at)
		if t.prints[at] == uint8(fingerprint(f)) {
			n++ // without a jump, which would often be foretold wrongly
		}
	}
	var e0, e1, e2, e3, o0, o1, o2, o3 uint64
	for _, at := range found[:n] {
		row := &t.rows[at]
		e0 += row[0] & evenBytes
		o0 += row[0] >> 8 & evenBytes
		e1 += row[1] & evenBytes
		o1 += row[1] >> 8 & evenBytes
		e2 += row[2] & evenBytes
		o2 += row[2] >> 8 & evenBytes
		e3 += row[3] & evenBytes
		o3 += row[3] >> 8 & evenBytes
	}
	top := max(lanes(e0, 0), lanes(o0, 1), lanes(e1, 8), lanes(o1, 9), lanes(e2, 16), lanes(o2, 17), lanes(e3, 24), lanes(o3, 25))
	return rowSize - 1 - int(top%rowSize)
}

// lanes returns the highest of the four sums in x, with below it the number of
// its class counted from the last. The first class is the one given, each next
// is two further.
func lanes(x uint64, class uint64) uint64 {
	class = rowSize - 1 - class
	return max(x&0xFFFF<<5|class, x>>16&0xFFFF<<5|(class-2), x>>32&0xFFFF<<5|(class-4), x>>48<<5|(class-6))
}

// narrow is a table of three classes: pairs of rows of four bytes, the last one
// the print.
type narrow []uint64

// sum returns the sums of the classes over the features.
func (t narrow) sum(features *[nArcFeatures]uint64) [3]uint32 {
	t = t[:1<<pairBits]
	// All places are read before anything is made of them: the processor waits for
	// its memory once, not once for every few.
	var pairs [nArcFeatures]uint64
	for i, f := range features {
		pairs[i] = t[f>>(64-pairBits)]
	}
	var all, even uint64
	for i, f := range features {
		x := pairs[i] ^ fingerprint(f)*0x0100000001000000
		// Of the pair's two rows the one whose print is zero now, or zero.
		var r uint32
		if a := uint32(x); a < 1<<24 {
			r = a
		}
		if b := uint32(x >> 32); b < 1<<24 {
			r = b
		}
		all += uint64(r)
		even += uint64(r & 0x00FF00FF)
	}
	return [3]uint32{uint32(even) & 0xFFFF, uint32(all-even) >> 8, uint32(even >> 16)}
}
