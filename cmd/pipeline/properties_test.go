package main

import (
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"detente/output"
	"detente/stages"
	"detente/stages/ingest"
	"detente/stages/stagetest"
)

// propertyArticles are the project's articles, the annotated ones and the
// seeds of the fuzz tests.
func propertyArticles(t testing.TB) []stages.Article {
	t.Helper()
	list := goldArticles(t, filepath.Join(moduleRoot, "testdata", "gold", "articles.jsonl"))
	files, err := filepath.Glob(filepath.Join(moduleRoot, "testdata", "articles", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		for a, err := range ingest.Articles([]ingest.Source{{Path: path}}, ingest.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, a)
		}
	}
	for i, text := range stagetest.Seeds(t) {
		list = append(list, fuzzArticle(text, uint8(i)))
	}
	return list
}

// TestSameInAnyOrder holds that what is found in a document depends neither on
// the documents before it, nor on the memory that it is read in, nor on others
// that are read at the same time; and that a result is not changed by the next.
func TestSameInAnyOrder(t *testing.T) {
	c, err := defaultChain()
	if err != nil {
		t.Fatal(err)
	}
	articles := propertyArticles(t)
	want := make([]output.Document, len(articles))
	for i := range articles {
		want[i] = c.process(new(stages.Document), &articles[i])
	}
	check := func(how string, got []output.Document) {
		t.Helper()
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("%s, %.60q is read in another way: %d statements, not %d", how, articles[i].Text, len(got[i].Statements), len(want[i].Statements))
			}
		}
	}
	got := make([]output.Document, len(articles))
	doc := new(stages.Document)
	for i := range articles {
		got[i] = c.process(doc, &articles[i])
	}
	check("in used memory", got)
	for i := range slices.Backward(articles) {
		got[i] = c.process(doc, &articles[i])
	}
	check("backwards", got)
	docs := documents(len(articles))
	for i, doc := range docs {
		doc.Reset(&articles[i])
	}
	c.readAll(docs)
	for i, doc := range docs {
		got[i] = result(doc)
	}
	check("together", got)
	var group sync.WaitGroup
	const workers = 4
	for w := range workers {
		group.Go(func() {
			doc := new(stages.Document)
			for i := w; i < len(articles); i += workers {
				got[i] = c.process(doc, &articles[i])
			}
		})
	}
	group.Wait()
	check("beside others", got)
	other, err := newChain(chainOptions{Model: models[0]})
	if err != nil {
		t.Fatal(err)
	}
	for i := range articles {
		got[i] = other.process(doc, &articles[i])
	}
	check("by another chain", got)
}

// TestLinear holds that what is found, and the memory to find it, grow with
// the text and not with its square, on texts made to be hard.
func TestLinear(t *testing.T) {
	c, err := defaultChain()
	if err != nil {
		t.Fatal(err)
	}
	const (
		size  = 16 << 10 // bytes of the shorter text
		times = 4        // the longer one is so many times as long
		slack = 2        // and may take so many times its share
	)
	cost := func(text string) (found, allocated uint64) {
		var before, after runtime.MemStats
		doc := new(stages.Document)
		runtime.ReadMemStats(&before)
		c.read(doc, &stages.Article{Text: text})
		runtime.ReadMemStats(&after)
		tones := 0
		for _, s := range doc.Statements {
			tones += len(s.Tones)
		}
		return uint64(len(doc.Mentions) + len(doc.Statements) + len(doc.Relations) + len(doc.Quotations) + tones), after.TotalAlloc - before.TotalAlloc
	}
	for _, unit := range []string{
		",", ", ", "\"", "\" ", "' ", "“", " ”“ ", "''", "“Iran ”", "\"\n\n", ".", "( ", "a-", "Iran ", "Iran, ", "Iran and ", "Iran's ", "and ", "not ",
		"Iran said ", "Iran said that Spain accused ", "\"he said,\" ", "both sides met ", "99 years earlier ", "president of the ", "IRAN CONDEMNED SPAIN ",
		"Iran condemned Spain. ", "Iran condemned Spain, ", "\"Spain lies,\" Iran said. ", "He said: \"They lie. ", "伊朗", "🇮🇷 ", "Iran\n", "Iran\n\n",
	} {
		n := size / len(unit)
		cost(strings.Repeat(unit, n)) // first use of anything kept
		found, allocated := cost(strings.Repeat(unit, n))
		found4, allocated4 := cost(strings.Repeat(unit, times*n))
		if found4 > slack*times*found+100 || allocated4 > slack*times*allocated+1<<16 {
			t.Errorf("%q, %d and %d times: %d and %d things found, %d and %d KB", unit, n, times*n, found, found4, allocated>>10, allocated4>>10)
		}
	}
}

