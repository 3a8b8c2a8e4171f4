package attribute

import (
	"reflect"
	"testing"

	"detente/lexicons"
)

// TestWords holds that the lexicons know the words of the grammar: all that they do
// not know have the same number.
func TestWords(t *testing.T) {
	lex, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := reflect.ValueOf(New(lex).words)
	for i := range words.NumField() {
		if f := words.Field(i); f.Kind() == reflect.Uint32 && f.Uint() == 0 {
			t.Errorf("%s is not known", words.Type().Field(i).Name)
		}
	}
}
