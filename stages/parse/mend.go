package parse

import "detente/stages"

// mend sets right what the classifiers, which see one arc at a time, get wrong
// and no English sentence has: a phrase behind "and" in apposition to the one
// before, a verb with two subjects side by side, the subject of a passive whose
// verb has no form of "be" ("Turkey had threatened"), a noun as the sentence's
// head that a verb is joined to, a participle as the object of "had".
func (w *work) mend() {
	w.objects()
	w.dates()
	w.perfects()
	w.voices()
	w.verdicts()
	w.relatives()
	w.shifted()
	w.phrases()
	for i := 1; i < len(w.words); i++ {
		h := w.head[i]
		if h == 0 {
			continue
		}
		switch stages.Rel(w.rel[i]) {
		case stages.Appos:
			// "Iran and Saudi Arabia"
			if l := w.leftmost(int32(i)) - 1; int(h) < i && l > h && w.words[l].tag == CC {
				w.rel[i] = uint8(stages.Conj)
			}
		case stages.Acl:
			// "the rocket and mortar attack | launched against"
			if s := w.child(h, stages.Conj); s > h && int(s) == i-1 && w.words[i].tag == VBN {
				w.try(arc{int32(i), s, stages.Acl})
			}
		case stages.Nsubj, stages.NsubjPass:
			// "the rocket and mortar attack | launched against"
			if n := w.head[h]; int(h) > i && stages.Rel(w.rel[h]) == stages.Conj && n != 0 && int(n) < i && w.noun(n) && (w.words[h].tag == VBN || w.words[h].tag == VBD) && w.child(h, stages.Dobj, stages.Aux, stages.AuxPass) == 0 {
				w.try(arc{int32(i), n, stages.Conj}, arc{h, int32(i), stages.Acl})
				continue
			}
			// "between Armenian and Azerbaijani forces"
			if l := w.leftmost(int32(i)) - 1; int(h) < i && l > h && w.words[l].tag == CC && w.words[h].tag == JJ {
				w.rel[i] = uint8(stages.Conj)
				continue
			}
			// "Russian and Georgian | troops clashed"
			for j := w.leftmost(int32(i)) - 1; j > 0; j = w.head[j] {
				if w.head[j] != h {
					continue
				}
				if r := stages.Rel(w.rel[j]); r == stages.Nsubj || r == stages.NsubjPass {
					w.head[j], w.rel[j] = int32(i), uint8(stages.Amod)
				}
				break
			}
		}
	}
}

// objects makes the object of a verb of a name right behind it that the parser took
// for a time: "who declined to be named, accused | Chad".
func (w *work) objects() {
	for i := int32(2); int(i) < len(w.words); i++ {
		if v := w.head[i]; stages.Rel(w.rel[i]) == stages.Npadvmod && v == i-1 && w.words[i].tag == NNP && !w.words[i].calendar && (w.words[v].tag == VBD || w.words[v].tag == VBN) && w.child(v, stages.Dobj) == 0 {
			w.rel[i] = uint8(stages.Dobj)
		}
	}
}

// perfects makes "had" the auxiliary of a participle that the parser took for its
// object: "said that troops had | attacked the port".
func (w *work) perfects() {
	for p := int32(2); int(p) < len(w.words); p++ {
		have := w.head[p]
		if t := w.words[p].tag; stages.Rel(w.rel[p]) != stages.Dobj || t != VBN && t != VBD && !w.words[p].past || have == 0 || have > p || !w.have(have) {
			continue
		}
		arcs := []arc{{p, w.head[have], stages.Rel(w.rel[have])}, {have, p, stages.Aux}}
		for k := int32(1); int(k) < len(w.words); k++ {
			if w.head[k] == have && k != p {
				arcs = append(arcs, arc{k, p, stages.Rel(w.rel[k])})
			}
		}
		w.try(arcs...)
	}
}

var formsOfHave = [...]uint64{known("have"), known("has"), known("had"), known("having")}

