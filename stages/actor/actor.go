// Package actor finds who is named in a document: it composes lexicon matches
// to mentions ("the Iranian Foreign Minister, Javad Zarif"), gives each its
// actor code, and resolves pronouns, bare surnames, titles and descriptions to
// the actor that the reader understands.
package actor

import (
	"strings"
	"sync"
	"time"

	"detente/lexicons"
	"detente/stages"
)

// Resolver finds actors. It is safe for concurrent use.
type Resolver struct {
	lex  *lexicons.Set
	pool sync.Pool // of *walk, for their memory

	// Words that stand for two of whom the passage tells.
	bothID, eachID uint32
}

// New returns a Resolver on lex.
func New(lex *lexicons.Set) *Resolver {
	return &Resolver{lex: lex, pool: sync.Pool{New: func() any { return new(walk) }}, bothID: lex.ID("both"), eachID: lex.ID("each")}
}

// Resolve fills the document's mentions, and its author where the publisher
// speaks for a government.
func (r *Resolver) Resolve(d *stages.Document) {
	w := r.pool.Get().(*walk)
	defer r.pool.Put(w)
	*w = walk{Resolver: r, d: d, people: map[string]*person{}, genders: map[string]gender{}, titles: map[string]string{}, weight: map[string]int{}, halves: map[string]string{}, groups: map[string]int{}, day: d.Published,
		items: w.items[:0], runs: w.runs[:0], recent: w.recent[:0], tokens: w.tokens[:0], matches: w.matches[:0]}
	w.prior()
	w.author()
	w.title()
	w.dateline()
	for i := range d.Sentences {
		s := &d.Sentences[i]
		s.MentionFrom = len(d.Mentions)
		w.sentence(i)
		s.MentTo = len(d.Mentions)
		if t := d.TurnOf(i); s.First == t.First && s.Last == t.Last {
			w.begins(t, s)
		}
	}
}

// person is somebody whom the document has introduced.
type person struct {
	name string
	code string
}

// walk is the state of one pass over a document.
type walk struct {
	*Resolver
	d       *stages.Document
	day     time.Time
	people  map[string]*person // by folded surname
	letters uint32             // a bit for each letter that one of these begins with, see initial
	genders map[string]gender  // by name
	weight  map[string]int     // by country: how often the document names it
	top     string             // the country named most
	home    string             // the story's country, where a dateline tells
	line    int                // the token that ends the dateline
	halves  map[string]string  // "north": the country of that name
	groups  map[string]int     // by armed group: how often the document names it
	titles  map[string]string  // by role as written, "foreign minister": the country it was last given

	now   int // the sentence in hand
	items []item
	runs  []run

	// What pronouns and descriptions may refer to, of the document's mentions,
	// newest last.
	recent []int

	// What match reads.
	tokens  []lexicons.Token
	matches []lexicons.Match
}

// match finds the lexicon forms of a text that is not the article's. They are
// overwritten by those of the next.
func (w *walk) match(text string) []lexicons.Match {
	w.tokens = lexicons.Tokenize(w.tokens[:0], text, w.lex)
	w.matches = w.lex.Match(w.matches[:0], w.tokens, 0, len(w.tokens))
	return w.matches
}

// prior counts the countries of the whole document, so that ambiguous forms
// ("Congress", "Foreign Ministry") can be read by their company, and finds the
// one that it is most about.
func (w *walk) prior() {
	about := map[string]int{}
	note := func(code string) {
		c := stages.Country(code)
		about[c]++
		if !w.isState(c) {
			return
		}
		if about[c] > about[w.top] {
			w.top = c
		}
	}
	ms := w.d.Matches
	for i, m := range ms {
		switch m.Unit {
		case lexicons.PersonUnit:
			code, _ := w.personCode(m.Ref)
			note(code)
		case lexicons.ActorUnit:
			a := w.lex.Actors[m.Ref]
			switch a.Kind {
			case lexicons.Name, lexicons.Adjective, lexicons.Demonym, lexicons.Capital:
				w.weight[stages.Country(a.Code)]++
			case lexicons.Organ, lexicons.Seat, lexicons.Military:
				if i > 0 && ms[i-1].Start == m.Start && ms[i-1].Unit == m.Unit || i+1 < len(ms) && ms[i+1].Start == m.Start && ms[i+1].Unit == m.Unit {
					continue // "the Senate": whose?
				}
			case lexicons.Group:
				w.groups[a.Code]++
				continue
			default:
				continue
			}
			note(a.Code)
			if a.Kind == lexicons.Name && m.End-m.Start > 1 && w.half(i) {
				w.halves[strings.ToLower(w.d.Word(m.Start))] = a.Code
			}
		}
	}
}

