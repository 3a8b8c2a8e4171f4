package parse

import (
	"strings"
	"testing"

	"detente/lexicons"
	"detente/stages"
)

// treebank has three sentences of one pattern, to be learned by heart: word, tag,
// head from 1 (0 = root), relation.
var treebank = []string{
	"Spain NNP 2 nsubj, expelled VBD 0 root, the DT 4 det, envoy NN 2 dobj, of IN 4 prep, Cuba NNP 5 pobj",
	"Envoys NNS 3 nsubjpass, were VBD 3 auxpass, expelled VBN 0 root, by IN 3 agent, Spain NNP 4 pobj",
	"Morocco NNP 2 nsubj, left VBD 0 root, and CC 2 cc, Spain NNP 5 nsubj, stayed VBD 2 conj",
}

func exampleOf(t *testing.T, line string) Example {
	t.Helper()
	var words []string
	var e Example
	for entry := range strings.SplitSeq(line, ", ") {
		f := strings.Fields(entry)
		words = append(words, f[0])
		e.Tags = append(e.Tags, TagOf(f[1]))
		e.Heads = append(e.Heads, int32(f[2][0]-'0')-1)
		for r := range stages.NRels {
			if r.String() == f[3] {
				e.Rels = append(e.Rels, r)
			}
		}
	}
	e.Doc = new(stages.Document)
	e.Doc.Reset(&stages.Article{Text: strings.Join(words, " ")})
	e.Doc.Tokens = lexicons.Tokenize(nil, e.Doc.Article.Text, nil)
	e.Doc.Tags = make([]lexicons.POS, len(e.Doc.Tokens))
	e.Last = len(e.Doc.Tokens)
	return e
}

// TestLearn holds that the parser learns a few trees by heart, the same way each
// time.
func TestLearn(t *testing.T) {
	var list []Example
	for _, line := range treebank {
		list = append(list, exampleOf(t, line))
	}
	lesson := Lesson{First: 5, Rounds: 10, Words: 100, Room: 20, Log: t.Logf}
	file := Learn(list, lesson)
	if again := Learn(list, lesson); string(again) != string(file) {
		t.Error("learned another way the second time")
	}
	m, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		tags := m.Parse(e.Doc, e.First, e.Last)
		for i := range e.Heads {
			if e.Doc.Heads[i] != e.Heads[i] || e.Doc.Rels[i] != e.Rels[i] || tags[i] != e.Tags[i] {
				t.Errorf("%q of %q is a %s, %s of %d; want a %s, %s of %d", e.Doc.Word(i), e.Doc.Article.Text, tags[i], e.Doc.Rels[i], e.Doc.Heads[i],
					e.Tags[i], e.Rels[i], e.Heads[i])
			}
		}
	}
}

// TestOracle holds that following the oracle builds any projective tree, and that
// lifting makes a tree with crossing arcs projective.
func TestOracle(t *testing.T) {
	for _, gold := range [][]int32{
		{0, 0}, {0, 2, 0, 2}, {0, 2, 3, 4, 0}, {0, 0, 1, 2, 3}, {0, 3, 1, 0, 6, 6, 3}, {0, 4, 4, 4, 0, 4, 5, 4},
		{0, 3, 4, 0, 3, 2}, // crossing
	} {
		head := append([]int32(nil), gold...)
		projectivize(head)
		for i := range head {
			if head[i] != 0 && crosses(head, int32(i)) {
				t.Errorf("%v is lifted to %v, which is not projective", gold, head)
			}
		}
		want := append([]int32(nil), head...)
		o := newOracle(head)
		w := &work{words: make([]word, len(gold))}
		w.start()
		for int(w.next) < len(w.words) {
			legal := [nTransitions]bool{true, w.top(0) != 0, w.top(1) != 0}
			good := o.good(w, legal)
			for t := range nTransitions {
				if good[t] {
					w.apply(t)
					break
				}
			}
		}
		for w.top(1) != 0 {
			w.apply(right)
		}
		for i := range want {
			if w.head[i] != want[i] {
				t.Errorf("the oracle leads to %v, want %v", w.head, want)
				break
			}
		}
	}
}

// TestTables holds that the sums of packed weights are those of the weights
// added one by one.
func TestTables(t *testing.T) {
	features := make([]uint64, 20)
	for i := range features {
		features[i] = feature(uint64(i+1), mix(uint64(i)))
	}
	p := newPerceptron(wideClasses, 12)
	for k := range 300 {
		p.tick()
		p.update(features[k%7:12+k%8], k*7%wideClasses, k*11%wideClasses)
	}
	kept := p.keep(10, 1)
	for k := range 300 {
		kept.tick()
		kept.update(features[k%7:12+k%8], k*7%wideClasses, k*11%wideClasses)
	}
	data := kept.bytes(rowSize)
	table := wideOf(data, 10)
	for from := range 12 {
		list := features[from:]
		var sum [wideClasses]int
		for _, f := range list {
			if row := data[rowSize*int(f>>(64-10)):][:rowSize]; row[rowSize-1] == byte(fingerprint(f)) {
				for c := range wideClasses {
					sum[c] += int(row[c])
				}
			}
		}
		best := 0
		for c, s := range sum {
			if s > sum[best] {
				best = c
			}
		}
		if got := table.best(list); got != best {
			t.Errorf("features from %d: class %d of sum %d, want %d of %d", from, got, sum[got], best, sum[best])
		}
	}
}

// TestDecode holds that damaged files are refused.
func TestDecode(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty": nil, "other file": []byte("détente sentiment\n12345678"), "cut": embedded[:len(embedded)-1], "header alone": embedded[:headerSize],
		"old format": append([]byte(magic), make([]byte, 100)...),
	} {
		if _, err := Decode(data); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}
