package lexicons

import "testing"

func TestTryLoad(t *testing.T) {
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(s.Actors), len(s.Persons), len(s.Predicates), len(s.vocab))
}
