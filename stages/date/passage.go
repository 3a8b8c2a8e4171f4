package date

import (
	"detente/lexicons"
	"detente/stages"
)

// anchor is a date that later sentences may go on with.
type anchor struct {
	date      stages.Date
	sentence  int
	paragraph int
	speech    bool
	name      string // of the speaker, "" = none
}

// How many sentences a date carries on.
const (
	far      = 100
	bySource = 4 // the same speaker goes on
	byScene  = 6 // "after the meeting"
	byEvent  = 2 // the same passage of past events
)

// carried returns the date of an earlier speech or event that a statement
// without an expression of its own goes on with. Only what is told in the past
// tense goes on: "has called" and "calls" leave the passage.
func (w *walk) carried(s *stages.Statement, cue int) (stages.Date, bool) {
	if s.Kind == stages.Direct && s.Source == "" {
		return stages.Date{}, false // nobody knows whose words these are
	}
	speech := s.Kind != stages.Action && s.Source != ""
	t := past
	verb := cue
	own := s.Source != "" && s.Source == w.d.TurnOf(w.n).Code
	if cue < 0 && own {
		t = w.tense(w.main())
	}
	if cue >= 0 && cue >= w.sent.First && cue < w.sent.Last {
		if !w.isVerb(cue) {
			verb = w.verb(cue, cue+1)
		}
		if t = w.tense(verb); t == open {
			t = w.tense(w.above(verb))
		}
		if w.relativeClause(verb) || w.dependent(verb) {
			return stages.Date{}, false
		}
	}
	if t != past && (t != none || own) {
		return stages.Date{}, false
	}
	// The same speaker or doer goes on.
	source := w.source(s)
	if a, ok := w.anchors[source]; ok && source != "" && (w.n-a.sentence <= 1 || s.SpeakerName == "" || s.SpeakerName == a.name) {
		gap := w.n - a.sentence
		background := a.date.Precision != stages.DayPrecision
		switch {
		case gap > bySource, background && (gap > byEvent || a.paragraph != w.sent.Paragraph):
		case a.speech == speech, own, gap == 0, gap <= byEvent && w.takesUp(), background:
			return a.date, true
		}
	}
	scene, reply := w.occasion()
	if gap := w.n - w.scene.sentence; scene && gap > 0 && gap <= byScene {
		return w.scene.date, true
	}
	a := w.passage
	gap := w.n - a.sentence
	if gap <= 0 {
		return stages.Date{}, false
	}
	if reply && gap <= byEvent {
		return a.date, true
	}
	background := a.date.Precision != stages.DayPrecision
	if gap <= byEvent && a.paragraph == w.sent.Paragraph && (background || gap == 1 && !speech && w.takesUp()) && !(speech && !background) {
		return a.date, true
	}
	return stages.Date{}, false
}

// main returns the main verb of the sentence in hand, -1 for none.
func (w *walk) main() int {
	for i := w.sent.First; i < w.sent.Last; i++ {
		if w.isVerb(i) && (!w.sent.Parsed && w.tense(i) != open || w.d.Rel(i) == stages.Root) {
			return i
		}
	}
	return -1
}

// source is who did or said what statement s tells: the source of its
// relations where nobody in particular tells of a deed.
func (w *walk) source(s *stages.Statement) string {
	if s.Source != "" {
		return s.Source
	}
	for i := range w.d.Relations {
		if r := &w.d.Relations[i]; &w.d.Statements[r.Statement] == s {
			return r.Source
		}
	}
	return ""
}

// relativeClause reports whether a relative pronoun governs the verb at token
// i.
func (w *walk) relativeClause(i int) bool {
	if w.sent.Parsed && i >= 0 {
		for w.d.Rel(i) == stages.Conj || w.d.Rel(i) == stages.Xcomp {
			i = w.d.Head(i)
		}
		return w.d.Rel(i) == stages.Relcl
	}
	for k := i - 1; k >= w.sent.First && i-k < 8; k-- {
		if w.relative(k) {
			return true
		}
		if w.isVerb(k) || w.d.Word(k) == "," || w.breaks(k) {
			return false
		}
	}
	return false
}

// dependent reports whether "after", "since" or the like governs the verb at
// token i.
func (w *walk) dependent(i int) bool {
	for k := i - 1; k > w.sent.First; k-- {
		if w.d.Word(k) == "," || w.breaks(k) || w.isVerb(k) {
			return false
		}
		switch w.lower(k) {
		case "after", "before", "since", "until":
			return true
		}
	}
	return false
}

// takesUp reports whether the sentence in hand has a pronoun for its subject,
// and so goes on with the sentence before it.
func (w *walk) takesUp() bool {
	for i := w.sent.First; i < w.sent.Last && i < w.sent.First+5; i++ {
		if w.d.Tags[i]&lexicons.Pron != 0 {
			return true
		}
		if w.isVerb(i) {
			return w.lower(max(i-1, w.sent.First)) == "that"
		}
	}
	return false
}

// occasion reports whether the sentence in hand names the occasion that was told
// of before (scene: "after the meeting", "at the ceremony", "in the same
// debate"), or answers it (reply: "in turn").
func (w *walk) occasion() (scene, reply bool) {
	for _, x := range w.words {
		switch x.kind {
		case "scene":
			i := x.first - 1
			if i > w.sent.First && w.lower(i) == "same" {
				i--
			}
			if i <= w.sent.First || w.quote[i] {
				continue
			}
			switch w.lower(i) {
			case "the", "that", "this", "his", "her", "its", "their":
			default:
				continue
			}
			if i > w.sent.First && w.d.Tags[i-1]&(lexicons.Prep|lexicons.Subord) != 0 && w.lower(i-1) != "of" && w.lower(i-1) != "for" && w.lower(i-1) != "to" {
				scene = true
			}
		case "reply":
			if !w.quote[x.first] && (x.value == 0 || x.first == w.sent.First) {
				reply = true
			}
		}
	}
	return scene, reply
}
