package main

import (
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"detente/output"
)

// preview is what a run would do.
type preview struct {
	Out        string           `json:"out"`
	Read       int64            `json:"read"`
	Added      int64            `json:"added"`   // new documents
	Revised    int64            `json:"revised"` // in place of an older version
	Rescored   int64            `json:"rescored"`
	Unchanged  int64            `json:"unchanged"`
	Older      int64            `json:"older"` // left out by --since
	SkippedAll int64            `json:"skipped"`
	Reasons    map[string]int64 `json:"reasons"`
	Skips      []skip           `json:"skips"`
}

// dryRun says what run would do.
func dryRun(c *cli.Context) error {
	for _, r := range reports {
		if c.String(r.flag) != "" {
			return usageError(fmt.Errorf("--%s with --dry-run", r.flag), "a dry run writes nothing")
		}
	}
	j, err := newJob(c)
	if err != nil {
		return err
	}
	p, err := try(j.scoring, j.out, j.options, j.tally)
	j.bar.end()
	if err != nil {
		return err
	}
	return p.print(c)
}

// try reads all sources and compares them with what the dataset holds.
// Nothing is scored, locked or written.
func try(work scoring, out string, o output.Options, t *tally) (*preview, error) {
	dir, remove, err := output.Fetch(out, "documents")
	if err != nil {
		return nil, err
	}
	defer remove()
	known := new(output.Known)
	if !o.Force {
		if known, err = output.ReadKnown(dir, meta(work, o)); err != nil {
			return nil, err
		}
	}
	work.dry, work.claim = true, claims(known, work.rescore)
	if len(work.sources) == 0 {
		work.articles = storedArticles(output.ReadDocuments(dir))
	}
	p := &preview{Out: out}
	stop, _, _, release := interrupts(t.log)
	defer release()
	err = work.run(stop, func(it *item) error {
		t.bar.add(len(it.article.Text))
		p.Read++
		switch {
		case it.err != nil:
			t.skip(it.article.URI, it.err)
		case it.older:
			p.Older++
		case it.status == output.New:
			p.Added++
		case it.status == output.Changed:
			p.Revised++
		case it.status == output.Stale:
			p.Rescored++
		default:
			p.Unchanged++
		}
		return nil
	})
	if err == nil {
		err = context.Cause(stop)
	}
	p.Reasons, p.Skips = t.reasons, t.skipped
	for _, n := range t.reasons {
		p.SkippedAll += n
	}
	return p, err
}

// print prints the preview as the flags ask. Its error is the exit code.
func (p *preview) print(c *cli.Context) error {
	switch {
	case c.Bool("json"):
		if err := writeJSON(c.App.Writer, p); err != nil {
			return err
		}
	case !c.Bool("quiet"):
		p.write(c.App.Writer)
	}
	if p.SkippedAll > 0 {
		return &exit{code: exitPartial}
	}
	return nil
}

func (p *preview) write(w io.Writer) {
	paint := newPainter(w)
	fmt.Fprintf(w, "%s  %s read\n", paint.paint(bold, "dry run"), thousands(p.Read))
	for _, row := range []struct {
		n    int64
		what string
	}{
		{p.Added, "new: would be scored"},
		{p.Revised, "changed: would take the place of their older version"},
		{p.Rescored, "scored by others: would be scored again"},
		{p.Unchanged, "known already and unchanged"},
		{p.Older, "older than --since"},
		{p.SkippedAll, "would be skipped"},
	} {
		fmt.Fprintf(w, "  %6s  %s\n", thousands(row.n), row.what)
	}
	fmt.Fprintln(w, "nothing was written")
}
