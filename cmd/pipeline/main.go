// Pipeline reads news articles and writes down who said or did what toward
// whom, in what tone, and when.
//
//	pipeline run       score articles and write the tables documents, statements and tones
//	pipeline status    say what a folder of tables holds, since when and from what
//	pipeline verify    check tables against their log and each other
//	pipeline compact   merge small files
//	pipeline compare   tell whether the tone changed between two windows of days
//	pipeline series    follow the tone over time and find when it changed
//	pipeline explain   show how one text is read and scored
//	pipeline evaluate  measure precision, recall and F1 against annotated articles
//	pipeline report    write a web page of tables: charts, and the words behind every score
//	pipeline lexicon   check, list and show the word lists
//	pipeline version   print the version and what the scores depend on
//	pipeline completion   print a completion script for bash, zsh or fish
//
// "pipeline COMMAND --help" lists a command's flags.
//
// # Example
//
// A feed with one JSON object a line goes in, Parquet tables come out:
//
//	$ cat feed.jsonl
//	{"id": "a1", "published": "2014-01-30", "text": "Venezuela condemned the United States on Wednesday."}
//	{"id": "a2", "published": "2014-02-03", "text": "President Nicolás Maduro praised Cuba."}
//
//	$ pipeline run feed.jsonl --out tone --quiet
//
//	$ pipeline explain --published 2014-01-30 "Venezuela condemned the United States on Wednesday."
//	Venezuela[VEN] condemned[cue -#.##] the United States[USA] on Wednesday.
//	  # indirect: Venezuela [VEN] "condemned", ####-##-## (day, "Wednesday")
//	    VEN → USA  -#.## hostile       confidence #.##  condemned -#.## (accuse)
//
// (Figures are masked here since they change with the lexicons.)
//
// # Inputs
//
// Files, folders (read recursively), globs with ** and - for stdin, in any mix
// of .txt, .md, .jsonl, .json, .csv, .tsv, .parquet, feeds (.xml, .rss, .atom),
// web pages (.html) and web archives (.warc), each also with .gz or .zst. A
// program built with -tags cloud reads s3:// and gs:// too. The usual names of
// fields are known; --field text=my_column names others. See the package
// detente/stages/ingest.
//
// A job that runs every hour leaves figures for its monitor:
//
//	$ cat monday.xml
//	<rss version="2.0"><channel><title>Meridian Wire</title>
//	<item><guid>urn:meridian:1</guid><pubDate>Mon, 03 Feb 2014 09:00:00 GMT</pubDate>
//	<description>Venezuela condemned the United States.</description></item>
//	</channel></rss>
//
//	$ pipeline run monday.xml --out meridian --quiet --since 2014-02-01 --summary run.json --metrics run.prom
//
//	$ grep ^detente_run_documents_ run.prom
//	detente_run_documents_read #
//	detente_run_documents_scored #
//	detente_run_documents_older #
//	detente_run_documents_replaced #
//	detente_run_documents_warned{warning="summary only"} #
//
// # Windows
//
// compare and series read what run wrote:
//
//	pipeline compare tone --dyad VEN:USA --before 2014-01-15..2014-01-27 --after 2014-01-28..2014-02-10
//	pipeline compare tone --around 2014-01-28 --span 30d
//	pipeline series tone --dyad VEN:USA --every week
//
// A window holds both of its days; 2014-01 is a month, 2014 a year. A dyad is
// SOURCE:TARGET, either of which may be *; a code takes itself alone, VEN not
// VEN-OPP, unless --sectors counts a country's parts with it. Statements enter a
// window by their own date, or with --by published by that of their document.
// One whose date is known to the month or year belongs to a window that holds
// all of it, and is left out and counted where the window cuts it. Copies of
// documents are left out.
//
// Documents are what is resampled, since the statements of one are not
// independent, and long ones weigh little more than short ones. q is p adjusted
// over all rows; ~ stands where it is not below --level. The package
// detente/stages/window gives the methods and their sources.
//
// # Settings
//
// Flags may stand before and after other arguments; -- ends them. A flag that
// is not given is taken from its environment variable (DETENTE_WORKERS for
// --workers), else from the YAML file of --config, else from its default:
//
//	out: tone/
//	workers: 4
//	field: {text: my_column}
//	lexicon: [my-actors.tsv]
//
// The variable of a repeatable flag holds one value. One file serves all commands: each takes the keys that it has flags for. A
// key that no command knows is an error.
//
// # Exit codes
//
//	0  done
//	1  failed; what was committed before stays
//	2  wrong usage: flags, arguments, configuration, a lexicon, or a dataset that
//	   does not hold what is asked for
//	3  done, but some inputs were skipped or the run was interrupted
//
// Interrupted (Ctrl-C, SIGTERM), run finishes the documents in hand and
// commits them; interrupted again, it drops what it had not committed.
//
// # Scheduled runs
//
// The folder of --out is the state: run scores what is new or has changed since
// the last run and adds it; a changed document takes the place of its older
// version. What is known already is not scored again, unless --rescore is set
// and other lexicons or another model or version scored it. --dry-run says
// what would happen. --force replaces all.
//
// Documents are committed in batches, each at once in all three tables. A run
// that is killed loses the batch in hand; the next one mends the folder and goes
// on. One run at a time writes to a folder; a second one fails and names the
// first. See the package detente/output for what readers may see meanwhile.
//
// A program built with -tags cloud takes --out s3://bucket/name and gs://, too.
// Of two runs at once the later to commit fails there.
package main

import (
	"os"
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

func main() {
	// Documents leave much garbage behind and little that stays: collecting
	// half as often as Go does by default saves 3% of the time of a run and
	// keeps its memory well below 1 GB. GOGC overrides.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	// On a dataset of 10 million documents, of which the ids alone take half of
	// this, it would collect too late. GOMEMLIMIT overrides.
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
	os.Exit(pipeline(os.Args))
}

// pipeline runs a command line and returns the exit code.
func pipeline(args []string) int {
	app := newApp()
	args, err := flagsFirst(app, args)
	if err == nil {
		err = app.Run(args)
	}
	printErrors(app.ErrWriter, err)
	return exitCode(err)
}

func newApp() *cli.App {
	app := &cli.App{
		Name:    "pipeline",
		Usage:   "who said or did what toward whom, in what tone, and when",
		Version: version,
		Commands: []*cli.Command{
			runCommand(), statusCommand(), verifyCommand(), compactCommand(), compareCommand(), seriesCommand(), reportCommand(), explainCommand(), evaluateCommand(), lexiconCommand(), versionCommand(), completionCommand(),
		},
		EnableBashCompletion:      true,
		DisableSliceFlagSeparator: true, // paths and columns may hold commas
		OnUsageError:              onUsageError,
		ExitErrHandler:            func(*cli.Context, error) {}, // main reports
		Writer:                    os.Stdout,
		ErrWriter:                 os.Stderr,
	}
	prepare(app.Commands)
	return app
}

// prepare sets what all commands have in common.
func prepare(commands []*cli.Command) {
	for _, c := range commands {
		c.OnUsageError = onUsageError
		c.HideHelpCommand = true // an input may be called "help"
		if len(c.Subcommands) == 0 {
			c.Before = configure
		}
		for _, f := range c.Flags {
			readEnvironment(f)
		}
		prepare(c.Subcommands)
	}
}

func onUsageError(_ *cli.Context, err error, _ bool) error {
	return usageError(err, "see --help")
}
