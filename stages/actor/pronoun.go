package actor

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// pronoun emits a pronoun with what it refers to, where that is an actor.
func (w *walk) pronoun(m stages.Mention) {
	m.Type = stages.ByPronoun
	var glossed bool
	if m.Code, glossed = w.gloss(m.Last); !glossed && !w.expletive(m.First) {
		w.antecedent(&m)
	}
	w.emit(m)
}

// gloss returns whom the paper says in brackets at token i that a pronoun stands
// for, "they (the Danes) will answer", and whether it says so: "" where that is no
// actor, "it (the tariff) will hurt".
func (w *walk) gloss(i int) (code string, ok bool) {
	d := w.d
	last := d.Sentences[w.now].Last
	if i+2 >= last || d.Word(i) != "(" && d.Word(i) != "[" {
		return "", false
	}
	if k := w.itemAt(i + 1); k >= 0 && w.items[k].code != "" && w.items[k].last < len(d.Tokens) && closes(d.Word(w.items[k].last)) {
		return w.items[k].code, true
	}
	if d.Tags[i+1]&lexicons.Det == 0 {
		return "", false
	}
	for i += 2; i < last && !closes(d.Word(i)); i++ {
		if w.itemAt(i) >= 0 {
			return "", false
		}
	}
	return "", i < last
}

// closes reports whether a word is a closing bracket.
func closes(word string) bool { return word == ")" || word == "]" }

// expletive reports whether the "it" at token i only holds the place of what
// follows: "it is time to go", "it was Spain that left".
func (w *walk) expletive(i int) bool {
	d := w.d
	last := d.Sentences[w.now].Last
	can := func(i int) lexicons.POS {
		if i < last {
			return w.lex.Tags(d.Tokens[i].ID)
		}
		return 0
	}
	if !strings.EqualFold(d.Word(i), "it") || can(i+1)&lexicons.Be == 0 {
		return false
	}
	for i += 2; can(i)&(lexicons.Adv|lexicons.Det) != 0; i++ {
	}
	if i+1 >= last || d.Tags[i]&lexicons.Noun == 0 {
		return false
	}
	switch strings.ToLower(d.Word(i + 1)) {
	case "that", "who", "to", "for":
		return true
	}
	return false
}

// antecedent gives a pronoun the actor that it stands for: the nearest earlier
// one that agrees in number, gender and kind, subjects first (Lappin and Leass
// 1994, in the small). First and second persons are left to the attribution of
// quotations; outside quotations "we" is the author.
func (w *walk) antecedent(m *stages.Mention) {
	switch word := strings.ToLower(w.d.Word(m.First)); word {
	case "he", "him", "his", "himself":
		w.person(m, male)
	case "she", "her", "herself":
		w.person(m, female)
	case "it", "its", "itself":
		w.nearest(m, func(c *stages.Mention) bool {
			return c.Type != stages.ByPerson && !c.Plural && !w.human(c) && !(c.Place && (c.Sentence != m.Sentence || w.town(c))) && !w.heard(c)
		})
	case "both", "each":
		w.pair(m)
	case "they", "them", "their", "themselves":
		m.Plural = true
		w.several(m)
	case "we", "us", "our":
		m.Plural = true
		t := w.d.TurnOf(w.now)
		m.Code, m.Name = t.Code, t.Name
	case "i", "my", "me":
		t := w.d.TurnOf(w.now)
		m.Code, m.Name = t.Code, t.Name
	}
}

// town reports whether mention c, of the sentence in hand, is of a town.
func (w *walk) town(c *stages.Mention) bool {
	i := w.itemAt(c.Head)
	return i >= 0 && w.items[i].kind == actorItem && (w.items[i].form == lexicons.Capital || w.items[i].form == lexicons.City)
}

// heard reports whether mention c is of a medium that the sentence names for
// having been told, not for telling: "one official told Reuters".
func (w *walk) heard(c *stages.Mention) bool {
	return strings.HasSuffix(c.Code, "-MED") && c != &w.d.Mentions[w.d.Sentences[c.Sentence].MentionFrom]
}

// gender is what pronouns have told of a person.
type gender uint8

const (
	unknownGender gender = iota
	male
	female
)

// person resolves "he" and "she", and notes what they tell of the gender.
func (w *walk) person(m *stages.Mention, g gender) {
	w.nearest(m, func(c *stages.Mention) bool {
		known := w.genders[c.Name]
		return w.human(c) && (c.Name == "" || known == unknownGender || known == g)
	})
	if m.Name != "" {
		w.genders[m.Name] = g
	}
}

// human reports whether mention c is of one person.
func (w *walk) human(c *stages.Mention) bool {
	switch {
	case c.Type == stages.ByPerson:
		return c.Code != "" || w.acts(c)
	case c.Type != stages.ByRole && c.Type != stages.ByName || c.Plural:
		return false
	}
	s := w.d.Sentences[c.Sentence]
	for _, x := range w.d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.RoleUnit && x.Start <= c.Head && c.Head < x.End && w.lex.Roles[x.Ref].Kind == "person" {
			return true
		}
	}
	return false
}

