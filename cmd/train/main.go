// Command train fits the weights that the tone stage carries: the blend of
// lexicon, routes and sentiment, on the project's own statements and on gold in
// the codebook's form.
//
//	go run ./cmd/train -o stages/tone/blend.json -models half1,half2 plover.jsonl news.jsonl …
//
// It prints how many gold tuples have a candidate at all, then the figures of a
// cross-validation over articles for a range of thresholds. Gold whose licence
// does not allow it to shape the weights is measured only; see free. The same
// data and code give the same bytes.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"detente/cmd/internal/annotated"
	"detente/stages/tone"
)

// options are the flags.
type options struct {
	out, statements, models string
	wrong                   string
	l2                      float64
	folds                   int
	gold                    []string
}

func main() {
	var o options
	flag.StringVar(&o.out, "o", "", "file to write the weights to")
	flag.StringVar(&o.statements, "statements", "stages/tone/train/*.t[sx][vt]", "glob of the project's statements and articles")
	flag.StringVar(&o.models, "models", "", "two sentiment models, comma-separated, each fitted without one half of the statements (trainsentiment -without 1 and 2)")
	flag.StringVar(&o.wrong, "wrong", "", "list what is missed and wrong in the sets whose name contains this")
	flag.Float64Var(&o.l2, "l2", 1, "ridge penalty of the regression")
	flag.IntVar(&o.folds, "folds", 5, "folds of the cross-validation")
	flag.Parse()
	o.gold = flag.Args()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	docs, err := annotated.Read(o.statements, o.gold...)
	if err != nil {
		return err
	}
	c, err := newCollector(o)
	if err != nil {
		return err
	}
	for n := range docs {
		c.document(n, &docs[n])
	}
	sets := slices.Sorted(maps.Keys(c.total))
	for _, s := range sets {
		fmt.Printf("%-24s gold tuples %4d, with a candidate %.3f\n", filepath.Base(s), c.total[s], float64(c.reached[s])/float64(c.total[s]))
	}
	prob := crossValidate(c.examples, o)
	least := bestThresholds(c, prob, sets)
	fmt.Printf("%d examples\n", len(c.examples))
	// The sigmoids are fitted to less likely readings too: their slope is surer.
	wide := readings(c.examples, prob, thresholds{0.2, 0.2}, true)
	reliability(readings(c.examples, prob, least, true), wide, o.folds)
	if o.wrong != "" {
		list(c.examples, prob, least, o.wrong)
	}
	if o.out == "" {
		return nil
	}
	seen := training(c.examples, -1, 1)
	b := fit(best(seen, fit(seen, o.l2)), o.l2)
	b.Threshold, b.Loose = float32(least.tied), float32(least.loose)
	b.Tied, b.Toned = calibrate(only(wide, true)), calibrate(only(wide, false))
	b.Neutral = calibrate(readings(c.examples, prob, least, false))
	round(b)
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return os.WriteFile(o.out, append(data, '\n'), 0o644)
}

// training returns the examples that may shape the weights and are not of the
// fold left out.
func training(examples []example, fold, folds int) []example {
	var out []example
	named := map[string]bool{} // cells that an example names exactly
	for _, e := range examples {
		if e.label != 0 && e.exact {
			named[e.cell] = true
		}
	}
	for _, e := range examples {
		if !e.free || e.article%folds == fold || e.label != 0 && !e.exact && named[e.cell] {
			continue
		}
		out = append(out, e)
	}
	return out
}

// best keeps, of the examples of one cell that share its label, the one that
// the weights find most likely: gold says of a sentence that it carries a tuple,
// not which of its statements does.
func best(examples []example, b *tone.Blend) []example {
	top := map[string]int{}
	p := make([]float64, len(examples))
	for i, e := range examples {
		if e.label == 0 {
			continue
		}
		h, c := b.Probabilities(e.f)
		p[i] = [3]float64{0, h, c}[e.label]
		if k, ok := top[e.cell]; !ok || p[i] > p[k] {
			top[e.cell] = i
		}
	}
	var out []example
	for i, e := range examples {
		if e.label == 0 || top[e.cell] == i {
			out = append(out, e)
		}
	}
	return out
}

// crossValidate returns the probabilities of hostile and conciliatory that each
// example gets from weights fitted without its article.
func crossValidate(examples []example, o options) [][2]float64 {
	prob := make([][2]float64, len(examples))
	var wait sync.WaitGroup
	for k := range o.folds {
		wait.Go(func() {
			seen := training(examples, k, o.folds)
			b := fit(best(seen, fit(seen, o.l2)), o.l2)
			for i, e := range examples {
				if e.article%o.folds == k {
					prob[i][0], prob[i][1] = b.Probabilities(e.f)
				}
			}
		})
	}
	wait.Wait()
	return prob
}

