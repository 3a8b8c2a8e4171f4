package main

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"time"

	"golang.org/x/sync/semaphore"

	"detente/output"
	"detente/stages"
	"detente/stages/ingest"
)

// scoring carries all articles of the sources through the chain:
//
//	reader ─► todo ──► worker ─┐
//	  │                worker ─┤ item.done
//	  └─────► ordered ─────────┴─► deliver, in the order of the input
//
// Each worker takes some of the documents that wait through the chain together.
// Pages and entries of feeds are taken apart before, as many at a time
// (ingest.Articles): what is known of an article is asked in the order of the
// input, by its text. Memory is bounded whatever the size of the corpus and of its
// documents.
type scoring struct {
	chain   *chain
	sources []ingest.Source
	options ingest.Options
	since   time.Time // articles published before are left out; zero = none
	workers int
	memory  int64 // limit of --memory in bytes; 0 = none
	rescore bool  // what others scored is scored again
	dry     bool  // nothing is scored

	// articles, unless nil, take the place of the sources'.
	articles iter.Seq2[stages.Article, error]

	// claim tells what is known of each article, in the order of the input. What
	// is unchanged is not scored. nil = all are new.
	claim func(*stages.Article) output.Status
}

const (
	maxWaiting = 128       // documents read but not delivered, for each worker
	maxText    = 64 << 20  // unless memory is short
	maxBatch   = 64        // documents that a worker takes at a time
	batchText  = 256 << 10 // and their text in bytes, but for the last one
	longText   = 32 << 10  // the memory for longer documents is kept for one alone
)

// item is one record on its way.
type item struct {
	article stages.Article
	status  output.Status // Unchanged: it was not scored
	scored  output.Document
	err     error // why the record is skipped; article.URI is then empty if it was not even read
	older   bool  // than scoring.since: not scored
	weight  int64 // its share of scoring.room()
	done    chan struct{}
}

// panicError is a panic of a stage on one document.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("internal error: %v", e.value) }

// run reads, scores and delivers until the input ends, deliver fails or ctx is
// done. What has been read by then is still delivered.
func (s *scoring) run(ctx context.Context, deliver func(*item) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	todo := make(chan *item, maxWaiting*s.workers)
	ordered := make(chan *item, maxWaiting*s.workers)
	room := semaphore.NewWeighted(s.room())
	go s.read(ctx, room, todo, ordered)
	for range s.workers {
		go s.work(todo)
	}
	for {
		it, ok := next(ctx, ordered)
		if !ok {
			return nil
		}
		<-it.done
		room.Release(it.weight)
		if err := deliver(it); err != nil {
			return err
		}
	}
}

// room is how many bytes of text may be on their way at a time.
func (s *scoring) room() int64 {
	if s.memory == 0 {
		return maxText
	}
	return min(maxText, s.memory/8+1)
}

// next waits for an item. Once ctx is done it takes what is there, but does
// not wait for a reader that may itself be waiting for stdin.
func next(ctx context.Context, ordered <-chan *item) (it *item, ok bool) {
	select {
	case it, ok = <-ordered:
	case <-ctx.Done():
		select {
		case it, ok = <-ordered:
		default:
		}
	}
	return it, ok
}

// read reads the sources until their end or until ctx is done.
func (s *scoring) read(ctx context.Context, room *semaphore.Weighted, todo, ordered chan<- *item) {
	defer close(ordered)
	defer close(todo)
	articles := s.articles
	if articles == nil {
		options := s.options
		options.Workers = s.workers
		articles = ingest.Articles(s.sources, options)
	}
	for article, err := range articles {
		it := &item{article: article, err: err, weight: min(int64(len(article.Text)), s.room()), done: make(chan struct{})}
		it.older = err == nil && !article.Published.IsZero() && article.Published.Before(s.since)
		if room.Acquire(ctx, it.weight) != nil {
			return
		}
		if err == nil && !it.older && s.claim != nil {
			it.status = s.claim(&it.article)
		}
		select {
		case ordered <- it:
		case <-ctx.Done():
			return
		}
		if err != nil || it.older || s.dry || it.status == output.Unchanged {
			close(it.done)
			continue
		}
		todo <- it
	}
}

// work scores items until there are no more.
func (s *scoring) work(todo <-chan *item) {
	docs := documents(maxBatch)
	for it := range todo {
		batch := s.batch(it, todo)
		if s.score(docs, batch) != nil {
			for i := range batch { // whose fault it was shows when each is alone
				batch[i].err = s.score(documents(1), batch[i:i+1])
			}
			docs = documents(maxBatch) // a panic may have left them in any state
		}
		for i, it := range batch {
			if i > 0 && len(it.article.Text) > longText {
				docs[i] = new(stages.Document)
			}
			close(it.done)
		}
	}
}

// documents returns n empty documents.
func documents(n int) []*stages.Document {
	docs := make([]*stages.Document, n)
	for i := range docs {
		docs[i] = new(stages.Document)
	}
	return docs
}

// batch returns the first item and what waits behind it, at most one worker's
// share. It does not wait itself.
func (s *scoring) batch(first *item, todo <-chan *item) []*item {
	batch, text := []*item{first}, len(first.article.Text)
	for share := min(maxBatch, len(todo)/s.workers+1); len(batch) < share && text < batchText; {
		select {
		case it, ok := <-todo:
			if !ok {
				return batch
			}
			batch, text = append(batch, it), text+len(it.article.Text)
		default:
			return batch
		}
	}
	return batch
}

// score scores a batch in the memory of docs. It turns a panic into an error: one
// bad document must not end the run.
func (s *scoring) score(docs []*stages.Document, batch []*item) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicError{p, debug.Stack()}
		}
	}()
	docs = docs[:len(batch)]
	for i, doc := range docs {
		doc.Reset(&batch[i].article)
	}
	s.chain.readAll(docs)
	for i, doc := range docs {
		batch[i].scored = result(doc)
	}
	return nil
}