// acts reports whether an unknown name is the subject of a verb, and so a
// person rather than a place or a title.
func (w *walk) acts(c *stages.Mention) bool {
	const finite = lexicons.Past | lexicons.Third
	return c.Last < len(w.d.Tags) && w.d.Tags[c.Last]&finite != 0 || c.First > 0 && w.d.Tags[c.First-1]&finite != 0
}

// nearest gives m the actor of the first earlier mention that fits: of its own
// sentence, from the beginning, then of the sentence before, and so on. What is
// a pronoun's is passed on.
func (w *walk) nearest(m *stages.Mention, fits func(*stages.Mention) bool) {
	d := w.d
	take := func(c *stages.Mention) { m.Code, m.More, m.Name = c.Code, c.More, c.Name }
	word := strings.ToLower(d.Word(m.First))
	here := d.Mentions[d.Sentences[m.Sentence].MentionFrom:]
	all := fits
	fits = func(c *stages.Mention) bool {
		return all(c) && !w.actsOn(c, m) && !(c.Sentence == m.Sentence && w.quoted(c.First) && !w.quoted(m.First))
	}
	if c := w.doer(m, here); c != nil && fits(c) {
		take(c)
		return
	}
	if c := w.matrix(m, here); c != nil && fits(c) {
		take(c)
		return
	}
	for _, place := range []bool{false, true} {
		for i := range here {
			c := &here[i]
			if strings.HasSuffix(word, "self") { // "accused Spain of helping itself"
				c = &here[len(here)-1-i]
			}
			if c.Type != stages.ByPronoun && c.Place == place && c.Last > w.line && fits(c) && c.Last <= m.First && !c.Attributive && (c.Code != "" || c.Name != "" || w.human(c)) {
				take(c)
				return
			}
		}
	}
	of := w.class(word)
	for back := 1; back <= 3 && m.Sentence-back >= 0; back++ {
		s := d.Sentences[m.Sentence-back]
		for pass := 0; pass < 2; pass++ {
			for i := s.MentionFrom; i < s.MentTo; i++ {
				c := &d.Mentions[i]
				if c.Type == stages.ByPronoun {
					if pass == 0 && (c.Code != "" || c.Name != "") && !c.Plural && w.class(strings.ToLower(d.Word(c.First))) == of {
						take(c)
						return
					}
					continue
				}
				if (c.Code != "" || c.Name != "" && pass == 0) && fits(c) && (pass == 1 || !c.Attributive && !c.Place) {
					take(c)
					return
				}
			}
		}
	}
}

// quoted reports whether token i stands in a quotation: `"Japan is wrong," its
// spokesman said` is not of Japan's.
func (w *walk) quoted(i int) bool {
	for _, q := range w.d.Quotations {
		if q.First <= i && i < q.Last {
			return true
		}
	}
	return false
}

// actsOn reports whether mention c is the subject of the clause in which pronoun m
// is an object, and so another: "a lawmaker shouted at him" (principle B; Chomsky
// 1981).
func (w *walk) actsOn(c, m *stages.Mention) bool {
	d := w.d
	if c.Sentence != m.Sentence || c.Last > m.First {
		return false
	}
	switch strings.ToLower(d.Word(m.First)) {
	case "him", "them":
	case "her":
		if m.Last < len(d.Tags) && d.Tags[m.Last]&(lexicons.Noun|lexicons.Adj) != 0 {
			return false // "her minister"
		}
	default:
		return false
	}
	verbs := 0
	for i := c.Last; i < m.First; i++ {
		switch tag := d.Tags[i]; {
		case tag&lexicons.Verb != 0:
			verbs++
		case d.Tokens[i].Is(lexicons.Punct), tag == lexicons.Subord, tag == lexicons.Pron:
			return false
		}
	}
	return verbs == 1 && d.Tags[c.Last]&(lexicons.Verb|lexicons.Aux|lexicons.Adv) != 0
}

// doer returns the actor of the sentence whose own the thing behind "its" is,
// because nothing but verbs stands between: "Norway urged Mali to halt its
// offensive". Who "violates its airspace" does it to another. It is nil for none.
func (w *walk) doer(m *stages.Mention, here []stages.Mention) *stages.Mention {
	d := w.d
	if len(here) < 2 || !strings.EqualFold(d.Word(m.First), "its") {
		return nil
	}
	c := &here[len(here)-1]
	if c.Type == stages.ByPronoun || c.Attributive || c.Possessive || c.Code == "" || c.Last >= m.First || m.First-c.Last > 4 {
		return nil
	}
	const verbal = lexicons.Verb | lexicons.Aux | lexicons.Adv
	for i := c.Last; i < m.First; i++ {
		if d.Tags[i]&verbal == 0 && !strings.EqualFold(d.Word(i), "to") {
			return nil
		}
	}
	s := d.Sentences[m.Sentence]
	for _, x := range d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.PredicateUnit && x.Start >= c.Last && x.End == m.First {
			if p := &w.lex.Predicates[x.Ref]; len(p.Target) > 0 && p.Target[0] == "obj" && (p.Valence > 0.25 || p.Valence < -0.25) {
				return nil
			}
		}
	}
	return c
}

