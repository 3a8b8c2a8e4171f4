package attribute

import (
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// thing returns what verb v is done to: its object, of a passive its subject, -1
// for none.
func (w *walk) thing(v int) int {
	if w.passive(v) {
		return w.subject(v)
	}
	return w.object(v)
}

// heads appends the tokens on which a predicate's prepositions may hang: its
// own words and the object of its verb ("imposed sanctions on", "imposed on").
func (w *walk) heads(out []int, m *match) []int {
	out = append(out, m.head)
	for i := m.first; i < m.last; i++ {
		if i != m.head && !w.d.Tokens[i].Is(lexicons.Punct) {
			out = append(out, i)
		}
	}
	if m.pos&lexicons.Verb != 0 {
		if o := w.thing(m.head); o >= 0 && !slices.Contains(out, o) {
			out = append(out, o)
		}
		if x := w.child(m.head, 1<<stages.Xcomp|1<<stages.Acomp|1<<stages.Prt); x >= 0 && !w.isVerb(x) {
			out = append(out, x)
		}
		return out
	}
	// "imposed on Iran sanctions", "is under pressure from": the phrase may
	// hang on what governs the noun.
	if h := w.head(m.head); h >= 0 {
		switch w.rel(m.head) {
		case stages.Dobj, stages.Attr, stages.Pobj, stages.NsubjPass:
			out = append(out, h)
			if g := w.head(h); w.rel(m.head) == stages.Pobj && g >= 0 && w.at(g) == nil {
				out = append(out, g)
			}
		case stages.Compound:
			out = append(out, h)
		}
	}
	return out
}

// targets finds the targets of an active verb.
func (w *walk) targets(m *match, p *lexicons.Predicate, sources []party, heads []int) ([]party, stages.Route) {
	o := w.object(m.head)
	for i := m.last - 1; i > m.head; i-- {
		if x := w.child(i, 1<<stages.Dobj); w.isVerb(i) && x >= m.last {
			o = x // "threatened to strike Denmark"
			break
		}
	}
	if o >= m.first && o < m.last {
		// "expelled three Venezuelan diplomats": whose the object is, unless
		// it is the subject's own ("recalled its envoy from Rome").
		if found := others(w.phraseActors(nil, o), sources); len(found) > 0 {
			return found, stages.SubjectOwner
		}
		o = -1
	}
	preps := w.entries[m.ref].target
	for k, t := range p.Target {
		switch t {
		case "none":
		case "obj":
			if found := w.objects(m.head, o); len(found) > 0 && (m.last-m.first == 1 || len(others(found, sources)) > 0) {
				return found, stages.SubjectObject
			}
			if found := w.prepObjects(m); len(found) > 0 {
				return found, stages.SubjectObject
			}
			if o >= 0 {
				if found := others(w.belonging(o), sources); len(found) > 0 {
					return found, stages.SubjectFar
				}
			}
		case "subj":
			if found := w.actorsOf(w.subject(m.head)); len(found) > 0 {
				return found, stages.SpeakerAbout
			}
		default:
			if found := w.behind(preps[k:k+1], heads...); len(found) > 0 {
				return found, stages.SubjectOblique
			}
		}
	}
	if found := w.further(m, preps); len(found) > 0 {
		return found, stages.SubjectFar
	}
	if violent(p) && w.object(m.head) >= 0 && p.Category != "coerce" {
		// "struck a depot near Damascus": whose land it hits
		if found := others(w.behind([]uint32{w.near_, w.in, w.at_, w.outside}, m.head), sources); len(found) > 0 {
			return found, stages.SubjectFar
		}
	}
	return nil, stages.SubjectObject
}

// others returns the parties of a list that are neither among those of list not nor
// their country.
func others(list, not []party) []party {
	return slices.DeleteFunc(list, func(x party) bool {
		return slices.ContainsFunc(not, func(s party) bool { return s.code == x.code || stages.Country(s.code) == x.code })
	})
}

// objects returns the actors of verb v's object o and of its indirect object.
func (w *walk) objects(v, o int) []party {
	var out []party
	if o >= 0 {
		out = w.actors(out, o)
	}
	if i := w.child(v, 1<<stages.Iobj); i >= 0 && len(out) == 0 {
		if out = w.actors(out, i); len(out) == 0 {
			out = w.prepObject(i)
		}
	}
	return out
}

// prepObjects returns the actors behind a preposition that is the predicate's
// own: "called on Iran".
func (w *walk) prepObjects(m *match) []party {
	for i := m.first; i < m.last; i++ {
		switch w.rel(i) {
		case stages.Prep, stages.Agent, stages.Prt:
			if found := w.prepObject(i); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// further returns the actors behind one of the prepositions that stands after the
// predicate in its clause but that the tree hangs elsewhere: attachment is what
// parsers get wrong most.
func (w *walk) further(m *match, preps []uint32) []party {
	clause := w.clauseVerb(m.head)
	for _, word := range preps {
		for i := m.last; i < min(w.sent.Last, m.last+14); i++ {
			if leading>>w.rel(i)&1 != 0 && w.d.Tokens[i].ID == word && w.clauseVerb(i) == clause {
				if found := w.prepObject(i); len(found) > 0 {
					return found
				}
			}
		}
	}
	return nil
}
