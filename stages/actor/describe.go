package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// How far back, in sentences, the other country of "its neighbour" was named, and
// what the whole story is about.
const passage, story = 8, 60

// pair gives "both sides", "the two countries" the two that the passage is
// about: those of the sentence itself, those just named together, else those of the
// title, else those named last.
func (w *walk) pair(m *stages.Mention) {
	d := w.d
	states := w.countries(m)
	var codes []string
	note := func(code string) {
		if code == "" || len(codes) == 2 || states && !w.isState(code) {
			return
		}
		if states {
			code = stages.Country(code)
		}
		for _, c := range codes {
			if c == code {
				return
			}
		}
		codes = append(codes, code)
	}
	// The parties come before those who speak to them: "Iran accused Israel …,
	// while France and Germany urged both sides".
	s := d.Sentences[m.Sentence]
	var here []string
	for i := s.MentionFrom; i < len(d.Mentions); i++ {
		if c := d.Mentions[i]; !c.Place && c.Code != "" && c.Last > w.line {
			here = append(here, c.Code)
			here = append(here, c.More...)
		}
	}
	clear := func() bool {
		if len(codes) < 2 {
			codes = codes[:0]
		}
		return len(codes) == 0
	}
	if m.Type == stages.ByPair && states && w.itemAt(m.Head) >= 0 && w.items[w.itemAt(m.Head)].role.Kind == "country" {
		// "a dispute between Mauritania and Senegal … the two neighbours"
		for i := len(d.Mentions) - 1; clear() && i > s.MentionFrom; i-- {
			if a, b := &d.Mentions[i-1], &d.Mentions[i]; w.couple(a, b) {
				note(a.Code)
				note(b.Code)
			}
		}
	}
	for _, c := range here {
		note(c)
	}
	// "Our two countries": the author's and the one spoken to.
	if own := stages.Country(w.own()); w.isState(own) && (len(codes) < 2 || strings.EqualFold(d.Word(m.First), "our")) {
		codes = append(codes[:0], own)
		for _, c := range here {
			note(c)
		}
		for _, c := range d.About {
			note(c)
		}
		note(w.other(own))
	}
	// "India and Pakistan", and "both" of the next sentence.
	for i := s.MentionFrom - 1; clear() && i > 0 && d.Mentions[i].Sentence >= m.Sentence-1; i-- {
		a, b := &d.Mentions[i-1], &d.Mentions[i]
		switch {
		case len(b.More) == 1:
			note(b.Code)
			note(b.More[0])
		case w.couple(a, b):
			note(a.Code)
			note(b.Code)
		}
	}
	// The title's two; who speaks of them is a third where there is one.
	for _, third := range []bool{true, false} {
		for _, c := range d.About {
			if !third || len(here) == 0 || stages.Country(c) != stages.Country(here[0]) {
				note(c)
			}
		}
		if !clear() {
			break
		}
	}
	for i := s.MentionFrom - 1; clear() && i > 0 && d.Mentions[i].Sentence >= m.Sentence-story; i-- {
		if a, b := &d.Mentions[i-1], &d.Mentions[i]; w.couple(a, b) {
			note(a.Code)
			note(b.Code)
		}
	}
	// "Baku returned 15 Armenian prisoners. The swap was brokered by Georgia."
	for back := 1; clear() && back <= 3 && m.Sentence >= back; back++ {
		s := d.Sentences[m.Sentence-back]
		for i := s.MentionFrom; i < s.MentTo; i++ {
			if c := &d.Mentions[i]; !c.Place {
				note(c.Code)
			}
		}
	}
	if clear() {
		for i := len(w.recent) - 1; i >= 0; i-- {
			if c := &d.Mentions[w.recent[i]]; !c.Place {
				note(c.Code)
			}
		}
	}
	if len(codes) == 2 {
		m.Code, m.More = codes[0], codes[1:]
		m.Plural = true
	}
}