// have reports whether word i is a form of "have".
func (w *work) have(i int32) bool {
	for _, form := range formsOfHave {
		if w.is(i, form) {
			return true
		}
	}
	return false
}

// dates parts the words of a date from the names beside them, which they do not
// modify: "on Tuesday | President Maduro said", "Israel | Friday reimposed".
func (w *work) dates() {
	for c := int32(1); int(c) < len(w.words); c++ {
		i := w.head[c]
		if i <= c || stages.Rel(w.rel[c]) != stages.Compound || w.words[c].calendar == w.words[i].calendar {
			continue
		}
		if w.words[i].calendar {
			// The name takes the place of the day.
			h := w.head[i]
			if h == 0 {
				h = c
			}
			w.try(arc{c, w.head[i], stages.Rel(w.rel[i])}, arc{i, h, stages.Npadvmod})
			continue
		}
		name := i
		for stages.Rel(w.rel[name]) == stages.Compound && w.head[name] > name {
			name = w.head[name] // "Tuesday President | Maduro"
		}
		p := w.head[name]
		if p == 0 || p >= c || stages.Rel(w.rel[name]) != stages.Pobj {
			continue
		}
		if v := w.subjectless(name); v != 0 {
			// The day is the preposition's, the name the next verb's.
			w.try(arc{c, p, stages.Pobj}, arc{name, v, stages.Nsubj}, arc{p, v, stages.Rel(w.rel[p])})
		}
	}
}

// arc hangs word d on word h.
type arc struct {
	d, h int32
	rel  stages.Rel
}

// try puts arcs in the place of those that their words have, if what comes of it
// is still a projective tree, and reports whether it is.
func (w *work) try(arcs ...arc) bool {
	old := make([]arc, len(arcs))
	for i, a := range arcs {
		old[i] = arc{a.d, w.head[a.d], stages.Rel(w.rel[a.d])}
	}
	set := func(arcs []arc) {
		for _, a := range arcs {
			w.head[a.d], w.rel[a.d] = a.h, uint8(a.rel)
		}
	}
	if set(arcs); !w.isTree() {
		set(old)
		return false
	}
	return true
}

// isTree reports whether the words hang in one projective tree.
func (w *work) isTree() bool {
	roots := 0
	n := int32(len(w.words))
	for i := int32(1); i < n; i++ {
		h := w.head[i]
		if h == 0 {
			roots++
			continue
		}
		steps := int32(0)
		for k := i; k != 0; k = w.head[k] {
			if steps++; steps > n {
				return false // in a circle
			}
		}
		for k := min(i, h) + 1; k < max(i, h); k++ {
			x := k
			for steps := int32(0); x != 0 && x != h && steps <= n; steps++ {
				x = w.head[x]
			}
			if x != h {
				return false // an arc crosses
			}
		}
	}
	return roots == 1
}

// subjectless returns the finite verb right behind the phrase of word i that has
// no subject yet, 0 for none.
func (w *work) subjectless(i int32) int32 {
	v := i + 1
	for int(v) < len(w.words) && w.head[v] != 0 && (w.head[v] == i || w.words[v].tag == RB || stages.Rel(w.rel[v]) == stages.Aux || stages.Rel(w.rel[v]) == stages.AuxPass) {
		v++
	}
	if int(v) >= len(w.words) {
		return 0
	}
	switch w.words[v].tag {
	case VBD, VBZ, VBP, VB, VBN:
	default:
		return 0
	}
	if w.hasSubject(v) {
		return 0
	}
	return v
}

// hasSubject reports whether verb v has a subject of its own.
func (w *work) hasSubject(v int32) bool {
	return w.child(v, stages.Nsubj, stages.NsubjPass, stages.Csubj) != 0
}

// child returns the first word that hangs on h by one of rels, 0 for none.
func (w *work) child(h int32, rels ...stages.Rel) int32 {
	var set uint64
	for _, r := range rels {
		set |= 1 << r
	}
	rel := w.rel[:len(w.head)]
	for k, x := range w.head {
		if x == h && set>>(rel[k]&63)&1 != 0 && k > 0 {
			return int32(k)
		}
	}
	return 0
}

