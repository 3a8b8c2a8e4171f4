package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress is a bar with documents/s, MB/s and the time left, by the bytes of
// the inputs. On what is no terminal it shows nothing.
type progress struct {
	read      atomic.Int64 // bytes of the inputs, counted by ingest
	documents atomic.Int64 // delivered
	text      atomic.Int64 // bytes of their text
	began     time.Time

	container *mpb.Progress // nil = no bar
	bar       *mpb.Bar
}

// newProgress begins a bar on stderr. A total of 0 bytes is one that is not
// known, as for stdin.
func newProgress(total int64, show bool) *progress {
	p := &progress{began: time.Now()}
	if !show || !isTerminal(os.Stderr) {
		return p
	}
	p.container = mpb.New(mpb.WithOutput(os.Stderr), mpb.WithWidth(40))
	rates := decor.Any(func(decor.Statistics) string {
		seconds := time.Since(p.began).Seconds()
		return fmt.Sprintf("%s documents  %.0f/s  %.1f MB/s", thousands(p.documents.Load()),
			float64(p.documents.Load())/seconds, float64(p.text.Load())/1e6/seconds)
	})
	var left []decor.Decorator
	if total > 0 {
		left = append(left, decor.Percentage(decor.WCSyncSpace), decor.Name("  ETA "), decor.AverageETA(decor.ET_STYLE_GO))
	}
	p.bar = p.container.AddBar(total, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(rates), mpb.AppendDecorators(left...))
	return p
}

// add counts one delivered document.
func (p *progress) add(text int) {
	p.documents.Add(1)
	p.text.Add(int64(text))
	if p.bar != nil {
		p.bar.SetCurrent(p.read.Load())
	}
}

// Write writes messages to stderr, above the bar.
func (p *progress) Write(b []byte) (int, error) {
	if p.container != nil {
		if n, err := p.container.Write(b); err == nil {
			return n, nil
		}
	}
	return os.Stderr.Write(b)
}

// end takes the bar away.
func (p *progress) end() {
	if p.container != nil {
		p.bar.Abort(true)
		p.container.Wait()
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
