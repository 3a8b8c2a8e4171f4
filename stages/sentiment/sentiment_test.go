package sentiment

import (
	"bufio"
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/segment"
)

// load returns the lexicons and the default model.
var load = sync.OnceValues(func() (*lexicons.Set, Model) {
	lex, err := lexicons.Load()
	if err != nil {
		panic(err)
	}
	m, err := Load("news", lex)
	if err != nil {
		panic(err)
	}
	return lex, m
})

func read(text string) *stages.Document {
	lex, _ := load()
	d := new(stages.Document)
	d.Reset(&stages.Article{Text: text})
	segment.New(lex).Segment(d)
	return d
}

// toward is the context of the first place at which text holds target.
func toward(t testing.TB, text, target string) Context {
	t.Helper()
	at := strings.Index(text, target)
	if at < 0 {
		t.Fatalf("%q is not in %q", target, text)
	}
	return At(read(text), stages.Span{Start: at, End: at + len(target)})
}

func TestScore(t *testing.T) {
	_, m := load()
	for _, c := range []struct {
		text, target string
		want         Class
	}{
		{"Maduro is a liar and a murderous dictator, the senator said.", "Maduro", Negative},
		{"The minister condemned the brutal attack by Aramia.", "Aramia", Negative},
		{"Aramia was praised for its generous help and its courage.", "Aramia", Positive},
		{"He thanked Norway for its help.", "Norway", Positive},
		{"Smith will arrive on Tuesday at noon.", "Smith", Neutral},
	} {
		ctx := toward(t, c.text, c.target)
		if p := m.Score(&ctx); Best(p) != c.want {
			t.Errorf("%q toward %s: %.2f, want class %d", c.text, c.target, p, c.want)
		}
	}
}

func TestScoreWithoutTarget(t *testing.T) {
	_, m := load()
	d := read("They are cowards and traitors.")
	p := m.Score(&Context{Doc: d, To: len(d.Tokens), Target: Elsewhere, Source: Elsewhere})
	if Best(p) != Negative {
		t.Errorf("insult without a target: %.2f", p)
	}
}

// shared finds a file of the shared data, which are not part of the project.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "gold", name))
	if err != nil {
		t.Skipf("%s is not at hand: %v", name, err)
	}
	return data
}

// label scores a pair of NewsMTSC as the command evaluate does.
func label(m Model) func(text string, start, end int) int {
	return func(text string, start, end int) int {
		c := At(read(text), stages.Span{Start: start, End: end})
		return Best(m.Score(&c)).Label()
	}
}

func TestAccuracy(t *testing.T) {
	gold := shared(t, "newsmtsc-dev.jsonl")
	_, m := load()
	rep, err := Evaluate(bytes.NewReader(gold), label(m))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", rep)
	if rep.N != 783 || rep.MacroF1() < 0.66 {
		t.Errorf("macro-F1 %.3f on %d mentions, want at least 0.66 on 783", rep.MacroF1(), rep.N)
	}
}

func TestBaseline(t *testing.T) {
	gold := shared(t, "newsmtsc-dev.jsonl")
	lex, _ := load()
	m, err := Load("imdb", lex)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := Evaluate(bytes.NewReader(gold), label(m))
	if err != nil {
		t.Fatal(err)
	}
	if f := rep.MacroF1(); f < 0.15 || f > 0.3 {
		t.Errorf("the film-review model has macro-F1 %.3f; it had 0.21", f)
	}
}

// statements are the texts of the project's own training statements.
func statements(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../tone/train/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal("no statements", err)
	}
	var out []string
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for in := bufio.NewScanner(f); in.Scan(); {
			text, _, ok := strings.Cut(in.Text(), "\t")
			if ok && text != "text" && !strings.HasPrefix(text, "#") {
				out = append(out, text)
			}
		}
	}
	return out
}

func TestDeterministic(t *testing.T) {
	_, m := load()
	texts := statements(t)[:200]
	var want [200][NClasses]float32
	score := func(i int) [NClasses]float32 {
		d := read(texts[i])
		return m.Score(&Context{Doc: d, To: len(d.Tokens), Target: Phrase{0, 1}, Source: None})
	}
	for i := range texts {
		want[i] = score(i)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range texts {
				if got := score(i); got != want[i] {
					t.Errorf("%q: %v, then %v", texts[i], want[i], got)
				}
			}
		})
	}
	wait.Wait()
}

func FuzzScore(f *testing.F) {
	for _, s := range frames {
		f.Add(s, 0, 1, 3, 4)
	}
	f.Add("", 0, 0, 0, 0)
	f.Add("\xff“’”'s n’t N'T!", 1, 2, -1, -1)
	_, m := load()
	f.Fuzz(func(t *testing.T, text string, first, last, from, to int) {
		d := read(strings.ToValidUTF8(text, "\ufffd"))
		phrase := func(a, b int) Phrase {
			if a < 0 || b <= a || b > len(d.Tokens) {
				return None
			}
			return Phrase{a, b}
		}
		c := Context{Doc: d, To: len(d.Tokens), Target: phrase(first, last), Source: phrase(from, to)}
		if len(d.Sentences) > 0 { // the mentions may stand outside it
			c.From, c.To = d.Sentences[0].First, d.Sentences[0].Last
		}
		var sum float32
		for _, p := range m.Score(&c) {
			if !(p >= 0 && p <= 1) {
				t.Fatalf("probability %v", p)
			}
			sum += p
		}
		if math.Abs(float64(sum)-1) > 1e-4 {
			t.Fatalf("probabilities sum to %v", sum)
		}
	})
}

func BenchmarkScore(b *testing.B) {
	_, m := load()
	var contexts []Context
	for _, text := range statements(b) {
		d := read(text)
		for i := range d.Matches {
			if x := d.Matches[i]; x.Unit == lexicons.ActorUnit {
				contexts = append(contexts, Context{Doc: d, To: len(d.Tokens), Target: Phrase{x.Start, x.End}, Source: None})
			}
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		m.Score(&contexts[i])
		i = (i + 1) % len(contexts)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
}

// A Reader that reads a passage once says of each mention what the model says
// that reads it anew, near the mention alone where the passage is long.
func TestReader(t *testing.T) {
	_, m := load()
	text := "Iran accused Russia of lying, “never again,” and Norway's king praised the 3 envoys of Russia"
	for _, text := range []string{text + ".", text + strings.Repeat(" and then he went home", 40) + ", where Sweden blamed China."} {
		d := read(text)
		phrases := []Phrase{Elsewhere}
		for _, name := range []string{"Iran", "Russia", "Norway", "Sweden", "China"} {
			if at := strings.Index(text, name); at >= 0 {
				phrases = append(phrases, At(d, stages.Span{Start: at, End: at + len(name)}).Target)
			}
		}
		r, again := m.Reader(), false
		for _, target := range phrases {
			for _, source := range append(phrases, None) {
				c := Context{Doc: d, To: len(d.Tokens), Target: target, Source: source}
				want := m.Score(&c)
				c.Again = again
				if got := r.Score(&c); got != want {
					t.Errorf("%q, target %v, source %v: %v, read anew %v", text, target, source, got, want)
				}
				again = true
			}
		}
	}
}
