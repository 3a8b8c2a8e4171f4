package output

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"detente/stages"
)

// Document is an article as the stages scored it.
type Document struct {
	Article    *stages.Article
	Signature  []byte // of its words, to find copies; nil = none
	Sentences  int    // how many sentences its text has
	Statements []stages.Statement
}

// DocumentRow is a row of the table documents. In all rows "", the zero time
// and NoOffset are null, and offsets count code points of the document's text.
type DocumentRow struct {
	DocID, URI, Publisher, URL, Title string
	Published                         time.Time
	PublishedFrom, Language           string
	Text, ContentHash, DuplicateOf    string
	Sentences, Statements             int32
	Warnings                          []string
	Signature                         []byte
}

// StatementRow is a row of the table statements.
type StatementRow struct {
	StatementID, DocID      string
	Published               time.Time
	Ordinal, Utterance      int32
	Start, End              int32
	Text, Kind              string
	Cue                     string
	CueStart, CueEnd        Offset
	Speaker                 string
	SpeakerStart            Offset
	SpeakerEnd              Offset
	SpeakerName, Source     string
	Date                    Day
	DatePrecision, DateText string
}

// ToneRow is a row of the table tones.
type ToneRow struct {
	StatementID, DocID           string
	Published                    time.Time
	Duplicate                    bool
	Kind                         string
	Date                         Day
	DatePrecision                string
	Source, Target               string
	SourceCountry, TargetCountry string
	Tone                         float32
	Label                        string
	Confidence                   float32
	Lexicon, Sentiment           float32
	Evidence                     []Evidence
}

// Evidence is one lexicon match that a tone rests on.
type Evidence struct {
	Term       string
	Start, End int32
	Category   string
	Valence    float32
}

// InvalidError says that a document cannot be written as it is: a column has
// no value that it must have, or one that readers would choke on.
type InvalidError struct {
	DocID  string
	Column string // "tones.source"
	Reason string // "is missing"
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("document %q: %s %s", e.DocID, e.Column, e.Reason)
}

// maxText bounds a document's text in bytes, far above what ingest lets pass
// and far below the 2 GB at which Arrow's offsets overflow.
const maxText = 256 << 20

// rows are the rows of one document.
type rows struct {
	document   DocumentRow
	statements []StatementRow
	tones      []ToneRow
	bytes      int // of memory, about
}

// newRows makes the rows of a document, or returns an InvalidError.
func newRows(d Document) (*rows, error) {
	a := d.Article
	c := converter{docID: a.ID, points: newCodePoints(a.Text)}
	switch {
	case len(a.Text) > maxText:
		c.fail("documents.text", fmt.Sprintf("is longer than %d bytes", maxText))
	case !utf8.ValidString(a.Text):
		// Other columns are repaired; here a repair would move every offset.
		c.fail("documents.text", "is not valid UTF-8")
	}
	r := &rows{
		document: DocumentRow{
			DocID: a.ID, URI: a.URI, Publisher: a.Publisher, URL: a.URL, Title: a.Title,
			Published: a.Published, PublishedFrom: string(a.PublishedFrom), Language: a.Language,
			Text: a.Text, ContentHash: a.ContentHash, DuplicateOf: a.DuplicateOf,
			Sentences: int32(d.Sentences), Statements: int32(len(d.Statements)), Warnings: slices.Clone(a.Warnings),
			Signature: slices.Clone(d.Signature),
		},
		statements: make([]StatementRow, 0, len(d.Statements)),
	}
	last := -1
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Ordinal <= last {
			c.fail("statements.ordinal", fmt.Sprintf("is %d after %d", s.Ordinal, last))
		}
		last = s.Ordinal
		r.add(&c, a, s)
	}
	if c.err != nil {
		return nil, c.err
	}
	r.bytes = r.size()
	return r, r.check()
}

