// Package tone gives every statement its tones: for each source and target the
// relations found, the valence of their predicates after negation and hedges,
// the model's opinion, and the confidence that the reading is right.
package tone

import (
	"cmp"
	"slices"
	"sync"

	"detente/lexicons"
	"detente/stages"
)

// Passage is a sentence with a target and a source marked, as a sentiment model
// reads it.
type Passage struct {
	Doc            *stages.Document
	First, Last    int // tokens of the sentence
	Target, Source Phrase
	Again          bool // the sentence is that of the passage before
}

// Phrase is a mention's tokens, end exclusive; First < 0 where the sentence
// does not name it.
type Phrase struct{ First, Last int }

// Sentiment is a sentiment model: it makes a Reader.
type Sentiment func() Reader

// Reader gives the probabilities that a passage is negative, neutral and positive
// toward its target. It may remember the passage before.
type Reader func(Passage) [3]float32

// Scorer scores statements. It is safe for concurrent use.
type Scorer struct {
	lex   *lexicons.Set
	blend *Blend
	pool  sync.Pool // of *walk, for their memory

	category     []int                     // by predicate: the number of its category
	if_, unless  uint32                    // the words' IDs
	prepositions [len(prepositions)]uint32 // likewise
}

// New returns a Scorer on lex with the blend's weights and a sentiment model;
// nil scores by the lexicons alone.
func New(lex *lexicons.Set, blend *Blend, sentiment Sentiment) *Scorer {
	s := &Scorer{lex: lex, blend: blend, if_: lex.ID("if"), unless: lex.ID("unless")}
	s.pool.New = func() any {
		w := &walk{cast: cast{parties: map[string]*party{}, dyads: map[[2]int32]*[2]dyad{}}}
		if sentiment != nil {
			w.heard.reader = sentiment()
		}
		return w
	}
	for i, word := range prepositions {
		s.prepositions[i] = lex.ID(word)
	}
	s.category = make([]int, len(lex.Predicates))
	for i := range lex.Predicates {
		s.category[i] = slices.Index(lexicons.Categories, lex.Predicates[i].Category)
	}
	return s
}

// walk is the memory of one walk through the candidates of a document.
type walk struct {
	cast       cast
	order      []int // indexes of relations, by candidate
	candidates []candidate
	features   [NFeatures]float32
	heard      opinions
	verdicts   []verdict
}

// Candidate is one (statement, source, target) with its features, for fitting.
type Candidate struct {
	Statement      int
	Source, Target string
	Features       []float32
	Loose          bool    // only company or context ties source and target
	Best           float32 // the valence of its strongest word after negation
}

// Candidates returns the candidate tones of a document with their features.
func (s *Scorer) Candidates(d *stages.Document) []Candidate {
	w := s.pool.Get().(*walk)
	defer s.pool.Put(w)
	var out []Candidate
	s.each(w, d, func(c *candidate, f []float32) {
		out = append(out, Candidate{c.statement, c.source.code, c.target.code, slices.Clone(f), weak(d, c), f[fBest]})
	})
	return out
}

// Score fills the tones of the document's statements.
func (s *Scorer) Score(d *stages.Document) {
	defer prune(d)
	w := s.pool.Get().(*walk)
	defer s.pool.Put(w)
	list := w.verdicts[:0]
	s.each(w, d, func(c *candidate, f []float32) {
		h, k := s.blend.Probabilities(f)
		if pitied(d, c) {
			h = 0
		}
		switch undone(d, c) {
		case -1:
			h = 0
		case 1:
			k = 0
		}
		list = append(list, verdict{candidate: c, hostile: h, conciliatory: k, lexicon: f[fBest], sentiment: f[fSentiment]})
	})
	w.verdicts = list
	reciprocate(d, list)
	for i := range list {
		s.tone(d, &list[i])
	}
}

// verdict is what the blend says of a candidate.
type verdict struct {
	*candidate
	hostile, conciliatory float64
	lexicon, sentiment    float32
}

// reciprocate gives what two parties do together ("met", "agreed", "clashed")
// the same chances both ways, the mean of the two, unless one of them does more
// ("welcomed talks with").
func reciprocate(d *stages.Document, list []verdict) {
	mutual := func(v *verdict) bool {
		together := false
		for _, k := range v.relations {
			r := &d.Relations[k]
			if together = together || r.Route == stages.Reciprocal; r.Route != stages.Reciprocal && !loose(r.Route) {
				return false
			}
		}
		return together
	}
	span := func(v *verdict) stages.Span { return d.Statements[v.statement].Span }
	for i := range list {
		a := &list[i]
		if !mutual(a) {
			continue
		}
		for k := i + 1; k < len(list) && span(&list[k]) == span(a); k++ {
			if b := &list[k]; a.source == b.target && a.target == b.source && mutual(b) {
				a.hostile, a.conciliatory = (a.hostile+b.hostile)/2, (a.conciliatory+b.conciliatory)/2
				b.hostile, b.conciliatory = a.hostile, a.conciliatory
			}
		}
	}
}

