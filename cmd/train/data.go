package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"

	"detente/stages"
)

// tuple is one annotated (source, target, tone).
type tuple struct{ Source, Target, Tone string }

// key compares tuples at country level, with sectors where both sides share
// the country, as the scorer does.
func key(s, t string) [2]string {
	a, _, _ := strings.Cut(s, "-")
	b, _, _ := strings.Cut(t, "-")
	if a == b {
		return [2]string{s, t}
	}
	return [2]string{a, b}
}

// sentence is an annotated sentence; Start and End are code points of the text.
type sentence struct {
	Start, End       int
	Tuples, Optional []tuple
}

// document is an annotated article; every line of a file of statements is one.
type document struct {
	set                          string
	ID, Title, Published, Source string
	Text                         string
	Sentences                    []sentence
}

// read reads the files of statements and of articles that match glob, then the
// gold files.
func read(glob string, gold []string) ([]document, error) {
	var docs []document
	files, err := filepath.Glob(glob)
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if strings.HasSuffix(name, ".txt") {
			articles, err := readArticles(name)
			if err != nil {
				return nil, err
			}
			docs = append(docs, articles...)
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		in := bufio.NewScanner(f)
		line := 0
		for in.Scan() {
			line++
			text, tuples, ok := strings.Cut(in.Text(), "\t")
			if !ok || strings.HasPrefix(text, "#") || text == "text" {
				continue
			}
			doc := document{set: name, ID: fmt.Sprintf("%s:%d", name, line), Text: text, Published: "2012-06-15", Sentences: []sentence{{0, len([]rune(text)), nil, nil}}}
			for _, t := range strings.Split(tuples, ";") {
				t = strings.TrimSpace(t)
				if t == "" {
					continue
				}
				pair, tone, ok := strings.Cut(t, " ")
				source, target, ok2 := strings.Cut(pair, ">")
				if !ok || !ok2 {
					return nil, fmt.Errorf("%s:%d: tuple %q: want SRC>TGT h|c", name, line, t)
				}
				doc.Sentences[0].Tuples = append(doc.Sentences[0].Tuples, tuple{source, target, tone})
			}
			docs = append(docs, doc)
		}
		f.Close()
	}
	for _, name := range gold {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
			doc := document{set: name}
			if err := json.Unmarshal(line, &doc); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			docs = append(docs, doc)
		}
	}
	return docs, nil
}

// free reports whether a document may shape the weights: text of the project,
// of the US government, and under CC BY licences. Others are only measured.
func free(d document) bool {
	if strings.HasSuffix(d.set, ".tsv") || strings.HasSuffix(d.set, ".txt") {
		return true
	}
	switch d.Source {
	case "Wikinews", "state.gov", "whitehouse.gov", "PLOVER-GSR":
		return true
	}
	return strings.Contains(d.set, "testdata")
}

// weight is how much an example counts: the project's own sentences are harder
// and stranger than news, so that many of them together count like the gold.
func weight(set string) float64 {
	if strings.HasSuffix(set, ".tsv") {
		return 0.1
	}
	return 1
}

// half says which half of the sentences a text is in, as trainsentiment does.
func half(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32()>>8)%2 + 1
}

// codePoints returns the byte offset of every code point of text, and its
// length.
func codePoints(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// sentenceAt returns the sentence that a span in bytes overlaps most, -1 for
// none, as the scorer does.
func (d *document) sentenceAt(span stages.Span, bytes []int) int {
	best, most := -1, 0
	for i, s := range d.Sentences {
		if n := min(span.End, bytes[s.End]) - max(span.Start, bytes[s.Start]); n > most {
			best, most = i, n
		}
	}
	return best
}

// label returns the label of a dyad in the sentence; arguable where the gold
// has both tones or leaves it open.
func (s *sentence) label(dyad [2]string) (label int, arguable bool) {
	for _, t := range s.Tuples {
		if key(t.Source, t.Target) != dyad {
			continue
		}
		l := 1
		if t.Tone[0] == 'c' {
			l = 2
		}
		if label != 0 && label != l {
			return 0, true
		}
		label = l
	}
	if label == 0 {
		for _, t := range s.Optional {
			if key(t.Source, t.Target) == dyad {
				return 0, true
			}
		}
	}
	return label, false
}
