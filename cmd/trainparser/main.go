// Command trainparser fits the weights of the parser.
//
//	go run ./cmd/trainparser -sentences articles.jsonl … >sentences.jsonl
//	python cmd/trainparser/silver.py <sentences.jsonl >silver.jsonl
//	go run ./cmd/trainparser -o stages/parse/parser.model silver.jsonl
//
// The first writes sentences that are worth parsing, the second lets a teacher
// parse them, the third learns from its trees and prints how well the weights
// agree with the teacher on sentences that they have not seen. One goroutine,
// fixed seeds: the same trees and code give the same bytes.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"time"

	"detente/stages/parse"
)

func main() {
	var o options
	flag.BoolVar(&o.sentences, "sentences", false, "write the sentences of the articles given that are worth parsing, one JSON object a line, to stdout")
	flag.StringVar(&o.skip, "skip", "", "with -sentences: leave out publishers that match this regular expression")
	flag.IntVar(&o.limit, "limit", 1<<30, "with -sentences: at most about so many of each file")
	flag.StringVar(&o.out, "o", "", "model file to write")
	flag.StringVar(&o.model, "model", "", "measure this model file and learn nothing")
	flag.IntVar(&o.first, "first", 1, "how often each sentence is seen to find the features that tell most")
	flag.IntVar(&o.rounds, "rounds", 8, "how often each sentence is seen to learn their weights")
	flag.IntVar(&o.weight, "weight", 1, "how often each sentence of the first file counts")
	flag.IntVar(&o.words, "words", 8000, "words that are known by themselves")
	flag.Parse()
	if err := run(o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "trainparser:", err)
		os.Exit(1)
	}
}

type options struct {
	sentences     bool
	skip          string
	limit         int
	out, model    string
	first, rounds int
	words, weight int
}

func run(o options, args []string) error {
	if len(args) == 0 {
		return errors.New("no files: give articles with -sentences, else silver trees")
	}
	if o.sentences {
		skip, err := regexp.Compile(o.skip)
		if err != nil {
			return err
		}
		return writeSentences(os.Stdout, args, skip, o.limit)
	}
	train, dev, err := readTreebank(args, o.weight)
	if err != nil {
		return err
	}
	if o.model != "" {
		file, err := os.ReadFile(o.model)
		if err != nil {
			return err
		}
		return measure(file, dev)
	}
	start := time.Now()
	file := parse.Learn(train, parse.Lesson{First: o.first, Rounds: o.rounds, Words: o.words, Room: 23, Log: func(format string, args ...any) {
		fmt.Printf("%5.0f s  "+format+"\n", append([]any{time.Since(start).Seconds()}, args...)...)
	}})
	if o.out != "" {
		if err := os.WriteFile(o.out, file, 0o644); err != nil {
			return err
		}
	}
	return measure(file, dev)
}