// matrix returns the subject of the clause that "if it …", "after it …" stands
// beside: in "Norway said Mali would be punished if it attacked" Mali. It is nil
// where no such words stand there or the sentence has but one subject.
func (w *walk) matrix(m *stages.Mention, here []stages.Mention) *stages.Mention {
	d := w.d
	if m.First == 0 || !strings.EqualFold(d.Word(m.First), "it") {
		return nil
	}
	switch strings.ToLower(d.Word(m.First - 1)) {
	case "if", "unless", "after", "when", "until", "because", "once":
	default:
		return nil
	}
	const finite = lexicons.Past | lexicons.Third | lexicons.Aux
	for i := len(here) - 1; i >= 0; i-- {
		if c := &here[i]; c.Type != stages.ByPronoun && !c.Attributive && !c.Possessive && c.Code != "" && c.Last < m.First && d.Tags[c.Last]&finite != 0 {
			return c
		}
	}
	return nil
}

// class parts the pronouns that can stand for the same.
func (w *walk) class(word string) gender {
	switch word {
	case "he", "him", "his", "himself":
		return male
	case "she", "her", "herself":
		return female
	}
	return unknownGender
}

// several resolves "they": a pair or plural of the same sentence, the subject
// of the sentence before where it is several, the last plural.
func (w *walk) several(m *stages.Mention) {
	d := w.d
	take := func(c *stages.Mention) { m.Code, m.More, m.Name = c.Code, c.More, c.Name }
	sent := d.Sentences[m.Sentence]
	// "Maduro and Psaki signalled their desire": both of them.
	for i := len(d.Mentions) - 1; i > sent.MentionFrom; i-- {
		if w.both(&d.Mentions[i-1], &d.Mentions[i]) {
			w.list(m, i)
			return
		}
	}
	for i := len(d.Mentions) - 1; i >= sent.MentionFrom; i-- {
		if c := &d.Mentions[i]; c.Plural && c.Code != "" && c.Type != stages.ByPronoun {
			take(c)
			return
		}
	}
	// "CELAC's declaration at their summit": a body is its members.
	for i := len(d.Mentions) - 1; i >= sent.MentionFrom; i-- {
		if c := &d.Mentions[i]; c.Type == stages.ByName && c.Code != "" && !w.isState(c.Code) && !c.Place {
			take(c)
			return
		}
	}
	for back := 1; back <= 2 && m.Sentence-back >= 0; back++ {
		s := d.Sentences[m.Sentence-back]
		for i := s.MentionFrom; i < s.MentTo; i++ {
			c := &d.Mentions[i]
			if c.Attributive || c.Place || c.Code == "" {
				continue
			}
			switch {
			case w.listed(i, s.MentTo) > i:
				w.list(m, w.listed(i, s.MentTo))
				return
			case c.Plural || len(c.More) > 0:
				take(c)
				return
			}
			break
		}
	}
	for i := len(w.recent) - 1; i >= 0; i-- {
		c := &d.Mentions[w.recent[i]]
		if c.Sentence < m.Sentence-2 {
			break
		}
		if c.Plural {
			m.Code, m.More = c.Code, c.More
			return
		}
	}
	w.nearest(m, func(c *stages.Mention) bool { return c.Type != stages.ByPerson })
}

// list gives m the codes of all that mention last ends the list of: "Chad, Egypt
// and Sudan".
func (w *walk) list(m *stages.Mention, last int) {
	d := w.d
	first := last - 1
	for first > 0 && w.comma(first-1) {
		first--
	}
	m.Code, m.More = d.Mentions[first].Code, nil
	for _, c := range d.Mentions[first+1 : last+1] {
		if c.Code != m.Code && !slices.Contains(m.More, c.Code) {
			m.More = append(m.More, c.Code)
		}
	}
}

// listed returns the mention that ends the list that mention i begins, i where
// it begins none.
func (w *walk) listed(i, to int) int {
	k := i
	for k+1 < to && w.comma(k) {
		k++
	}
	if k+1 < to && w.both(&w.d.Mentions[k], &w.d.Mentions[k+1]) {
		return k + 1
	}
	return i
}

// comma reports whether nothing but a comma stands between mention i and the next
// of its kind.
func (w *walk) comma(i int) bool {
	a, b := &w.d.Mentions[i], &w.d.Mentions[i+1]
	return a.Sentence == b.Sentence && b.First-a.Last == 1 && w.d.Word(a.Last) == "," && a.Code != "" && b.Code != "" && a.Type == b.Type && !a.Attributive
}

// both reports whether two mentions are joined by "and" and may be meant by one
// pronoun.
func (w *walk) both(a, b *stages.Mention) bool {
	at := a.Last
	if b.First-at == 2 && w.d.Word(at) == "," {
		at++
	}
	return b.First-at == 1 && strings.EqualFold(w.d.Word(at), "and") && a.Code != "" && b.Code != "" && a.Code != b.Code && !b.Place &&
		a.Type != stages.ByPronoun && b.Type != stages.ByPronoun
}
