package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// sentence finds the mentions of one sentence.
func (w *walk) sentence(n int) {
	d := w.d
	w.now = n
	s := &d.Sentences[n]
	w.collect(s)
	w.chunk(s)
	for i := 0; i < len(w.runs); i++ {
		i += w.mention(n, i)
	}
	w.coordinate(n)
	// Later sentences refer back to these.
	for _, m := range d.Mentions[s.MentionFrom:] {
		if m.Code != "" && m.Type != stages.ByPronoun {
			w.remember(m)
		}
	}
}

func (w *walk) remember(m stages.Mention) {
	const memory = 24
	if len(w.recent) == memory {
		copy(w.recent, w.recent[1:])
		w.recent = w.recent[:memory-1]
	}
	w.recent = append(w.recent, m)
}

func (w *walk) emit(m stages.Mention) {
	w.d.Mentions = append(w.d.Mentions, m)
}

// mention turns run i to mentions and returns how many further runs it took
// (an apposition, "of France").
func (w *walk) mention(n, i int) (taken int) {
	d := w.d
	r := w.runs[i]
	m := stages.Mention{First: r.first, Last: r.last, Head: r.head, Sentence: n, Possessive: r.possessive}
	if r.pronoun {
		w.pronoun(m)
		return 0
	}
	if first := d.Tags[r.first]; first == lexicons.Det && len(r.items) == 0 {
		switch strings.ToLower(d.Word(r.first)) {
		case "his", "her", "its", "their", "our", "my":
			p := m
			p.First, p.Last, p.Head, p.Possessive = r.first, r.first+1, r.first, true
			p.Attributive = true
			w.pronoun(p)
			return 0
		}
	}
	switch strings.ToLower(d.Word(r.first)) {
	case "his", "her": // tells who is a man or a woman
		p := stages.Mention{First: r.first, Last: r.first + 1, Head: r.first, Sentence: n}
		w.antecedent(&p)
	}
	m.Place = w.place(r)
	if len(r.items) == 0 {
		return w.unknown(m, i)
	}
	last := r.items[len(r.items)-1]
	head := r.head
	covered := last.first <= head && head < last.last
	if !covered && last.last <= head && w.isName(last.last, head+1) && last.kind == roleItem && last.role.Kind == "person" {
		// "State Department spokesman Charles Redman"
		code := w.owner(r, i, &m, &taken)
		if code == "" {
			code = w.holder(last, r)
		}
		m.Code, m.Type, m.Head = w.sector(code, last.role), stages.ByPerson, head
		m.Name = d.Text(last.last, head+1)
		w.introduce(m.Name, m.Code)
		w.entitle(last, m.Code)
		w.emit(m)
		return taken
	}
	if !covered && last.kind == actorItem && last.form == lexicons.Adjective {
		// "the French novelist Marie Duval"
		k := last.last
		for k < r.last && !d.Tokens[k].Is(lexicons.Cap) && d.Tags[k]&lexicons.Noun != 0 {
			k++
		}
		if k > last.last && r.last-k >= 2 && w.isName(k, r.last) {
			m.Code, m.Type, m.Head, m.Name, m.Place = w.citizen(last.code), stages.ByPerson, r.last-1, d.Text(k, r.last), false
			w.introduce(m.Name, m.Code)
			w.emit(m)
			return taken
		}
	}
	if !covered {
		// "Iranian missiles", "the Trump administration's plan"
		for _, it := range r.items {
			if it.kind == roleItem && it.role.Kind != "organ" {
				continue
			}
			a := m
			a.First, a.Last, a.Attributive = it.first, it.last, true
			if a.Place && it.form != lexicons.Name && it.form != lexicons.Capital && it.form != lexicons.City {
				a.Place = false
			}
			a.Code, a.Name = it.code, it.name
			if it.kind == personItem {
				a.Type = stages.ByPerson
			}
			if a.Code == "" {
				continue
			}
			w.emit(a)
		}
		if o := w.possessor(r, i); o != nil && len(r.items) == 1 && r.items[0].kind == roleItem {
			return 0
		}
		return 0
	}
	switch last.kind {
	case personItem:
		m.Code, m.Name, m.Type = last.code, last.name, stages.ByPerson
		if k := len(r.items) - 2; k >= 0 && r.items[k].kind == roleItem {
			w.entitle(r.items[k], m.Code)
		}
		// The title that stands before says more than the lexicon does:
		// "opposition leader X", "former president X" aside.
		if m.Code == "" {
			m.Code = w.owner(r, i, &m, &taken)
		}
		if next := w.ofCountry(i+taken, &m); next != "" && len(r.items) > 1 {
			taken++
			if stages.Country(next) != stages.Country(m.Code) {
				// "President Tan of Malaysia" is a namesake.
				m.Code, m.Name = next, d.Text(last.first, last.last)
				last.name = m.Name
			}
		}
		w.introduce(last.name, m.Code)
		w.introduce(d.Text(last.first, last.last), m.Code)
		taken += w.apposition(i+taken, &m, true)
		m.Place = false
	case actorItem:
		m.Code = last.code
		m.Plural = last.form == lexicons.Demonym
		if last.form == lexicons.Organ {
			w.entitle(last, last.code)
		}
		if last.form == lexicons.Adjective && w.joined(i) {
			m.Attributive = true // "US and Venezuelan officials"
		}
		for _, it := range r.items[:len(r.items)-1] {
			// "Gaza City, Palestinian Authority": an earlier country in the
			// same run with another code is a mention of its own.
			if it.kind == actorItem && stages.Country(it.code) != stages.Country(last.code) && it.form != lexicons.City {
				a := m
				a.First, a.Last, a.Code, a.Attributive = it.first, it.last, it.code, true
				w.emit(a)
			}
		}
		if last.form == lexicons.City {
			m.Place = true
		}
	case roleItem:
		m.Type = stages.ByRole
		m.Plural = last.role.Plural
		switch last.role.Kind {
		case "pair":
			m.Type = stages.ByPair
			w.pair(&m)
		case "body":
			if m.Code = w.owner(r, i, &m, &taken); m.Code == "" {
				w.describe(&m, i, false)
			}
		case "country":
			if !m.Plural {
				w.describe(&m, i, true)
			}
		case "place":
			return 0 // the Sea of Japan is not Japan's
		case "half":
			w.divided(&m)
			if m.Code == "" {
				return 0
			}
		default:
			if m.Last < len(d.Tokens) && last.role.Kind == "organ" && strings.EqualFold(d.Word(m.Last), "to") && r.first < last.first && !strings.EqualFold(d.Word(r.first), "the") {
				p := stages.Mention{First: r.first, Last: r.first + 1, Head: r.first, Sentence: n, Possessive: true, Attributive: true}
				if d.Tags[r.first] == lexicons.Det {
					w.pronoun(p) // "their opposition to the base"
				}
				return 0
			}
			code := w.owner(r, i, &m, &taken)
			if last.role.Role == "counterpart" && w.ownedByPronoun(r) {
				if code = w.other(code); m.Plural {
					code = ""
				}
				if code == "" {
					return taken // "her counterpart" is the other side's, if one knows it
				}
			}
			named := code != ""
			if code == "" {
				if code = w.ofPair(i, &m); code != "" {
					taken++
				} else {
					code = w.holder(last, r)
				}
			}
			if named {
				m.Type = stages.ByName
				w.entitle(last, code)
			}
			m.Code = w.sector(code, last.role)
			if last.role.Kind == "person" {
				taken += w.apposition(i+taken, &m, false)
			}
			if m.Code == "" && last.role.Kind != "person" {
				return taken
			}
		}
	}
	w.emit(m)
	return taken
}

