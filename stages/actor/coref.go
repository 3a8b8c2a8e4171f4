package actor

import (
	"strings"

	"detente/lexicons"
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

// holder resolves a bare title or institution ("the president", "the
// ministry", "troops") to the country that the context gives it: the last
// mention with such a role, else the country of the sentence or of the one
// before, else the document's main country.
func (w *walk) holder(it item, r run) string {
	d := w.d
	role := it.role
	// "In Rabat, the ministry said"
	if ms := d.Mentions[d.Sentences[w.now].MentionFrom:]; len(ms) > 0 && ms[0].Place && w.isState(ms[0].Code) && ms[0].First <= d.Sentences[w.now].First+2 && ms[0].Last < len(d.Tokens) && d.Word(ms[0].Last) == "," {
		return stages.Country(ms[0].Code)
	}
	if code, ok := w.titles[strings.ToLower(d.Text(it.first, it.last))]; ok {
		return code
	}
	definite := d.Tags[r.first] == lexicons.Det && strings.EqualFold(d.Word(r.first), "the")
	if role.Kind == "people" && role.Sector == "" && !d.Tokens[r.first].Is(lexicons.Cap) && d.Tags[r.first] != lexicons.Det {
		return "" // "officials said", "residents": nobody's in particular
	}
	if role.Kind == "person" && !definite && !d.Tokens[r.first].Is(lexicons.Cap) {
		// "a spokesman", "officials said": whose side is the paper's guess.
		if d.Tags[r.first] == lexicons.Det && !strings.EqualFold(d.Word(r.first), "a") {
			return ""
		}
	}
	if d.Author != "" && d.Tokens[it.first].Is(lexicons.Cap) {
		return stages.Country(d.Author)
	}
	if w.home != "" {
		return w.home
	}
	for i := len(w.recent) - 1; i >= 0; i-- {
		c := w.recent[i]
		if c.Type == stages.ByPerson && role.Kind == "person" || c.Type == stages.ByName && !c.Place && w.isState(c.Code) {
			return stages.Country(c.Code)
		}
	}
	return stages.Country(w.top)
}

// pair gives "both sides", "the two countries" the two countries last spoken
// of.
func (w *walk) pair(m *stages.Mention) {
	var codes []string
	note := func(code string) {
		if code == "" || len(codes) == 2 {
			return
		}
		for _, c := range codes {
			if stages.Country(c) == stages.Country(code) {
				return
			}
		}
		codes = append(codes, code)
	}
	d := w.d
	// The parties come before those who speak to them: "Iran accused Israel …,
	// while France and Germany urged both sides".
	for i := d.Sentences[m.Sentence].MentionFrom; i < len(d.Mentions); i++ {
		if c := d.Mentions[i]; !c.Place {
			note(c.Code)
		}
	}
	for i := len(w.recent) - 1; i >= 0; i-- {
		if !w.recent[i].Place {
			note(w.recent[i].Code)
		}
	}
	if len(codes) == 2 {
		m.Code, m.More = codes[0], codes[1:]
		m.Plural = true
	}
}

// describe resolves "the bloc", "the organisation" (state false) or "the
// country", "its neighbour" (state true) to the last such actor.
func (w *walk) describe(m *stages.Mention, i int, state bool) {
	d := w.d
	if d.Tags[m.First] == lexicons.Det && strings.EqualFold(d.Word(m.First), "its") && state && strings.HasPrefix(strings.ToLower(d.Word(m.Head)), "neighbo") {
		// "its neighbour": the other country of the passage.
		own := stages.Mention{First: m.First, Last: m.First + 1, Head: m.First, Sentence: m.Sentence}
		w.antecedent(&own)
		for k := len(d.Mentions) - 1; k >= 0 && d.Mentions[k].Sentence >= m.Sentence-2; k-- {
			if c := stages.Country(d.Mentions[k].Code); c != "" && c != stages.Country(own.Code) && w.isState(c) {
				m.Code = c
				return
			}
		}
	}
	if d.Tags[m.First] != lexicons.Det || !strings.EqualFold(d.Word(m.First), "the") && !strings.EqualFold(d.Word(m.First), "this") && !strings.EqualFold(d.Word(m.First), "that") {
		return
	}
	for k := len(d.Mentions) - 1; k >= d.Sentences[m.Sentence].MentionFrom; k-- {
		if c := d.Mentions[k]; c.Code != "" && w.isState(c.Code) == state && c.Type == stages.ByName {
			m.Code = stages.Country(c.Code)
			return
		}
	}
	for k := len(w.recent) - 1; k >= 0; k-- {
		if c := w.recent[k]; w.isState(c.Code) == state && c.Type == stages.ByName {
			m.Code = stages.Country(c.Code)
			return
		}
	}
}
