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
	rows      []row     // by slot
	used      []uint64  // a bit for each slot: whether its row has a weight
	readers   sync.Pool // of *reader, for their memory
}

// row has the weights of a slot, by class, and those of the slot of its second
// copy.
type row [2][4]int8

// reader is a Reader of a Linear.
type reader struct {
	model   *Linear
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
	m := &Linear{knowledge: k}
	m.readers.New = func() any { return m.Reader() }
	return m, nil
}

// Name is "news".
func (m *Linear) Name() string { return "news" }

// Features returns the features of a context, for the trainer.
func (m *Linear) Features(c *Context) []Feature {
	var p passage
	var v vector
	p.read(c, m.knowledge)
	p.features(&v)
	return v
}

// Score returns the probabilities of the classes.
func (m *Linear) Score(c *Context) [NClasses]float32 {
	r := m.readers.Get().(*reader)
	defer m.readers.Put(r)
	return r.Score(c)
}

// Reader returns a Reader of the model.
func (m *Linear) Reader() Reader { return &reader{model: m} }

// Score returns the probabilities of the classes: those of the vector of
// Features, whose second copies it does not make. They have the values of the
// first, and their weights stand beside those of the first.
func (r *reader) Score(c *Context) [NClasses]float32 {
	m := r.model
	r.passage.read(c, m.knowledge)
	r.vector = r.vector[:0]
	r.passage.single(&r.vector)
	sum := r.vector.squares(0)
	if r.passage.dyad {
		sum = r.vector.squares(sum)
	}
	r.vector = m.weighed(r.vector)
	if sum > 0 {
		r.vector.scale(sum)
	}
	// All rows are read before anything is made of them: the processor waits for
	// its memory once, not once for every few.
	r.rows = slices.Grow(r.rows[:0], len(r.vector))[:len(r.vector)]
	for i, f := range r.vector {
		r.rows[i] = m.rows[f.Slot]
	}
	z := r.vector.weigh([NClasses]float32{}, r.rows, 0)
	if r.passage.dyad {
		z = r.vector.weigh(z, r.rows, 1)
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