// tone adds the tone of a candidate to its statement.
func (s *Scorer) tone(d *stages.Document, v *verdict) {
	c, h, k := v.candidate, v.hostile, v.conciliatory
	company := weak(d, c)
	hostile, conciliatory := s.blend.Least(company, true, v.lexicon), s.blend.Least(company, false, v.lexicon)
	if company && h < hostile && k < conciliatory {
		return // no construction ties the two: not even a neutral tone
	}
	t := stages.Tone{Source: c.source.code, Target: c.target.code, Label: stages.Neutral, Confidence: float32(s.blend.Neutral.Of(1 - h - k))}
	t.Lexicon, t.Sentiment = v.lexicon, v.sentiment
	t.Tone = float32(k - h)
	switch {
	case h >= k && h >= hostile:
		t.Label, t.Confidence = stages.Hostile, float32(s.blend.Confidence(h, company, true, v.lexicon))
	case k > h && k >= conciliatory:
		t.Label, t.Confidence = stages.Conciliatory, float32(s.blend.Confidence(k, company, false, v.lexicon))
	}
	if c.source.state {
		t.SourceCountry = c.source.country.code
	}
	if c.target.state {
		t.TargetCountry = c.target.country.code
	}
	t.Evidence = s.evidence(d, c)
	st := &d.Statements[c.statement]
	st.Tones = append(st.Tones, t)
}

// weak reports whether nothing but company ties source and target.
func weak(d *stages.Document, c *candidate) bool {
	return !slices.ContainsFunc(c.relations, func(k int) bool { return !loose(d.Relations[k].Route) })
}

// loose reports whether a route is one of company or context, not of grammar.
func loose(r stages.Route) bool {
	switch r {
	case stages.Together, stages.InClause, stages.SpeakerNear, stages.SpeakerTopic, stages.ActorTopic, stages.SpeakerVictim:
		return true
	}
	return false
}

// pitied reports whether all that ties the candidate's source to its target is a
// hostile deed of others that hit the target, which is no blame.
func pitied(d *stages.Document, c *candidate) bool {
	for _, k := range c.relations {
		if r := &d.Relations[k]; r.Route != stages.SpeakerVictim || r.Valence*r.Shift <= 0 {
			return false
		}
	}
	return true
}

// undone returns the sign of what the candidate's source did not do to its target,
// where nothing else ties the two, 0 elsewhere: -1 for "stopped short of condemning".
func undone(d *stages.Document, c *candidate) int {
	sign := 0
	for _, k := range c.relations {
		r := &d.Relations[k]
		this := cmp.Compare(r.Valence, 0)
		switch {
		case this == 0:
			continue // "of calling": colours nothing either way
		case r.Shift != 0 || sign == -this:
			return 0
		}
		sign = this
	}
	return sign
}

// own reports whether s is a sentence that is said by whoever's turn it is.
func own(d *stages.Document, s *stages.Statement) bool {
	t := d.TurnOf(d.SentenceAt(s.Span.Start))
	label := d.Span(t.First, t.Last)
	return s.Cue.Empty() && t.Code != "" && s.Source == t.Code && (s.Speaker.Empty() || label.Start <= s.Speaker.Start && s.Speaker.End <= label.End)
}

