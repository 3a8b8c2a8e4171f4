package stages

import (
	"sort"

	"detente/lexicons"
)

// Document is an article on its way through the stages: each stage adds what
// it found. Tokens, sentences, quotations and mentions are working material;
// Statements are the result.
type Document struct {
	*Article
	Tokens     []lexicons.Token
	Tags       []lexicons.POS   // one part of speech a token
	Matches    []lexicons.Match // lexicon forms, by first token
	Calendar   []bool           // by token: part of a date, and so of no name or phrase
	Heads      []int32          // by token: the token it hangs on, -1 for the root of a sentence and where none was parsed
	Rels       []Rel            // by token: the relation to its head, NoRel where none was parsed
	Sentences  []Sentence
	Dateline   int // the token behind "MADRID, March 22 (Meridian Wire) - ", 0 = none
	Quotations []Quotation
	Mentions   []Mention // by first token
	Statements []Statement
	Relations  []Relation // who relates to whom by which predicate
	Author     string     // actor code of the government or body whose own text this is, "" = none
	About      []string   // actor codes that the title names, in order
	Turns      []Turn     // who speaks outside quotations: first the author, then those whom labels name
}

// Reset makes d an empty document of a, keeping its memory.
func (d *Document) Reset(a *Article) {
	*d = Document{Article: a, Tokens: d.Tokens[:0], Tags: d.Tags[:0], Calendar: d.Calendar[:0], Matches: d.Matches[:0], Heads: d.Heads[:0], Rels: d.Rels[:0], Sentences: d.Sentences[:0],
		Quotations: d.Quotations[:0], Mentions: d.Mentions[:0], Relations: d.Relations[:0], Turns: d.Turns[:0]}
}

// Sentence is one sentence: tokens First to Last, end exclusive.
type Sentence struct {
	Span
	First, Last         int
	Paragraph           int
	Turn                int  // index into Document.Turns
	MatchFrom, MatchTo  int  // Document.Matches of the sentence
	MentionFrom, MentTo int  // Document.Mentions of the sentence
	Parsed              bool // can hold a statement, and so has Document.Heads and Rels
}

// Turn is what one speaker of a transcript says until the next begins. A text that is
// none is the one turn of its author.
type Turn struct {
	First, Last int    // tokens of the label, "MS. ORTIZ:", end exclusive; none for the author
	Code        string // actor code that "we" and "I" speak for, "" = nobody knows
	Name        string // display name of the person, "" = unknown
	Question    bool   // a journalist's or a listener's
}

// Quotation is a stretch of text between quotation marks.
type Quotation struct {
	Span             // the words between the marks
	First, Last int  // tokens between the marks, end exclusive
	Continued   bool // the mark was left open at the paragraph's end and the next paragraph goes on
	Open        bool // no closing mark was found
	Nested      bool // stands inside another quotation
}

// Mention is a phrase that names an actor.
type Mention struct {
	First, Last int // tokens of the whole phrase, end exclusive
	Head        int // token of the head: "spokesman" in "a State Department spokesman"
	Sentence    int
	Code        string   // actor code; "" for an unknown speaker ("an observer")
	More        []string // further codes: "both sides"
	Name        string   // the person's display name, "" = none
	Type        MentionType
	Plural      bool
	Place       bool // stands after a preposition of place: "in Moscow"
	Attributive bool // modifies a noun that is no actor: "Iranian" in "Iranian missiles"
	Possessive  bool // "Iran's"
}

// MentionType says how an actor is mentioned.
type MentionType uint8

// The types of mention.
const (
	ByName    MentionType = iota // Iran, the Iranian government, Tehran
	ByPerson                     // President Nicolás Maduro, Maduro
	ByRole                       // the ministry, the president
	ByPronoun                    // he, they, it
	ByPair                       // both sides
)

// Relation is one reading of a statement: a predicate that relates a source to
// a target, and how the sentence says so.
type Relation struct {
	Statement      int // index into Document.Statements
	Source, Target string
	SourceAt       int // token at which the source is named, -1 = the speaker, elsewhere
	TargetAt       int // token at which the target is named, -1 = understood
	Predicate      int // index into lexicons.Set.Predicates, -1 = none
	First, Last    int // tokens of the predicate
	Valence        float32
	Shift          float32 // factor of negation, refusal, hedges; 1 = none
	Shifters       []int   // tokens of the shifters
	Route          Route
}

// Route says along which construction a relation was found. Routes differ in
// how often they are right; the tone stage weighs them.
type Route uint8

// The routes.
const (
	SubjectObject  Route = iota // Albania denounced Serbia
	SubjectOwner                // Albania denounced Serbia's suppression
	SubjectOblique              // Lebanon complained about Israel
	SubjectFar                  // the target further off in the clause
	Nominal                     // US criticism of Cuba
	LightVerb                   // imposed sanctions on Iran
	Reciprocal                  // met, agreed
	PassiveBy                   // was accused by
	SpeakerAgent                // the speaker tells what the target did
	SpeakerVictim               // the speaker tells what the target suffered
	SpeakerAbout                // the speaker's coloured words about the target
	SpeakerDemand               // the speaker says what the target must do
	Appeal                      // urged the target to do something, by what that is
	SpeakerTopic                // the target is understood from the context
	SpeakerNear                 // the target is named in words that are coloured elsewhere
	ActorTopic                  // an actor does something whose target is understood
	InClause                    // the subject's predicate, and the target elsewhere in its clause
	Together                    // both are named around a predicate, no construction known
	NRoutes
)

// Salient is for how many sentences an actor that they do not name may be meant.
const Salient = 4

// SentenceAt returns the index of the sentence in which byte at stands.
func (d *Document) SentenceAt(at int) int {
	return max(0, sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].Start > at })-1)
}

// SentenceOf returns the index of the sentence that holds token i.
func (d *Document) SentenceOf(i int) int {
	return max(0, sort.Search(len(d.Sentences), func(k int) bool { return d.Sentences[k].First > i })-1)
}

// TurnOf returns the turn of sentence n.
func (d *Document) TurnOf(n int) *Turn { return &d.Turns[d.Sentences[n].Turn] }

// Text returns the words of tokens first to last, end exclusive.
func (d *Document) Text(first, last int) string {
	if first >= last {
		return ""
	}
	return d.Article.Text[d.Tokens[first].Start:d.Tokens[last-1].End]
}

// Span returns the span of tokens first to last, end exclusive.
func (d *Document) Span(first, last int) Span {
	if first >= last {
		return Span{}
	}
	return Span{int(d.Tokens[first].Start), int(d.Tokens[last-1].End)}
}

// Word returns one token's words.
func (d *Document) Word(i int) string { return d.Tokens[i].In(d.Article.Text) }
