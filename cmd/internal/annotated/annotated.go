// Package annotated reads what the weights are fitted on: the project's own
// statements and articles, and gold in the codebook's form.
package annotated

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// Tuple is one annotated (source, target, tone); Tone begins with h or c.
type Tuple struct{ Source, Target, Tone string }

// Sentence is an annotated sentence; Start and End are code points of the text.
type Sentence struct {
	Start, End       int
	Tuples, Optional []Tuple
}

// Document is an annotated article; every line of a file of statements is one.
type Document struct {
	Set                          string // the file
	ID, Title, Published, Source string
	Text                         string
	Sentences                    []Sentence
}

// Kind says what a file holds.
type Kind int

// Kinds of file.
const (
	Statements Kind = iota // the project's single sentences, .tsv
	Articles               // the project's articles, .txt
	Gold                   // the codebook's form, .jsonl
)

// Kind returns what kind of file the document is of.
func (d *Document) Kind() Kind {
	switch filepath.Ext(d.Set) {
	case ".tsv":
		return Statements
	case ".txt":
		return Articles
	}
	return Gold
}

// Read reads the files that match glob, then the gold files. Errors name file
// and line.
func Read(glob string, gold ...string) ([]Document, error) {
	files, err := filepath.Glob(glob)
	if err != nil {
		return nil, err
	}
	var docs []Document
	for _, name := range append(files, gold...) {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var more []Document
		switch d := (Document{Set: name}); d.Kind() {
		case Statements:
			more, err = statements(name, string(data))
		case Articles:
			more, err = articles(name, string(data))
		default:
			more, err = codebook(name, data)
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, more...)
	}
	return docs, nil
}

// statements reads lines of text, tab, "SRC>TGT h|c; …".
func statements(name, data string) ([]Document, error) {
	var docs []Document
	for n, line := range strings.Split(data, "\n") {
		text, cell, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(text, "#") || text == "text" {
			continue
		}
		s := Sentence{End: len([]rune(text))}
		for t := range strings.SplitSeq(cell, ";") {
			if t = strings.TrimSpace(t); t == "" {
				continue
			}
			x, err := parseTuple(strings.Fields(t))
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w: %q", name, n+1, err, t)
			}
			s.Tuples = append(s.Tuples, x)
		}
		docs = append(docs, Document{Set: name, ID: fmt.Sprintf("%s:%d", name, n+1), Text: text, Published: "2012-06-15", Sentences: []Sentence{s}})
	}
	return docs, nil
}

func codebook(name string, data []byte) ([]Document, error) {
	var docs []Document
	for n, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		doc := Document{Set: name}
		if err := json.Unmarshal(line, &doc); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// parseTuple reads "SRC>TGT", "h|c".
func parseTuple(f []string) (Tuple, error) {
	if len(f) >= 2 {
		source, target, ok := strings.Cut(f[0], ">")
		if ok && source != "" && target != "" && (f[1] == "h" || f[1] == "c") {
			return Tuple{source, target, f[1]}, nil
		}
	}
	return Tuple{}, fmt.Errorf("want SRC>TGT h|c")
}

// Half says in which of two halves a document is, 1 or 2: the blend of the tone
// stage is fitted on what a sentiment model says of documents that it has not
// seen.
func (d *Document) Half() int {
	h := fnv.New32a()
	h.Write([]byte(d.Text))
	return int(h.Sum32()>>8)%2 + 1
}

// Dyad is what a tuple is compared on: countries, with their sectors where both
// sides share the country, as the scorer does.
func Dyad(source, target string) [2]string {
	a, _, _ := strings.Cut(source, "-")
	b, _, _ := strings.Cut(target, "-")
	if a == b {
		return [2]string{source, target}
	}
	return [2]string{a, b}
}

// Bytes returns the byte offset of every code point of the text, and its
// length.
func (d *Document) Bytes() []int {
	var out []int
	for i := range d.Text {
		out = append(out, i)
	}
	return append(out, len(d.Text))
}

// Names reports whether a tuple of the sentence has these very codes, sectors
// included.
func (s *Sentence) Names(source, target string) bool {
	for _, t := range s.Tuples {
		if t.Source == source && t.Target == target {
			return true
		}
	}
	return false
}