// couple reports whether two mentions are joined by "and", as a pair and not as
// the end of a list.
func (w *walk) couple(a, b *stages.Mention) bool {
	d := w.d
	return b.First-a.Last == 1 && strings.EqualFold(d.Word(a.Last), "and") && a.Code != "" && b.Code != "" && !b.Attributive && (a.First == 0 || d.Word(a.First-1) != ",")
}

// countries reports whether mention m is of countries or governments: "both
// nations", not "both sides".
func (w *walk) countries(m *stages.Mention) bool {
	for i := m.First; i < m.Last; i++ {
		for _, x := range w.items {
			if x.kind == roleItem && x.first <= i && i < x.last && (x.role.Role == "state" || x.role.Kind == "country") {
				return true
			}
		}
	}
	return false
}

// describe resolves "the bloc", "the organisation" (state false) or "the
// country", "its neighbour" (state true) to the last such actor.
func (w *walk) describe(m *stages.Mention, i int, state bool) {
	d := w.d
	if state && !m.Plural && d.Tags[m.First] == lexicons.Det {
		switch strings.ToLower(d.Word(m.First)) {
		case "its", "his", "her", "their":
			own := stages.Mention{First: m.First, Last: m.First + 1, Head: m.First, Sentence: m.Sentence}
			w.antecedent(&own)
			m.Code = stages.Country(own.Code)
			if strings.HasPrefix(strings.ToLower(d.Word(m.Head)), "neighbo") {
				m.Code = w.other(m.Code) // the other country of the passage
			}
			return
		case "our", "my":
			m.Code = stages.Country(w.own())
			return
		}
	}
	if d.Tags[m.First] != lexicons.Det || !strings.EqualFold(d.Word(m.First), "the") && !strings.EqualFold(d.Word(m.First), "this") && !strings.EqualFold(d.Word(m.First), "that") {
		return
	}
	if !state && d.Tokens[m.Head].Is(lexicons.Cap) {
		if m.Code = w.namedSo(d.Word(m.Head)); m.Code != "" {
			return
		}
	}
	for k := len(d.Mentions) - 1; k >= d.Sentences[m.Sentence].MentionFrom; k-- {
		if c := d.Mentions[k]; c.Code != "" && w.isState(c.Code) == state && c.Type == stages.ByName {
			m.Code = stages.Country(c.Code)
			return
		}
	}
	for k := len(w.recent) - 1; k >= 0; k-- {
		if c := &d.Mentions[w.recent[k]]; w.isState(c.Code) == state && c.Type == stages.ByName {
			m.Code = stages.Country(c.Code)
			return
		}
	}
}

// namedSo returns the body last named whose name has the word, "the Union", "the
// Council"; of a body's own text that body.
func (w *walk) namedSo(word string) string {
	d := w.d
	if d.Author != "" && !w.isState(d.Author) {
		return d.Author
	}
	for k := len(d.Mentions) - 1; k >= 0 && d.Mentions[k].Sentence >= w.now-story; k-- {
		if c := &d.Mentions[k]; c.Type == stages.ByName && c.Code != "" && !w.isState(c.Code) && strings.Contains(d.Text(c.First, c.Last), word) {
			return c.Code
		}
	}
	return ""
}

// other returns the country that the passage is about beside own: of those
// named in the last sentences the one that the document names most.
func (w *walk) other(own string) string {
	d := w.d
	best := ""
	for k := len(d.Mentions) - 1; k >= 0 && d.Mentions[k].Sentence >= w.now-passage; k-- {
		c := stages.Country(d.Mentions[k].Code)
		if c == "" || c == own || !w.isState(c) {
			continue
		}
		if best == "" || w.weight[c] > w.weight[best] {
			best = c
		}
	}
	return best
}

// divided resolves "the North", "the south" to the country of the document that
// has the word in its name: North Korea, South Sudan.
func (w *walk) divided(m *stages.Mention) {
	d := w.d
	if m.Last-m.First != 2 || !strings.EqualFold(d.Word(m.First), "the") {
		return
	}
	if code := w.halves[strings.ToLower(d.Word(m.Head))]; code != "" {
		m.Code, m.Type = code, stages.ByName
	}
}
