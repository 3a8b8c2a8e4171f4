package actor

import (
	"strings"
	"unicode/utf8"

	"detente/lexicons"
	"detente/stages"
)

// itemKind says what an item is.
type itemKind uint8

const (
	actorItem itemKind = iota
	personItem
	roleItem
)

// item is a stretch of tokens that the lexicons, or the document itself, know.
type item struct {
	first, last int
	kind        itemKind
	code        string
	form        lexicons.ActorKind
	name        string // persons: display name
	role        lexicons.Role
}

// collect turns the lexicon matches of a sentence to items, longest first and
// without overlaps.
func (w *walk) collect(s *stages.Sentence) {
	w.items = w.items[:0]
	d := w.d
	matches := d.Matches[s.MatchFrom:s.MatchTo]
	for i := 0; i < len(matches); {
		m := matches[i]
		j := i + 1
		for j < len(matches) && matches[j].Start == m.Start && matches[j].Unit == m.Unit {
			j++
		}
		same := matches[i:j]
		i = j
		switch m.Unit {
		case lexicons.ActorUnit:
			w.actorItem(same)
		case lexicons.PersonUnit:
			code, _ := w.personCode(m.Ref)
			w.put(item{first: m.Start, last: m.End, kind: personItem, code: code, name: w.lex.Persons[m.Ref].Name})
		case lexicons.SurnameUnit:
			w.surnameItem(same)
		case lexicons.RoleUnit:
			if m.End-m.Start == 1 && d.Tags[m.Start]&lexicons.Verb != 0 && d.Tags[m.Start]&lexicons.Noun == 0 {
				continue // "to press the government"
			}
			w.put(item{first: m.Start, last: m.End, kind: roleItem, role: w.lex.Roles[m.Ref]})
		}
	}
	// Surnames of people whom only this document knows.
	if len(w.people) == 0 {
		return
	}
	for t := s.First; t < s.Last; t++ {
		if !d.Tokens[t].Is(lexicons.Cap) {
			continue
		}
		word := d.Word(t)
		if word[0] < utf8.RuneSelf && w.letters&initial(word) == 0 || w.itemAt(t) >= 0 {
			continue // most need not be folded to tell that nobody has the name
		}
		if p, ok := w.people[lexicons.Fold(word)]; ok {
			w.put(item{first: t, last: t + 1, kind: personItem, code: p.code, name: p.name})
		}
	}
}

// actorItem picks the reading of an ambiguous form that the document's other
// countries favour.
func (w *walk) actorItem(same []lexicons.Match) {
	best, score := 0, -1
	for i, m := range same {
		if s := w.weight[stages.Country(w.lex.Actors[m.Ref].Code)]; s > score {
			best, score = i, s
		}
	}
	m := same[best]
	a := w.lex.Actors[m.Ref]
	alone := a.Kind == lexicons.Name || a.Kind == lexicons.Organ && strings.Contains(a.Code, "-") // "Bishnu Rai" is no broadcaster
	if alone && m.End-m.Start == 1 && w.inName(m.Start) || w.company(m.End) {
		return
	}
	if (a.Kind == lexicons.City || a.Kind == lexicons.Capital) && m.End-m.Start == 1 && w.townsman(m.Start) {
		return
	}
	if a.Kind == lexicons.Organ && score == 0 && w.common(m) && w.top != "" && w.top != stages.Country(a.Code) {
		return
	}
	if w.role(m.End, "place") || a.Kind == lexicons.City && w.common(m) {
		return // "British-based planes" are not British, the Korean peninsula is not South Korea's
	}
	if (a.Kind == lexicons.City || a.Kind == lexicons.Capital) && w.thing(m.End) {
		return // "the Geneva Convention"
	}
	if other := w.otherHalf(m); other != "" {
		w.put(item{first: m.Start - 2, last: m.Start - 1, kind: actorItem, code: other, form: lexicons.Name})
	}
	w.put(item{first: m.Start, last: m.End, kind: actorItem, code: a.Code, form: a.Kind})
}

// townsman reports whether the town's name at token i is that of a person whose
// office and first name stand before it: "spokesman Eyal Arad".
func (w *walk) townsman(i int) bool {
	s := w.d.Sentences[w.now]
	if i-2 < s.First || !w.strange(i-1) {
		return false
	}
	for _, x := range w.d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.RoleUnit && x.End == i-1 && w.lex.Roles[x.Ref].Kind == "person" {
			return true
		}
	}
	return false
}

// thing reports whether token i, behind the name of a town, is a noun that makes it
// the name of something else: "Paris Agreement", "Kabul Airport".
func (w *walk) thing(i int) bool {
	d := w.d
	s := d.Sentences[w.now]
	if i >= s.Last || !d.Tokens[i].Is(lexicons.Cap) || d.Tokens[i].Is(lexicons.Upper|lexicons.Punct|lexicons.Line|lexicons.Break|lexicons.Digit) || d.Calendar[i] || d.Tags[i]&lexicons.Noun == 0 {
		return false
	}
	for _, x := range d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Start == i && x.Unit != lexicons.PredicateUnit && x.Unit != lexicons.ShifterUnit {
			return false
		}
	}
	return true
}

// role reports whether a role of the kind begins at token i.
func (w *walk) role(i int, kind string) bool {
	s := w.d.Sentences[w.now]
	for _, x := range w.d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.RoleUnit && x.Start == i && w.lex.Roles[x.Ref].Kind == kind {
			return true
		}
	}
	return false
}

// common reports whether the name of an institution is also the word for any such:
// "Congress", "the Supreme Court". Where the document does not name the country
// whose it would be, it is another's.
func (w *walk) common(m lexicons.Match) bool {
	s := w.d.Sentences[w.now]
	for _, x := range w.d.Matches[s.MatchFrom:s.MatchTo] {
		if x.Unit == lexicons.RoleUnit && x.Start == m.Start && x.End == m.End {
			return true
		}
	}
	return false
}

