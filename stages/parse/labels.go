package parse

import "detente/stages"

// labels are the relations that the labeller tells apart; of the others the
// root, the marks and the possessive are known without it.
const (
	firstLabel = stages.Nsubj
	lastLabel  = stages.Nummod
)

// labelOf returns the labeller's class of a relation, false for none. Dep has
// that of Case, which the tag tells, and Csubj that of Nsubj.
func labelOf(r stages.Rel) (class int, ok bool) {
	switch {
	case r == stages.Dep:
		r = stages.Case
	case r == stages.Csubj:
		r = stages.Nsubj
	case r == stages.Case || r < firstLabel || r > lastLabel:
		return 0, false
	}
	if r > stages.Csubj {
		r-- // which has no class
	}
	return int(r - firstLabel), true
}

// relOf returns the relation that a class is for a word with a tag.
func relOf(class int, t Tag) stages.Rel {
	r := firstLabel + stages.Rel(class)
	if r >= stages.Csubj {
		r++
	}
	switch {
	case r == stages.Case:
		return stages.Dep
	case r == stages.Nsubj && t >= VB && t <= VBZ:
		return stages.Csubj
	}
	return r
}

const nLabelFeatures = 14

// labelFeatures are the labeller's features of word i and its head, whose last
// dependent so far has the relation sibling.
func (w *work) labelFeatures(f *[nLabelFeatures]uint64, i int, sibling uint8) {
	h := int(w.head[i])
	d, x := &w.words[i], &w.words[h]
	side := uint64(0)
	if h > i {
		side = 1
	}
	gap := uint64(min(max(h-i, i-h), 5))
	fd, fh := uint64(w.kids[i].has), uint64(w.kids[h].has)
	place := mix(side | gap<<1 | 1<<20)
	dir := side * 0x5bd1e995a7c3f1d5
	kid := &w.words[w.kids[i].right]
	kidL := &w.words[w.kids[i].left]
	up := &w.words[w.head[h]]
	last := mix(uint64(sibling) | 1<<30)

	f[0] = feature(1, d.w^turn(x.t, 1)^dir)
	f[1] = feature(2, d.t^turn(x.w, 1)^dir)
	f[2] = feature(3, d.w^turn(x.w, 1))
	f[3] = feature(4, d.t^turn(x.t, 1)^place)
	f[4] = feature(5, d.t^turn(x.t, 1)^mix(fd<<9|fh<<1|side))
	f[5] = feature(6, d.t^turn(x.w, 1)^mix(fd<<1|side))
	f[6] = feature(7, d.wt^mix(fd<<1|side))
	f[7] = feature(8, d.t^turn(x.t, 1)^turn(last, 2)^dir)
	f[8] = feature(9, d.t^turn(x.w, 1)^last^dir)
	f[9] = feature(10, d.t^turn(x.t, 1)^turn(w.at(i-1).t, 2)^turn(w.at(i+1).t, 3)^dir)
	f[10] = feature(11, d.t^turn(x.t, 1)^turn(kidL.w, 2)^dir)
	f[11] = feature(12, d.t^turn(x.t, 1)^turn(kid.t, 2)^turn(kidL.t, 3)^dir)
	f[12] = feature(13, d.t^turn(x.t, 1)^mix(uint64(d.marks)<<9|uint64(w.at(i+1).marks)<<1|side))
	f[13] = feature(14, d.t^turn(x.t, 1)^turn(up.t, 2)^dir)
}

// label gives each word the relation to its head.
func (w *work) label(m *Model) {
	w.rel = resize(w.rel, len(w.words))
	w.last = resize(w.last, len(w.words))
	var f [nLabelFeatures]uint64
	for i := 1; i < len(w.words); i++ {
		h := w.head[i]
		if h == 0 {
			w.rel[i] = uint8(stages.Root)
			continue
		}
		r := stages.Case
		if w.words[i].tag != POS {
			class := int(m.sureLabels.answer(w.labelView(i)))
			if class == noAnswer {
				w.labelFeatures(&f, i, w.last[h])
				class = m.labels.best(f[:])
			}
			r = relOf(class, w.words[i].tag)
		}
		w.last[h] = uint8(r)
		if t := w.words[i].tag; r == stages.Csubj && (t == VBG || t == VBN) {
			r = stages.Nsubj // "the building", "the wounded": nouns, more often than clauses
		}
		w.rel[i] = uint8(r)
	}
}
