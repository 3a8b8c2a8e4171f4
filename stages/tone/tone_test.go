package tone_test

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"testing"
	"time"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/attribute"
	"detente/stages/date"
	"detente/stages/parse"
	"detente/stages/segment"
	"detente/stages/tone"
)

// TestMirror holds that a world in which every valence is turned around is read
// with the opposite share of the lexicons, tone by tone: nothing in it favours
// one pole. (The whole tone need not turn: the blend is fitted to news, where
// hostility and goodwill are said in different ways.)
func TestMirror(t *testing.T) {
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := parse.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	// A blend that lets every candidate be a tone.
	all := new(tone.Blend)
	for i := range all.Linear {
		all.Linear[i] = make([]float32, tone.NFeatures)
	}
	score := func(a *stages.Article, turn float32) []stages.Tone {
		doc := new(stages.Document)
		doc.Reset(a)
		segment.New(lex).Segment(doc)
		actor.New(lex).Resolve(doc)
		parser.Parse(doc)
		attribute.New(lex).Attribute(doc)
		date.New(lex).Resolve(doc)
		for i := range doc.Relations {
			doc.Relations[i].Valence *= turn
		}
		tone.New(lex, all, nil).Score(doc)
		var list []stages.Tone
		for _, s := range doc.Statements {
			list = append(list, s.Tones...)
		}
		return list
	}
	tones, hostile, conciliatory := 0, 0, 0
	for _, a := range articles(t) {
		plain, turned := score(&a, 1), score(&a, -1)
		if len(plain) != len(turned) {
			t.Fatalf("%s: %d tones, turned %d", a.ID, len(plain), len(turned))
		}
		tones += len(plain)
		for i, p := range plain {
			q := turned[i]
			if p.Source != q.Source || p.Target != q.Target || p.Lexicon != -q.Lexicon {
				t.Errorf("%s: %s > %s %+.2f, turned %s > %s %+.2f", a.ID, p.Source, p.Target, p.Lexicon, q.Source, q.Target, q.Lexicon)
			}
			switch {
			case p.Lexicon < 0:
				hostile++
			case p.Lexicon > 0:
				conciliatory++
			}
		}
	}
	if tones < 100 || hostile < 20 || conciliatory < 20 {
		t.Errorf("only %d tones, %d hostile and %d conciliatory", tones, hostile, conciliatory)
	}
}

// TestBlend holds that the fitted weights give probabilities, whatever the
// features.
func TestBlend(t *testing.T) {
	blend, err := tone.LoadBlend()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []float32{0, 1, -1, 1e4, -1e4} {
		f := make([]float32, tone.NFeatures)
		for i := range f {
			f[i] = v
		}
		if h, c := blend.Probabilities(f); !(h >= 0 && c >= 0 && h+c <= 1.000001) {
			t.Errorf("features %g: %g hostile, %g conciliatory", v, h, c)
		}
	}
	if blend.Threshold <= 0 || blend.Threshold >= 1 || blend.Loose < blend.Threshold || blend.Loose >= 1 {
		t.Errorf("thresholds %g and %g", blend.Threshold, blend.Loose)
	}
}

// TestScoreAgain holds that scoring has no memory.
func TestScoreAgain(t *testing.T) {
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	blend, err := tone.LoadBlend()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := parse.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	scorer := tone.New(lex, blend, nil)
	var first [][]stages.Statement
	for range 2 {
		for i, a := range articles(t) {
			doc := new(stages.Document)
			doc.Reset(&a)
			segment.New(lex).Segment(doc)
			actor.New(lex).Resolve(doc)
			parser.Parse(doc)
			attribute.New(lex).Attribute(doc)
			scorer.Score(doc)
			if len(first) <= i {
				first = append(first, doc.Statements)
			} else if !reflect.DeepEqual(first[i], doc.Statements) {
				t.Errorf("%s is scored in another way the second time", a.ID)
			}
		}
	}
}

// articles are the project's annotated ones.
func articles(t *testing.T) (list []stages.Article) {
	t.Helper()
	f, err := os.Open("../../testdata/gold/articles.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a struct{ ID, Title, Published, Source, Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		published, err := time.Parse(time.DateOnly, a.Published)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, stages.Article{ID: a.ID, Title: a.Title, Publisher: a.Source, Published: published, Text: a.Text})
	}
	if err := lines.Err(); err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	return list
}
