// Command polarity makes the table of word polarities that the sentiment model
// reads: stages/sentiment/polarity.tsv.
//
//	go run ./cmd/trainsentiment/polarity -o stages/sentiment/polarity.tsv corpus.jsonl.zst …
//
// The lexicons know some thousand words. To know the rest, word vectors are
// trained on the corpus, skip-gram with negative sampling (Mikolov et al.,
// "Distributed Representations of Words and Phrases", NIPS 2013), and a ridge
// regression (Hoerl and Kennard 1970) is fitted from the vectors of the
// lexicons' words to their valence; the table is what it says of every word.
// This is the induction of sentiment lexicons from seeds of Rothe, Ebert and
// Schütze (NAACL 2016) without their orthogonal map. The vectors are thrown away.
//
// A corpus is JSON lines with a field text. The table must be free to ship, so
// feed it texts that are: the project's own was made from publications of the
// US government. One goroutine and a fixed seed: the same corpus gives the same
// table.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"

	"github.com/klauspost/compress/zstd"

	"detente/lexicons"
)

func main() {
	out := flag.String("o", "", "table to write")
	flag.Parse()
	if err := run(*out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "polarity:", err)
		os.Exit(1)
	}
}

func run(out string, paths []string) error {
	lex, err := lexicons.Load()
	if err != nil {
		return err
	}
	c := newCorpus()
	for _, p := range paths {
		if err := read(p, c.add); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	c.index()
	fmt.Printf("%d words, %d different\n", len(c.text), len(c.words))
	vectors := skipGram(c)
	value, err := regress(vectors, seeds(c, lex))
	if err != nil {
		return err
	}
	return os.WriteFile(out, table(c, value), 0o644)
}

// read calls f with the text of every record.
func read(path string, f func(text string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer z.Close()
	in := bufio.NewScanner(z)
	in.Buffer(nil, 64<<20)
	for line := 1; in.Scan(); line++ {
		var record struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &record); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		f(record.Text)
	}
	return in.Err()
}

const header = `# name: polarity
# title: Polarity of words, induced from the lexicons
# version: 1
# unit: polarity
# language: en
# source: made by cmd/trainsentiment/polarity: skip-gram vectors of White House publications 2021-2026 and US State Department press releases 2021-2022 (works of the US government, public domain), ridge regression from this project's lexicons
# licence: Apache-2.0
# citation: Détente lexicons
# changes: 1 first version
word	polarity
`

// faint is the polarity, in hundredths, below which a word is left out.
const faint = 15

// table writes the polarity of each word in hundredths, most frequent first.
func table(c *corpus, value []float64) []byte {
	var b bytes.Buffer
	b.WriteString(header)
	for i, w := range c.words {
		if v := int(math.Round(100 * max(-1, min(1, value[i])))); v <= -faint || v >= faint {
			fmt.Fprintf(&b, "%s\t%d\n", w, v)
		}
	}
	return b.Bytes()
}
