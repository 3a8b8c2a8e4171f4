// Package segment cuts an article to tokens, sentences and quotations.
package segment

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// maxSentence is the number of tokens after which a sentence ends at the next
// mark or line.
const maxSentence = 250

// Segmenter cuts articles. It is safe for concurrent use.
type Segmenter struct {
	lex *lexicons.Set

	// Words that the tagger knows by themselves.
	to, that, who, once, one, since, until, before, after, as, like, it, by, and, or, of uint32
}

// New returns a Segmenter that knows the abbreviations of lex.
func New(lex *lexicons.Set) *Segmenter {
	return &Segmenter{lex: lex, to: lex.ID("to"), that: lex.ID("that"), who: lex.ID("who"), once: lex.ID("once"), one: lex.ID("one"),
		since: lex.ID("since"), until: lex.ID("until"), before: lex.ID("before"), after: lex.ID("after"), as: lex.ID("as"), like: lex.ID("like"),
		it: lex.ID("it"), by: lex.ID("by"), and: lex.ID("and"), or: lex.ID("or"), of: lex.ID("of")}
}

// Segment fills the document's tokens, sentences, quotations and lexicon
// matches.
func (s *Segmenter) Segment(d *stages.Document) {
	d.Tokens = lexicons.Tokenize(d.Tokens, d.Article.Text, s.lex)
	s.lower(d)
	paragraphs := s.paragraphs(d)
	labels := turns(d, paragraphs)
	start, turn := 0, 0
	for p, end := range paragraphs {
		if d.Turns[turn].Question {
			turn = 0 // asked: a paragraph without a label answers
		}
		if len(labels) > 0 && labels[0].First == start {
			turn = len(d.Turns)
			d.Turns = append(d.Turns, labels[0])
			d.Sentences = append(d.Sentences, stages.Sentence{First: start, Last: labels[0].Last, Paragraph: p, Turn: turn})
			start, labels = labels[0].Last, labels[1:]
		}
		s.sentences(d, start, end, stages.Sentence{Paragraph: p, Turn: turn})
		start = end
	}
	d.Quotations = quotations(d, paragraphs)
	for i := range d.Sentences {
		sent := &d.Sentences[i]
		sent.Span = d.Span(sent.First, sent.Last)
		s.tag(d, sent.First, sent.Last)
		sent.MatchFrom = len(d.Matches)
		d.Matches = s.lex.Match(d.Matches, d.Tokens, sent.First, sent.Last)
		sent.MatchTo = len(d.Matches)
	}
	s.calendar(d)
	d.Dateline = dateline(d)
}

// lower takes the capital from words that old wire copy, set in capitals once,
// gives one because it takes the dot of an acronym for a sentence's end: "the U.S.
// Said", "the U.S. And Japan". They are those that neither begin a sentence nor
// are names.
func (s *Segmenter) lower(d *stages.Document) {
	const finite = lexicons.Past | lexicons.Third | lexicons.Aux | lexicons.Modal
	const other = lexicons.Noun | lexicons.Adj | lexicons.Prep | lexicons.Conj | lexicons.Subord | lexicons.Pron | lexicons.Det
	for i := 1; i < len(d.Tokens); i++ {
		t := &d.Tokens[i]
		if !t.Is(lexicons.Cap) || t.Is(lexicons.Upper|lexicons.Line) || !d.Tokens[i-1].Is(lexicons.Acronym) {
			continue
		}
		switch tags := s.lex.Tags(t.ID); {
		case t.ID == s.and, t.ID == s.or, t.ID == s.to, t.ID == s.of:
		case tags&finite != 0 && tags&other == 0:
		default:
			continue
		}
		t.Shape &^= lexicons.Cap
	}
}

