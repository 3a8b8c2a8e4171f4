package date

import (
	"detente/lexicons"
	"detente/stages"
)

const verbal = lexicons.Base | lexicons.Third | lexicons.Past | lexicons.Participle | lexicons.Gerund

// tense is when a verb puts what it tells, against the day of publication.
type tense uint8

const (
	none       tense = iota // no verb
	past                    // met, was met, did not meet
	pluperfect              // had met
	perfect                 // has met
	present                 // meets, is meeting
	future                  // will meet, is due to meet
	open                    // to meet, meeting, met (participle): as the verb above it
)

// tense tells the tense of the verb at token i by its auxiliaries.
func (w *walk) tense(i int) tense {
	if i < 0 {
		return none
	}
	d := w.d
	tag := d.Tags[i]
	found := none
	if tag&lexicons.Aux != 0 {
		found = auxiliary(w.lower(i))
	}
	for k := i - 1; k >= w.sent.First && i-k < 6; k-- {
		switch word := w.lower(k); {
		case d.Tags[k]&lexicons.Aux != 0 || word == "to":
			if word == "to" {
				if tag&lexicons.Base != 0 || found != none {
					return open
				}
				return found
			}
			if a := auxiliary(word); a != none {
				if found == none || a != present && a != past {
					found = a
				}
				if (word == "been" || word == "be") && found == open {
					found = none
				}
			}
		case d.Tags[k]&(lexicons.Adv|lexicons.Pron|lexicons.Det) != 0, word == "n't":
			if d.Tags[k]&lexicons.Pron != 0 && found != none {
				return found
			}
		default:
			k = w.sent.First
		}
	}
	if found != none {
		return found
	}
	switch {
	case tag&lexicons.Past != 0:
		if w.reduced(i) && !w.predicated(i) {
			return open
		}
		return past
	case tag&(lexicons.Third|lexicons.Base) != 0:
		return present
	case tag == lexicons.Participle && w.predicated(i):
		return past
	}
	return open
}

// predicated reports whether a verb whose form may be a participle's is the finite one
// of its clause: "troops exchanged fire, officials said", "said Chad attacked Mali".
func (w *walk) predicated(i int) bool {
	if !w.sent.Parsed {
		return false
	}
	switch w.d.Rel(i) {
	case stages.Root, stages.Ccomp, stages.Relcl, stages.Conj:
		return w.d.Child(i, w.sent.First, i, stages.Nsubj) >= 0
	}
	return false
}

func auxiliary(word string) tense {
	switch word {
	case "will", "shall", "'ll", "’ll", "would":
		return future
	case "has", "have", "'ve", "’ve":
		return perfect
	case "had":
		return pluperfect
	case "was", "were", "did":
		return past
	case "is", "are", "am", "'re", "’re", "'m", "’m", "'s", "’s", "do", "does", "can", "may", "must", "should", "cannot":
		return present
	}
	return none
}

// reduced reports whether what looks like a past tense is a participle behind
// its noun: "returned trawlers seized in March" has its verb before.
func (w *walk) reduced(i int) bool {
	d := w.d
	if i == w.sent.First || d.Tags[i-1]&lexicons.Noun == 0 {
		return false
	}
	for k := i - 1; k >= w.sent.First; k-- {
		if d.Tags[k]&(lexicons.Conj|lexicons.Subord|lexicons.Pron) != 0 || w.breaks(k) || d.Word(k) == "," || d.Tokens[k].Is(lexicons.Quote) {
			return false
		}
		if d.Tags[k]&(lexicons.Past|lexicons.Third|lexicons.Base) != 0 {
			return true
		}
	}
	return false
}

// above returns the finite verb that an infinitive or participle depends on:
// the nearest before it in its clause, else the first after it.
func (w *walk) above(i int) int {
	for k := i - 1; k >= w.sent.First; k-- {
		if w.breaks(k) || w.d.Tags[k]&lexicons.Subord != 0 && !w.relative(k) && w.lower(k) != "after" && w.lower(k) != "before" {
			break
		}
		if w.relative(k) {
			return -1
		}
		if w.isVerb(k) && w.tense(k) != open {
			return k
		}
	}
	return w.nextVerb(i + 1)
}
