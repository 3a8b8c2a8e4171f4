package lexicons

import (
	"slices"
	"strings"
	"unicode"
)

// ActorNames returns a name for people to read of every actor code that the
// files name, VEN is Venezuela: the first of its forms that is no abbreviation
// in whatever case (NATO, Nato), else the first. Later files have precedence.
func ActorNames(files ...*File) map[string]string {
	names := map[string]string{}
	for _, f := range files {
		if f.Unit() != "actor" {
			continue
		}
		own := map[string]bool{} // codes that this file has named
		for _, row := range f.Rows {
			code, kind := row.Cells[0], actorKinds[row.Cells[1]]
			if own[code] || kind != Name && kind != Body && kind != Group {
				continue
			}
			own[code] = true
			forms := strings.Split(row.Cells[2], "|")
			names[code] = forms[0]
			for _, form := range forms {
				if strings.ContainsFunc(form, unicode.IsLower) && !slices.Contains(forms, strings.ToUpper(form)) {
					names[code] = form
					break
				}
			}
		}
	}
	return names
}
