package date_test

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
)

// chain is the stages up to this one.
type chain struct {
	segment   *segment.Segmenter
	actor     *actor.Resolver
	parse     *parse.Parser
	attribute *attribute.Attributor
	date      *date.Resolver
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
	return chain{segment.New(lex), actor.New(lex), parser, attribute.New(lex), date.New(lex)}
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
	c.date.Resolve(doc)
	return doc
}

// days of publication: the last is unknown.
var days = []time.Time{time.Date(2014, 2, 5, 13, 30, 0, 0, time.UTC), time.Date(2012, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(1, 1, 1, 5, 0, 0, 0, time.UTC),
	time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), {}}

// publishers of the fuzzed articles: the second speaks for a government.
var publishers = []string{"", "KCNA"}

// FuzzResolve holds that dates are plausible: midnight UTC, the first of a
// month or year as precise as they are, near the days that news tells of, and
// with their words in the text.
func FuzzResolve(f *testing.F) {
	c := newChain(f)
	for i, text := range stagetest.Seeds(f) {
		f.Add(text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		doc := c.document(text, days[int(kind)%len(days)], publishers[int(kind)/len(days)%len(publishers)])
		for _, s := range doc.Statements {
			d := s.Date
			if d.Text != (stages.Span{}) {
				stagetest.Span(t, doc.Article, d.Text)
			}
			year, month, day := d.Time.Date()
			if !d.Time.IsZero() && (d.Time.Location() != time.UTC || !d.Time.Equal(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))) {
				t.Fatalf("%v is no midnight", d.Time)
			}
			switch {
			case d.Precision == stages.DocumentPrecision:
				if y, m, n := doc.Published.Date(); !d.Text.Empty() || year != y || month != m || day != n {
					t.Fatalf("%+v in an article of %v", d, doc.Published)
				}
				continue
			case d.Time.IsZero() && !doc.Published.IsZero() && doc.Published.Year() > 1:
				t.Fatalf("no time: %+v", d)
			case d.Precision == stages.YearPrecision && (month != 1 || day != 1), d.Precision == stages.MonthPrecision && day != 1:
				t.Fatalf("%+v is no first", d)
			case d.Precision != stages.YearPrecision && d.Precision != stages.MonthPrecision && d.Precision != stages.DayPrecision:
				t.Fatalf("precision %q", d.Precision)
			}
			if d.Text.Empty() {
				t.Fatalf("%+v has no words", d)
			}
			if p := doc.Published.Year(); p > 1900 && p < 2100 && (year < 1700 || year > 2200) {
				t.Fatalf("%q is read as %v in an article of %v", d.Text.In(doc.Article.Text), d.Time, doc.Published)
			}
		}
	})
}

// TestParticipleHasNoDate holds that what a participle tells of a noun is not dated
// by the day of the sentence's own deed.
func TestParticipleHasNoDate(t *testing.T) {
	doc := newChain(t).document("Last week the forces of Chad, trained and armed by Norway, captured Libyan soldiers.", days[0], "")
	found := map[string]stages.Precision{}
	for _, s := range doc.Statements {
		found[s.Source] = s.Date.Precision
	}
	if found["TCD"] != stages.MonthPrecision || found["NOR"] != stages.DocumentPrecision {
		t.Errorf("Chad's deed is dated to the %s, Norway's to the %s; want month and document", found["TCD"], found["NOR"])
	}
}
