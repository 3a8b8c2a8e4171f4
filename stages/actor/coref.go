package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// holder resolves a bare title or institution ("the president", "the
// ministry", "troops") to the country that the context gives it: the town it
// speaks in, the one it is joined to, the speaker's own, the last mention with
// such a role, the subject of the passage, the story's own country.
func (w *walk) holder(it item, r run) string {
	d := w.d
	role := it.role
	s := d.Sentences[w.now]
	here := d.Mentions[s.MentionFrom:]
	definite := d.Tags[r.first] == lexicons.Det && strings.EqualFold(d.Word(r.first), "the")
	switch {
	case w.nobodys(it, r):
		return ""
	case w.own() == "" && (strings.EqualFold(d.Word(r.first), "our") || strings.EqualFold(d.Word(r.first), "my")):
		return "" // the speaker's, who is not known yet
	case role.Role == "secretary-general":
		return w.namedSo("")
	case role.Role == "rival" && w.own() != "":
		return w.other(stages.Country(w.own())) // nobody calls his own government so
	}
	if code := w.scene(role); code != "" {
		return code
	}
	if code := w.seat(it, role); code != "" {
		return code
	}
	if w.general(it, r) {
		return ""
	}
	// "Chad's government and rebels"
	if last := len(here) - 1; role.Kind != "person" && last >= 0 && r.first-here[last].Last == 1 && strings.EqualFold(d.Word(here[last].Last), "and") && d.Tags[r.first] != lexicons.Det && w.isState(here[last].Code) {
		return stages.Country(here[last].Code)
	}
	if code := w.insider(role, definite); code != "" {
		return code
	}
	if code, ok := w.titles[strings.ToLower(d.Text(it.first, it.last))]; ok {
		return code
	}
	if role.Kind == "person" && d.Tags[r.first] == lexicons.Det && !definite && !d.Tokens[r.first].Is(lexicons.Cap) {
		// "a spokesman", "one official": whose side is the paper's guess.
		switch strings.ToLower(d.Word(r.first)) {
		case "a", "an", "one":
		default:
			return ""
		}
	}
	if role.Role == "spokesperson" && (len(r.items) == 1 || r.items[0].kind != roleItem) {
		if code := w.body(); code != "" {
			return code // "NATO protested. A spokesman said"
		}
	}
	if d.Author != "" && d.Tokens[it.first].Is(lexicons.Cap) {
		return stages.Country(d.Author)
	}
	if same := w.now > 0 && d.Sentences[w.now-1].Paragraph == s.Paragraph; same {
		if code := w.subject(1); code != "" && role.Sector == "" {
			return code
		}
		if code := w.setting(w.now - 1); code != "" {
			return code
		}
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
		if c := &d.Mentions[w.recent[i]]; c.Type == stages.ByName && !c.Place && w.isState(c.Code) {
			return stages.Country(c.Code)
		}
	}
	return w.top
}

// nobodys reports whether only an owner could say whose the role of item it is,
// and run r has none, or one that is no actor.
func (w *walk) nobodys(it item, r run) bool {
	d := w.d
	if it.role.Kind == "owned" || it.role.Role == "counterpart" || w.region(it, r) {
		return true // "Caribbean leaders"
	}
	if d.Author != "" && it.role.Kind == "people" && it.role.Sector == "CVL" {
		return true // those that a government speaks to and of every day: "students", "working families"
	}
	if k := r.first - 1; k > d.Sentences[w.now].First && d.Tags[k] == lexicons.Possessive && !d.Calendar[k-1] {
		return true // "the faction's spokesman"
	}
	switch strings.ToLower(d.Word(r.first)) {
	case "any", "no", "other", "another", "each", "every", "such":
		return true // "other governments"
	case "a":
		return strings.EqualFold(d.Word(r.head), "people")
	}
	return false
}

// general reports whether a role without a determiner is of nobody in particular:
// "officials said", "told reporters", "in court".
func (w *walk) general(it item, r run) bool {
	role := it.role
	if w.d.Tags[r.first] == lexicons.Det || w.d.Tokens[it.first].Is(lexicons.Cap) {
		return false
	}
	for _, before := range r.items {
		if before.kind == roleItem && before.role.Kind == "organ" && before.role.Sector == "" && before.first < it.first {
			return false // "Foreign Ministry officials"
		}
	}
	switch {
	case role.Kind == "people", role.Kind == "person" && role.Plural:
		return role.Sector == "" || role.Sector == "BUS" || role.Sector == "MED" || role.Role == "anyone" || w.d.Author != ""
	case role.Kind == "organ":
		return role.Sector == "JUD" || role.Plural
	}
	return false
}

// scene returns the country of the town that the sentence sets out in, where
// no other country is named since. Diplomats are of another.
func (w *walk) scene(role lexicons.Role) string {
	code := w.setting(w.now)
	if code == "" || w.abroad(role) {
		return ""
	}
	for _, m := range w.d.Mentions[w.d.Sentences[w.now].MentionFrom:] {
		if m.Code != "" && stages.Country(m.Code) != code {
			return ""
		}
	}
	return code
}

// setting returns the country that sentence n sets out in: "In Athens on Friday
// night the police used tear gas", "TUNIS - A court sentenced".
func (w *walk) setting(n int) string {
	d := w.d
	s := d.Sentences[n]
	here := d.Mentions[s.MentionFrom:]
	if len(here) == 0 || !w.isState(here[0].Code) || here[0].Sentence != n || here[0].First > s.First+2 || !here[0].Place && !w.brief(here[0]) {
		return ""
	}
	return stages.Country(here[0].Code)
}

// brief reports whether mention m is the dateline of a brief: "TUNIS - A court".
func (w *walk) brief(m stages.Mention) bool {
	d := w.d
	if m.First != d.Sentences[m.Sentence].First || !d.Tokens[m.First].Is(lexicons.Upper) || m.Last >= len(d.Tokens) {
		return false
	}
	switch d.Word(m.Last) {
	case "-", "--", "—", "–":
		return true
	}
	return false
}

// abroad reports whether those of a role do their work in another country.
func (w *walk) abroad(role lexicons.Role) bool {
	switch role.Role {
	case "ambassador", "envoy", "secretary-general":
		return true
	}
	return false
}

// seat returns the country of the capital in which those of item it speak: "a
// government spokesman in Malabo".
func (w *walk) seat(it item, role lexicons.Role) string {
	if role.Kind != "person" && role.Kind != "people" || w.abroad(role) || it.last+1 >= w.d.Sentences[w.now].Last || !strings.EqualFold(w.d.Word(it.last), "in") {
		return ""
	}
	if i := w.itemAt(it.last + 1); i >= 0 && w.items[i].kind == actorItem && w.items[i].form == lexicons.Capital {
		return stages.Country(w.items[i].code)
	}
	return ""
}

// insider returns the country of the one who acts in the sentence, where the
// role is likely of the same: what its opposition, press or citizens say of "the
// government", and the troops that a state has.
func (w *walk) insider(role lexicons.Role, definite bool) string {
	d := w.d
	for _, m := range d.Mentions[d.Sentences[w.now].MentionFrom:] {
		if m.Attributive || m.Place || m.Code == "" || m.Last <= w.line {
			continue
		}
		if !w.isState(m.Code) {
			return ""
		}
		if definite && strings.Contains(m.Code, "-") || role.Kind == "force" && !definite {
			return stages.Country(m.Code)
		}
		return ""
	}
	return ""
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
