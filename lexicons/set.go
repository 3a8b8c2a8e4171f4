// Package lexicons holds the project's word knowledge: who the actors are,
// which words report, do, praise and blame. The entries are data files with
// headers of provenance; this package embeds, checks and compiles them.
package lexicons

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Unit says what a Match refers to.
type Unit uint8

// Units of matches.
const (
	ActorUnit     Unit = iota // Set.Actors
	PersonUnit                // Set.Persons, by full name
	SurnameUnit               // Set.Persons, by surname alone
	PredicateUnit             // Set.Predicates
	ShifterUnit               // Set.Shifters
	RoleUnit                  // Set.Roles
	DateUnit                  // Set.Dates
	nUnits
)

// Match is one lexicon form found in a text.
type Match struct {
	Start, End int // token indexes, end exclusive
	Ref        int // index into the unit's slice of the Set
	POS        POS // the form's part of speech, for predicates, roles
	Unit       Unit
}

// Set is the compiled lexicons. It is read-only and safe for concurrent use.
type Set struct {
	Files      []*File
	Actors     []Actor
	Persons    []Person
	Predicates []Predicate
	Shifters   []Shifter
	Roles      []Role
	Dates      []DateWord

	// Abbreviations that do not end a sentence (title, unit) or may (corp).
	abbreviations map[string]string

	states     codes             // those with an adjective or a capital
	publishers map[string]string // name or domain in lower case -> actor code

	vocab words
	nodes []node // the trie of forms; the forms of a node end where those of the next begin
	next  edges  // from node and word ID to the next node
	forms []form
	pairs edges // from a verb form and a noun to 1 + the predicate that they make together

	actorOf  map[string]int // actor code + kind + form, to merge duplicates
	personOf map[string]int
}

// node is the beginning of forms. That of one word has the word's ID for its
// number, so that all that is asked of a frequent word lies in one place of memory.
type node struct {
	next  uint64 // the words that may come next, a bit each: a Bloom filter of one hash
	tags  POS    // of one word: what closed-class and inflected words may be
	forms uint32 // where the forms that end here begin in Set.forms
}

// bit is the place of a word in node.next.
func bit(word uint32) uint64 { return 1 << (word * 0x9E3779B1 >> 26) }

// formsAt returns the forms that end at node n.
func (s *Set) formsAt(n uint32) []form {
	return s.forms[s.nodes[n].forms:s.nodes[n+1].forms]
}

// after returns the node of the forms that go on from a node with a word, 0 for none.
func (s *Set) after(node, word uint32) uint32 {
	if s.nodes[node].next&bit(word) == 0 {
		return 0
	}
	return s.next.get(node, word)
}

// form is one lexicon form: what it refers to and how it must be written.
type form struct {
	unit Unit
	ref  int32
	pos  POS
	cap  uint32 // bit i: token i must begin with a capital
	up   uint32 // bit i: token i must be all capitals
}

