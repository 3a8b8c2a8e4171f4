package report

import (
	"cmp"
	"encoding/json"
	"math"
	"net/url"
	"slices"
	"strings"

	"detente/output"
	"detente/stages"
)

// fill reads the chosen tones with all that belongs to them and puts them into
// the page, until maxData is reached.
func fill(dir string, p *Page, chosen []key) error {
	f := filler{set: p.Settings, wanted: map[key]bool{}, tones: map[string][]tone{}, statements: map[string][]output.StatementRow{}, made: map[key]*Statement{}}
	for _, k := range chosen {
		f.wanted[k] = true
	}
	for _, read := range []func(string) error{f.readTones, f.readStatements, f.readDocuments} {
		if err := read(dir); err != nil {
			return err
		}
	}
	p.Statements = []Statement{} // not null in JSON
	size := 0
	for _, k := range chosen {
		s := f.made[k]
		if s == nil {
			continue // its statement or document is missing from the dataset
		}
		data, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if size += len(data); size > maxData {
			break
		}
		p.Statements = append(p.Statements, *s)
	}
	slices.SortStableFunc(p.Statements, func(a, b Statement) int { return cmp.Compare(math.Abs(b.Tone), math.Abs(a.Tone)) })
	p.Documents = f.used(p.Statements)
	return nil
}

// filler collects what belongs to the wanted tones.
type filler struct {
	set        Settings
	wanted     map[key]bool
	tones      map[string][]tone                // by statement_id
	statements map[string][]output.StatementRow // by doc_id
	documents  []Document
	made       map[key]*Statement
}

// tone is a wanted row of the table tones.
type tone struct {
	key
	statement Statement // as far as the row tells
	evidence  []output.Evidence
}

func (f *filler) readTones(dir string) error {
	query := output.Query{Columns: []string{"statement_id", "published", "kind", "date", "date_precision", "source", "target", "tone", "label", "confidence", "evidence"}}
	pick := func(row *output.ToneRow, list []tone) []tone {
		k := key{row.StatementID, row.Source, row.Target}
		if !f.wanted[k] {
			return list
		}
		k = key{strings.Clone(k.statement), strings.Clone(k.source), strings.Clone(k.target)}
		t := tone{k, Statement{
			ID: k.statement, When: f.set.when(row), Precision: strings.Clone(row.DatePrecision), Kind: strings.Clone(row.Kind),
			Source: k.source, Target: k.target, Tone: round(float64(row.Tone)), Label: strings.Clone(row.Label), Confidence: round(float64(row.Confidence)),
		}, slices.Clone(row.Evidence)}
		if f.set.Sectors {
			t.statement.Source, t.statement.Target = stages.Country(k.source), stages.Country(k.target)
		}
		if f.set.ByPublished {
			t.statement.Precision = string(stages.DayPrecision)
		}
		for i := range t.evidence {
			e := &t.evidence[i]
			e.Term, e.Category = strings.Clone(e.Term), strings.Clone(e.Category)
		}
		return append(list, t)
	}
	for list, err := range output.ScanTones(dir, query, pick) {
		if err != nil {
			return err
		}
		for _, t := range list {
			f.tones[t.key.statement] = append(f.tones[t.key.statement], t)
		}
	}
	return nil
}

func (f *filler) readStatements(dir string) error {
	query := output.Query{Columns: []string{"statement_id", "doc_id", "start", "end", "text", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end", "speaker_name"}}
	pick := func(row *output.StatementRow, list []output.StatementRow) []output.StatementRow {
		if len(f.tones[row.StatementID]) == 0 {
			return list
		}
		s := *row
		for _, field := range []*string{&s.StatementID, &s.DocID, &s.Text, &s.Speaker, &s.SpeakerName} {
			*field = strings.Clone(*field)
		}
		return append(list, s)
	}
	for list, err := range output.ScanStatements(dir, query, pick) {
		if err != nil {
			return err
		}
		for _, s := range list {
			f.statements[s.DocID] = append(f.statements[s.DocID], s)
		}
	}
	return nil
}

func (f *filler) readDocuments(dir string) error {
	type document struct {
		Document
		statements []*Statement
		keys       []key
	}
	query := output.Query{Columns: []string{"doc_id", "title", "url", "publisher", "published", "text"}}
	pick := func(row *output.DocumentRow, list []document) []document {
		statements := f.statements[row.DocID]
		if len(statements) == 0 {
			return list
		}
		d := document{Document: Document{
			Title: strings.Clone(row.Title), URL: webAddress(row.URL), Publisher: strings.Clone(row.Publisher), Published: day(row.Published),
		}}
		text := []rune(row.Text)
		for i := range statements {
			s := &statements[i]
			for _, t := range f.tones[s.StatementID] {
				made := t.statement
				made.Speaker = cmp.Or(s.SpeakerName, s.Speaker)
				made.Passage = passage(text, s, t.evidence)
				d.statements, d.keys = append(d.statements, &made), append(d.keys, t.key)
			}
		}
		return append(list, d)
	}
	for list, err := range output.ScanDocuments(dir, query, pick) {
		if err != nil {
			return err
		}
		for _, d := range list {
			for i, s := range d.statements {
				s.Document = len(f.documents)
				f.made[d.keys[i]] = s
			}
			f.documents = append(f.documents, d.Document)
		}
	}
	return nil
}

// used returns the documents that statements refer to, and makes them refer to these.
func (f *filler) used(statements []Statement) []Document {
	list := []Document{}
	place := map[int]int{}
	for i := range statements {
		s := &statements[i]
		n, ok := place[s.Document]
		if !ok {
			n = len(list)
			place[s.Document] = n
			list = append(list, f.documents[s.Document])
		}
		s.Document = n
	}
	return list
}

// webAddress returns an address that a link may have: http or https with a
// host, else "". What a page's address says is an article's data too.
func webAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return strings.Clone(u.String())
}

// round keeps the two digits that a reader sees.
func round(v float64) float64 { return math.Round(v*100) / 100 }
