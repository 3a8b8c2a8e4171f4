package lexicons

import "time"

// Actor is one way to name an actor: a country, a body, a group, or one of
// their parts or places.
type Actor struct {
	Code string // ISO 3166-1 alpha-3 with an optional sector, or an organisation's acronym
	Kind ActorKind
}

// ActorKind says what a form names.
type ActorKind uint8

// Kinds of actor form. See FORMAT.md.
const (
	Name ActorKind = iota
	Adjective
	Demonym
	Capital
	Seat
	City
	Organ
	Military
	Group
	Body
	PersonName
)

var actorKinds = map[string]ActorKind{
	"name": Name, "adjective": Adjective, "demonym": Demonym, "capital": Capital, "seat": Seat, "city": City,
	"organ": Organ, "military": Military, "group": Group, "body": Body, "person": PersonName,
}

// Person is somebody who holds an office.
type Person struct {
	Name    string // display name
	Offices []Office
}

// Office is a role and the time in it, both ends inclusive.
type Office struct {
	Code     string
	Role     string
	From, To time.Time // To zero = still in office
}

// During reports whether the office was held on day, give or take slack.
func (o Office) During(day time.Time, slack time.Duration) bool {
	return !day.Before(o.From.Add(-slack)) && (o.To.IsZero() || !day.After(o.To.Add(slack)))
}

// POS is a set of parts of speech.
type POS uint32

// Parts of speech, as far as closed-class words and inflected predicates tell.
const (
	Noun       POS = 1 << iota
	Base           // verb: expel
	Third          // verb: expels
	Past           // verb: expelled
	Participle     // verb: expelled, struck
	Gerund         // verb: expelling
	Adj            // brutal
	Adv            // brutally
	Phrase         // fixed words
	Plural         // with Noun: a plural form
	Det            // the, a, this, its
	Prep           // of, on
	Conj           // and, or
	Subord         // because, that, if
	Pron           // he, they
	Aux            // be, have, do, will
	Possessive     // 's
	Be             // with Aux: a form of be
	Have           // with Aux: a form of have
	Modal          // with Aux: do, will, must, …
	Controls       // with a verb: its object is the subject of the infinitive that follows
	Pairs          // with a verb: it makes a predicate with some other word, see Set.Pair
)

// Verb is any form of a verb.
const Verb = Base | Third | Past | Participle | Gerund

// Uses are what a verb does with other words, which is no part of speech.
const Uses = Controls | Pairs

// Predicate is a word or phrase that relates a source to a target, or colours
// what is said of one.
type Predicate struct {
	Form     string // as in the file: the base form
	POS      POS    // Noun, Base (any verb), Adj, Adv or Phrase
	Category string
	Valence  float32  // -1 … 1
	Target   []string // where the target stands, first found wins
	Flags    Flag
	File     int // index into Set.Files
	Line     int
}

// Flag is a set of properties of a predicate.
type Flag uint16

// Flags of predicates. See FORMAT.md.
const (
	Content Flag = 1 << iota
	Recip
	Felt
	Control
	Factive
	Desc
	Victim
	Future
	Weak
	Clause
)

var flags = map[string]Flag{
	"content": Content, "recip": Recip, "felt": Felt, "control": Control, "factive": Factive,
	"desc": Desc, "victim": Victim, "future": Future, "weak": Weak, "clause": Clause,
}

// Shifter is a word that changes the force or sign of what follows it.
type Shifter struct {
	Kind   string // negator, refusal, intensifier, dampener, hedge, condition, demand, future, end, contrast, …
	Factor float32
}

// Role is a word for an office, an institution or a kind of people:
// "president", "ministry", "troops", "rebels".
type Role struct {
	Kind   string // person, organ, people, force, owned, pair, body, country, half, place
	Sector string // "" = government, else OPP, LEG, …
	Role   string // the office of a person: head-of-state, …
	Plural bool
}

// DateWord is a word of the calendar.
type DateWord struct {
	Kind  string // month, weekday, day, ordinal, unit, number, relative, …
	Value int
}

// TagName is the short name of one part of speech, for debugging output and
// the explain command.
func TagName(p POS) string {
	for i, n := range []string{"N", "VB", "VBZ", "VBD", "VBN", "VBG", "ADJ", "ADV", "PH", "PL", "DT", "IN", "CC", "SUB", "PRP", "AUX", "POS"} {
		if p&(1<<i) != 0 {
			return n
		}
	}
	return "-"
}