// Compile builds a Set. Entries of later files replace equal entries of
// earlier ones. The error joins a *Problem for every faulty entry; the Set is
// then nil.
func Compile(files ...*File) (*Set, error) {
	s := &Set{
		Files:         files,
		abbreviations: map[string]string{},
		vocab:         newWords(),
		publishers:    map[string]string{},
		actorOf:       map[string]int{},
		personOf:      map[string]int{},
	}
	c := compiler{Set: s, irregular: map[string][]string{}, plural: map[string]string{}, predicateAt: map[string]int{}}
	c.node() // 0, of unknown words
	// Irregular forms first, then closed-class words: the other files need them.
	order := slices.Clone(files)
	slices.SortStableFunc(order, func(a, b *File) int {
		rank := func(f *File) int {
			switch f.Unit() {
			case "irregular":
				return 0
			case "word":
				return 1
			}
			return 2
		}
		return cmp.Compare(rank(a), rank(b))
	})
	for _, f := range order {
		c.file = f
		c.index = slices.Index(files, f)
		for _, row := range f.Rows {
			if err := c.row(row); err != nil {
				c.faults = append(c.faults, &Problem{f.Path, row.Line, err.Error()})
			}
		}
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	c.node() // behind the last
	for n, ends := range c.ends {
		s.nodes[n].forms = uint32(len(s.forms))
		s.forms = append(s.forms, ends...)
	}
	return s, nil
}

type compiler struct {
	*Set
	ends        [][]form // by node of the trie: the forms that end there
	file        *File
	index       int
	irregular   map[string][]string // base -> past, participle, present, gerund
	plural      map[string]string
	predicateAt map[string]int
	faults      []error
}

func (c *compiler) row(r Row) error {
	switch c.file.Unit() {
	case "actor":
		return c.actor(r)
	case "predicate":
		return c.predicate(r)
	case "shifter":
		factor, err := number32(r.Cells[2], -2, 2)
		if err != nil {
			return fmt.Errorf("factor: %w", err)
		}
		c.Shifters = append(c.Shifters, Shifter{r.Cells[1], factor})
		for _, f := range alternatives(r.Cells[0]) {
			// A multiword shifter that begins with a verb ("refuse to") is
			// inflected; "not", "in the strongest terms" have no other forms.
			if verbal(r.Cells[1]) {
				for _, v := range c.inflect(f) {
					c.add(v.text, form{unit: ShifterUnit, ref: int32(len(c.Shifters) - 1), pos: v.pos})
					c.tag(v.text, v.pos)
				}
				continue
			}
			c.add(f, form{unit: ShifterUnit, ref: int32(len(c.Shifters) - 1)})
		}
	case "irregular":
		base := r.Cells[0]
		if r.Cells[2] == "noun" {
			c.plural[base] = r.Cells[1]
			break
		}
		c.irregular[base] = r.Cells[1:]
	case "role":
		return c.role(r)
	case "word":
		return c.word(r)
	case "date":
		v, err := strconv.Atoi(cmp.Or(r.Cells[2], "0"))
		if err != nil {
			return fmt.Errorf("value %q is no whole number", r.Cells[2])
		}
		c.Dates = append(c.Dates, DateWord{r.Cells[1], v})
		for _, f := range alternatives(r.Cells[0]) {
			c.add(f, form{unit: DateUnit, ref: int32(len(c.Dates) - 1)})
		}
	case "publisher":
		if !codeForm.MatchString(r.Cells[1]) {
			return fmt.Errorf("actor code %q", r.Cells[1])
		}
		for _, f := range alternatives(r.Cells[0]) {
			c.publishers[strings.ToLower(f)] = r.Cells[1]
		}
	case "abbreviation":
		for _, f := range alternatives(r.Cells[0]) {
			c.abbreviations[strings.ToLower(strings.TrimSuffix(f, "."))] = r.Cells[1]
		}
	}
	return nil
}

// verbal reports whether shifters of the kind are verbs and so inflected.
func verbal(kind string) bool {
	switch kind {
	case "refusal", "end", "failure":
		return true
	}
	return false
}

var codeForm = regexp.MustCompile(`^[A-Z0-9]{2,}(-[A-Z]{3})?$`)

func (c *compiler) actor(r Row) error {
	code, kindName := r.Cells[0], r.Cells[1]
	if !codeForm.MatchString(code) {
		return fmt.Errorf("actor code %q: want ISO 3166-1 alpha-3 or an acronym, with an optional sector (VEN-OPP)", code)
	}
	kind, ok := actorKinds[kindName]
	if !ok {
		return fmt.Errorf("unknown kind %q of actor form", kindName)
	}
	names := alternatives(r.Cells[2])
	if len(names) == 0 {
		return errors.New("no forms")
	}
	if kind == PersonName {
		return c.person(r, code, names)
	}
	key := code + "\t" + kindName
	at, ok := c.actorOf[key]
	if !ok {
		at = len(c.Actors)
		c.Actors = append(c.Actors, Actor{code, kind})
		c.actorOf[key] = at
	}
	for _, n := range names {
		c.add(n, form{unit: ActorUnit, ref: int32(at)})
	}
	if (kind == Adjective || kind == Capital) && len(code) == 3 { // "European" makes no state of the EU
		c.states.add(code)
	}
	return nil
}

func (c *compiler) person(r Row, code string, names []string) error {
	display := cmp.Or(r.Cells[3], names[0])
	from, err := day(r.Cells[6], false)
	if err != nil {
		return err
	}
	to, err := day(r.Cells[7], true)
	if err != nil {
		return err
	}
	at, ok := c.personOf[display]
	if !ok {
		at = len(c.Persons)
		c.Persons = append(c.Persons, Person{Name: display})
		c.personOf[display] = at
	}
	c.Persons[at].Offices = append(c.Persons[at].Offices, Office{code, r.Cells[5], from, to})
	for _, n := range append(names, display) {
		c.add(n, form{unit: PersonUnit, ref: int32(at)})
	}
	for _, n := range alternatives(r.Cells[4]) {
		c.add(n, form{unit: SurnameUnit, ref: int32(at)})
	}
	return nil
}

var (
	// unmarked is how a target stands that has no preposition.
	unmarked = []string{"obj", "subj", "poss", "none"}
	// spellings are prepositions that say the same: an entry names the first.
	spellings = map[string]string{"toward": "towards", "on": "upon"}
	parts     = map[string]POS{"verb": Base, "noun": Noun, "adj": Adj, "adv": Adv, "phrase": Phrase}
	// Categories are the categories of predicates: of speech and deeds, after
	// PLOVER, then of words that colour.
	Categories = strings.Fields("say agree consult support cooperate aid concede retreat appeal demand accuse reject threaten protest sanction reduce mobilize coerce assault fight " +
		"praise insult regret apologise sympathy harm hope concern good bad investigate")
)

func (c *compiler) predicate(r Row) error {
	pos, ok := parts[r.Cells[1]]
	if !ok {
		return fmt.Errorf("unknown part of speech %q", r.Cells[1])
	}
	if !slices.Contains(Categories, r.Cells[2]) {
		return fmt.Errorf("unknown category %q; categories are %s", r.Cells[2], strings.Join(Categories, " "))
	}
	valence, err := number32(r.Cells[3], -1, 1)
	if err != nil {
		return fmt.Errorf("valence: %w", err)
	}
	p := Predicate{POS: pos, Category: r.Cells[2], Valence: valence, File: c.index, Line: r.Line}
	separated := func(r rune) bool { return r == ' ' || r == '|' || r == ',' }
	for _, t := range strings.FieldsFunc(r.Cells[4], separated) {
		p.Target = append(p.Target, t)
		if other := spellings[t]; other != "" {
			p.Target = append(p.Target, other)
		}
	}
	for _, t := range p.Target {
		if !slices.Contains(unmarked, t) {
			c.id(t) // prepositions of a text are told by their numbers
		}
	}
	for _, f := range strings.FieldsFunc(r.Cells[5], separated) {
		flag, ok := flags[f]
		if !ok {
			return fmt.Errorf("unknown flag %q", f)
		}
		p.Flags |= flag
	}
	for _, f := range alternatives(r.Cells[0]) {
		p.Form = f
		key := r.Cells[1] + "\t" + f
		at, ok := c.predicateAt[key]
		if ok {
			c.Predicates[at] = p // an overlay or a later file changes the entry
			continue
		}
		at = len(c.Predicates)
		c.Predicates = append(c.Predicates, p)
		c.predicateAt[key] = at
		e := form{unit: PredicateUnit, ref: int32(at), pos: pos}
		switch pos {
		case Base:
			for _, v := range c.inflect(f) {
				e.pos = v.pos
				c.add(v.text, e)
				c.tag(v.text, v.pos)
				c.pair(v.text, at)
			}
		case Noun:
			c.add(f, e)
			c.tag(f, Noun)
			if p := c.pluralise(f); p != f {
				e.pos = Noun | Plural
				c.add(p, e)
				c.tag(p, e.pos)
			}
		default:
			c.add(f, e)
			c.tag(f, pos)
		}
	}
	return nil
}

// pair enters a verb with its object ("lift sanctions", "recall its
// ambassador"), or one that takes an object with its particle ("drive out") or
// what stands behind a preposition or "to" ("take to court"), under the two words,
// to be found with others between them.
func (c *compiler) pair(text string, predicate int) {
	words := strings.Fields(Fold(text))
	words = slices.DeleteFunc(words, func(w string) bool {
		return len(words) > 2 && (w == "its" || w == "the" || w == "a" || w == "an" || w == "their")
	})
	object := slices.Contains(c.Predicates[predicate].Target, "obj")
	if len(words) == 3 && object && c.Tags(c.id(words[1]))&Prep != 0 {
		words = []string{words[0], words[2]}
	}
	if len(words) != 2 {
		return
	}
	if tags := c.Tags(c.id(words[1])); tags&(Adv|Prep|Subord) != 0 && object {
		c.join(words[0], words[1], predicate)
		return
	} else if tags&(Prep|Adv|Det|Subord|Conj|Pron|Aux) != 0 {
		return
	}
	for _, noun := range []string{words[1], c.pluralise(words[1])} {
		c.join(words[0], noun, predicate)
	}
}

// join enters a predicate under a verb form and another word, unless they make one.
func (c *compiler) join(verb, other string, predicate int) {
	v, o := c.id(verb), c.id(other)
	c.nodes[v].tags |= Pairs
	if c.pairs.get(v, o) == 0 {
		c.pairs.put(v, o, uint32(predicate+1))
	}
}

func (c *compiler) role(r Row) error {
	switch r.Cells[1] {
	case "person", "organ", "people", "force", "owned", "pair", "body", "country", "half", "place":
	default:
		return fmt.Errorf("unknown kind %q of role", r.Cells[1])
	}
	for _, f := range alternatives(r.Cells[0]) {
		at := len(c.Roles)
		c.Roles = append(c.Roles, Role{Kind: r.Cells[1], Sector: r.Cells[2], Role: r.Cells[3]})
		c.add(f, form{unit: RoleUnit, ref: int32(at), pos: Noun})
		c.tag(f, Noun)
		if r.Cells[1] == "people" || r.Cells[1] == "pair" {
			c.Roles[at].Plural = true
			continue // given in the plural
		}
		if p := c.pluralise(f); p != f {
			c.Roles = append(c.Roles, Role{Kind: r.Cells[1], Sector: r.Cells[2], Role: r.Cells[3], Plural: true})
			c.add(p, form{unit: RoleUnit, ref: int32(len(c.Roles) - 1), pos: Noun | Plural})
			c.tag(p, Noun|Plural)
		}
	}
	return nil
}

var tagNames = map[string]POS{
	"det": Det, "prep": Prep, "conj": Conj, "subord": Subord, "pron": Pron, "aux": Aux, "be": Be, "have": Have, "modal": Modal, "adv": Adv, "adj": Adj, "noun": Noun,
	"base": Base, "third": Third, "past": Past, "participle": Participle, "gerund": Gerund,
}

func (c *compiler) word(r Row) error {
	for _, tag := range strings.Fields(r.Cells[1]) {
		for _, f := range alternatives(r.Cells[0]) {
			if tag == "verb" || tag == "controls" {
				for _, v := range c.inflect(f) {
					if tag == "controls" {
						v.pos |= Controls
					}
					c.tag(v.text, v.pos)
				}
				continue
			}
			pos, ok := tagNames[tag]
			if !ok {
				return fmt.Errorf("unknown tag %q", tag)
			}
			c.tag(f, pos)
			if pos == Noun {
				c.tag(c.pluralise(f), Noun|Plural)
			}
		}
	}
	return nil
}

// tag notes what a word may be; of several words that begin with a verb
// ("lift sanctions"), what the verb may be.
func (c *compiler) tag(word string, pos POS) {
	word = Fold(word)
	if i := strings.IndexByte(word, ' '); i > 0 && pos&Verb != 0 {
		word = word[:i]
	}
	if strings.ContainsAny(word, " -") {
		return
	}
	c.nodes[c.id(word)].tags |= pos
}

func (c *compiler) id(folded string) uint32 {
	id := c.vocab.get(folded)
	if id == 0 {
		id = c.node()
		c.vocab.put(folded, id)
	}
	return id
}

// node makes a node of the trie.
func (c *compiler) node() uint32 {
	c.nodes, c.ends = append(c.nodes, node{}), append(c.ends, nil)
	return uint32(len(c.nodes) - 1)
}

// add enters one form into the trie.
func (c *compiler) add(text string, f form) {
	tokens := Tokenize(nil, text, nil)
	if len(tokens) == 0 || len(tokens) > 32 {
		return
	}
	node := uint32(0)
	for i, t := range tokens {
		w := t.In(text)
		if f.unit == ActorUnit || f.unit == PersonUnit || f.unit == SurnameUnit {
			if t.Is(Cap) {
				f.cap |= 1 << i
			}
			if t.Is(Upper) && len([]rune(w)) <= 5 {
				f.up |= 1 << i
			}
		}
		id := c.id(Fold(w))
		if i == 0 {
			node = id
			continue
		}
		to := c.next.get(node, id)
		if to == 0 {
			to = c.node()
			c.next.put(node, id, to)
			c.nodes[node].next |= bit(id)
		}
		node = to
	}
	for _, e := range c.ends[node] {
		if e == f {
			return
		}
	}
	c.ends[node] = append(c.ends[node], f)
}

func alternatives(cell string) []string {
	var out []string
	for _, a := range strings.Split(cell, "|") {
		if a = strings.TrimSpace(a); a != "" {
			out = append(out, a)
		}
	}
	return out
}

func number32(cell string, lo, hi float64) (float32, error) {
	v, err := strconv.ParseFloat(cmp.Or(cell, "0"), 32)
	if err != nil || !(v >= lo && v <= hi) { // NaN too
		return 0, fmt.Errorf("%q is no number from %g to %g", cell, lo, hi)
	}
	return float32(v), nil
}

// day reads YYYY, YYYY-MM or YYYY-MM-DD; last asks for the last day of the
// year or month.
func day(cell string, last bool) (time.Time, error) {
	if cell == "" {
		return time.Time{}, nil
	}
	for _, l := range []struct {
		layout string
		y, m   int
	}{{"2006-01-02", 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(l.layout, cell)
		if err != nil {
			continue
		}
		if last && l.y+l.m > 0 {
			t = t.AddDate(l.y, l.m, -1)
		}
		return t, nil
	}
	return time.Time{}, fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD", cell)
}
