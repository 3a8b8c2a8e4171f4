package attribute

import (
	"detente/lexicons"
)

// reporting reports whether verb group i is headed by a reporting verb.
func (w *walk) reporting(i int) bool {
	p := w.predicateAt(w.row[i].head)
	return p != nil && p.POS == lexicons.Base && p.Flags&lexicons.Content != 0
}

// cueVoice returns the speaker of a cue: its subject or, where the cue follows
// the quotation and is inverted ("said Lam"), the phrase behind it.
func (w *walk) cueVoice(i int, behind bool) (voice, bool) {
	c := &w.row[i]
	inverted := false
	if i+1 < len(w.row) && w.row[i+1].kind == np && !c.passive && c.form&(lexicons.Past|lexicons.Third|lexicons.Participle) != 0 {
		j := i - 1
		for j >= 0 && (w.row[j].kind == comma || w.row[j].kind == quote) {
			j--
		}
		inverted = j < i-1 && (j < 0 || w.row[j].inQuote || behind && w.row[j].kind != np) || j < 0
	}
	if inverted {
		return w.voiceOf(i + 1), true
	}
	if c.passive {
		if p, at := w.after(i, []string{"by"}); len(p) > 0 {
			return w.voiceOf(at), true
		}
		if w.lower(c.head) != "quoted" && w.lower(c.head) != "cited" {
			return voice{first: -1}, false
		}
	}
	if c.subject >= 0 && !w.row[c.subject].inQuote {
		return w.voiceOf(c.subject), true
	}
	return voice{first: -1}, false
}

// voiceOf returns the speaker that noun phrase i names.
func (w *walk) voiceOf(i int) voice {
	c := &w.row[i]
	v := voice{first: c.first, last: c.last, known: true}
	if all := w.parties(i, len(w.row)); len(all) > 1 && c.mention >= 0 {
		for _, p := range all {
			if !p.owner && p.code != all[0].code {
				v.more = append(v.more, p.code)
			}
		}
	}
	pick := c.mention
	if pick < 0 && len(c.owners) > 0 {
		pick = c.owners[len(c.owners)-1]
	}
	if pick >= 0 {
		m := &w.d.Mentions[pick]
		v.name = m.Name
		if cs := w.codes(m); len(cs) > 0 {
			v.code = cs[0]
		}
		if c.mention >= 0 {
			v.first, v.last = min(m.First, c.first), max(m.Last, c.last)
		}
		return v
	}
	if p, at := w.ofPhrase(i); len(p) > 0 {
		v.code = p[0].code
		v.last = w.row[at].last
	}
	return v
}

// accordingTo finds "according to X" outside quotations: the speaker and the
// tokens of the phrase.
func (w *walk) accordingTo() (v voice, first, last int, ok bool) {
	d := w.d
	for i := w.sent.First; i+2 < w.sent.Last; i++ {
		if d.Tokens[i].ID != w.according || d.Tokens[i].ID == 0 || w.quote[i] != 0 || w.lower(i+1) != "to" {
			continue
		}
		for k := range w.row {
			if w.row[k].kind == np && w.row[k].first == i+2 {
				end := w.row[k].last
				v = w.voiceOf(k)
				// The phrase runs to the next comma or the end.
				for end < w.sent.Last && d.Word(end) != "," && d.Word(end) != "." && !d.Tokens[end].Is(lexicons.Quote) {
					end++
				}
				return v, i, end, true
			}
		}
	}
	return voice{first: -1}, 0, 0, false
}
