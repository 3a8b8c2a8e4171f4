package output

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"detente/stages"
)

func TestCodePoints(t *testing.T) {
	for _, text := range []string{"", "plain", "é", "naïve 😀 中文", strings.Repeat("x", 200), strings.Repeat("😀é", 100), strings.Repeat("a", block) + "é"} {
		points := newCodePoints(text)
		want := int32(0)
		starts := map[int]int32{len(text): int32(len([]rune(text)))}
		for i := range text {
			starts[i] = want
			want++
		}
		for i := -1; i <= len(text)+1; i++ {
			got, ok := points.before(i)
			if want, inside := starts[i]; ok != inside || got != want {
				t.Errorf("%.20q: before(%d) = %d, %t, want %d, %t", text, i, got, ok, want, inside)
			}
		}
	}
}

// seed is a small valid document: "Él dijo «hola» 😀 hoy".
func seed() Document {
	const text = "Él dijo «hola» 😀 hoy"
	span := func(words string) stages.Span {
		i := strings.Index(text, words)
		return stages.Span{Start: i, End: i + len(words)}
	}
	return Document{
		Article: &stages.Article{ID: "a", URI: "a.txt", PublishedFrom: stages.PublishedField, Language: "es", Text: text, ContentHash: "00",
			Published: time.Date(2014, 2, 5, 23, 30, 0, 0, time.UTC)},
		Sentences: 1,
		Statements: []stages.Statement{{
			Span: span("«hola» 😀"), Kind: stages.Direct, Cue: span("dijo"), Source: "VEN",
			Date: stages.Date{Precision: stages.DocumentPrecision},
			Tones: []stages.Tone{{Source: "VEN", Target: "USA", Label: stages.Conciliatory, Tone: 0.5,
				Evidence: []stages.Evidence{{Term: "hola", Span: span("hola"), Category: "greet", Valence: 0.5}}}},
		}},
	}
}

func TestRows(t *testing.T) {
	r, err := newRows(seed())
	if err != nil {
		t.Fatal(err)
	}
	published := time.Date(2014, 2, 5, 23, 30, 0, 0, time.UTC)
	day := Day{time.Date(2014, 2, 5, 0, 0, 0, 0, time.UTC)}
	want := StatementRow{
		StatementID: "a:0", DocID: "a", Published: published, Start: 8, End: 16, Text: "«hola» 😀", Kind: "direct",
		Cue: "dijo", CueStart: 3, CueEnd: 7, SpeakerStart: NoOffset, SpeakerEnd: NoOffset, Source: "VEN", Date: day, DatePrecision: "document",
	}
	if !reflect.DeepEqual(r.statements[0], want) {
		t.Errorf("statement %+v\nwant %+v", r.statements[0], want)
	}
	if got, want := r.tones[0].Evidence[0], (Evidence{"hola", 9, 13, "greet", 0.5}); got != want {
		t.Errorf("evidence %+v, want %+v", got, want)
	}

	undated := seed()
	undated.Article.Published = time.Time{}
	if r, err = newRows(undated); err != nil || !r.statements[0].Date.IsZero() {
		t.Errorf("undated: %+v, %v", r.statements[0].Date, err)
	}
}

func TestInvalidDocuments(t *testing.T) {
	for column, spoil := range map[string]func(*stages.Article, *stages.Statement){
		"documents.doc_id":          func(a *stages.Article, _ *stages.Statement) { a.ID = "" },
		"documents.published_from":  func(a *stages.Article, _ *stages.Statement) { a.PublishedFrom = "" },
		"documents.text":            func(a *stages.Article, _ *stages.Statement) { a.Text = "\xff" + a.Text[1:] },
		"documents.published":       func(a *stages.Article, _ *stages.Statement) { a.Published = a.Published.AddDate(9000, 0, 0) },
		"statements.ordinal":        func(_ *stages.Article, s *stages.Statement) { s.Ordinal = -1 },
		"statements.kind":           func(_ *stages.Article, s *stages.Statement) { s.Kind = "" },
		"statements.text":           func(_ *stages.Article, s *stages.Statement) { s.Span = stages.Span{} },
		"statements.cue":            func(_ *stages.Article, s *stages.Statement) { s.Cue = stages.Span{Start: 1, End: 3} },
		"statements.speaker":        func(_ *stages.Article, s *stages.Statement) { s.Speaker = stages.Span{Start: 5, End: 999} },
		"statements.date":           func(_ *stages.Article, s *stages.Statement) { s.Date.Time = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) },
		"statements.date_precision": func(_ *stages.Article, s *stages.Statement) { s.Date.Precision = "" },
		"tones.target":              func(_ *stages.Article, s *stages.Statement) { s.Tones[0].Target = "" },
		"tones.confidence":          func(_ *stages.Article, s *stages.Statement) { s.Tones[0].Confidence = float32(math.NaN()) },
		"tones.evidence":            func(_ *stages.Article, s *stages.Statement) { s.Tones[0].Evidence[0].Category = "" },
	} {
		d := seed()
		spoil(d.Article, &d.Statements[0])
		var invalid *InvalidError
		if _, err := newRows(d); !errors.As(err, &invalid) || invalid.Column != column || invalid.DocID != d.Article.ID {
			t.Errorf("%s: %v", column, err)
		}
	}
}
