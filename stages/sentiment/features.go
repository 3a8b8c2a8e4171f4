package sentiment

// The groups of features. Their order is part of the model: a model file is
// read only with the features it was trained on.
const (
	bias group = iota
	unigram
	nearWord
	clauseWord
	quotedWord
	bigram
	beside1
	beside2
	beside3
	contentWord
	contentPair
	subject
	subjectObject
	passive
	complement
	owner
	preposition
	governed
	agent
	auxiliary
	roleCategory
	sumBySide
	sumByClause
	sumByQuote
	sumTotal
	nearestPolar
	category
	rolePolarity
	shape
	between
	betweenVerb
	sumBetween
	tableBase // the sums again, by the word table
)

// features appends the features of p to v.
func (p *passage) features(v *vector) {
	p.single(v)
	if p.dyad {
		v.adapt()
	}
	v.normalise()
}

// single appends the features of p to v as they are: once each, with the length
// that they have.
func (p *passage) single(v *vector) {
	p.bagOfWords(v)
	p.besideTarget(v)
	p.roles(v)
	p.pair(v)
	p.polarities(v, 0, func(w *word) float32 { return w.lexicon })
	p.polarities(v, tableBase, func(w *word) float32 { return w.table })
	p.shapes(v)
}

// side says where word i stands: before the target, after it, or, where the
// passage has no target, neither.
func (p *passage) side(i int) uint32 {
	switch {
	case p.target < 0:
		return 2
	case i < p.target:
		return 0
	}
	return 1
}

// distance is that of word i from the target, in words.
func (p *passage) distance(i int) int {
	switch {
	case p.target < 0:
		return 8
	case i < p.target:
		return p.target - i
	}
	return i - p.target
}

// clauses is how many clauses word i stands after the target's, -1 to 1, or
// anything else for further off.
func (p *passage) clauses(i int) int {
	if p.target < 0 {
		return 0
	}
	return int(p.words[i].clause) - int(p.words[p.target].clause)
}

func (p *passage) targetQuoted() uint32 {
	return flag(p.target >= 0 && p.words[p.target].quoted)
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bagOfWords: words anywhere, words by distance, by clause and side, by
// quotation, and pairs of neighbours.
func (p *passage) bagOfWords(v *vector) {
	v.add(bias, flag(p.dyad), flag(p.source >= 0), flag(p.target >= 0), 1)
	quoted := p.targetQuoted()
	for i := range p.words {
		w := &p.words[i]
		if w.punct || i == p.target {
			continue
		}
		side, dist := p.side(i), p.distance(i)
		v.add(unigram, w.form, flag(w.negated), 0, 1)
		v.add(nearWord, w.stem, 0, 0, 1/(1+float32(dist)/4))
		if c := p.clauses(i); c >= -1 && c <= 1 {
			v.add(clauseWord, w.stem, side, uint32(c+1), 1)
		}
		if p.quotes {
			v.add(quotedWord, w.stem, flag(w.quoted), quoted, 1)
		}
		if dist <= 8 && i+1 < len(p.words) && !p.words[i+1].punct {
			v.add(bigram, w.stem, p.words[i+1].stem, side, 1)
		}
	}
}

// besideTarget: the three tokens on each side, one by one, in pairs and in
// threes, and the first three content words on each side and their pairs.
func (p *passage) besideTarget(v *vector) {
	if p.target < 0 {
		return
	}
	for side, step := range [2]int{-1, 1} {
		var near [3]uint32
		for k := range near {
			near[k] = p.stem(p.target + (k+1)*step)
			v.add(beside1, near[k], uint32(side), uint32(k), 1)
		}
		v.add(beside2, near[0], near[1], uint32(side), 1)
		v.add(beside3, near[0]*31+near[1], near[2], uint32(side), 1)
		var content [3]uint32
		n := 0
		for i := p.target + step; i >= 0 && i < len(p.words) && n < len(content); i += step {
			if w := &p.words[i]; w.content && w.mask == plain {
				v.add(contentWord, w.stem, uint32(side), 0, 1)
				for k := range n {
					v.add(contentPair, content[k], w.stem, uint32(side), 1)
				}
				content[n] = w.stem
				n++
			}
		}
	}
	v.add(beside2, p.stem(p.target-1), p.stem(p.target+1), 2, 1)
}

// stem is the stem of word i, 0 outside the passage.
func (p *passage) stem(i int) uint32 {
	if i < 0 || i >= len(p.words) {
		return 0
	}
	return p.words[i].stem
}

// shapes: where the mention stands, how many other names there are, how long
// the passage is, and whether there is a quotation.
func (p *passage) shapes(v *vector) {
	quotes := flag(p.quotes)
	v.add(shape, 0, uint32(min(p.names, 5)), 0, 1)
	v.add(shape, 1, uint32(min(len(p.words)/8, 8)), 0, 1)
	v.add(shape, 2, quotes, p.targetQuoted(), 1)
	if p.target >= 0 && len(p.words) > 0 {
		v.add(shape, 3, uint32(4*p.target/len(p.words)), 0, 1)
	}
	if p.target >= 0 && p.source >= 0 {
		gap := p.target - p.source
		v.add(shape, 4, flag(gap > 0), uint32(min(4, max(gap, -gap)/4)), 1)
	}
}
