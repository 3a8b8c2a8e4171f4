package date

import (
	"strings"

	"detente/lexicons"
	"detente/stages"
)

// verb returns the verb whose clause holds tokens first to last, -1 for none.
// What stands behind a verb belongs to the nearest one; what opens a clause, to
// the first verb that follows.
func (w *walk) verb(first, last int) int {
	s := w.sent
	if s.Parsed {
		v := w.governor(first, last)
		if v >= 0 && (v < last || last < s.Last && !w.subordinates(last)) {
			return v
		}
	}
	head := first
	for head > s.First && w.d.Tags[head-1]&(lexicons.Prep|lexicons.Adv|lexicons.Det) != 0 && !w.subordinates(head-1) {
		head--
	}
	opens := head == s.First || w.d.Tags[head-1]&(lexicons.Conj|lexicons.Subord) != 0 || w.breaks(head-1) || w.d.Word(head-1) == ","
	if opens {
		if v := w.nextVerb(last); v >= 0 {
			return v
		}
	}
	for i := head - 1; i >= s.First; i-- {
		if w.breaks(i) || w.quote[i] != w.quote[first] {
			break
		}
		if w.isVerb(i) {
			return i
		}
	}
	if !opens {
		return w.nextVerb(last)
	}
	return -1
}

// governor returns the verb above tokens first to last in the tree, -1 for
// none.
func (w *walk) governor(first, last int) int {
	i := first
	for k := first; k < last; k++ {
		if h := w.d.Head(k); h < first || h >= last {
			i = k
			break
		}
	}
	for i = w.d.Head(i); i >= 0 && !w.isVerb(i); i = w.d.Head(i) {
	}
	return i
}

// nextVerb returns the first verb from token i on, stepping over relative
// clauses: "On Monday Spain, which had protested, recalled".
func (w *walk) nextVerb(i int) int {
	quoted := i > w.sent.First && w.quote[i-1]
	for ; i < w.sent.Last; i++ {
		if w.breaks(i) {
			// Two dashes enclose an aside; anything else ends the clause.
			k := i + 1
			for k < w.sent.Last && w.d.Word(k) != w.d.Word(i) {
				k++
			}
			if k == w.sent.Last || w.d.Word(i) == ":" || w.d.Word(i) == ";" {
				return -1
			}
			i = k
			continue
		}
		if w.quote[i] != quoted && w.d.Tokens[i].Is(lexicons.Quote) {
			return -1
		}
		if w.relative(i) {
			for i+1 < w.sent.Last && w.d.Word(i) != "," {
				i++
			}
			continue
		}
		if w.isVerb(i) && w.tense(i) != open {
			return i
		}
	}
	return -1
}

// isVerb reports whether token i is a verb and no auxiliary of another.
func (w *walk) isVerb(i int) bool {
	tag := w.d.Tags[i]
	if i > w.sent.First && w.d.Word(i-1) == "-" && !w.d.Tokens[i].Is(lexicons.Space) {
		return false // "top-level", "Kurdish-led"
	}
	if w.sent.Parsed {
		switch w.d.Rel(i) {
		case stages.Root, stages.Ccomp, stages.Xcomp, stages.Advcl, stages.Relcl, stages.Acl, stages.Pcomp, stages.Csubj, stages.Conj:
			return tag&(verbal|lexicons.Aux) != 0 || w.d.Child(i, w.sent.First, i, stages.Nsubj, stages.NsubjPass) >= 0
		}
		return false
	}
	if tag&verbal != 0 {
		return true
	}
	if tag&lexicons.Aux == 0 {
		return false
	}
	for k := i + 1; k < w.sent.Last && k < i+4; k++ {
		if w.d.Tags[k]&(verbal|lexicons.Aux) != 0 {
			return false
		}
		if w.d.Tags[k]&lexicons.Adv == 0 {
			break
		}
	}
	return true
}

// breaks reports whether token i parts clauses that share nothing.
func (w *walk) breaks(i int) bool {
	switch w.d.Word(i) {
	case ";", ":", "—", "–", "--":
		return true
	}
	return false
}

// subordinates reports whether token i is a conjunction, "after" and the like
// included, that a subject and a verb follow.
func (w *walk) subordinates(i int) bool { return w.d.Tags[i]&lexicons.Subord != 0 }

// relative reports whether token i opens a relative clause.
func (w *walk) relative(i int) bool {
	switch w.d.Word(i) {
	case "who", "which", "whom", "whose", "where":
		return true
	}
	return false
}

func (w *walk) lower(i int) string { return strings.ToLower(w.d.Word(i)) }
