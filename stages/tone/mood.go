package tone

import (
	"detente/lexicons"
	"detente/stages"
)

// mood describes the clause of a candidate's strongest predicate: whether it is
// told as a fact or only asked for, planned or supposed, how deep it stands, and
// how far source and target are apart in the tree.
func (s *Scorer) mood(f []float32, d *stages.Document, c *candidate) {
	var r *stages.Relation
	for _, k := range c.relations {
		x := &d.Relations[k]
		if r == nil || x.Predicate >= 0 && (r.Predicate < 0 || abs(x.Valence*x.Shift) > abs(r.Valence*r.Shift)) {
			r = x
		}
	}
	if r.SourceAt >= 0 && r.TargetAt >= 0 {
		f[fPathLength] = min(float32(steps(d, r.SourceAt, r.TargetAt)), 12) / 12
	}
	if r.Predicate < 0 {
		f[fNoPredicate] = 1
	}
	if r.First < 0 {
		return
	}
	v := r.First
	depth := 0
	for i := v; i >= 0 && depth < 12; i = int(d.Heads[i]) {
		depth++
	}
	f[fDepth] = float32(depth) / 12
	for n := 0; v >= 0 && d.Tags[v]&lexicons.Verb == 0 && d.Tags[v] != lexicons.Aux && n < 8; n++ {
		v = int(d.Heads[v])
		f[fNominal] = 1
	}
	if v < 0 {
		return
	}
	sent := &d.Sentences[d.SentenceOf(r.First)]
	if d.Tags[v] == lexicons.Participle && d.Child(v, sent.First, sent.Last, stages.NsubjPass, stages.AuxPass, stages.Agent) >= 0 {
		f[fPassive] = 1
	} else if o := d.Child(v, sent.First, sent.Last, stages.Dobj); o >= 0 && (o < r.First || o >= r.Last) {
		f[fObjectThing] = 1
		for i := sent.MentionFrom; i < sent.MentTo; i++ {
			if m := &d.Mentions[i]; m.First <= o && o < m.Last {
				f[fObjectThing] = 0
				f[fObjectOther] = flag(m.Code != "" && m.Code != c.target.code)
			}
		}
		if f[fObjectThing] > 0 && d.Tags[o] == lexicons.Pron {
			f[fObjectThing], f[fObjectPronoun] = 0, 1
		}
	}
	for i := sent.First; i < sent.Last; i++ {
		if int(d.Heads[i]) != v {
			continue
		}
		switch d.Rels[i] {
		case stages.Aux:
			if k := s.lex.Tags(d.Tokens[i].ID); k&lexicons.Modal != 0 {
				f[fModal] = 1
			} else if k&lexicons.Aux == 0 {
				f[fInfinitive] = 1 // to
			}
		}
	}
	f[fConditional] = flag(s.conditional(d, sent, v))
	switch d.Rels[v] {
	case stages.Advcl, stages.Ccomp, stages.Xcomp, stages.Pcomp:
		f[fSubordinate] = 1
		if f[fInfinitive] > 0 && d.Heads[v] >= 0 && s.says(d, sent, int(d.Heads[v])) {
			f[fAsked] = 1
		}
	case stages.Relcl, stages.Acl:
		f[fRelative] = 1
	}
}

// conditional reports whether the clause of verb v, or one that it stands in, is
// a condition: "if Lima agreed to close its ports".
func (s *Scorer) conditional(d *stages.Document, sent *stages.Sentence, v int) bool {
	const far = 6
	for n := 0; v >= 0 && n < far; n++ {
		for i := sent.First; i < v; i++ {
			if id := d.Tokens[i].ID; (id == s.if_ || id == s.unless) && int(d.Heads[i]) == v {
				return true
			}
		}
		v = int(d.Heads[v])
	}
	return false
}

// says reports whether the lexicons know token i as a verb of speech.
func (s *Scorer) says(d *stages.Document, sent *stages.Sentence, i int) bool {
	for k := sent.MatchFrom; k < sent.MatchTo; k++ {
		m := d.Matches[k]
		if m.Start > i {
			break
		}
		if m.Unit == lexicons.PredicateUnit && i < m.End && s.lex.Predicates[m.Ref].Flags&(lexicons.Content|lexicons.Control) != 0 {
			return true
		}
	}
	return false
}

// steps returns the number of arcs between tokens a and b.
func steps(d *stages.Document, a, b int) int {
	const far = 24
	for up := 0; a >= 0 && up < far; up++ {
		x := b
		for down := 0; x >= 0 && down < far; down++ {
			if x == a {
				return up + down
			}
			x = int(d.Heads[x])
		}
		a = int(d.Heads[a])
	}
	return far
}