// half reports whether match i begins with a word that alone can stand for it:
// "North" of "North Korea".
func (w *walk) half(i int) bool {
	at := w.d.Matches[i].Start
	for ; i < len(w.d.Matches) && w.d.Matches[i].Start == at; i++ {
		if m := w.d.Matches[i]; m.Unit == lexicons.RoleUnit && w.lex.Roles[m.Ref].Kind == "half" {
			return true
		}
	}
	return false
}

// isState reports whether a code is a country's, with or without a sector.
func (w *walk) isState(code string) bool { return w.lex.State(stages.Country(code)) }

// author notes whom "we" speaks for in a government's own text.
func (w *walk) author() {
	d := w.d
	code := w.lex.Publisher(d.Publisher)
	if code == "" && d.URL != "" {
		_, rest, _ := strings.Cut(d.URL, "://")
		host, _, _ := strings.Cut(rest, "/")
		code = w.lex.Publisher(host)
	}
	if code == "" {
		code = w.ministry(d.Publisher)
	}
	if code == "" && len(d.Sentences) > 0 {
		// A dateline: "Pyongyang, June 27 (KCNA) --"
		head := d.Article.Text[:min(len(d.Article.Text), 120)]
		if _, rest, ok := strings.Cut(head, "("); ok {
			agency, after, ok := strings.Cut(rest, ")")
			after = strings.TrimLeft(after, " ")
			if ok && (strings.HasPrefix(after, "-") || strings.HasPrefix(after, "—") || strings.HasPrefix(after, "–")) {
				code = w.lex.Publisher(agency)
			}
		}
	}
	d.Author = code
	d.Turns[0].Code = code
	w.weight[stages.Country(code)] += 3 // "Congress", "Korean" are its own
}

// begins notes who speaks in turn t, which label s begins: a person or officer
// whom it names, else somebody of the author's.
func (w *walk) begins(t *stages.Turn, s *stages.Sentence) {
	if t.Question {
		return
	}
	t.Code = w.d.Author
	civil := false // "MR. MITCHELL": many have the name
	switch strings.ToUpper(w.d.Word(t.First)) {
	case "MR", "MRS", "MS", "MISS", "DR", "PROF":
		civil = true
	}
	for _, m := range w.d.Mentions[s.MentionFrom:s.MentTo] {
		if m.Code == "" || civil && t.Code != "" && stages.Country(m.Code) != stages.Country(t.Code) {
			continue
		}
		if i := w.itemAt(m.Head); m.Name != "" || i >= 0 && w.items[i].role.Kind == "person" {
			t.Code, t.Name = m.Code, m.Name
		}
	}
}

// own returns the code that "we" and "I" speak for outside quotations.
func (w *walk) own() string { return w.d.TurnOf(w.now).Code }

// ministry returns the state that a publisher is an organ of, by its name:
// "Ministry of External Relations of Nicaragua", "Permanent Mission of Estonia to
// the UN".
func (w *walk) ministry(name string) string {
	organ, state := false, ""
	for _, m := range w.match(name) {
		switch m.Unit {
		case lexicons.RoleUnit:
			switch role := w.lex.Roles[m.Ref]; {
			case role.Sector != "":
				return "" // "Government Press Agency"
			case role.Kind == "organ":
				organ = true
			}
		case lexicons.ActorUnit:
			a := w.lex.Actors[m.Ref]
			if !w.lex.State(a.Code) {
				break
			}
			organ = organ || a.Kind == lexicons.Organ
			if state == "" {
				state = a.Code
			}
		}
	}
	if !organ {
		return ""
	}
	return state
}

