package tone

import (
	"math"

	"detente/lexicons"
	"detente/stages"
)

// A candidate tone is all relations of one statement from one source to one
// target. Its features say along which routes they were found, with which
// categories and how strongly, and how the sentence is built; the blend turns
// them to the probabilities of hostile, conciliatory and neither.

const (
	fBias = iota
	fRelations
	fDirect
	fMixed
	fIndirect
	fAuthor
	fActors
	fDistance
	fFar
	fTargetFirst
	fUnnamed
	fSpeaker
	fSourceSector
	fTargetSector
	fSameCountry
	fPlace
	fTargetOrg
	fSourceOrg
	fNegSum
	fPosSum
	fBest
	fBestNeg
	fBestPos
	fNegated
	fHedged
	fLength
	fSentencePolarity
	fOtherReversed
	fOtherSource
	fOtherTarget
	fVerb
	fNoun
	fTerm
	fSentiment
	fSentimentSure
	fSentimentNeg
	fSentimentPos
	fPriorTone
	fPriorCount
	fSourceFirst
	fTargetLast
	fBetween
	fSourceHead
	fSourceOwner
	fSourcePlace
	fSourcePerson
	fSourcePronoun
	fTargetHead
	fTargetOwner
	fTargetPlace
	fTargetPerson
	fTargetPronoun
	fVerbBetween
	fPassiveBetween
	fPredBetween
	fPredBefore
	fPredAfter
	fAboutSource
	fAboutTarget
	fTopSource
	fTopTarget
	fAuthorAbout
	fAuthorTop
	fSpeakerNeg
	fSpeakerPos
	fReporter
	fReporterAgent
	fReporterOwn
	fCueToned
	fAuthorNeg
	fAuthorPos
	fInfinitive  // the predicate's verb is an infinitive
	fAsked       // … that hangs on a verb of saying or asking
	fModal       // … has will, would, may, must
	fConditional // … stands behind if, unless
	fSubordinate // … stands in a clause inside another one
	fRelative    // … describes a noun
	fNominal     // … is a noun without a verb of its own above
	fDepth       // how deep the predicate hangs below the root
	fPathLength  // steps in the tree from source to target
	fNoPredicate
	fPassive       // … is passive
	fObjectThing   // … has an object that names no actor
	fObjectOther   // … has another actor as its object
	fObjectPronoun // … has a pronoun as its object that nobody knows
	fTaken         // a construction ties the predicate to another pair
	fSourceTied    // … the source to another target
	fTargetTied    // … the target to another source
	fTargetAge     // sentences since the target was named
	fTargetFresh   // the sentence before names it
	fSourceShare   // of all mentions of the document
	fTargetShare
	fOthersNear   // further actors in this sentence and the two before
	fLastTarget   // the source's last target
	fTargetSpeaks // the target is who says it
	fTopicSecond  // of two understood targets the less likely
	fDyadFresh    // how lately a construction tied source to target: 1 in the sentence before
	fDyadAgrees   // the same, with the sign of whether the tone then was that of now
	fReplyFresh   // how lately a construction tied target to source
	fReplyAgrees  // the same, with the sign of whether the tone then was that of now
	fQuarrel      // how many of the document's constructions tie the two, either way
	fTargetPrep   // one for each of prepositions
	fRoutes       = fTargetPrep + len(prepositions)
)

// prepositions before a target that have a feature of their own.
var prepositions = [...]string{"on", "against", "with", "to", "of", "for", "in", "from", "by", "and"}

// NFeatures is the number of features of a candidate.
const NFeatures = fRoutes + 4*int(stages.NRoutes) + 2*31

// candidate is the relations of one statement from one source to one target.
type candidate struct {
	statement      int
	source, target *party
	dyad           *dyad // of the two
	relations      []int // indexes into Document.Relations
}

// surroundings is what all candidates of a sentence share. What it says of one
// actor stands with the actor.
type surroundings struct {
	sentence *stages.Sentence
	n        int     // its index
	look     int     // how many sentences were looked at, with it
	actors   int     // countries and organisations that it names
	near     int     // … that it and the two sentences before name
	polarity float32 // the sum of all its valences
}

// at makes sentence n the one in hand.
func (a *surroundings) at(lex *lexicons.Set, d *stages.Document, x *cast, n int) {
	sent := &d.Sentences[n]
	if a.sentence == sent {
		return
	}
	*a = surroundings{sentence: sent, n: n, look: a.look + 1}
	for age := 0; age < far && age <= n; age++ {
		o := &d.Sentences[n-age]
		for _, p := range x.mentioned[o.MentionFrom:o.MentTo] {
			if p == nil || p.seen == a.look {
				continue
			}
			p.seen, p.age = a.look, age
			if age <= 2 && p.country.near != a.look {
				p.country.near = a.look
				a.near++
			}
		}
	}
	for i := sent.MentionFrom; i < sent.MentTo; i++ {
		p := x.mentioned[i]
		if p == nil {
			continue
		}
		if p.country.here != a.look {
			p.country.here = a.look
			a.actors++
		}
		if d.Mentions[i].Place {
			p.country.somewhere = a.look
		}
	}
	for i := sent.MatchFrom; i < sent.MatchTo; i++ {
		if m := d.Matches[i]; m.Unit == lexicons.PredicateUnit {
			a.polarity += lex.Predicates[m.Ref].Valence
		}
	}
}

