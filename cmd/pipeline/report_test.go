package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"detente/output"
	"detente/output/report"
	"detente/stages"
)

// -tones N is how large a dataset TestReportSize makes; "make verify-report"
// takes a million.
var tonesOfReport = flag.Int("tones", 12_000, "tones of the dataset that a report is made of")

// TestReportSize makes a report of a dataset with long statements, many dyads
// and ten years of days: the page stays below 10 MB and every cell of its
// matrix and point of its series has statements.
func TestReportSize(t *testing.T) {
	dir := t.TempDir()
	writeManyTones(t, dir, *tonesOfReport)
	began := time.Now()
	page := pageOfReport(t, dir)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("%d tones: %.1f s, %d MB of memory from the system", page.Overview.Tones, time.Since(began).Seconds(), memory.Sys>>20)
	var b bytes.Buffer
	if err := report.Write(&b, page); err != nil {
		t.Fatal(err)
	}
	t.Logf("%.1f MB with %d statements", float64(b.Len())/1e6, len(page.Statements))
	if b.Len() > 10e6 {
		t.Errorf("the page has %d bytes", b.Len())
	}
	type place struct{ source, target, from string }
	kept := map[place]int{}
	for _, s := range page.Statements {
		kept[place{s.Source, s.Target, ""}]++
	}
	for _, d := range page.Dyads {
		if kept[place{d.Source, d.Target, ""}] == 0 {
			t.Errorf("no statement of %s toward %s", d.Source, d.Target)
		}
	}
	for _, s := range page.Series {
		for _, p := range s.Points {
			found := false
			for i := range page.Statements {
				k := &page.Statements[i]
				found = found || k.Source == s.Source && k.Target == s.Target && p.From <= k.When.From && k.When.To <= p.To
			}
			if !found {
				t.Errorf("no statement of %s toward %s from %s to %s", s.Source, s.Target, p.From, p.To)
			}
		}
	}
}

// pageOfReport makes the page of a command line without flags.
func pageOfReport(t *testing.T, dir string) *report.Page {
	t.Helper()
	r := &reporting{question: question{dir: dir, minDocuments: 5, selection: selection{by: output.ByDate}}, title: "many", actors: 20}
	page, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// writeManyTones writes a dataset with n tones or a few more: twelve a document, between
// actors of which a few are in most.
func writeManyTones(t *testing.T, dir string, n int) {
	t.Helper()
	w, err := output.Open(dir, output.Options{Meta: output.Meta{Version: version, Run: "many"}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	random := rand.New(rand.NewPCG(1, 2))
	actor := rand.NewZipf(random, 1.2, 3, 179)
	code := func() string {
		k := actor.Uint64()
		return string([]byte{byte('A' + k%26), byte('A' + k/26), 'X'})
	}
	words := strings.Fields("minister said that talks on the “border” would resume and condemned what he called a grave act against peace between neighbours, é")
	for doc := 0; doc*12 < n; doc++ {
		published := time.Date(2010, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, random.IntN(3650))
		id := fmt.Sprintf("document-%d", doc)
		d := output.Document{Article: &stages.Article{
			ID: id, URI: id, Publisher: fmt.Sprintf("Publisher %d", doc%50), Title: "A headline of the usual length for its kind of page", URL: "https://example.org/" + id,
			Published: published, PublishedFrom: stages.PublishedField, Language: "en", ContentHash: id,
		}, Sentences: 6}
		var text strings.Builder
		for s := range 6 {
			start := text.Len()
			var spans []stages.Span
			for range 20 + random.IntN(60) {
				word := words[random.IntN(len(words))]
				spans = append(spans, stages.Span{Start: text.Len(), End: text.Len() + len(word)})
				text.WriteString(word + " ")
			}
			statement := stages.Statement{
				Ordinal: s, Utterance: s, Span: stages.Span{Start: start, End: text.Len() - 1}, Kind: stages.Indirect, Cue: spans[1], Speaker: spans[0],
				Date: stages.Date{Time: published.Truncate(24*time.Hour).AddDate(0, 0, -random.IntN(20)), Precision: stages.DayPrecision},
			}
			source, first := code(), code()
			for _, target := range []string{first, code()} {
				if target == source || len(statement.Tones) == 1 && target == first {
					target = "ZZZ"
				}
				tone := stages.Tone{Source: source, Target: target, Tone: random.Float32()*2 - 1, Label: stages.Hostile, Confidence: random.Float32()}
				if tone.Tone > 0 {
					tone.Label = stages.Conciliatory
				}
				for range 3 {
					span := spans[random.IntN(len(spans))]
					tone.Evidence = append(tone.Evidence, stages.Evidence{Span: span, Category: "accuse", Valence: tone.Tone})
				}
				statement.Tones = append(statement.Tones, tone)
			}
			d.Statements = append(d.Statements, statement)
		}
		d.Article.Text = text.String()
		if _, err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}
