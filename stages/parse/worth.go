package parse

import (
	"cmp"
	"math"
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// Worth tells the sentences that can hold a statement from the others, about
// half of all, which nobody looks at more closely. It is safe for concurrent
// use.
type Worth struct {
	lex           *lexicons.Set
	he, she, they uint32
}

// NewWorth returns a Worth on lex.
func NewWorth(lex *lexicons.Set) *Worth {
	return &Worth{lex: lex, he: lex.ID("he"), she: lex.ID("she"), they: lex.ID("they")}
}

// Mark sets Parsed of the document's sentences that can hold a statement.
func (w *Worth) Mark(d *stages.Document) {
	const near = 2 // for how many sentences somebody is meant whom the title does not name
	q := 0
	about := slices.ContainsFunc(d.About, func(c string) bool { return abroad(d, &d.Turns[0], c) })
	named := -1 - stages.Salient // the last sentence that names somebody abroad: none yet
	spoke := d.Author            // who had the last turn
	for n := range d.Sentences {
		s := &d.Sentences[n]
		for q < len(d.Quotations) && d.Quotations[q].Last <= s.First {
			q++
		}
		p := w.who(d, s)
		if p.abroad {
			named = n
		}
		if c := p.turn.Code; c != "" && c != spoke {
			if abroad(d, p.turn, spoke) {
				named = n // who answers somebody speaks to him
			}
			spoke = c
		}
		p.meant = n-named <= near || about && n-named <= stages.Salient
		s.Parsed = s.First < s.Last && !p.turn.Question && (quotes(d, q, s) || w.tells(d, s, p))
	}
}

// party is who a sentence can tell something of.
type party struct {
	turn   *stages.Turn
	actor  bool // an actor other than the speaker is named
	abroad bool // one from outside the speaker's country is
	meant  bool // one may be meant
	sayer  int  // the first token that names somebody unknown who can have said it, or nobody
}

// nobody is behind all tokens.
const nobody = math.MaxInt

// who returns whom s names.
func (w *Worth) who(d *stages.Document, s *stages.Sentence) party {
	p := party{turn: &d.Turns[s.Turn], sayer: nobody}
	for i := s.MentionFrom; i < s.MentTo; i++ {
		m := &d.Mentions[i]
		switch {
		case m.Code != "":
			p.actor = p.actor || m.Code != p.turn.Code
			p.abroad = p.abroad || abroad(d, p.turn, m.Code)
		case p.sayer == nobody && w.says(d, m):
			p.sayer = m.First
		}
	}
	return p
}

// says reports whether m, whom nobody knows, can have said something: all but
// "you", "it", "everyone" and the like can.
func (w *Worth) says(d *stages.Document, m *stages.Mention) bool {
	id := d.Tokens[m.Head].ID
	return m.Type != stages.ByPronoun || id == w.he || id == w.she || id == w.they
}

// abroad reports whether c is an actor outside the country of whose turn it is, or of
// the author who is asked.
func abroad(d *stages.Document, t *stages.Turn, c string) bool {
	return c != "" && stages.Country(c) != stages.Country(cmp.Or(t.Code, d.Author))
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

// tells reports whether s has a word that reports speech of somebody else than the
// author, or a coloured word with an actor to say it of. An author who speaks for
// a government has no need to be named, and what he says he says with the whole
// text: of his sentences without anybody else only strong words are looked at, and
// these only where somebody abroad may be meant.
func (w *Worth) tells(d *stages.Document, s *stages.Sentence, p party) bool {
	const slight, strong = 0.1, 0.4
	for _, m := range d.Matches[s.MatchFrom:s.MatchTo] {
		switch m.Unit {
		case lexicons.ShifterUnit:
			if p.actor && w.lex.Shifters[m.Ref].Kind == "demand" {
				return true
			}
		case lexicons.PredicateUnit:
			x := &w.lex.Predicates[m.Ref]
			v := max(x.Valence, -x.Valence)
			telling := x.Flags&lexicons.Content != 0 && reports(d, m, p) || p.actor && v >= slight || p.turn.Code != "" && p.meant && v >= strong
			if telling && !inName(d, s, m) {
				return true
			}
		}
	}
	return p.actor && w.apart(d, s)
}

// inName reports whether word m is a part of an actor's name: "the United States".
func inName(d *stages.Document, s *stages.Sentence, m lexicons.Match) bool {
	if m.End-m.Start > 1 || m.Start == s.First || !d.Tokens[m.Start].Is(lexicons.Cap) {
		return false
	}
	for i := s.MentionFrom; i < s.MentTo; i++ {
		if x := &d.Mentions[i]; x.First <= m.Start && m.Start < x.Last {
			return x.Code != ""
		}
	}
	return false
}

// reports reports whether a word that takes reported speech does so here: a verb
// where it is tagged as one, a noun or an adjective ("the statement") only where
// an actor is named whose it may be. In a government's own text somebody else must
// be named before it, or soon behind ("said a spokesman").
func reports(d *stages.Document, m lexicons.Match, p party) bool {
	const soon = 5
	if p.turn.Code != "" && !p.actor && p.sayer >= m.End+soon {
		return false
	}
	if m.POS&lexicons.Verb != 0 {
		return d.Tags[m.Start]&lexicons.Verb != 0
	}
	return p.actor || m.POS&(lexicons.Noun|lexicons.Adj) == 0
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
