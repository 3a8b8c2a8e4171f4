package parse

import "math/bits"

// The classifiers are linear: a feature is a row of a table, hashed, and a row
// has a weight for each class. Weights are bytes, so that one 64-bit addition
// adds the weights of four classes (two with room for carries): no multiply, no
// floating point, the same on every processor.

const (
	arcBits = 18 // rows of the table of transitions, a power of two
	rowBits = 15 // rows of each of the tables of tags and labels
)

// classes is the number of classes of a wide table.
const classes = 32

// wide is a table of 32 classes: eight of them a word, biased by 128.
type wide [][classes / 8]uint64

const evenBytes = 0x00FF00FF00FF00FF

// best returns the class with the highest sum over the rows, of equals the
// highest class. Sums of up to 256 rows fit.
func (t wide) best(rows []uint32) int {
	var e0, e1, e2, e3, o0, o1, o2, o3 uint64
	for _, r := range rows {
		row := &t[r&(1<<rowBits-1)]
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
	return int(top & (classes - 1))
}

// lanes returns the highest of the four sums in x with its class below it, the
// first class being the one given and each next two further.
func lanes(x uint64, class uint64) uint64 {
	return max(x&0xFFFF<<5|class, x>>16&0xFFFF<<5|(class+2), x>>32&0xFFFF<<5|(class+4), x>>48<<5|(class+6))
}

// narrow is a table of four classes: a byte each, biased by 128.
type narrow []uint32

// sum returns the sums of the first three classes over the rows.
func (t narrow) sum(rows []uint32) [3]uint32 {
	var even, odd uint32
	for _, r := range rows {
		x := t[r&(1<<arcBits-1)]
		even += x & 0x00FF00FF
		odd += x >> 8 & 0x00FF00FF
	}
	return [3]uint32{even & 0xFFFF, odd & 0xFFFF, even >> 16}
}

// turn tells the parts of a feature apart.
func turn(x uint64, by int) uint64 { return bits.RotateLeft64(x, 7*by) }

// row32 and row4 return the row of feature x of a template.
func row32(template, x uint64) uint32 { return uint32(scatter(template, x) >> (64 - rowBits)) }
func row4(template, x uint64) uint32  { return uint32(scatter(template, x) >> (64 - arcBits)) }

func scatter(template, x uint64) uint64 {
	return (x + template*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
}
