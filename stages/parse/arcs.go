package parse

import "detente/lexicons"

// transition is a step of the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and
// Satta 2011).
type transition uint8

const (
	shift transition = iota // move the next word onto the stack
	left                    // the top of the stack hangs on the next word
	right                   // the top of the stack hangs on the one below it
	nTransitions
)

// work is the memory of parsing one sentence after the other.
type work struct {
	lex   *lexicons.Set // what words may be, nil = not known
	words []word        // 1 to n; 0 stands for none
	head  []int32
	kids  []kids
	stack []int32
	next  int32   // first word that was not yet shifted
	rel   []uint8 // by word: its relation
	last  []uint8 // by word: the relation of its last dependent so far
}

// kids are a word's outermost dependents found so far, 0 for none.
type kids struct {
	left, right   int32
	nLeft, nRight uint8
	has           has
}

// at returns word i, or the one that stands for none.
func (w *work) at(i int) *word {
	if i < 1 || i >= len(w.words) {
		return &w.words[0]
	}
	return &w.words[i]
}

// start makes ready to parse the words.
func (w *work) start() {
	n := len(w.words)
	w.head = resize(w.head, n)
	w.kids = resize(w.kids, n)
	w.stack = append(w.stack[:0], 0, 0, 0) // three of none below, so that s2 always is
	w.next = 1
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	s = s[:n]
	clear(s)
	return s
}

// top returns the k-th word from the top of the stack, 0 for none.
func (w *work) top(k int) int32 { return w.stack[len(w.stack)-1-k] }

// apply takes a step that is legal.
func (w *work) apply(t transition) {
	s0 := w.top(0)
	switch t {
	case shift:
		w.stack = append(w.stack, w.next)
		w.next++
	case left:
		w.attach(s0, w.next)
		w.stack = w.stack[:len(w.stack)-1]
	case right:
		w.attach(s0, w.top(1))
		w.stack = w.stack[:len(w.stack)-1]
	}
}

// attach hangs word d on word h.
func (w *work) attach(d, h int32) {
	w.head[d] = h
	k := &w.kids[h]
	if d < h {
		k.left = d
		k.nLeft++
		k.has |= hasBefore[w.words[d].tag]
	} else {
		k.right = d
		k.nRight++
		k.has |= hasBehind[w.words[d].tag]
	}
}

// has is a set of what a word's dependents say of its phrase or clause.
type has uint8

const (
	hasTo     has = 1 << iota // to before it
	hasWh                     // who, which, when before it
	hasMark                   // a preposition or subordinator before it
	hasName                   // a noun or pronoun before it
	hasVerb                   // a verb before it, mostly an auxiliary
	hasDet                    // a determiner before it
	hasObject                 // a noun behind it
	hasClause                 // a verb behind it
)

var hasBefore = [nTags]has{TO: hasTo, WDT: hasWh, WP: hasWh, WRB: hasWh, IN: hasMark, NN: hasName, NNP: hasName, NNS: hasName, PRP: hasName, EX: hasName,
	CD: hasName, VB: hasVerb, VBD: hasVerb, VBG: hasVerb, VBN: hasVerb, VBP: hasVerb, VBZ: hasVerb, MD: hasVerb, DT: hasDet, PRPS: hasDet}

var hasBehind = [nTags]has{NN: hasObject, NNP: hasObject, NNS: hasObject, PRP: hasObject, CD: hasObject,
	VB: hasClause, VBD: hasClause, VBG: hasClause, VBN: hasClause, VBP: hasClause, VBZ: hasClause, MD: hasClause}

const nArcFeatures = 25

