package sentiment

import (
	"strings"
	"testing"
)

func TestFile(t *testing.T) {
	lex, news := load()
	weights := make([]float32, NClasses<<Bits)
	for slot, row := range news.(*Linear).rows {
		for k := range NClasses {
			weights[NClasses*slot+k] = float32(row[0][k]) * news.(*Linear).scale
		}
	}
	file := Encode(weights)
	if len(file) != len(embedded) || len(file) >= 4<<20 {
		t.Errorf("file of %d bytes, embedded %d", len(file), len(embedded))
	}
	m, err := Decode(file, lex)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range frames {
		text = strings.ReplaceAll(text, "#", "Maduro")
		c := toward(t, text, "Maduro")
		a, b := news.Score(&c), m.Score(&c)
		for k := range a {
			if abs(a[k]-b[k]) > 1e-4 {
				t.Errorf("%q: %v, after a round trip %v", text, a, b)
			}
		}
	}
}

func TestDecodeFaults(t *testing.T) {
	lex, _ := load()
	other := append([]byte(nil), embedded...)
	other[len(magic)]++
	for name, data := range map[string][]byte{
		"empty": nil, "other file": []byte(strings.Repeat("PAR1", 100)), "cut": embedded[:len(embedded)-1], "other format": other,
	} {
		if _, err := Decode(data, lex); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLoad(t *testing.T) {
	lex, _ := load()
	if m, err := Load("none", lex); m != nil || err != nil {
		t.Errorf("none: %v, %v", m, err)
	}
	if _, err := Load("bert", lex); err == nil || !strings.Contains(err.Error(), "imdb") {
		t.Errorf("unknown model: %v", err)
	}
}
