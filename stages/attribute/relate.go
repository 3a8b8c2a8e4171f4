package attribute

import (
	"slices"

	"detente/stages"
)

// concerns reports whether the sentence in hand can relate anybody: somebody is
// named, speaks, or did a deed before that it may take up.
func (w *walk) concerns() bool {
	if w.doer != "" {
		return true
	}
	for k := range w.open {
		if w.open[k].voice.coded() {
			return true
		}
	}
	for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
		var some [2]string
		if len(w.codes(some[:0], &w.d.Mentions[i])) > 0 {
			return true
		}
	}
	return false
}

// relate finds the relations of the sentence in hand.
func (w *walk) relate() {
	d := w.d
	start := len(d.Relations)
	w.relations, w.settled = start, true
	for k := range w.found {
		m := &w.found[k]
		w.event(m, &w.lex.Predicates[m.ref])
	}
	w.clauses(start)
	events := len(d.Relations)
	w.speakerOnEvents(start, events)
	w.suppositions(start, events)
	w.colours(start)
	w.demands()
	w.understood(start)
	w.near(start)
	w.together(start)
	deed := -1 // the last hostile one: its first token
	for _, r := range d.Relations[start:] {
		if r.Route != stages.SpeakerVictim && r.Route != stages.Together && r.Route != stages.SpeakerNear && r.Route != stages.SpeakerTopic && r.Route != stages.ActorTopic {
			last := w.last[r.Source]
			if v := r.Valence * r.Shift; v < 0 {
				last[0] = r.Target
			} else if v > 0 {
				last[1] = r.Target
			}
			w.last[r.Source] = last
			if v := r.Valence * r.Shift; r.SourceAt >= 0 && r.Route <= stages.PassiveBy && abs(v) > 0.3 {
				w.doer, w.doerN = r.Source, w.n
				if r.Predicate >= 0 {
					w.deeds[w.lex.Predicates[r.Predicate].Category] = told{r.Source, w.n}
				}
				if v < -0.4 {
					if deed != r.First {
						deed, w.agents = r.First, w.agents[:0]
					}
					if !slices.Contains(w.agents, r.Source) {
						w.agents = append(w.agents, r.Source)
					}
					w.victim, w.agentN = r.Target, w.n
				}
			}
		}
	}
}

// suppositions drops the deeds that are only supposed, relations from to to: "if Mali
// attacks Chad". What a speaker means by them stays.
func (w *walk) suppositions(from, to int) {
	kept := slices.DeleteFunc(w.d.Relations[from:to:to], func(r stages.Relation) bool {
		return r.First >= 0 && w.hypothetical(r.First) && w.speakerAt(r.First) != r.Source
	})
	w.d.Relations = append(w.d.Relations[:from+len(kept)], w.d.Relations[to:]...)
}

// add notes a relation unless source and target are the same.
func (w *walk) add(r stages.Relation) {
	if r.Source == "" || r.Target == "" || r.Source == r.Target {
		return
	}
	r.Statement = w.statementAt(r)
	if r.Statement < 0 {
		return
	}
	w.d.Relations = append(w.d.Relations, r)
}

// statementAt returns the statement that a relation belongs to: the content
// whose cue or words its predicate is, else the deed of the sentence.
func (w *walk) statementAt(r stages.Relation) int {
	at := r.First
	if at < 0 {
		at = r.TargetAt
	}
	for k := range w.open {
		c := &w.open[k]
		if c.cue == at && at >= 0 {
			return w.write(k)
		}
	}
	inside := -1
	for k := range w.open {
		c := &w.open[k]
		if c.first <= at && at < c.last {
			if c.cue < 0 && !w.quoted(at) && r.SourceAt >= 0 {
				continue // a deed that a release tells of
			}
			if c.voice.code == r.Source {
				return w.write(k)
			}
			if inside < 0 {
				inside = k
			}
		}
	}
	if inside >= 0 {
		return w.write(inside)
	}
	if at < 0 && len(w.open) > 0 {
		return w.write(0)
	}
	return w.deed(r)
}

// deed returns the action statement of the sentence, writing it at need.
func (w *walk) deed(r stages.Relation) int {
	d := w.d
	span := w.trim(w.sent.First, w.sent.Last)
	if span.Empty() {
		return -1
	}
	for i := len(d.Statements) - 1; i >= 0 && d.Statements[i].Span.Start >= w.sent.Span.Start; i-- {
		if s := &d.Statements[i]; s.Kind == stages.Action && s.Span == span && (s.Source == r.Source || s.Source == "") {
			return i
		}
	}
	st := stages.Statement{Kind: stages.Action, Span: span, Source: r.Source, Utterance: w.nextUtterance()}
	if r.First >= 0 {
		st.Cue = d.Span(r.First, r.Last)
	}
	if r.SourceAt >= 0 {
		for i := w.sent.MentionFrom; i < w.sent.MentTo; i++ {
			if m := &d.Mentions[i]; m.First == r.SourceAt {
				st.Speaker, st.SpeakerName = d.Span(m.First, m.Last), m.Name
				break
			}
		}
	}
	d.Statements = append(d.Statements, st)
	return len(d.Statements) - 1
}
