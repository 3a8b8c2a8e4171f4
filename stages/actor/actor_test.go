package actor_test

import (
	"strings"
	"testing"
	"time"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/segment"
	"detente/stages/stagetest"
)

// chain is the stages up to this one.
type chain struct {
	segment *segment.Segmenter
	actor   *actor.Resolver
}

func newChain(t testing.TB) chain {
	t.Helper()
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	return chain{segment.New(lex), actor.New(lex)}
}

// document is a text with the stages run over it that come before this one,
// and this one.
func (c chain) document(text string, published time.Time, publisher string) *stages.Document {
	doc := new(stages.Document)
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r", "\n")
	doc.Reset(&stages.Article{Text: text, Published: published, Publisher: publisher})
	c.segment.Segment(doc)
	c.actor.Resolve(doc)
	return doc
}

// days of publication: the last is unknown.
var days = []time.Time{time.Date(2014, 2, 5, 13, 30, 0, 0, time.UTC), time.Date(2012, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(1, 1, 1, 5, 0, 0, 0, time.UTC),
	time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), {}}

// publishers of the fuzzed articles: the second speaks for a government.
var publishers = []string{"", "KCNA"}

// FuzzResolve holds that mentions lie in their sentences in order (names that
// modify a phrase may stand before the phrase that holds them), have their head
// within (that of an attributive one is the noun behind it), and say who is meant in a sound way.
func FuzzResolve(f *testing.F) {
	c := newChain(f)
	for i, text := range stagetest.Seeds(f) {
		f.Add(text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		doc := c.document(text, days[int(kind)%len(days)], publishers[int(kind)/len(days)%len(publishers)])
		mention := 0
		for n, s := range doc.Sentences {
			if s.MentionFrom != mention || s.MentTo < s.MentionFrom {
				t.Fatalf("sentence %+v after mention %d", s, mention)
			}
			mention = s.MentTo
			first, last := s.First, s.First // of the mention before
			for _, m := range doc.Mentions[s.MentionFrom:s.MentTo] {
				if m.Sentence != n || m.First < first && (m.First < s.First || m.Last < last) || m.Last <= m.First || m.Last > s.Last || m.Head < s.First || m.Head >= s.Last || !m.Attributive && (m.Head < m.First || m.Head >= m.Last) {
					t.Fatalf("mention %+v after token %d in sentence %+v", m, first, s)
				}
				stagetest.Span(t, doc.Article, doc.Span(m.First, m.Last))
				first, last = m.First, m.Last
				codes := append([]string{m.Code}, m.More...)
				for i, code := range codes {
					if code == "" && (i > 0 || len(codes) > 1) || strings.TrimSpace(code) != code {
						t.Fatalf("mention %+v has the codes %q", m, codes)
					}
				}
				if len(codes) == 2 && codes[0] == codes[1] {
					t.Fatalf("mention %+v has one code twice", m)
				}
			}
		}
		if mention != len(doc.Mentions) {
			t.Fatalf("%d mentions in sentences of %d", mention, len(doc.Mentions))
		}
		if len(doc.Mentions) > 2*len(doc.Tokens) {
			t.Fatalf("%d mentions in %d tokens", len(doc.Mentions), len(doc.Tokens))
		}
	})
}
