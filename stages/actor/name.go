package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// isName reports whether tokens first to last are all capitalised words.
func (w *walk) isName(first, last int) bool {
	if first >= last {
		return false
	}
	for t := first; t < last; t++ {
		tok := w.d.Tokens[t]
		if !tok.Is(lexicons.Cap) && !(tok.Is(lexicons.Punct) && t > first) {
			if particle(w.d.Word(t)) {
				continue
			}
			return false
		}
	}
	return true
}

// particle reports whether a word in small letters can stand within a name.
func particle(word string) bool {
	switch word {
	case "bin", "al", "de", "van", "von", "der", "da", "dos", "del", "el", "ibn", "un", "il", "ur", "bint", "la":
		return true
	}
	return false
}

// unknown handles a run without known words: a name that an apposition
// explains ("Roy Denman, head of the EC delegation,").
func (w *walk) unknown(m stages.Mention, i int) int {
	r := w.runs[i]
	d := w.d
	first := r.first
	for first < r.last && d.Tags[first] == lexicons.Det {
		first++
	}
	if r.last-first < 2 || !w.isName(first, r.last) {
		return 0
	}
	m.Type, m.Name, m.First = stages.ByPerson, d.Text(first, r.last), first
	taken := w.apposition(i, &m, false)
	if m.Code == "" && w.acts(&m) {
		m.Code = w.foretold()
	}
	if m.Code == "" {
		m.Place = false
		// An unknown name may still speak; it has no code.
		w.emit(m)
		return 0
	}
	w.introduce(m.Name, m.Code)
	w.emit(m)
	return taken
}

// foretold returns whose office the sentence before has for its subject without a
// name, which this one gives: "Lebanon's power minister resigned. … Fadi Haddad
// said"; "" for none.
func (w *walk) foretold() string {
	if w.now == 0 {
		return ""
	}
	s := w.d.Sentences[w.now-1]
	for i := s.MentionFrom; i < s.MentTo; i++ {
		c := &w.d.Mentions[i]
		if c.Attributive || c.Place || c.Last <= w.line {
			continue
		}
		if c.Type != stages.ByPerson && c.Type != stages.ByPronoun && c.Name == "" && w.human(c) {
			return c.Code
		}
		return ""
	}
	return ""
}

// apposition looks for an explanation after a comma behind run i: a role for a
// name, or a name for a role. It gives m the code that the explanation has and
// returns the number of runs taken.
func (w *walk) apposition(i int, m *stages.Mention, known bool) int {
	d := w.d
	if i+1 >= len(w.runs) {
		return 0
	}
	last := m.Last
	next := w.runs[i+1]
	if last >= len(d.Tokens) || d.Word(last) != "," || next.first != last+1 || next.pronoun {
		return 0
	}
	if len(next.items) == 0 {
		// "A State Department spokesperson, Morgan Ortagus, said"
		if m.Type == stages.ByRole || m.Type == stages.ByName && !m.Plural {
			if w.isName(next.first, next.last) && next.last-next.first >= 2 && next.last < len(d.Tokens) && d.Word(next.last) == "," {
				m.Name = d.Text(next.first, next.last)
				m.Last = next.last
				m.Type = stages.ByPerson
				w.introduce(m.Name, m.Code)
				return 1
			}
		}
		return 0
	}
	it := next.items[len(next.items)-1]
	if end := next.last; m.Type == stages.ByRole && it.kind == actorItem && it.form == lexicons.Name && it.first == next.first && it.last == end && !next.possessive &&
		(end == len(d.Tokens) || d.Word(end) == "," || d.Word(end) == "." || d.Word(end) == ";") && (end+1 >= len(d.Tokens) || d.Word(end) != "," || !d.Tokens[end+1].Is(lexicons.Cap)) {
		m.Code, m.Last = it.code, end // "the mediator, Libya,"
		return 1
	}
	if of := i + 2; m.Type == stages.ByPerson && next.possessive && it.kind == actorItem && of < len(w.runs) && w.runs[of].first == next.last+1 && len(w.runs[of].items) > 0 {
		// "Celso Tavares, Brazil's chief negotiator"
		r := w.runs[of]
		if role := r.items[len(r.items)-1]; role.kind == roleItem && (role.role.Kind == "person" || role.role.Kind == "owned") && role.last-1 == r.head {
			if m.Code == "" {
				m.Code = w.sector(it.code, role.role)
			}
			m.Last = r.last
			return 2
		}
		return 0
	}
	if m.Type == stages.ByPerson {
		var role *item
		for k := range next.items {
			if it := &next.items[k]; it.kind == roleItem && (it.role.Kind == "person" || it.role.Kind == "owned") {
				role = it // "head of the EC delegation", "a farmer"
			}
		}
		if role == nil || role.last-1 != next.head && role.last-1 < next.head-1 {
			return 0
		}
		p := stages.Mention{First: next.first, Last: next.last, Sentence: m.Sentence}
		taken := 0
		code := w.owner(next, i+1, &p, &taken)
		if code == "" && !known {
			code = w.holder(*role, next)
		}
		if m.Code == "" {
			m.Code = w.sector(code, role.role)
		}
		if m.Code == "" {
			return 0
		}
		m.Last = p.Last
		return 1 + taken
	}
	if it.kind == personItem && it.last-1 == next.head && (m.Code == "" || stages.Country(it.code) == stages.Country(m.Code) || it.code == "") {
		m.Name, m.Last, m.Type = it.name, next.last, stages.ByPerson
		if m.Code == "" {
			m.Code = it.code
		}
		return 1
	}
	return 0
}

// introduce notes a person under the last word of the name.
func (w *walk) introduce(name, code string) {
	if code == "" || name == "" {
		return
	}
	fields := strings.Fields(name)
	last := lexicons.Fold(strings.Trim(fields[len(fields)-1], ".,"))
	if len(last) < 3 || w.lex.Tags(w.lex.ID(last))&(lexicons.Det|lexicons.Prep|lexicons.Pron) != 0 {
		return
	}
	if i := strings.LastIndexByte(last, '-'); i > 0 && len(fields) > 1 {
		w.know(last[i+1:], &person{name, code})
	}
	w.know(last, &person{name, code})
}

// entitle notes whose a role is, for when it is named alone later.
func (w *walk) entitle(it item, code string) {
	if code == "" {
		return
	}
	title := strings.ToLower(w.d.Text(it.first, it.last))
	w.titles[title] = stages.Country(code)
	if i := strings.LastIndexByte(title, ' '); i > 0 {
		w.titles[title[i+1:]] = stages.Country(code)
	}
	if i := strings.IndexByte(title, ' '); i > 0 && strings.Contains(title, " of ") {
		w.titles[title[:i]] = stages.Country(code) // "Secretary of State", later "the Secretary"
	}
}
