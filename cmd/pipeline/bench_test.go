package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"detente/output"
	"detente/stages"
	"detente/stages/ingest"
)

// Benchmarks count bytes of article text: the MB/s of the stages, of the
// chain and of a whole run compare. "make bench" runs them all.
//
// Each runs on the project's articles and, where they lie beside the project,
// on real corpora.
const (
	articlesDir = "../../testdata/articles"
	corporaGlob = "../../../shared/corpora/*.jsonl.zst"

	articlesText = 1 << 20 // the articles are repeated up to so many bytes
	corpusText   = 8 << 20 // of a corpus the first bytes are enough
)

// corpus is some articles and the size of their texts.
type corpus struct {
	name     string
	articles []stages.Article
	text     int64
}

// corpora reads what the benchmarks run on.
func corpora(b *testing.B) (list []corpus) {
	b.Helper()
	own := corpus{name: "articles"}
	for own.text < articlesText {
		if n := own.read(b, articlesDir, articlesText); n == 0 {
			b.Fatalf("%s: no articles", articlesDir)
		}
	}
	list = append(list, own)
	paths, err := filepath.Glob(corporaGlob)
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range paths {
		c := corpus{name: strings.TrimSuffix(filepath.Base(path), ".jsonl.zst")}
		c.read(b, path, corpusText)
		list = append(list, c)
	}
	return list
}

// read adds articles until there are so many bytes of text, and returns how
// many it added. All get an id of their own.
func (c *corpus) read(b *testing.B, path string, text int64) (n int) {
	b.Helper()
	sources, err := ingest.Expand([]string{path}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for a, err := range ingest.Articles(sources, ingest.Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		if c.text >= text {
			break
		}
		a.ID = fmt.Sprint(c.name, "-", len(c.articles))
		c.articles = append(c.articles, a)
		c.text += int64(len(a.Text))
		n++
	}
	return n
}

// BenchmarkStage runs each stage alone, on documents that the stages before it
// have read.
func BenchmarkStage(b *testing.B) {
	ch := benchChain(b)
	inOrder := []struct {
		name string
		run  func(*stages.Document)
	}{
		{"segment", ch.segment.Segment},
		{"actor", ch.actor.Resolve},
		{"parse", ch.parse.Parse},
		{"attribute", ch.attribute.Attribute},
		{"date", ch.date.Resolve},
		{"tone", ch.tone.Score},
	}
	for _, c := range corpora(b) {
		inputs := make([]stages.Document, len(c.articles))
		for i := range inputs {
			inputs[i].Reset(&c.articles[i])
		}
		for _, stage := range inOrder {
			b.Run(c.name+"/"+stage.name, func(b *testing.B) {
				b.SetBytes(c.text)
				b.ReportAllocs()
				var doc stages.Document
				for b.Loop() {
					for i := range inputs {
						restore(&doc, &inputs[i])
						stage.run(&doc)
					}
				}
			})
			for i := range inputs {
				stage.run(&inputs[i])
			}
		}
		for i := range inputs {
			if got, want := len(inputs[i].Statements), len(ch.process(new(stages.Document), &c.articles[i]).Statements); got != want {
				b.Fatalf("%s: %d statements, but %d by the chain: are the stages here in its order?", c.articles[i].URI, got, want)
			}
		}
	}
}

// restore makes doc a copy of from that a stage may change, in the memory that
// doc has, as for a worker that goes on to its next document. Copying takes
// little of a stage's time, less than stopping the clock would.
func restore(doc, from *stages.Document) {
	fresh := *from
	fresh.Tokens = append(doc.Tokens[:0], from.Tokens...)
	fresh.Tags = append(doc.Tags[:0], from.Tags...)
	fresh.Matches = append(doc.Matches[:0], from.Matches...)
	fresh.Heads = append(doc.Heads[:0], from.Heads...)
	fresh.Rels = append(doc.Rels[:0], from.Rels...)
	fresh.Sentences = append(doc.Sentences[:0], from.Sentences...)
	fresh.Quotations = append(doc.Quotations[:0], from.Quotations...)
	fresh.Mentions = append(doc.Mentions[:0], from.Mentions...)
	fresh.Relations = append(doc.Relations[:0], from.Relations...)
	// Statements are the result, which a worker gives away: no memory to use again
	// where a stage makes them.
	if len(from.Statements) > 0 {
		fresh.Statements = append(doc.Statements[:0], from.Statements...)
	}
	*doc = fresh
}

// BenchmarkChain runs all stages, one document after the other.
func BenchmarkChain(b *testing.B) {
	ch := benchChain(b)
	for _, c := range corpora(b) {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(c.text)
			b.ReportAllocs()
			var doc stages.Document
			for b.Loop() {
				for i := range c.articles {
					ch.process(&doc, &c.articles[i])
				}
			}
		})
	}
}

// BenchmarkWhole is what "pipeline run" does from the first byte of the input
// to the committed tables, with a worker for each processor.
func BenchmarkWhole(b *testing.B) {
	ch := benchChain(b)
	for _, c := range corpora(b) {
		b.Run(c.name, func(b *testing.B) {
			work := scoring{chain: ch, sources: c.write(b), workers: runtime.GOMAXPROCS(0)}
			dir := b.TempDir()
			b.SetBytes(c.text)
			b.ReportAllocs()
			for b.Loop() {
				out := filepath.Join(dir, "tone")
				sum, err := score(work, out, output.Options{Format: output.Parquet, Force: true},
					newTally(slog.New(slog.DiscardHandler), newProgress(0, false), false))
				if err != nil {
					b.Fatal(err)
				}
				if sum.Scored != int64(len(c.articles)) || sum.Tones == 0 {
					b.Fatalf("%d documents of %d, %d tones", sum.Scored, len(c.articles), sum.Tones)
				}
			}
		})
	}
}

// write makes an input file of the corpus.
func (c *corpus) write(b *testing.B) []ingest.Source {
	b.Helper()
	var lines bytes.Buffer
	e := json.NewEncoder(&lines)
	for _, a := range c.articles {
		record := map[string]string{"id": a.ID, "title": a.Title, "text": a.Text, "publisher": a.Publisher}
		if !a.Published.IsZero() {
			record["published"] = a.Published.Format(time.RFC3339)
		}
		if err := e.Encode(record); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(b.TempDir(), c.name+".jsonl")
	if err := os.WriteFile(path, lines.Bytes(), 0o666); err != nil {
		b.Fatal(err)
	}
	return []ingest.Source{{Path: path, Size: int64(lines.Len())}}
}

func benchChain(b *testing.B) *chain {
	b.Helper()
	ch, err := newChain(chainOptions{Model: models[0]})
	if err != nil {
		b.Fatal(err)
	}
	return ch
}
