package attribute_test

import (
	"strings"
	"testing"
	"time"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/attribute"
	"detente/stages/parse"
	"detente/stages/segment"
	"detente/stages/stagetest"
)

// chain is the stages up to this one.
type chain struct {
	segment   *segment.Segmenter
	actor     *actor.Resolver
	parse     *parse.Parser
	attribute *attribute.Attributor
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
	return chain{segment.New(lex), actor.New(lex), parser, attribute.New(lex)}
}

// document is a text with the stages run over it that come before this one,
// and this one.
func (c chain) document(text string, published time.Time, publisher string) *stages.Document {
	doc := new(stages.Document)
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r", "\n")
	doc.Reset(&stages.Article{Text: text, Published: published, Publisher: publisher})
	c.segment.Segment(doc)
	c.actor.Resolve(doc)
	c.parse.Parse(doc)
	c.attribute.Attribute(doc)
	return doc
}

// days of publication: the last is unknown.
var days = []time.Time{time.Date(2014, 2, 5, 13, 30, 0, 0, time.UTC), time.Date(2012, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(1, 1, 1, 5, 0, 0, 0, time.UTC),
	time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), {}}

// publishers of the fuzzed articles: the second speaks for a government.
var publishers = []string{"", "KCNA"}

// FuzzAttribute holds that statements lie each within one sentence, with cue
// and speaker in the text, and that relations tie different actors by words
// of their sentence.
func FuzzAttribute(f *testing.F) {
	c := newChain(f)
	for i, text := range stagetest.Seeds(f) {
		f.Add(text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		doc := c.document(text, days[int(kind)%len(days)], publishers[int(kind)/len(days)%len(publishers)])
		for i, s := range doc.Statements {
			stagetest.Span(t, doc.Article, s.Span)
			n := sentenceOf(doc, s.Span)
			if n < 0 {
				t.Fatalf("statement %d %q is in no sentence", i, s.Span.In(doc.Article.Text))
			}
			if s.Cue != (stages.Span{}) {
				stagetest.Span(t, doc.Article, s.Cue)
				if !doc.Sentences[n].Contains(s.Cue) {
					t.Fatalf("statement %q has its cue %q in another sentence", s.Span.In(doc.Article.Text), s.Cue.In(doc.Article.Text))
				}
			}
			if s.Speaker != (stages.Span{}) {
				stagetest.Span(t, doc.Article, s.Speaker)
				if sentenceOf(doc, s.Speaker) < 0 {
					t.Fatalf("speaker %q is in no sentence", s.Speaker.In(doc.Article.Text))
				}
			}
			if s.Utterance <= 0 {
				t.Fatalf("statement %q without an utterance", s.Span.In(doc.Article.Text))
			}
			switch s.Kind {
			case stages.Direct, stages.Mixed, stages.Indirect, stages.Action:
			default:
				t.Fatalf("kind %q", s.Kind)
			}
		}
		for _, r := range doc.Relations {
			if r.Statement < 0 || r.Statement >= len(doc.Statements) {
				t.Fatalf("relation %+v of %d statements", r, len(doc.Statements))
			}
			if r.Source == "" || r.Target == "" || r.Source == r.Target || r.Route >= stages.NRoutes {
				t.Fatalf("relation %+v", r)
			}
			s := doc.Sentences[sentenceOf(doc, doc.Statements[r.Statement].Span)]
			if r.First >= 0 && (r.First < s.First || r.Last > s.Last || r.Last <= r.First) {
				t.Fatalf("relation %+v in sentence %+v", r, s)
			}
			if n := len(doc.Tokens); r.SourceAt < -1 || r.SourceAt >= n || r.TargetAt < -1 || r.TargetAt >= n {
				t.Fatalf("relation %+v of %d tokens", r, n)
			}
			for _, k := range r.Shifters {
				if k < s.First || k >= s.Last {
					t.Fatalf("relation %+v has a shifter at %d in sentence %+v", r, k, s)
				}
			}
			if !(r.Valence >= -1 && r.Valence <= 1) || r.Shift != r.Shift {
				t.Fatalf("relation %+v", r)
			}
		}
	})
}

// sentenceOf returns the sentence that holds s, -1 for none.
func sentenceOf(doc *stages.Document, s stages.Span) int {
	for n := range doc.Sentences {
		if doc.Sentences[n].Contains(s) {
			return n
		}
	}
	return -1
}
