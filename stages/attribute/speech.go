package attribute

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// content is a stretch of a sentence that somebody says.
type content struct {
	first, last int // tokens
	kind        stages.Kind
	cue         int // token of the cue's head, -1 = none
	cueLast     int
	voice       voice
	statement   int // index into Document.Statements, -1 = not written yet
}

// attributeQuotations finds the speaker of every quotation: the subject of a
// cue beside it, else the speaker of the quotation that it continues.
func (w *walk) attributeQuotations() {
	d := w.d
	if len(d.Quotations) == 0 {
		return
	}
	q := 0
	for n, s := range d.Sentences {
		for q < len(d.Quotations) && d.Quotations[q].Last <= s.First {
			q++
		}
		touches := false
		for k := q; k < len(d.Quotations) && d.Quotations[k].First < s.Last; k++ {
			if !d.Quotations[k].Nested && d.Quotations[k].Last > s.First {
				touches = true
			}
		}
		if !touches {
			continue
		}
		w.load(n)
		for k := q; k < len(d.Quotations) && d.Quotations[k].First < s.Last; k++ {
			if !d.Quotations[k].Nested && d.Quotations[k].Last > s.First && !w.voices[k].known {
				w.voices[k] = w.quotationVoice(k)
			}
		}
	}
	// Propagate through running quotations.
	previous := -1
	for k := range d.Quotations {
		quo := &d.Quotations[k]
		if quo.Nested {
			continue
		}
		v := &w.voices[k]
		if !v.known && previous >= 0 && w.runsOn(previous, k) {
			*v = w.voices[previous]
			v.known = true
			if d.Quotations[previous].Continued {
				v.utterance = w.voices[previous].utterance
			} else {
				v.utterance = w.nextUtterance()
			}
		}
		if v.known && v.utterance == 0 {
			if previous >= 0 && w.splitByCue(previous, k) {
				v.utterance = w.voices[previous].utterance
			} else {
				v.utterance = w.nextUtterance()
			}
		}
		if v.known {
			previous = k
		}
	}
}

func (w *walk) nextUtterance() int {
	w.utterances++
	return w.utterances
}

// splitByCue reports whether quotations a and b are one utterance that its cue
// splits: `"We agree," he said, "but …"`.
func (w *walk) splitByCue(a, b int) bool {
	x, y := w.d.Quotations[a], w.d.Quotations[b]
	return w.d.SentenceOf(x.Last-1) == w.d.SentenceOf(y.First) && w.voices[a].first == w.voices[b].first && w.voices[a].first >= 0
}

// runsOn reports whether quotation b, which has no cue, goes on with the
// speaker of a: its sentence is nothing but quotation, and nothing but
// attribution stands between.
func (w *walk) runsOn(a, b int) bool {
	d := w.d
	x, y := d.Quotations[a], d.Quotations[b]
	if x.Continued {
		return true
	}
	n := w.d.SentenceOf(y.First)
	s := d.Sentences[n]
	for i := s.First; i < s.Last; i++ {
		if w.quote[i] == 0 && !d.Tokens[i].Is(lexicons.Punct) {
			return false
		}
	}
	between := n - w.d.SentenceOf(x.Last-1)
	return between <= 1 || between == 2 && y.Last-y.First > 5
}

// quotationVoice finds the cue of quotation k in the sentence in hand.
func (w *walk) quotationVoice(k int) voice {
	q := w.d.Quotations[k]
	best, distance := -1, 1<<30
	for i := range w.row {
		c := &w.row[i]
		if c.kind != vg || c.inQuote || !w.reporting(i) {
			continue
		}
		gap := 0
		switch {
		case c.first >= q.Last:
			gap = c.first - q.Last
		case c.last <= q.First:
			gap = q.First - c.last
			if !c.finite && c.form != lexicons.Gerund {
				gap += 4
			}
		}
		if gap < distance {
			best, distance = i, gap
		}
	}
	if best >= 0 && distance < 40 {
		if v, ok := w.cueVoice(best, w.row[best].first >= q.Last); ok {
			return v
		}
	}
	if v, _, _, ok := w.accordingTo(); ok {
		return v
	}
	// `Khamenei: "…"` and "as one official put it".
	for i := range w.row {
		if w.row[i].kind == stop && w.row[i].last >= q.First-2 && w.row[i].last <= q.First && i > 0 && w.row[i-1].kind == np {
			return w.voiceOf(i - 1)
		}
	}
	return voice{first: -1}
}

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

// speech finds the speech contents of the sentence: quotations, reported
// clauses, and the sentences of an author who speaks for a government.
func (w *walk) speech() {
	w.indirect()
	d := w.d
	s := w.sent
	for i := s.First; i < s.Last; {
		q := w.quote[i]
		if q == 0 {
			i++
			continue
		}
		j := i
		for j < s.Last && w.quote[j] == q {
			j++
		}
		w.quotedPart(int(q-1), i, j)
		i = j
	}
	if d.Author != "" {
		w.authorSpeaks()
	}
	w.open = slices.DeleteFunc(w.open, func(c content) bool { return w.trim(c.first, c.last).Empty() })
}

