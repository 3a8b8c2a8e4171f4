package window

import (
	"math"
	"math/rand/v2"
)

// enoughExceedances ends a permutation test early: once so many permutations
// were as extreme as the data, p is known to a tenth of itself (Besag and
// Clifford, Sequential Monte Carlo p-values, Biometrika 78, 1991).
const enoughExceedances = 100

// mostDealt bounds the documents that all permutations of a test deal, at the
// cost of the last places of a p below .001.
const mostDealt = 50_000_000

// permutationP is the two-sided p of the difference between the windows:
// documents of one window alone are dealt out anew to windows of the same
// number of documents, those of both windows swap their sides or not. It is
// NaN if a window is empty.
func (c clusters) permutationP(opt Options, random *rand.Rand) float64 {
	work := c.deal()
	observed := work.difference()
	if math.IsNaN(observed) {
		return noNumber
	}
	// What equals the data up to rounding is as extreme as the data.
	observed = math.Abs(observed) - 1e-9
	exceed := 0
	permutations := opt.Permutations
	if permutations*work.few > mostDealt {
		permutations = max(mostDealt/work.few, min(permutations, 999))
	}
	for i := 1; i <= permutations; i++ {
		work.shuffle(random)
		if t := math.Abs(work.difference()); t >= observed || math.IsNaN(t) {
			if exceed++; exceed == enoughExceedances {
				return float64(exceed) / float64(i)
			}
		}
	}
	return float64(exceed+1) / float64(permutations+1)
}

// deal is one assignment of documents to windows.
type deal struct {
	alone  []part // documents of one window; the first few are dealt to the smaller side
	few    int
	side   int  // which side gets the few
	all    part // sum of alone
	shared []cluster
}

// part is the weight of documents and the weighted sum of their tones.
type part struct{ weight, sum float64 }

func (p *part) add(o part) {
	p.weight += o.weight
	p.sum += o.sum
}

// deal is the assignment that the data have.
func (c clusters) deal() *deal {
	d := &deal{few: c.alone[0]}
	if c.alone[1] < c.alone[0] {
		d.few, d.side = c.alone[1], 1
	}
	first, second := c.list[:c.alone[0]], c.list[c.alone[0]:c.alone[0]+c.alone[1]]
	if d.side == 1 {
		first, second = second, first
	}
	for k, list := range [2][]cluster{first, second} {
		side := d.side ^ k
		for i := range list {
			p := part{list[i].weight[side], list[i].sum[side]}
			d.alone = append(d.alone, p)
			d.all.add(p)
		}
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
			s.weight[0], s.weight[1] = s.weight[1], s.weight[0]
			s.sum[0], s.sum[1] = s.sum[1], s.sum[0]
		}
	}
}

// difference of the windows' means, side 1 less side 0.
func (d *deal) difference() float64 {
	var few part
	for i := range d.alone[:d.few] {
		few.add(d.alone[i])
	}
	rest := part{d.all.weight - few.weight, d.all.sum - few.sum}
	var total sums
	total.weight[d.side], total.weight[1-d.side] = few.weight, rest.weight
	total.sum[d.side], total.sum[1-d.side] = few.sum, rest.sum
	for i := range d.shared {
		total.add(&d.shared[i])
	}
	if total.weight[0] < 1e-9 || total.weight[1] < 1e-9 {
		return noNumber
	}
	return total.estimate(true)
}
