package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"detente/output"
)

// at finds words in a text and returns their code points.
func at(t *testing.T, text, words string) (start, end int32) {
	t.Helper()
	i := strings.Index(text, words)
	if i < 0 {
		t.Fatalf("%q is not in %q", words, text)
	}
	start = int32(utf8.RuneCountInString(text[:i]))
	return start, start + int32(utf8.RuneCountInString(words))
}

// show writes a passage for the eye: context in parentheses, terms in brackets
// with their valence.
func show(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		words := p.Text
		if p.Valence != nil {
			words = fmt.Sprintf("[%s %+.2f %s]", words, *p.Valence, p.Category)
		}
		if p.Context {
			words = "(" + words + ")"
		}
		b.WriteString(words)
	}
	return b.String()
}

func TestPassage(t *testing.T) {
	long := strings.Repeat("word ", 200)
	for _, test := range []struct {
		name, text, statement, cue, speaker string
		terms                               string // separated by |
		noText                              bool
		want                                string
	}{
		{
			name: "terms within the statement", text: "It rained. Peru thanked Chile for its généreuse help. Then it stopped.",
			statement: "Peru thanked Chile for its généreuse help", cue: "thanked", terms: "help|thanked",
			want: "Peru [thanked -0.50 praise] Chile for its généreuse [help -0.50 praise]",
		},
		{
			name: "cue and speaker stand outside a quotation", text: "“Élan is no crime,” Ana Río warned on Monday. “We will not yield.”",
			statement: "We will not yield.", cue: "warned", speaker: "Ana Río", terms: "warned|not yield",
			want: "(Ana Río )([warned -0.50 praise])( on Monday. “)We will [not yield -0.50 praise].",
		},
		{
			name: "what is far off is left out", text: "Condemned. " + long + "Peru left the talks.", statement: "Peru left the talks.", cue: "Condemned", terms: "Condemned|left",
			want: "Peru [left -0.50 praise] the talks.",
		},
		{
			name: "a statement without an end is cut", text: "Peru left. " + long, statement: "Peru left. " + long, terms: "left",
			want: "Peru [left -0.50 praise]. " + (long)[:maxPassage-11] + "( …)",
		},
		{
			name: "terms that overlap: the first stays", text: "Peru tore up the treaty.", statement: "Peru tore up the treaty.", terms: "tore up|up the treaty",
			want: "Peru [tore up -0.50 praise] the treaty.",
		},
		{
			name: "a term across the statement's end", text: "He said: peace now, friends", statement: "peace now", terms: "now, friends",
			want: "peace [now -0.50 praise]([, friends -0.50 praise])",
		},
		{
			name: "no text of the document", text: "Long before. Peru thanked Chile.", statement: "Peru thanked Chile.", cue: "thanked", terms: "thanked|before", noText: true,
			want: "Peru [thanked -0.50 praise] Chile.",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := output.StatementRow{Text: test.statement, CueStart: output.NoOffset, CueEnd: output.NoOffset, SpeakerStart: output.NoOffset, SpeakerEnd: output.NoOffset}
			s.Start, s.End = at(t, test.text, test.statement)
			if test.cue != "" {
				start, end := at(t, test.text, test.cue)
				s.CueStart, s.CueEnd = output.Offset(start), output.Offset(end)
			}
			if test.speaker != "" {
				start, end := at(t, test.text, test.speaker)
				s.SpeakerStart, s.SpeakerEnd = output.Offset(start), output.Offset(end)
			}
			var evidence []output.Evidence
			for _, term := range strings.Split(test.terms, "|") {
				start, end := at(t, test.text, term)
				evidence = append(evidence, output.Evidence{Term: term, Start: start, End: end, Category: "praise", Valence: -0.5})
			}
			text := []rune(test.text)
			if test.noText {
				text = nil
			}
			if got := show(passage(text, &s, evidence)); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// FuzzPassage gives offsets of whatever kind: the pieces joined are always a
// stretch of the text, no longer than a passage may be, and no piece is empty.
func FuzzPassage(f *testing.F) {
	f.Add("Peru thanked Chile.", int32(0), int32(19), int32(5), int32(12), int32(5), int32(12))
	f.Add("é", int32(-1), int32(9), int32(3), int32(-2), int32(0), int32(1))
	f.Add(strings.Repeat("x", 2000), int32(700), int32(1900), int32(100), int32(110), int32(1890), int32(1950))
	f.Fuzz(func(t *testing.T, text string, start, end, cueStart, cueEnd, termStart, termEnd int32) {
		s := output.StatementRow{Start: start, End: end, CueStart: output.Offset(cueStart), CueEnd: output.Offset(cueEnd)}
		pieces := passage([]rune(text), &s, []output.Evidence{{Start: termStart, End: termEnd}, {Start: termStart, End: end}})
		joined := ""
		for i, p := range pieces {
			if p.Text == "" {
				t.Fatalf("piece %d is empty", i)
			}
			if i == len(pieces)-1 && p.Text == " …" {
				break
			}
			joined += p.Text
		}
		if !strings.Contains(string([]rune(text)), joined) {
			t.Fatalf("%q is no stretch of %q", joined, text)
		}
		if n := utf8.RuneCountInString(joined); n > maxPassage {
			t.Fatalf("%d code points", n)
		}
	})
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b=c#d":          "https://example.org/a?b=c#d",
		" http://example.org/ ":                "http://example.org/",
		"HTTPS://example.org/":                 "https://example.org/",
		"javascript:alert(1)":                  "",
		"JavaScript://example.org/%0Aalert(1)": "",
		" javascript:alert(1)":                 "",
		"data:text/html,<script>":              "",
		"//example.org/":                       "",
		"/etc/passwd":                          "",
		"example.org":                          "",
		"https:":                               "",
		"http://[::1":                          "",
		"":                                     "",
	} {
		if got := webAddress(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
