package parse_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/parse"
	"detente/stages/segment"
	"detente/stages/stagetest"
)

// chain is the stages up to this one.
type chain struct {
	segment *segment.Segmenter
	actor   *actor.Resolver
	parse   *parse.Parser
}

func newChain(t testing.TB) chain {
	t.Helper()
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := parse.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return chain{segment.New(lex), actor.New(lex), parser}
}

func (c chain) document(text string) *stages.Document { return c.release("", text) }

// release is a document of a publisher.
func (c chain) release(publisher, text string) *stages.Document {
	doc := new(stages.Document)
	doc.Reset(&stages.Article{Publisher: publisher, Text: strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r", "\n")})
	c.segment.Segment(doc)
	c.actor.Resolve(doc)
	c.parse.Parse(doc)
	return doc
}

// FuzzParse holds that a parsed sentence is a projective tree with one root, that
// others have no heads, and that parsing again gives the same.
func FuzzParse(f *testing.F) {
	c := newChain(f)
	for _, text := range stagetest.Seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := c.document(text)
		for i := range doc.Sentences {
			tree(t, doc, &doc.Sentences[i])
		}
		again := c.document(text)
		if !slices.Equal(again.Heads, doc.Heads) || !slices.Equal(again.Rels, doc.Rels) || !slices.Equal(again.Tags, doc.Tags) {
			t.Error("parsed in another way the second time")
		}
	})
}

// tree holds that the sentence is a projective tree with one root, or unparsed.
func tree(t *testing.T, d *stages.Document, s *stages.Sentence) {
	t.Helper()
	roots := 0
	for i := min(max(s.First, d.Dateline), s.Last-1); i < s.Last; i++ {
		h := int(d.Heads[i])
		switch {
		case !s.Parsed:
			if h != -1 || d.Rels[i] != stages.NoRel {
				t.Fatalf("token %d %q of a sentence that was not parsed has head %d, relation %s", i, d.Word(i), h, d.Rels[i])
			}
			continue
		case h == -1:
			roots++
			if d.Rels[i] != stages.Root {
				t.Fatalf("the root %q is a %s", d.Word(i), d.Rels[i])
			}
			continue
		case h < s.First || h >= s.Last || h == i:
			t.Fatalf("token %d %q hangs on %d, its sentence is %d to %d", i, d.Word(i), h, s.First, s.Last)
		}
		if r := d.Rels[i]; r == stages.NoRel || r == stages.Root || r >= stages.NRels {
			t.Fatalf("token %d %q with a head is a %s", i, d.Word(i), r)
		}
		steps := 0
		for k := i; k >= 0; k = int(d.Heads[k]) {
			if steps++; steps > s.Last-s.First {
				t.Fatalf("token %d %q hangs on itself", i, d.Word(i))
			}
		}
		if s.Last-s.First > 80 {
			continue // quadratic
		}
		for k := min(i, h) + 1; k < max(i, h); k++ {
			if !d.Under(k, h) {
				t.Fatalf("token %d %q does not hang on %d, but stands between it and %d", k, d.Word(k), h, i)
			}
		}
	}
	if s.Parsed && roots != 1 {
		t.Fatalf("%d roots in %q", roots, s.In(d.Article.Text))
	}
}

// TestSubtree holds that a phrase is what hangs on its head.
func TestSubtree(t *testing.T) {
	doc := newChain(t).document("The foreign minister of Spain condemned the attack on Morocco.")
	s := &doc.Sentences[0]
	verb := doc.Child(-1, s.First, s.Last)
	subject := doc.Child(verb, s.First, s.Last, stages.Nsubj)
	if subject < 0 {
		t.Fatal("no subject")
	}
	first, last := doc.Subtree(s, subject)
	if got, want := doc.Text(first, last), "The foreign minister of Spain"; got != want {
		t.Errorf("the subject is %q, want %q", got, want)
	}
}

// BenchmarkParse reports tokens of parsed sentences a second, in millions.
func BenchmarkParse(b *testing.B) {
	c := newChain(b)
	files, err := filepath.Glob("../../testdata/articles/*")
	if err != nil {
		b.Fatal(err)
	}
	var docs []*stages.Document
	tokens := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		d := c.document(string(text))
		for _, s := range d.Sentences {
			if s.Parsed {
				tokens += s.Last - s.First
			}
		}
		docs = append(docs, d)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			c.parse.Parse(d)
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mtokens/s")
}

func TestWorth(t *testing.T) {
	c := newChain(t)
	for _, test := range []struct {
		text string
		want bool
	}{
		{"Officials said the harvest was late.", true},
		{"According to officials, the harvest was late.", true},
		{"Norway's statement was late.", true},
		{"The statement was late, officials know.", true},
		{"The statement by officials was late.", false}, // nobody tells what it says
		{"The harvest was late in Norway.", false},
	} {
		if got := c.document(test.text).Sentences[0].Parsed; got != test.want {
			t.Errorf("%q is parsed: %v, want %v", test.text, got, test.want)
		}
	}
}

// TestWorthOfRelease holds which sentences of a government's own text are looked
// at: the last one of each text is told.
func TestWorthOfRelease(t *testing.T) {
	c := newChain(t)
	for _, test := range []struct {
		text string
		want bool
	}{
		{"Elena Ortiz said the harvest was late.", true},
		{"The harvest was late, said Elena Ortiz.", true},
		{"The harvest, we believe, was late.", false}, // the author's own words, and nobody else's
		{"I want you to know that the harvest was late.", false},
		{"They said the harvest was late.", true},
		{"It was said to everyone that the harvest of last year had been late when they left.", false}, // they are named too late
		{"We condemn the crime.", false},                                                               // whose?
		{"Norway sent a ship. We condemn the crime.", true},
		{"Norway sent a ship. The port is near. We condemn the crime.", true},
		{"Norway sent a ship. The port is near. The ship is old. We condemn the crime.", false},
		{"Congress met. We condemn the crime.", false}, // nobody abroad
		{"The United States has a good harvest.", false},
		{"Norway and the United States have a harvest.", false}, // "united" is in a name
		{"Norway has a good harvest.", true},
		{"MS. ORTIZ: Yes.\n\nQ Did Norway condemn the crime?", false}, // a question
		{"MS. ORTIZ: Yes.\n\nPRESIDENT MACRON: We thank you.", true},  // to whom he answers
		{"MS. ORTIZ: Yes.\n\nPRESIDENT MACRON: Yes. It is so. It was so. We thank you.", false},
		{"PRESIDENT MACRON: Yes.\n\nMR. ORTIZ: We thank you.", true},
		{"MS. ORTIZ: Yes.\n\nMR. ORTIZ: We thank you.", false},
		{"Q Is Washington rich?\n\nWe condemn the crime.", false},                  // the author's own country is not abroad, who asks after it
		{"MS. ORTIZ: Yes.\n\nPRESIDENT MACRON: France has a good harvest.", false}, // he speaks of himself
		{"MS. ORTIZ: Yes.\n\nPRESIDENT MACRON: America has a good harvest.", true},
		{"MS. ORTIZ: Yes.\n\nPRESIDENT MACRON: We condemn the crime of Washington.", true},
	} {
		sentences := c.release("state.gov", test.text).Sentences
		if got := sentences[len(sentences)-1].Parsed; got != test.want {
			t.Errorf("%q is parsed: %v, want %v", test.text, got, test.want)
		}
	}
}
