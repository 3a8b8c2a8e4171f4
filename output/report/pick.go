package report

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"strings"
	"unique"

	"detente/output"
)

// Limits on what a page holds, so that it stays below 10 MB.
const (
	MaxStatements = 10000   // a page holds all tones of a dataset that has no more
	maxData       = 7 << 20 // bytes of statements as JSON
	perSide       = 30      // strongest statements of either sign that are candidates of a dyad or a point
)

// Pick fills in the page's statements and documents from the dataset in dir:
// all that count if they are few; else the strongest of each dyad and of each
// point of a series, hostile and conciliatory in turns, so that all have some.
// The page's Dyads and Series say which groups there are. It reads tones twice,
// statements and documents once, and holds 2 perSide candidates a group.
func Pick(dir string, p *Page) error {
	limit := perSide
	if p.Overview.Counted <= MaxStatements {
		limit = MaxStatements
	}
	groups := newGroups(p, limit)
	query := output.Query{Columns: append([]string{"statement_id", "tone"}, counted...)}
	type offer struct {
		candidate
		pair [2]string // who it counts between
		side int
		when Window
	}
	pick := func(row *output.ToneRow, list []offer) []offer {
		source, target, ok := p.Settings.counts(row)
		if !ok || !groups.has(source, target) {
			return list
		}
		c := candidate{key{strings.Clone(row.StatementID), unique.Make(row.Source).Value(), unique.Make(row.Target).Value()}, math.Abs(float64(row.Tone))}
		side := 0
		if row.Tone > 0 {
			side = 1
		}
		pair := [2]string{unique.Make(source).Value(), unique.Make(target).Value()}
		return append(list, offer{c, pair, side, p.Settings.when(row)})
	}
	for list, err := range output.ScanTones(dir, query, pick) {
		if err != nil {
			return err
		}
		for _, o := range list {
			groups.offer(o.candidate, o.pair, o.side, o.when)
		}
	}
	return fill(dir, p, groups.choose(MaxStatements))
}

// key names a tone: a statement has one for each source and target.
type key struct{ statement, source, target string }

// candidate is a tone that the page may show.
type candidate struct {
	key
	strength float64 // |tone|
}

// stronger orders candidates: strongest first, in a fixed order among equals.
func stronger(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.statement, b.statement),
		cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target))
}

// side keeps the strongest candidates: a heap with the weakest on top.
type side []candidate

func (s side) Len() int           { return len(s) }
func (s side) Less(i, j int) bool { return stronger(s[i], s[j]) > 0 }
func (s side) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *side) Push(x any)        { *s = append(*s, x.(candidate)) }
func (s *side) Pop() any {
	last := len(*s) - 1
	x := (*s)[last]
	*s = (*s)[:last]
	return x
}

func (s *side) offer(c candidate, limit int) {
	switch {
	case len(*s) < limit:
		heap.Push(s, c)
	case stronger(c, (*s)[0]) < 0:
		(*s)[0] = c
		heap.Fix(s, 0)
	}
}

// group holds the candidates of a dyad or of a point: hostile, conciliatory.
type group [2]side

// inTurns lists a group's candidates, strongest first, of either side in turns.
func (g *group) inTurns() []key {
	var list []key
	for i := range g {
		slices.SortFunc(g[i], stronger)
	}
	for rank := range max(len(g[0]), len(g[1])) {
		turn := []candidate{}
		for _, s := range g {
			if rank < len(s) {
				turn = append(turn, s[rank])
			}
		}
		slices.SortFunc(turn, stronger)
		for _, c := range turn {
			list = append(list, c.key)
		}
	}
	return list
}

// groups are the groups of a page.
type groups struct {
	limit  int
	dyads  map[[2]string]*group
	points map[[2]string][]pointGroup // in order of time
	all    []*group                   // dyads first, the busiest first
}

type pointGroup struct {
	Window
	*group
}

func newGroups(p *Page, limit int) *groups {
	g := &groups{limit: limit, dyads: map[[2]string]*group{}, points: map[[2]string][]pointGroup{}}
	add := func() *group {
		g.all = append(g.all, new(group))
		return g.all[len(g.all)-1]
	}
	for _, d := range p.Dyads {
		g.dyads[[2]string{d.Source, d.Target}] = add()
	}
	for _, s := range p.Series {
		pair := [2]string{s.Source, s.Target}
		for _, point := range s.Points {
			g.points[pair] = append(g.points[pair], pointGroup{point.Window, add()})
		}
	}
	return g
}

func (g *groups) has(source, target string) bool { return g.dyads[[2]string{source, target}] != nil }

// offer gives a tone to the groups that it belongs to.
func (g *groups) offer(c candidate, pair [2]string, side int, when Window) {
	g.dyads[pair][side].offer(c, g.limit)
	for _, p := range g.points[pair] {
		if when.From != "" && p.From <= when.From && when.To <= p.To {
			p.group[side].offer(c, g.limit)
		}
	}
}

// choose takes the first of each group, then the second of each, and so on,
// until there are n, in this order.
func (g *groups) choose(n int) []key {
	lists := make([][]key, len(g.all))
	for i, group := range g.all {
		lists[i] = group.inTurns()
	}
	var chosen []key
	seen := map[key]bool{}
	for rank, more := 0, true; more; rank++ {
		more = false
		for _, list := range lists {
			if rank >= len(list) {
				continue
			}
			if len(chosen) == n {
				return chosen
			}
			more = true
			if k := list[rank]; !seen[k] {
				seen[k] = true
				chosen = append(chosen, k)
			}
		}
	}
	return chosen
}
