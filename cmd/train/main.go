// Command train fits the weights that the tone stage carries: the blend of
// lexicon, routes and sentiment, on the project's own statements and, where
// they are at hand, on development gold in the codebook's format.
//
//	go run ./cmd/train -o stages/tone/blend.json -statements 'stages/tone/train/*.tsv' [-gold news.jsonl …]
//
// The result is the same byte for byte whenever data and code are.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/attribute"
	"detente/stages/date"
	"detente/stages/segment"
	"detente/stages/sentiment"
	"detente/stages/tone"
)

func main() {
	out := flag.String("o", "", "file to write the weights to")
	statements := flag.String("statements", "stages/tone/train/*.tsv", "glob of the project's statements")
	l2 := flag.Float64("l2", 1, "ridge penalty")
	folds := flag.Int("folds", 5, "cross-validation folds over articles")
	missed := flag.String("missed", "", "print missed gold of the set whose name contains this")
	models := flag.String("models", "", "two sentiment models, comma-separated, each fitted without one half of the statements (trainsentiment -without 1 and 2)")
	flag.Parse()
	if err := run(*out, *statements, *models, flag.Args(), *l2, *folds, *missed); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

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

type sentence struct {
	Start, End       int
	Tuples, Optional []tuple
}

type document struct {
	set                          string
	ID, Title, Published, Source string
	Text                         string
	Sentences                    []sentence
}

// example is one candidate: features, label 0 neither, 1 hostile, 2
// conciliatory, and the article it stands in.
type example struct {
	f          []float32
	label      int
	article    int
	weight     float64
	note, text string
	cell       string // article, sentence and dyad: predictions of one cell count once
}

var names = []string{"-", "hostile", "conciliatory"}

func run(out, glob, models string, gold []string, l2 float64, folds int, missed string) error {
	lex, err := lexicons.Load()
	if err != nil {
		return err
	}
	docs, err := read(glob, gold)
	if err != nil {
		return err
	}
	seg, act, att, dat := segment.New(lex), actor.New(lex), attribute.New(lex), date.New(lex)
	// A sentence is judged by the model that has not seen it.
	var scorers [2]*tone.Scorer
	for i := range scorers {
		scorers[i] = tone.New(lex, nil, nil)
	}
	if models != "" {
		for i, name := range strings.Split(models, ",") {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			m, err := sentiment.Decode(data, lex)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			scorers[i] = tone.New(lex, nil, opinion(m))
		}
	}
	var examples []example
	total := map[string]int{}   // gold tuples by set
	reached := map[string]int{} // gold dyads that have a candidate
	d := new(stages.Document)
	for n, doc := range docs {
		day, _ := time.Parse("2006-01-02", doc.Published[:min(10, len(doc.Published))])
		d.Reset(&stages.Article{ID: doc.ID, Title: doc.Title, Publisher: doc.Source, Text: doc.Text, Published: day})
		seg.Segment(d)
		act.Resolve(d)
		att.Attribute(d)
		dat.Resolve(d)
		bytesOf := codePoints(doc.Text)
		goldOf := func(span stages.Span) int {
			best, most := -1, 0
			for i, s := range doc.Sentences {
				a, b := max(span.Start, bytesOf[s.Start]), min(span.End, bytesOf[s.End])
				if b-a > most {
					best, most = i, b-a
				}
			}
			return best
		}
		have := map[string]bool{}
		for _, c := range scorers[half(doc.Text)-1].Candidates(d) {
			s := goldOf(d.Statements[c.Statement].Span)
			if s < 0 {
				continue
			}
			k := key(c.Source, c.Target)
			if k[0] == k[1] {
				continue
			}
			label, both, optional := 0, false, false
			for _, t := range doc.Sentences[s].Tuples {
				if key(t.Source, t.Target) == k {
					l := 1
					if t.Tone[0] == 'c' {
						l = 2
					}
					both = label != 0 && label != l
					label = l
				}
			}
			for _, t := range doc.Sentences[s].Optional {
				if key(t.Source, t.Target) == k {
					optional = true
				}
			}
			cell := fmt.Sprint(n, s, k)
			have[cell] = true
			if both || optional && label == 0 {
				continue
			}
			note := ""
			for i := range d.Relations {
				r := &d.Relations[i]
				if r.Statement == c.Statement && r.Source == c.Source && r.Target == c.Target {
					note += fmt.Sprintf("%d:%s:%.2fx%.2f ", r.Route, d.Text(r.First, r.Last), r.Valence, r.Shift)
				}
			}
			examples = append(examples, example{f: c.Features, label: label, article: n, weight: weight(doc.set), cell: cell, note: note, text: strings.ReplaceAll(doc.Text[bytesOf[doc.Sentences[s].Start]:bytesOf[doc.Sentences[s].End]], "\n", " ")})
		}
		for i, s := range doc.Sentences {
			for _, t := range s.Tuples {
				total[doc.set]++
				if have[fmt.Sprint(n, i, key(t.Source, t.Target))] {
					reached[doc.set]++
				} else if missed != "" && strings.Contains(doc.set, missed) {
					fmt.Printf("MISS %s>%s %s | %s\n", t.Source, t.Target, t.Tone, strings.ReplaceAll(doc.Text[bytesOf[s.Start]:bytesOf[s.End]], "\n", " "))
				}
			}
		}
	}
	for s := range total {
		fmt.Printf("%-24s gold tuples %4d, with a candidate %.3f\n", filepath.Base(s), total[s], float64(reached[s])/float64(total[s]))
	}
	if dump := os.Getenv("DUMP"); dump != "" {
		f, _ := os.Create(dump)
		w := bufio.NewWriter(f)
		for _, e := range examples {
			fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%t", e.label, e.article, filepath.Base(docs[e.article].set), e.cell, free(docs[e.article]))
			for _, x := range e.f {
				fmt.Fprintf(w, "\t%g", x)
			}
			fmt.Fprintln(w)
		}
		w.Flush()
		f.Close()
	}
	setOf := func(e example) string { return docs[e.article].set }
	// Cross-validation over articles.
	prob := make([][2]float64, len(examples))
	for k := range folds {
		var train []example
		for _, e := range examples {
			if e.article%folds != k && free(docs[e.article]) {
				train = append(train, e)
			}
		}
		b := fit(train, l2)
		for i, e := range examples {
			if e.article%folds == k {
				prob[i][0], prob[i][1] = b.Probabilities(e.f)
			}
		}
	}
	best, bestF := 0.3, 0.0
	for th := 0.2; th < 0.71; th += 0.02 {
		line := ""
		sum := 0.0
		for s := range total {
			p, r, f := score(examples, prob, th, func(e example) bool { return setOf(e) == s }, total[s])
			line += fmt.Sprintf(" %s P %.3f R %.3f F1 %.3f", filepath.Base(s), p, r, f)
			if strings.HasSuffix(s, ".jsonl") {
				sum += f
			}
		}
		if sum > bestF {
			best, bestF = th, sum
		}
		if int(th*100+.5)%10 == 0 {
			fmt.Printf("cv th %.2f%s\n", th, line)
		}
	}
	fmt.Printf("best threshold %.2f (mean F1 of gold sets %.3f)\n", best, bestF/float64(max(1, len(gold))))
	if missed != "" {
		for i, e := range examples {
			if !strings.Contains(setOf(e), missed) {
				continue
			}
			h, c := prob[i][0], prob[i][1]
			label := 0
			if h >= c && h >= best {
				label = 1
			} else if c > h && c >= best {
				label = 2
			}
			if label != e.label {
				fmt.Printf("WRONG %s said %s gold %s (%.2f %.2f) %s | %s\n", e.cell, names[label], names[e.label], h, c, e.note, e.text)
			}
		}
	}
	if out == "" {
		return nil
	}
	var train []example
	for _, e := range examples {
		if free(docs[e.article]) {
			train = append(train, e)
		}
	}
	b := fit(train, l2)
	b.Threshold = float32(math.Round(best*100) / 100)
	round(b)
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(data, '\n'), 0o644)
}

