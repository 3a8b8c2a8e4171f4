package dedup

import (
	"flag"
	"path/filepath"
	"testing"

	"detente/stages"
	"detente/stages/ingest"
)

// all is set by make measure-dedup; the smallest corpus is enough for every day.
var all = flag.Bool("corpora", false, "compare all pairs of all corpora")

// corporaDir holds real articles that are no part of the project.
const corporaDir = "../../../shared/corpora"

// readCorpus reads a corpus; it returns nil where there is none.
func readCorpus(t testing.TB, name string) (list []stages.Article) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(corporaDir, name+".jsonl.zst"))
	if err != nil || len(paths) == 0 {
		return nil
	}
	sources, err := ingest.Expand(paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range ingest.Articles(sources, ingest.Options{}) {
		if err == nil {
			list = append(list, a)
		}
	}
	return list
}

// TestCorpora holds the signatures and the index against the exact similarity
// of all pairs of some corpora, short texts aside, which are another matter.
// The target measure-dedup of the Makefile prints the figures.
func TestCorpora(t *testing.T) {
	names := []string{"kcna_2023_2024"}
	if *all {
		names = append(names, "reuters21578", "state_pr_2021_2022")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			var (
				articles   []stages.Article
				signatures []Signature
			)
			corpus := readCorpus(t, name)
			if corpus == nil {
				t.Skip("there is none in " + corporaDir)
			}
			for _, a := range corpus {
				if s := Sign(&a); !s.short() {
					articles, signatures = append(articles, a), append(signatures, s)
				}
			}
			var pairs, documents counts
			x := NewIndex()
			exactPairs(articles, func(i int, similar map[int]float64) {
				isCopy := false
				for j, jaccard := range similar {
					isCopy = isCopy || jaccard >= Threshold
					_, found := signatures[i].duplicates(&signatures[j])
					pairs.add(jaccard >= Threshold, found)
				}
				first := x.First(articles[i].ID, &signatures[i])
				x.Add(articles[i].ID, &signatures[i], first)
				documents.add(isCopy, first != "")
			})
			t.Logf("%d articles of at least %d words, %d of them copies", len(articles), short, documents.right+documents.missed)
			t.Logf("%-9s  %6s %6s %6s  %9s  %6s", "", "right", "wrong", "missed", "precision", "recall")
			pairs.hold(t, "pairs")
			documents.hold(t, "documents")
		})
	}
}

// exactPairs gives for each article those before it that have at least half of
// the shingles in common with it.
func exactPairs(articles []stages.Article, found func(i int, similar map[int]float64)) {
	posts := map[uint64][]int32{} // articles by shingle
	sizes := make([]int, len(articles))
	for i := range articles {
		set, common := shingleSet(articles[i].Text), map[int32]int{}
		for s := range set {
			for _, j := range posts[s] {
				common[j]++
			}
			posts[s] = append(posts[s], int32(i))
		}
		sizes[i] = len(set)
		similar := map[int]float64{}
		for j, n := range common {
			if s := float64(n) / float64(sizes[i]+sizes[j]-n); s >= .5 {
				similar[int(j)] = s
			}
		}
		found(i, similar)
	}
}

// counts are those of decisions.
type counts struct{ right, wrong, missed int }

func (c *counts) add(want, got bool) {
	switch {
	case want && got:
		c.right++
	case got:
		c.wrong++
	case want:
		c.missed++
	}
}

func (c *counts) hold(t *testing.T, what string) {
	t.Helper()
	precision, recall := float64(c.right)/float64(c.right+c.wrong), float64(c.right)/float64(c.right+c.missed)
	t.Logf("%-9s  %6d %6d %6d  %9.3f  %6.3f", what, c.right, c.wrong, c.missed, precision, recall)
	if precision < .95 || recall < .95 {
		t.Errorf("%s: precision %.3f, recall %.3f, want .95", what, precision, recall)
	}
}
