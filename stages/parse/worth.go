package parse

import (
	"detente/lexicons"
	"detente/stages"
)

// Worth tells the sentences that can hold a statement from the others, about
// half of all, which nobody looks at more closely. It is safe for concurrent
// use.
type Worth struct {
	lex *lexicons.Set
}

// NewWorth returns a Worth on lex.
func NewWorth(lex *lexicons.Set) *Worth { return &Worth{lex} }

// Mark sets Parsed of the document's sentences that can hold a statement.
func (w *Worth) Mark(d *stages.Document) {
	q := 0
	for n := range d.Sentences {
		s := &d.Sentences[n]
		for q < len(d.Quotations) && d.Quotations[q].Last <= s.First {
			q++
		}
		s.Parsed = s.First < s.Last && (quotes(d, q, s) || w.tells(d, s))
	}
}

// quotes reports whether one of the quotations from q on has words of s.
func quotes(d *stages.Document, q int, s *stages.Sentence) bool {
	for _, quote := range d.Quotations[q:] {
		if quote.First >= s.Last {
			return false
		}
		if !quote.Nested && max(quote.First, s.First) < min(quote.Last, s.Last) {
			return true
		}
	}
	return false
}

// tells reports whether s has a reporting predicate, or a coloured one with
// somebody to say it of.
func (w *Worth) tells(d *stages.Document, s *stages.Sentence) bool {
	someone := d.Author != ""
	for i := s.MentionFrom; i < s.MentTo && !someone; i++ {
		someone = d.Mentions[i].Code != ""
	}
	for _, m := range d.Matches[s.MatchFrom:s.MatchTo] {
		if m.Unit != lexicons.PredicateUnit {
			if someone && m.Unit == lexicons.ShifterUnit && w.lex.Shifters[m.Ref].Kind == "demand" {
				return true
			}
			continue
		}
		p := &w.lex.Predicates[m.Ref]
		if p.Flags&lexicons.Content != 0 || someone && (p.Valence >= 0.1 || p.Valence <= -0.1) {
			return true
		}
	}
	return false
}
