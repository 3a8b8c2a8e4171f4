package sentiment

import (
	"slices"
	"sort"

	"detente/lexicons"
)

// reach is how many tokens to either side of the mention are read: a limit on
// time, not on sentences, which are nearly always shorter.
const reach = 100

// passage is a context made ready for the features.
type passage struct {
	words          []word
	target, source int  // index of the masked words, -1 = none
	dyad           bool // the tone is asked for from a source, named here or not
	names          int  // other names
	quotes         bool

	// By token, before mentions are drawn together.
	tokens []token
}

// token is what the lexicons say of one token.
type token struct {
	mask     mask
	shift    float32 // factor on what follows, 0 = none
	valence  float32
	exact    bool // the valence is of the token's own part of speech
	category uint32
}

var (
	targetHash = hash("<target>")
	sourceHash = hash("<source>")
	nameHash   = hash("<name>")
	numberHash = hash("<number>")
)

const negatedMark = 0x9E3779B9 // xored into the stem of a negated word

// read makes p the passage of c.
func (p *passage) read(c *Context, k *knowledge) {
	from, to := c.From, c.To
	if at := c.Target.First; from <= at && at < to {
		from, to = max(from, at-reach), min(to, at+reach)
	}
	to = min(to, from+2*reach)
	p.lookup(c, from, to, k)
	p.gather(c, from, to, k)
	p.shift()
	p.dyad = c.Source != None
}

// lookup fills p.tokens from the document's matches.
func (p *passage) lookup(c *Context, from, to int, k *knowledge) {
	d := c.Doc
	p.tokens = slices.Grow(p.tokens[:0], to-from)[:to-from]
	clear(p.tokens)
	first := sort.Search(len(d.Matches), func(i int) bool { return d.Matches[i].Start >= from })
	for _, m := range d.Matches[first:] {
		if m.Start >= to {
			break
		}
		switch t := &p.tokens[m.Start-from]; m.Unit {
		case lexicons.ActorUnit, lexicons.PersonUnit, lexicons.SurnameUnit:
			// Only what is capitalised: so an unknown "Bank of Aramia" reads
			// like a known "Bank of England".
			for i := m.Start; i < min(m.End, to); i++ {
				if d.Tokens[i].Is(lexicons.Cap) {
					p.tokens[i-from].mask = name
				}
			}
		case lexicons.DateUnit: // "March", not "second" or "may"
			if d.Tokens[m.Start].Is(lexicons.Cap) {
				t.mask = number
			}
		case lexicons.ShifterUnit:
			t = &p.tokens[min(m.End, to)-1-from]
			t.shift = k.Shifters[m.Ref].Factor
		case lexicons.PredicateUnit:
			exact := m.End > m.Start+1 || m.POS&d.Tags[m.Start] != 0
			if v := k.Predicates[m.Ref].Valence; exact && !t.exact || exact == t.exact && abs(v) > abs(t.valence) {
				t.valence, t.exact, t.category = v, exact, k.categories[m.Ref]
			}
		}
	}
	for i := from; i < to; i++ {
		t := &p.tokens[i-from]
		switch {
		case c.marks(c.Target, i):
			t.mask = target
		case c.marks(c.Source, i):
			t.mask = source
		case d.Tokens[i].Is(lexicons.Digit):
			t.mask = number
		case t.mask == plain && d.Tokens[i].Is(lexicons.Cap) && isName(c, i):
			t.mask = name
		}
	}
}

// marks reports whether token i belongs to a mention. A last "'s" does not: it
// tells that the mention possesses something.
func (c *Context) marks(p Phrase, i int) bool {
	return p.First <= i && i < p.Last && !(i > p.First && i == p.Last-1 && c.Doc.Tokens[i].Is(lexicons.Possess))
}

// isName reports whether the capitalised token i, which no lexicon has as a
// name, is one nevertheless: any capital inside a sentence, and at its start a
// word that no lexicon knows or that another capital follows.
func isName(c *Context, i int) bool {
	const closed = lexicons.Det | lexicons.Pron | lexicons.Prep | lexicons.Conj | lexicons.Subord | lexicons.Aux
	d := c.Doc
	t := d.Tokens[i]
	if d.Tags[i]&closed != 0 {
		return false
	}
	if i > c.From && !d.Tokens[i-1].Is(lexicons.Punct) || t.Is(lexicons.Upper) {
		return true
	}
	next := i+1 < c.To && d.Tokens[i+1].Is(lexicons.Cap) && d.Tags[i+1]&closed == 0
	return next || t.ID == 0 && d.Tags[i]&lexicons.Noun != 0
}

// gather draws the tokens together to words.
func (p *passage) gather(c *Context, from, to int, k *knowledge) {
	d := c.Doc
	p.words = p.words[:0]
	p.target, p.source, p.names, p.quotes = -1, -1, 0, false
	q := sort.Search(len(d.Quotations), func(i int) bool { return d.Quotations[i].Last > from })
	clause := int16(0)
	for i := from; i < to; i++ {
		t, tok := &p.tokens[i-from], d.Tokens[i]
		if t.mask != plain && t.mask != number && i > from && p.tokens[i-1-from].mask == t.mask {
			continue
		}
		for q < len(d.Quotations) && d.Quotations[q].Last <= i {
			q++
		}
		w := word{mask: t.mask, tag: d.Tags[i], clause: clause, lexicon: t.valence, category: t.category}
		w.quoted = q < len(d.Quotations) && d.Quotations[q].First <= i
		p.quotes = p.quotes || w.quoted
		switch t.mask {
		case target:
			w.form, p.target = targetHash, len(p.words)
		case source:
			w.form, p.source = sourceHash, len(p.words)
		case name:
			w.form, p.names = nameHash, p.names+1
		case number:
			w.form = numberHash
		default:
			w.form, w.stem = hashes(tok.In(d.Article.Text))
			w.punct = tok.Is(lexicons.Punct)
			const open = lexicons.Noun | lexicons.Verb | lexicons.Adj | lexicons.Adv
			w.content = !w.punct && w.tag&open != 0
			w.table = k.polarity.at(w.form).polarity
		}
		if t.mask != plain {
			w.stem, w.lexicon, w.category = w.form, 0, 0
			if t.mask != number {
				w.tag = lexicons.Noun
			}
		}
		if w.punct && !tok.Is(lexicons.Quote) || w.tag&(lexicons.Conj|lexicons.Subord) != 0 {
			clause++
			w.clause = clause
		}
		w.shift = t.shift
		p.words = append(p.words, w)
	}
}

// Shifters reach over the words that follow them, until punctuation.
const (
	negationReach  = 4
	intensityReach = 2
)

// shift lets negators and intensifiers act on what follows them: a negator
// reverses valence and marks stems, any other shifter scales valence.
func (p *passage) shift() {
	var negator, scale float32
	negate, scaling := 0, 0 // words that they still reach
	for i := range p.words {
		w := &p.words[i]
		if w.punct {
			negate, scaling = 0, 0
			continue
		}
		if negate > 0 {
			negate--
			w.negated = true
			w.stem ^= negatedMark
			w.lexicon, w.table = w.lexicon*negator, w.table*negator
		}
		if scaling > 0 {
			scaling--
			w.lexicon *= scale
		}
		if w.shift < 0 {
			negator, negate = w.shift, negationReach
		} else if w.shift > 0 && w.shift != 1 {
			scale, scaling = w.shift, intensityReach
		}
	}
}

func abs(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}
