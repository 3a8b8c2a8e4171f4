package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"detente/stages/evaluate"
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

// evaluateSentiment is to measure the sentiment model on gold of NewsMTSC's
// form, by stages/sentiment.
func evaluateSentiment(*cli.Context) error {
	return errors.New("the evaluation of sentiment toward a mention (NewsMTSC's form) is not available yet")
}

func printReport(c *cli.Context, r *evaluate.Report) error {
	bySource := c.String("by") == "source"
	if c.Bool("json") {
		if err := writeJSON(c.App.Writer, newReportJSON(r, c.Int("errors"), bySource)); err != nil {
			return err
		}
	} else {
		r.Print(c.App.Writer, bySource, c.Int("errors"))
	}
	if f1, floor := r.All.Tuples.F1(), c.Float64("floor"); f1 < floor {
		return fmt.Errorf("F1 of tuples %.3f is below the floor of %.3f", f1, floor)
	}
	return nil
}
