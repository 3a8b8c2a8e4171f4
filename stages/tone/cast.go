package tone

import "detente/stages"

// cast is the actors of a document and what it said so far of them. Candidates
// hold their parties, so that a name is looked up once, not for every feature.
type cast struct {
	parties   map[string]*party
	dyads     map[[2]int32]*[2]dyad // by the numbers of two parties, the lower first: from it to the other, and back
	mentioned []*party              // by mention; nil where it names no actor that is known
	total     int                   // mentions that name one
	tied      int                   // constructions

	partyRoom []party // what the maps point to
	dyadRoom  [][2]dyad
}

// party is an actor.
type party struct {
	number   int32 // in the order of their first lookup
	code     string
	country  *party // whose sector it is, or itself
	state    bool   // the country is one, not an organisation
	about    bool   // the title names it
	top      bool   // one of the two that the document names most
	mentions int
	actor    int    // … that name it as more than a place
	last     *party // as a source: its last target in a construction

	// In the surroundings that were looked at last:
	seen      int // the look that saw it
	age       int // how many sentences back it was named
	near      int // the look that saw it or its sectors near, as a country
	here      int // … in the sentence itself
	somewhere int // … behind a preposition of place there
}

// dyad is what a document says of a source and a target.
type dyad struct {
	sum   float32 // of the strongest valence of each candidate before
	n     int     // candidates before
	pairs int     // constructions that tie the two, in the whole document
	tie   tie     // the last construction before
	reply *dyad   // the same from target to source
}

// tie is a construction that tied a source to a target.
type tie struct {
	any      bool // there is one
	sentence int
	valence  float32
}

// cast makes x the actors of d, keeping its memory.
func (s *Scorer) cast(x *cast, d *stages.Document) {
	x.total, x.tied = 0, 0
	clear(x.parties)
	clear(x.dyads)
	x.mentioned, x.partyRoom, x.dyadRoom = x.mentioned[:0], x.partyRoom[:0], x.dyadRoom[:0]
	for i := range d.Mentions {
		var p *party
		if code := d.Mentions[i].Code; code != "" {
			p = s.party(x, code)
			p.mentions++
			if !d.Mentions[i].Place {
				p.actor++
			}
			x.total++
		}
		x.mentioned = append(x.mentioned, p)
	}
	for _, code := range d.About {
		s.party(x, code).about = true
	}
	x.lead()
}

// party returns the actor of a code.
func (s *Scorer) party(x *cast, code string) *party {
	if p := x.parties[code]; p != nil {
		return p
	}
	p := another(&x.partyRoom)
	p.number, p.code = int32(len(x.parties)), code
	x.parties[code] = p
	if p.country = p; stages.Country(code) != code {
		p.country = s.party(x, stages.Country(code))
	}
	p.state = s.lex.State(p.country.code)
	return p
}

// another returns one more element of room. None ever moves: where the room is
// full, a larger one is begun.
func another[T any](room *[]T) *T {
	n := len(*room)
	if n == cap(*room) {
		*room, n = make([]T, 0, 2*n+16), 0
	}
	*room = (*room)[:n+1]
	t := &(*room)[n]
	*t = *new(T)
	return t
}

// dyad returns what the document says of source and target.
func (x *cast) dyad(source, target *party) *dyad {
	key, way := [2]int32{source.number, target.number}, 0
	if key[0] > key[1] {
		key, way = [2]int32{key[1], key[0]}, 1
	}
	both := x.dyads[key]
	if both == nil {
		both = another(&x.dyadRoom)
		both[0].reply, both[1].reply = &both[1], &both[0]
		x.dyads[key] = both
	}
	return &both[way]
}

// lead finds the two actors that the document names most.
func (x *cast) lead() {
	for range 2 {
		var best *party
		for _, p := range x.parties {
			if p.actor > 0 && !p.top && (best == nil || p.actor > best.actor || p.actor == best.actor && p.code < best.code) {
				best = p
			}
		}
		if best != nil {
			best.top = true
		}
	}
}

// note remembers the constructions of a candidate of sentence n, and its
// strongest valence.
func (x *cast) note(d *stages.Document, c *candidate, n int) {
	var best float32
	for _, k := range c.relations {
		r := &d.Relations[k]
		v := r.Valence * r.Shift
		if abs(v) > abs(best) && r.Route != stages.Together {
			best = v
		}
		if construction(r) {
			c.source.last = c.target
			c.dyad.tie = tie{true, n, v}
		}
	}
	c.dyad.sum += best
	c.dyad.n++
}

// lately returns how lately, before sentence n, a construction tied source to target,
// 1 in the sentence before, and the same with the sign of whether the valence then
// was that of best.
func (y *dyad) lately(n int, best float32) (fresh, agrees float32) {
	if !y.tie.any || n <= y.tie.sentence {
		return 0, 0
	}
	fresh = 1 / float32(n-y.tie.sentence)
	switch v := best * y.tie.valence; {
	case v > 0:
		agrees = fresh
	case v < 0:
		agrees = -fresh
	}
	return fresh, agrees
}