// verdicts gives sentences whose head is no finite verb the one that they have:
// "Iran, accused by Britain of piracy, | freed the ship", where the parser joins
// the verb to the name, and "Abiy Ahmed, the prime minister, | accused Egypt",
// where it takes the verb for a participle, which has no object. A participle
// with "by" that it took for the verb, and the verb for one joined to it without
// "and", is set right too: "Nigerian troops, backed by Chad, | drove them out".
func (w *work) verdicts() {
	root := int32(1)
	for int(root) < len(w.words) && w.head[root] != 0 {
		root++
	}
	if int(root) >= len(w.words) {
		return
	}
	if w.noun(root) {
		for v := root + 1; int(v) < len(w.words); v++ {
			switch w.words[v].tag {
			case VBD, VBN, VBZ, VBP:
			default:
				continue
			}
			if w.clipped(v, root) {
				w.promote(v, root)
				return
			}
			alone := w.active(v) && !w.finite(v)
			joined := stages.Rel(w.rel[v]) == stages.Conj && w.head[v] == root && w.child(root, stages.Cc) == 0
			rel, h := stages.Rel(w.rel[v]), w.head[v]
			participle := (rel == stages.Acl && w.above(v, root) || rel == stages.Advcl && stages.Rel(w.rel[h]) == stages.Relcl && w.head[h] == root) && w.words[v].marks&comma != 0
			if f := h; rel == stages.Ccomp && stages.Rel(w.rel[f]) == stages.Acl && w.head[f] == root && w.words[f].tag == VB {
				// "his refusal to free the man | angered Chad"
				if s := w.child(v, stages.Nsubj); s > f && s == v-1 && w.child(v, stages.Mark) == 0 && w.try(arc{v, 0, stages.Root}, arc{root, v, stages.Nsubj}, arc{s, f, stages.Dobj}) {
					return
				}
			}
			if (joined || participle || alone) && w.child(v, stages.Dobj, stages.Attr) > v && w.child(v, stages.Agent, stages.Aux, stages.AuxPass) == 0 {
				w.promote(v, root)
				return
			}
		}
		w.hidden(root)
		return
	}
	if w.fronted(root) || w.backed(root) {
		return
	}
	if s := w.child(root, stages.Npadvmod); s > 0 && s < root && w.noun(s) && !w.words[s].calendar && !w.hasSubject(root) && w.leftmost(s) == 1 && w.words[root].tag == VBD && w.words[root].marks&comma == 0 {
		w.rel[s] = uint8(stages.Nsubj) // "Police in Chad | arrested the men"
	}
	last := root // of participles that "and" joins: "backed and armed by"
	if w.garden(root) {
		return
	}
	by := w.child(last, stages.Agent, stages.Prep)
	for by == 0 {
		c := w.child(last, stages.Conj)
		if c <= last || w.words[c].tag != VBN && w.words[c].tag != VBD {
			break
		}
		last, by = c, w.child(c, stages.Agent, stages.Prep)
	}
	subject := w.child(root, stages.Nsubj, stages.NsubjPass)
	if by <= last || !w.is(by, wordBy) || subject == 0 || subject > root || w.words[root].marks&comma == 0 ||
		w.child(root, stages.Dobj, stages.Aux, stages.AuxPass) != 0 || w.child(last, stages.Dobj, stages.Aux, stages.AuxPass) != 0 {
		return
	}
	v := by
	for v++; int(v) < len(w.words) && (w.head[v] != root || stages.Rel(w.rel[v]) != stages.Conj); v++ {
		if w.head[v] == root && stages.Rel(w.rel[v]) == stages.Cc {
			return // "was backed by Chad, and drove"
		}
	}
	if int(v) >= len(w.words) || w.words[v].marks&comma == 0 || w.words[v].tag != VBD && (!w.words[v].past || w.child(v, stages.Dobj) < v) {
		return
	}
	arcs := []arc{{v, 0, stages.Root}, {subject, v, stages.Nsubj}, {root, subject, stages.Acl}, {by, last, stages.Agent}}
	for k := int32(1); int(k) < len(w.words); k++ {
		if w.head[k] == root && (k > v || k < subject) {
			arcs = append(arcs, arc{k, v, stages.Rel(w.rel[k])})
		}
	}
	w.try(arcs...)
}

