package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/stages"
	"detente/stages/ingest"
)

func runCommand() *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "score articles and write the tables documents, statements and tones",
		ArgsUsage: "INPUT...",
		Description: "INPUT is a file, a folder (read recursively), a glob with ** or - for stdin; formats are\n" +
			".txt .md .jsonl .json .csv .tsv .parquet .html .xml (RSS, Atom) .warc, each also with .gz or .zst.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write the tables to `FOLDER`, or to s3://bucket/name where that is built in"},
			&cli.StringFlag{Name: "format", DefaultText: "that of the folder, else parquet", Usage: "`FORMAT` of the tables: parquet or arrow"},
			&cli.BoolFlag{Name: "no-text", Usage: "leave documents.text empty"},
			&cli.BoolFlag{Name: "force", Usage: "replace the tables that the folder holds, at once and at the end"},
			&cli.BoolFlag{Name: "rescore", Usage: "score known documents again where another version, lexicons or model scored them; without INPUT all of the folder's"},
			&cli.BoolFlag{Name: "dry-run", Usage: "say what would be scored and write nothing"},
			&cli.IntFlag{Name: "batch", Value: output.DefaultBatch, Usage: "commit after `N` documents"},
		}, inputFlags(), chainFlags(), []cli.Flag{
			&cli.StringFlag{Name: "memory", Usage: "use no more memory than `SIZE` (default: GOMEMLIMIT, else no limit)"},
			&cli.StringFlag{Name: "summary", Usage: "write the summary as JSON to `FILE`, also if the run fails"},
			&cli.StringFlag{Name: "metrics", Usage: "write figures for Prometheus' textfile collector to `FILE`, also if the run fails"},
			&cli.BoolFlag{Name: "json", Usage: "print the summary as JSON"},
			configFlag(),
		}, logFlags()),
		Action: run,
	}
}

// inputFlags are the flags about reading.
func inputFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "field", Usage: "`NAME=COLUMN`: the input's own name for one of the fields " + strings.Join(ingest.FieldNames(), ", ") + " (repeatable)"},
		&cli.StringFlag{Name: "max-document", Value: "10MiB", Usage: "skip records longer than `SIZE`"},
		&cli.StringFlag{Name: "max-unpacked", Value: "256GiB", Usage: "read no more than `SIZE` of what a compressed file unpacks to"},
		&cli.StringFlag{Name: "files-from", Usage: "read the inputs that `FILE` lists, one a line, too; - for stdin"},
		&cli.StringFlag{Name: "since", Usage: "leave out articles published before `DATE`"},
		&cli.StringFlag{Name: "stdin-format", Usage: "`FORMAT` of stdin: jsonl, csv, ... (default: by content)"},
		&cli.IntFlag{Name: "workers", Value: runtime.GOMAXPROCS(0), DefaultText: "one a processor", Usage: "score with `N` workers"},
	}
}

// chainFlags are the flags about scores.
func chainFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "lexicon", Usage: "add the entries of `FILE` or override with them (repeatable)"},
		&cli.StringFlag{Name: "model", Value: models[0], Usage: "sentiment `MODEL`: " + strings.Join(models, ", ")},
	}
}

func chainFromFlags(c *cli.Context) (*chain, error) {
	return newChain(chainOptions{Lexicons: c.StringSlice("lexicon"), Model: c.String("model")})
}

// run reads the flags, runs, and tells how it went.
func run(c *cli.Context) error {
	began := time.Now()
	if err := checkReports(c); err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return dryRun(c)
	}
	sum, err := runInputs(c)
	failed := sum == nil
	if failed {
		sum = &summary{Out: c.String("out"), Format: output.Format(c.String("format")), Began: began.UTC().Truncate(time.Millisecond),
			Seconds: round(time.Since(began).Seconds(), 3)}
	}
	err = sum.finish(err)
	if reportErr := writeReports(c, sum); reportErr != nil && exitCode(err) != exitFailed {
		err = reportErr
	}
	if failed {
		return err
	}
	if printErr := sum.print(c); printErr != nil {
		return printErr
	}
	return err
}

// runInputs runs. There is a summary unless the run failed.
func runInputs(c *cli.Context) (*summary, error) {
	j, err := newJob(c)
	if err != nil {
		return nil, err
	}
	defer j.bar.end()
	return score(j.scoring, j.out, j.options, j.tally)
}

// job is what a run has to do.
type job struct {
	scoring scoring
	out     string
	options output.Options
	tally   *tally
	bar     *progress
}

// newJob reads the flags. Its errors are mistakes of the command line.
func newJob(c *cli.Context) (*job, error) {
	out := strings.TrimPrefix(c.String("out"), "file://")
	if out == "" {
		return nil, usageError(errors.New("no output folder"), "name one with --out")
	}
	switch f := output.Format(c.String("format")); f {
	case "", output.Parquet, output.Arrow:
	default:
		return nil, usageError(fmt.Errorf("unknown format %q", f), "use parquet or arrow")
	}
	if c.Int("batch") < 1 {
		return nil, usageError(fmt.Errorf("--batch %d", c.Int("batch")), "at least 1")
	}
	reading, err := ingestOptions(c)
	if err != nil {
		return nil, err
	}
	work := scoring{options: reading, workers: c.Int("workers"), rescore: c.Bool("rescore")}
	if work.workers < 1 {
		return nil, usageError(fmt.Errorf("--workers %d", work.workers), "at least 1")
	}
	if work.since, err = since(c); err != nil {
		return nil, err
	}
	if work.memory, err = limitMemory(c.String("memory")); err != nil {
		return nil, err
	}
	if !work.rescore || c.NArg() > 0 || c.String("files-from") != "" {
		if work.sources, err = inputs(c, out); err != nil {
			return nil, err
		}
	}
	if work.chain, err = chainFromFlags(c); err != nil {
		return nil, err
	}
	if err := checkMemory(work.memory); err != nil {
		return nil, err
	}
	bar := newProgress(ingest.TotalSize(work.sources), !c.Bool("quiet"))
	work.options.Progress = &bar.read
	log, err := newLogger(c, bar)
	if err != nil {
		bar.end()
		return nil, err
	}
	return &job{scoring: work, out: out, tally: newTally(log, bar, c.Bool("json")), bar: bar, options: output.Options{
		Format: output.Format(c.String("format")),
		NoText: c.Bool("no-text"),
		Force:  c.Bool("force"),
		Batch:  c.Int("batch"),
	}}, nil
}

