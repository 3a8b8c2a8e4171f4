package parse

import "detente/stages"

// labels are the relations that the labeller tells apart; of the others the
// root, the marks and the possessive are known without it.
const (
	firstLabel = stages.Nsubj
	lastLabel  = stages.Nummod
)

// labelOf returns the labeller's class of a relation, false for none. Dep has
// that of Case, which the tag tells.
func labelOf(r stages.Rel) (class int, ok bool) {
	switch {
	case r == stages.Dep:
		r = stages.Case
	case r == stages.Case || r < firstLabel || r > lastLabel:
		return 0, false
	}
	return int(r - firstLabel), true
}

// relOf returns the relation of a class.
func relOf(class int) stages.Rel {
	if r := firstLabel + stages.Rel(class); r != stages.Case {
		return r
	}
	return stages.Dep
}

// What a word's dependents say of its clause.
const (
	hasTo   uint8 = 1 << iota // to
	hasWh                     // who, which, when
	hasMark                   // a preposition or subordinator before it
	hasName                   // a noun or pronoun before it
	hasBe                     // an auxiliary with a participle: passive or progressive
	hasDet
	hasObject // a noun behind it
)

// describe notes the flags of all words.
func (w *work) describe() {
	w.flags = resize(w.flags, len(w.words))
	for i := 1; i < len(w.words); i++ {
		h := w.head[i]
		if h == 0 {
			continue
		}
		before := int32(i) < h
		var f uint8
		switch w.words[i].tag {
		case TO:
			f = hasTo
		case WDT, WP, WRB:
			f = hasWh
		case IN:
			if before {
				f = hasMark
			}
		case NN, NNP, NNS, PRP, EX, CD:
			if before {
				f = hasName
			} else {
				f = hasObject
			}
		case VBD, VBZ, VBP, VB, VBN, VBG, MD:
			if before {
				f = hasBe
			}
		case DT, PRPS:
			if before {
				f = hasDet
			}
		}
		w.flags[h] |= f
	}
}

const nLabelFeatures = 14

// labelFeatures are the rows of the labeller's table for word i.
func (w *work) labelFeatures(f *[nLabelFeatures]uint32, i int, sibling uint8) {
	h := int(w.head[i])
	d, x := &w.words[i], &w.words[h]
	side := uint64(0)
	if h > i {
		side = 1
	}
	gap := uint64(min(max(h-i, i-h), 5))
	fd, fh := uint64(w.flags[i]), uint64(w.flags[h])
	place := mix(side | gap<<1 | 1<<20)
	dir := side * 0x5bd1e995a7c3f1d5
	kid := &w.words[w.kids[i].right]
	kidL := &w.words[w.kids[i].left]
	up := &w.words[w.head[h]]
	last := mix(uint64(sibling) | 1<<30)

	f[0] = row32(1, d.w^turn(x.t, 1)^dir)
	f[1] = row32(2, d.t^turn(x.w, 1)^dir)
	f[2] = row32(3, d.w^turn(x.w, 1))
	f[3] = row32(4, d.t^turn(x.t, 1)^place)
	f[4] = row32(5, d.t^turn(x.t, 1)^mix(fd<<9|fh<<1|side))
	f[5] = row32(6, d.t^turn(x.w, 1)^mix(fd<<1|side))
	f[6] = row32(7, d.wt^mix(fd<<1|side))
	f[7] = row32(8, d.t^turn(x.t, 1)^turn(last, 2)^dir)
	f[8] = row32(9, d.t^turn(x.w, 1)^last^dir)
	f[9] = row32(10, d.t^turn(x.t, 1)^turn(w.at(i-1).t, 2)^turn(w.at(i+1).t, 3)^dir)
	f[10] = row32(11, d.t^turn(x.t, 1)^turn(kidL.w, 2)^dir)
	f[11] = row32(12, d.t^turn(x.t, 1)^turn(kid.t, 2)^turn(kidL.t, 3)^dir)
	f[12] = row32(13, d.t^turn(x.t, 1)^mix(uint64(d.marks)<<9|uint64(w.at(i+1).marks)<<1|side))
	f[13] = row32(14, d.t^turn(x.t, 1)^turn(up.t, 2)^dir)
}

// label gives each word the relation to its head.
func (w *work) label(m *Model) {
	w.describe()
	w.rel = resize(w.rel, len(w.words))
	w.last = resize(w.last, len(w.words))
	var f [nLabelFeatures]uint32
	for i := 1; i < len(w.words); i++ {
		h := w.head[i]
		if h == 0 {
			w.rel[i] = uint8(stages.Root)
			continue
		}
		r := stages.Case
		if w.words[i].tag != POS {
			w.labelFeatures(&f, i, w.last[h])
			r = relOf(m.labels.best(f[:]))
		}
		w.rel[i] = uint8(r)
		w.last[h] = uint8(r)
	}
}
