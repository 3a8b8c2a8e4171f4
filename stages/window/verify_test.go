package window

import (
	"flag"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"testing"
)

// -simulations N is the number of data sets of each kind that the tests of
// this file make; make verify-statistics takes many.
var simulations = flag.Int("simulations", 200, "simulated data sets of each kind")

// slack is what chance may add to shares of few simulations.
func slack() float64 {
	if *simulations >= 2000 {
		return 0
	}
	return 0.03
}

// world is how simulated documents come about: each has a mean of its own
// around that of its window, and a number of statements around its own mean.
// Tones pile up at both ends of the scale, as real ones do.
type world struct {
	documents  [2]int     // in each window
	statements int        // most in a document: uniform from 1
	mean       [2]float64 // of documents
	between    float64    // standard deviation of documents' means
	long       int        // statements more in every tenth document
	shared     float64    // share of the documents of both windows that have statements in both
}

func (w world) draw(random *rand.Rand) (before, after []Tone) {
	windows := [2]*[]Tone{&before, &after}
	document := uint32(0)
	for side := range 2 {
		for range w.documents[side] {
			own := w.between * random.NormFloat64()
			n := 1 + random.IntN(w.statements)
			if document%10 == 3 {
				n += w.long
			}
			for range n {
				at := side
				if random.Float64() < w.shared/2 {
					at = 1 - side
				}
				*windows[at] = append(*windows[at], Tone{Document: document, Value: w.tone(w.mean[at]+own, random)})
			}
			document++
		}
	}
	return before, after
}

// tone is one of the two ends with a chance that gives the mean m, blurred.
func (w world) tone(m float64, random *rand.Rand) float32 {
	end := -0.8
	if random.Float64() < (m+0.8)/1.6 {
		end = 0.8
	}
	return float32(end + 0.1*random.NormFloat64())
}

var worlds = map[string]world{
	"one statement a document":  {documents: [2]int{40, 40}, statements: 1},
	"speeches":                  {documents: [2]int{30, 40}, statements: 25, between: 0.25},
	"unequal windows":           {documents: [2]int{120, 12}, statements: 8, between: 0.2},
	"four documents":            {documents: [2]int{4, 4}, statements: 10, between: 0.2},
	"ten documents":             {documents: [2]int{10, 10}, statements: 6, between: 0.2},
	"articles that look back":   {documents: [2]int{30, 30}, statements: 8, between: 0.2, shared: 0.5},
	"a few long transcripts":    {documents: [2]int{25, 40}, statements: 6, between: 0.3, long: 100},
	"hundreds":                  {documents: [2]int{300, 400}, statements: 4, between: 0.2},
	"few before and many after": {documents: [2]int{10, 200}, statements: 3, between: 0.1},
}

// TestVerifyFalsePositives shuffles documents between two windows: of tests at
// .05 about 5% must find a difference that is not there.
func TestVerifyFalsePositives(t *testing.T) {
	for name, w := range worlds {
		w.mean = [2]float64{0.1, 0.1}
		var found atomic.Int64
		parallel(*simulations, func(i int) {
			before, after := w.draw(rand.New(rand.NewPCG(1, uint64(i))))
			p := newClusters(before, after, Balanced).permutationP(Options{Permutations: 999}.withDefaults(), rand.New(rand.NewPCG(2, uint64(i))))
			if p < 0.05 {
				found.Add(1)
			}
		})
		share := float64(found.Load()) / float64(*simulations)
		t.Logf("%-26s p < .05 in %.3f of %d", name, share, *simulations)
		least := 0.03
		if min(w.documents[0], w.documents[1]) < 5 {
			least = 0 // there are only 35 differences from dealing eight documents: p cannot come near .05
		}
		if share < least-slack() || share > 0.07+slack() {
			t.Errorf("%s: p < .05 in %.3f of shuffled windows, want .03 to .07", name, share)
		}
	}
}

// TestVerifyCoverage simulates documents with a known difference between the
// windows: 95% intervals must hold it 95 times of 100, or 93 to 97.
func TestVerifyCoverage(t *testing.T) {
	for name, w := range worlds {
		w.mean = [2]float64{-0.2, 0.15}
		var held, one atomic.Int64
		parallel(*simulations, func(i int) {
			before, after := w.draw(rand.New(rand.NewPCG(3, uint64(i))))
			pair := newClusters(before, after, Balanced)
			opt := Options{Resamples: 1000}.withDefaults()
			random := rand.New(rand.NewPCG(4, uint64(i)))
			if low, high := pair.interval(opt, random); low <= 0.35 && 0.35 <= high {
				held.Add(1)
			}
			if low, high := oneWindow(after, Balanced).interval(opt, random); low <= 0.15 && 0.15 <= high {
				one.Add(1)
			}
		})
		n := float64(*simulations)
		difference, mean := float64(held.Load())/n, float64(one.Load())/n
		t.Logf("%-26s interval holds the difference in %.3f, the mean in %.3f of %d", name, difference, mean, *simulations)
		for what, share := range map[string]float64{"difference": difference, "mean": mean} {
			if math.Abs(share-0.95) > 0.02+slack() {
				t.Errorf("%s: the 95%% interval holds the %s in %.3f", name, what, share)
			}
		}
	}
}

// TestVerifyFalseAlarms deals documents to windows at random: a series must
// seldom have a change point. A step of half a point must be found, where it is.
func TestVerifyFalseAlarms(t *testing.T) {
	const level = 0.05
	for name, shape := range map[string]struct{ windows, documents, statements int }{
		"a year of weeks":      {52, 200, 4},
		"five years of months": {60, 1000, 12},
		"sparse months":        {60, 90, 3},
		"a quarter of days":    {90, 400, 2},
	} {
		calendar := Calendar{Days: 10, Step: 10}
		over := Range{0, Day(10*shape.windows) - 1}
		sample := func(seed uint64, step float64) Sample {
			random := rand.New(rand.NewPCG(6, seed))
			w := world{between: 0.25}
			var s Sample
			for d := range shape.documents {
				day := Day(random.IntN(10 * shape.windows))
				own := 0.1 + w.between*random.NormFloat64()
				if day >= over.To/2 {
					own += step
				}
				for range 1 + random.IntN(shape.statements) {
					s.Tones = append(s.Tones, Tone{When: Range{day, day}, Document: uint32(d), Value: w.tone(own, random)})
				}
			}
			return s
		}
		var alarms, found atomic.Int64
		parallel(*simulations, func(i int) {
			none := sample(uint64(i), 0)
			if len(changes(&none, calendar, over, Options{}.withDefaults())) > 0 {
				alarms.Add(1)
			}
			stepped := sample(uint64(i), -0.5)
			for _, c := range changes(&stepped, calendar, over, Options{}.withDefaults()) {
				if d := c.At - over.To/2; -25 <= d && d <= 25 {
					found.Add(1)
					break
				}
			}
		})
		n := float64(*simulations)
		t.Logf("%-22s a change point in %.3f of %d series without one; a step of .5 found in %.3f within two windows",
			name, float64(alarms.Load())/n, *simulations, float64(found.Load())/n)
		if share := float64(alarms.Load()) / n; share > level+slack() {
			t.Errorf("%s: false alarms in %.3f of series, want at most %.2f", name, share, level)
		}
	}
}
