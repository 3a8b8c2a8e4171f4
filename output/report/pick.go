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
	maxStatements = 8000
	maxData       = 5 << 20 // bytes of statements as JSON
	perGroup      = 60      // strongest statements that are candidates of a dyad or a point
)

// Pick fills in the page's statements and documents from the dataset in dir:
// all that count if they are few; else the strongest of each dyad and of each
// point of a series, in turns, so that all have some. The page's Dyads and
// Series say which groups there are. It reads tones twice, statements and
// documents once, and holds perGroup candidates a group.
func Pick(dir string, p *Page) error {
	limit := perGroup
	if p.Overview.Counted <= maxStatements {
		limit = maxStatements
	}
	groups := newGroups(p, limit)
	query := output.Query{Columns: []string{"statement_id", "published", "duplicate", "date", "date_precision", "source", "target", "tone", "confidence"}}
	type offer struct {
		candidate
		when Window
	}
	pick := func(row *output.ToneRow, list []offer) []offer {
		if !p.Settings.counts(row) || !groups.has(row.Source, row.Target) {
			return list
		}
		k := key{strings.Clone(row.StatementID), unique.Make(row.Source).Value(), unique.Make(row.Target).Value()}
		return append(list, offer{candidate{k, math.Abs(float64(row.Tone))}, p.Settings.when(row)})
	}
	for list, err := range output.ScanTones(dir, query, pick) {
		if err != nil {
			return err
		}
		for _, o := range list {
			groups.offer(o.candidate, o.when)
		}
	}
	return fill(dir, p, groups.choose(maxStatements))
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

// group keeps the strongest candidates of a dyad or of a point: a heap with the
// weakest on top.
type group []candidate

func (g group) Len() int           { return len(g) }
func (g group) Less(i, j int) bool { return stronger(g[i], g[j]) > 0 }
func (g group) Swap(i, j int)      { g[i], g[j] = g[j], g[i] }
func (g *group) Push(x any)        { *g = append(*g, x.(candidate)) }
func (g *group) Pop() any {
	last := len(*g) - 1
	x := (*g)[last]
	*g = (*g)[:last]
	return x
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
func (g *groups) offer(c candidate, when Window) {
	pair := [2]string{c.source, c.target}
	g.dyads[pair].offer(c, g.limit)
	for _, p := range g.points[pair] {
		if when.From != "" && p.From <= when.From && when.To <= p.To {
			p.offer(c, g.limit)
		}
	}
}

func (g *group) offer(c candidate, limit int) {
	switch {
	case len(*g) < limit:
		heap.Push(g, c)
	case stronger(c, (*g)[0]) < 0:
		(*g)[0] = c
		heap.Fix(g, 0)
	}
}

// choose takes the strongest of each group, then the second of each, and so
// on, until there are n, in this order.
func (g *groups) choose(n int) []key {
	for _, group := range g.all {
		slices.SortFunc(*group, stronger)
	}
	var chosen []key
	seen := map[key]bool{}
	for rank, more := 0, true; more; rank++ {
		more = false
		for _, group := range g.all {
			if rank >= len(*group) {
				continue
			}
			if len(chosen) == n {
				return chosen
			}
			more = true
			if k := (*group)[rank].key; !seen[k] {
				seen[k] = true
				chosen = append(chosen, k)
			}
		}
	}
	return chosen
}
