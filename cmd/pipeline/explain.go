package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"detente/stages"
	"detente/stages/ingest"
)

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:        "explain",
		Usage:       "show how one text is read and scored",
		ArgsUsage:   "[TEXT]",
		Description: "The text is the argument, the first article of --file, or stdin.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "file", Aliases: []string{"f"}, Usage: "read the first article of `FILE`"},
			&cli.StringFlag{Name: "published", Usage: "`DATE` of publication, as 2014-02-05"},
			&cli.StringFlag{Name: "publisher", Usage: "`NAME` or domain of the publisher"},
			&cli.BoolFlag{Name: "tree", Usage: "print the dependency trees too: word, part of speech, relation, head"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON"},
		}, chainFlags(), []cli.Flag{configFlag()}),
		Action: explain,
	}
}

func explain(c *cli.Context) error {
	article, err := articleToExplain(c)
	if err != nil {
		return err
	}
	stagesInOrder, err := chainFromFlags(c)
	if err != nil {
		return err
	}
	var doc stages.Document
	stagesInOrder.read(&doc, article)
	e := newExplanation(&doc)
	if c.Bool("tree") {
		e.addTrees(&doc)
	}
	if c.Bool("json") {
		return writeJSON(c.App.Writer, e)
	}
	e.write(c.App.Writer)
	return nil
}

// articleToExplain reads the text through ingest, so that it is repaired and
// dated as in a run.
func articleToExplain(c *cli.Context) (*stages.Article, error) {
	source, options := ingest.Source{Path: "-"}, ingest.Options{Stdin: c.App.Reader}
	switch file := c.String("file"); {
	case c.NArg() > 1:
		return nil, usageError(errors.New("more than one argument"), "put the text in quotes")
	case file != "" && c.NArg() > 0:
		return nil, usageError(errors.New("both a text and --file"), "give one of them")
	case file != "":
		source.Path = file
	case c.NArg() > 0 && c.Args().First() != "-":
		options.Stdin, options.StdinFormat = strings.NewReader(c.Args().First()), "txt"
	case isTerminal(os.Stdin):
		return nil, usageError(errors.New("no text"), "give it as an argument in quotes, with --file, or on stdin")
	}
	reader := ingest.Open(source, options)
	defer reader.Close()
	article, err := reader.Next()
	if err == io.EOF {
		err = ingest.ErrEmptyFile
	}
	if err != nil {
		return nil, err
	}
	if publisher := c.String("publisher"); publisher != "" {
		article.Publisher = publisher
	}
	if published := c.String("published"); published != "" {
		if article.Published, err = time.Parse(time.DateOnly, published); err != nil {
			return nil, usageError(fmt.Errorf("--published %q", published), "the form is 2014-02-05")
		}
		article.PublishedFrom = stages.PublishedField
		article.Warnings = slices.DeleteFunc(article.Warnings, func(w string) bool { return w == ingest.WarnNoDate })
	}
	return &article, nil
}
