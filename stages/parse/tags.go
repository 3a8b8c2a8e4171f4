package parse

import "detente/lexicons"

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

// pos has the part of speech of the lexicons for each tag that may replace the
// rule tagger's; closed-class words keep theirs.
var pos = [nTags]lexicons.POS{JJ: lexicons.Adj, JJR: lexicons.Adj, JJS: lexicons.Adj, NN: lexicons.Noun, NNP: lexicons.Noun, NNS: lexicons.Noun,
	RB: lexicons.Adv, RBR: lexicons.Adv, VB: lexicons.Base, VBP: lexicons.Base, VBD: lexicons.Past, VBG: lexicons.Gerund, VBN: lexicons.Participle,
	VBZ: lexicons.Third}

// tagFeatures are the rows of the tagger's table for word i, whose words before
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
}

const nTagFeatures = 14

// tag gives each word its tag, from left to right.
func (w *work) tag(m *Model) {
	var f [nTagFeatures]uint64
	for i := 1; i < len(w.words); i++ {
		t := w.words[i].fixed
		if t == NoTag {
			w.tagFeatures(&f, i)
			t = firstTag + Tag(m.tags.best(f[:]))
		}
		w.words[i].setTag(t)
	}
}

func (x *word) setTag(t Tag) {
	x.tag, x.t = t, tagHash[t]
	x.wt = x.w ^ turn(x.t, 9)
}
