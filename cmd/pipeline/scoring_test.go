package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"detente/stages"
	"detente/stages/ingest"
	"detente/stages/tone"
)

// articles writes n articles, every tenth of them broken, to a file.
func articles(t testing.TB, n int) ingest.Source {
	t.Helper()
	var lines strings.Builder
	for i := range n {
		if i%10 == 9 {
			lines.WriteString("{broken\n")
			continue
		}
		fmt.Fprintf(&lines, `{"id": "%d", "text": "%s"}`+"\n", i, strings.Repeat("Iran condemned Spain. ", 1+i%7))
	}
	path := filepath.Join(t.TempDir(), "articles.jsonl")
	if err := os.WriteFile(path, []byte(lines.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return ingest.Source{Path: path}
}

func testChain(t testing.TB) *chain {
	t.Helper()
	c, err := newChain(chainOptions{Model: "none"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOrder holds that records are delivered in the order of the input, and
// all of them.
func TestOrder(t *testing.T) {
	const n = 500
	work := scoring{chain: testChain(t), sources: []ingest.Source{articles(t, n)}, workers: 8}
	line := 0
	err := work.run(context.Background(), func(it *item) error {
		line++
		place := fmt.Sprintf("articles.jsonl:%d", line)
		if it.err != nil {
			place = fmt.Sprintf("%s: ", place)
			if line%10 != 0 || !strings.Contains(it.err.Error(), place) {
				t.Errorf("%v, want %s", it.err, place)
			}
		} else if !strings.HasSuffix(it.article.URI, place) || len(it.scored.Statements) == 0 {
			t.Errorf("%s with %d statements, want %s", it.article.URI, len(it.scored.Statements), place)
		}
		return nil
	})
	if err != nil || line != n {
		t.Errorf("%d records, %v", line, err)
	}
}

// TestPanicAlone holds that a panic on a document spares those that a worker reads
// with it.
func TestPanicAlone(t *testing.T) {
	c := testChain(t)
	c.tone = tone.New(c.lexicons, nil, nil) // panics where there is something to weigh
	var list []stages.Article
	for i := range 300 {
		text := "It rained."
		if i%7 == 0 {
			text = "Iran condemned Spain."
		}
		list = append(list, stages.Article{URI: fmt.Sprint(i), Text: text})
	}
	work := scoring{chain: c, workers: 2, articles: func(yield func(stages.Article, error) bool) {
		for _, a := range list {
			if !yield(a, nil) {
				return
			}
		}
	}}
	n := 0
	err := work.run(context.Background(), func(it *item) error {
		if panicked := it.err != nil; it.article.URI != fmt.Sprint(n) || panicked != (n%7 == 0) || !panicked && it.scored.Sentences != 1 {
			t.Errorf("record %d is %s: %v, %d sentences", n, it.article.URI, it.err, it.scored.Sentences)
		}
		n++
		return nil
	})
	if err != nil || n != len(list) {
		t.Errorf("%d records, %v", n, err)
	}
}

// TestPanic holds that a panic on a document is an error of that document.
func TestPanic(t *testing.T) {
	work := scoring{chain: new(chain), sources: []ingest.Source{articles(t, 9)}, workers: 2}
	delivered := 0
	err := work.run(context.Background(), func(it *item) error {
		delivered++
		if p := (*panicError)(nil); !errors.As(it.err, &p) || len(p.stack) == 0 || it.article.URI == "" {
			t.Errorf("%v at %q", it.err, it.article.URI)
		}
		return nil
	})
	if err != nil || delivered != 9 {
		t.Errorf("%d records, %v", delivered, err)
	}
}

// TestStop holds that a stopped run delivers what was read and does not wait
// for input that may never come.
func TestStop(t *testing.T) {
	const n = 50
	silent, end, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer end.Close()
	work := scoring{chain: testChain(t), sources: []ingest.Source{articles(t, n), {Path: "-"}}, workers: 2,
		options: ingest.Options{Stdin: silent}}
	ctx, stop := context.WithCancel(context.Background())
	delivered := 0
	err = work.run(ctx, func(*item) error {
		if delivered++; delivered == n {
			stop()
		}
		return nil
	})
	if err != nil || delivered != n {
		t.Errorf("%d records, %v", delivered, err)
	}
}

// TestDeliverError holds that an error of deliver ends the run at once.
func TestDeliverError(t *testing.T) {
	full := errors.New("disk full")
	work := scoring{chain: testChain(t), sources: []ingest.Source{articles(t, 500)}, workers: 2}
	delivered := 0
	err := work.run(context.Background(), func(*item) error {
		delivered++
		return full
	})
	if err != full || delivered != 1 {
		t.Errorf("%d records, %v", delivered, err)
	}
}

func BenchmarkRun(b *testing.B) {
	work := scoring{chain: testChain(b), sources: []ingest.Source{articles(b, 2000)}, workers: 2}
	info, err := os.Stat(work.sources[0].Path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		if err := work.run(context.Background(), func(*item) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