// add appends the rows of one statement.
func (r *rows) add(c *converter, a *stages.Article, s *stages.Statement) {
	row := StatementRow{
		StatementID: a.ID + ":" + strconv.Itoa(s.Ordinal), DocID: a.ID, Published: a.Published,
		Ordinal: int32(s.Ordinal), Utterance: int32(s.Utterance), Kind: string(s.Kind),
		SpeakerName: s.SpeakerName, Source: s.Source,
		Date: Day{s.Date.Time}, DatePrecision: string(s.Date.Precision),
	}
	row.Start, row.End, row.Text = c.words(s.Span, "statements.text")
	row.CueStart, row.CueEnd, row.Cue = c.part(s.Cue, "statements.cue")
	row.SpeakerStart, row.SpeakerEnd, row.Speaker = c.part(s.Speaker, "statements.speaker")
	_, _, row.DateText = c.part(s.Date.Text, "statements.date_text")
	if s.Date.Precision == stages.DocumentPrecision && row.Date.IsZero() && !a.Published.IsZero() {
		row.Date = Day{a.Published.UTC().Truncate(24 * time.Hour)}
	}
	r.statements = append(r.statements, row)

	for i := range s.Tones {
		t := &s.Tones[i]
		r.tones = append(r.tones, ToneRow{
			StatementID: row.StatementID, DocID: a.ID, Published: a.Published, Duplicate: a.DuplicateOf != "",
			Kind: row.Kind, Date: row.Date, DatePrecision: row.DatePrecision,
			Source: t.Source, Target: t.Target, SourceCountry: t.SourceCountry, TargetCountry: t.TargetCountry,
			Tone: t.Tone, Label: string(t.Label), Confidence: t.Confidence, Lexicon: t.Lexicon, Sentiment: t.Sentiment,
			Evidence: c.evidence(t.Evidence),
		})
	}
}

// check returns an InvalidError for the first column that cannot be written.
func (r *rows) check() error {
	id := r.document.DocID
	if err := documents.check(&r.document, id); err != nil {
		return err
	}
	for i := range r.statements {
		if err := statements.check(&r.statements[i], id); err != nil {
			return err
		}
	}
	for i := range r.tones {
		if err := tones.check(&r.tones[i], id); err != nil {
			return err
		}
	}
	return nil
}

// converter turns byte spans of one document into code points and words, and
// keeps the first error.
type converter struct {
	docID  string
	points codePoints
	err    error
}

func (c *converter) fail(column, reason string) {
	if c.err == nil {
		c.err = &InvalidError{DocID: c.docID, Column: column, Reason: reason}
	}
}

// words converts a span that must hold words.
func (c *converter) words(s stages.Span, column string) (start, end int32, words string) {
	start, ok := c.points.before(s.Start)
	end, ok2 := c.points.before(s.End)
	if !ok || !ok2 || s.Empty() {
		c.fail(column, fmt.Sprintf("has the bytes %d to %d of %d, which are no words", s.Start, s.End, len(c.points.text)))
		return 0, 0, ""
	}
	return start, end, s.In(c.points.text)
}

// part converts a span that may be empty.
func (c *converter) part(s stages.Span, column string) (start, end Offset, words string) {
	if s.Empty() {
		return NoOffset, NoOffset, ""
	}
	from, to, words := c.words(s, column)
	return Offset(from), Offset(to), words
}

func (c *converter) evidence(list []stages.Evidence) []Evidence {
	if len(list) == 0 {
		return nil
	}
	out := make([]Evidence, len(list))
	for i, e := range list {
		out[i] = Evidence{Category: e.Category, Valence: e.Valence}
		// The term is cut from the text, so that it agrees with its offsets.
		out[i].Start, out[i].End, out[i].Term = c.words(e.Span, "tones.evidence")
	}
	return out
}

// Bytes of the rows themselves, without what they point to.
var (
	documentSize  = int(reflect.TypeFor[DocumentRow]().Size())
	statementSize = int(reflect.TypeFor[StatementRow]().Size())
	toneSize      = int(reflect.TypeFor[ToneRow]().Size())
	evidenceSize  = int(reflect.TypeFor[Evidence]().Size())
)

// size estimates the memory that the rows hold, in bytes. Most strings are
// pieces of the text and cost nothing more.
func (r *rows) size() int {
	d := &r.document
	n := documentSize + len(d.DocID) + len(d.URI) + len(d.URL) + len(d.Title) + len(d.Text) + len(d.Signature) + len(r.statements)*statementSize
	for i := range r.tones {
		n += toneSize + len(r.tones[i].Evidence)*evidenceSize
	}
	return n
}
