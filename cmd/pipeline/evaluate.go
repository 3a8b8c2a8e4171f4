package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"detente/output"
	"detente/stages"
	"detente/stages/evaluate"
	"detente/stages/sentiment"
)

func evaluateCommand() *cli.Command {
	return &cli.Command{
		Name:      "evaluate",
		Usage:     "measure precision, recall and F1 against annotated articles",
		ArgsUsage: "[DATA]",
		Description: "DATA is a folder that run wrote from the articles of the gold; without it the gold's own text is\n" +
			"scored. The form of the gold is described in the package detente/stages/evaluate.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringSliceFlag{Name: "gold", Usage: "annotated articles, JSON lines in `FILE` (repeatable)"},
			&cli.StringFlag{Name: "by", Usage: "a row for each `FIELD` too: source"},
			&cli.IntFlag{Name: "errors", Usage: "list the first `N` wrong tuples"},
			&cli.Float64Flag{Name: "floor", Usage: "exit 1 if F1 of tuples is below `F`"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON"},
		}, chainFlags(), []cli.Flag{configFlag()}),
		Action: runEvaluate,
	}
}

func runEvaluate(c *cli.Context) error {
	switch by := c.String("by"); {
	case c.NArg() > 1:
		return usageError(errors.New("more than one DATA folder"), "give several gold files with --gold, but one folder")
	case len(c.StringSlice("gold")) == 0:
		return usageError(errors.New("no gold"), "name annotated articles with --gold")
	case by != "" && by != "source":
		return usageError(fmt.Errorf("--by %s", by), "there is only source")
	}
	gold, err := readGold(c.StringSlice("gold"))
	if errors.Is(err, evaluate.ErrSentimentForm) {
		return evaluateSentiment(c)
	} else if err != nil {
		return usageError(err, "see the form of gold files in the package detente/stages/evaluate")
	}
	var predictions map[string]evaluate.Prediction
	if c.NArg() == 1 {
		if output.IsRemote(c.Args().First()) {
			return localOnly(c.Args().First())
		}
		predictions, err = predictionsOf(c.Args().First())
	} else {
		predictions, err = predict(c)
	}
	if err != nil {
		return err
	}
	return printReport(c, evaluate.Score(gold, predictions))
}

func readGold(paths []string) (gold []evaluate.Document, err error) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		documents, err := evaluate.Read(path, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		gold = append(gold, documents...)
	}
	return gold, nil
}

// evaluateSentiment measures the sentiment model alone on gold of NewsMTSC's
// form: the tone of a sentence toward one mention.
func evaluateSentiment(c *cli.Context) error {
	work, err := chainFromFlags(c)
	if err != nil {
		return err
	}
	var total sentiment.Report
	for _, path := range c.StringSlice("gold") {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		err = sentiment.ReadPairs(f, func(p sentiment.Pair) {
			total.Add(p.Label, work.toward(p.Text, stages.Span{Start: p.Start, End: p.End}))
		})
		f.Close()
		if err != nil {
			return usageError(fmt.Errorf("%s: %w", path, err), "the form is NewsMTSC's: text, target{start,end}, label -1, 0 or 1")
		}
	}
	if c.Bool("json") {
		return writeJSON(c.App.Writer, map[string]any{"mentions": total.N, "macro_f1": total.MacroF1(), "accuracy": total.Accuracy()})
	}
	fmt.Fprint(c.App.Writer, total)
	return nil
}

func printReport(c *cli.Context, r *evaluate.Report) error {
	bySource := c.String("by") == "source"
	if c.Bool("json") {
		if err := writeJSON(c.App.Writer, newReportJSON(r, c.Int("errors"), bySource)); err != nil {
			return err
		}
	} else {
		r.Print(c.App.Writer, bySource, c.Int("errors"))
		r.All.Reliability.Print(c.App.Writer)
	}
	if f1, floor := r.All.Tuples.F1(), c.Float64("floor"); f1 < floor {
		return fmt.Errorf("F1 of tuples %.3f is below the floor of %.3f", f1, floor)
	}
	return nil
}
