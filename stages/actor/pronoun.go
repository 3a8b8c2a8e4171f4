package actor

import (
	"strings"

	"detente/stages"
)

// pronoun emits a pronoun with what it refers to, where that is an actor.
func (w *walk) pronoun(m stages.Mention) {
	m.Type = stages.ByPronoun
	w.antecedent(&m)
	w.emit(m)
}

// antecedent gives a pronoun the actor that it stands for: the nearest earlier
// one that agrees in number and kind, subjects first (Lappin and Leass 1994,
// in the small). First and second persons are left to the attribution of
// quotations; outside quotations "we" is the author.
func (w *walk) antecedent(m *stages.Mention) {
	d := w.d
	word := strings.ToLower(d.Word(m.First))
	m.Plural = word == "they" || word == "them" || word == "their" || word == "we" || word == "us" || word == "our" || word == "themselves"
	sent := d.Sentences[m.Sentence]
	var fits func(c *stages.Mention) bool
	switch word {
	case "he", "she", "him", "her", "his", "himself", "herself":
		fits = func(c *stages.Mention) bool {
			return c.Type == stages.ByPerson || c.Type == stages.ByRole && !c.Plural
		}
	case "it", "its", "itself":
		fits = func(c *stages.Mention) bool {
			return c.Type != stages.ByPerson && !c.Plural && !(c.Place && c.Sentence != m.Sentence)
		}
	case "they", "them", "their", "themselves":
		fits = func(c *stages.Mention) bool { return c.Type != stages.ByPerson }
		best := -1
		for i := len(w.recent) - 1; i >= 0 && w.recent[i].Sentence >= m.Sentence-2; i-- {
			if w.recent[i].Plural {
				best = i
				break
			}
		}
		// "Maduro and Psaki signalled their desire": both of them.
		for i := len(d.Mentions) - 1; i > sent.MentionFrom; i-- {
			a, b := &d.Mentions[i-1], &d.Mentions[i]
			if b.First-a.Last == 1 && strings.EqualFold(d.Word(a.Last), "and") && a.Code != "" && b.Code != "" && a.Code != b.Code && !b.Place && a.Type != stages.ByPronoun && b.Type != stages.ByPronoun {
				m.Code, m.More = a.Code, []string{b.Code}
				return
			}
		}
		for i := len(d.Mentions) - 1; i >= sent.MentionFrom; i-- {
			if c := &d.Mentions[i]; c.Plural && c.Code != "" && c.Type != stages.ByPronoun {
				m.Code, m.More, m.Name = c.Code, c.More, c.Name
				return
			}
		}
		if best >= 0 {
			m.Code, m.More = w.recent[best].Code, w.recent[best].More
			return
		}
	case "we", "us", "our", "i", "my", "me":
		m.Code = d.Author
		m.Name = d.AuthorName
		return
	default:
		return
	}
	// This sentence first, from its beginning: the subject.
	for i := sent.MentionFrom; i < len(d.Mentions); i++ {
		c := &d.Mentions[i]
		if c.Code != "" && c.Type != stages.ByPronoun && fits(c) && c.Last <= m.First && !c.Attributive {
			m.Code, m.More, m.Name = c.Code, c.More, c.Name
			return
		}
	}
	// Then the sentence before, from its beginning, and so on.
	for back := 1; back <= 3 && m.Sentence-back >= 0; back++ {
		s := d.Sentences[m.Sentence-back]
		for pass := 0; pass < 2; pass++ {
			for i := s.MentionFrom; i < s.MentTo; i++ {
				c := &d.Mentions[i]
				if c.Code != "" && fits(c) && (pass == 1 || !c.Attributive && !c.Place) {
					m.Code, m.More, m.Name = c.Code, c.More, c.Name
					return
				}
				if pass == 0 && c.Type == stages.ByPronoun && c.Code != "" && (c.Name != "") == strings.Contains(" he she him her his ", " "+word+" ") && !c.Plural {
					m.Code, m.More, m.Name = c.Code, c.More, c.Name
					return
				}
			}
		}
	}
}
