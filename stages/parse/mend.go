package parse

import "detente/stages"

// mend sets right what the classifiers, which see one arc at a time, get wrong
// and no English sentence has: a phrase behind "and" in apposition to the one
// before, a verb with two subjects side by side, the subject of a passive whose
// verb has no form of "be" ("Turkey had threatened").
func (w *work) mend() {
	w.voices()
	for i := 2; i < len(w.words); i++ {
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
		case stages.Nsubj, stages.NsubjPass:
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

// voices gives subjects the relation that their verb's auxiliaries ask for.
func (w *work) voices() {
	for i := 1; i < len(w.words); i++ {
		if stages.Rel(w.rel[i]) != stages.NsubjPass {
			continue
		}
		auxiliary, passive := false, false
		for k := 1; k < len(w.words); k++ {
			if w.head[k] == w.head[i] {
				r := stages.Rel(w.rel[k])
				auxiliary = auxiliary || r == stages.Aux
				passive = passive || r == stages.AuxPass
			}
		}
		if auxiliary && !passive {
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
