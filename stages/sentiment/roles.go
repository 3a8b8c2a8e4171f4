package sentiment

import "detente/lexicons"

// roleReach is how many words off a verb, noun or preposition is looked for.
const roleReach = 5

// roles: what the target does and what is done to it, read from the parts of
// speech around it: subject, passive subject, agent, object, owner, and the
// preposition that governs it.
func (p *passage) roles(v *vector) {
	for at, which := range [2]int{p.target, p.source} {
		if which < 0 {
			continue
		}
		p.roleRight(v, which, uint32(at))
		p.roleLeft(v, which, uint32(at))
	}
}

// verb returns the verb that word at is the subject of, -1 for none, whether a
// form of "be" stands before it, and the last auxiliary.
func (p *passage) verb(at int) (verb int, be bool, aux int) {
	aux = -1
	for i := at + 1; i < min(len(p.words), at+1+roleReach); i++ {
		w := &p.words[i]
		switch {
		case w.tag&lexicons.Aux != 0:
			aux, be = i, isBe(w.form)
		case w.tag&lexicons.Verb != 0:
			return i, be, aux
		case w.tag&lexicons.Adv == 0 && w.shift == 0:
			return -1, be, aux
		}
	}
	return -1, be, aux
}

var beForms = [...]uint32{hash("be"), hash("is"), hash("are"), hash("was"), hash("were"), hash("been"), hash("being"), hash("'s"), hash("'re"), hash("am")}

func isBe(form uint32) bool {
	for _, f := range beForms {
		if f == form {
			return true
		}
	}
	return false
}

// noun returns the first noun or name after word at, over determiners and
// adjectives, -1 for none.
func (p *passage) noun(at int) int {
	for i := at + 1; i < min(len(p.words), at+1+roleReach); i++ {
		w := &p.words[i]
		if w.tag&(lexicons.Noun|lexicons.Pron) != 0 {
			// The last of a row of nouns is the head.
			for i+1 < len(p.words) && p.words[i+1].tag&lexicons.Noun != 0 && p.words[i+1].mask == plain && w.mask == plain {
				i++
			}
			return i
		}
		if w.tag&(lexicons.Det|lexicons.Adj|lexicons.Adv|lexicons.Participle|lexicons.Gerund) == 0 {
			return -1
		}
	}
	return -1
}

// roleRight reads what follows a mention: what it has, is, does or suffers.
func (p *passage) roleRight(v *vector, at int, who uint32) {
	if at+1 < len(p.words) && p.words[at+1].tag == lexicons.Possessive {
		if n := p.noun(at + 1); n >= 0 {
			v.add(owner, p.words[n].stem, who, 0, 1)
			for i := at + 2; i <= n; i++ {
				p.role(v, i, owner, who)
			}
		}
		return
	}
	verb, be, aux := p.verb(at)
	if aux >= 0 {
		v.add(auxiliary, p.words[aux].form, who, 0, 1)
		v.add(auxiliary, p.words[aux].form, p.stem(aux+1), who+2, 1)
	}
	if verb < 0 {
		if aux < 0 || !be {
			return
		}
		// "X is a liar", "X was weak"
		for i := aux + 1; i < min(len(p.words), aux+1+roleReach) && !p.words[i].punct; i++ {
			if p.words[i].content {
				v.add(complement, p.words[i].stem, who, 0, 1)
				p.role(v, i, complement, who)
			}
		}
		return
	}
	w := &p.words[verb]
	if be && w.tag&lexicons.Participle != 0 {
		v.add(passive, w.stem, who, 0, 1)
		v.add(passive, w.stem, p.stem(verb+1), who+2, 1)
		p.role(v, verb, passive, who)
		return
	}
	v.add(subject, w.stem, who, 0, 1)
	p.role(v, verb, subject, who)
	if n := p.noun(verb); n >= 0 {
		v.add(subjectObject, w.stem, p.words[n].stem, who, 1)
		v.add(subjectObject, 0, p.words[n].stem, who, 1)
		for i := verb + 1; i <= n; i++ {
			p.role(v, i, subjectObject, who)
		}
	} else {
		v.add(subjectObject, w.stem, p.stem(verb+1), who, 1)
	}
}

// roleLeft reads what stands before a mention: the verb or the preposition that
// governs it.
func (p *passage) roleLeft(v *vector, at int, who uint32) {
	i := at - 1
	for n := 0; i >= 0 && n < 3 && p.words[i].tag&(lexicons.Det|lexicons.Adj) != 0; n++ {
		p.role(v, i, governed, who)
		i--
	}
	if i < 0 {
		return
	}
	switch w := &p.words[i]; {
	case w.tag&lexicons.Verb != 0:
		v.add(governed, w.stem, who, 0, 1)
		p.role(v, i, governed, who)
	case w.tag&lexicons.Prep != 0:
		v.add(preposition, w.form, who, 0, 1)
		for j := i - 1; j >= max(0, i-roleReach); j-- {
			head := &p.words[j]
			if head.punct {
				break
			}
			if !head.content || head.mask != plain {
				continue
			}
			g := preposition
			if head.tag&lexicons.Participle != 0 && w.form == byHash {
				g = agent
			}
			v.add(g, w.form, head.stem, who, 1)
			p.role(v, j, g, who)
			break
		}
	}
}

var byHash = hash("by")

// role adds the polarity and the category of word i, which stands to the
// target or source in role g.
func (p *passage) role(v *vector, i int, g group, who uint32) {
	w := &p.words[i]
	if w.category != 0 {
		v.add(roleCategory, w.category, uint32(g), who<<1|flag(w.negated), 1)
	}
	v.polarity(rolePolarity, uint32(g), who, w.lexicon)
	v.polarity(rolePolarity, uint32(g), who+2, w.table)
}
