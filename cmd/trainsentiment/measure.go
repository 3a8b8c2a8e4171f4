package main

import (
	"fmt"
	"os"
	"slices"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/segment"
	"detente/stages/sentiment"
)

// setsOf returns the sets of the examples, in the order in which they came.
func setsOf(examples []*example) []string {
	var sets []string
	for _, e := range examples {
		if !slices.Contains(sets, e.set) {
			sets = append(sets, e.set)
		}
	}
	return sets
}

func printCounts(examples []*example) {
	for _, set := range setsOf(examples) {
		var n [k]int
		for _, e := range examples {
			if e.set == set {
				n[e.class]++
			}
		}
		fmt.Printf("%-32s %5d negative %5d neutral %5d positive\n", set, n[0], n[1], n[2])
	}
}

// crossValidate scores every example by weights trained without its fold.
func crossValidate(examples []*example, folds int) {
	reports := map[string]*sentiment.Report{}
	right, toned := map[string]int{}, map[string]int{} // of the toned, by tone alone
	for _, set := range setsOf(examples) {
		reports[set] = new(sentiment.Report)
	}
	for fold := range folds {
		var rest []*example
		for _, e := range examples {
			if e.text%folds != fold {
				rest = append(rest, e)
			}
		}
		w := train(rest)
		for _, e := range examples {
			if e.text%folds != fold {
				continue
			}
			p := score(w, e)
			reports[e.set].Add(e.class.Label(), sentiment.Best(p).Label())
			if e.class != sentiment.Neutral {
				toned[e.set]++
				if (p[sentiment.Positive] > p[sentiment.Negative]) == (e.class == sentiment.Positive) {
					right[e.set]++
				}
			}
		}
	}
	for _, set := range setsOf(examples) {
		fmt.Printf("%s, %d folds: %vnegative from positive: %d of %d right, %.3f\n", set, folds, reports[set],
			right[set], toned[set], float64(right[set])/float64(max(1, toned[set])))
	}
}

// measure prints how a model file and the baselines do on judged mentions.
func measure(path string, file []byte, lex *lexicons.Set) error {
	news, err := sentiment.Decode(file, lex)
	if err != nil {
		return err
	}
	imdb, err := sentiment.Load("imdb", lex)
	if err != nil {
		return err
	}
	seg := segment.New(lex)
	d := new(stages.Document)
	by := func(m sentiment.Model) func(string, int, int) int {
		return func(text string, start, end int) int {
			d.Reset(&stages.Article{Text: text})
			seg.Segment(d)
			c := sentiment.At(d, stages.Span{Start: start, End: end})
			return sentiment.Best(m.Score(&c)).Label()
		}
	}
	for _, b := range []struct {
		name  string
		score func(string, int, int) int
	}{
		{"news", by(news)},
		{"imdb", by(imdb)},
		{"always neutral", func(string, int, int) int { return 0 }},
	} {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		rep, err := sentiment.Evaluate(f, b.score)
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		fmt.Printf("%s: %v", b.name, rep)
	}
	return nil
}
