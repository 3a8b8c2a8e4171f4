package ingest

import (
	"io"
	"iter"

	"detente/stages"
)

// Articles reads all sources in order. A *RecordError says what was skipped;
// reading goes on after it, whether it is fatal for its file or not.
//
// To take a page apart takes as long as to score it. Options.Workers do so with
// the pages that come next, and the articles come in the order of the input all the
// same.
func Articles(sources []Source, opt Options) iter.Seq2[stages.Article, error] {
	return func(yield func(stages.Article, error) bool) {
		a := &ahead{limit: max(1, opt.Workers), yield: yield}
		for _, src := range sources {
			if !a.read(Open(src, opt)) {
				return
			}
		}
		a.deliver(0)
	}
}

// maxAhead is how many bytes of pages may be in work, unless it is one alone.
const maxAhead = 16 << 20

// ahead holds what is read and not yet yielded.
type ahead struct {
	limit   int // records
	yield   func(stages.Article, error) bool
	waiting []*result // in the order of the input
	size    int       // of their pages
	stopped bool
}

// result is an article in the making.
type result struct {
	article stages.Article
	err     error
	size    int
	done    chan struct{}
}

// read takes all records of r and closes it. It reports whether the consumer
// wants more.
func (a *ahead) read(r *Reader) bool {
	defer r.Close()
	for !a.stopped {
		err := r.advance()
		switch {
		case err == io.EOF:
			return true
		case err == nil && r.record.rest != nil && a.limit > 1:
			a.start(r)
		default:
			a.deliver(0)
			if a.stopped {
				return false
			}
			var article stages.Article
			if err == nil {
				article, err = r.article(&r.record, &r.builder)
			}
			a.stopped = !a.yield(article, err)
		}
	}
	return false
}

// start lets another goroutine do the rest of the record that r has read.
func (a *ahead) start(r *Reader) {
	rec, done := r.record, &result{size: r.record.size, done: make(chan struct{})}
	a.waiting = append(a.waiting, done)
	a.size += done.size
	go func() {
		defer close(done.done)
		done.article, done.err = r.article(&rec, new(builder))
	}()
	a.deliver(a.limit)
}

// deliver yields results until no more than limit wait, and their pages are few
// enough.
func (a *ahead) deliver(limit int) {
	for len(a.waiting) > 0 && !a.stopped && (len(a.waiting) > limit || a.size > maxAhead) {
		first := a.waiting[0]
		a.waiting = a.waiting[1:]
		a.size -= first.size
		<-first.done
		a.stopped = !a.yield(first.article, first.err)
	}
}
