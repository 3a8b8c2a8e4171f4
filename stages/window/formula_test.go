package window

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The expectations of this file were computed with scipy 1.17.1, numpy 2.4.6
// and ruptures 1.1.10 by the calls given.

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// alone makes a document of each tone.
func alone(first uint32, values ...float32) (tones []Tone) {
	for i, v := range values {
		tones = append(tones, Tone{Document: first + uint32(i), Value: v})
	}
	return tones
}

func TestFalseDiscoveryRates(t *testing.T) {
	// scipy.stats.false_discovery_control([.01, .04, .03, .005, .5])
	got := falseDiscoveryRates([]float64{0.01, 0.04, 0.03, math.NaN(), 0.005, 0.5})
	for i, want := range []float64{0.025, 0.05, 0.05, math.NaN(), 0.025, 0.5} {
		if math.IsNaN(want) != math.IsNaN(got[i]) || !math.IsNaN(want) && math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("q of test %d is %v, want %v", i, got[i], want)
		}
	}
}

func TestCliffsDelta(t *testing.T) {
	// 2*scipy.stats.mannwhitneyu([.1, .5, .5, .9], [-.3, .1, .5]).statistic/12 - 1
	a, b := weighted(alone(0, 0.1, 0.5, 0.5, 0.9), Balanced), weighted(alone(9, -0.3, 0.1, 0.5), Balanced)
	near(t, "delta", cliffsDelta(a, b), 7.0/12, 1e-12)
	near(t, "delta the other way", cliffsDelta(b, a), -7.0/12, 1e-12)
	// A document said twice as one of two statements counts 2/(1+r) times one, not twice.
	twice := weighted(append(alone(0, 1, 1), alone(0, -1)...), Balanced)
	near(t, "weight of a document of two", twice[0].weight+twice[2].weight, 2/(1+Correlation), 1e-12)
}

func TestWelch(t *testing.T) {
	// w = scipy.stats.ttest_ind(y, x, equal_var=False): w.statistic, w.df, w.confidence_interval()
	x, y := alone(0, -0.6, -0.4, -0.5, 0.1, -0.2), alone(9, 0.3, 0.2, -0.1, 0.6)
	c := newClusters(x, y, ByStatement)
	total := c.total()
	v, df := c.variance(total)
	near(t, "t", total.estimate(true)/math.Sqrt(v), 2.9944751334327373, 1e-6)
	near(t, "df", df, 6.436636112059386, 1e-6)
	_, student := c.tail(c.strata(), total, 0.05)
	near(t, "low", total.estimate(true)-student, 0.11178179123030474, 1e-6)
	near(t, "high", total.estimate(true)+student, 1.0282182087696952, 1e-6)
}

func TestPermutation(t *testing.T) {
	// scipy.stats.permutation_test((y, x), lambda a, b: a.mean() - b.mean(), n_resamples=inf).pvalue: 4 of 126
	x, y := alone(0, -0.6, -0.4, -0.5, 0.1, -0.2), alone(9, 0.3, 0.2, -0.1, 0.6)
	c := newClusters(x, y, ByStatement)
	p := c.permutationP(Options{Permutations: 1_000_000}.withDefaults(), rand.New(rand.NewPCG(1, 1)))
	near(t, "p", p, 0.031746031746031744, 0.01) // of a hundred exceedances
	if p := newClusters(x, nil, Balanced).permutationP(Options{}.withDefaults(), rand.New(rand.NewPCG(1, 1))); !math.IsNaN(p) {
		t.Errorf("p with an empty window is %v", p)
	}
	same := newClusters(alone(0, 0.5, 0.5), alone(9, 0.5, 0.5), Balanced)
	near(t, "p of what never varies", same.permutationP(Options{}.withDefaults(), rand.New(rand.NewPCG(1, 1))), 1, 0)
}

