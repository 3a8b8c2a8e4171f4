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

	// Whoever the target and the source are:
	from, to int // the tokens of the document that are read
	tokens   []token
}

// token is a token as a word of its own, which it is where it belongs to neither
// target nor source nor a longer name.
type token struct {
	word
	exact bool // the valence is of the token's own part of speech
	opens bool // a clause
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
	if !c.Again || p.from != from || p.to != to {
		p.from, p.to = from, to
		p.lookup(c, k)
		p.spell(c, k)
	}
	p.gather(c)
	p.shift()
	p.dyad = c.Source != None
}

// lookup makes p.tokens what the document's matches say of them.
func (p *passage) lookup(c *Context, k *knowledge) {
	d, from, to := c.Doc, p.from, p.to
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
			if v := k.Predicates[m.Ref].Valence; exact && !t.exact || exact == t.exact && abs(v) > abs(t.lexicon) {
				t.lexicon, t.exact, t.category = v, exact, k.categories[m.Ref]
			}
		}
	}
}

// spell adds what the tokens say themselves, and masks names and numbers.
func (p *passage) spell(c *Context, k *knowledge) {
	d := c.Doc
	q := sort.Search(len(d.Quotations), func(i int) bool { return d.Quotations[i].Last > p.from })
	for i := p.from; i < p.to; i++ {
		t, tok := &p.tokens[i-p.from], d.Tokens[i]
		for q < len(d.Quotations) && d.Quotations[q].Last <= i {
			q++
		}
		t.quoted = q < len(d.Quotations) && d.Quotations[q].First <= i
		switch tag := d.Tags[i]; {
		case tok.Is(lexicons.Digit), t.mask == number:
			t.hide(number, numberHash, tag)
		case t.mask == name, tok.Is(lexicons.Cap) && isName(c, i):
			t.hide(name, nameHash, lexicons.Noun)
		default:
			t.tag = tag
			t.form, t.stem = hashes(tok.In(d.Article.Text))
			t.punct = tok.Is(lexicons.Punct)
			const open = lexicons.Noun | lexicons.Verb | lexicons.Adj | lexicons.Adv
			t.content = !t.punct && tag&open != 0
			t.table = k.polarity.at(t.form).polarity
		}
		t.opens = t.punct && !tok.Is(lexicons.Quote) || t.tag&(lexicons.Conj|lexicons.Subord) != 0
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

// gather draws the tokens together to words, with the target and the source of c
// masked.
func (p *passage) gather(c *Context) {
	p.words = p.words[:0]
	p.target, p.source, p.names, p.quotes = -1, -1, 0, false
	clause, before := int16(0), plain
	for i := range p.tokens {
		w, opens := p.tokens[i].word, p.tokens[i].opens
		switch at := p.from + i; {
		case c.marks(c.Target, at):
			w.hide(target, targetHash, lexicons.Noun)
			opens = false
		case c.marks(c.Source, at):
			w.hide(source, sourceHash, lexicons.Noun)
			opens = false
		}
		if w.mask != plain && w.mask != number && w.mask == before {
			continue
		}
		before = w.mask
		switch w.mask {
		case target:
			p.target = len(p.words)
		case source:
			p.source = len(p.words)
		case name:
			p.names++
		}
		p.quotes = p.quotes || w.quoted
		if opens {
			clause++
		}
		w.clause = clause
		p.words = append(p.words, w)
	}
}

// hide lets a mask stand for the word.
func (w *word) hide(m mask, form uint32, tag lexicons.POS) {
	*w = word{form: form, stem: form, mask: m, tag: tag, quoted: w.quoted, shift: w.shift}
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