// authorSpeaks adds the whole sentence as the author's words, where the author
// speaks for a government and the sentence is not somebody else's quotation.
func (w *walk) authorSpeaks() {
	if w.question() {
		return
	}
	for _, c := range w.open {
		if c.voice.code == w.d.Author || c.kind == stages.Direct && c.last-c.first > (w.sent.Last-w.sent.First)/2 {
			return
		}
	}
	w.open = append(w.open, content{first: w.sent.First, last: w.sent.Last, kind: stages.Direct, cue: -1, statement: -1,
		voice: voice{first: -1, name: w.d.AuthorName, code: w.d.Author, known: true}})
}

// question reports whether the sentence is of a paragraph that a transcript
// marks as somebody else's question: "Q Are you worried", "QUESTION: And".
func (w *walk) question() bool {
	switch w.d.Word(w.paragraph) {
	case "Q", "QUESTION":
		return true
	}
	return false
}

// quotedPart adds the part of quotation q in this sentence as a statement of
// its own, or makes the reported clause around it a mixed one.
func (w *walk) quotedPart(q, first, last int) {
	v := w.voices[q]
	for k := range w.open {
		c := &w.open[k]
		if c.first <= first && last <= c.last+1 && c.kind != stages.Direct {
			if c.last-c.first <= last-first+2 {
				c.kind = stages.Direct // nothing but the quotation
				if first-c.first > 1 {
					c.kind = stages.Mixed
				}
			} else {
				c.kind = stages.Mixed
			}
			c.last = max(c.last, last)
			if v.utterance > 0 {
				c.voice.utterance = v.utterance
			}
			return
		}
	}
	if !v.known {
		// Scare quotes and titles are no statements: few words inside a
		// sentence that nobody says.
		if last-first < 6 || first > w.sent.First+1 && !w.sentenceLike(first, last) {
			return
		}
	}
	if v.known && last-first < 3 && w.quote[w.sent.First] == 0 && !w.besideCue(first, last) {
		return
	}
	kind := stages.Direct
	if first > w.sent.First+1 && !w.d.Tokens[first].Is(lexicons.Cap) && !w.besideCue(first, last) {
		kind = stages.Mixed
	}
	w.open = append(w.open, content{first: first, last: last, kind: kind, cue: w.cueNear(first, last), cueLast: -1, voice: v, statement: -1})
}

// sentenceLike reports whether the tokens hold a finite verb.
func (w *walk) sentenceLike(first, last int) bool {
	for i := range w.row {
		if c := &w.row[i]; c.kind == vg && c.finite && c.first >= first && c.last <= last {
			return true
		}
	}
	return false
}

// besideCue reports whether a comma, colon or cue parts the quotation from its
// report.
func (w *walk) besideCue(first, last int) bool {
	d := w.d
	if first-2 >= w.sent.First && (d.Word(first-2) == "," || d.Word(first-2) == ":") {
		return true
	}
	prev := d.Word(last - 1)
	return prev == "," || prev == "?" || prev == "!" || prev == "."
}

// cueNear returns the head of the reporting verb group nearest to the
// quotation, outside it, or -1.
func (w *walk) cueNear(first, last int) int {
	best, distance := -1, 1<<30
	for i := range w.row {
		c := &w.row[i]
		if c.kind != vg || c.inQuote || !w.reporting(i) {
			continue
		}
		gap := first - c.last
		if c.first >= last {
			gap = c.first - last
		}
		if gap >= 0 && gap < distance {
			best, distance = c.head, gap
		}
	}
	return best
}

// indirect finds reported clauses: "said that …", "… , the ministry said",
// "according to …", "accused X of …", "vowed to …".
func (w *walk) indirect() {
	s := w.sent
	if v, first, last, ok := w.accordingTo(); ok && w.quote[first] == 0 {
		c := content{kind: stages.Indirect, cue: first, cueLast: first + 2, voice: v, statement: -1}
		if first-s.First > s.Last-last {
			c.first, c.last = s.First, first
		} else {
			c.first, c.last = last, s.Last
		}
		if c.last-c.first > 3 {
			w.open = append(w.open, c)
		}
	}
	end := -1 // where the content of the last cue begins to be nested
	for i := range w.row {
		c := &w.row[i]
		if c.kind != vg || c.inQuote || !w.reporting(i) || c.first < end {
			continue
		}
		if c.to || c.form == lexicons.Base && c.modal == "" && !c.finite {
			continue
		}
		v, ok := w.cueVoice(i, false)
		if !ok {
			continue
		}
		first, last, kind := w.contentOf(i)
		if last-first < 2 {
			continue
		}
		head := c.head
		w.open = append(w.open, content{first: first, last: last, kind: stages.Indirect, cue: head, cueLast: head + 1, voice: v, statement: -1})
		if kind == clauseBehind {
			end = last
		}
	}
}

