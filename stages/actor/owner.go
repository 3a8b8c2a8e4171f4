package actor

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// sector adds a role's sector to a country's code.
func (w *walk) sector(code string, role lexicons.Role) string {
	if code == "" || role.Sector == "" || strings.Contains(code, "-") || !w.isState(code) {
		return code
	}
	return code + "-" + role.Sector
}

// citizen is the code of somebody of a country who holds no known office.
func (w *walk) citizen(code string) string {
	if strings.Contains(code, "-") || !w.isState(code) {
		return code
	}
	return code + "-CVL"
}

// owner finds whose the role at the head of run i is: an actor in the run
// itself, a possessor before it, or an "of France" after it, which the mention
// then takes in.
func (w *walk) owner(r run, i int, m *stages.Mention, taken *int) string {
	d := w.d
	for k := len(r.items) - 1; k >= 0; k-- {
		it := r.items[k]
		if it.kind == actorItem || it.kind == personItem && it.code != "" && k < len(r.items)-1 {
			if code := w.sender(r, k); code != "" && w.sent(r.items[len(r.items)-1].role) {
				return code
			}
			if body := w.ofBody(i, m); body != "" && w.isState(it.code) {
				*taken++
				return body // "the French director of Amnesty International"
			}
			return it.code
		}
	}
	if o := w.possessor(r, i); o != nil {
		m.First = o.First
		code := o.Code
		m.More = o.More
		o.Attributive = true
		if o.Last <= r.first && o == &d.Mentions[len(d.Mentions)-1] && o.Type != stages.ByPronoun {
			d.Mentions = d.Mentions[:len(d.Mentions)-1] // now part of the phrase
		}
		return code
	}
	if code := w.whose(r); code != "" {
		return code
	}
	if code := w.theirs(r); code != "" {
		return code
	}
	if d.Tags[r.first] == lexicons.Det {
		switch strings.ToLower(d.Word(r.first)) {
		case "his", "her", "its", "their":
			return ""
		case "our", "my":
			return w.own()
		case "your":
			if own := w.own(); own != d.Author {
				return d.Author // a guest to his host
			} else if own != "" {
				return w.other(stages.Country(own)) // a letter, a toast
			}
		}
	}
	// "president of Iran", "spokesman for the Foreign Ministry of China"
	last, first := r.last, i
	for step := 0; step < 3; step++ {
		if last >= len(d.Tokens) || i+1+step >= len(w.runs) {
			break
		}
		next := w.runs[i+1+step]
		if next.first != last+1 || next.pronoun {
			break
		}
		prep := strings.ToLower(d.Word(last))
		if prep != "of" && prep != "for" && prep != "from" && prep != "at" && !(prep == "in" && r.items[len(r.items)-1].role.Kind != "person") {
			break
		}
		if next.possessive {
			break
		}
		if len(next.items) == 0 {
			if prep != "of" && prep != "for" {
				break
			}
			last = next.last
			continue
		}
		it := next.items[len(next.items)-1]
		if it.kind == personItem && prep != "of" && prep != "for" {
			break
		}
		if it.kind == actorItem || it.kind == personItem {
			if it.last-1 < next.head && it.kind == actorItem && it.form == lexicons.Adjective && prep == "for" {
				break
			}
			m.Last = next.last
			*taken += i + 1 + step - first
			return it.code
		}
		for k := len(next.items) - 1; k >= 0; k-- {
			if next.items[k].kind == actorItem {
				m.Last = next.last
				*taken += i + 1 + step - first
				return next.items[k].code
			}
		}
		if role := it.role; it.kind == roleItem && role.Sector != "" && role.Kind != "person" && it.last-1 == next.head && w.ofGroup(r) {
			// "the leader of the largest opposition party"
			if code := w.sector(w.holder(it, next), role); code != "" {
				m.Last = next.last
				*taken += i + 1 + step - first
				return code
			}
		}
		last = next.last
	}
	return ""
}

// sender returns the state that stands before the body of item k: "the Israeli U.N.
// ambassador"; "" for none.
func (w *walk) sender(r run, k int) string {
	if k > 0 && !w.isState(r.items[k].code) && w.isState(r.items[k-1].code) && r.items[k-1].last == r.items[k].first {
		return r.items[k-1].code
	}
	return ""
}

// sent reports whether those of a role speak for a state at a body.
func (w *walk) sent(role lexicons.Role) bool { return w.abroad(role) || role.Role == "spokesperson" }

