// Package stages holds the vocabulary that every stage of the pipeline shares,
// and nothing else: an Article comes in, Statements with Tones go out. See
// doc.go for the order of the stages and the rule of imports.
package stages

import (
	"strings"
	"time"
)

// Span is a piece of Article.Text: byte offsets, End exclusive. The zero Span
// means "none". Tables count in Unicode code points; output converts.
type Span struct{ Start, End int }

// Empty reports whether the span holds no text.
func (s Span) Empty() bool { return s.End <= s.Start }

// Len is the span's length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// In returns the span's words in text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// PublishedFrom says where an article's date of publication was found.
type PublishedFrom string

// Where a date of publication may come from.
const (
	PublishedField    PublishedFrom = "field"    // a field or front matter of the record
	PublishedJSONLD   PublishedFrom = "json-ld"  // a page's JSON-LD NewsArticle
	PublishedMeta     PublishedFrom = "meta"     // a page's meta element
	PublishedFeed     PublishedFrom = "feed"     // a feed's entry
	PublishedFilename PublishedFrom = "filename" // 2014-02-05-title.txt
	PublishedNone     PublishedFrom = "none"     // nowhere
)

// Article is one document as the ingest stage read it. Text is the input's
// text with invalid UTF-8 and line ends repaired and nothing else changed.
type Article struct {
	ID            string
	URI           string // where it was read: "feed.jsonl.gz:17", "a/b.txt"
	Publisher     string // "" = unknown, as for URL and Title
	URL           string
	Title         string
	Published     time.Time // UTC; zero = unknown
	PublishedFrom PublishedFrom
	Language      string // ISO 639-1, "und" = unknown
	Text          string
	ContentHash   string // hex XXH3-128 of title, date and text
	DuplicateOf   string // ID of the first copy, "" = none
	Warnings      []string
}

// Kind says how a statement stands in its article.
type Kind string

// The kinds of statement.
const (
	Direct   Kind = "direct"   // quoted words alone
	Mixed    Kind = "mixed"    // reported clause with quoted words inside
	Indirect Kind = "indirect" // reported clause
	Action   Kind = "action"   // a deed, no speech
)

// Precision is the precision of a Date.
type Precision string

// The precisions of a date. DocumentPrecision means that the text gives no
// date and the day of publication stands in.
const (
	DayPrecision      Precision = "day"
	MonthPrecision    Precision = "month"
	YearPrecision     Precision = "year"
	DocumentPrecision Precision = "document"
)

// Date is when a statement was made or a deed done. Time is midnight UTC of
// the day, or of the first day of the month or year; zero = unknown.
type Date struct {
	Time      time.Time
	Precision Precision
	Text      Span // the words that say so; empty for DocumentPrecision
}

// Statement is something said or done: at most one sentence of an article.
type Statement struct {
	Ordinal     int // 0, 1, … within the document, in text order
	Utterance   int // shared by the sentences and parts of one quotation
	Span        Span
	Kind        Kind
	Cue         Span   // the reporting word or the deed, e.g. "said"
	Speaker     Span   // as written, e.g. "a State Department spokesman"
	SpeakerName string // resolved, e.g. "Nicolás Maduro"; "" = unknown
	Source      string // actor code; "" = unknown
	Date        Date
	Tones       []Tone
}

// Label is the class of a tone.
type Label string

// The labels of a tone.
const (
	Hostile      Label = "hostile"
	Neutral      Label = "neutral"
	Conciliatory Label = "conciliatory"
)

// Tone is the tone of a statement from one actor toward another.
type Tone struct {
	Source, Target               string  // actor codes; differ
	SourceCountry, TargetCountry string  // ISO 3166-1 alpha-3, "" for organisations
	Tone                         float32 // -1 hostile … +1 conciliatory
	Label                        Label
	Confidence                   float32 // chance that source, target and label are right
	Lexicon                      float32 // the lexicons' share of Tone, -1 … +1
	Sentiment                    float32 // the model's share of Tone, -1 … +1
	Evidence                     []Evidence
}

// Evidence is one lexicon match that a tone rests on.
type Evidence struct {
	Term     string // the words as written
	Span     Span
	Category string  // the entry's category, e.g. "threaten", "negator"
	Valence  float32 // the share it had, after negation and intensifiers
}

// Country is an actor code without its sector: VEN for VEN-OPP. Of an
// organisation's code it is the whole.
func Country(code string) string {
	c, _, _ := strings.Cut(code, "-")
	return c
}
