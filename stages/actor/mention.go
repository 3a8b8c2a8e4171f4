package actor

import (
	"cmp"
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
	w.colleagues(n)
	// Later sentences refer back to these.
	for k := s.MentionFrom; k < len(d.Mentions); k++ {
		if m := &d.Mentions[k]; m.Code != "" && m.Type != stages.ByPronoun {
			w.remember(k)
		}
	}
}

// remember makes mention k the newest that may be meant.
func (w *walk) remember(k int) {
	const memory = 24
	if len(w.recent) == memory {
		copy(w.recent, w.recent[1:])
		w.recent = w.recent[:memory-1]
	}
	w.recent = append(w.recent, k)
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
	switch d.Word(r.first) {
	case "his", "her", "His", "Her": // tells who is a man or a woman
		p := stages.Mention{First: r.first, Last: r.first + 1, Head: r.first, Sentence: n}
		w.antecedent(&p)
	}
	m.Place = w.place(r)
	if len(r.items) == 0 {
		return w.unknown(m, i)
	}
	last := r.items[len(r.items)-1]
	last.role.Sector = w.side(r)
	head := r.head
	covered := last.first <= head && head < last.last
	if !covered && last.last <= head && w.isName(last.last, head+1) && last.kind == roleItem && last.role.Kind == "person" {
		// "Interior Ministry spokesman Paul Weber"
		code := w.owner(r, i, &m, &taken)
		if code == "" {
			code = w.holder(last, r)
		}
		m.Code, m.Type, m.Head = w.sector(code, last.role), stages.ByPerson, head
		m.Name = d.Text(last.last, head+1)
		if m.Code == "" {
			taken += w.apposition(i+taken, &m, false) // "Major Claude Rugamba, a spokesman for the rebels"
		}
		w.introduce(m.Name, m.Code)
		w.entitle(last, m.Code)
		w.emit(m)
		return taken
	}
	if !covered && last.last <= head && w.isName(last.last, head+1) && last.kind == roleItem && last.role.Kind == "organ" && (last.role.Sector == "BUS" || last.role.Sector == "MED") && !last.role.Plural {
		// "the mining company Serra Azul", "Turkish broadcaster Yeni Ses"
		code := w.owner(r, i, &m, &taken)
		if code == "" {
			code = w.holder(last, r)
		}
		if m.Code = w.sector(code, last.role); m.Code != "" {
			m.Type, m.Head, m.Place = stages.ByName, head, false
			w.introduce(d.Text(last.last, head+1), m.Code)
			w.emit(m)
			return taken
		}
	}
	if !covered && last.last <= head && w.isName(last.last, head+1) && last.kind == actorItem && w.spoken(last) {
		// "Kenyan EU envoy Grace Otieno"
		m.Code, m.Type, m.Head, m.Name, m.Place = cmp.Or(w.sender(r, len(r.items)-1), last.code), stages.ByPerson, head, d.Text(last.last, head+1), false
		w.introduce(m.Name, m.Code)
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
		for k, it := range r.items {
			if it.kind == roleItem && (it.role.Kind != "organ" && it.role.Kind != "force" && it.role.Sector != "REB" || k > 0) {
				continue
			}
			if it.kind == roleItem && w.described(it, r) && w.adjective(it) {
				continue
			}
			a := m
			a.First, a.Last, a.Attributive = it.first, it.last, true
			if a.Place && it.form != lexicons.Name && it.form != lexicons.Capital && it.form != lexicons.City {
				a.Place = false
			}
			a.Code, a.Name = it.code, it.name
			if it.kind == roleItem { // "a government plan", "the rebel attack"
				a.Type, a.Code = stages.ByRole, w.sector(cmp.Or(w.theirs(r), w.holder(it, r)), it.role)
				if it.role.Sector == "OPP" && d.Tokens[head].Is(lexicons.Cap) && len(r.items) == 1 {
					m.Type, m.Code, m.Place = a.Type, a.Code, false // "the opposition National Party"
					w.emit(m)
					return taken
				}
			}
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
		if m.Plural = last.form == lexicons.Demonym; m.Plural && w.crowd(r) {
			m.Code = w.citizen(m.Code)
		}
		if last.form == lexicons.Organ {
			w.entitle(last, last.code)
		}
		if code := w.sender(r, len(r.items)-1); code != "" && w.spoken(last) {
			m.Code = code
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
			if head := d.Word(m.Head); m.Code == "" && (head == "union" || head == "community") && d.Tags[r.first] == lexicons.Det {
				m.Code = w.citizen(w.holder(last, r)) // no body that is named: a trade union
			}
		case "country":
			if !m.Plural {
				w.describe(&m, i, true)
			} else if w.twosome(r) {
				m.Type = stages.ByPair
				w.pair(&m)
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
			if last.first == r.first && w.adjective(last) {
				return taken
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
				} else if !w.stranger(last, r) {
					code = w.holder(last, r)
				}
			}
			if named {
				m.Type = stages.ByName
				w.entitle(last, code)
			}
			m.Code = w.sector(code, last.role)
			if group := w.group(last.role, r); group != "" && !named {
				m.Code = group
			}
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

// stranger reports whether the role of item it is of somebody who may be of any
// country: "a teacher", "one journalist".
func (w *walk) stranger(it item, r run) bool {
	if it.role.Kind != "person" || it.role.Role != "anyone" {
		return false
	}
	switch strings.ToLower(w.d.Word(r.first)) {
	case "a", "an", "one":
		return true
	}
	return false
}

// twosome reports whether run r, countries or neighbours, is of two: "the two
// communist neighbours", "the neighbours".
func (w *walk) twosome(r run) bool {
	for i := r.first; i < r.head; i++ {
		switch strings.ToLower(w.d.Word(i)) {
		case "two", "both":
			return true
		}
	}
	return r.head == r.first+1 && strings.EqualFold(w.d.Word(r.first), "the") && strings.HasPrefix(strings.ToLower(w.d.Word(r.head)), "neighbo")
}

// spoken reports whether the name of item it ends in a role that speaks for a
// state: "U.N. spokesman".
func (w *walk) spoken(it item) bool {
	s := w.d.Sentences[w.now]
	for _, x := range w.d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.RoleUnit && x.End == it.last && x.Start > it.first && w.sent(w.lex.Roles[x.Ref]) {
			return true
		}
	}
	return false
}

// described reports whether nothing definite stands before item it of run r: "military
// exercises", "a direct military attack".
func (w *walk) described(it item, r run) bool {
	if it.first == r.first {
		return true
	}
	before := strings.ToLower(w.d.Word(it.first - 1))
	return before == "a" || before == "an" || w.d.Tags[it.first-1] == lexicons.Adj
}

// adjective reports whether a role without an article is but an adjective:
// "military exercises".
func (w *walk) adjective(it item) bool {
	if it.first > 0 && w.d.Tags[it.first-1]&lexicons.Possessive != 0 {
		return false
	}
	return it.role.Kind == "force" && it.last == it.first+1 && w.lex.Tags(w.d.Tokens[it.first].ID)&lexicons.Adj != 0
}

// side returns the sector of the role that ends run r: its own, or what the word
// before it says of people without one, "rebel commander", "student leader". Who is
// of the opposition is so in parliament too.
func (w *walk) side(r run) string {
	last := len(r.items) - 1
	sector := r.items[last].role.Sector
	if last == 0 || r.items[last].kind != roleItem || r.items[last-1].kind != roleItem || r.items[last-1].last != r.items[last].first {
		return sector
	}
	if before := r.items[last-1].role; sector == "" && before.Kind != "place" || before.Sector == "OPP" {
		return before.Sector
	}
	return sector
}

// group returns the armed group that "the rebels" are: the one that the document
// names most.
func (w *walk) group(role lexicons.Role, r run) string {
	if role.Sector != "REB" || !strings.EqualFold(w.d.Word(r.first), "the") {
		return ""
	}
	best := ""
	for code, n := range w.groups {
		if best == "" || n > w.groups[best] || n == w.groups[best] && code < best {
			best = code
		}
	}
	return best
}

// crowd reports whether run r is of many people, not of their country: "thousands of
// Georgians".
func (w *walk) crowd(r run) bool {
	if r.first < 2 || !strings.EqualFold(w.d.Word(r.first-1), "of") {
		return false
	}
	switch strings.ToLower(w.d.Word(r.first - 2)) {
	case "thousands", "hundreds", "crowds", "millions", "dozens", "scores":
		return true
	}
	return false
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

// colleagues gives the names that share a title its code: "Senators Ana Ruiz, Bo Lee
// and Cy Dent".
func (w *walk) colleagues(n int) {
	d := w.d
	ms := d.Mentions[d.Sentences[n].MentionFrom:]
	code := ""
	for i := range ms {
		m := &ms[i]
		switch {
		case m.Type != stages.ByPerson:
			code = ""
		case w.titled(m):
			code = m.Code
		case code != "" && m.Code == "" && w.next(&ms[i-1], m):
			m.Code = code
			w.introduce(m.Name, code)
		default:
			code = ""
		}
	}
}

// titled reports whether a title in the plural begins mention m.
func (w *walk) titled(m *stages.Mention) bool {
	for _, it := range w.items {
		if it.kind == roleItem && m.First <= it.first && it.last <= m.Last && it.role.Plural {
			return true
		}
	}
	return false
}

// next reports whether nothing but a comma and "and" stand between two mentions.
func (w *walk) next(a, b *stages.Mention) bool {
	for i := a.Last; i < b.First; i++ {
		if word := w.d.Word(i); word != "," && word != "and" {
			return false
		}
	}
	return a.Last < b.First
}