// clipped reports whether verb v was taken for a relative clause that ended at the
// comma before it: "The officials, who asked not to be named, | said he was wrong".
func (w *work) clipped(v, root int32) bool {
	return stages.Rel(w.rel[v]) == stages.Relcl && w.head[v] != root && w.words[v].tag != VBN && w.words[v].marks&comma != 0 && w.below(v, root) &&
		!w.hasSubject(v) && w.child(v, stages.Dobj, stages.Ccomp, stages.Xcomp, stages.Attr) > v
}

// hidden makes a verb of a word in the past that was taken for an adjective or a
// noun before another one, in a sentence that has no other verb: "the agency | fined
// mining companies", "Chadian troops | beat the men".
func (w *work) hidden(root int32) {
	for v := int32(2); int(v) < len(w.words); v++ {
		x := w.head[v]
		if r := stages.Rel(w.rel[v]); r != stages.Amod && r != stages.Compound || x <= v || !w.words[v].past || !w.noun(v-1) || w.words[v].marks != 0 || !w.noun(x) {
			continue
		}
		s := v - 1
		if h := w.head[s]; h != v && h != x && s != root || root != x && root != s || w.finite(x) {
			continue
		}
		arcs := []arc{{v, 0, stages.Root}, {s, v, stages.Nsubj}, {x, v, stages.Dobj}}
		for k := int32(1); int(k) < len(w.words); k++ {
			switch h := w.head[k]; {
			case k == s || k == v || k == x:
			case (h == x || h == v) && k < v:
				arcs = append(arcs, arc{k, s, stages.Rel(w.rel[k])})
			case h == v, h == s && k > v:
				arcs = append(arcs, arc{k, v, stages.Rel(w.rel[k])})
			}
		}
		if w.try(arcs...) {
			w.words[v].tag = VBD
		}
		return
	}
}

// backed parts the subject of the main verb from the participles behind it, which
// the parser took for its auxiliaries or for a clause of their own: "Malian troops,
// | backed, paid and trained by Chad, won the battle".
func (w *work) backed(root int32) bool {
	if w.words[root].tag != VBD || w.words[root].marks&comma == 0 {
		return false
	}
	subject, p := w.child(root, stages.Nsubj), w.child(root, stages.Aux, stages.AuxPass)
	if subject == 0 {
		if p = w.child(root, stages.Ccomp, stages.Advcl); p != 0 {
			subject = w.child(p, stages.Nsubj, stages.NsubjPass)
		}
	}
	if p == 0 || p > root || subject == 0 || subject > p || w.words[p].tag != VBD && w.words[p].tag != VBN || w.words[subject+1].marks&comma == 0 || w.child(p, stages.Dobj) != 0 {
		return false
	}
	first := p
	arcs := []arc{{subject, root, stages.Nsubj}}
	if k := w.child(p, stages.Aux, stages.AuxPass); k != 0 {
		if w.words[k].tag != VBD && w.words[k].tag != VBN || k != subject+1 {
			return false
		}
		first = k
		arcs = append(arcs, arc{p, k, stages.Conj})
	}
	if w.child(p, stages.Agent, stages.Conj) == 0 {
		return false
	}
	return w.try(append(arcs, arc{first, subject, stages.Acl})...)
}