// thresholds are the least probabilities of a tone that is not neutral: where a
// construction and the sign of its word speak for it, and elsewhere; see
// tone.Blend.
type thresholds struct{ tied, loose float64 }

// label is the class of an example's two probabilities, 0 where both are below
// their threshold.
func (t thresholds) label(e example, p [2]float64) int {
	least := tone.Blend{Threshold: float32(t.tied), Loose: float32(t.loose)}
	switch h, c := p[0], p[1]; {
	case h >= c && h >= least.Least(e.loose, true, e.best):
		return 1
	case c > h && c >= least.Least(e.loose, false, e.best):
		return 2
	}
	return 0
}

// isArticles reports whether a set is of articles to measure by: the project's own
// for training are harder than news.
func isArticles(set string) bool { return strings.HasSuffix(set, ".jsonl") }

// mostInvented is how many tuples per sentence without any the thresholds may
// invent in the articles, cross-validated: the curve of F1 is flat, and what is
// invented costs trust.
const mostInvented = 0.12

// bestThresholds prints the cross-validated figures and returns the thresholds
// with the best F1 over all articles, of those that do not invent too much.
func bestThresholds(c *collector, prob [][2]float64, sets []string) thresholds {
	total := 0
	for _, s := range sets {
		if isArticles(s) {
			total += c.total[s]
		}
	}
	articles := func(t thresholds) float64 {
		_, _, f := score(c.examples, prob, t, func(e example) bool { return isArticles(e.set) }, total)
		return f
	}
	figures := func(t thresholds) (line string) {
		for _, s := range sets {
			p, r, f := score(c.examples, prob, t, func(e example) bool { return e.set == s }, c.total[s])
			line += fmt.Sprintf("  %s P %.3f R %.3f F1 %.3f", filepath.Base(s), p, r, f)
		}
		return line
	}
	// Lower ones find no more, and those that they find are surer than the sigmoids
	// say: of 23 tones with a confidence of .38 two thirds were right.
	const first, last, step = 33, 48, 3 // percent
	best := thresholds{float64(last) / 100, float64(last) / 100}
	top := -1.0
	for tied := first; tied <= last; tied += step {
		for loose := tied; loose <= last; loose += step {
			t := thresholds{float64(tied) / 100, float64(loose) / 100}
			if tied == loose {
				fmt.Printf("cross-validated at %.2f%s\n", t.tied, figures(t))
			}
			if f := articles(t); f > top && c.invented(prob, t) <= mostInvented {
				best, top = t, f
			}
		}
	}
	fmt.Printf("best thresholds %.2f and %.2f, F1 of all articles %.3f, %.2f invented per quiet sentence:%s\n", best.tied, best.loose, top, c.invented(prob, best), figures(best))
	return best
}

// invented returns how many tuples per sentence without any are found in the
// articles.
func (c *collector) invented(prob [][2]float64, least thresholds) float64 {
	said := map[string]bool{}
	for i, e := range c.examples {
		if l := least.label(e, prob[i]); l != 0 && e.quiet && isArticles(e.set) {
			said[e.cell+names[l]] = true
		}
	}
	return float64(len(said)) / math.Max(1, float64(c.quiet))
}

// names are the labels as printed.
var names = []string{"-", "hostile", "conciliatory"}

// list prints the examples of the sets named that are given a wrong label.
func list(examples []example, prob [][2]float64, least thresholds, set string) {
	for i, e := range examples {
		if l := least.label(e, prob[i]); l != e.label && strings.Contains(e.set, set) {
			fmt.Printf("WRONG %s said %s gold %s (%.2f %.2f) %s | %s\n", e.cell, names[l], names[e.label], prob[i][0], prob[i][1], e.note, e.text)
		}
	}
}

// score counts cells: a cell is predicted where one of its candidates is.
func score(examples []example, prob [][2]float64, least thresholds, in func(example) bool, gold int) (p, r, f float64) {
	said := map[string]bool{}
	right := map[string]bool{}
	for i, e := range examples {
		if !in(e) {
			continue
		}
		l := least.label(e, prob[i])
		if l == 0 {
			continue
		}
		k := e.cell + names[l]
		said[k] = true
		if l == e.label {
			right[k] = true
		}
	}
	if len(said) == 0 || gold == 0 {
		return
	}
	p, r = float64(len(right))/float64(len(said)), float64(len(right))/float64(gold)
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return
}