// personCode returns the actor code of a known person on the document's day:
// that of the office then held, else of the nearest in time. Without a day it
// is the latest office.
func (w *walk) personCode(ref int) (code, role string) {
	best := time.Duration(-1)
	var latest time.Time
	for _, o := range w.lex.Persons[ref].Offices {
		if w.day.IsZero() {
			if code == "" || !o.From.Before(latest) {
				code, role, latest = o.Code, o.Role, o.From
			}
			continue
		}
		gap := time.Duration(0)
		switch {
		case w.day.Before(o.From):
			gap = o.From.Sub(w.day)
		case !o.To.IsZero() && w.day.After(o.To):
			gap = w.day.Sub(o.To)
		}
		if best < 0 || gap < best {
			best, code, role = gap, o.Code, o.Role
		}
	}
	return code, role
}

// surname returns the person whom a bare surname names: one introduced in
// this document, else the one holder of high office at the time.
func (w *walk) surname(refs []int, word string, lone bool) (p *person, ok bool) {
	if p, ok := w.people[word]; ok {
		return p, true
	}
	const slack = 400 * 24 * time.Hour
	best, found := -1, 0
	for _, ref := range refs {
		for _, o := range w.lex.Persons[ref].Offices {
			if lone && (w.day.IsZero() || !o.During(w.day, slack)) {
				continue
			}
			rank := 1
			if !w.day.IsZero() && o.During(w.day, slack) {
				rank += 6
			}
			switch o.Role {
			case "head-of-state", "head-of-government", "leader":
				rank += 2
			case "foreign-minister", "secretary-general", "trade-minister", "defence-minister":
				rank++
			}
			if w.weight[stages.Country(o.Code)] > 0 {
				rank += 3
			}
			if lone && rank < 9 {
				continue
			}
			if rank > found {
				best, found = ref, rank
			}
		}
	}
	if best < 0 {
		return nil, false
	}
	code, _ := w.personCode(best)
	p = &person{w.lex.Persons[best].Name, code}
	w.know(word, p)
	return p, true
}

// know notes a person under a folded surname.
func (w *walk) know(surname string, p *person) {
	if surname != "" { // as behind the last hyphen of "Smith-"
		w.people[surname] = p
		w.letters |= initial(surname)
	}
}

// initial is the bit of the letter that a word begins with, small or capital.
func initial(word string) uint32 { return 1 << (word[0] & 31) }

// title notes which actors the title names.
func (w *walk) title() {
	d := w.d
	for _, m := range w.match(d.Title) {
		code := ""
		switch m.Unit {
		case lexicons.ActorUnit:
			if k := w.lex.Actors[m.Ref].Kind; k == lexicons.City {
				continue
			}
			code = w.lex.Actors[m.Ref].Code
		case lexicons.PersonUnit:
			code, _ = w.personCode(m.Ref)
		default:
			continue
		}
		known := false
		for _, a := range d.About {
			known = known || a == code
		}
		if !known {
			d.About = append(d.About, code)
		}
	}
}

// dateline notes the country of the place that a wire story is dated from:
// "MADRID, April 13 (Reuters) -". Its ministers need no adjective there.
func (w *walk) dateline() {
	d := w.d
	if len(d.Sentences) == 0 {
		return
	}
	s := d.Sentences[0]
	for _, m := range d.Matches[s.MatchFrom:s.MatchTo] {
		if m.Start > s.First+2 {
			break
		}
		if m.Unit != lexicons.ActorUnit || !d.Tokens[m.Start].Is(lexicons.Upper) {
			continue
		}
		if k := w.lex.Actors[m.Ref].Kind; k != lexicons.Capital && k != lexicons.City {
			continue
		}
		for i := m.End; i < min(s.Last, m.End+12); i++ {
			switch d.Word(i) {
			case "-", "--", "—", "–", ":":
				w.line = i
				w.home = w.story(stages.Country(w.lex.Actors[m.Ref].Code))
				return
			}
		}
	}
}

// story returns the country whose ministers need no adjective: that of the
// dateline, unless the title is about others only. "LIBREVILLE - Chad and rebels
// sign truce" is of Chad.
func (w *walk) story(dateline string) string {
	first := ""
	for _, c := range w.d.About {
		c = stages.Country(c)
		if c == dateline {
			return dateline
		}
		if first == "" && w.isState(c) {
			first = c
		}
	}
	if first != "" {
		return first
	}
	return dateline
}