// garden makes the main verb the head where the parser took a participle before it
// for one: "Greeks seized in March | were freed".
func (w *work) garden(root int32) bool {
	if w.words[root].tag != VBN && w.words[root].tag != VBD || w.child(root, stages.Dobj, stages.Aux, stages.AuxPass) != 0 {
		return false
	}
	subject := w.child(root, stages.Nsubj, stages.NsubjPass)
	if subject == 0 || subject != root-1 {
		return false
	}
	for v := root + 1; int(v) < len(w.words); v++ {
		if r := stages.Rel(w.rel[v]); w.head[v] != root || r != stages.Advcl && r != stages.Conj && r != stages.Ccomp {
			continue
		}
		aux := w.child(v, stages.AuxPass)
		if aux <= root || w.words[v].tag != VBN || w.hasSubject(v) || w.child(v, stages.Mark, stages.Advmod) != 0 && w.child(v, stages.Mark, stages.Advmod) < v || w.child(root, stages.Cc) > root && w.child(root, stages.Cc) < v {
			return false
		}
		arcs := []arc{{v, 0, stages.Root}, {subject, v, stages.NsubjPass}, {root, subject, stages.Acl}}
		for k := int32(1); int(k) < len(w.words); k++ {
			if w.head[k] == root && k != v && k != subject && (k > v || k < subject) {
				arcs = append(arcs, arc{k, v, stages.Rel(w.rel[k])})
			}
		}
		w.try(arcs...)
		return true
	}
	return false
}

// active reports whether participle v, which has an object, is a verb in the past:
// "his refusal to free the man | angered Chad".
func (w *work) active(v int32) bool {
	return stages.Rel(w.rel[v]) == stages.Acl && (w.words[v].past || w.words[v].tag == VBD) && w.words[v].marks == 0
}

// finite reports whether a verb of the sentence that is neither v nor below it has
// a finite form or an auxiliary.
func (w *work) finite(v int32) bool {
	for i := int32(1); int(i) < len(w.words); i++ {
		if w.below(i, v) {
			continue
		}
		switch w.words[i].tag {
		case VBD, VBZ, VBP, MD:
			return true
		}
		if r := stages.Rel(w.rel[i]); r == stages.Aux && w.words[i].tag != TO || r == stages.AuxPass {
			return true
		}
	}
	return false
}

// below reports whether word i is v or hangs below it.
func (w *work) below(i, v int32) bool {
	for ; i != 0; i = w.head[i] {
		if i == v {
			return true
		}
	}
	return false
}

// shifted parts what a verb takes its object for from the object behind it, where
// the parser made one phrase of both: "denounced as a crime | Serbia's attack".
func (w *work) shifted() {
	for c := int32(3); int(c) < len(w.words); c++ {
		h := w.head[c]
		as := w.head[h]
		if stages.Rel(w.rel[c]) != stages.Compound || h <= c+1 || stages.Rel(w.rel[h]) != stages.Pobj || as == 0 || as >= c || !w.is(as, wordAs) {
			continue
		}
		v := w.head[as]
		if v == 0 || v > as || w.child(v, stages.Dobj) != 0 || w.words[v].tag != VBD && w.words[v].tag != VBZ && w.words[v].tag != VBP {
			continue
		}
		if own := w.child(h, stages.Poss); own <= c || own > h {
			continue
		}
		arcs := []arc{{c, as, stages.Pobj}, {h, v, stages.Dobj}}
		for k := as + 1; k < c; k++ {
			if w.head[k] == h {
				arcs = append(arcs, arc{k, c, stages.Rel(w.rel[k])})
			}
		}
		for k := c + 1; k < h; k++ {
			if w.head[k] == h && stages.Rel(w.rel[k]) == stages.Advmod {
				arcs = append(arcs, arc{k, c, stages.Advmod})
			}
		}
		w.try(arcs...)
	}
}

// relatives hangs a clause that begins with "who" or "which" on the noun right
// before it: "the rulers, who expelled | the envoy".
func (w *work) relatives() {
	for s := int32(2); int(s) < len(w.words); s++ {
		if t := w.words[s].tag; t != WP && t != WDT || stages.Rel(w.rel[s]) != stages.Nsubj && stages.Rel(w.rel[s]) != stages.NsubjPass {
			continue
		}
		v := w.head[s]
		if r := stages.Rel(w.rel[v]); v > s && r != stages.Relcl && w.noun(s-1) && w.words[s].marks&comma != 0 {
			w.try(arc{v, s - 1, stages.Relcl})
		}
	}
}