// prune drops deeds without a tone: they were only looked at. What remains is
// put in text order and numbered.
func prune(d *stages.Document) {
	d.Statements = slices.DeleteFunc(d.Statements, func(s stages.Statement) bool {
		return len(s.Tones) == 0 && (s.Kind == stages.Action || own(d, &s))
	})
	slices.SortStableFunc(d.Statements, func(a, b stages.Statement) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	utterances := map[int]int{}
	for i := range d.Statements {
		s := &d.Statements[i]
		s.Ordinal = i
		n, ok := utterances[s.Utterance]
		if !ok {
			n = len(utterances)
			utterances[s.Utterance] = n
		}
		s.Utterance = n
	}
}

// opinions remembers what the sentiment model said of the passages of one
// sentence: targets that are not named there share one.
type opinions struct {
	reader Reader // nil for none
	first  int
	heard  []pair
	answer [][3]float32
}

// pair is the target and the source of a passage.
type pair struct{ target, source Phrase }

// forget forgets all.
func (o *opinions) forget() { o.heard, o.answer = o.heard[:0], o.answer[:0] }

// ask adds what the sentiment model thinks of a candidate to its features.
func (o *opinions) ask(f []float32, d *stages.Document, sent *stages.Sentence, c *candidate) {
	if o.reader == nil {
		return
	}
	p := pair{target: Phrase{-1, -1}, source: Phrase{-1, -1}}
	for _, k := range c.relations {
		r := &d.Relations[k]
		for i := sent.MentionFrom; i < sent.MentTo; i++ {
			m := &d.Mentions[i]
			if m.First == r.TargetAt && p.target.First < 0 {
				p.target = Phrase{m.First, m.Last}
			}
			if m.First == r.SourceAt && p.source.First < 0 {
				p.source = Phrase{m.First, m.Last}
			}
		}
	}
	if o.first != sent.First {
		o.forget()
		o.first = sent.First
	}
	at := slices.Index(o.heard, p)
	if at < 0 {
		at = len(o.heard)
		answer := o.reader(Passage{Doc: d, First: sent.First, Last: sent.Last, Target: p.target, Source: p.source, Again: at > 0})
		o.heard, o.answer = append(o.heard, p), append(o.answer, answer)
	}
	a := o.answer[at]
	f[fSentiment], f[fSentimentSure] = a[2]-a[0], 1-a[1]
	f[fSentimentNeg], f[fSentimentPos] = a[0], a[2]
}

// evidence lists the matches that a candidate rests on, in text order.
func (s *Scorer) evidence(d *stages.Document, c *candidate) []stages.Evidence {
	var out []stages.Evidence
	add := func(e stages.Evidence) {
		for _, o := range out {
			if o.Span == e.Span && o.Category == e.Category {
				return
			}
		}
		out = append(out, e)
	}
	for _, k := range c.relations {
		r := &d.Relations[k]
		if r.First < 0 {
			continue
		}
		span := d.Span(r.First, r.Last)
		e := stages.Evidence{Term: span.In(d.Article.Text), Span: span, Category: "demand", Valence: r.Valence * r.Shift}
		if r.Predicate >= 0 {
			e.Category = s.lex.Predicates[r.Predicate].Category
		}
		add(e)
		for _, t := range r.Shifters {
			span := d.Span(t, t+1)
			add(stages.Evidence{Term: span.In(d.Article.Text), Span: span, Category: "shifter", Valence: 0})
		}
	}
	slices.SortStableFunc(out, func(a, b stages.Evidence) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return out
}

// candidates returns all candidates of the document, by statement, then source,
// then target.
func (s *Scorer) candidates(w *walk, d *stages.Document) []candidate {
	x, rel := &w.cast, d.Relations
	order := w.order[:0]
	for i := range rel {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &rel[a], &rel[b]
		return cmp.Or(cmp.Compare(x.Statement, y.Statement), cmp.Compare(x.Source, y.Source), cmp.Compare(x.Target, y.Target))
	})
	all := w.candidates[:0]
	for i := 0; i < len(order); {
		r := &rel[order[i]]
		j := i + 1
		for j < len(order) && rel[order[j]].Statement == r.Statement && rel[order[j]].Source == r.Source && rel[order[j]].Target == r.Target {
			j++
		}
		source, target := s.party(x, r.Source), s.party(x, r.Target)
		c := candidate{r.Statement, source, target, x.dyad(source, target), order[i:j]}
		for _, k := range c.relations {
			if construction(&rel[k]) {
				c.dyad.pairs++
				x.tied++
			}
		}
		all = append(all, c)
		i = j
	}
	w.order, w.candidates = order, all
	return all
}

// each calls f for every candidate of the document, by statement, then source,
// then target.
func (s *Scorer) each(w *walk, d *stages.Document, f func(*candidate, []float32)) {
	if len(d.Relations) == 0 {
		return
	}
	x, features := &w.cast, w.features[:]
	s.cast(x, d)
	w.heard.forget()
	var about surroundings
	for all := s.candidates(w, d); len(all) > 0; {
		n := slices.IndexFunc(all, func(c candidate) bool { return c.statement != all[0].statement })
		if n < 0 {
			n = len(all)
		}
		same := all[:n] // candidates of one statement
		all = all[n:]
		about.at(s.lex, d, x, d.SentenceAt(d.Statements[same[0].statement].Span.Start))
		for k := range same {
			c := &same[k]
			s.features(features, d, c, same, &about, x)
			chance := float64(1)
			if s.blend != nil {
				chance = s.blend.chance(features)
			}
			if chance < leastTogether && weak(d, c) {
				continue
			}
			if chance >= leastReading {
				w.heard.ask(features, d, about.sentence, c)
			}
			f(c, features)
		}
		for k := range same {
			x.note(d, &same[k], about.n)
		}
	}
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}
