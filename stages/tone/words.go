package tone

import (
	"slices"
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// Sparse features say in which words and along which path of the dependency
// tree a candidate is told. Each is a number, its kind and parts hashed; a
// linear model has a weight for each of them (Weinberger et al. 2009).

// kinds of sparse feature.
const (
	sRelation uint32 = iota + 1
	sPredicate
	sPredicateSign
	sShift
	sPath
	sPathVerb
	sTargetHead
	sTargetPrep
	sSourceHead
	sSourcePrep
	sBetween
	sNearTarget
	sNearSource
	sBag
	sCue
	sClause
	sModal
	sSide
	sPrior
	sKind
	sSentence
	sPathWord
	sClausePair
)

// sparseBits is the logarithm of the number of weights.
const sparseBits = 18

// hasher collects the sparse features of one candidate.
type hasher struct {
	d    *stages.Document
	lex  *lexicons.Set
	sent *stages.Sentence
	out  []uint32
	stem []uint32 // by token of the sentence, 0 = not asked yet
}

func (h *hasher) add(kind uint32, parts ...uint32) {
	x := uint64(kind) * 0x9E3779B97F4A7C15
	for _, p := range parts {
		x = (x ^ uint64(p)) * 0xff51afd7ed558ccd
		x ^= x >> 29
	}
	x *= 0xc4ceb9fe1a85ec53
	h.out = append(h.out, uint32(x>>(64-sparseBits)))
}

// word returns the number of token i's stem; names and numbers have one each,
// so that no actor has a tone of its own.
func (h *hasher) word(i int) uint32 {
	if i < h.sent.First || i >= h.sent.Last {
		return 1
	}
	k := i - h.sent.First
	if h.stem[k] == 0 {
		h.stem[k] = h.stemOf(i)
	}
	return h.stem[k]
}

func (h *hasher) stemOf(i int) uint32 {
	t := h.d.Tokens[i]
	if t.Is(lexicons.Digit) {
		return 2
	}
	if t.Is(lexicons.Cap) && i > h.sent.First && h.d.Tags[i]&lexicons.Noun != 0 {
		return 3
	}
	w := lexicons.Fold(h.d.Word(i))
	switch {
	case len(w) > 5 && strings.HasSuffix(w, "ing"):
		w = w[:len(w)-3]
	case len(w) > 4 && strings.HasSuffix(w, "ed"):
		w = w[:len(w)-2]
	case len(w) > 5 && strings.HasSuffix(w, "ies"):
		w = w[:len(w)-3]
	case len(w) > 4 && strings.HasSuffix(w, "es"):
		w = w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		w = w[:len(w)-1]
	}
	if len(w) > 4 && strings.HasSuffix(w, "e") {
		w = w[:len(w)-1]
	}
	x := uint32(2166136261)
	for k := range len(w) {
		x = (x ^ uint32(w[k])) * 16777619
	}
	return x | 8
}

func (s *Scorer) sparse(h *hasher, d *stages.Document, c *candidate, f []float32, sent *stages.Sentence) {
	if h.sent != sent || h.d != d {
		h.d, h.lex, h.sent = d, s.lex, sent
		h.stem = append(h.stem[:0], make([]uint32, sent.Last-sent.First)...)
	}
	h.out = h.out[:0]
	st := &d.Statements[c.statement]
	speaker := bit(c.source == st.Source)
	kind := kindNumber(st.Kind)
	sourceAt, targetAt := -1, -1
	for _, k := range c.relations {
		r := &d.Relations[k]
		if r.SourceAt >= 0 && sourceAt < 0 {
			sourceAt = r.SourceAt
		}
		if r.TargetAt >= 0 && targetAt < 0 {
			targetAt = r.TargetAt
		}
		v := r.Valence * r.Shift
		sign := uint32(1)
		if v < -0.05 {
			sign = 0
		} else if v > 0.05 {
			sign = 2
		}
		route := uint32(r.Route)
		shift := uint32(1)
		if r.Shift < 0 {
			shift = 0
		} else if r.Shift < 0.95 {
			shift = 2
		}
		h.add(sShift, route, shift, sign)
		if r.Predicate >= 0 {
			p := &h.lex.Predicates[r.Predicate]
			cat := uint32(categoryIndex[p.Category])
			h.add(sRelation, route, cat, sign)
			h.add(sPredicate, route, uint32(r.Predicate)*2654435761, shift)
			h.add(sPredicateSign, uint32(r.Predicate)*2654435761, shift)
		} else {
			h.add(sRelation, route, 99, sign)
		}
	}
	h.add(sKind, kind, speaker, bit(sourceAt >= 0), bit(targetAt >= 0), bit(f[fAuthor] > 0))
	if !st.Cue.Empty() {
		at := h.tokenAt(st.Cue.Start)
		h.add(sCue, h.word(at), kind, speaker)
	}
	if prior := f[fPriorTone]; f[fPriorCount] > 0 {
		b := uint32(1)
		if prior < -0.15 {
			b = 0
		} else if prior > 0.15 {
			b = 2
		}
		h.add(sPrior, b, speaker, bit(targetAt >= 0))
	}
	source, target := h.mention(sourceAt), h.mention(targetAt)
	if sent.Parsed {
		if target >= 0 {
			h.place(sTargetHead, sTargetPrep, target, speaker)
			h.clauseOf(target, speaker)
		}
		if source >= 0 {
			h.place(sSourceHead, sSourcePrep, source, 0)
		}
		if source >= 0 && target >= 0 {
			h.path(source, target)
		}
	}
	h.near(sNearTarget, targetAt, target, speaker)
	h.near(sNearSource, sourceAt, source, 0)
	if sourceAt >= 0 && targetAt >= 0 {
		a, b := min(sourceAt, targetAt), max(sourceAt, targetAt)
		if b-a < 25 {
			for i := a + 1; i < b; i++ {
				if h.content(i) {
					h.add(sBetween, h.word(i), bit(sourceAt < targetAt))
				}
			}
		}
	}
	// The words of the statement, for who is only understood.
	first, last := h.tokenAt(st.Span.Start), h.tokenAt(st.Span.End-1)+1
	for i := first; i < min(last, first+60); i++ {
		if h.content(i) {
			h.add(sBag, h.word(i), speaker, bit(targetAt >= 0))
		}
	}
	for i := sent.MatchFrom; i < sent.MatchTo; i++ {
		m := d.Matches[i]
		if m.Unit != lexicons.PredicateUnit {
			continue
		}
		p := &h.lex.Predicates[m.Ref]
		side := uint32(2)
		if targetAt >= 0 {
			side = bit(m.Start > targetAt)
		}
		ss := uint32(2)
		if sourceAt >= 0 {
			ss = bit(m.Start > sourceAt)
		}
		h.add(sSide, uint32(categoryIndex[p.Category]), side, ss)
	}
	slices.Sort(h.out)
	h.out = slices.Compact(h.out)
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func kindNumber(k stages.Kind) uint32 {
	switch k {
	case stages.Direct:
		return 0
	case stages.Mixed:
		return 1
	case stages.Indirect:
		return 2
	}
	return 3
}

// tokenAt returns the token of the sentence that holds byte at.
func (h *hasher) tokenAt(at int) int {
	for i := h.sent.First; i < h.sent.Last; i++ {
		if int(h.d.Tokens[i].End) > at {
			return i
		}
	}
	return h.sent.Last - 1
}

// content reports whether token i is a content word that is no name.
func (h *hasher) content(i int) bool {
	return h.d.Tags[i]&(lexicons.Noun|lexicons.Verb|lexicons.Adj|lexicons.Adv) != 0 && !h.d.Calendar[i] && h.word(i) > 3 || h.d.Tags[i]&lexicons.Prep != 0
}

// mention returns the token of the sentence by which the mention at token at
// hangs in it, -1 for none.
func (h *hasher) mention(at int) int {
	if at < h.sent.First || at >= h.sent.Last {
		return -1
	}
	for i := h.sent.MentionFrom; i < h.sent.MentTo; i++ {
		if m := &h.d.Mentions[i]; m.First == at {
			for k := m.First; k < m.Last; k++ {
				if p := int(h.d.Heads[k]); p < m.First || p >= m.Last {
					return k
				}
			}
		}
	}
	return at
}

// near adds the words beside a mention.
func (h *hasher) near(kind uint32, first, head int, speaker uint32) {
	if first < 0 {
		return
	}
	last := first + 1
	for i := h.sent.MentionFrom; i < h.sent.MentTo; i++ {
		if m := &h.d.Mentions[i]; m.First == first {
			last = m.Last
		}
	}
	for k := range 3 {
		h.add(kind, h.word(first-1-k), uint32(k), 0, speaker)
		h.add(kind, h.word(last+k), uint32(k), 1, speaker)
	}
	h.add(kind, h.word(first-1), h.word(first-2), 2, speaker)
	h.add(kind, h.word(last), h.word(last+1), 3, speaker)
}

// place adds how token i hangs on its head, and behind which preposition.
func (h *hasher) place(head, prep uint32, i int, speaker uint32) {
	d := h.d
	p := int(d.Heads[i])
	rel := uint32(d.Rels[i])
	if p < 0 {
		h.add(head, rel, 0, speaker)
		return
	}
	h.add(head, rel, h.word(p), speaker)
	h.add(head, rel, 1, speaker)
	if g := int(d.Heads[p]); g >= 0 {
		h.add(prep, rel, h.word(p), h.word(g), speaker)
		h.add(prep, rel, uint32(d.Rels[p]), h.word(g), speaker)
		if d.Rels[p] == stages.Prep || d.Rels[p] == stages.Pobj {
			if gg := int(d.Heads[g]); gg >= 0 {
				h.add(prep, rel, uint32(d.Rels[p]), uint32(d.Rels[g]), h.word(gg), speaker)
			}
		}
	}
}

// clauseOf adds the verb of the clause that token i stands in, its auxiliaries
// and its other words.
func (h *hasher) clauseOf(i int, speaker uint32) {
	d := h.d
	rel := uint32(d.Rels[i])
	v := i
	for steps := 0; v >= 0 && d.Tags[v]&lexicons.Verb == 0 && steps < 12; steps++ {
		if d.Heads[v] >= 0 {
			rel = uint32(d.Rels[v])
		}
		v = int(d.Heads[v])
	}
	if v < 0 || d.Tags[v]&lexicons.Verb == 0 {
		return
	}
	h.add(sClause, h.word(v), rel, speaker)
	for k := h.sent.First; k < h.sent.Last; k++ {
		if int(d.Heads[k]) != v {
			continue
		}
		switch d.Rels[k] {
		case stages.Aux, stages.AuxPass, stages.Neg, stages.Mark, stages.Prt:
			h.add(sModal, h.word(k), rel, speaker)
			h.add(sModal, h.word(k), h.word(v), rel)
		case stages.Dobj, stages.Acomp, stages.Attr, stages.Xcomp, stages.Advmod, stages.Nsubj, stages.NsubjPass:
			h.add(sClausePair, uint32(d.Rels[k]), h.word(k), rel, speaker)
			h.add(sClausePair, h.word(v), h.word(k), rel)
		}
	}
	if g := int(d.Heads[v]); g >= 0 {
		h.add(sClause, h.word(g), uint32(d.Rels[v]), 7)
	}
}

// path adds the relations on the way through the tree from the source to the
// target, and the words on it.
func (h *hasher) path(a, b int) {
	d := h.d
	var up, down [8]int
	nu, nd := 0, 0
	// The lowest token above both.
	anc := a
	for nu < len(up) && anc >= 0 && !under(d, b, anc) {
		up[nu] = anc
		nu++
		anc = int(d.Heads[anc])
	}
	if anc < 0 || nu == len(up) {
		return
	}
	x := b
	for nd < len(down) && x != anc && x >= 0 {
		down[nd] = x
		nd++
		x = int(d.Heads[x])
	}
	if nd == len(down) {
		return
	}
	sig := uint32(2166136261)
	for k := range nu {
		sig = (sig ^ uint32(d.Rels[up[k]])) * 16777619
		if k > 0 {
			h.add(sPathWord, h.word(up[k]), 0, uint32(d.Rels[up[k-1]]))
		}
	}
	sig = (sig ^ 255) * 16777619
	for k := nd - 1; k >= 0; k-- {
		sig = (sig ^ uint32(d.Rels[down[k]])) * 16777619
		if k > 0 {
			h.add(sPathWord, h.word(down[k]), 1, uint32(d.Rels[down[k-1]]))
		}
	}
	h.add(sPath, sig)
	h.add(sPathVerb, sig, h.word(anc))
	h.add(sPathWord, h.word(anc), 2)
	h.add(sPath, uint32(nu), uint32(nd), 5)
}

// under reports whether token i is head or hangs on it.
func under(d *stages.Document, i, head int) bool {
	for steps := 0; i >= 0 && steps < 64; steps++ {
		if i == head {
			return true
		}
		i = int(d.Heads[i])
	}
	return false
}
