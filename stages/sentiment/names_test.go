package sentiment

import (
	"regexp"
	"strings"
	"testing"

	"detente/stages"
)

var countries = strings.Fields("Iran Norway Russia Canada Israel Japan Syria Sweden China France Cuba Germany Ukraine Kenya Turkey Egypt Pakistan India " +
	"Serbia Greece Poland Cyprus Libya Iraq Lebanon Armenia Georgia Chad Vietnam Mexico")

// swap puts another country in the place of each.
func swap(name string) string {
	for i, c := range countries {
		if c == name {
			return countries[(i+1)%len(countries)]
		}
	}
	return name
}

func TestNamesDoNotCount(t *testing.T) {
	_, m := load()
	country := regexp.MustCompile(`\b(` + strings.Join(countries, "|") + `)\b`)
	n, changed := 0, 0
	compare := func(a, b Context) {
		n++
		if Best(m.Score(&a)) != Best(m.Score(&b)) {
			changed++
		}
	}
	in := func(d *stages.Document, at []int, source Phrase) Context {
		c := At(d, stages.Span{Start: at[0], End: at[1]})
		c.Source = source
		return c
	}
	for _, text := range statements(t) {
		from := country.FindAllStringIndex(text, -1)
		other := country.ReplaceAllStringFunc(text, swap)
		to := country.FindAllStringIndex(other, -1)
		if len(from) == 0 {
			continue
		}
		a, b := read(text), read(other)
		for i := range from {
			compare(in(a, from[i], None), in(b, to[i], None))
			compare(in(a, from[i], Elsewhere), in(b, to[i], Elsewhere))
			for j := range from {
				if j != i {
					compare(in(a, from[i], in(a, from[j], None).Target), in(b, to[i], in(b, to[j], None).Target))
				}
			}
		}
	}
	t.Logf("countries: %d of %d labels changed", changed, n)
	if n < 100 || changed*100 > n {
		t.Errorf("swapping countries changed %d of %d labels, want at most 1%%", changed, n)
	}

	n, changed = 0, 0
	for _, frame := range frames {
		first := toward(t, strings.ReplaceAll(frame, "#", "Donald Trump"), "Donald Trump")
		for _, p := range []string{"Barack Obama", "Angela Merkel", "Maduro", "Elva Qorbitt"} {
			compare(first, toward(t, strings.ReplaceAll(frame, "#", p), p))
		}
	}
	if changed > 0 {
		t.Errorf("swapping persons changed %d of %d labels", changed, n)
	}
}

// frames are sentences about a person, #.
var frames = []string{
	"# accused the opposition of lying to the people.",
	"Critics said # had betrayed his allies, and protesters burned his portrait.",
	"The court praised #'s courage.",
	"“I trust #,” the ambassador said after the talks.",
	"The talks with # broke down in anger.",
	"It was # who, against all advice, signed the peace accord.",
	"# and the prime minister will meet on Friday.",
}
