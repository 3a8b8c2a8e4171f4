package dedup

import (
	"strings"
	"testing"

	"detente/stages"
)

const report = `The foreign ministers of Ghana and Togo met in Lomé on Monday and agreed to reopen the crossing at Aflao, which has
been closed since the dispute over customs duties in March. "We have talked as neighbours do," said the Ghanaian minister, who thanked
his hosts for their patience. Togo's minister called the meeting a good beginning, but said that the question of duties remained open.
Traders on both sides had complained of losses since the closure. The two governments will send a joint commission to the border next week,
and the crossing is to be opened at night as well if it reports that enough officers are there.`

const otherReport = `Peru recalled its ambassador from Quito on Friday and accused Ecuador of moving soldiers into the valley that both
countries claim. Ecuador's government rejected the charge and invited observers. The ambassador left in the evening without a word to the press.`

// notice is what a publisher puts below every page.
var notice = "\n\n" + newRandom(7).text(400)

// TestPairs says which texts are copies of each other.
func TestPairs(t *testing.T) {
	short := "Ghana's central bank left its main interest rate at 14 percent on Friday, as expected."
	for _, c := range []struct {
		name           string
		a, b           string
		titleA, titleB string
		want           bool
	}{
		{name: "same words", a: report, b: report, want: true},
		{name: "titles do not count", a: report, b: report, titleA: "Border opened", titleB: "A good beginning", want: true},
		{name: "other report", a: report, b: otherReport},
		{name: "layout, quotation marks and capitals", a: report, want: true,
			b: strings.ToUpper(strings.NewReplacer(`"`, "“", "\n", " ", ". ", ".\n\n").Replace(report))},
		{name: "soft hyphens", a: report, b: strings.ReplaceAll(report, "minister", "min\u00adis\u00adter"), want: true},
		{name: "dateline and byline in front", a: report, want: true,
			b: "By Ama Example and Kofi Sample, Staff Writers\n\nLOMÉ, Togo, June 3 (Meridian Wire) - " + report},
		{name: "agency's line at the end", a: report, b: report + " (Reporting by A. Example; editing by K. Sample)", want: true},
		{name: "a word corrected", a: report, b: strings.ReplaceAll(report, "on Monday", "on Tuesday"), want: true},
		{name: "first half only", a: report, b: report[:len(report)/2]},
		{name: "follow-up that quotes the report", a: report, b: otherReport + " " + report},
		{name: "a short report below it", a: report, b: report + " " + otherReport},

		{name: "boilerplate below two reports", a: otherReport + notice, b: report[:280] + notice},
		{name: "boilerplate below two first lines", a: report[:125] + notice, b: otherReport[:129] + notice},
		{name: "boilerplate below a copy", a: report + notice, b: report + notice, want: true},

		{name: "short, same words", a: short, b: strings.ToLower(short), titleA: "Rate unchanged", titleB: "RATE UNCHANGED", want: true},
		{name: "short, other title", a: short, b: short, titleA: "Rate unchanged", titleB: "Cedi weaker"},
		{name: "short, other number", a: short, b: strings.ReplaceAll(short, "14", "15")},
		{name: "short, a word moved to the title", a: "of Togo met on Friday", b: "Togo met on Friday", titleA: "Ministers", titleB: "Ministers of"},
		{name: "short and long", a: short, b: short + " " + report},
		{name: "one word over and over", a: strings.Repeat("well ", 100), b: strings.Repeat("well ", 300), want: true},
		{name: "no words", a: "...", b: "?!", want: true},
	} {
		a, b := Sign(&stages.Article{Title: c.titleA, Text: c.a}), Sign(&stages.Article{Title: c.titleB, Text: c.b})
		_, got := a.duplicates(&b)
		if got != c.want {
			t.Errorf("%s: %v, similarity %.2f, exact %.2f, %d and %d pairs of the opening", c.name, got, a.Similarity(&b),
				jaccard(shingleSet(c.a), shingleSet(c.b)), a.opens(&b), b.opens(&a))
		}
		if exact := jaccard(shingleSet(c.a), shingleSet(c.b)); strings.HasPrefix(c.name, "boilerplate") && exact < Threshold {
			t.Errorf("%s: exact similarity %.2f, too low to test what it is to test", c.name, exact)
		}
		if _, reverse := b.duplicates(&a); reverse != got {
			t.Errorf("%s: not the same in the other direction", c.name)
		}
	}
}

