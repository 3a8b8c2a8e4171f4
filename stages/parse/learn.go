package parse

import (
	"cmp"
	"encoding/binary"
	"math/rand/v2"
	"slices"

	"detente/stages"
)

// Example is a sentence with its tree, to learn from or to be measured on. Tags,
// Heads and Rels are by token of the sentence; heads count from its first token,
// -1 for the root.
type Example struct {
	Doc         *stages.Document
	First, Last int
	Tags        []Tag
	Heads       []int32
	Rels        []stages.Rel
	Weight      int // how often it is seen in a round, at least 1
}

// Lesson says how to learn.
type Lesson struct {
	First  int // rounds with all features, to find those that tell most
	Rounds int // rounds with the features that are kept
	Words  int // in the vocabulary
	Room   int // places for all features of the transitions, as a power of two, at least 18; the others have an eighth
	Log    func(format string, args ...any)
}

// Learn returns the model file of weights learned from the examples. It is
// deterministic.
func Learn(examples []Example, o Lesson) []byte {
	l := &learner{o: o, order: rand.New(rand.NewPCG(1, 2)), survey: survey{}}
	m := &Model{}
	hashes, fixed := l.vocabulary(examples)
	m.words = newVocabulary(hashes, fixed)
	o.Log("vocabulary of %d words", len(hashes))

	m.sureArcs, m.sureLabels = survey{}.table(), survey{}.table() // that know nothing yet
	// learn returns the rows of a table of a classifier, learned in two passes.
	learn := func(what string, classes, room, bits, ways, size int, kept func(), step func(p *perceptron, w *work, e *Example, round int) (int, int)) []byte {
		p := newPerceptron(classes, room)
		l.rounds(examples, "all features of "+what, o.First, func(w *work, e *Example, round int) (int, int) { return step(p, w, e, round) })
		p = p.keep(bits, ways)
		kept()
		l.rounds(examples, what, o.Rounds, func(w *work, e *Example, round int) (int, int) { return step(p, w, e, round) })
		return p.bytes(size)
	}
	tags := learn("tags", int(nTags-firstTag), o.Room-3, tagBits, 1, rowSize, func() {}, func(p *perceptron, w *work, e *Example, _ int) (int, int) { return l.learnTags(w, m, p, e) })
	m.tags = wideOf(tags, tagBits)
	arcs := learn("arcs", int(nTransitions), o.Room, pairBits, 2, 4, func() { m.sureArcs, l.survey = l.survey.table(), survey{} }, func(p *perceptron, w *work, e *Example, round int) (int, int) { return l.learnArcs(w, m, p, e, round) })
	labels := learn("labels", wideClasses, o.Room-3, labelBits, 1, rowSize, func() { m.sureLabels = l.survey.table() }, func(p *perceptron, w *work, e *Example, _ int) (int, int) { return l.learnLabels(w, m, p, e) })

	out := make([]byte, 0, tablesAt(len(hashes))+tablesSize)
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint32(out, format)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(hashes)))
	for _, h := range hashes {
		out = binary.LittleEndian.AppendUint32(out, h)
	}
	for _, t := range fixed {
		out = append(out, byte(t))
	}
	out = append(out, make([]byte, tablesAt(len(hashes))-len(out))...)
	out = append(out, arcs...)
	out = append(out, tags...)
	out = append(out, labels...)
	out = append(out, m.sureArcs[:]...)
	return append(out, m.sureLabels[:]...)
}

type learner struct {
	o     Lesson
	order *rand.Rand

	survey survey // of the classifier in hand, while it still has all features
}

// vocabulary returns the most frequent words, by hash, and the tag of those
// that have but one.
func (l *learner) vocabulary(examples []Example) (hashes []uint32, fixed []Tag) {
	type count struct {
		hash uint32
		n    int
		tags [nTags]int
	}
	counts := map[uint32]*count{}
	for i := range examples {
		e := &examples[i]
		for k := e.First; k < e.Last; k++ {
			h := wordHash(e.Doc.Word(k))
			c := counts[h]
			if c == nil {
				c = &count{hash: h}
				counts[h] = c
			}
			c.n++
			c.tags[e.Tags[k-e.First]]++
		}
	}
	list := make([]*count, 0, len(counts))
	for _, c := range counts {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *count) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.hash, b.hash)) })
	list = list[:min(len(list), l.o.Words)]
	slices.SortFunc(list, func(a, b *count) int { return cmp.Compare(a.hash, b.hash) })
	for _, c := range list {
		hashes = append(hashes, c.hash)
		tag := NoTag
		for t, n := range c.tags {
			// Names are fixed by no word: "May", "Bush".
			if n >= 50 && 100*n >= 99*c.n && Tag(t) != NNP {
				tag = Tag(t)
			}
		}
		fixed = append(fixed, tag)
	}
	return hashes, fixed
}

