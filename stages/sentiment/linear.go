package sentiment

import (
	"math"
	"sync"

	"detente/lexicons"
)

// Linear is the softmax over hashed features.
type Linear struct {
	knowledge *knowledge
	scale     float32
	weights   []int8 // by slot, then class
	scratch   sync.Pool
}

// scratch is the memory of one call of Score.
type scratch struct {
	passage passage
	vector  vector
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
	m.extract(&s, c)
	return s.vector
}

func (m *Linear) extract(s *scratch, c *Context) {
	s.passage.read(c, m.knowledge)
	s.vector = s.vector[:0]
	s.passage.features(&s.vector)
}

// Score returns the probabilities of the classes.
func (m *Linear) Score(c *Context) [NClasses]float32 {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	m.extract(s, c)
	var z [NClasses]float32
	for _, f := range s.vector {
		w := m.weights[NClasses*f.Slot : NClasses*f.Slot+NClasses]
		for k := range z {
			z[k] += float32(f.Value * float32(w[k]))
		}
	}
	for k := range z {
		z[k] *= m.scale
	}
	return Softmax(z)
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
