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
		turnsHold(t, doc)
	})
}

// turnsHold holds that every turn but the author's begins with a sentence that is
// its label, and that no turn but the author's comes again.
func turnsHold(t *testing.T, d *stages.Document) {
	t.Helper()
	begun := 1
	for i, s := range d.Sentences {
		switch {
		case s.Turn == 0 || i > 0 && s.Turn == d.Sentences[i-1].Turn:
		case s.Turn != begun:
			t.Fatalf("sentence %d is of turn %d, behind turn %d", i, s.Turn, begun-1)
		case s.First != d.Turns[begun].First || s.Last != d.Turns[begun].Last:
			t.Fatalf("turn %d begins with %q, its label is %q", begun, d.Text(s.First, s.Last), d.Text(d.Turns[begun].First, d.Turns[begun].Last))
		default:
			begun++
		}
	}
	if begun != len(d.Turns) {
		t.Fatalf("%d turns, of which %d have a label", len(d.Turns), begun-1)
	}
}

// TestTurns tells labels of speakers from other words in capitals.
func TestTurns(t *testing.T) {
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := New(lex)
	for _, test := range []struct {
		text      string
		labels    string // in order, * = a question
		sentences int
	}{
		{"MR. O’NEILL: Yes.\n\nDR. J. B. ORTIZ: No.", "MR. O’NEILL: | DR. J. B. ORTIZ:", 4},
		{"Q Why?\n\nA Because.", "Q*", 3},
		{"Q: Why?\n\nA: Because.", "Q:* | A:", 4},
		{"Question: Why?\n\nAnswer: Because.\n\nAnswer it.", "Question:* | Answer:", 5},
		{"AUDIENCE MEMBER: Why?\n\nPRESS SECRETARY ORTIZ: Because.", "AUDIENCE MEMBER:* | PRESS SECRETARY ORTIZ:", 4},
		{"MR. ORTIZ: “Yes.”\n\nMS. ORTIZ: “No.”", "", 2},
		{"“MR. ORTIZ: Yes.\n\n“MS. ORTIZ: No.”", "", 2},
		{"MADRID: Spain said yes.", "", 1},
		{"MADRID\n\nSpain: yes.", "", 2},
		{"MADRID:\n\nPARIS:", "", 2},
		{"Spain: yes.\n\nFrance: no.", "", 2},
		{"Q4 was good.\n\nQ3 was bad.", "", 2},
		{"NATO, EU AND UN MEMBERS FROM ALL OF THE WORLD’S CONTINENTS, ISLANDS AND SEAS: yes.\n\nMR. ORTIZ: No.\n\nMS. ORTIZ: Yes.", "MR. ORTIZ: | MS. ORTIZ:", 5},
		{"QUESTIONER 2: Why?", "QUESTIONER 2:*", 2},
	} {
		doc := new(stages.Document)
		doc.Reset(&stages.Article{Text: test.text})
		s.Segment(doc)
		var labels []string
		for _, turn := range doc.Turns[1:] {
			mark := ""
			if turn.Question {
				mark = "*"
			}
			labels = append(labels, doc.Text(turn.First, turn.Last)+mark)
		}
		if got := strings.Join(labels, " | "); got != test.labels || len(doc.Sentences) != test.sentences {
			t.Errorf("%q: labels %q and %d sentences, want %q and %d", test.text, got, len(doc.Sentences), test.labels, test.sentences)
		}
		turnsHold(t, doc)
	}
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