func TestInterval(t *testing.T) {
	v := alone(0, 0.14, 0.33, 0.13, -0.52, 0.36, 0.18, -0.21, 0.23, 0.15, 0.12, 0.01, 0.22, -0.29, -0.07, -0.19, 0.24, 0.02, -0.12, -0.31, -0.1)
	// d = scipy.stats.bootstrap((v,), mean, method="percentile", n_resamples=200000).bootstrap_distribution
	// a = norm.cdf(-t.ppf(.975, 19)*sqrt(20/19)); numpy.quantile(d, [a, 1-a])
	low, high := oneWindow(v, Balanced).interval(Options{Resamples: 200_000}.withDefaults(), rand.New(rand.NewPCG(1, 1)))
	near(t, "low", low, -0.0975, 0.002)
	near(t, "high", high, 0.1225, 0.002)
	// numpy.quantile([1, 2, 4, 8], [.1, .5, .95])
	for q, want := range map[float64]float64{0.1: 1.3, 0.5: 3, 0.95: 7.4} {
		near(t, "quantile", quantile([]float64{1, 2, 4, 8}, q), want, 1e-12)
	}
	if low, _ := oneWindow(v[:1], Balanced).interval(Options{}.withDefaults(), nil); !math.IsNaN(low) {
		t.Errorf("one document has the interval %v", low)
	}
}

// TestManyDocuments holds that draws of hundreds of documents come to Student's
// interval, which then takes their place.
func TestManyDocuments(t *testing.T) {
	w := world{documents: [2]int{manyDocuments, manyDocuments}, statements: 5, between: 0.2, mean: [2]float64{-0.4, 0.1}}
	for seed := range uint64(3) {
		c := newClusters(seeded(w, seed))
		total := c.total()
		tail, student := c.tail(c.strata(), total, 0.05)
		draws := c.draws(c.strata(), 40_000, rand.New(rand.NewPCG(seed, 9)))
		e := total.estimate(true)
		near(t, "low", quantile(draws, tail), e-student, 0.02*2*student)
		near(t, "high", quantile(draws, 1-tail), e+student, 0.02*2*student)
	}
}

func seeded(w world, seed uint64) (before, after []Tone, weight Weight) {
	before, after = w.draw(rand.New(rand.NewPCG(seed, 5)))
	return before, after, Balanced
}

func TestMixShifted(t *testing.T) {
	// scipy.stats.chi2_contingency([[30, 10], [12, 28]], correction=False)
	shift, p := mixShifted(map[int]float64{1: 30, 2: 10}, map[int]float64{1: 12, 2: 28})
	near(t, "p", p, 5.578564131855008e-05, 1e-12)
	near(t, "shift", shift, 0.45, 1e-12)
}

func TestPELT(t *testing.T) {
	// ruptures.Pelt(model="l2", min_size=1, jump=1).fit(x).predict(pen): the ends of segments
	x := []float64{.1, .2, .0, .15, .1, -.5, -.4, -.6, -.45, .3, .2, .35, .3, .25}
	for penalty, want := range map[float64][]int{0.2: {5, 9}, 2: nil} {
		if got := pelt(binsOf(x), penalty); !slices.Equal(got, want) {
			t.Errorf("penalty %v: segments begin at %v, want %v", penalty, got, want)
		}
	}
	// Pruning loses nothing: the cost is that of trying every segmentation.
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		x := make([]float64, 3+random.IntN(9))
		for i := range x {
			x[i] = random.NormFloat64()
		}
		bins := binsOf(x)
		for i := range bins {
			bins[i].weight = 1 + 5*random.Float64()
		}
		penalty := 4 * random.Float64()
		least := math.Inf(1)
		for set := range 1 << (len(x) - 1) {
			var starts []int
			for i := range len(x) - 1 {
				if set>>i&1 == 1 {
					starts = append(starts, i+1)
				}
			}
			least = min(least, segmentationCost(bins, starts, penalty))
		}
		near(t, "cost", segmentationCost(bins, pelt(bins, penalty), penalty), least, 1e-9)
	}
}

func binsOf(x []float64) []bin {
	bins := make([]bin, len(x))
	for i, v := range x {
		bins[i] = bin{weight: 1, mean: v}
	}
	return bins
}

func segmentationCost(bins []bin, starts []int, penalty float64) float64 {
	cost, from := penalty*float64(len(starts)), 0
	for _, to := range append(slices.Clone(starts), len(bins)) {
		m := meanOf(bins[from:to])
		for _, b := range bins[from:to] {
			cost += b.weight * (b.mean - m) * (b.mean - m)
		}
		from = to
	}
	return cost
}
