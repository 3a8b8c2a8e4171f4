package window

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// cluster is one document's statements in up to two windows (side 0 and 1):
// their weight and the weighted sum of their tones.
type cluster struct{ weight, sum [2]float64 }

// shared reports whether the document has statements in both windows.
func (c *cluster) shared() bool { return c.weight[0] > 0 && c.weight[1] > 0 }

// clusters are the documents of one or two windows: first those of side 0
// alone, then those of side 1 alone, then those of both.
type clusters struct {
	list  []cluster
	alone [2]int // how many of each side alone
	two   bool   // two windows are compared, else side 0 is all
}

// oneWindow gathers tones by document.
func oneWindow(tones []Tone, weight Weight) clusters {
	c := newClusters(tones, nil, weight)
	c.two = false
	return c
}

// newClusters gathers the tones of two windows by document.
func newClusters(before, after []Tone, weight Weight) clusters {
	place := map[uint32]int{}
	c := clusters{two: true}
	for side, tones := range [2][]Tone{before, after} {
		for i := range tones {
			t := &tones[i]
			k, ok := place[t.Document]
			if !ok {
				k = len(c.list)
				place[t.Document] = k
				c.list = append(c.list, cluster{})
			}
			c.list[k].weight[side]++
			c.list[k].sum[side] += float64(t.Value)
		}
	}
	for i := range c.list {
		d := &c.list[i]
		for side, n := range d.weight {
			if n > 0 {
				d.weight[side] = weight.Of(n)
				d.sum[side] *= weight.Of(n) / n
			}
		}
	}
	group := func(d *cluster) int {
		switch {
		case d.shared():
			return 2
		case d.weight[1] > 0:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(c.list, func(a, b cluster) int { return group(&a) - group(&b) })
	for i := range c.list {
		if g := group(&c.list[i]); g < 2 {
			c.alone[g]++
		}
	}
	return c
}

// only is one side as clusters of one window.
func (c clusters) only(side int) clusters {
	var one clusters
	for i := range c.list {
		if d := &c.list[i]; d.weight[side] > 0 {
			one.list = append(one.list, cluster{weight: [2]float64{d.weight[side]}, sum: [2]float64{d.sum[side]}})
		}
	}
	one.alone[0] = len(one.list)
	return one
}

// documents counts each side's documents; shared ones count on both.
func (c clusters) documents() (before, after int) {
	both := len(c.list) - c.alone[0] - c.alone[1]
	return c.alone[0] + both, c.alone[1] + both
}

// enough reports whether every side has the two documents that a variance takes.
func (c clusters) enough() bool {
	before, after := c.documents()
	return before >= 2 && (after >= 2 || !c.two)
}

// manyDocuments in every window make draws pointless: the interval is Student's
// to within a fiftieth of its width, as TestManyDocuments holds.
const manyDocuments = 300

func (c clusters) many() bool {
	before, after := c.documents()
	return before >= manyDocuments && (after >= manyDocuments || !c.two)
}

// sums add up clusters.
type sums struct{ weight, sum [2]float64 }

func (s *sums) add(d *cluster) {
	for side := range 2 {
		s.weight[side] += d.weight[side]
		s.sum[side] += d.sum[side]
	}
}

// estimate is the difference of the means of side 1 and 0, or the mean of side
// 0 where there is one window. It is NaN without statements on a side.
func (s *sums) estimate(two bool) float64 {
	if !two {
		return s.sum[0] / s.weight[0]
	}
	return s.sum[1]/s.weight[1] - s.sum[0]/s.weight[0]
}

func (c clusters) total() (s sums) {
	for i := range c.list {
		s.add(&c.list[i])
	}
	return s
}

// influence is what document d adds to the deviation of the estimate from the
// truth: the linearisation of a ratio of sums (Cochran, Sampling Techniques,
// 1977, section 6.3).
func (s *sums) influence(d *cluster, two bool) float64 {
	u := -(d.sum[0] - s.sum[0]/s.weight[0]*d.weight[0]) / s.weight[0]
	if two {
		u += (d.sum[1] - s.sum[1]/s.weight[1]*d.weight[1]) / s.weight[1]
	}
	return u
}

// interval is the expanded percentile interval of the estimate by a bootstrap
// of documents; see the package comment. It is NaN without enough documents.
func (c clusters) interval(opt Options, random *rand.Rand) (low, high float64) {
	if !c.enough() {
		return noNumber, noNumber
	}
	strata := c.strata()
	total := c.total()
	tail, student := c.tail(strata, total, opt.Level)
	if tail*float64(opt.Resamples) < 1 || c.many() {
		// The draws of a handful of documents do not reach so far out, and of
		// hundreds they come to the same: Student's interval, on the scale that
		// there is. It has no width where all documents say the same.
		most := 1.0
		if c.two {
			most = 2
		}
		e := total.estimate(c.two)
		return max(e-student, -most), min(e+student, most)
	}
	draws := c.draws(strata, opt.Resamples, random)
	return quantile(draws, tail), quantile(draws, 1-tail)
}

// draws are n estimates from documents drawn with replacement, sorted.
func (c clusters) draws(strata [][]cluster, n int, random *rand.Rand) []float64 {
	draws := make([]float64, 0, n)
	for tries := 0; len(draws) < n && tries < 2*n; tries++ {
		var s sums
		for _, stratum := range strata {
			m := uint64(len(stratum))
			for range stratum {
				// Lemire's multiplication, without the correction of a bias below 2^-12 for a million documents.
				s.add(&stratum[uint64(random.Uint32())*m>>32])
			}
		}
		// A window of nothing but shared documents may come out empty.
		if e := s.estimate(c.two); !math.IsNaN(e) && !math.IsInf(e, 0) {
			draws = append(draws, e)
		}
	}
	slices.Sort(draws)
	return draws
}

// strata are the groups that documents are drawn from: those mostly of side 0
// and those mostly of side 1, so that a shared document stays whole and each
// window keeps its size, about.
func (c clusters) strata() [][]cluster {
	if !c.two {
		return [][]cluster{c.list}
	}
	var parts [2][]cluster
	for i := range c.list {
		side := 0
		if d := &c.list[i]; d.weight[1] > d.weight[0] {
			side = 1
		}
		parts[side] = append(parts[side], c.list[i])
	}
	return parts[:]
}

// tail is the share of draws beyond each end of the interval. The plain
// percentile takes Level/2; that is too much for few documents because draws
// vary less than the truth by (m-1)/m and because the normal distribution
// stands in for Student's. student is half the width of Student's interval.
func (c clusters) tail(strata [][]cluster, total sums, level float64) (tail, student float64) {
	v, df := c.variance(total)
	drawn := 0.0 // the variance of draws
	for _, stratum := range strata {
		var s, ss float64
		for i := range stratum {
			u := total.influence(&stratum[i], c.two)
			s += u
			ss += u * u
		}
		if len(stratum) > 0 {
			drawn += ss - s*s/float64(len(stratum))
		}
	}
	if !(v > 1e-18) {
		return 0, 0
	}
	student = math.Sqrt(v) * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(1-level/2)
	return distuv.UnitNormal.CDF(-student / math.Sqrt(drawn)), student
}

// variance estimates the variance of the estimate from the documents'
// influences, with Welch's degrees of freedom (Welch, Biometrika 34, 1947).
func (c clusters) variance(total sums) (v, df float64) {
	before, after := c.documents()
	m := [3]float64{float64(before), float64(after), float64(min(before, after))}
	if !c.two {
		m[2] = m[0]
	}
	var parts [3]float64
	for i := range c.list {
		u := total.influence(&c.list[i], c.two)
		parts[c.groupAt(i)] += u * u
	}
	var squares float64
	for g, part := range parts {
		if part > 0 {
			part *= m[g] / (m[g] - 1)
			v += part
			squares += part * part / (m[g] - 1)
		}
	}
	return v, v * v / squares
}

// groupAt is 0, 1 or 2 for a document of side 0, side 1 or both.
func (c clusters) groupAt(i int) int {
	switch {
	case i < c.alone[0]:
		return 0
	case i < c.alone[0]+c.alone[1]:
		return 1
	}
	return 2
}

// quantile interpolates between sorted values (Hyndman and Fan's type 7, as
// numpy.quantile does).
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) < 2 {
		return noNumber
	}
	at := q * float64(len(sorted)-1)
	i := min(max(int(at), 0), len(sorted)-2)
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
