package lexicons

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"
)

// loaded is the project's own lexicons, compiled once for all tests.
var loaded = sync.OnceValues(func() (*Set, error) { return Load() })

func load(t testing.TB) *Set {
	t.Helper()
	s, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// file makes a lexicon of a unit from its entries; the header has 9 lines, the
// columns are line 10, the entries begin on line 11.
func file(t testing.TB, unit string, entries ...string) *File {
	t.Helper()
	f, err := Parse("my.tsv", strings.NewReader(source(unit, entries...)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func source(unit string, entries ...string) string {
	var b strings.Builder
	for _, k := range headerKeys {
		value := "x"
		if k == "unit" {
			value = unit
		}
		fmt.Fprintf(&b, "# %s: %s\n", k, value)
	}
	b.WriteString(strings.Join(units[unit], "\t") + "\n")
	for _, e := range entries {
		b.WriteString(strings.ReplaceAll(e, "; ", "\t") + "\n")
	}
	return b.String()
}

// TestEmbedded holds that the project's own lexicons are sound.
func TestEmbedded(t *testing.T) {
	s := load(t)
	for _, n := range []int{len(s.Actors), len(s.Persons), len(s.Predicates), len(s.Shifters), len(s.Roles), len(s.Dates), len(s.abbreviations), len(s.publishers)} {
		if n < 10 {
			t.Errorf("only %d entries of a unit", n)
		}
	}
	for _, p := range s.Persons {
		for _, o := range p.Offices {
			if !o.To.IsZero() && o.To.Before(o.From) {
				t.Errorf("%s: %s %s ends before it begins", p.Name, o.Code, o.Role)
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	good := source("shifter", "not; negator; -0.8")
	for _, c := range []struct{ name, text, want string }{
		{"no header", "form\tkind\tfactor\n", `my.tsv:1: header line "# name: …" is missing`},
		{"a key is missing", strings.Replace(good, "# licence: x\n", "", 1), `my.tsv:9: header line "# licence: …" is missing`},
		{"unknown unit", strings.Replace(good, "unit: shifter", "unit: shift", 1), `my.tsv:10: unknown unit "shift"; units are abbreviation, actor,`},
		{"other columns", strings.Replace(good, "form\tkind", "form\tsort", 1), `my.tsv:10: columns are ["form" "sort" "factor"], want ["form" "kind" "factor"]`},
		{"spaces for tabs", strings.Replace(good, "form\tkind\tfactor", "form kind factor", 1), `my.tsv:10: columns are ["form kind factor"]`},
		{"too many cells", good + "\nnever\tnegator\t1\t2\n", "my.tsv:13: 4 cells, want at most 3"},
		{"nothing", "", "my.tsv:1: no line of column names after the header"},
		{"header only", good[:strings.Index(good, "form")], "my.tsv:10: no line of column names"},
		{"an endless line", good + strings.Repeat("x", 2<<20), "my.tsv:12: bufio.Scanner: token too long"},
	} {
		_, err := Parse("my.tsv", strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	// A byte order mark, Windows line ends, comments, blank lines and missing
	// last cells are none.
	odd := "\ufeff" + strings.ReplaceAll(good+"# note\n\nnever\tnegator\n", "\n", "\r\n")
	f, err := Parse("my.tsv", strings.NewReader(odd))
	if err != nil || len(f.Rows) != 2 || f.Rows[1].Line != 14 || !slices.Equal(f.Rows[1].Cells, []string{"never", "negator", ""}) {
		t.Errorf("%v %+v", err, f)
	}
	if f.Name() != "x" || f.Unit() != "shifter" || len(f.SHA256) != 64 {
		t.Errorf("%+v", f)
	}
}

func TestCompileErrors(t *testing.T) {
	for _, c := range []struct{ unit, entry, want string }{
		{"actor", "Iran; name; Iran", `actor code "Iran"`},
		{"actor", "IRN-opp; name; Iran", `actor code "IRN-opp"`},
		{"actor", "IRN; country; Iran", `unknown kind "country"`},
		{"actor", "IRN; name; |", "no forms"},
		{"actor", "IRN; person; Ali Reza; ; Reza; other; 20-01-2014", `date "20-01-2014"`},
		{"actor", "IRN; person; Ali Reza; ; Reza; other; 2014; 2014-13", `date "2014-13"`},
		{"predicate", "shun; verbs; reject; -0.5", `unknown part of speech "verbs"`},
		{"predicate", "shun; verb; shunning; -0.5", `unknown category "shunning"; categories are say agree`},
		{"predicate", "shun; verb; reject; -1.5", `valence: "-1.5" is no number from -1 to 1`},
		{"predicate", "shun; verb; reject; much", `valence: "much" is no number`},
		{"predicate", "shun; verb; reject; NaN", `valence: "NaN" is no number`},
		{"predicate", "shun; verb; reject; -0.5; obj; loud", `unknown flag "loud"`},
		{"shifter", "not; negator; 3", `factor: "3" is no number from -2 to 2`},
		{"role", "king; royal", `unknown kind "royal" of role`},
		{"word", "the; article", `unknown tag "article"`},
		{"date", "noon; day; twelve", `value "twelve" is no whole number`},
		{"publisher", "example.org; example", `actor code "example"`},
	} {
		_, err := Compile(file(t, c.unit, "", c.entry))
		if want := "my.tsv:12: " + c.want; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", c.entry, err, want)
		}
	}
	// All faults are told at once.
	_, err := Compile(file(t, "shifter", "not; negator; 3", "never; negator; -0.8", "no; negator; x"))
	if err == nil || !strings.Contains(err.Error(), "my.tsv:11: ") || !strings.Contains(err.Error(), "my.tsv:13: ") {
		t.Error(err)
	}
}

func TestLoadErrors(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none.tsv")
	if _, err := Load(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Error(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.tsv")
	if err := os.WriteFile(broken, []byte(source("shifter", "not; negator; 3")), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(broken); err == nil || !strings.Contains(err.Error(), broken+":11: factor") {
		t.Error(err)
	}
}

// TestFiles holds the form of the project's own files that FORMAT.md asks for.
func TestFiles(t *testing.T) {
	files, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := embedded.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name()+".tsv" != f.Path {
			t.Errorf("%s is named %q", f.Path, f.Name())
		}
		if !utf8.Valid(data) || bytes.Contains(data, []byte("\r")) || !bytes.HasSuffix(data, []byte("\n")) {
			t.Errorf("%s: not UTF-8 with plain line ends", f.Path)
		}
	}
}

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"": "", "iran": "iran", "Iran": "iran", "IRAN": "iran", "Côte": "cote", "Erdoğan": "erdogan", "Łódź": "lodz", "Ørsted": "orsted",
		"U.S.": "us", "D.P.R.K.": "dprk", "a.m.": "am", "Iran’s": "iran's", "’s": "'s", "n’t": "n't", "Weiß": "weiss", "Æthel": "aethel",
		"Đức": "duc", "İzmir": "izmir", "ılık": "ilik", "Иран": "иран", "伊朗": "伊朗", "4,000": "4,000", "e\u0301galite\u0301": "egalite",
	} {
		if got := Fold(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
		if got := Fold(Fold(word)); got != want {
			t.Errorf("folding %q twice: %q, want %q", word, got, want)
		}
	}
}

func TestTokenize(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"Iran condemned Spain.":         "Iran condemned Spain .",
		"the U.S. said":                 "the U.S. said",
		"in the U.S.":                   "in the U.S.",
		"U.S.-led D.P.R.K. a.m.":        "U.S. - led D.P.R.K. a.m.",
		"U.Smith":                       "U . Smith",
		"didn't don’t can't":            "did n't do n’t ca n't",
		"n't":                           "n 't",
		"Iran's Iran’s I've they'll":    "Iran 's Iran ’s I 've they 'll",
		"O'Brien d'Ivoire":              "O'Brien d'Ivoire",
		"the rebels' plan":              "the rebels ' plan",
		"cease-fire":                    "cease - fire",
		"4,000 3.5 10:30 1,2. 5th":      "4,000 3.5 10:30 1,2 . 5th",
		"wait ... now -- or….":          "wait ... now -- or … .",
		`"Yes," he said.`:               `" Yes , " he said .`,
		"''Yes,'' ``no'' 'x'":           "'' Yes , '' `` no '' ' x '",
		"“Yes,” «no» ‘x’":               "“ Yes , ” « no » ‘ x ’",
		"Côte d’Ivoire":                 "Côte d’Ivoire",
		"a\u00a0b\u200bc\ufeffd\u3000e": "a b c d e",
		"$5m (x)":                       "$ 5m ( x )",
		"伊朗谴责":                          "伊朗谴责",
	} {
		var words []string
		for _, k := range Tokenize(nil, text, nil) {
			words = append(words, k.In(text))
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestShape(t *testing.T) {
	const text = "Iran U.S. NATO 4,000 , “ Iran's é\n\nB\nc"
	want := []Shape{Cap, Cap | Upper | Acronym | Space, Cap | Upper | Space, Digit | Space, Punct | Space, Punct | Quote | Space, Cap | Space, Possess,
		Unfolded | Space, Cap | Break | Line | Space, Line | Space}
	got := Tokenize(nil, text, nil)
	if len(got) != len(want) {
		t.Fatalf("%d tokens", len(got))
	}
	for i, k := range got {
		if k.Shape != want[i] {
			t.Errorf("%q: %b, want %b", k.In(text), k.Shape, want[i])
		}
	}
}

func TestInflect(t *testing.T) {
	files, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	c := compiler{irregular: map[string][]string{}, plural: map[string]string{}}
	for _, f := range files {
		if f.Unit() != "irregular" {
			continue
		}
		for _, r := range f.Rows {
			if r.Cells[2] == "noun" {
				c.plural[r.Cells[0]] = r.Cells[1]
			} else {
				c.irregular[r.Cells[0]] = r.Cells[1:]
			}
		}
	}
	for verb, want := range map[string]string{
		"condemn":      "condemn condemns condemning condemned",
		"expel":        "expel expels expelling expelled",
		"accuse":       "accuse accuses accusing accused",
		"deny":         "deny denies denying denied",
		"destroy":      "destroy destroys destroying destroyed",
		"free":         "free frees freeing freed",
		"ban":          "ban bans banning banned",
		"admit":        "admit admits admitting admitted",
		"visit":        "visit visits visiting visited",
		"push":         "push pushes pushing pushed",
		"veto":         "veto vetoes vetoing vetoed",
		"die":          "die dies dying died",
		"send":         "send sends sending sent",
		"break":        "break breaks breaking broke broken",
		"withdraw":     "withdraw withdraws withdrawing withdrew withdrawn",
		"lift the ban": "lift the ban|lifts the ban|lifting the ban|lifted the ban",
		"re-establish": "re-establish re-establishes re-establishing re-established",
	} {
		var forms []string
		for _, f := range c.inflect(verb) {
			forms = append(forms, f.text)
		}
		sep := " "
		if strings.Contains(want, "|") {
			sep = "|"
		}
		if got := strings.Join(forms, sep); got != want {
			t.Errorf("%s: %s, want %s", verb, got, want)
		}
	}
	for noun, want := range map[string]string{
		"threat": "threats", "ally": "allies", "embassy": "embassies", "sanction": "sanctions", "breach": "breaches", "fox": "foxes", "spokesman": "spokesmen",
		"crisis": "crises", "analysis": "analyses", "cease-fire": "cease-fires", "Japanese": "Japanese", "toy": "toys", "loss": "losses", "talks": "talks",
	} {
		if got := c.pluralise(noun); got != want {
			t.Errorf("%s: %s, want %s", noun, got, want)
		}
	}
}

// found lists the matches in text: words and what they refer to.
func found(s *Set, text string) string {
	tokens := Tokenize(nil, text, s)
	var list []string
	for _, m := range s.Match(nil, tokens, 0, len(tokens)) {
		ref := ""
		switch m.Unit {
		case ActorUnit:
			ref = s.Actors[m.Ref].Code
		case PersonUnit, SurnameUnit:
			ref = s.Persons[m.Ref].Name
		case PredicateUnit:
			ref = s.Predicates[m.Ref].Form
		case ShifterUnit:
			ref = s.Shifters[m.Ref].Kind
		case RoleUnit:
			ref = s.Roles[m.Ref].Kind
		case DateUnit:
			ref = s.Dates[m.Ref].Kind
		}
		list = append(list, fmt.Sprintf("%s=%s", text[tokens[m.Start].Start:tokens[m.End-1].End], ref))
	}
	return strings.Join(list, " | ")
}

func TestMatch(t *testing.T) {
	s, err := Compile(
		file(t, "actor", "USA; name; U.S.|US|USA|United States", "GBR; name; United Kingdom", "KOR; name; South Korea", "PRK; name; Korea|North Korea",
			"TUR; name; Turkey", "UN; name; United Nations", "CIV; name; Côte d'Ivoire", "FRA; adjective; French", "IRN; person; Ali Reza Tabari; Ali Tabari; Tabari; other; 2010"),
		file(t, "predicate", "break; verb; reject; -0.5; obj", "break off relations; verb; reject; -0.8; with", "strike; noun; assault; -0.8; on", "strike; verb; assault; -0.8; obj"),
		file(t, "shifter", "refuse to; refusal; -1"),
		file(t, "irregular", "break; broke; broken"),
	)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		// The longest form wins.
		"North Korea and South Korea": "North Korea=PRK | South Korea=KOR",
		"the United States":           "United States=USA",
		"the United Nation":           "",
		// Words of capitals must stand in capitals, names need their capital.
		"US and us and Us":            "US=USA",
		"U.S. u.s.":                   "U.S.=USA",
		"Turkey TURKEY turkey":        "Turkey=TUR | TURKEY=TUR",
		"french French":               "French=FRA",
		"united states UNITED STATES": "UNITED STATES=USA",
		// Accents and apostrophes fold.
		"COTE D'IVOIRE": "COTE D'IVOIRE=CIV",
		// Persons by each of their names.
		"Ali Reza Tabari, Ali Tabari, Tabari": "Ali Reza Tabari=Ali Tabari | Tabari=Ali Tabari | Ali Tabari=Ali Tabari | Tabari=Ali Tabari | Tabari=Ali Tabari",
		// Inflected first words; all entries of one form.
		"broke off relations":  "broke off relations=break off relations",
		"has broken it off":    "broken=break",
		"strikes":              "strikes=strike | strikes=strike",
		"refused to, refusing": "refused to=refusal",
		"unknown words only":   "",
	} {
		if got := found(s, text); got != want {
			t.Errorf("%q: %s\nwant %s", text, got, want)
		}
	}
	// Only what lies in the range is found.
	tokens := Tokenize(nil, "the United States", s)
	if got := s.Match(nil, tokens, 0, 2); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// TestLookup holds that words of a text are found however they are accented or
// capitalised.
func TestLookup(t *testing.T) {
	s := load(t)
	for _, word := range []string{"Bogota", "BOGOTA", "bogota", "Élysée", "Elysee", "U.S.", "Bogotá", "BOGOTÁ", "Erdoğan", "Nicolás", "Türkiye", "São", "d'Ivoire", "O’Brien"} {
		tokens := Tokenize(nil, word, s)
		if len(tokens) != 1 || tokens[0].ID == 0 || tokens[0].ID != s.ID(Fold(word)) {
			t.Errorf("%s is not found", word)
		}
	}
}

// TestOverlay holds that a later file's predicates replace equal ones of
// earlier files, and that new forms are added.
func TestOverlay(t *testing.T) {
	first := file(t, "predicate", "shun|spurn; verb; reject; -0.5; obj", "shun; noun; reject; -0.2; of")
	second := file(t, "predicate", "shun; verb; praise; 0.5; with; recip", "snub; verb; insult; -0.7; obj")
	s, err := Compile(first, second)
	if err != nil {
		t.Fatal(err)
	}
	want := []Predicate{
		{"shun", Base, "praise", 0.5, []string{"with"}, Recip, 1, 11},
		{"spurn", Base, "reject", -0.5, []string{"obj"}, 0, 0, 11},
		{"shun", Noun, "reject", -0.2, []string{"of"}, 0, 0, 12},
		{"snub", Base, "insult", -0.7, []string{"obj"}, 0, 1, 12},
	}
	if got := fmt.Sprint(s.Predicates); got != fmt.Sprint(want) {
		t.Errorf("%s\nwant %v", got, want)
	}
	if got := found(s, "shunned snubbed"); got != "shunned=shun | snubbed=snub" {
		t.Error(got)
	}
}

// TestPair holds that a verb makes a predicate with the head of its object or with
// its particle, and that only such verbs are said to.
func TestPair(t *testing.T) {
	s, err := Compile(file(t, "word", "out; adv"), file(t, "predicate", "lift the sanction; verb; concede; 0.4; of", "drive out; verb; assault; -0.6; obj", "praise; verb; praise; 0.5; obj"))
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[[2]string]int{{"lifted", "sanctions"}: 0, {"drives", "out"}: 1, {"lifted", "out"}: -1, {"praised", "sanctions"}: -1} {
		verb := s.ID(words[0])
		if got := s.Pair(verb, s.ID(words[1])); got != want {
			t.Errorf("%v: %d, want %d", words, got, want)
		}
		if got, want := s.Tags(verb)&Pairs != 0, words[0] != "praised"; got != want {
			t.Errorf("%s: %t, want %t", words[0], got, want)
		}
	}
}

// TestSpellings holds that a target's preposition stands for its other spelling
// too, and that all are words that a text is asked for.
func TestSpellings(t *testing.T) {
	s, err := Compile(file(t, "predicate", "hostility; noun; reduce; -0.6; toward against", "sanction; noun; sanction; -0.6; on"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"[toward towards against]", "[on upon]"} {
		if got := fmt.Sprint(s.Predicates[i].Target); got != want {
			t.Errorf("%s: %s, want %s", s.Predicates[i].Form, got, want)
		}
		for _, word := range s.Predicates[i].Target {
			if s.ID(word) == 0 {
				t.Errorf("%q is no word", word)
			}
		}
	}
}

// TestOrderOfFiles holds that irregular forms hold for files before them too.
func TestOrderOfFiles(t *testing.T) {
	s, err := Compile(file(t, "predicate", "strike; verb; assault; -0.8; obj"), file(t, "irregular", "strike; struck"))
	if err != nil || found(s, "struck striked") != "struck=strike" {
		t.Errorf("%v", err)
	}
}

func TestPublisher(t *testing.T) {
	s := load(t)
	for name, want := range map[string]string{
		"state.gov": "USA", "www.state.gov": "USA", "2009-2017.state.gov": "USA", " State.GOV ": "USA", "KCNA": "PRK", "kcna": "PRK", "fco.gov.uk": "GBR", "www.fco.gov.uk": "GBR",
		"europa.eu": "EU", "state.gov.example.com": "", "notstate.gov": "", "gov": "", "": "", ".": "", "...": "", "Reuters": "", "reuters.com": "",
	} {
		if got := s.Publisher(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestAbbreviation(t *testing.T) {
	s := load(t)
	for word, want := range map[string]string{"Gen": "title", "gen": "title", "Jan": "month", "No": "number", "Corp": "corp", "Calif": "state", "e.g": "latin", "end": ""} {
		if got := s.Abbreviation(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestOffice(t *testing.T) {
	s := load(t)
	at := func(date string) string {
		day, err := day(date, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range s.Persons {
			if p.Name != "John Kerry" {
				continue
			}
			for _, o := range p.Offices {
				if o.During(day, 0) {
					return o.Code + " " + o.Role
				}
			}
		}
		return ""
	}
	for date, want := range map[string]string{"2006-03-01": "USA-LEG legislator", "2014-02-05": "USA foreign-minister"} {
		if got := at(date); got != want {
			t.Errorf("%s: %q, want %q", date, got, want)
		}
	}
	for cell, want := range map[string]string{"2012": "2012-12-31", "2012-02": "2012-02-29", "2012-02-03": "2012-02-03"} {
		if got, err := day(cell, true); err != nil || got.Format("2006-01-02") != want {
			t.Errorf("%s ends on %v, %v; want %s", cell, got, err, want)
		}
	}
}

// TestTables holds that the vocabulary and the trie keep what was put in while
// they grow.
func TestTables(t *testing.T) {
	w := newWords()
	var e edges
	const n = 5000
	for i := uint32(1); i <= n; i++ {
		w.put(fmt.Sprint("w", i), i)
		w.put(fmt.Sprint("a word of many letters ", i), n+i)
		e.put(i, n-i+1, i)
	}
	for i := uint32(1); i <= n; i++ {
		if w.get(fmt.Sprint("w", i)) != i || w.get(fmt.Sprint("a word of many letters ", i)) != n+i || e.get(i, n-i+1) != i || e.get(i, n-i+2) != 0 {
			t.Fatalf("%d is lost", i)
		}
	}
	if w.get("w0") != 0 || w.get("a word of many letters 0") != 0 || new(edges).get(1, 1) != 0 {
		t.Error("found what was not put in")
	}
	var c codes
	c.add("G20")
	c.add("ZAF")
	for code, want := range map[string]bool{"G20": true, "ZAF": true, "": false, "ZA": false, "ZAFB": false, "ZAB": false, "ZBF": false, "GBP": false} {
		if c.has(code) != want {
			t.Errorf("code %q: %t", code, !want)
		}
	}
}

// TestEight holds that what is done to eight bytes at once is what is done to each,
// beside every rune.
func TestEight(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if !utf8.ValidRune(r) {
			continue
		}
		w := (string(r) + "A@[Z`{09/:az")[:8]
		for _, w := range []string{w, w[utf8.RuneLen(r):] + w[:utf8.RuneLen(r)]} {
			small, n := []byte(w), 0
			for i, c := range small {
				if c >= 'A' && c <= 'Z' {
					small[i] = c | 0x20
				}
			}
			for n < 8 && w[n] < utf8.RuneSelf && (class[w[n]] == letter || class[w[n]] == digit) {
				n++
			}
			if lower(eight(w)) != eight(string(small)) || alphanumeric(eight(w)) != n {
				t.Fatalf("%q: small %x, %d letters or digits", w, lower(eight(w)), alphanumeric(eight(w)))
			}
		}
	}
}

// FuzzTokenize holds that tokens are ordered, whole runes, and that nothing
// but white space stands between them.
func FuzzTokenize(f *testing.F) {
	s, err := loaded()
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"Iran's U.S. didn't 4,000 cease-fire \"x\" ''y'' ...", "“a” ‘b’ «c» Côte d’Ivoire", "伊朗 иран 🇮🇷 e\u0301 \u0301", "n't n’t ' ’ a' a’ '' ``",
		"U.S.A a.b.c a.bc 1.2.3. 1,2,, :5", " \t\r\n\u00a0\u200b\ufeff\u2028", "\x00\x7f\u0085", strings.Repeat(",", 500), strings.Repeat("'", 99), strings.Repeat("a.", 99)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		tokens := Tokenize(nil, text, s)
		end := 0
		for i, k := range tokens {
			if int(k.Start) < end || k.End <= k.Start || int(k.End) > len(text) {
				t.Fatalf("token %d is [%d,%d) after %d in a text of %d", i, k.Start, k.End, end, len(text))
			}
			if !utf8.ValidString(k.In(text)) {
				t.Fatalf("%q cuts a rune", k.In(text))
			}
			gap := text[end:k.Start]
			if !blank(gap) {
				t.Fatalf("%q stands between tokens", gap)
			}
			if k.Is(Space) != (gap != "") || k.Is(Line) != strings.Contains(gap, "\n") || k.Is(Break) && strings.Count(gap, "\n") < 2 {
				t.Fatalf("%q has shape %b after %q", k.In(text), k.Shape, gap)
			}
			if blank(k.In(text)) {
				t.Fatalf("%q is a token", k.In(text))
			}
			if int(k.ID) >= len(s.nodes) {
				t.Fatalf("%q has the number %d of %d", k.In(text), k.ID, len(s.nodes))
			}
			if once := Fold(k.In(text)); Fold(once) != once {
				t.Fatalf("Fold(%q) is %q, and folded again %q", k.In(text), once, Fold(once))
			}
			end = int(k.End)
		}
		if !blank(text[end:]) {
			t.Fatalf("%q stands behind the last token", text[end:])
		}
		from := 0
		for _, m := range s.Match(nil, tokens, 0, len(tokens)) {
			if m.Start < from || m.End <= m.Start || m.End > len(tokens) {
				t.Fatalf("match %+v after %d of %d tokens", m, from, len(tokens))
			}
			from = m.Start
		}
	})
}

func blank(s string) bool {
	return strings.TrimFunc(s, func(r rune) bool {
		// Of ASCII, only these: ingest leaves no \r, and \v and \f are marks.
		if r < utf8.RuneSelf {
			return r == ' ' || r == '\t' || r == '\n'
		}
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
	}) == ""
}
