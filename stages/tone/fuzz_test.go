package tone_test

import (
	"strings"
	"testing"
	"time"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/attribute"
	"detente/stages/date"
	"detente/stages/parse"
	"detente/stages/segment"
	"detente/stages/stagetest"
	"detente/stages/tone"
)

// FuzzScore holds that tones are between two actors, once for each pair of a
// statement, that their numbers are in range and agree with the label, whatever
// the sentiment model says, and that scoring again gives the same.
func FuzzScore(f *testing.F) {
	lex, err := lexicons.Load()
	if err != nil {
		f.Fatal(err)
	}
	blend, err := tone.LoadBlend()
	if err != nil {
		f.Fatal(err)
	}
	parser, err := parse.New(lex)
	if err != nil {
		f.Fatal(err)
	}
	for i, text := range stagetest.Seeds(f) {
		f.Add(text, uint8(i))
	}
	segments, actors, attributes, dates := segment.New(lex), actor.New(lex), attribute.New(lex), date.New(lex)
	f.Fuzz(func(t *testing.T, text string, opinion uint8) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r", "\n")
		a := &stages.Article{Text: text, Published: time.Date(2014, 2, 5, 0, 0, 0, 0, time.UTC)}
		h, c := float32(opinion%16)/32, float32(opinion/16)/32
		scorer := tone.New(lex, blend, func() tone.Reader {
			return func(tone.Passage) [3]float32 { return [3]float32{h, 1 - h - c, c} }
		})
		score := func() []stages.Statement {
			doc := new(stages.Document)
			doc.Reset(a)
			segments.Segment(doc)
			actors.Resolve(doc)
			parser.Parse(doc)
			attributes.Attribute(doc)
			dates.Resolve(doc)
			scorer.Score(doc)
			return doc.Statements
		}
		first, second := score(), score()
		for i, s := range first {
			seen := map[[2]string]bool{}
			for j, tn := range s.Tones {
				pair := [2]string{tn.Source, tn.Target}
				if tn.Source == "" || tn.Target == "" || tn.Source == tn.Target || seen[pair] {
					t.Fatalf("actors of %+v", tn)
				}
				seen[pair] = true
				within := func(v, lo float32) bool { return v >= lo && v <= 1 } // NaN is not
				if !within(tn.Tone, -1) || !within(tn.Confidence, 0) || !within(tn.Lexicon, -1) || !within(tn.Sentiment, -1) {
					t.Fatalf("numbers of %+v", tn)
				}
				if tn.Label == stages.Hostile && tn.Tone >= 0 || tn.Label == stages.Conciliatory && tn.Tone <= 0 {
					t.Fatalf("label of %+v", tn)
				}
				if again := second[i].Tones[j]; again.Tone != tn.Tone || again.Label != tn.Label || again.Target != tn.Target {
					t.Fatalf("%+v, then %+v", tn, again)
				}
			}
		}
	})
}
