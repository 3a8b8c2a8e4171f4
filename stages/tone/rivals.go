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

// far is how many sentences back a target is looked for.
const far = 8

// discourse says how much the document is about the candidate's parties and how
// lately it named the target and tied the two.
func (x *cast) discourse(f []float32, c *candidate, about *surroundings) {
	total := float32(max(x.total, 1))
	f[fSourceShare], f[fTargetShare] = float32(c.source.mentions)/total, float32(c.target.mentions)/total
	f[fLastTarget] = flag(c.source.last == c.target)
	f[fDyadFresh], f[fDyadAgrees] = c.dyad.lately(about.n, f[fBest])
	f[fReplyFresh], f[fReplyAgrees] = c.dyad.reply.lately(about.n, f[fBest])
	if x.tied > 0 {
		f[fQuarrel] = float32(c.dyad.pairs+c.dyad.reply.pairs) / float32(x.tied)
	}
	age := far
	if c.target.seen == about.look {
		age = c.target.age
	}
	f[fTargetAge], f[fTargetFresh] = float32(age)/far, flag(age == 1)
	f[fOthersNear] = min(float32(about.others(c))/8, 1)
}