// fronted makes the main verb the head where the parser took what stands before
// it for the sentence: "While praising India, | the king criticised China",
// "Expelled from Mali, | the ambassador flew home".
func (w *work) fronted(root int32) bool {
	rel := stages.Advcl
	switch w.words[root].tag {
	case IN:
		rel = stages.Prep
	case VBG, VBN:
	default:
		return false
	}
	if w.hasSubject(root) || w.child(root, stages.Aux, stages.AuxPass) != 0 {
		return false
	}
	start := root + 1
	for int(start) < len(w.words) && w.words[start].marks&comma == 0 {
		start++
	}
	v := start
	for int(v) < len(w.words) && w.words[v].tag != VBD && w.words[v].tag != VBZ && w.words[v].tag != VBP && (w.words[v].tag != VBN || stages.Rel(w.rel[v]) != stages.Acl && !w.hasSubject(v)) {
		v++
	}
	if int(v) >= len(w.words) {
		return false
	}
	subject := w.child(v, stages.Nsubj)
	if r := stages.Rel(w.rel[v]); subject == 0 && (r == stages.Acl || r == stages.Relcl) {
		subject = w.head[v] // "the president | criticised Turkey", no participle
		if w.child(v, stages.Dobj) < v {
			return false
		}
	}
	if subject < start || subject > v || w.words[subject].tag == WDT || w.words[subject].tag == WP {
		return false
	}
	arcs := []arc{{v, 0, stages.Root}, {root, v, rel}, {subject, v, stages.Nsubj}}
	for k := start; int(k) < len(w.words); k++ {
		if k != v && k != subject && w.head[k] < start {
			arcs = append(arcs, arc{k, v, stages.Rel(w.rel[k])})
		}
	}
	w.try(arcs...)
	return true
}

// noun reports whether word i is a noun or name.
func (w *work) noun(i int32) bool {
	switch w.words[i].tag {
	case NN, NNS, NNP:
		return true
	}
	return false
}

// above reports whether nothing but appositions stands between word i and root.
func (w *work) above(i, root int32) bool {
	for i = w.head[i]; i != 0 && i != root && stages.Rel(w.rel[i]) == stages.Appos; {
		i = w.head[i]
	}
	return i == root
}

// promote makes verb v the head of the sentence and noun root its subject.
func (w *work) promote(v, root int32) {
	arcs := []arc{{v, 0, stages.Root}, {root, v, stages.Nsubj}}
	for k := v + 1; int(k) < len(w.words); k++ {
		if h := w.head[k]; h < v && h != 0 {
			arcs = append(arcs, arc{k, v, stages.Rel(w.rel[k])})
		}
	}
	w.try(arcs...)
}

// voices gives subjects the relation that their verb's auxiliaries ask for, or what
// completes it: "Spain named Mali as", "refused to go".
func (w *work) voices() {
	for i := 1; i < len(w.words); i++ {
		if stages.Rel(w.rel[i]) != stages.NsubjPass {
			continue
		}
		auxiliary, passive, active := false, false, false
		for k := 1; k < len(w.words); k++ {
			if w.head[k] == w.head[i] {
				r := stages.Rel(w.rel[k])
				auxiliary = auxiliary || r == stages.Aux
				passive = passive || r == stages.AuxPass
				active = active || r == stages.Attr || r == stages.Xcomp
			}
		}
		if (auxiliary || active) && !passive {
			w.rel[i] = uint8(stages.Nsubj)
		}
	}
}

// leftmost returns the first word of what hangs on word i.
func (w *work) leftmost(i int32) int32 {
	l := i
	for l > 1 {
		k := l - 1
		for k != 0 && k != i {
			k = w.head[k]
		}
		if k != i {
			break
		}
		l--
	}
	return l
}
