package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"detente/output"
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
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write the tables to `FOLDER`"},
			&cli.StringFlag{Name: "format", Value: string(output.Parquet), Usage: "`FORMAT` of the tables: parquet or arrow"},
			&cli.BoolFlag{Name: "no-text", Usage: "leave documents.text empty"},
			&cli.BoolFlag{Name: "force", Usage: "replace the tables that the folder holds"},
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
		&cli.IntFlag{Name: "workers", Value: runtime.GOMAXPROCS(0), DefaultText: "one a processor", Usage: "score `N` documents at a time"},
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
	out := c.String("out")
	if out == "" {
		return nil, usageError(errors.New("no output folder"), "name one with --out")
	}
	if format := c.String("format"); format != string(output.Parquet) && format != string(output.Arrow) {
		return nil, usageError(fmt.Errorf("unknown format %q", format), "use parquet or arrow")
	}
	reading, err := ingestOptions(c)
	if err != nil {
		return nil, err
	}
	work := scoring{options: reading, workers: c.Int("workers")}
	if work.workers < 1 {
		return nil, usageError(fmt.Errorf("--workers %d", work.workers), "at least 1")
	}
	if work.since, err = since(c); err != nil {
		return nil, err
	}
	if work.memory, err = limitMemory(c.String("memory")); err != nil {
		return nil, err
	}
	if work.sources, err = inputs(c, out); err != nil {
		return nil, err
	}
	bar := newProgress(ingest.TotalSize(work.sources), !c.Bool("quiet"))
	defer bar.end()
	work.options.Progress = &bar.read
	log, err := newLogger(c, bar)
	if err != nil {
		return nil, err
	}
	if work.chain, err = chainFromFlags(c); err != nil {
		return nil, err
	}
	if err := checkMemory(work.memory); err != nil {
		return nil, err
	}
	return score(work, out, output.Options{
		Format: output.Format(c.String("format")),
		NoText: c.Bool("no-text"),
		Force:  c.Bool("force"),
	}, newTally(log, bar, c.Bool("json")))
}

// score runs the chain over all sources and commits the tables. If it fails,
// the output folder is as it was.
func score(work scoring, out string, o output.Options, t *tally) (*summary, error) {
	o.Meta = output.Meta{Version: version, Lexicons: work.chain.lexiconHashes(), Model: work.chain.modelID}
	o.Meta.Run = runID(work, o)
	w, err := output.Create(out, o)
	if err != nil {
		return nil, err
	}
	defer w.Abort() // does nothing after Commit
	stop, abort, fail, release := interrupts(t.log)
	defer release()
	defer watchMemory(work.memory, fail)()
	err = work.run(stop, func(it *item) error {
		if abort.Err() != nil {
			return context.Cause(abort)
		}
		return t.deliver(it, w)
	})
	if err != nil {
		return nil, err
	}
	if abort.Err() != nil {
		return nil, context.Cause(abort)
	}
	written, err := w.Commit()
	if err != nil {
		return nil, err
	}
	return t.summary(out, o, written, stop.Err() != nil)
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
		log.Warn("interrupted: finishing the documents in hand; interrupt again to leave the output as it was")
		cancelStop()
		select {
		case <-signals:
			signal.Stop(signals)
			cancelAbort(errors.New("interrupted twice: nothing was written"))
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
