package stages

type Rel uint8

const (
	NoRel Rel = iota
	Root
	Nsubj
	NsubjPass
	Dobj
	Iobj
	Prep
	Pobj
	Agent
	Aux
	AuxPass
	Neg
	Det
	Amod
	Compound
	Poss
	Case
	Conj
	Cc
	Appos
	Acl
	Relcl
	Advcl
	Ccomp
	Xcomp
	Mark
	Advmod
	Acomp
	Attr
	Prt
	Pcomp
	Npadvmod
	Nummod
	Punct
	Dep
)
