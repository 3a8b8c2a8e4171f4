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

// adapt adds a second copy of every feature, so that passages between two
// actors share what holds for all passages and keep what holds for them alone:
// Daumé, "Frustratingly Easy Domain Adaptation" (ACL 2007).
func (v *vector) adapt() {
	const copied = 0x5A5A5A5A & (1<<Bits - 1)
	for _, f := range *v {
		*v = append(*v, Feature{f.Slot ^ copied, f.Value})
	}
}

// normalise gives the vector length 1.
func (v vector) normalise() {
	var sum float32
	for _, f := range v {
		sum += float32(f.Value * f.Value)
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(float64(sum)))
	for i := range v {
		v[i].Value *= scale
	}
}
