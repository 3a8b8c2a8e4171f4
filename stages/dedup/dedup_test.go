package dedup

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"detente/stages"
)

func sign(text string) *Signature {
	s := Sign(&stages.Article{Text: text})
	return &s
}

// random makes texts of invented words, about as varied as those of news.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 0))} }

func (r random) word() string {
	return fmt.Sprintf("w%d", int(math.Exp(r.Float64()*math.Log(20000))))
}

func (r random) words(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = r.word()
	}
	return words
}

func (r random) text(n int) string { return strings.Join(r.words(n), " ") }

// edit changes, inserts, leaves out or moves words, n times.
func (r random) edit(words []string, n int) []string {
	words = slices.Clone(words)
	for range n {
		i := r.IntN(len(words))
		switch r.IntN(4) {
		case 0:
			words[i] = r.word()
		case 1:
			words = slices.Insert(words, i, r.word())
		case 2:
			words = slices.Delete(words, i, i+1)
		case 3: // a passage to the end
			j := min(len(words), i+r.IntN(20))
			words = slices.Concat(words[:i], words[j:], words[i:j])
		}
	}
	return words
}

// TestEstimate holds estimates against the exact similarity of edited texts.
func TestEstimate(t *testing.T) {
	r := newRandom(1)
	for _, n := range []int{40, 60, 120, 250, 500, 1000, 3000} {
		var bias, square float64
		const pairs = 400
		for range pairs {
			words := r.words(n)
			a, b := strings.Join(words, " "), strings.Join(r.edit(words, 1+r.IntN(1+n/30)), " ")
			exact, got := jaccard(shingleSet(a), shingleSet(b)), sign(a).Similarity(sign(b))
			if off := math.Abs(got - exact); off > .12 {
				t.Errorf("%d words: similarity %.3f, want %.3f", n, got, exact)
			}
			bias += (got - exact) / pairs
			square += (got - exact) * (got - exact) / pairs
		}
		t.Logf("%4d words: bias %+.4f, standard error %.4f", n, bias, math.Sqrt(square))
		if math.Abs(bias) > .003 || math.Sqrt(square) > .024 {
			t.Errorf("%d words: bias %+.4f, standard error %.4f", n, bias, math.Sqrt(square))
		}
	}
}

// TestFound holds that the bands lose no duplicate: the index finds by its
// buckets what a comparison with all finds.
func TestFound(t *testing.T) {
	r := newRandom(2)
	x := NewIndex()
	var (
		ids  []string
		all  []*Signature
		seen = map[string]string{} // duplicate of, by id
		lost int
	)
	for i := range 3000 {
		words := r.words(40 + r.IntN(300))
		for version := range 1 + r.IntN(3) {
			id, s := fmt.Sprint(i, "/", version), sign(strings.Join(words, " "))
			want, best := "", 0.0
			for k := range all {
				if similarity, ok := s.duplicates(all[k]); ok && similarity > best {
					want, best = cmp.Or(seen[ids[k]], ids[k]), similarity
				}
			}
			got := x.First(id, s)
			if got == "" && want != "" {
				lost++
			} else if got != want {
				t.Errorf("%s is a copy of %q, want %q", id, got, want)
			}
			x.Add(id, s, got)
			ids, all, seen[id] = append(ids, id), append(all, s), got
			words = r.edit(words, 1+len(words)/60)
		}
	}
	copies := 0
	for _, of := range seen {
		if of != "" {
			copies++
		}
	}
	t.Logf("%d copies among %d documents, %d lost", copies, len(ids), lost)
	if copies < 1000 || lost > copies/200 {
		t.Errorf("of %d copies %d are lost", copies+lost, lost)
	}
}

// TestRestored holds that an index filled with what was stored, in any order but
// the originals first, goes on like one that saw the documents itself.
func TestRestored(t *testing.T) {
	r := newRandom(3)
	words := r.words(100)
	whole, before := NewIndex(), NewIndex()
	type row struct {
		id, of string
		stored []byte
	}
	var rows []row
	for i := range 400 {
		if i%7 == 0 {
			words = r.words(100)
		}
		id, s := fmt.Sprint(i), sign(strings.Join(words, " "))
		of := whole.First(id, s)
		whole.Add(id, s, of)
		if i == 200 {
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(min(1, len(a.of)), min(1, len(b.of))) })
			for _, row := range rows {
				s, err := Parse(row.stored)
				if err != nil {
					t.Fatal(err)
				}
				before.Add(row.id, &s, row.of)
			}
		}
		if i >= 200 {
			if got := before.First(id, s); got != of {
				t.Errorf("%s is a copy of %q, want %q", id, got, of)
			}
			before.Add(id, s, of)
		}
		rows = append(rows, row{id, of, s.Bytes()})
		words = r.edit(words, r.IntN(3))
	}
	if whole.Len() != before.Len() {
		t.Errorf("%d documents, want %d", before.Len(), whole.Len())
	}
}

// TestCrowd holds that many texts of one form cost a bounded time each and
// that copies among them are found.
func TestCrowd(t *testing.T) {
	r := newRandom(4)
	form := r.text(200)
	x := NewIndex()
	for i := range 2000 {
		s := sign(r.text(100) + " " + form)
		for _, id := range []string{fmt.Sprint(i), fmt.Sprint(i, " again")} {
			of := x.First(id, s)
			if want := strings.TrimSuffix(id, " again"); want != id && of != want || want == id && of != "" {
				t.Errorf("%s is a copy of %q", id, of)
			}
			x.Add(id, s, of)
		}
	}
	for b := range x.buckets {
		most := map[uint32]int{}
		for _, n := range x.buckets[b].slots {
			if n == 0 {
				continue
			}
			if hash := x.at(n - 1).signature.bands[b]; most[hash] == crowd {
				t.Fatalf("band %d: more than %d entries of one hash", b, crowd)
			} else {
				most[hash]++
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	good := sign(newRandom(5).text(50)).Bytes()
	if len(good) != size {
		t.Errorf("%d bytes, want %d", len(good), size)
	}
	other := slices.Clone(good)
	other[0]++
	for name, b := range map[string][]byte{"nothing": nil, "short": good[:100], "long": append(slices.Clone(good), 0), "version": other} {
		if _, err := Parse(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
