package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// holder resolves a bare title or institution ("the president", "the
// ministry", "troops") to the country that the context gives it: the last
// mention with such a role, the one it is joined to, the subject of the passage,
// the story's own country.
func (w *walk) holder(it item, r run) string {
	d := w.d
	role := it.role
	s := d.Sentences[w.now]
	here := d.Mentions[s.MentionFrom:]
	definite := d.Tags[r.first] == lexicons.Det && strings.EqualFold(d.Word(r.first), "the")
	bare := d.Tags[r.first] != lexicons.Det && !d.Tokens[it.first].Is(lexicons.Cap)
	switch {
	case role.Kind == "owned", role.Role == "counterpart":
		return "" // whose, only their owner says
	case w.region(it, r):
		return "" // "Caribbean leaders"
	case (role.Kind == "people" || role.Plural && role.Kind == "person") && bare && (role.Sector == "" || role.Sector == "BUS" || d.Author != ""):
		return "" // "officials said", "residents": nobody's in particular
	}
	// "In Rabat, the ministry said"
	if len(here) > 0 && here[0].Place && w.isState(here[0].Code) && here[0].First <= s.First+2 && here[0].Last < len(d.Tokens) && d.Word(here[0].Last) == "," {
		return stages.Country(here[0].Code)
	}
	// "Chad's government and rebels"
	if last := len(here) - 1; role.Kind != "person" && last >= 0 && r.first-here[last].Last == 1 && strings.EqualFold(d.Word(here[last].Last), "and") && d.Tags[r.first] != lexicons.Det && w.isState(here[last].Code) {
		return stages.Country(here[last].Code)
	}
	if code, ok := w.titles[strings.ToLower(d.Text(it.first, it.last))]; ok {
		return code
	}
	if role.Kind == "person" && !definite && !d.Tokens[r.first].Is(lexicons.Cap) {
		// "a spokesman", "officials said": whose side is the paper's guess.
		if d.Tags[r.first] == lexicons.Det && !strings.EqualFold(d.Word(r.first), "a") {
			return ""
		}
	}
	if role.Role == "spokesperson" {
		if code := w.body(); code != "" {
			return code // "NATO protested. A spokesman said"
		}
	}
	if d.Author != "" && d.Tokens[it.first].Is(lexicons.Cap) {
		return stages.Country(d.Author)
	}
	if code := w.subject(1); code != "" && role.Sector == "" && w.now > 0 && d.Sentences[w.now-1].Paragraph == s.Paragraph {
		return code
	}
	if w.home != "" {
		return w.home
	}
	if code := w.subject(3); code != "" && definite {
		return code
	}
	if !definite {
		return w.top // "former prosecutor Ann Orley", "protesters"
	}
	for i := len(w.recent) - 1; i >= 0; i-- {
		if c := w.recent[i]; c.Type == stages.ByName && !c.Place && w.isState(c.Code) {
			return stages.Country(c.Code)
		}
	}
	return w.top
}

// region reports whether a name that is no country's stands before the role in
// its run: "Caribbean leaders", "Latin American governments".
func (w *walk) region(it item, r run) bool {
	k := it.first - 1
	if k < r.first || k == w.d.Sentences[w.now].First {
		return false
	}
	if i := w.itemAt(k); i >= 0 {
		return w.items[i].kind == roleItem && w.items[i].role.Kind == "place"
	}
	return w.d.Tags[k]&(lexicons.Noun|lexicons.Adj) != 0 && !w.d.Tokens[it.first].Is(lexicons.Cap) && w.d.Tokens[k].Is(lexicons.Cap) && !w.d.Tokens[k].Is(lexicons.Punct)
}

// body returns the organisation that is the subject of the sentence before, ""
// for none.
func (w *walk) body() string {
	if w.now == 0 {
		return ""
	}
	d := w.d
	s := d.Sentences[w.now-1]
	for i := s.MentionFrom; i < s.MentTo; i++ {
		if c := &d.Mentions[i]; !c.Attributive && !c.Place && !c.Possessive && c.Code != "" {
			if c.Type == stages.ByName && !w.isState(c.Code) {
				return c.Code
			}
			break
		}
	}
	return ""
}

// subject returns the country that the last sentences, up to back of them, have
// for their first actor; "" for none.
func (w *walk) subject(back int) string {
	d := w.d
	for n := w.now - 1; n >= 0 && n >= w.now-back; n-- {
		s := d.Sentences[n]
		for i := s.MentionFrom; i < s.MentTo; i++ {
			c := &d.Mentions[i]
			if c.Attributive || c.Place || c.Possessive || c.Code == "" || len(c.More) > 0 || c.Last <= w.line {
				continue
			}
			if w.isState(c.Code) {
				return stages.Country(c.Code)
			}
			break
		}
	}
	return ""
}