// sector adds a role's sector to a country's code.
func (w *walk) sector(code string, role lexicons.Role) string {
	if code == "" || role.Sector == "" || strings.Contains(code, "-") || !w.isState(code) {
		return code
	}
	return code + "-" + role.Sector
}

// citizen is the code of somebody of a country who holds no known office.
func (w *walk) citizen(code string) string {
	if strings.Contains(code, "-") || !w.isState(code) {
		return code
	}
	return code + "-CVL"
}

// owner finds whose the role at the head of run i is: an actor in the run
// itself, a possessor before it, or an "of France" after it, which the mention
// then takes in.
func (w *walk) owner(r run, i int, m *stages.Mention, taken *int) string {
	d := w.d
	for k := len(r.items) - 1; k >= 0; k-- {
		it := r.items[k]
		if it.kind == actorItem || it.kind == personItem && it.code != "" && k < len(r.items)-1 {
			return it.code
		}
	}
	if o := w.possessor(r, i); o != nil {
		m.First = o.First
		code := o.Code
		m.More = o.More
		o.Attributive = true
		if o.Last <= r.first && o == &d.Mentions[len(d.Mentions)-1] && o.Type != stages.ByPronoun {
			d.Mentions = d.Mentions[:len(d.Mentions)-1] // now part of the phrase
		}
		return code
	}
	if d.Tags[r.first] == lexicons.Det {
		switch strings.ToLower(d.Word(r.first)) {
		case "his", "her", "its", "their":
			p := stages.Mention{First: r.first, Last: r.first + 1, Head: r.first, Sentence: m.Sentence}
			w.antecedent(&p)
			return stages.Country(p.Code)
		case "our", "my":
			return d.Author
		}
	}
	// "president of Iran", "spokesman for the Foreign Ministry of China"
	last, first := r.last, i
	for step := 0; step < 3; step++ {
		if last >= len(d.Tokens) || i+1+step >= len(w.runs) {
			break
		}
		next := w.runs[i+1+step]
		if next.first != last+1 || next.pronoun {
			break
		}
		prep := strings.ToLower(d.Word(last))
		if prep != "of" && prep != "for" && prep != "from" && prep != "at" && !(prep == "in" && r.items[len(r.items)-1].role.Kind != "person") {
			break
		}
		if next.possessive {
			break
		}
		if len(next.items) == 0 {
			if prep != "of" && prep != "for" {
				break
			}
			last = next.last
			continue
		}
		it := next.items[len(next.items)-1]
		if it.kind == personItem && prep != "of" && prep != "for" {
			break
		}
		if it.kind == actorItem || it.kind == personItem {
			if it.last-1 < next.head && it.kind == actorItem && it.form == lexicons.Adjective && prep == "for" {
				break
			}
			m.Last = next.last
			*taken += i + 1 + step - first
			return it.code
		}
		for k := len(next.items) - 1; k >= 0; k-- {
			if next.items[k].kind == actorItem {
				m.Last = next.last
				*taken += i + 1 + step - first
				return next.items[k].code
			}
		}
		last = next.last
	}
	return ""
}