// TestFirst says of which document each in a sequence is a copy. The texts are
// named by letters; a and A, b and B are near-duplicates.
func TestFirst(t *testing.T) {
	r := newRandom(6)
	texts := map[string]string{}
	for _, name := range []string{"a", "b", "c"} {
		words := r.words(200)
		texts[name] = strings.Join(words, " ")
		words[50], words[150] = "changed", "too"
		texts[strings.ToUpper(name)] = strings.Join(words, " ")
	}
	// A drift from a: each step is a copy of the one before it, the last not of the first.
	drift := strings.Fields(texts["a"])
	for i, name := range []string{"a1", "a2", "a3"} {
		for k := range 3 {
			drift[20+60*k+15*i] = "drift" + name
		}
		texts[name] = strings.Join(drift, " ")
	}
	if _, ok := sign(texts["a"]).duplicates(sign(texts["a3"])); ok {
		t.Fatal("a3 is to be unlike a")
	}
	type step struct{ id, text, want string }
	for _, c := range []struct {
		name  string
		steps []step
	}{
		{"the first seen is the original", []step{{"1", "a", ""}, {"2", "b", ""}, {"3", "A", "1"}, {"4", "B", "2"}, {"5", "c", ""}}},
		{"of several the first", []step{{"1", "a", ""}, {"2", "a", "1"}, {"3", "A", "1"}, {"4", "a", "1"}}},
		{"a copy of a copy is one of the original", []step{{"1", "a", ""}, {"2", "a1", "1"}, {"3", "a2", "1"}, {"4", "a3", "1"}}},
		{"a revision is no copy of itself", []step{{"1", "a", ""}, {"1", "A", ""}, {"1", "a", ""}}},
		{"copies of a revision", []step{{"1", "a", ""}, {"1", "b", ""}, {"2", "B", "1"}}},
		{"what was revised away is forgotten", []step{{"1", "a", ""}, {"1", "b", ""}, {"2", "a", ""}}},
		{"an original is no copy of its copy", []step{{"1", "a", ""}, {"2", "A", "1"}, {"1", "a1", ""}, {"3", "a", "1"}}},
		{"an original with copies stays one", []step{{"1", "a", ""}, {"2", "A", "1"}, {"3", "b", ""}, {"1", "b", ""}}},
		{"a revision may be a copy", []step{{"1", "a", ""}, {"2", "b", ""}, {"2", "A", "1"}, {"3", "b", ""}}},
		{"a copy that is revised is an original", []step{{"1", "a", ""}, {"2", "A", "1"}, {"2", "b", ""}, {"3", "B", "2"}}},
		{"the same words again change nothing", []step{{"1", "a", ""}, {"2", "A", "1"}, {"1", "a", ""}, {"2", "A", "1"}, {"3", "b", ""}, {"3", "b", ""}}},
		{"an exact copy that is revised", []step{{"1", "a", ""}, {"2", "a", "1"}, {"2", "b", ""}, {"3", "B", "2"}, {"2", "a", ""}}},
	} {
		x := NewIndex()
		for i, s := range c.steps {
			signature := sign(texts[s.text])
			if got := x.First(s.id, signature); got != s.want {
				t.Errorf("%s: step %d, text %s: %s is a copy of %q, want %q", c.name, i+1, s.text, s.id, got, s.want)
			}
			x.Add(s.id, signature, s.want)
		}
	}
}