// calendar marks the tokens of dates: "on Tuesday", "January 28-29, 2014",
// "yesterday".
func (s *Segmenter) calendar(d *stages.Document) {
	d.Calendar = slices.Grow(d.Calendar, len(d.Tokens))[:len(d.Tokens)]
	clear(d.Calendar)
	number := func(i int) bool { return i >= 0 && i < len(d.Tokens) && d.Tokens[i].Is(lexicons.Digit) }
	for i := 1; i < len(d.Tokens); i++ {
		// "In 2004 Eritrea expelled", but "in 2004 villages"
		if number(i) && d.Tags[i-1] == lexicons.Prep && year(d.Word(i)) && (i+1 == len(d.Tokens) || d.Tags[i+1]&lexicons.Noun == 0 || d.Tokens[i+1].Is(lexicons.Cap)) {
			d.Calendar[i] = true
		}
	}
	for _, m := range d.Matches {
		if m.Unit != lexicons.DateUnit {
			continue
		}
		switch s.lex.Dates[m.Ref].Kind {
		case "day":
		case "weekday", "month":
			if !d.Tokens[m.Start].Is(lexicons.Cap) {
				continue
			}
		default:
			continue
		}
		for i := m.Start; i < m.End; i++ {
			d.Calendar[i] = true
		}
		if s.lex.Dates[m.Ref].Kind != "month" {
			continue
		}
		if number(m.Start - 1) {
			d.Calendar[m.Start-1] = true
		}
		for i := m.End; number(i) || i < len(d.Tokens) && number(i+1) && (d.Word(i) == "," || d.Word(i) == "-" || d.Word(i) == "."); i++ {
			d.Calendar[i] = true
		}
	}
}

// year reports whether a number can be a year of our time.
func year(word string) bool {
	return len(word) == 4 && "1500" <= word && word <= "2199"
}

// paragraphs returns the end of each paragraph in tokens. A blank line ends a
// paragraph; a single line break does unless the line runs on, as hard-wrapped
// text does.
func (s *Segmenter) paragraphs(d *stages.Document) []int {
	var ends []int
	for i := 1; i < len(d.Tokens); i++ {
		t := d.Tokens[i]
		if t.Is(lexicons.Break) {
			ends = append(ends, i)
			continue
		}
		if !t.Is(lexicons.Line) {
			continue
		}
		prev := d.Word(i - 1)
		closed := strings.HasSuffix(prev, ".") || strings.ContainsAny(prev, "!?:;\"”")
		if n := lineLength(d, i-1); closed || n > widest || t.Is(lexicons.Cap|lexicons.Quote) && n < 50 {
			ends = append(ends, i)
		}
	}
	return append(ends, len(d.Tokens))
}

// widest is the length in bytes of a line that nobody wraps by hand: one that is
// longer is a paragraph of its own.
const widest = 200

// lineLength is the number of bytes in the line that ends with token i.
func lineLength(d *stages.Document, i int) int {
	end := int(d.Tokens[i].End)
	return end - 1 - strings.LastIndexByte(d.Article.Text[:end], '\n')
}

// sentences cuts tokens first to last, one paragraph, to sentences like that.
func (s *Segmenter) sentences(d *stages.Document, first, last int, like stages.Sentence) {
	add := func(first, last int) {
		like.First, like.Last = first, last
		d.Sentences = append(d.Sentences, like)
	}
	start := first
	for i := first; i < last; i++ {
		end := s.sentenceEnd(d, i, last)
		if n := i - start; end == 0 && n > maxSentence && (d.Tokens[i].Is(lexicons.Punct|lexicons.Line) || n > 2*maxSentence) {
			end = i + 1 // a table or list: no sentence, and not to be read as one
		}
		if end == 0 {
			continue
		}
		add(start, end)
		start, i = end, end-1
	}
	if start < last {
		add(start, last)
	}
}

