package sentiment

// strength scales polarity features against words, of which there are more.
const strength = 2

// polarity adds a polarity as its value and as its sign.
func (v *vector) polarity(g group, a, b uint32, value float32) {
	if value == 0 {
		return
	}
	sign := uint32(1)
	if value < 0 {
		sign = 2
	}
	v.add(g, a, b, sign<<8, strength*abs(value))
	v.add(g, a, b, sign<<8|1, 1)
}

// tally adds up good and bad words apart.
type tally struct{ good, bad float32 }

func (t *tally) count(value float32) {
	if value > 0 {
		t.good += value
	} else {
		t.bad -= value
	}
}

// tally adds the sums and their balance.
func (v *vector) tally(g group, a, b uint32, t tally) {
	if t.good == 0 && t.bad == 0 {
		return
	}
	v.add(g, a, b, 0, strength*t.good)
	v.add(g, a, b, 1, strength*t.bad)
	v.add(g, a, b, 2+bucket(t.good-t.bad), 1)
}

// bucket cuts a balance to five classes.
func bucket(v float32) uint32 {
	switch {
	case v < -0.6:
		return 0
	case v < -0.1:
		return 1
	case v <= 0.1:
		return 2
	case v <= 0.6:
		return 3
	}
	return 4
}

// far is the bucket of a distance in words.
func far(distance int) uint32 {
	switch {
	case distance <= 2:
		return 0
	case distance <= 5:
		return 1
	case distance <= 10:
		return 2
	}
	return 3
}

// polarities: sums of polar words by side and distance, by clause, by quotation
// and in all, and the nearest polar word. The groups are those from sumBySide
// on, offset by base.
func (p *passage) polarities(v *vector, base group, of func(*word) float32) {
	var (
		bySide   [3][4]tally
		byClause [5]tally
		byQuote  [2]tally
		total    tally
		weighted tally
		nearest  = -1
	)
	for i := range p.words {
		w := &p.words[i]
		value := of(w)
		if value == 0 {
			continue
		}
		dist := p.distance(i)
		bySide[p.side(i)][far(dist)].count(value)
		byClause[max(-2, min(2, p.clauses(i)))+2].count(value)
		byQuote[flag(w.quoted)].count(value)
		total.count(value)
		weighted.count(value / (1 + float32(dist)/4))
		if nearest < 0 || dist < p.distance(nearest) {
			nearest = i
		}
		if base == 0 && w.category != 0 {
			v.add(category, w.category, p.side(i), far(dist), 1)
		}
	}
	for side := range bySide {
		for d := range bySide[side] {
			v.tally(base+sumBySide, uint32(side), uint32(d), bySide[side][d])
		}
	}
	for c := range byClause {
		v.tally(base+sumByClause, uint32(c), 0, byClause[c])
	}
	for q := range byQuote {
		v.tally(base+sumByQuote, uint32(q), p.targetQuoted(), byQuote[q])
	}
	v.tally(base+sumTotal, 0, 0, total)
	v.tally(base+sumTotal, 1, 0, weighted)
	if nearest >= 0 {
		v.polarity(base+nearestPolar, p.side(nearest), far(p.distance(nearest)), of(&p.words[nearest]))
	}
}
