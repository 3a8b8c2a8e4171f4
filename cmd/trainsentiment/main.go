// Command trainsentiment fits the weights of the sentiment model "news".
//
//	go run ./cmd/trainsentiment -newsmtsc newsmtsc-train.jsonl -statements 'stages/tone/train/*.t[sx][vt]' -plover plover-dev.jsonl -o stages/sentiment/news.model
//
// It is AdaGrad (Duchi, Hazan and Singer 2011) on a softmax, averaged over the
// second half of its rounds (Polyak and Juditsky 1992) and over three orders of
// the examples. One goroutine, fixed seeds: on one kind of processor the same
// data and code give the same bytes.
//
// With -folds 5 it writes nothing and cross-validates instead; all sentences
// with the same text are in the same fold. With -dev it prints how the new
// model does on pairs that it has not seen, beside the baselines.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"detente/lexicons"
	"detente/stages/sentiment"
)

func main() {
	var o options
	flag.StringVar(&o.newsmtsc, "newsmtsc", "", "file of judged mentions in the form of NewsMTSC")
	flag.StringVar(&o.statements, "statements", "stages/tone/train/*.t[sx][vt]", "glob of the project's statements and articles")
	flag.StringVar(&o.plover, "plover", "", "file of annotated sentences in the form of the codebook")
	flag.StringVar(&o.dev, "dev", "", "file of judged mentions to measure on")
	flag.StringVar(&o.out, "o", "", "model file to write")
	flag.IntVar(&o.folds, "folds", 0, "cross-validate in so many folds and write nothing")
	flag.IntVar(&o.without, "without", 0, "leave out half 1 or 2 of the statements and the sentences of -plover")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "trainsentiment:", err)
		os.Exit(1)
	}
}

type options struct {
	newsmtsc, statements, plover, dev, out string
	folds, without                         int
}

func run(o options) error {
	if o.newsmtsc == "" {
		return errors.New("no -newsmtsc: the training part of NewsMTSC is not part of the project; get it from https://github.com/fhamborg/NewsMTSC")
	}
	lex, err := lexicons.Load()
	if err != nil {
		return err
	}
	r, err := newReader(lex)
	if err != nil {
		return err
	}
	r.without = o.without
	if err := r.newsmtsc(o.newsmtsc); err != nil {
		return err
	}
	var gold []string
	if o.plover != "" {
		gold = append(gold, o.plover)
	}
	if err := r.annotated(o.statements, gold...); err != nil {
		return err
	}
	printCounts(r.examples)
	if o.folds > 1 {
		crossValidate(r.examples, o.folds)
		return nil
	}
	start := time.Now()
	w := train(r.examples)
	fmt.Printf("trained in %.0f s\n", time.Since(start).Seconds())
	file := sentiment.Encode(w)
	if o.dev != "" {
		if err := measure(o.dev, file, lex); err != nil {
			return err
		}
	}
	if o.out == "" {
		return nil
	}
	return os.WriteFile(o.out, file, 0o644)
}