// round cuts the weights to the digits that matter, so that the file is small.
func round(b *tone.Blend) {
	cut := func(x float32) float32 { return float32(math.Round(float64(x)*1e4) / 1e4) }
	for k := range 2 {
		for i := range b.Linear[k] {
			b.Linear[k][i] = cut(b.Linear[k][i])
		}
		b.Bias[k] = cut(b.Bias[k])
	}
}

// weight is how much an example counts: the project's own sentences are harder
// and stranger than news, so that many of them together count like the gold.
func weight(set string) float64 {
	if strings.HasSuffix(set, ".tsv") {
		return 0.1
	}
	return 1
}

// score counts cells: a cell is predicted where one of its candidates is.
func score(examples []example, prob [][2]float64, th float64, in func(example) bool, gold int) (p, r, f float64) {
	said := map[string]bool{}
	right := map[string]bool{}
	for i, e := range examples {
		if !in(e) {
			continue
		}
		h, c := prob[i][0], prob[i][1]
		label := 0
		if h >= c && h >= th {
			label = 1
		} else if c > h && c >= th {
			label = 2
		}
		if label == 0 {
			continue
		}
		k := e.cell + string(rune('0'+label))
		said[k] = true
		if label == e.label {
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

// fit runs full-batch gradient descent with momentum on the ridge-penalised
// log loss; convex, so the same data give the same weights.
func fit(examples []example, l2 float64) *tone.Blend {
	const steps, rate, momentum = 400, 0.5, 0.9
	n := tone.NFeatures
	var w, v, g [2][]float64
	for k := range 2 {
		w[k], v[k], g[k] = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	for range steps {
		for k := range 2 {
			clear(g[k])
		}
		for _, e := range examples {
			var z [2]float64
			for k := range 2 {
				for i, x := range e.f {
					if x != 0 {
						z[k] += w[k][i] * float64(x)
					}
				}
			}
			m := max(0, z[0], z[1])
			h, c, o := math.Exp(z[0]-m), math.Exp(z[1]-m), math.Exp(-m)
			p := [2]float64{h / (h + c + o), c / (h + c + o)}
			for k := range 2 {
				d := p[k]
				if e.label == k+1 {
					d--
				}
				for i, x := range e.f {
					if x != 0 {
						g[k][i] += e.weight * d * float64(x)
					}
				}
			}
		}
		for k := range 2 {
			for i := range w[k] {
				pen := l2
				if i == 0 {
					pen = 0
				}
				step := (g[k][i] + pen*w[k][i]) / float64(len(examples))
				v[k][i] = momentum*v[k][i] - rate*step
				w[k][i] += v[k][i]
			}
		}
	}
	b := new(tone.Blend)
	for k := range 2 {
		b.Linear[k] = make([]float32, n)
		for i := range w[k] {
			b.Linear[k][i] = float32(w[k][i])
		}
		b.Trees[k], b.Bias[k] = boost(examples, k+1)
	}
	return b
}

// half says which half of the sentences a text is in, as trainsentiment does.
func half(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32()>>8)%2 + 1
}

// opinion makes a sentiment model the tone stage's.
func opinion(m sentiment.Model) tone.Sentiment {
	return func(p tone.Passage) [3]float32 {
		return m.Score(&sentiment.Context{Doc: p.Doc, From: p.First, To: p.Last, Target: phrase(p.Target), Source: phrase(p.Source)})
	}
}

func phrase(p tone.Phrase) sentiment.Phrase {
	if p.First < 0 {
		return sentiment.Elsewhere
	}
	return sentiment.Phrase(p)
}

// free reports whether a document may shape the weights: text of the project,
// of the US government, and under CC BY licences. Others are only measured.
func free(d document) bool {
	if strings.HasSuffix(d.set, ".tsv") {
		return true
	}
	switch d.Source {
	case "Wikinews", "state.gov", "whitehouse.gov", "PLOVER-GSR":
		return true
	}
	return strings.Contains(d.set, "testdata")
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

func read(glob string, gold []string) ([]document, error) {
	var docs []document
	files, err := filepath.Glob(glob)
	if err != nil {
		return nil, err
	}
	for _, name := range files {
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
