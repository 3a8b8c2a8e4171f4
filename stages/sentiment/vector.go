package sentiment

import "math"

// Bits is the logarithm of the number of slots that features are hashed to:
// Weinberger et al., "Feature Hashing for Large Scale Multitask Learning"
// (ICML 2009), without their sign, since a slot shared by two features costs
// less here than a bit.
const Bits = 19

// Feature is one feature of a context: its slot and its value.
type Feature struct {
	Slot  uint32
	Value float32
}

// vector collects the features of one context. The same slot may occur twice;
// the values then add up.
type vector []Feature

// group keeps features apart that are made of the same words.
type group uint32

// add appends the feature of a group that is made of a, b and c.
func (v *vector) add(g group, a, b, c uint32, value float32) {
	h := uint64(a)*0x9E3779B97F4A7C15 ^ uint64(b)*0xC2B2AE3D27D4EB4F ^ uint64(c)*0x165667B19E3779F9 ^ uint64(g+1)*0xD6E8FEB86659FD93
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	*v = append(*v, Feature{uint32(h >> (64 - Bits)), value})
}

// copied tells the slot of a feature's second copy.
const copied = 0x5A5A5A5A & (1<<Bits - 1)

// adapt adds a second copy of every feature, so that passages between two
// actors share what holds for all passages and keep what holds for them alone:
// Daumé, "Frustratingly Easy Domain Adaptation" (ACL 2007).
func (v *vector) adapt() {
	for _, f := range *v {
		*v = append(*v, Feature{f.Slot ^ copied, f.Value})
	}
}

// squares adds the squares of the values to sum, one after the other.
func (v vector) squares(sum float32) float32 {
	for _, f := range v {
		sum += float32(f.Value * f.Value)
	}
	return sum
}

// normalise gives the vector length 1.
func (v vector) normalise() {
	if sum := v.squares(0); sum > 0 {
		v.scale(sum)
	}
}

// scale gives a vector whose squares add up to sum length 1.
func (v vector) scale(sum float32) {
	scale := float32(1 / math.Sqrt(float64(sum)))
	for i := range v {
		v[i].Value *= scale
	}
}

// weigh adds to z the values times the weights of their rows: 0 = the features'
// own, 1 = those of their second copies.
func (v vector) weigh(z [NClasses]float32, rows []row, which int) [NClasses]float32 {
	rows = rows[:len(v)]
	a, b, c := z[0], z[1], z[2]
	for i, f := range v {
		w := &rows[i][which]
		a += float32(f.Value * float32(w[0]))
		b += float32(f.Value * float32(w[1]))
		c += float32(f.Value * float32(w[2]))
	}
	return [NClasses]float32{a, b, c}
}