// sentenceEnd returns the end of the sentence that token i closes, or 0.
func (s *Segmenter) sentenceEnd(d *stages.Document, i, last int) int {
	t := d.Tokens[i]
	if !t.Is(lexicons.Punct | lexicons.Acronym) {
		return 0
	}
	w := d.Word(i)
	acronym := t.Is(lexicons.Acronym) && strings.HasSuffix(w, ".")
	if !acronym && w != "." && w != "!" && w != "?" && w != "…" && !strings.HasPrefix(w, "..") {
		return 0
	}
	// Marks and brackets that close belong to the sentence.
	end := i + 1
	closed := false
	for end < last && closing(d, end) {
		closed = closed || d.Tokens[end].Is(lexicons.Quote)
		end++
	}
	if end >= last {
		return last
	}
	next := d.Tokens[end]
	if !next.Is(lexicons.Space) && !closed {
		return 0
	}
	if !opens(d, end, last) {
		return 0
	}
	if acronym && !closed {
		// "U.S. Officials" runs on, "in the U.S. The bank" does not.
		return ifThen(s.starter(d, end), end)
	}
	if w != "." {
		if closed && s.attributes(d, end, last) {
			return 0
		}
		return end
	}
	if closed {
		return end
	}
	if i == 0 || d.Tokens[i].Is(lexicons.Space) {
		return end
	}
	prev := d.Word(i - 1)
	if len(prev) == 1 && d.Tokens[i-1].Is(lexicons.Cap) && prev != "I" {
		return 0 // an initial
	}
	switch s.lex.Abbreviation(prev) {
	case "title":
		return 0
	case "month", "number":
		return ifThen(!next.Is(lexicons.Digit) && s.starter(d, end), end)
	case "latin", "corp", "office", "state":
		if d.Tokens[i-1].Is(lexicons.Cap) || s.lex.Abbreviation(prev) == "latin" {
			return ifThen(s.starter(d, end), end)
		}
	}
	return end
}

// maxAttribution is how many tokens may stand between a quotation and the word
// that reports it, for both to be one sentence.
const maxAttribution = 8

// attributes reports whether the tokens from first tell who asked or cried the
// quotation before them: `"Who is to pay?" Ruiz asked.`
func (s *Segmenter) attributes(d *stages.Document, first, last int) bool {
	for i := first; i < min(last, first+maxAttribution); i++ {
		t := d.Tokens[i]
		if t.Is(lexicons.Quote) || t.Is(lexicons.Punct) && strings.Contains(".!?;:", d.Word(i)) && s.lex.Abbreviation(d.Word(i-1)) == "" {
			return false
		}
		for _, m := range s.lex.Match(nil, d.Tokens, i, i+1) {
			if m.Unit == lexicons.PredicateUnit && m.POS&(lexicons.Past|lexicons.Third) != 0 {
				p := &s.lex.Predicates[m.Ref]
				return i > first && p.Flags&lexicons.Content != 0 && p.Category == "say"
			}
		}
	}
	return false
}

func ifThen(ok bool, end int) int {
	if ok {
		return end
	}
	return 0
}

// closing reports whether token i is a closing mark or bracket set close to
// the word before it.
func closing(d *stages.Document, i int) bool {
	t := d.Tokens[i]
	w := d.Word(i)
	if w == ")" || w == "]" {
		return !t.Is(lexicons.Space)
	}
	if !t.Is(lexicons.Quote) {
		return false
	}
	if w == "”" || w == "’" || w == "»" {
		return true
	}
	return !t.Is(lexicons.Space) && w != "“" && w != "‘"
}

// opens reports whether a sentence can begin at token i.
func opens(d *stages.Document, i, last int) bool {
	for i < last && (d.Tokens[i].Is(lexicons.Quote) || strings.Contains("([—--", d.Word(i))) {
		i++
	}
	return i < last && d.Tokens[i].Is(lexicons.Cap|lexicons.Digit) || i >= last
}

// starter reports whether token i is a capitalised closed-class word or a
// mark, as begins a sentence after an abbreviation.
func (s *Segmenter) starter(d *stages.Document, i int) bool {
	t := d.Tokens[i]
	if t.Is(lexicons.Quote) {
		return true
	}
	const closedClass = lexicons.Det | lexicons.Pron | lexicons.Prep | lexicons.Conj | lexicons.Subord | lexicons.Adv
	return t.Is(lexicons.Cap) && !t.Is(lexicons.Upper) && s.lex.Tags(t.ID)&closedClass != 0
}
