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
	about := false // the title names somebody else than the author
	for _, c := range d.About {
		about = about || c != d.Author
	}
	named := -1 - stages.Salient // the last sentence that names somebody else
	for n := range d.Sentences {
		s := &d.Sentences[n]
		if actor(d, s) {
			named = n
		}
		for q < len(d.Quotations) && d.Quotations[q].Last <= s.First {
			q++
		}
		s.Parsed = s.First < s.Last && (quotes(d, q, s) || w.tells(d, s, about || n-named <= stages.Salient))
	}
}

// actor reports whether s names an actor other than the author.
func actor(d *stages.Document, s *stages.Sentence) bool {
	for i := s.MentionFrom; i < s.MentTo; i++ {
		if c := d.Mentions[i].Code; c != "" && c != d.Author {
			return true
		}
	}
	return false
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

// tells reports whether s has a word that reports speech, or a coloured word with an actor
// to say it of. An author who speaks for a government has no need to be named,
// and does not count as another: of such sentences without anybody else only
// strong words are looked at, and these only where somebody may be meant.
func (w *Worth) tells(d *stages.Document, s *stages.Sentence, meant bool) bool {
	actor := actor(d, s)
	somebody := actor
	for i := s.MentionFrom; i < s.MentTo; i++ {
		somebody = somebody || d.Mentions[i].Code == ""
	}
	for _, m := range d.Matches[s.MatchFrom:s.MatchTo] {
		switch m.Unit {
		case lexicons.ShifterUnit:
			if actor && w.lex.Shifters[m.Ref].Kind == "demand" {
				return true
			}
		case lexicons.PredicateUnit:
			p := &w.lex.Predicates[m.Ref]
			if p.Flags&lexicons.Content != 0 && (somebody || d.Author == "") && reports(d, m, actor) {
				return true
			}
			const slight, strong = 0.1, 0.4
			if v := max(p.Valence, -p.Valence); actor && v >= slight || d.Author != "" && meant && v >= strong {
				return true
			}
		}
	}
	return actor && w.apart(d, s)
}

// reports reports whether a word that takes reported speech does so here: a verb
// where it is tagged as one, a noun or an adjective ("the statement") only where
// an actor is named whose it may be.
func reports(d *stages.Document, m lexicons.Match, actor bool) bool {
	if m.POS&lexicons.Verb != 0 {
		return d.Tags[m.Start]&lexicons.Verb != 0
	}
	return actor || m.POS&(lexicons.Noun|lexicons.Adj) == 0
}

// apart reports whether s has a verb and a noun or particle that say more together
// than alone, which stand apart: "swapped 200 prisoners", "drove the rebels out".
func (w *Worth) apart(d *stages.Document, s *stages.Sentence) bool {
	const near = 7
	for v := s.First; v < s.Last; v++ {
		if d.Tags[v]&lexicons.Verb == 0 || w.lex.Tags(d.Tokens[v].ID)&lexicons.Pairs == 0 {
			continue
		}
		for n := v + 1; n < min(s.Last, v+near); n++ {
			if d.Tags[n]&(lexicons.Noun|lexicons.Adv|lexicons.Prep) != 0 && w.lex.Pair(d.Tokens[v].ID, d.Tokens[n].ID) >= 0 {
				return true
			}
		}
	}
	return false
}