const (
	clauseBehind = iota
	clauseBefore
)

// contentOf returns the tokens that cue i reports.
func (w *walk) contentOf(i int) (first, last, kind int) {
	d := w.d
	s := w.sent
	c := &w.row[i]
	// "…, the ministry said": nothing but adverbs and dates follow.
	tail := 0
	for j := c.last; j < s.Last; j++ {
		if !d.Tokens[j].Is(lexicons.Punct) && !w.d.Calendar[j] && d.Tags[j] != lexicons.Adv && d.Tags[j] != lexicons.Prep {
			tail++
		}
	}
	sub := c.subject
	start := c.first
	if sub >= 0 && w.row[sub].first < start {
		start = w.row[sub].first
	}
	commaBefore := start-1 > s.First && (d.Word(start-1) == "," || d.Tokens[start-1].Is(lexicons.Quote) && start-2 > s.First && d.Word(start-2) == ",")
	if commaBefore && w.main(s.First, start) && (tail <= 6 && !w.clauseFollows(i)) {
		return s.First, start - 1, clauseBefore
	}
	if start == c.first && i+1 < len(w.row) && w.row[i+1].kind == np && c.first > s.First && d.Word(c.first-1) == "," && w.main(s.First, c.first) {
		return s.First, c.first - 1, clauseBefore
	}
	first = c.last
	j := i + 1
	for j < len(w.row) && w.row[j].kind == adv {
		j++
	}
	if j < len(w.row) && w.row[j].kind == subord && w.lower(w.row[j].first) == "that" {
		first = w.row[j].last
	} else if j+1 < len(w.row) && w.row[j].kind == np && w.row[j+1].kind == subord && w.lower(w.row[j+1].first) == "that" {
		first = w.row[j+1].last // "told reporters that"
	}
	last = s.Last
	// A joined cue with the same subject ends the content.
	for k := i + 1; k < len(w.row); k++ {
		x := &w.row[k]
		if x.kind == vg && !x.inQuote && x.subject == c.subject && x.subject >= 0 && k > 0 && w.row[k-1].kind == conj && w.reporting(k) && x.finite {
			last = w.row[k-1].first
			break
		}
		if x.kind == vg && !x.inQuote && w.reporting(k) && x.subject > i && w.row[x.subject].first > s.First && d.Word(w.row[x.subject].first-1) == "," && x.last >= s.Last-3 {
			last = w.row[x.subject].first - 1
			break
		}
	}
	return first, last, clauseBehind
}

// main reports whether tokens first to last hold a finite verb.
func (w *walk) main(first, last int) bool {
	for i := range w.row {
		if c := &w.row[i]; c.kind == vg && c.first >= first && c.last <= last && (c.finite || c.modal != "") {
			return true
		}
	}
	return false
}

// clauseFollows reports whether a clause follows verb group i.
func (w *walk) clauseFollows(i int) bool {
	for j := i + 1; j < len(w.row); j++ {
		if w.row[j].kind == vg && w.row[j].finite {
			return true
		}
		if w.row[j].kind == subord && w.lower(w.row[j].first) == "that" {
			return true
		}
	}
	return false
}

// write makes content k a statement of the document and returns its index.
func (w *walk) write(k int) int {
	c := &w.open[k]
	if c.statement >= 0 {
		return c.statement
	}
	st := stages.Statement{Kind: c.kind, Source: c.voice.code, SpeakerName: c.voice.name, Utterance: c.voice.utterance, Span: w.trim(c.first, c.last)}
	if c.cue >= 0 {
		st.Cue = w.d.Span(c.cue, max(c.cueLast, c.cue+1))
	}
	if c.voice.first >= 0 && c.voice.known {
		st.Speaker = w.d.Span(c.voice.first, c.voice.last)
	}
	if st.Utterance == 0 {
		st.Utterance = w.nextUtterance()
		c.voice.utterance = st.Utterance
	}
	w.d.Statements = append(w.d.Statements, st)
	c.statement = len(w.d.Statements) - 1
	return c.statement
}

// trim cuts marks and spaces off the ends of tokens first to last.
func (w *walk) trim(first, last int) stages.Span {
	d := w.d
	for first < last && d.Tokens[first].Is(lexicons.Punct) && !strings.ContainsAny(d.Word(first), "([$€£") {
		first++
	}
	for last > first+1 && d.Tokens[last-1].Is(lexicons.Quote|lexicons.Punct) && strings.ContainsAny(d.Word(last-1), ",;:-—–\"“”'’‘`") {
		last--
	}
	return d.Span(first, last)
}

// close writes the speech statements that carry no relation too (they are
// statements all the same), and puts the sentence's statements in order.
func (w *walk) close() {
	for k := range w.open {
		if w.open[k].cue < 0 && w.open[k].voice.first < 0 && !w.quoted(w.open[k].first) {
			continue // a government's own sentence that says nothing of anybody
		}
		w.write(k)
	}
}
