package dedup

import (
	"fmt"
	"runtime"
	"testing"

	"detente/stages"
)

func BenchmarkSign(b *testing.B) {
	r := newRandom(8)
	run := func(name string, articles []stages.Article) {
		text := int64(0)
		for i := range articles {
			text += int64(len(articles[i].Text))
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(text)
			b.ReportAllocs()
			for b.Loop() {
				for i := range articles {
					Sign(&articles[i])
				}
			}
		})
	}
	for _, words := range []int{100, 600, 5000} {
		run(fmt.Sprint(words, "-words"), []stages.Article{{Text: r.text(words)}})
	}
	for _, name := range []string{"kcna_2023_2024", "reuters21578", "state_pr_2021_2022"} {
		if articles := readCorpus(b, name); len(articles) > 0 {
			run(name, articles)
		}
	}
}

// BenchmarkIndex looks up and adds a million documents, every tenth of them a
// copy of the one before it, and says what memory they take.
func BenchmarkIndex(b *testing.B) {
	const n = 1_000_000
	r := newRandom(9)
	var bytes float64
	for b.Loop() {
		before := heap()
		x := NewIndex()
		var s Signature
		copies := 0
		for i := range n {
			if i%10 != 9 {
				for k := range s.bins {
					s.bins[k] = r.Uint64()
				}
				for k := range s.bands {
					s.bands[k] = r.Uint32()
				}
				s.lead[0] = 1
			}
			id := fmt.Sprintf("https://example.org/2014/02/05/%08d", i)
			of := x.First(id, &s)
			x.Add(id, &s, of)
			if of != "" {
				copies++
			}
		}
		bytes = float64(heap()-before) / float64(x.Len())
		if copies != n/10 {
			b.Fatalf("%d copies", copies)
		}
	}
	b.ReportMetric(bytes, "bytes/document")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/document")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
