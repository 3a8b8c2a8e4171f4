package tone

import (
	"math"
	"slices"

	"detente/lexicons"
	"detente/stages"
)

// A candidate tone is all relations of one statement from one source to one
// target. Its features say along which routes they were found, with which
// categories and how strongly, and how the sentence is built; the blend turns
// them to the probabilities of hostile, conciliatory and neither.

// categoryIndex numbers the categories of predicates.
var categoryIndex = func() map[string]int {
	m := map[string]int{}
	for i, c := range lexicons.Categories {
		m[c] = i
	}
	return m
}()

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
	fRoutes       = fTargetPrep + 10
)

// prepositions before a target that have a feature of their own.
var prepositions = []string{"on", "against", "with", "to", "of", "for", "in", "from", "by", "and"}

// NFeatures is the number of features of a candidate.
const NFeatures = fRoutes + 4*int(stages.NRoutes) + 2*31

// candidate is the relations of one statement from one source to one target.
type candidate struct {
	statement      int
	source, target string
	relations      []int // indexes into Document.Relations
}

// surroundings is what all candidates of a sentence share.
type surroundings struct {
	sentence *stages.Sentence
	actors   []string // countries and organisations that it names
	places   []string // those that stand after a preposition of place
	polarity float32  // the sum of all its valences
	n        int      // its index
	recent   []named  // actors of it and the sentences before, latest first
	near     []string // countries and organisations of it and the two sentences before
}

// named is an actor and how many sentences back it was named.
type named struct {
	code string
	age  int
}

// look makes sentence n the one in hand.
func (a *surroundings) look(lex *lexicons.Set, d *stages.Document, n int) {
	sent := &d.Sentences[n]
	if a.sentence == sent {
		return
	}
	*a = surroundings{sentence: sent, n: n, actors: a.actors[:0], places: a.places[:0], recent: a.recent[:0], near: a.near[:0]}
	for age := 0; age < far && age <= n; age++ {
		o := &d.Sentences[n-age]
		for i := o.MentionFrom; i < o.MentTo; i++ {
			code := d.Mentions[i].Code
			if code == "" || slices.ContainsFunc(a.recent, func(r named) bool { return r.code == code }) {
				continue
			}
			a.recent = append(a.recent, named{code, age})
			if c := stages.Country(code); age <= 2 && !slices.Contains(a.near, c) {
				a.near = append(a.near, c)
			}
		}
	}
	for i := sent.MentionFrom; i < sent.MentTo; i++ {
		m := &d.Mentions[i]
		if m.Code == "" {
			continue
		}
		c := stages.Country(m.Code)
		if !slices.Contains(a.actors, c) {
			a.actors = append(a.actors, c)
		}
		if m.Place {
			a.places = append(a.places, c)
		}
	}
	for i := sent.MatchFrom; i < sent.MatchTo; i++ {
		if m := d.Matches[i]; m.Unit == lexicons.PredicateUnit {
			a.polarity += lex.Predicates[m.Ref].Valence
		}
	}
}

// history is what a document said before of a source and target.
type history struct {
	sum float32 // of the strongest valence of each candidate
	n   int
}

func (s *Scorer) features(f []float32, d *stages.Document, c *candidate, all []candidate, prior map[[2]string]*history, top [2]string, about *surroundings, disc *discourse) {
	clear(f)
	if h := prior[[2]string{c.source, c.target}]; h != nil {
		f[fPriorTone], f[fPriorCount] = h.sum/float32(h.n), min(float32(h.n), 8)/8
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
	if d.Author != "" && c.source == d.Author {
		f[fAuthor] = 1
	}
	f[fSpeaker], f[fTargetSpeaks] = flag(c.source == st.Source), flag(c.target == st.Source)
	if stages.Country(c.source) == stages.Country(c.target) {
		f[fSameCountry] = 1
	}
	f[fSourceSector], f[fTargetSector] = flag(c.source != stages.Country(c.source)), flag(c.target != stages.Country(c.target))
	f[fSourceOrg], f[fTargetOrg] = flag(!s.lex.State(stages.Country(c.source))), flag(!s.lex.State(stages.Country(c.target)))
	sent := about.sentence
	f[fActors] = min(float32(len(about.actors)), 6) / 6
	f[fPlace] = flag(slices.Contains(about.places, stages.Country(c.target)))
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
			at := fRoutes + 4*int(stages.NRoutes) + 2*categoryIndex[p.Category]
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
			if c.source == st.Source {
				f[fReporterOwn] = 1
			}
			r0 := fRoutes + 4*int(stages.SpeakerAgent)
			f[fReporterAgent] = max(f[r0], f[r0+1])
		}
	}
	f[fUnnamed] = flag(unnamed)
	f[fAboutSource], f[fAboutTarget] = flag(slices.Contains(d.About, c.source)), flag(slices.Contains(d.About, c.target))
	f[fTopSource], f[fTopTarget] = flag(c.source == top[0] || c.source == top[1]), flag(c.target == top[0] || c.target == top[1])
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
	s.discourse(f, c, about, disc)
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
		word := lexicons.Fold(d.Word(r.TargetAt - 1))
		for i, p := range prepositions {
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

// leading returns the two actors that the document names most.
func leading(d *stages.Document) (top [2]string) {
	count := map[string]int{}
	for i := range d.Mentions {
		if c := d.Mentions[i].Code; c != "" && !d.Mentions[i].Place {
			count[c]++
		}
	}
	best := func(not string) string {
		code, most := "", 0
		for c, n := range count {
			if c != not && (n > most || n == most && c < code) {
				code, most = c, n
			}
		}
		return code
	}
	top[0] = best("")
	top[1] = best(top[0])
	return top
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