// fuzzArticle is an article of any text; kind varies what else there is.
func fuzzArticle(text string, kind uint8) stages.Article {
	days := []time.Time{time.Date(2014, 2, 5, 13, 30, 0, 0, time.UTC), {}, time.Date(2012, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	publishers := []string{"", "KCNA"}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r", "\n")
	title, _, _ := strings.Cut(text, "\n")
	return stages.Article{Text: text, Title: title, Published: days[int(kind)%len(days)], Publisher: publishers[int(kind)/len(days)%len(publishers)]}
}

// FuzzChain holds that any text can be read, and that the result is sound:
// statements in order, numbered, each within one sentence; tones between two
// different actors, with numbers in their ranges and evidence in the text.
func FuzzChain(f *testing.F) {
	c, err := defaultChain()
	if err != nil {
		f.Fatal(err)
	}
	for i, text := range stagetest.Seeds(f) {
		f.Add(text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		a := fuzzArticle(text, kind)
		doc := new(stages.Document)
		c.read(doc, &a)
		newExplanation(doc)
		start, utterance := 0, -1
		for i, s := range doc.Statements {
			if s.Ordinal != i || s.Span.Start < start || s.Utterance < 0 || s.Utterance > utterance+1 {
				t.Fatalf("statement %d after offset %d and utterance %d: %+v", i, start, utterance, s)
			}
			start, utterance = s.Span.Start, max(utterance, s.Utterance)
			stagetest.Span(t, &a, s.Span)
			if !slices.ContainsFunc(doc.Sentences, func(x stages.Sentence) bool { return x.Contains(s.Span) }) {
				t.Fatalf("statement %q is in no sentence", s.Span.In(a.Text))
			}
			if s.Kind == stages.Action && len(s.Tones) == 0 {
				t.Fatalf("a deed without a tone: %q", s.Span.In(a.Text))
			}
			for _, tn := range s.Tones {
				checkTone(t, &a, tn)
			}
		}
	})
}

func checkTone(t *testing.T, a *stages.Article, tn stages.Tone) {
	t.Helper()
	within := func(v, lo float32) bool { return v >= lo && v <= 1 } // NaN is not
	switch {
	case tn.Source == "" || tn.Target == "" || tn.Source == tn.Target:
		t.Fatalf("actors of %+v", tn)
	case tn.SourceCountry != "" && !strings.HasPrefix(tn.Source, tn.SourceCountry), tn.TargetCountry != "" && !strings.HasPrefix(tn.Target, tn.TargetCountry):
		t.Fatalf("countries of %+v", tn)
	case !slices.Contains([]stages.Label{stages.Hostile, stages.Neutral, stages.Conciliatory}, tn.Label):
		t.Fatalf("label of %+v", tn)
	case !within(tn.Tone, -1), !within(tn.Confidence, 0), !within(tn.Lexicon, -1), !within(tn.Sentiment, -1):
		t.Fatalf("numbers of %+v", tn)
	}
	start := 0
	for _, e := range tn.Evidence {
		stagetest.Span(t, a, e.Span)
		if e.Term != e.Span.In(a.Text) || e.Category == "" || e.Valence != e.Valence || e.Span.Start < start {
			t.Fatalf("evidence %+v after offset %d", e, start)
		}
		start = e.Span.Start
	}
}