// arcFeatures are the features of the state at hand: the two words on top of the
// stack, the next in the buffer, their outermost dependents and what stands
// between (after Zhang and Nivre 2011).
func (w *work) arcFeatures(f *[nArcFeatures]uint64) {
	words := w.words
	i0, i1, i2 := w.top(0), w.top(1), w.top(2)
	s0, s1, s2 := &words[i0], &words[i1], &words[i2]
	n0 := w.next
	b0, b1, b2 := &words[n0], &words[0], &words[0]
	if int(n0)+1 < len(words) {
		b1 = &words[n0+1]
	}
	if int(n0)+2 < len(words) {
		b2 = &words[n0+2]
	}
	k0, k1, kb := &w.kids[i0], &w.kids[i1], &w.kids[n0]
	s0l, s0r, s1r, bl := &words[k0.left], &words[k0.right], &words[k1.right], &words[kb.left]

	gap0 := uint64(min(n0-i0, 6))<<8 | uint64(min(b0.commas-s0.commas, 3))
	gap1 := uint64(min(i0-i1, 6))<<8 | uint64(min(s0.commas-s1.commas, 3))
	gap0 = mix(gap0<<8 | uint64(b0.marks))
	gap1 = mix(gap1<<8 | uint64(s0.marks))
	val0 := mix(uint64(min(k0.nLeft, 3))<<4 | uint64(min(k0.nRight, 3)))
	val1 := mix(uint64(min(k1.nLeft, 3))<<4 | uint64(min(k1.nRight, 3)))
	valb := mix(uint64(min(kb.nLeft, 3)) | 1<<10)

	h0, h1, hb := uint64(k0.has), uint64(k1.has), uint64(kb.has)
	ahead := mix(uint64(b0.ahead) | 5<<40)

	f[0] = feature(1, s0.wt^turn(b0.t, 1))
	f[1] = feature(2, s0.t^turn(b0.wt, 1))
	f[2] = feature(3, s0.w^turn(b0.w, 1))
	f[3] = feature(4, s0.t^turn(b0.t, 1)^gap0)
	f[4] = feature(5, s1.wt^turn(s0.t, 1))
	f[5] = feature(6, s1.t^turn(s0.wt, 1))
	f[6] = feature(7, s1.t^turn(s0.t, 1)^gap1)
	f[7] = feature(8, s0.t^turn(b0.t, 1)^turn(b1.t, 2))
	f[8] = feature(9, b0.t^turn(b1.t, 1)^turn(b2.t, 2))
	f[9] = feature(10, s2.t^turn(s1.t, 1)^turn(s0.t, 2))
	f[10] = feature(11, s0.t^turn(s0l.t, 1)^turn(s0r.t, 2)^turn(b0.t, 3))
	f[11] = feature(12, b0.t^turn(bl.t, 1)^turn(s0.t, 2)^turn(s1.t, 3))
	f[12] = feature(13, s0.w^turn(s0r.w, 1)^turn(s1.t, 2))
	f[13] = feature(14, s1.w^turn(s0.t, 1)^turn(b0.t, 2))
	f[14] = feature(15, s0.wt^val0^gap0)
	f[15] = feature(16, b0.wt^turn(s1.t, 1)^valb)
	f[16] = feature(17, s1.t^turn(s0.t, 1)^turn(b0.t, 2)^turn(b1.t, 3))
	f[17] = feature(18, s0.w^turn(b0.t, 1)^turn(b1.t, 2))
	f[18] = feature(19, s1.wt^val1^turn(s0.t, 1)^turn(s1r.t, 2))
	f[19] = feature(20, s0.t^turn(s0r.wt, 1)^turn(b0.t, 2)^gap0)
	f[20] = feature(21, s1.t^turn(s0.t, 1)^mix(h1|h0<<8|2<<40)^gap1)
	f[21] = feature(22, s0.t^turn(b0.t, 1)^mix(hb|6<<40))
	f[22] = feature(23, s1.t^turn(s0.t, 1)^mix(h0|7<<40))
	f[23] = feature(24, s0.t^turn(b0.t, 1)^mix(h0|uint64(b0.marks)<<8|uint64(b1.marks)<<16|9<<40))
	f[24] = feature(25, s0.t^turn(b0.t, 1)^mix(h0|hb<<8|10<<40)^ahead)
}

// arcs gives each word its head. The last word on the stack is the root, with
// head 0: every sentence gets exactly one.
func (w *work) arcs(m *Model) {
	w.start()
	n := int32(len(w.words))
	var f [nArcFeatures]uint64
	for w.next < n {
		t := shift
		if w.top(0) != 0 {
			t = transition(m.sureArcs.answer(w.arcView()))
			if t >= nTransitions || t == right && w.top(1) == 0 {
				w.arcFeatures(&f)
				t = w.better(m.arcs.sum(&f))
			}
		}
		w.apply(t)
	}
	for w.top(1) != 0 {
		w.apply(right)
	}
}

// better returns the legal transition with the highest sum.
func (w *work) better(sum [3]uint32) transition {
	t := shift
	if sum[left] > sum[t] {
		t = left
	}
	if sum[right] > sum[t] && w.top(1) != 0 {
		t = right
	}
	return t
}