// rounds shows all examples some times in random order.
func (l *learner) rounds(examples []Example, what string, rounds int, step func(*work, *Example, int) (int, int)) {
	var list []int32
	for i := range examples {
		for range max(1, examples[i].Weight) {
			list = append(list, int32(i))
		}
	}
	w := new(work)
	for round := range rounds {
		l.order.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		right, all := 0, 0
		for _, i := range list {
			r, n := step(w, &examples[i], round)
			right += r
			all += n
		}
		l.o.Log("%s, round %d: %.4f right while learning", what, round+1, float64(right)/float64(max(1, all)))
	}
}

// learnTags lets the tagger read a sentence, with its own tags before each word.
func (l *learner) learnTags(w *work, m *Model, p *perceptron, e *Example) (right, all int) {
	w.load(&m.words, e.Doc, e.First, e.Last)
	var f [nTagFeatures]uint64
	for i := 1; i < len(w.words); i++ {
		w.clause(i)
		x := &w.words[i]
		if x.fixed != NoTag {
			x.setTag(x.fixed)
			continue
		}
		want := max(0, int(e.Tags[int(x.token)-e.First])-int(firstTag))
		w.tagFeatures(&f, i)
		got := p.best(f[:])
		p.tick()
		if got != want {
			p.update(f[:], want, got)
		} else {
			right++
		}
		all++
		x.setTag(firstTag + Tag(got))
	}
	return right, all
}

// gold sets the heads of the words in w as the example has them, 0 for the root.
// Marks are left out: who hangs on one hangs on its head.
func (w *work) gold(e *Example, head []int32, rel []stages.Rel) ([]int32, []stages.Rel) {
	head, rel = resize(head, len(w.words)), resize(rel, len(w.words))
	wordOf := make([]int32, e.Last-e.First)
	for i := 1; i < len(w.words); i++ {
		wordOf[int(w.words[i].token)-e.First] = int32(i)
	}
	for i := 1; i < len(w.words); i++ {
		t := int(w.words[i].token) - e.First
		h := e.Heads[t]
		for steps := 0; h >= 0 && wordOf[h] == 0 && steps < len(wordOf); steps++ {
			h = e.Heads[h]
		}
		if h >= 0 {
			head[i] = wordOf[h]
		}
		rel[i] = e.Rels[t]
	}
	return head, rel
}

// projectivize lifts the words whose arcs cross others, the shortest first,
// until none does (Nivre and Nilsson 2005).
func projectivize(head []int32) {
	for {
		worst, length := int32(0), int32(1<<30)
		for i := int32(1); i < int32(len(head)); i++ {
			if h := head[i]; h != 0 && max(h-i, i-h) < length && crosses(head, i) {
				worst, length = i, max(h-i, i-h)
			}
		}
		if worst == 0 {
			return
		}
		head[worst] = head[head[worst]]
	}
}

// crosses reports whether a word under the arc of word i does not descend from
// its head.
func crosses(head []int32, i int32) bool {
	h := head[i]
	for k := min(i, h) + 1; k < max(i, h); k++ {
		a := k
		for a != 0 && a != h {
			a = head[a]
		}
		if a != h {
			return true
		}
	}
	return false
}

