package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unique"

	"github.com/xrash/smetrics"

	"detente/lexicons"
	"detente/output"
	"detente/stages"
)

// checkCode returns an error if neither the dataset nor the lexicons know an
// actor's code.
func (q *question) checkCode(code string) error {
	if code == "*" {
		return nil
	}
	rows, err := q.codes()
	if err != nil {
		return err
	}
	lex, err := lexicons.Load()
	if err != nil {
		return err
	}
	if rows[code] > 0 || slices.ContainsFunc(lex.Actors, func(a lexicons.Actor) bool { return a.Code == code }) {
		return nil
	}
	err = fmt.Errorf("unknown actor code %q", code)
	if near := nearCodes(code, rows, lex); len(near) > 0 {
		return usageError(err, "did you mean "+strings.Join(near, ", ")+"?")
	}
	return usageError(err, "codes are ISO 3166-1 alpha-3 or an organisation's acronym, as VEN, VEN-OPP, EU")
}

// codes counts the dataset's rows by source and target.
func (q *question) codes() (map[string]int, error) {
	pick := func(row *output.ToneRow, list []unique.Handle[string]) []unique.Handle[string] {
		if q.selection.sectors {
			return append(list, unique.Make(stages.Country(row.Source)), unique.Make(stages.Country(row.Target)))
		}
		return append(list, unique.Make(row.Source), unique.Make(row.Target))
	}
	rows := map[string]int{}
	for list, err := range output.ScanTones(q.dir, output.Query{Columns: []string{"source", "target"}}, pick) {
		if err != nil {
			return nil, err
		}
		for _, code := range list {
			rows[code.Value()]++
		}
	}
	return rows, nil
}

// nearCodes are up to three codes that may be meant: those of the actor with
// that name, else those a letter or two away, the busiest first.
func nearCodes(code string, rows map[string]int, lex *lexicons.Set) []string {
	if list := codesOfName(code, lex); len(list) > 0 {
		return list
	}
	known := maps.Clone(rows)
	for _, a := range lex.Actors {
		known[a.Code] += 0
	}
	distance := func(other string) int {
		return smetrics.WagnerFischer(strings.ToUpper(code), other, 1, 1, 1)
	}
	var near []string
	for other := range known {
		if distance(other) <= 1+len(code)/6 {
			near = append(near, other)
		}
	}
	slices.SortFunc(near, func(a, b string) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(known[b], known[a]), cmp.Compare(a, b))
	})
	return near[:min(3, len(near))]
}

// codesOfName looks a name up in the lexicons: "Venezuela".
func codesOfName(name string, lex *lexicons.Set) (codes []string) {
	if name != "" {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	tokens := lexicons.Tokenize(nil, name, lex)
	for _, m := range lex.Match(nil, tokens, 0, len(tokens)) {
		if m.Unit == lexicons.ActorUnit && m.Start == 0 && m.End == len(tokens) && !slices.Contains(codes, lex.Actors[m.Ref].Code) {
			codes = append(codes, lex.Actors[m.Ref].Code)
		}
	}
	return codes[:min(3, len(codes))]
}