// ofCountry returns the country that "of" ties to the person of run i, and takes
// it into the mention; "" for none.
func (w *walk) ofCountry(i int, m *stages.Mention) string {
	if i+1 >= len(w.runs) {
		return ""
	}
	next := w.runs[i+1]
	if next.first != m.Last+1 || next.possessive || len(next.items) != 1 || !strings.EqualFold(w.d.Word(m.Last), "of") {
		return ""
	}
	it := next.items[0]
	if it.kind != actorItem || it.form != lexicons.Name || it.last != next.last || !w.isState(it.code) {
		return ""
	}
	m.Last = next.last
	return it.code
}

// ownedByPronoun reports whether "his", "its" or the like is all that says
// whose run r is.
func (w *walk) ownedByPronoun(r run) bool {
	for _, it := range r.items {
		if it.kind == actorItem {
			return false
		}
	}
	switch strings.ToLower(w.d.Word(r.first)) {
	case "his", "her", "its", "their":
		return true
	}
	return false
}

// ofPair gives run i the codes of a pair behind it: "delegations of the two
// neighbours", "officials from both countries".
func (w *walk) ofPair(i int, m *stages.Mention) string {
	if i+1 >= len(w.runs) {
		return ""
	}
	next := w.runs[i+1]
	if next.first != m.Last+1 || len(next.items) == 0 || w.d.Tags[m.Last] != lexicons.Prep {
		return ""
	}
	if it := next.items[len(next.items)-1]; it.kind != roleItem || it.role.Kind != "pair" {
		return ""
	}
	p := stages.Mention{First: next.first, Last: next.last, Head: next.head, Sentence: m.Sentence}
	w.pair(&p)
	if p.Code == "" {
		return ""
	}
	m.Last, m.More, m.Plural = next.last, p.More, true
	return p.Code
}

// possessor returns the mention that owns run i ("Iran's"), nil for none.
func (w *walk) possessor(r run, i int) *stages.Mention {
	d := w.d
	if i == 0 || !w.runs[i-1].possessive || len(d.Mentions) == 0 {
		return nil
	}
	if r.first-w.runs[i-1].last > 1 {
		return nil
	}
	o := &d.Mentions[len(d.Mentions)-1]
	if o.Last < w.runs[i-1].first || o.Code == "" {
		return nil
	}
	return o
}

// place reports whether run r stands after a preposition of place.
func (w *walk) place(r run) bool {
	if r.first == 0 {
		return false
	}
	if w.d.Tags[r.first-1] != lexicons.Prep {
		return false
	}
	switch strings.ToLower(w.d.Word(r.first - 1)) {
	case "in", "at", "near", "from", "inside", "outside", "across", "throughout", "around", "into", "through":
		return true
	}
	return false
}

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
	if m.Type == stages.ByPerson {
		var role *item
		for k := range next.items {
			if next.items[k].kind == roleItem && next.items[k].role.Kind == "person" {
				role = &next.items[k]
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
		w.people[last[i+1:]] = &person{name, code}
	}
	w.people[last] = &person{name, code}
}

// joined reports whether run i, an adjective, shares the head of the next:
// "US and Venezuelan officials", "Turkish, Greek and Cypriot sides".
func (w *walk) joined(i int) bool {
	d := w.d
	if i+1 >= len(w.runs) || w.runs[i].last >= len(d.Tokens) {
		return false
	}
	next := w.runs[i+1]
	if next.first-w.runs[i].last > 1 || len(next.items) == 0 || next.items[0].kind != actorItem || next.items[0].first != next.first {
		return false
	}
	sep := d.Word(w.runs[i].last)
	return sep == "and" || sep == "or" || sep == ","
}

// coordinate gives adjectives joined to a following phrase ("US and Venezuelan
// government officials") the sector and kind of that phrase.
func (w *walk) coordinate(n int) {
	d := w.d
	ms := d.Mentions[d.Sentences[n].MentionFrom:]
	for i := len(ms) - 2; i >= 0; i-- {
		m, next := &ms[i], ms[i+1]
		if !m.Attributive || m.Type != stages.ByName || m.Head != m.Last-1 || next.First-m.Last != 1 {
			continue
		}
		sep := d.Word(m.Last)
		if sep != "and" && sep != "or" && sep != "," {
			continue
		}
		m.Attributive, m.Plural = next.Attributive, next.Plural
		if i := strings.IndexByte(next.Code, '-'); i > 0 && w.isState(m.Code) && !strings.Contains(m.Code, "-") {
			m.Code += next.Code[i:]
		}
		if next.Attributive {
			m.Head = next.Head
		}
	}
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
