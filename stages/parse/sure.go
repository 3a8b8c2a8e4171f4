package parse

import (
	"cmp"
	"slices"
)

// Most decisions are easy: between a determiner and a noun there is but one way
// to go on. A sure table has, for coarse views of a decision, the answer that
// learning found all but always right, and spares its features.

const (
	sureBits   = 16   // entries of a sure table, as a power of two
	sureFaults = 0.01 // of answers may be wrong, one more than were counted
	noAnswer   = 31
	answerMask = 31
)

// sure is a table of answers by view: five bits the answer, three the print.
type sure [1 << sureBits]uint8

// answer returns the answer for a view, noAnswer for none.
func (s *sure) answer(view uint64) uint8 {
	e := s[view>>(64-sureBits)]
	if e&^answerMask != uint8(view>>32)&^answerMask {
		return noAnswer
	}
	return e & answerMask
}

// arcView is what the first look at a transition sees.
func (w *work) arcView() uint64 {
	i0, n0 := w.top(0), int(w.next)
	s1, s0, b0 := &w.words[w.top(1)], &w.words[i0], &w.words[n0]
	near := uint64(min(n0-int(i0), 2))<<16 | uint64(b0.marks)<<8 | uint64(min(b0.commas-s0.commas, 1))
	if w.kids[n0].left != 0 {
		near |= 1 << 20
	}
	return feature(60, s1.t^turn(s0.t, 1)^turn(b0.t, 2)^turn(w.at(n0+1).t, 3)^near*0x9FB21C651E98DF25)
}

// labelView is what the first look at an arc sees.
func (w *work) labelView(i int) uint64 {
	h := w.head[i]
	side := uint64(0)
	if int(h) > i {
		side = 0x9FB21C651E98DF25
	}
	return feature(61, w.words[i].t^turn(w.words[h].t, 1)^side^uint64(w.kids[i].has)*0xA24BAED4963EE407)
}

// survey counts which answers would have been right for each view.
type survey map[uint64]*[wideClasses + 1]int32

const surveyed = wideClasses // the place of the count of all

func (v survey) note(view uint64, right func(class int) bool, classes int) {
	c := v[view]
	if c == nil {
		c = new([wideClasses + 1]int32)
		v[view] = c
	}
	c[surveyed]++
	for k := range classes {
		if right(k) {
			c[k]++
		}
	}
}

// table returns the sure table of what was counted.
func (v survey) table() *sure {
	type entry struct {
		view   uint64
		n      int32
		answer uint8
	}
	var list []entry
	for view, c := range v {
		best := 0
		for k := range wideClasses {
			if c[k] > c[best] {
				best = k
			}
		}
		if n := c[surveyed]; float64(n-c[best]+1) <= sureFaults*float64(n) {
			list = append(list, entry{view, c[surveyed], uint8(best)})
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.view, b.view)) })
	s := new(sure)
	for i := range s {
		s[i] = noAnswer
	}
	for _, e := range list {
		if at := &s[e.view>>(64-sureBits)]; *at == noAnswer {
			*at = uint8(e.view>>32)&^answerMask | e.answer
		}
	}
	return s
}
