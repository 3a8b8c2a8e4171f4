package stages

// Rel is the relation of a token to its head, in the manner of the ClearNLP
// scheme for English (Choi and Palmer 2012): the finite verb is the root of its
// clause, prepositions are the heads of their objects, and of coordinated words
// each hangs on the one before it.
type Rel uint8

// The relations.
const (
	NoRel     Rel = iota // the sentence was not parsed
	Root                 // the head of the sentence
	Nsubj                // [Spain] recalled its ambassador
	NsubjPass            // the [envoy] was expelled
	Csubj                // [Recalling] him was right
	Dobj                 // recalled its [ambassador]
	Iobj                 // gave [Spain] a week; gave a week [to] Spain
	Prep                 // talks [with] Spain
	Pobj                 // talks with [Spain]
	Pcomp                // accused of [spying]
	Agent                // was expelled [by] Spain
	Aux                  // [has] expelled, [to] expel
	AuxPass              // [was] expelled
	Neg                  // did [not] expel
	Det                  // [the] envoy
	Amod                 // a [bitter] dispute
	Compound             // [Foreign] [Minister] Senhaji
	Poss                 // [Spain]'s navy, [its] navy
	Case                 // Spain['s] navy
	Conj                 // Spain and [Morocco]; signed and [left]
	Cc                   // Spain [and] Morocco
	Appos                // Senhaji, the [minister], said
	Acl                  // the treaty [signed] in May; a plan [to] leave
	Relcl                // the envoy who [left]
	Advcl                // left when talks [failed]
	Ccomp                // said that talks [failed]; "We [agree]", he said
	Xcomp                // urged Spain to [leave]
	Mark                 // said [that], [if]
	Advmod               // left [yesterday], [strongly] condemned
	Acomp                // was [angry]
	Attr                 // was a [friend]; was named [envoy]
	Prt                  // pulled [out]
	Npadvmod             // left last [week]
	Nummod               // [three] trawlers
	Punct                // marks
	Dep                  // anything else
	NRels
)

var relNames = [NRels]string{"-", "root", "nsubj", "nsubjpass", "csubj", "dobj", "iobj", "prep", "pobj", "pcomp", "agent", "aux", "auxpass", "neg", "det",
	"amod", "compound", "poss", "case", "conj", "cc", "appos", "acl", "relcl", "advcl", "ccomp", "xcomp", "mark", "advmod", "acomp", "attr", "prt",
	"npadvmod", "nummod", "punct", "dep"}

// String returns the relation's name, "-" for NoRel.
func (r Rel) String() string {
	if r < NRels {
		return relNames[r]
	}
	return "?"
}

// Head returns the token that token i hangs on, -1 for the root of a sentence
// and in sentences that were not parsed.
func (d *Document) Head(i int) int {
	if i >= len(d.Heads) {
		return -1
	}
	return int(d.Heads[i])
}

// Rel returns the relation of token i to its head, NoRel in sentences that were
// not parsed.
func (d *Document) Rel(i int) Rel {
	if i >= len(d.Rels) {
		return NoRel
	}
	return d.Rels[i]
}

// Child returns the first token from from to the sentence's end at last
// (exclusive) that hangs on head by one of the relations, -1 for none. Without
// relations any child will do.
func (d *Document) Child(head, from, last int, rels ...Rel) int {
	for i := from; i < last; i++ {
		if int(d.Heads[i]) != head {
			continue
		}
		if len(rels) == 0 {
			return i
		}
		for _, r := range rels {
			if d.Rels[i] == r {
				return i
			}
		}
	}
	return -1
}

// Subtree returns the tokens first to last, end exclusive, that hang on token i
// directly or not, with i itself. It lies within the sentence s; trees are
// projective, so all tokens between are of the subtree.
func (d *Document) Subtree(s *Sentence, i int) (first, last int) {
	if !s.Parsed {
		return i, i + 1
	}
	first, last = i, i+1
	for first > s.First && d.Under(first-1, i) {
		first--
	}
	for last < s.Last && d.Under(last, i) {
		last++
	}
	return first, last
}

// Under reports whether token i is head or hangs on it, directly or not.
func (d *Document) Under(i, head int) bool {
	for i >= 0 && i != head {
		i = int(d.Heads[i])
	}
	return i >= 0
}