// others is how many actors near are neither of the candidate's parties.
func (a *surroundings) others(c *candidate) int {
	n := a.near
	if c.source.country.near == a.look {
		n--
	}
	if c.target.country.near == a.look && c.target.country != c.source.country {
		n--
	}
	return n
}

func (s *Scorer) features(f []float32, d *stages.Document, c *candidate, all []candidate, about *surroundings, x *cast) {
	clear(f)
	if y := c.dyad; y.n > 0 {
		f[fPriorTone], f[fPriorCount] = y.sum/float32(y.n), min(float32(y.n), 8)/8
	}
	st := &d.Statements[c.statement]
	f[fBias] = 1
	f[fRelations] = float32(math.Log(float64(len(c.relations))))
	switch st.Kind {
	case stages.Direct:
		f[fDirect] = 1
	case stages.Mixed:
		f[fMixed] = 1
	case stages.Indirect:
		f[fIndirect] = 1
	}
	if c.source.code == d.TurnOf(d.SentenceAt(st.Span.Start)).Code {
		f[fAuthor] = 1
	}
	f[fSpeaker], f[fTargetSpeaks] = flag(c.source.code == st.Source), flag(c.target.code == st.Source)
	if c.source.country == c.target.country {
		f[fSameCountry] = 1
	}
	f[fSourceSector], f[fTargetSector] = flag(c.source != c.source.country), flag(c.target != c.target.country)
	f[fSourceOrg], f[fTargetOrg] = flag(!c.source.state), flag(!c.target.state)
	sent := about.sentence
	f[fActors] = min(float32(about.actors), 6) / 6
	f[fPlace] = flag(c.target.country.somewhere == about.look)
	f[fLength] = min(float32(sent.Last-sent.First), 60) / 60
	unnamed := true
	var best float32
	for _, k := range c.relations {
		r := &d.Relations[k]
		v := r.Valence * r.Shift
		v = max(-1, min(1, v))
		if abs(v) > abs(best) {
			best = v
		}
		if r.TargetAt >= 0 {
			unnamed = false
		}
		route := fRoutes + 4*int(r.Route)
		if v < 0 {
			f[fNegSum] += -v
			f[route] = max(f[route], -v)
			f[route+2] = 1
		} else if v > 0 {
			f[fPosSum] += v
			f[route+1] = max(f[route+1], v)
			f[route+3] = 1
		}
		if r.Predicate >= 0 {
			p := &s.lex.Predicates[r.Predicate]
			at := fRoutes + 4*int(stages.NRoutes) + 2*s.category[r.Predicate]
			if v < 0 {
				f[at] = max(f[at], -v)
			} else {
				f[at+1] = max(f[at+1], v)
			}
			switch p.POS {
			case lexicons.Base:
				f[fVerb] = 1
			case lexicons.Noun:
				f[fNoun] = 1
			default:
				f[fTerm] = 1
			}
		}
		if r.Shift < 0 {
			f[fNegated] = 1
		} else if r.Shift < 0.95 {
			f[fHedged] = 1
		}
		if r.SourceAt >= 0 && r.TargetAt >= 0 {
			gap := r.TargetAt - r.SourceAt
			if gap < 0 {
				f[fTargetFirst] = 1
				gap = -gap
			}
			f[fDistance] = max(f[fDistance], min(float32(gap), 40)/40)
		}
	}
	// Who merely reports ("…, residents said") takes less part than who
	// accuses or declares.
	if st.Kind == stages.Indirect || st.Kind == stages.Mixed {
		toned := s.cueValence(d, sent, st.Cue) != 0
		f[fCueToned] = flag(toned)
		if !toned && st.Cue.Start >= st.Span.End {
			f[fReporter] = 1
			if c.source.code == st.Source {
				f[fReporterOwn] = 1
			}
			r0 := fRoutes + 4*int(stages.SpeakerAgent)
			f[fReporterAgent] = max(f[r0], f[r0+1])
		}
	}
	f[fUnnamed] = flag(unnamed)
	f[fAboutSource], f[fAboutTarget] = flag(c.source.about), flag(c.target.about)
	f[fTopSource], f[fTopTarget] = flag(c.source.top), flag(c.target.top)
	f[fAuthorAbout], f[fAuthorTop] = f[fAuthor]*f[fAboutTarget], f[fAuthor]*f[fTopTarget]
	s.position(f, d, c, sent)
	s.rivals(f, d, c, all)
	if sent.Parsed {
		s.mood(f, d, c)
	}
	f[fNegSum], f[fPosSum] = min(f[fNegSum], 3)/3, min(f[fPosSum], 3)/3
	f[fBest] = best
	if best < 0 {
		f[fBestNeg] = 1
	} else if best > 0 {
		f[fBestPos] = 1
	}
	x.discourse(f, c, about)
	f[fSentencePolarity] = max(-2, min(2, about.polarity)) / 2
	if f[fSpeaker] > 0 {
		f[fSpeakerNeg], f[fSpeakerPos] = max(0, -f[fSentencePolarity]), max(0, f[fSentencePolarity])
	}
	if f[fAuthor] > 0 {
		f[fAuthorNeg], f[fAuthorPos] = max(0, -f[fSentencePolarity]), max(0, f[fSentencePolarity])
	}
	for k := range all {
		o := &all[k]
		if o.source == c.target && o.target == c.source {
			f[fOtherReversed] = 1
		} else if o.source == c.source && o.target != c.target {
			f[fOtherTarget] += 0.25
		} else if o.target == c.target && o.source != c.source {
			f[fOtherSource] += 0.25
		}
	}
	f[fOtherTarget], f[fOtherSource] = min(f[fOtherTarget], 1), min(f[fOtherSource], 1)
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// position describes how source and target stand to each other in the
// sentence.
func (s *Scorer) position(f []float32, d *stages.Document, c *candidate, sent *stages.Sentence) {
	var r *stages.Relation
	for _, k := range c.relations {
		x := &d.Relations[k]
		if r == nil || x.SourceAt >= 0 && r.SourceAt < 0 || x.TargetAt >= 0 && r.TargetAt < 0 {
			r = x
		}
	}
	first, last := -1, -1
	for i := sent.MentionFrom; i < sent.MentTo; i++ {
		m := &d.Mentions[i]
		if m.Code == "" {
			continue
		}
		if first < 0 {
			first = m.First
		}
		last = m.First
		if m.First == r.SourceAt {
			f[fSourceHead], f[fSourceOwner] = flag(!m.Attributive && !m.Possessive), flag(m.Attributive || m.Possessive)
			f[fSourcePlace], f[fSourcePerson], f[fSourcePronoun] = flag(m.Place), flag(m.Type == stages.ByPerson), flag(m.Type == stages.ByPronoun)
		}
		if m.First == r.TargetAt {
			f[fTargetHead], f[fTargetOwner] = flag(!m.Attributive && !m.Possessive), flag(m.Attributive || m.Possessive)
			f[fTargetPlace], f[fTargetPerson], f[fTargetPronoun] = flag(m.Place), flag(m.Type == stages.ByPerson), flag(m.Type == stages.ByPronoun)
		}
		if r.SourceAt >= 0 && r.TargetAt >= 0 && m.First > min(r.SourceAt, r.TargetAt) && m.First < max(r.SourceAt, r.TargetAt) {
			f[fBetween] = min(1, f[fBetween]+0.25)
		}
	}
	f[fSourceFirst], f[fTargetLast] = flag(r.SourceAt >= 0 && r.SourceAt == first), flag(r.TargetAt >= 0 && r.TargetAt == last)
	if r.TargetAt > sent.First {
		word := d.Tokens[r.TargetAt-1].ID
		for i, p := range s.prepositions {
			if word == p {
				f[fTargetPrep+i] = 1
			}
		}
	}
	if r.SourceAt < 0 || r.TargetAt < 0 {
		return
	}
	a, b := min(r.SourceAt, r.TargetAt), max(r.SourceAt, r.TargetAt)
	for i := a; i < b; i++ {
		if d.Tags[i]&lexicons.Verb != 0 {
			f[fVerbBetween] = 1
			if d.Tags[i] == lexicons.Participle {
				f[fPassiveBetween] = 1
			}
		}
	}
	if r.First >= 0 {
		f[fPredBetween], f[fPredBefore], f[fPredAfter] = flag(r.First >= a && r.First < b), flag(r.First < a), flag(r.First >= b)
	}
}

// cueValence returns the valence of the cue of a statement.
func (s *Scorer) cueValence(d *stages.Document, sent *stages.Sentence, cue stages.Span) float32 {
	if cue.Empty() {
		return 0
	}
	for i := sent.MatchFrom; i < sent.MatchTo; i++ {
		m := d.Matches[i]
		if m.Unit == lexicons.PredicateUnit && int(d.Tokens[m.Start].Start) == cue.Start {
			return s.lex.Predicates[m.Ref].Valence
		}
	}
	return 0
}
