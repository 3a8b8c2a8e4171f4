package window

import (
	"math"
	"math/rand/v2"
)

// enoughExceedances ends a permutation test early: once so many permutations
// were as extreme as the data, p is known to a tenth of itself (Besag and
// Clifford, Sequential Monte Carlo p-values, Biometrika 78, 1991).
const enoughExceedances = 100

// permutationP is the two-sided p of the difference between the windows:
// documents of one window alone are dealt out anew to windows of the same
// number of documents, those of both windows swap their sides or not. The
// statistic is the difference by its standard error. It is NaN without enough
// documents, and 1 where nothing varies.
func (c clusters) permutationP(opt Options, random *rand.Rand) float64 {
	if !c.two || !c.enough() {
		return NoNumber
	}
	observed := c.statistic(c.deal())
	if math.IsNaN(observed) {
		return 1
	}
	// What equals the data up to rounding is as extreme as the data.
	observed = math.Abs(observed) * (1 - 1e-9)
	exceed := 0
	work := c.deal()
	for i := 1; i <= opt.Permutations; i++ {
		work.shuffle(random)
		if t := math.Abs(c.statistic(work)); t >= observed || math.IsNaN(t) {
			if exceed++; exceed == enoughExceedances {
				return float64(exceed) / float64(i)
			}
		}
	}
	return float64(exceed+1) / float64(opt.Permutations+1)
}

// deal is one assignment of documents to windows.
type deal struct {
	alone  []moments // documents of one window; the first few are dealt to the smaller side
	few    int
	side   int     // which side gets the few
	all    moments // sum of alone
	shared []cluster
}

// moments are what the variance of a mean takes: sums over documents of
// n, sum, n², n·sum and sum².
type moments struct{ n, s, nn, ns, ss float64 }

func (m *moments) add(o moments) {
	m.n += o.n
	m.s += o.s
	m.nn += o.nn
	m.ns += o.ns
	m.ss += o.ss
}

func (m moments) less(o moments) moments {
	return moments{m.n - o.n, m.s - o.s, m.nn - o.nn, m.ns - o.ns, m.ss - o.ss}
}

// deal is the assignment that the data have.
func (c clusters) deal() *deal {
	d := &deal{few: c.alone[0]}
	if c.alone[1] < c.alone[0] {
		d.few, d.side = c.alone[1], 1
	}
	add := func(list []cluster, side int) {
		for i := range list {
			n, s := list[i].n[side], list[i].sum[side]
			m := moments{n, s, n * n, n * s, s * s}
			d.alone = append(d.alone, m)
			d.all.add(m)
		}
	}
	first, second := c.list[:c.alone[0]], c.list[c.alone[0]:c.alone[0]+c.alone[1]]
	if d.side == 0 {
		add(first, 0)
		add(second, 1)
	} else {
		add(second, 1)
		add(first, 0)
	}
	d.shared = append(d.shared, c.list[c.alone[0]+c.alone[1]:]...)
	return d
}

// shuffle deals anew.
func (d *deal) shuffle(random *rand.Rand) {
	m := uint32(len(d.alone))
	for i := range uint32(d.few) {
		j := i + uint32(uint64(random.Uint32())*uint64(m-i)>>32)
		d.alone[i], d.alone[j] = d.alone[j], d.alone[i]
	}
	for i := range d.shared {
		if random.Uint32()&1 == 1 {
			s := &d.shared[i]
			s.n[0], s.n[1] = s.n[1], s.n[0]
			s.sum[0], s.sum[1] = s.sum[1], s.sum[0]
		}
	}
}

// statistic is the difference of means by its standard error, as variance has
// it; NaN if nothing varies.
func (c clusters) statistic(d *deal) float64 {
	var few moments
	for i := range d.alone[:d.few] {
		few.add(d.alone[i])
	}
	var part [2]moments
	part[d.side], part[1-d.side] = few, d.all.less(few)
	total := sums{n: [2]float64{part[0].n, part[1].n}, sum: [2]float64{part[0].s, part[1].s}}
	for i := range d.shared {
		total.add(&d.shared[i])
	}
	before, after := c.documents()
	v := 0.0
	for side, m := range [2]float64{float64(before), float64(after)} {
		p, r := part[side], total.sum[side]/total.n[side]
		// Σ (s - r n)², which rounding may leave a little below zero.
		square := max(p.ss-2*r*p.ns+r*r*p.nn, 0) / (total.n[side] * total.n[side])
		v += square * m / (m - 1)
	}
	if len(d.shared) > 0 {
		m := float64(min(before, after))
		square := 0.0
		for i := range d.shared {
			u := total.influence(&d.shared[i], true)
			square += u * u
		}
		v += square * m / (m - 1)
	}
	difference := total.estimate(true)
	if v < 1e-18 {
		if math.Abs(difference) < 1e-9 {
			return math.NaN()
		}
		return math.Copysign(math.Inf(1), difference)
	}
	return difference / math.Sqrt(v)
}
