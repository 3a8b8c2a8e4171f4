package parse

import (
	"math/bits"

	"detente/lexicons"
	"detente/stages"
)

// Tag is a part of speech of the Penn Treebank (Marcus, Santorini and
// Marcinkiewicz 1993), with the rarest ones folded into their neighbours.
type Tag uint8

// The tags. NoTag is that of no word.
const (
	NoTag Tag = iota
	CC
	CD
	DT
	EX
	IN
	JJ
	JJR
	JJS
	MD
	NN
	NNP
	NNS
	POS
	PRP
	PRPS // PRP$
	RB
	RBR
	RP
	TO
	VB
	VBD
	VBG
	VBN
	VBP
	VBZ
	WDT
	WP
	WRB
	SYM
	nTags

	firstTag = CC // class 0 of the tagger
)

var tagNames = [nTags]string{"-", "CC", "CD", "DT", "EX", "IN", "JJ", "JJR", "JJS", "MD", "NN", "NNP", "NNS", "POS", "PRP", "PRP$", "RB", "RBR", "RP", "TO",
	"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WRB", "SYM"}

func (t Tag) String() string { return tagNames[t] }

// TagOf returns the tag of a name of the Penn Treebank.
func TagOf(name string) Tag {
	switch name {
	case "NNPS":
		return NNP
	case "PDT":
		return DT
	case "WP$":
		return WP
	case "RBS":
		return RBR
	case "LS":
		return CD
	}
	for t, n := range tagNames {
		if n == name {
			return Tag(t)
		}
	}
	return SYM
}

// tagHash has a random number for each tag.
var tagHash = func() (h [nTags]uint64) {
	for t := range h {
		h[t] = mix(uint64(t) + 0x7461)
	}
	return
}()

// tagFeatures are the tagger's features of word i, whose words before
// it have tags.
func (w *work) tagFeatures(f *[nTagFeatures]uint64, i int) {
	x := &w.words[i]
	l1, l2, r1, r2 := w.at(i-1), w.at(i-2), w.at(i+1), w.at(i+2)
	rule := uint64(x.rule)<<16 | uint64(r1.rule)<<8 | uint64(x.shape)
	near := uint64(x.marks)<<8 | uint64(r1.marks)
	f[0] = feature(1, x.w)
	f[1] = feature(2, x.end)
	f[2] = feature(3, l1.t^turn(l2.t, 1))
	f[3] = feature(4, l1.t^turn(x.w, 1))
	f[4] = feature(5, l1.w^turn(x.end, 1))
	f[5] = feature(6, x.w^turn(r1.w, 1))
	f[6] = feature(7, x.end^turn(r1.end, 1))
	f[7] = feature(8, l1.w^turn(x.w, 2))
	f[8] = feature(9, l1.t^mix(rule))
	f[9] = feature(10, l1.w^turn(r1.w, 3))
	f[10] = feature(11, r1.w^turn(r2.w, 4))
	f[11] = feature(12, x.w^mix(rule))
	f[12] = feature(13, mix(near<<8|uint64(x.shape))^l1.t)
	f[13] = feature(14, l2.w^turn(x.end, 5))
	clause := mix(uint64(x.lack)<<8 | uint64(x.verb) | 3<<50)
	f[14] = feature(15, x.w^clause)
	f[15] = feature(16, x.end^clause^turn(l1.t, 1))
	f[16] = feature(17, x.end^clause^mix(rule)^turn(r1.w, 1))
}

const nTagFeatures = 17

// tag gives each word its tag, from left to right.
func (w *work) tag(m *Model) {
	var f [nTagFeatures]uint64
	for i := 1; i < len(w.words); i++ {
		w.clause(i)
		t := w.words[i].fixed
		if t == NoTag {
			w.tagFeatures(&f, i)
			t = firstTag + Tag(m.tags.best(f[:]))
			if v := w.words[i].verbal; v != NoTag && !t.verbOrAdjective() {
				t = v
			} else if t == JJ && w.words[i].past && w.joinsVerb(i) {
				t = VBD
			}
			switch {
			case t == RB && w.words[i].name:
				t = NNP
			case t == VBZ && (w.words[i-1].describes || w.gerund(i-1)):
				t = NNS
			case t == NN && w.words[i].base && w.is(int32(i-1), wordTo) && w.words[i].marks&quote != 0:
				t = VB // told them to "stay in port"
				w.words[i-1].setTag(TO)
			}
		}
		w.words[i].setTag(t)
	}
	w.look()
}

// joinsVerb reports whether word i stands right behind a conjunction that joins
// no adjectives, and before a name: "but criticised Britain".
func (w *work) joinsVerb(i int) bool {
	before := w.at(i - 2).tag
	return w.at(i-1).tag == CC && !(before.verbOrAdjective() || before == JJR || before == RB) && w.at(i+1).shape == capital
}

// gerund reports whether word i is one that a verb or preposition is completed by:
// what stands behind it is its object, "stopped selling arms".
func (w *work) gerund(i int) bool {
	before := w.at(i - 1).tag
	return w.words[i].tag == VBG && (before == IN || VB <= before && before <= VBZ)
}

// verbOrAdjective reports whether a word with this tag may be a verb's form.
func (t Tag) verbOrAdjective() bool { return VB <= t && t <= VBZ || t == JJ }

// verbal returns the tag of token i where the lexicons have it as a verb's form
// and nothing else, NoTag elsewhere: what no weight is sure of ("Poland condemns")
// they may know.
func verbal(lex *lexicons.Set, d *stages.Document, i int) Tag {
	const known = lexicons.Third | lexicons.Past | lexicons.Participle
	can := lex.Tags(d.Tokens[i].ID) &^ lexicons.Uses
	if can == 0 || can&^known != 0 || d.Tokens[i].Is(lexicons.Cap) {
		return NoTag
	}
	switch d.Tags[i] {
	case lexicons.Third:
		return VBZ
	case lexicons.Past:
		return VBD
	case lexicons.Participle:
		return VBN
	}
	return NoTag
}

// clause notes for word i, by the tags before it, how many clauses were opened
// that lack their finite verb, and the last verb's tag: what tells "accused"
// the verb of its clause from "accused" the participle.
func (w *work) clause(i int) {
	x, l := &w.words[i], &w.words[i-1]
	if i == 1 {
		x.lack, x.verb = 2, NoTag // one, and room for a verb too many
		return
	}
	x.lack, x.verb = l.lack, l.verb
	switch l.tag {
	case WDT, WP, WRB:
		x.lack = min(x.lack+1, 5)
	case VBD, VBP, VBZ, MD:
		x.lack = max(x.lack, 1) - 1
		x.verb = l.tag
	case VB, VBN, VBG:
		x.verb = l.tag
	case IN, DT, RB:
		if l.rule == subordinator {
			x.lack = min(x.lack+1, 5)
		}
	}
}

// subordinator is the rule tagger's part of speech of "that", "if", "when".
var subordinator = uint8(bits.Len32(uint32(lexicons.Subord)))

// look notes of each word the next finite verb behind it and whether marks
// stand between.
func (w *work) look() {
	verb := &w.words[0]
	for i := len(w.words) - 1; i > 0; i-- {
		x := &w.words[i]
		x.ahead = 0
		if verb.tag != NoTag {
			x.ahead = uint8(verb.tag)<<2 | uint8(min(verb.commas-x.commas, 3))
		}
		switch x.tag {
		case VBD, VBP, VBZ, MD:
			verb = x
		}
	}
}

func (x *word) setTag(t Tag) {
	x.tag, x.t = t, tagHash[t]
	x.wt = x.w ^ turn(x.t, 9)
}