// ofBody returns the body that "of" ties to run i, and takes it into the mention;
// "" for none.
func (w *walk) ofBody(i int, m *stages.Mention) string {
	if i+1 >= len(w.runs) {
		return ""
	}
	next := w.runs[i+1]
	if next.first != m.Last+1 || next.possessive || len(next.items) == 0 || !strings.EqualFold(w.d.Word(m.Last), "of") {
		return ""
	}
	it := next.items[0]
	if it.kind != actorItem || it.form != lexicons.Name && it.form != lexicons.Body || it.last <= next.head && !w.isName(it.last, next.last) || w.isState(it.code) {
		return ""
	}
	m.Last = next.last
	return it.code
}

// whose returns the country that "whose" before run r takes up: "Khartoum, whose
// irrigation minister".
func (w *walk) whose(r run) string {
	d := w.d
	k := len(d.Mentions) - 1
	if r.first == 0 || !strings.EqualFold(d.Word(r.first-1), "whose") || k < d.Sentences[w.now].MentionFrom {
		return ""
	}
	if at := d.Mentions[k].Last; at == r.first-1 || at == r.first-2 && d.Word(at) == "," {
		return stages.Country(d.Mentions[k].Code)
	}
	return ""
}

// ofCountry returns the country that "of" ties to the person of run i, and takes
// it into the mention; "" for none.
func (w *walk) ofCountry(i int, m *stages.Mention) string {
	if i+1 >= len(w.runs) {
		return ""
	}
	next := w.runs[i+1]
	if next.first != m.Last+1 || next.possessive || len(next.items) != 1 || !strings.EqualFold(w.d.Word(m.Last), "of") {
		return ""
	}
	it := next.items[0]
	if it.kind != actorItem || it.form != lexicons.Name || it.last != next.last || !w.isState(it.code) {
		return ""
	}
	m.Last = next.last
	return it.code
}

// ownedByPronoun reports whether "his", "its" or the like is all that says
// whose run r is.
func (w *walk) ownedByPronoun(r run) bool {
	for _, it := range r.items {
		if it.kind == actorItem {
			return false
		}
	}
	switch strings.ToLower(w.d.Word(r.first)) {
	case "his", "her", "its", "their":
		return true
	}
	return false
}

// ofPair gives run i the codes of a pair behind it: "delegations of the two
// neighbours", "officials from both countries".
func (w *walk) ofPair(i int, m *stages.Mention) string {
	if i+1 >= len(w.runs) {
		return ""
	}
	next := w.runs[i+1]
	if next.first != m.Last+1 || len(next.items) == 0 || w.d.Tags[m.Last] != lexicons.Prep {
		return ""
	}
	if it := next.items[len(next.items)-1]; it.kind != roleItem || it.role.Kind != "pair" {
		return ""
	}
	p := stages.Mention{First: next.first, Last: next.last, Head: next.head, Sentence: m.Sentence}
	w.pair(&p)
	if p.Code == "" {
		return ""
	}
	m.Last, m.More, m.Plural = next.last, p.More, true
	return p.Code
}

// possessor returns the mention that owns run i ("Iran's"), nil for none.
func (w *walk) possessor(r run, i int) *stages.Mention {
	d := w.d
	if i == 0 || !w.runs[i-1].possessive || len(d.Mentions) == 0 {
		return nil
	}
	if r.first-w.runs[i-1].last > 1 {
		return nil
	}
	o := &d.Mentions[len(d.Mentions)-1]
	if o.Last < w.runs[i-1].first || o.Code == "" {
		return nil
	}
	return o
}

// ofGroup reports whether run r is of somebody whom groups of every kind have: a
// leader, a spokesman, members, supporters.
func (w *walk) ofGroup(r run) bool {
	it := r.items[len(r.items)-1]
	switch it.role.Role {
	case "leader", "spokesperson", "follower":
		return true
	}
	return it.role.Kind == "owned"
}

// theirs returns the country of whom "its", "their" at the beginning of run r stands
// for, "" for none.
func (w *walk) theirs(r run) string {
	if w.d.Tags[r.first] != lexicons.Det {
		return ""
	}
	switch strings.ToLower(w.d.Word(r.first)) {
	case "his", "her", "its", "their":
		p := stages.Mention{First: r.first, Last: r.first + 1, Head: r.first, Sentence: w.now}
		w.antecedent(&p)
		if w.ofGroup(r) {
			return p.Code // "the party … its leader"
		}
		return stages.Country(p.Code)
	}
	return ""
}
