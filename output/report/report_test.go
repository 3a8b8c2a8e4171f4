package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"detente/output"
	"detente/stages"
)

// dataset writes documents into a new folder.
func dataset(t testing.TB, docs []output.Document) string {
	t.Helper()
	dir := t.TempDir()
	w, err := output.Open(dir, output.Options{Meta: output.Meta{Run: "test"}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, d := range docs {
		if _, err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// article makes a document of one sentence that is one statement.
func article(id, text string, date stages.Date, tones ...stages.Tone) output.Document {
	for i := range tones {
		t := &tones[i]
		t.Confidence, t.Label = 0.8, stages.Neutral
		if t.Tone < -0.3 {
			t.Label = stages.Hostile
		} else if t.Tone > 0.3 {
			t.Label = stages.Conciliatory
		}
	}
	return output.Document{
		Article: &stages.Article{
			ID: id, URI: id, Publisher: "Meridian Wire", Published: time.Date(2014, 2, 5, 9, 0, 0, 0, time.UTC), PublishedFrom: stages.PublishedField,
			Language: "en", Text: text, ContentHash: id,
		},
		Sentences:  1,
		Statements: []stages.Statement{{Span: stages.Span{Start: 0, End: len(text)}, Kind: stages.Direct, Date: date, Tones: tones}},
	}
}

// each tone counts the same.
func each(tones float64) float64 { return tones }

func on(day string) stages.Date {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return stages.Date{Time: t, Precision: stages.DayPrecision}
}

func toward(source, target string, tone float32) stages.Tone {
	return stages.Tone{Source: source, Target: target, Tone: tone}
}

func TestSurvey(t *testing.T) {
	docs := []output.Document{
		article("a", "One.", on("2014-01-30"), toward("VEN", "USA", -0.8), toward("VEN-OPP", "USA", 0.6)),
		article("b", "Two.", on("2014-02-01"), toward("VEN", "USA", 0.4)),
		article("c", "Three.", stages.Date{Precision: stages.DocumentPrecision}, toward("USA", "VEN", -0.5), toward("VEN", "VEN-OPP", -0.5)),
		article("copy", "Two.", on("2014-02-01"), toward("VEN", "USA", 0.4)),
	}
	docs[0].Article.Warnings = []string{"no title"}
	docs[2].Article.Published, docs[2].Article.Publisher = time.Time{}, ""
	docs[3].Article.DuplicateOf = "b"
	dir := dataset(t, docs)

	overview, dyads, err := Survey(dir, Settings{}, each)
	if err != nil {
		t.Fatal(err)
	}
	want := Overview{
		Documents: 4, Duplicates: 1, Statements: 4, Tones: 6, Counted: 5, Undated: 2, Dyads: 4, Publishers: 1,
		Busiest: []Count{{"Meridian Wire", 3}}, Warnings: []Count{{"no title", 1}}, First: "2014-02-05", Last: "2014-02-05",
	}
	if !reflect.DeepEqual(overview, want) {
		t.Errorf("\n got %+v\nwant %+v", overview, want)
	}
	first := dyads[0]
	if first.Mean = round(first.Mean); first != (Dyad{"VEN", "USA", 2, 2, -0.2, 1, 1}) {
		t.Errorf("the busiest dyad is %+v", first)
	}
	if got := Actors(dyads, 2); !slices.Equal(got, []string{"VEN", "USA"}) && !slices.Equal(got, []string{"USA", "VEN"}) {
		t.Errorf("actors %v", got)
	}

	// What the settings let count.
	for _, test := range []struct {
		set     Settings
		counted int64
		dyads   int64
	}{
		{Settings{WithDuplicates: true}, 6, 4},
		{Settings{MinConfidence: 0.9}, 0, 0},
		{Settings{Sectors: true}, 4, 2}, // VEN toward VEN-OPP is inside a country
		{Settings{Kinds: []string{"indirect"}}, 0, 0},
	} {
		overview, _, err := Survey(dir, test.set, each)
		if err != nil || overview.Counted != test.counted || overview.Dyads != test.dyads {
			t.Errorf("%+v: %d counted, %d dyads, %v", test.set, overview.Counted, overview.Dyads, err)
		}
	}
}

// TestPickAll keeps every tone of a small dataset, dated as the settings say.
func TestPickAll(t *testing.T) {
	month := on("2014-02-01")
	month.Precision = stages.MonthPrecision
	year := on("2012-01-01")
	year.Precision = stages.YearPrecision
	dir := dataset(t, []output.Document{
		article("a", "Chile, 1.", on("2014-01-30"), toward("VEN", "USA", -0.8)),
		article("b", "Chile, 2.", month, toward("VEN", "USA", 0.4)),
		article("c", "Chile, 3.", year, toward("USA", "VEN", 0.9)),
	})
	for _, test := range []struct {
		set  Settings
		want []Window
	}{
		{Settings{}, []Window{{"2012-01-01", "2012-12-31"}, {"2014-01-30", "2014-01-30"}, {"2014-02-01", "2014-02-28"}}},
		{Settings{ByPublished: true}, []Window{{"2014-02-05", "2014-02-05"}, {"2014-02-05", "2014-02-05"}, {"2014-02-05", "2014-02-05"}}},
	} {
		page := pageOf(t, dir, test.set)
		var when []Window
		for _, s := range page.Statements { // the strongest first
			when = append(when, s.When)
			if d := page.Documents[s.Document]; d.Publisher != "Meridian Wire" || show(s.Passage) != map[string]string{"a:0": "Chile, 1.", "b:0": "Chile, 2.", "c:0": "Chile, 3."}[s.ID] {
				t.Errorf("%s: %+v in %+v", s.ID, s, d)
			}
		}
		if !slices.Equal(when, test.want) {
			t.Errorf("%+v: dates %v, want %v", test.set, when, test.want)
		}
	}
}

func pageOf(t testing.TB, dir string, set Settings) *Page {
	t.Helper()
	overview, dyads, err := Survey(dir, set, each)
	if err != nil {
		t.Fatal(err)
	}
	page := &Page{Title: "test", Settings: set, Overview: overview, Dyads: dyads, Series: []Series{}, Actors: Actors(dyads, 20)}
	if err := Pick(dir, page); err != nil {
		t.Fatal(err)
	}
	return page
}

// TestPickSome makes more tones than a page keeps: each dyad keeps its
// strongest of either side, the point of a series too, and the choice is the
// same each time.
func TestPickSome(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	codes := []string{"VEN", "USA", "CUB", "COL", "BRA", "PER", "CHL", "MEX"}
	strongest := map[string][2]float64{} // by dyad: most hostile, most conciliatory
	var docs []output.Document
	for i := range MaxStatements/5 + 500 {
		day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, random.IntN(1000))
		d := article(fmt.Sprint("d", i), "One long sentence that says much.", stages.Date{Time: day, Precision: stages.DayPrecision})
		for k := range 5 {
			source := random.IntN(len(codes))
			tone := float32(random.IntN(2001)-1000) / 1000
			if source == 0 {
				tone = -float32(math.Abs(float64(tone))) // VEN has nothing good to say
			}
			t := toward(codes[source], codes[(source+1+k)%len(codes)], tone)
			t.Label, t.Confidence = stages.Neutral, 0.5
			d.Statements[0].Tones = append(d.Statements[0].Tones, t)
			name := t.Source + t.Target
			best := strongest[name]
			strongest[name] = [2]float64{min(best[0], round(float64(tone))), max(best[1], round(float64(tone)))}
		}
		docs = append(docs, d)
	}
	dir := dataset(t, docs)
	page := pageOf(t, dir, Settings{})
	if n := len(page.Statements); n > MaxStatements || n < 1000 {
		t.Errorf("%d statements of %d", n, page.Overview.Counted)
	}
	kept := map[string][2]float64{}
	for _, s := range page.Statements {
		best := kept[s.Source+s.Target]
		kept[s.Source+s.Target] = [2]float64{min(best[0], s.Tone), max(best[1], s.Tone)}
	}
	if !maps.Equal(kept, strongest) {
		t.Errorf("the strongest are not kept:\n got %v\nwant %v", kept, strongest)
	}

	// A point keeps statements that its dyad alone would not.
	within := func(p *Page, w Window) (n int) {
		for _, s := range p.Statements {
			if s.Source == "USA" && s.Target == "CUB" && w.From <= s.When.From && s.When.To <= w.To {
				n++
			}
		}
		return n
	}
	narrow := Window{"2011-03-01", "2011-03-31"}
	before := within(page, narrow)
	again := &Page{Overview: page.Overview, Dyads: page.Dyads, Series: []Series{{Source: "USA", Target: "CUB", Points: []Point{{Window: narrow}}}}}
	if err := Pick(dir, again); err != nil {
		t.Fatal(err)
	}
	if n := within(again, narrow); n <= before {
		t.Errorf("%d statements of the point, %d without it", n, before)
	}
	third := &Page{Overview: page.Overview, Dyads: page.Dyads, Series: again.Series}
	if err := Pick(dir, third); err != nil || !reflect.DeepEqual(third, again) {
		t.Errorf("another choice the second time: %v", err)
	}
}

var (
	scriptElement = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	dataElement   = regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`)
	policyElement = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)
)

// TestHostileText puts into every field what would break a page that trusts it.
func TestHostileText(t *testing.T) {
	const evil = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \u2028 ]]> ' \" & {{.}} é"
	d := article("evil"+evil, evil, on("2014-01-30"), toward("VEN", "USA", -0.8))
	d.Article.Title, d.Article.Publisher, d.Article.URL = evil, evil, "javascript:alert(3)"
	d.Article.Warnings = []string{evil}
	d.Statements[0].Speaker = stages.Span{Start: 0, End: 9}
	page := pageOf(t, dataset(t, []output.Document{d}), Settings{})
	page.Title, page.Names = evil, map[string]string{"VEN": evil}

	var b bytes.Buffer
	if err := Write(&b, page); err != nil {
		t.Fatal(err)
	}
	written := b.String()
	found := dataElement.FindStringSubmatch(written)
	if found == nil {
		t.Fatal("no data")
	}
	if strings.ContainsAny(found[1], "<>&\u2028") {
		t.Error("the data can end their element")
	}
	var read Page
	if err := json.Unmarshal([]byte(found[1]), &read); err != nil || !reflect.DeepEqual(&read, page) {
		t.Errorf("the data are not the page's: %v\n got %+v\nwant %+v", err, &read, page)
	}
	if s := read.Statements[0]; show(s.Passage) != evil || read.Documents[0].URL != "" {
		t.Errorf("passage %q, link %q", show(s.Passage), read.Documents[0].URL)
	}
	rest := strings.Replace(written, found[0], "", 1)
	elements := scriptElement.FindAllStringSubmatch(rest, -1)
	if len(elements) != len(scripts) {
		t.Errorf("%d scripts, want %d", len(elements), len(scripts))
	}
	rest = scriptElement.ReplaceAllString(rest, "")
	if strings.Contains(rest, "<script") || strings.Contains(rest, "<img") {
		t.Error("text has become markup")
	}

	// The policy lets exactly these scripts run, and nothing be fetched.
	policy := html.UnescapeString(policyElement.FindStringSubmatch(written)[1])
	var hashes []string
	for _, e := range elements {
		sum := sha256.Sum256([]byte(e[1]))
		hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	for _, want := range []string{"default-src 'none'", "script-src " + strings.Join(hashes, " ")} {
		if !slices.Contains(strings.Split(policy, "; "), want) {
			t.Errorf("the policy is %q, not %q", policy, want)
		}
	}
	for _, part := range []string{"http://", "https://", "//cdn"} {
		own := strings.ReplaceAll(rest, "http://www.w3.org/", "")
		if strings.Contains(own, part) {
			t.Errorf("the page names %s", part)
		}
	}
}