// score runs the chain over all sources, or over the dataset's own documents
// if there are none, and commits the tables. If it fails, what was committed
// by then stays.
func score(work scoring, out string, o output.Options, t *tally) (*summary, error) {
	o.Meta, o.Tones = meta(work, o), t.dyads.add
	w, err := output.Open(out, o)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	o.Format = w.Format()
	if len(w.Origins()) > 0 {
		t.copies = newCopies(w.Dir(), t.log)
	}
	if !work.rescore {
		warnStale(t, w.Origins(), o.Meta)
	}
	work.claim = claims(w.Known(), work.rescore)
	if len(work.sources) == 0 {
		work.articles = storedArticles(w.Stale())
	}
	stop, abort, fail, release := interrupts(t.log)
	defer release()
	defer watchMemory(work.memory, fail)()
	err = work.run(stop, func(it *item) error {
		if abort.Err() != nil {
			return context.Cause(abort)
		}
		return t.deliver(it, w)
	})
	if err == nil && abort.Err() != nil {
		err = context.Cause(abort)
	}
	if err == nil {
		err = w.Commit()
	}
	if err != nil {
		if n := w.Summary().Documents; n > 0 {
			t.log.Warn("failed after documents had been committed: run again to go on from there", "documents", n)
		}
		return nil, err
	}
	return t.summary(out, o, w.Summary(), stop.Err() != nil), nil
}

// meta says what makes the scores of a run.
func meta(work scoring, o output.Options) output.Meta {
	o.Meta = output.Meta{Version: version, Lexicons: work.chain.lexiconHashes(), Model: work.chain.modelID}
	o.Meta.Run = runID(work, o)
	return o.Meta
}

// claims tells for each article whether it is to be scored. Without rescore
// the scores of other lexicons stay.
func claims(known *output.Known, rescore bool) func(*stages.Article) output.Status {
	return func(a *stages.Article) output.Status {
		status := known.Claim(a.ID, a.ContentHash)
		if status == output.Stale && !rescore {
			return output.Unchanged
		}
		return status
	}
}

// warnStale says that a dataset holds scores of another program, lexicons or model.
func warnStale(t *tally, origins map[output.Origin]int64, now output.Meta) {
	n, what := int64(0), map[string]bool{}
	for o, documents := range origins {
		before := n
		n += documents
		switch {
		case o.Lexicons != now.Lexicons:
			what["lexicons"] = true
		case o.Model != now.Model:
			what["model"] = true
		case o.Version != now.Version:
			what["program version"] = true
		default:
			n = before
		}
	}
	if n > 0 {
		t.log.Warn("other "+strings.Join(slices.Sorted(maps.Keys(what)), ", ")+" made the scores that are there", "documents", n,
			"hint", "pipeline run --rescore without inputs scores them again")
	}
}

// storedArticles makes articles of a dataset's own rows.
func storedArticles(rows iter.Seq2[output.DocumentRow, error]) iter.Seq2[stages.Article, error] {
	return func(yield func(stages.Article, error) bool) {
		for r, err := range rows {
			if err == nil && r.Text == "" {
				err = &ingest.RecordError{File: r.URI, Err: errors.New("missing text: it was not kept"), Hint: "run with the inputs and --rescore"}
			}
			a := stages.Article{
				ID: r.DocID, URI: r.URI, Publisher: r.Publisher, URL: r.URL, Title: r.Title,
				Published: r.Published, PublishedFrom: stages.PublishedFrom(r.PublishedFrom), Language: r.Language,
				Text: r.Text, ContentHash: r.ContentHash, DuplicateOf: r.DuplicateOf, Warnings: r.Warnings,
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// interrupts returns two contexts: the first signal ends stop, the second
// abort. A third one ends the program, in case it hangs. What makes the run
// fail calls fail, which ends both.
func interrupts(log *slog.Logger) (stop, abort context.Context, fail func(error), release func()) {
	stop, cancelStop := context.WithCancel(context.Background())
	abort, cancelAbort := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-abort.Done():
			return
		}
		log.Warn("interrupted: finishing the documents in hand; interrupt again to drop what is not committed")
		cancelStop()
		select {
		case <-signals:
			signal.Stop(signals)
			cancelAbort(errors.New("interrupted twice: what was not committed is dropped"))
		case <-abort.Done():
		}
	}()
	fail = func(err error) {
		cancelAbort(err)
		cancelStop()
	}
	return stop, abort, fail, func() {
		signal.Stop(signals)
		cancelAbort(nil)
	}
}
