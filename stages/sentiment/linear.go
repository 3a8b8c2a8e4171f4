package sentiment

import (
	"math"
	"slices"
	"sync"

	"detente/lexicons"
)

// Linear is the softmax over hashed features.
type Linear struct {
	knowledge *knowledge
	scale     float32
	rows      []row    // by slot
	used      []uint64 // a bit for each slot: whether its row has a weight
	scratch   sync.Pool
}

// row has the weights of a slot, by class, and those of the slot of its second
// copy.
type row [2][4]int8

// scratch is the memory of one call of Score.
type scratch struct {
	passage passage
	vector  vector
	rows    []row // by feature
}

// NewLinear returns a model with all weights 0, to be trained.
func NewLinear(lex *lexicons.Set) (*Linear, error) {
	k, err := newKnowledge(lex)
	if err != nil {
		return nil, err
	}
	return &Linear{knowledge: k, scratch: sync.Pool{New: func() any { return new(scratch) }}}, nil
}

// Name is "news".
func (m *Linear) Name() string { return "news" }

// Features returns the features of a context, for the trainer.
func (m *Linear) Features(c *Context) []Feature {
	var s scratch
	s.passage.read(c, m.knowledge)
	s.passage.features(&s.vector)
	return s.vector
}

// Score returns the probabilities of the classes: those of the vector of
// Features, whose second copies it does not make. They have the values of the
// first, and their weights stand beside those of the first.
func (m *Linear) Score(c *Context) [NClasses]float32 {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	s.passage.read(c, m.knowledge)
	s.vector = s.vector[:0]
	s.passage.single(&s.vector)
	sum := s.vector.squares(0)
	if s.passage.dyad {
		sum = s.vector.squares(sum)
	}
	s.vector = m.weighed(s.vector)
	if sum > 0 {
		s.vector.scale(sum)
	}
	// All rows are read before anything is made of them: the processor waits for
	// its memory once, not once for every few.
	s.rows = slices.Grow(s.rows[:0], len(s.vector))[:len(s.vector)]
	for i, f := range s.vector {
		s.rows[i] = m.rows[f.Slot]
	}
	z := s.vector.weigh([NClasses]float32{}, s.rows, 0)
	if s.passage.dyad {
		z = s.vector.weigh(z, s.rows, 1)
	}
	for k := range z {
		z[k] *= m.scale
	}
	return Softmax(z)
}

// weighed moves the features that have weights to the front of v and returns
// them. Of the others, which add nothing, no row need be fetched.
func (m *Linear) weighed(v vector) vector {
	n := 0
	for _, f := range v {
		v[n] = f
		n += int(m.used[f.Slot/64] >> (f.Slot % 64) & 1)
	}
	return v[:n]
}

// Softmax turns scores into probabilities.
func Softmax(z [NClasses]float32) (p [NClasses]float32) {
	top := max(z[0], z[1], z[2])
	var sum float32
	for k := range z {
		p[k] = float32(math.Exp(float64(z[k] - top)))
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}
