package sentiment

import "detente/lexicons"

// pair: what stands between source and target, before both and after both, in
// either order of the two; the verb and the preposition that lead from the
// first to the second.
func (p *passage) pair(v *vector) {
	if p.source < 0 || p.target < 0 {
		return
	}
	first, last := min(p.source, p.target), max(p.source, p.target)
	order := flag(p.source > p.target)
	var sums [3]tally // before, between, after
	verb, prep := -1, -1
	for i := range p.words {
		w := &p.words[i]
		if i == first || i == last || w.punct {
			continue
		}
		zone := uint32(1)
		switch {
		case i < first:
			zone = 0
		case i > last:
			zone = 2
		}
		v.add(between, w.stem, zone, order, 1)
		if w.category != 0 {
			v.add(between, w.category, zone, order+2+4*flag(w.negated), 1)
		}
		sums[zone].count(w.lexicon)
		if zone == 1 {
			if w.tag&lexicons.Verb != 0 && verb < 0 {
				verb = i
			}
			if w.tag&lexicons.Prep != 0 {
				prep = i
			}
		}
	}
	for zone, t := range sums {
		v.tally(sumBetween, uint32(zone), order, t)
	}
	var lead, category uint32
	if verb >= 0 {
		lead, category = p.words[verb].stem, p.words[verb].category
		v.polarity(rolePolarity, uint32(betweenVerb), order, p.words[verb].lexicon)
	}
	v.add(betweenVerb, lead, order, 0, 1)
	v.add(betweenVerb, category, order, 1, 1)
	if prep >= 0 {
		v.add(betweenVerb, lead, p.words[prep].form, 2+order, 1)
		v.add(betweenVerb, category, p.words[prep].form, 4+order, 1)
	}
}
