package tone

import (
	"detente/stages"
)

// construction reports whether a route is one of grammar, not of company or of
// what is understood.
func construction(r *stages.Relation) bool {
	return r.Route <= stages.PassiveBy && r.Route != stages.Reciprocal && r.TargetAt >= 0
}

// bound reports whether a construction ties the candidate's source and target.
func bound(d *stages.Document, c *candidate) bool {
	for _, k := range c.relations {
		if construction(&d.Relations[k]) {
			return true
		}
	}
	return false
}

// meant reports whether the target of a candidate is understood.
func meant(d *stages.Document, c *candidate) bool {
	r := &d.Relations[c.relations[0]]
	return r.Route == stages.ActorTopic || r.Route == stages.SpeakerTopic
}

// rivals says whether a construction ties the candidate's words or parties
// otherwise: whose "condemned" has an object condemns nobody else by it.
func (s *Scorer) rivals(f []float32, d *stages.Document, c *candidate, all []candidate) {
	for i := range all {
		o := &all[i]
		if o.source == c.source && o.target == c.target {
			continue
		}
		if o.source == c.source && meant(d, c) && meant(d, o) && o.relations[0] < c.relations[0] {
			f[fTopicSecond] = 1
		}
		if !bound(d, o) {
			continue
		}
		if o.source == c.source {
			f[fSourceTied] = 1
		}
		if o.target == c.target {
			f[fTargetTied] = 1
		}
		for _, a := range o.relations {
			x := &d.Relations[a]
			if !construction(x) {
				continue
			}
			for _, b := range c.relations {
				if y := &d.Relations[b]; x.First == y.First && x.First >= 0 {
					f[fTaken] = 1
				}
			}
		}
	}
}

// discourse is what a document said so far of its actors.
type discourse struct {
	count map[string]int // mentions by actor, in the whole document
	total int
	last  map[string]string // by source: its last target in a construction
	ties  map[[2]string]tie // by source and target: the last construction
	pairs map[[2]string]int // by source and target: its constructions, in the whole document
	tied  int               // all constructions
}

// tie is a construction that tied a source to a target.
type tie struct {
	sentence int
	valence  float32
}

// note remembers the constructions of a candidate of sentence n.
func (x *discourse) note(d *stages.Document, c *candidate, n int) {
	for _, k := range c.relations {
		if r := &d.Relations[k]; construction(r) {
			x.last[c.source] = c.target
			x.ties[[2]string{c.source, c.target}] = tie{n, r.Valence * r.Shift}
		}
	}
}

func newDiscourse(d *stages.Document) *discourse {
	x := &discourse{count: map[string]int{}, last: map[string]string{}, ties: map[[2]string]tie{}, pairs: map[[2]string]int{}}
	for i := range d.Relations {
		if r := &d.Relations[i]; construction(r) {
			x.pairs[[2]string{r.Source, r.Target}]++
			x.tied++
		}
	}
	for i := range d.Mentions {
		if c := d.Mentions[i].Code; c != "" {
			x.count[c]++
			x.total++
		}
	}
	return x
}

// lately returns how lately, before sentence n, a construction tied source to target,
// 1 in the sentence before, and the same with the sign of whether the valence then
// was that of best.
func (x *discourse) lately(source, target string, n int, best float32) (fresh, agrees float32) {
	t, ok := x.ties[[2]string{source, target}]
	if !ok || n <= t.sentence {
		return 0, 0
	}
	fresh = 1 / float32(n-t.sentence)
	switch v := best * t.valence; {
	case v > 0:
		agrees = fresh
	case v < 0:
		agrees = -fresh
	}
	return fresh, agrees
}

// far is how many sentences back a target is looked for.
const far = 8

// discourse says how much the document is about the candidate's parties and how
// lately it named the target and tied the two.
func (s *Scorer) discourse(f []float32, c *candidate, about *surroundings, x *discourse) {
	total := float32(max(x.total, 1))
	f[fSourceShare], f[fTargetShare] = float32(x.count[c.source])/total, float32(x.count[c.target])/total
	f[fLastTarget] = flag(x.last[c.source] == c.target)
	n := about.n
	f[fDyadFresh], f[fDyadAgrees] = x.lately(c.source, c.target, n, f[fBest])
	f[fReplyFresh], f[fReplyAgrees] = x.lately(c.target, c.source, n, f[fBest])
	if x.tied > 0 {
		f[fQuarrel] = float32(x.pairs[[2]string{c.source, c.target}]+x.pairs[[2]string{c.target, c.source}]) / float32(x.tied)
	}
	age := far
	for _, r := range about.recent {
		if r.code == c.target {
			age = r.age
			break
		}
	}
	f[fTargetAge], f[fTargetFresh] = float32(age)/far, flag(age == 1)
	source, target := stages.Country(c.source), stages.Country(c.target)
	others := 0
	for _, o := range about.near {
		if o != source && o != target {
			others++
		}
	}
	f[fOthersNear] = min(float32(others)/8, 1)
}
