package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"detente/stages"
)

var update = flag.Bool("update", false, "rewrite testdata/golden and the todo marks of testdata/cases")

// moduleRoot is the folder of go.mod as seen from this package's tests.
const moduleRoot = "../.."

// defaultChain is the chain of a run without options, made once: it is safe
// for concurrent use.
var defaultChain = sync.OnceValues(func() (*chain, error) { return newChain(chainOptions{Model: models[0]}) })

// TestCases reads testdata/cases/*.txt, whose README tells the format: what a
// linguist expects of short texts. An expectation marked "todo" is known to
// fail; when it begins to pass the test fails until the mark is removed, which
// go test ./cmd/pipeline -run TestCases -update does. It never adds a mark: an
// expectation that no longer holds is a failure until a person says otherwise.
func TestCases(t *testing.T) {
	c, err := defaultChain()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(moduleRoot, "testdata", "cases", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	cases, expectations, todo := 0, 0, 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		blocks, err := parseCases(name, string(data))
		if err != nil {
			t.Error(err)
			continue
		}
		cases += len(blocks)
		marks := map[int]bool{} // by line: whether it fails
		inFile := 0
		for _, b := range blocks {
			doc := new(stages.Document)
			c.read(doc, &b.article)
			for _, e := range b.expectations {
				expectations++
				problem := e.check(doc)
				marks[e.line] = e.todo && problem != ""
				switch {
				case e.todo && problem != "":
					inFile++
				case e.todo && problem == "" && *update:
				case e.todo:
					t.Errorf("%s:%d: passes now; remove the todo mark: %s", name, e.line, e)
				case problem != "":
					t.Errorf("%s:%d: want %s; %s\n\t%s", name, e.line, e, problem, b.article.Text)
				}
			}
		}
		t.Logf("%-18s %3d cases, %2d expectations todo", name, len(blocks), inFile)
		todo += inFile
		if *update {
			if err := os.WriteFile(path, []byte(remark(string(data), marks)), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d cases, %d expectations, %d of them todo", cases, expectations, todo)
	if cases < 150 {
		t.Errorf("only %d cases", cases)
	}
}

// TestCasesFormat holds that mistakes in a case file are told by file and line.
func TestCasesFormat(t *testing.T) {
	for text, want := range map[string]string{
		"text: a\ntones: none":                       "",
		"# note\n\n\ntext: a\n\ntext: b\ndate: none": "x:4: no expectation",
		"text: a\nsentense: a":                       `x:2: unknown key "sentense"`,
		"sentences: a":                               "x:1: no text",
		"text: a\nstatement: shouted":                `x:2: statement field "shouted"`,
		"text: a\ntone: VEN USA hostile":             `x:2: tone "VEN USA hostile"`,
		"text: a\npublished: May\ntones: none":       `x:2: published "May"`,
		"text: a\ndate: 2014-13-01 day":              `x:2: date "2014-13-01 day"`,
		"text: a\ntodo text: b\ntones: none":         `x:2: unknown key "text"`,
		"text: a\nactor: Iran":                       `x:2: actor "Iran"`,
	} {
		_, err := parseCases("x", text)
		if got := fmt.Sprint(err); err == nil && want != "" || err != nil && (want == "" || !strings.HasPrefix(got, want)) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	const marked = "text: a\n todo tone: A > B hostile\ntone: B > A hostile\n# tone"
	if got, want := remark(marked, map[int]bool{2: false, 3: true}), "text: a\ntone: A > B hostile\ntodo tone: B > A hostile\n# tone"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// block is one case: an article and what is expected of it.
type block struct {
	line         int
	article      stages.Article
	expectations []expectation
}

// expectation is one line of a case.
type expectation struct {
	line  int
	todo  bool
	text  string
	check func(*stages.Document) (problem string)
}

func (e expectation) String() string { return e.text }

// parseCases reads a case file. Its errors begin with file:line.
func parseCases(name, data string) ([]block, error) {
	var (
		blocks []block
		b      *block
		texts  []string
	)
	finish := func() error {
		if b == nil {
			return nil
		}
		b.article.Text = strings.ReplaceAll(strings.Join(texts, "\n\n"), "↵", "\n")
		switch {
		case len(texts) == 0:
			return fmt.Errorf("%s:%d: no text", name, b.line)
		case len(b.expectations) == 0:
			return fmt.Errorf("%s:%d: no expectation", name, b.line)
		}
		blocks, b, texts = append(blocks, *b), nil, nil
		return nil
	}
	line := 0
	for text := range strings.Lines(data + "\n\n") {
		line++
		text = strings.TrimSpace(text)
		if strings.HasPrefix(text, "#") {
			continue
		}
		if text == "" {
			if err := finish(); err != nil {
				return nil, err
			}
			continue
		}
		if b == nil {
			b = &block{line: line, article: stages.Article{ID: fmt.Sprintf("%s:%d", name, line), Language: "en"}}
		}
		rest, todo := strings.CutPrefix(text, "todo ")
		key, value, _ := strings.Cut(rest, ":")
		value = strings.TrimSpace(value)
		var err error
		switch {
		case !todo && key == "text":
			texts = append(texts, value)
		case !todo && key == "title":
			b.article.Title = value
		case !todo && key == "publisher":
			b.article.Publisher = value
		case !todo && key == "published":
			if b.article.Published, err = time.Parse(time.DateOnly, value); err != nil {
				err = fmt.Errorf("published %q: want YYYY-MM-DD", value)
			}
		default:
			var check func(*stages.Document) string
			if check, err = newCheck(key, value); err == nil {
				b.expectations = append(b.expectations, expectation{line, todo, rest, check})
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	return blocks, nil
}

// remark sets or removes the todo marks of the given lines.
func remark(data string, fails map[int]bool) string {
	lines := strings.Split(data, "\n")
	for n, failed := range fails {
		text := strings.TrimPrefix(strings.TrimSpace(lines[n-1]), "todo ")
		if failed {
			text = "todo " + text
		}
		lines[n-1] = text
	}
	return strings.Join(lines, "\n")
}

// newCheck makes the check of one line "key: value".
func newCheck(key, value string) (func(*stages.Document) string, error) {
	switch key {
	case "sentences":
		return checkList("sentences", value, func(d *stages.Document) (list []string) {
			for _, s := range d.Sentences {
				list = append(list, s.In(d.Article.Text))
			}
			return list
		}), nil
	case "quotations":
		return checkList("quotations", value, func(d *stages.Document) (list []string) {
			for _, q := range d.Quotations {
				list = append(list, q.In(d.Article.Text))
			}
			return list
		}), nil
	case "actor":
		words, codes, ok := strings.Cut(value, " = ")
		if !ok {
			return nil, fmt.Errorf("actor %q: want WORDS = CODE", value)
		}
		return func(d *stages.Document) string { return checkActor(d, words, codes) }, nil
	case "person":
		words, name, ok := strings.Cut(value, " = ")
		if !ok {
			return nil, fmt.Errorf("person %q: want WORDS = NAME", value)
		}
		return func(d *stages.Document) string {
			if m := mentionOf(d, words); m == nil || m.Name != name {
				return "it is " + describe(d, m)
			}
			return ""
		}, nil
	case "statement":
		return newStatementCheck(value)
	case "statements":
		n, err := strconv.Atoi(strings.Replace(value, "none", "0", 1))
		if err != nil {
			return nil, fmt.Errorf("statements %q: want a number", value)
		}
		return func(d *stages.Document) string {
			if len(d.Statements) != n {
				return "found " + listStatements(d)
			}
			return ""
		}, nil
	case "one utterance":
		parts := strings.Split(value, " | ")
		return func(d *stages.Document) string { return checkUtterance(d, parts) }, nil
	case "date":
		return newDateCheck(value)
	case "tone", "no tone":
		return newToneCheck(value, key == "tone")
	case "tones":
		if value != "none" {
			return nil, fmt.Errorf("tones %q: want none", value)
		}
		return func(d *stages.Document) string {
			if found := listTones(d); found != "" {
				return "found " + found
			}
			return ""
		}, nil
	}
	return nil, fmt.Errorf("unknown key %q", key)
}

// checkList compares all of a kind, given with " | " between them.
func checkList(what, value string, get func(*stages.Document) []string) func(*stages.Document) string {
	var want []string
	if value != "none" {
		want = strings.Split(value, " | ")
	}
	return func(d *stages.Document) string {
		got := get(d)
		for i := range got {
			got[i] = strings.Join(strings.Fields(got[i]), " ")
		}
		if !slices.Equal(got, want) {
			return fmt.Sprintf("%d %s: %s", len(got), what, strings.Join(got, " | "))
		}
		return ""
	}
}

// find returns where words stand in the text; "he#2" is the second "he".
func find(text, words string) (stages.Span, bool) {
	nth := 1
	if w, n, ok := strings.Cut(words, "#"); ok {
		if v, err := strconv.Atoi(n); err == nil {
			words, nth = w, v
		}
	}
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return stages.Span{}, false
		}
		s := stages.Span{Start: from + i, End: from + i + len(words)}
		before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
		after, _ := utf8.DecodeRuneInString(text[s.End:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			if nth--; nth == 0 {
				return s, true
			}
		}
		from = s.Start + 1
	}
}

// mentionOf returns the smallest mention that holds words, else the largest
// one within them.
func mentionOf(d *stages.Document, words string) *stages.Mention {
	at, ok := find(d.Article.Text, words)
	if !ok {
		return nil
	}
	var around, within *stages.Mention
	for i := range d.Mentions {
		m := &d.Mentions[i]
		span := d.Span(m.First, m.Last)
		if m.Code == "" {
			continue
		}
		if span.Contains(at) && (around == nil || span.Len() < d.Span(around.First, around.Last).Len()) {
			around = m
		}
		if at.Contains(span) && (within == nil || span.Len() > d.Span(within.First, within.Last).Len()) {
			within = m
		}
	}
	return cmp.Or(around, within)
}

func checkActor(d *stages.Document, words, want string) string {
	m := mentionOf(d, words)
	if want == "none" {
		if m != nil {
			return "it is " + describe(d, m)
		}
		return ""
	}
	codes := strings.Split(want, "+")
	slices.Sort(codes)
	if m == nil || !slices.Equal(slices.Sorted(slices.Values(append([]string{m.Code}, m.More...))), codes) {
		return "it is " + describe(d, m)
	}
	return ""
}

func describe(d *stages.Document, m *stages.Mention) string {
	if m == nil {
		return "no actor"
	}
	return fmt.Sprintf("%q = %s %s", d.Text(m.First, m.Last), strings.Join(append([]string{m.Code}, m.More...), "+"), m.Name)
}

// newStatementCheck reads: kind | speaker = … | name = … | source = … | cue = … | "words".
func newStatementCheck(value string) (func(*stages.Document) string, error) {
	var tests []func(d *stages.Document, s *stages.Statement) bool
	test := func(f func(d *stages.Document, s *stages.Statement) bool) { tests = append(tests, f) }
	for _, field := range strings.Split(value, " | ") {
		field = strings.TrimSpace(field)
		name, want, _ := strings.Cut(field, " = ")
		if want == "none" {
			want = ""
		}
		words, quoted := strings.CutPrefix(field, `"`)
		switch {
		case quoted:
			words = strings.TrimSuffix(words, `"`)
			test(func(d *stages.Document, s *stages.Statement) bool { return matches(s.Span.In(d.Article.Text), words) })
		case name == "speaker":
			test(func(d *stages.Document, s *stages.Statement) bool { return s.Speaker.In(d.Article.Text) == want })
		case name == "name":
			test(func(d *stages.Document, s *stages.Statement) bool { return s.SpeakerName == want })
		case name == "source":
			test(func(d *stages.Document, s *stages.Statement) bool { return s.Source == want })
		case name == "cue":
			test(func(d *stages.Document, s *stages.Statement) bool { return s.Cue.In(d.Article.Text) == want })
		case slices.Contains([]stages.Kind{stages.Direct, stages.Mixed, stages.Indirect, stages.Action}, stages.Kind(field)):
			test(func(d *stages.Document, s *stages.Statement) bool { return s.Kind == stages.Kind(field) })
		default:
			return nil, fmt.Errorf("statement field %q", field)
		}
	}
	return func(d *stages.Document) string {
	next:
		for i := range d.Statements {
			for _, ok := range tests {
				if !ok(d, &d.Statements[i]) {
					continue next
				}
			}
			return ""
		}
		return "found " + listStatements(d)
	}, nil
}

// matches reports whether text is words, or has them where words begin or end
// with an ellipsis.
func matches(text, words string) bool {
	bare := strings.Trim(words, "…")
	head, tail := strings.HasPrefix(words, "…"), strings.HasSuffix(words, "…")
	switch {
	case head && tail:
		return strings.Contains(text, bare)
	case head:
		return strings.HasSuffix(text, bare)
	case tail:
		return strings.HasPrefix(text, bare)
	}
	return text == words
}

// checkUtterance holds that the statements with these words, and no other, are
// one utterance.
func checkUtterance(d *stages.Document, parts []string) string {
	utterance, found := -1, 0
	for _, s := range d.Statements {
		in := slices.ContainsFunc(parts, func(p string) bool { return matches(s.Span.In(d.Article.Text), strings.Trim(p, `"`)) })
		if in && utterance < 0 {
			utterance = s.Utterance
		}
		if in {
			found++
		}
		if in != (s.Utterance == utterance) && utterance >= 0 {
			return "found " + listStatements(d)
		}
	}
	if found != len(parts) {
		return "found " + listStatements(d)
	}
	return ""
}

func listStatements(d *stages.Document) string {
	var list []string
	for _, s := range d.Statements {
		text := d.Article.Text
		list = append(list, fmt.Sprintf("%s | speaker = %s | name = %s | source = %s | cue = %s | utterance %d | %q",
			s.Kind, s.Speaker.In(text), s.SpeakerName, s.Source, s.Cue.In(text), s.Utterance, s.Span.In(text)))
	}
	return fmt.Sprintf("%d statements: %s", len(list), strings.Join(list, "; "))
}

// cutWords cuts ` in "words"` off an expectation: the sentence that it is for.
func cutWords(value string) (rest, words string) {
	rest, words, _ = strings.Cut(value, ` in "`)
	return rest, strings.TrimSuffix(words, `"`)
}

// statementsOf returns the statements of the sentence that has words, or all.
func statementsOf(d *stages.Document, words string) []stages.Statement {
	if words == "" {
		return d.Statements
	}
	at := strings.Index(d.Article.Text, words)
	var list []stages.Statement
	for _, s := range d.Sentences {
		for _, st := range d.Statements {
			if s.Contains(st.Span) && s.Start <= at && at < s.End {
				list = append(list, st)
			}
		}
	}
	return list
}

// newDateCheck reads: 2014-02-03 day [in "words"]; 2014-02 month; 2014 year;
// none. All statements, of the sentence with words, must have it.
func newDateCheck(value string) (func(*stages.Document) string, error) {
	rest, words := cutWords(value)
	want := stages.Date{Precision: stages.DocumentPrecision}
	if rest != "none" {
		day, precision, _ := strings.Cut(rest, " ")
		want.Precision = stages.Precision(precision)
		layout := map[stages.Precision]string{stages.DayPrecision: "2006-01-02", stages.MonthPrecision: "2006-01", stages.YearPrecision: "2006"}[want.Precision]
		var err error
		if want.Time, err = time.Parse(layout, day); err != nil || layout == "" {
			return nil, fmt.Errorf("date %q: want e.g. 2014-02-03 day, 2014-02 month, 2014 year, none", rest)
		}
	}
	return func(d *stages.Document) string {
		list := statementsOf(d, words)
		for _, s := range list {
			if s.Date.Precision != want.Precision || want.Precision != stages.DocumentPrecision && !s.Date.Time.Equal(want.Time) {
				return fmt.Sprintf("%q is of %s %s (%q)", s.Span.In(d.Article.Text), day(s.Date.Time), s.Date.Precision, s.Date.Text.In(d.Article.Text))
			}
		}
		if len(list) == 0 {
			return "no statement"
		}
		return ""
	}, nil
}

// newToneCheck reads: VEN > USA hostile [in "words"]. An absent tone may leave
// the label out: then neither hostile nor conciliatory.
func newToneCheck(value string, wanted bool) (func(*stages.Document) string, error) {
	rest, words := cutWords(value)
	f := strings.Fields(rest)
	if len(f) < 3 || f[1] != ">" || len(f) > 4 || wanted && len(f) != 4 {
		return nil, fmt.Errorf("tone %q: want SOURCE > TARGET LABEL", rest)
	}
	var label stages.Label
	if len(f) == 4 {
		label = stages.Label(f[3])
		if !slices.Contains([]stages.Label{stages.Hostile, stages.Neutral, stages.Conciliatory}, label) {
			return nil, fmt.Errorf("label %q", label)
		}
	}
	return func(d *stages.Document) string {
		found := false
		for _, s := range statementsOf(d, words) {
			for _, tn := range s.Tones {
				found = found || tn.Source == f[0] && tn.Target == f[2] && (tn.Label == label || label == "" && tn.Label != stages.Neutral)
			}
		}
		if found != wanted {
			return "found " + cmp.Or(listTones(d), "no tones")
		}
		return ""
	}, nil
}

// listTones lists all tones that are not neutral.
func listTones(d *stages.Document) string {
	var list []string
	for _, s := range d.Statements {
		for _, t := range s.Tones {
			if t.Label != stages.Neutral {
				list = append(list, fmt.Sprintf("%s > %s %s %.2f", t.Source, t.Target, t.Label, t.Confidence))
			}
		}
	}
	return strings.Join(list, ", ")
}
