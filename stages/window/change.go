package window

import (
	"cmp"
	"math"
	"slices"
)

// bin is a window that is not empty, as the search for change points sees it.
type bin struct {
	first  Day
	weight float64 // of its documents
	mean   float64
}

// changePenalty is what a change point must save, times the logarithm of the
// number of bins: 3 log n (Zhang and Siegmund, A modified Bayes information
// criterion, Biometrics 63, 2007, without the term of segment lengths).
// Of series whose documents were dealt to windows at random, fewer than 1% get a
// change point; with 2 log n (BIC) it would be 4 to 6%. TestVerifyFalseAlarms
// measures it.
const changePenalty = 3

// changes looks for days on which the mean tone changes.
func changes(s *Sample, calendar Calendar, over Range, opt Options) []Change {
	bins, variance := binned(s, calendar, over, opt)
	if len(bins) < 4 || !(variance > 0) {
		return nil
	}
	starts := pelt(bins, changePenalty*variance*math.Log(float64(len(bins))))
	var list []Change
	for i, start := range starts {
		from, to := 0, len(bins)
		if i > 0 {
			from = starts[i-1]
		}
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		list = append(list, Change{bins[start].first, meanOf(bins[from:start]), meanOf(bins[start:to])})
	}
	return list
}

// binned returns the windows that hold documents, and the variance of what has
// weight 1.
func binned(s *Sample, calendar Calendar, over Range, opt Options) ([]bin, float64) {
	var bins []bin
	var squares, degrees float64
	tones := byDay(s.Tones)
	for w := range calendar.Windows(over) {
		in := tones.within(w)
		if len(in) == 0 {
			continue
		}
		docs := oneWindow(in, opt.Weight).list
		b := bin{first: w.From}
		for _, d := range docs {
			b.weight += d.weight[0]
			b.mean += d.sum[0]
		}
		b.mean /= b.weight
		for _, d := range docs {
			x := d.sum[0]/d.weight[0] - b.mean
			squares += d.weight[0] * x * x
		}
		degrees += float64(len(docs) - 1)
		bins = append(bins, b)
	}
	// Two estimates: within windows, which a change between them cannot reach,
	// and from one window to the next (Rice, Annals of Statistics 12, 1984),
	// which sees what all documents of a window have in common. The greater is
	// the safer.
	within, between := 0.0, 0.0
	if degrees > 0 {
		within = squares / degrees
	}
	for i := 1; i < len(bins); i++ {
		x := bins[i].mean - bins[i-1].mean
		between += x * x / (1/bins[i].weight + 1/bins[i-1].weight) / float64(len(bins)-1)
	}
	return bins, max(within, between)
}

// pelt returns where new segments begin, in order: the segmentation with the
// least sum of squares plus penalty for each change (Killick, Fearnhead and
// Eckley 2012, section 3, with K = 0). The mean of a segment is weighted.
func pelt(bins []bin, penalty float64) []int {
	n := len(bins)
	// Prefix sums: the cost of bins i … j-1 in constant time.
	w, x, xx := make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
	for i, b := range bins {
		w[i+1] = w[i] + b.weight
		x[i+1] = x[i] + b.weight*b.mean
		xx[i+1] = xx[i] + b.weight*b.mean*b.mean
	}
	cost := func(i, j int) float64 {
		sum := x[j] - x[i]
		return xx[j] - xx[i] - sum*sum/(w[j]-w[i])
	}
	best := make([]float64, n+1) // the least cost of the first j bins
	last := make([]int, n+1)     // where the last segment of that begins
	best[0] = -penalty
	candidates := []int{0}
	for j := 1; j <= n; j++ {
		best[j] = math.Inf(1)
		for _, i := range candidates {
			if c := best[i] + cost(i, j) + penalty; c < best[j] {
				best[j], last[j] = c, i
			}
		}
		// A beginning that is beaten now without the penalty is beaten for ever.
		candidates = slices.DeleteFunc(candidates, func(i int) bool { return best[i]+cost(i, j) > best[j] })
		candidates = append(candidates, j)
	}
	var starts []int
	for j := last[n]; j > 0; j = last[j] {
		starts = append(starts, j)
	}
	slices.Reverse(starts)
	return starts
}

func meanOf(bins []bin) float64 {
	var sum, weight float64
	for _, b := range bins {
		sum += b.weight * b.mean
		weight += b.weight
	}
	return sum / weight
}

// dated are tones in the order of the days that they may mean.
type dated struct {
	tones   []Tone
	longest Day // of the spans
}

func byDay(tones []Tone) dated {
	d := dated{tones: slices.Clone(tones)}
	slices.SortStableFunc(d.tones, func(a, b Tone) int { return cmp.Compare(a.When.From, b.When.From) })
	for i := range d.tones {
		d.longest = max(d.longest, d.tones[i].When.To-d.tones[i].When.From)
	}
	return d
}

// from is the index of the first tone that begins on day or later.
func (d dated) from(day Day) int {
	i, _ := slices.BinarySearchFunc(d.tones, day, func(t Tone, day Day) int { return cmp.Compare(t.When.From, day) })
	return i
}

// within is the function within, without going through all tones.
func (d dated) within(w Range) []Tone {
	in, _ := within(d.tones[d.from(w.From):d.from(w.To+1)], w)
	return in
}

// imprecise counts the statements that within leaves out for their month or year.
func (d dated) imprecise(w Range) int {
	_, n := within(d.tones[d.from(w.From-d.longest):d.from(w.To+1)], w)
	return n
}
