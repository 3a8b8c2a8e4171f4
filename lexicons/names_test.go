package lexicons

import (
	"strings"
	"testing"
)

func TestActorNames(t *testing.T) {
	own, err := Parse("own.tsv", strings.NewReader(`# name: own
# title: Own
# version: 1
# unit: actor
# language: en
# source: own knowledge
# licence: CC0-1.0
# citation: none
# changes: 1 first version
code	kind	forms	name	surname	role	from	to
MRC	body	MRC|Mrc|Mekong River Commission
VEN	name	Republic of Venezuela
ABC	group	ABC
FRA	city	Lyon
`))
	if err != nil {
		t.Fatal(err)
	}
	files, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	names := ActorNames(append(files[:len(files):len(files)], own)...)
	for code, want := range map[string]string{
		"MRC": "Mekong River Commission", "VEN": "Republic of Venezuela", "ABC": "ABC",
		"FRA": "France", "USA": "United States", "UN": "United Nations", "NOBODY": "",
	} {
		if names[code] != want {
			t.Errorf("%s is %q, want %q", code, names[code], want)
		}
	}
}