// learnArcs lets the parser build a tree and tells it after each step whether a
// better tree could still have been reached.
func (l *learner) learnArcs(w *work, m *Model, p *perceptron, e *Example, round int) (right, all int) {
	w.load(&m.words, e.Doc, e.First, e.Last)
	w.tag(m)
	gold, _ := w.gold(e, nil, nil)
	projectivize(gold)
	o := newOracle(gold)
	w.start()
	n := int32(len(w.words))
	var f [nArcFeatures]uint64
	for w.next < n {
		if w.top(0) == 0 {
			w.apply(shift)
			continue
		}
		legal := [nTransitions]bool{true, true, w.top(1) != 0}
		if t := m.sureArcs.answer(w.arcView()); t < uint8(nTransitions) && legal[t] {
			w.apply(transition(t))
			continue
		}
		w.arcFeatures(&f)
		sum := p.sum(f[:])
		good := o.good(w, legal)
		if p.ways == 0 {
			l.survey.note(w.arcView(), func(t int) bool { return good[t] }, int(nTransitions))
		}
		got, want := -1, -1
		for t := range int(nTransitions) {
			if legal[t] && (got < 0 || sum[t] > sum[got]) {
				got = t
			}
			if good[t] && (want < 0 || sum[t] > sum[want]) {
				want = t
			}
		}
		p.tick()
		all++
		if good[got] {
			right++
		} else {
			p.update(f[:], want, got)
			if round == 0 || l.order.IntN(10) == 0 {
				got = want
			}
		}
		w.apply(transition(got))
	}
	return right, all
}

// oracle tells which steps lose no arc of the gold tree (Goldberg and Nivre
// 2013, arc-hybrid). The root's head is a word behind the last.
type oracle struct {
	head []int32
	last []int32 // by word: its last gold dependent
}

func newOracle(gold []int32) *oracle {
	o := &oracle{head: gold, last: make([]int32, len(gold))}
	for i := int32(1); i < int32(len(gold)); i++ {
		if gold[i] == 0 {
			gold[i] = int32(len(gold))
		} else {
			o.last[gold[i]] = i
		}
	}
	return o
}

// good returns the legal steps of least loss.
func (o *oracle) good(w *work, legal [nTransitions]bool) [nTransitions]bool {
	s0, s1, b := w.top(0), w.top(1), w.next
	var cost [nTransitions]int
	// Dependents of the top that are still to come are lost with it.
	var lost int
	for d := b; d <= o.last[s0]; d++ {
		if o.head[d] == s0 {
			lost++
		}
	}
	cost[left], cost[right] = lost, lost
	if h := o.head[s0]; h == s1 && s1 != 0 || h > b {
		cost[left]++
	}
	if o.head[s0] >= b {
		cost[right]++
	}
	// What is shifted takes no dependents from the stack, and no head below its top.
	for _, s := range w.stack {
		if s != 0 && (o.head[s] == b || s != s0 && o.head[b] == s) {
			cost[shift]++
		}
	}
	least := cost[shift]
	for t := range cost {
		if legal[t] {
			least = min(least, cost[t])
		}
	}
	var good [nTransitions]bool
	for t := range cost {
		good[t] = legal[t] && cost[t] == least
	}
	return good
}

// learnLabels lets the labeller read the arcs that the parser has right.
func (l *learner) learnLabels(w *work, m *Model, p *perceptron, e *Example) (right, all int) {
	w.load(&m.words, e.Doc, e.First, e.Last)
	w.tag(m)
	gold, rel := w.gold(e, nil, nil)
	projectivize(gold)
	w.start()
	for i, h := range gold {
		if int(h) < i && h != 0 {
			w.attach(int32(i), h)
		}
	}
	for i := len(gold) - 1; i > 0; i-- {
		if h := gold[i]; int(h) > i {
			w.attach(int32(i), h)
		}
	}
	w.last = resize(w.last, len(w.words))
	var f [nLabelFeatures]uint64
	for i := 1; i < len(w.words); i++ {
		h := w.head[i]
		if h == 0 {
			continue
		}
		r := stages.Case
		if sure := m.sureLabels.answer(w.labelView(i)); sure != noAnswer && w.words[i].tag != POS {
			r = relOf(int(sure), w.words[i].tag)
		} else if want, ok := labelOf(rel[i]); w.words[i].tag != POS && ok {
			if p.ways == 0 {
				l.survey.note(w.labelView(i), func(c int) bool { return c == want }, wideClasses)
			}
			w.labelFeatures(&f, i, w.last[h])
			got := p.best(f[:])
			p.tick()
			if got != want {
				p.update(f[:], want, got)
			} else {
				right++
			}
			all++
			r = relOf(got, w.words[i].tag)
		}
		w.last[h] = uint8(r)
	}
	return right, all
}
