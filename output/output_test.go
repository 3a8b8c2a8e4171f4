package output

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"detente/stages"
)

var testMeta = Meta{Version: "1.0", Lexicons: "actors=ab12", Model: "news", Run: "test"}

// vocabulary makes n words of random letters; every tenth has letters of two,
// three or four bytes.
func vocabulary(rnd *rand.Rand, n int) []string {
	foreign := []rune("éñßжш中文語𝒜😀")
	words := make([]string, n)
	for i := range words {
		letters := make([]rune, 2+rnd.IntN(8))
		for j := range letters {
			letters[j] = rune('a' + rnd.IntN(26))
			if i%10 == 9 {
				letters[j] = foreign[rnd.IntN(len(foreign))]
			}
		}
		words[i] = string(letters)
	}
	return words
}

// testDocuments makes n documents over the given number of months, with
// a statement every gap words, tones and evidence cut from the text at random.
func testDocuments(seed uint64, n, months, words, gap int) []Document {
	rnd := rand.New(rand.NewPCG(seed, 0))
	vocab := vocabulary(rnd, 5000)
	zipf := rand.NewZipf(rnd, 1.1, 20, uint64(len(vocab)-1))
	pick := func(options ...string) string { return options[rnd.IntN(len(options))] }
	docs := make([]Document, n)
	for i := range docs {
		var text strings.Builder
		var spans []stages.Span // of the words
		ascii := rnd.IntN(2) == 0
		for range 1 + rnd.IntN(2*words) {
			word := vocab[zipf.Uint64()]
			if ascii && !isASCII(word) {
				word = "plain"
			}
			spans = append(spans, stages.Span{Start: text.Len(), End: text.Len() + len(word)})
			text.WriteString(word + " ")
		}
		a := &stages.Article{
			ID: fmt.Sprintf("doc-%d", i), URI: fmt.Sprintf("test.jsonl:%d", i+1), Publisher: pick("", "Reuters", "Agência Brasil"),
			Title: pick("", "A title é"), PublishedFrom: stages.PublishedNone, Language: "en", Text: text.String(),
			ContentHash: fmt.Sprintf("%032x", rnd.Uint64()), DuplicateOf: pick("", "", "", "doc-0"),
		}
		if i == 0 {
			a.DuplicateOf = ""
		}
		if m := rnd.IntN(months + 1); m > 0 {
			a.Published = time.Date(2010, time.Month(m), 1+rnd.IntN(28), rnd.IntN(24), 30, 0, 123456000, time.UTC)
			a.PublishedFrom = stages.PublishedField
		}
		if rnd.IntN(5) == 0 {
			a.Warnings = []string{"no date", "odd \xff bytes"}
		}
		d := Document{Article: a, Sentences: len(spans)/15 + 1}
		for from := 0; from+20 <= len(spans); from += gap {
			s := stages.Statement{
				Ordinal: len(d.Statements), Utterance: len(d.Statements) / 2, Kind: stages.Direct,
				Span: stages.Span{Start: spans[from].Start, End: spans[from+14].End},
				Date: stages.Date{Precision: stages.DocumentPrecision},
			}
			if rnd.IntN(2) == 0 {
				s.Kind, s.Cue, s.Speaker, s.SpeakerName, s.Source = stages.Indirect, spans[from], spans[from+1], "Nicolás Maduro", "VEN"
				s.Date = stages.Date{Time: time.Date(2009, 3, 1, 0, 0, 0, 0, time.UTC), Precision: stages.MonthPrecision, Text: spans[from+2]}
			}
			for range rnd.IntN(3) {
				t := stages.Tone{
					Source: "VEN", Target: pick("USA", "CELAC"), SourceCountry: "VEN", TargetCountry: pick("USA", ""),
					Tone: rnd.Float32()*2 - 1, Label: stages.Hostile, Confidence: rnd.Float32(), Lexicon: rnd.Float32(), Sentiment: rnd.Float32(),
				}
				for range rnd.IntN(4) {
					span := spans[from+rnd.IntN(15)]
					t.Evidence = append(t.Evidence, stages.Evidence{Term: span.In(a.Text), Span: span, Category: "threaten", Valence: -rnd.Float32()})
				}
				s.Tones = append(s.Tones, t)
			}
			d.Statements = append(d.Statements, s)
		}
		docs[i] = d
	}
	return docs
}

// newWriter opens a dataset, as a run whose small limits make much of spills, row
// groups and parts.
func newWriter(t testing.TB, dir string, opt Options) *Writer {
	t.Helper()
	if opt.Meta == (Meta{}) {
		opt.Meta = testMeta
	}
	w, err := Open(dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	w.limits = limits{buffered: 1 << 18, partition: 1 << 16, part: 1 << 21, open: 3, batch: 1 << 30}
	return w
}

// write writes documents, commits and closes.
func write(t testing.TB, w *Writer, docs []Document) Summary {
	t.Helper()
	for _, d := range docs {
		if _, err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return w.Summary()
}

// listFiles lists the data files of a dataset with their content.
func listFiles(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		if strings.HasPrefix(name, StateFolder) {
			return err
		}
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// collect reads all rows of a stream.
func collect[R any](t testing.TB, rows func(func(R, error) bool)) []R {
	t.Helper()
	var all []R
	for r, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}
