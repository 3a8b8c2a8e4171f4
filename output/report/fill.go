package report

import (
	"cmp"
	"encoding/json"
	"math"
	"net/url"
	"slices"
	"strings"

	"detente/output"
)

// fill reads the chosen tones with all that belongs to them and puts them into
// the page, until maxData is reached.
func fill(dir string, p *Page, chosen []key) error {
	f := filler{set: p.Settings, tones: map[string][]output.ToneRow{}, statements: map[string][]output.StatementRow{}, made: map[key]*Statement{}}
	wanted := map[key]bool{}
	for _, k := range chosen {
		wanted[k] = true
	}
	if err := f.readTones(dir, wanted); err != nil {
		return err
	}
	if err := f.readStatements(dir); err != nil {
		return err
	}
	if err := f.readDocuments(dir); err != nil {
		return err
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

// filler collects the rows of the chosen tones.
type filler struct {
	set        Settings
	tones      map[string][]output.ToneRow      // by statement_id
	statements map[string][]output.StatementRow // by doc_id
	documents  []Document
	made       map[key]*Statement
}

func (f *filler) readTones(dir string, wanted map[key]bool) error {
	columns := []string{"statement_id", "published", "kind", "date", "date_precision", "source", "target", "tone", "label", "confidence", "evidence"}
	for row, err := range output.ReadTones(dir, columns...) {
		if err != nil {
			return err
		}
		if wanted[keyOf(&row)] {
			f.tones[row.StatementID] = append(f.tones[row.StatementID], row)
		}
	}
	return nil
}

func (f *filler) readStatements(dir string) error {
	columns := []string{"statement_id", "doc_id", "start", "end", "text", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end", "speaker_name"}
	for row, err := range output.ReadStatements(dir, columns...) {
		if err != nil {
			return err
		}
		if len(f.tones[row.StatementID]) > 0 {
			f.statements[row.DocID] = append(f.statements[row.DocID], row)
		}
	}
	return nil
}

func (f *filler) readDocuments(dir string) error {
	for row, err := range output.ReadDocuments(dir, "doc_id", "title", "url", "publisher", "published", "text") {
		if err != nil {
			return err
		}
		if statements := f.statements[row.DocID]; len(statements) > 0 {
			f.add(&row, statements)
		}
	}
	return nil
}

// add makes the statements of a document.
func (f *filler) add(d *output.DocumentRow, statements []output.StatementRow) {
	f.documents = append(f.documents, Document{Title: d.Title, URL: webAddress(d.URL), Publisher: d.Publisher, Published: day(d.Published)})
	text := []rune(d.Text)
	for i := range statements {
		s := &statements[i]
		for _, t := range f.tones[s.StatementID] {
			f.made[keyOf(&t)] = &Statement{
				ID: t.StatementID, Document: len(f.documents) - 1,
				Date: day(f.set.when(&t)), Precision: t.DatePrecision, Kind: t.Kind, Source: t.Source, Target: t.Target,
				Tone: round(float64(t.Tone)), Label: t.Label, Confidence: round(float64(t.Confidence)),
				Speaker: cmp.Or(s.SpeakerName, s.Speaker),
				Passage: passage(text, s, t.Evidence),
			}
		}
	}
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
	return u.String()
}

// round keeps the two digits that a reader sees.
func round(v float64) float64 { return math.Round(v*100) / 100 }