// inName reports whether the country's name at token i is part of another name:
// "Michael Jordan", "Chad Smith", "Hyundai India".
func (w *walk) inName(i int) bool {
	d := w.d
	s := d.Sentences[w.now]
	if d.Tokens[i].Is(lexicons.Upper | lexicons.Acronym) {
		return false
	}
	if i-1 > s.First && w.strange(i-1) && !d.Tokens[i].Is(lexicons.Line|lexicons.Break) && !(i-2 >= s.First && d.Word(i-2) == "-") {
		return true
	}
	return i+1 < s.Last && w.strange(i+1) && !d.Tokens[i+1].Is(lexicons.Line|lexicons.Break)
}

// company reports whether token i ends the name of a firm: "Ltd", "Corp".
func (w *walk) company(i int) bool {
	return i < w.d.Sentences[w.now].Last && w.d.Tokens[i].Is(lexicons.Cap) && w.lex.Abbreviation(w.d.Word(i)) == "corp"
}

// strange reports whether token i is a capitalised word that the lexicons know
// for nothing but a name.
func (w *walk) strange(i int) bool {
	t := w.d.Tokens[i]
	return w.lex.Tags(t.ID) == 0 && t.Is(lexicons.Cap) && !t.Is(lexicons.Upper|lexicons.Punct|lexicons.Digit) && !w.d.Calendar[i] && w.d.Tags[i]&lexicons.Noun != 0 && w.itemAt(i) < 0
}

// otherHalf returns the country of the first word in "North and South Korea",
// m being the second; "" for anything else.
func (w *walk) otherHalf(m lexicons.Match) string {
	d := w.d
	if m.End-m.Start < 2 || m.Start-2 < d.Sentences[w.now].First || !strings.EqualFold(d.Word(m.Start-1), "and") || !d.Tokens[m.Start-2].Is(lexicons.Cap) {
		return ""
	}
	tokens := append([]lexicons.Token{d.Tokens[m.Start-2]}, d.Tokens[m.Start+1:m.End]...)
	for _, x := range w.lex.Match(nil, tokens, 0, len(tokens)) {
		if x.Unit == lexicons.ActorUnit && x.Start == 0 && x.End == len(tokens) && w.lex.Actors[x.Ref].Kind == lexicons.Name {
			return w.lex.Actors[x.Ref].Code
		}
	}
	return ""
}

func (w *walk) surnameItem(same []lexicons.Match) {
	m := same[0]
	d := w.d
	if w.itemAt(m.Start) >= 0 {
		return
	}
	refs := make([]int, 0, len(same))
	for _, s := range same {
		refs = append(refs, s.Ref)
	}
	// A surname that is also a word ("Power", "Rice") needs an introduction.
	lone := true
	if m.Start > 0 && w.itemAt(m.Start-1) >= 0 {
		lone = false
	}
	if d.Calendar[m.Start] && (lone || w.items[w.itemAt(m.Start-1)].kind != roleItem) {
		return // "Israel Friday reimposed", but "Prime Minister Friday"
	}
	word := lexicons.Fold(d.Text(m.Start, m.End))
	if w.namesake(m.Start, refs) || m.End < d.Sentences[w.now].Last && (w.strange(m.End) || particle(d.Word(m.End))) {
		return // "Alonso Brenes" is not Alonso
	}
	if _, ok := w.people[word]; !ok && lone && w.lex.Tags(d.Tokens[m.Start].ID) != 0 {
		return
	}
	if p, ok := w.surname(refs, word, lone); ok {
		w.put(item{first: m.Start, last: m.End, kind: personItem, code: p.code, name: p.name})
	}
}

// namesake reports whether the first name before a surname is not that of any
// known person of the name: "Rodrigo Almagro" is not Luis Almagro.
func (w *walk) namesake(i int, refs []int) bool {
	d := w.d
	i--
	if k := w.itemAt(max(i, 0)); i >= 0 && k >= 0 && w.items[k].kind == personItem {
		return true // "Tatiana Clouthier Carrillo" goes by Clouthier
	}
	if i < 0 || d.Tokens[i+1].Is(lexicons.Break|lexicons.Line) || !d.Tokens[i].Is(lexicons.Cap) || d.Tokens[i].Is(lexicons.Upper|lexicons.Punct) || d.Calendar[i] || w.itemAt(i) >= 0 ||
		d.Tags[i]&lexicons.Noun == 0 || w.lex.Tags(d.Tokens[i].ID) != 0 {
		return false
	}
	first := lexicons.Fold(d.Word(i))
	for _, ref := range refs {
		if name := lexicons.Fold(w.lex.Persons[ref].Name); strings.HasPrefix(name, first[:1]) || strings.Contains(name, first) {
			return false
		}
	}
	return true
}

// put adds an item; of two that overlap the longer stays.
func (w *walk) put(it item) {
	for i := len(w.items) - 1; i >= 0; i-- {
		o := w.items[i]
		if o.last <= it.first || it.last <= o.first {
			continue
		}
		if o.last-o.first > it.last-it.first || o.last-o.first == it.last-it.first && o.kind <= it.kind {
			return
		}
		w.items = append(w.items[:i], w.items[i+1:]...)
	}
	at := len(w.items)
	for at > 0 && w.items[at-1].first > it.first {
		at--
	}
	w.items = append(w.items, item{})
	copy(w.items[at+1:], w.items[at:])
	w.items[at] = it
}

// itemAt returns the item that covers token t, or -1.
func (w *walk) itemAt(t int) int {
	for i, it := range w.items {
		if it.first <= t && t < it.last {
			return i
		}
	}
	return -1
}
