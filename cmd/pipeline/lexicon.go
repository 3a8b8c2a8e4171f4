package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"detente/lexicons"
)

func lexiconCommand() *cli.Command {
	return &cli.Command{
		Name:  "lexicon",
		Usage: "check, list and show the word lists",
		Subcommands: []*cli.Command{
			{Name: "check", Usage: "validate lexicon files", ArgsUsage: "FILE...", Action: lexiconCheck},
			{Name: "list", Usage: "list the project's lexicons", Action: lexiconList},
			{Name: "show", Usage: "print the entries of a lexicon", ArgsUsage: "NAME|FILE", Action: lexiconShow,
				Flags: []cli.Flag{&cli.StringFlag{Name: "grep", Usage: "only lines that match the `REGEXP`, whatever their case"}}},
			{Name: "readme", Usage: "print lexicons/README.md, made from the headers", Action: lexiconReadme},
		},
	}
}

// lexiconCheck reads and compiles each file as --lexicon would, and reports
// all faults of all files.
func lexiconCheck(c *cli.Context) error {
	if c.NArg() == 0 {
		return usageError(errors.New("no lexicon file"), "name one or more")
	}
	var faults []error
	for _, path := range c.Args().Slice() {
		entries, err := checkLexicon(path)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		fmt.Fprintf(c.App.Writer, "%s: ok, %s entries\n", path, thousands(int64(entries)))
	}
	if len(faults) > 0 {
		return usageError(errors.Join(faults...), "see lexicons/FORMAT.md")
	}
	return nil
}

func checkLexicon(path string) (entries int, err error) {
	f, err := lexicons.Read(path)
	if err != nil {
		return 0, err
	}
	// Beside the project's own files, since inflection depends on them.
	_, err = lexicons.Load(path)
	return len(f.Rows), err
}

func lexiconList(c *cli.Context) error {
	files, err := lexicons.Embedded()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.App.Writer, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tUNIT\tVERSION\tENTRIES\tLICENCE\tSHA256")
	for _, f := range files {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%.12s\n", f.Name(), f.Unit(), f.Header["version"], len(f.Rows), f.Header["licence"], f.SHA256)
	}
	return w.Flush()
}

func lexiconShow(c *cli.Context) error {
	if c.NArg() != 1 {
		return usageError(errors.New("name one lexicon"), "pipeline lexicon list names them")
	}
	// An invalid pattern must not look like one without matches.
	grep, err := regexp.Compile("(?i)" + c.String("grep"))
	if err != nil {
		return usageError(fmt.Errorf("--grep: %w", err), "")
	}
	f, err := findLexicon(c.Args().First())
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		if line := strings.TrimRight(strings.Join(row.Cells, "\t"), "\t"); grep.MatchString(line) {
			fmt.Fprintln(c.App.Writer, line)
		}
	}
	return nil
}

// findLexicon finds a lexicon by its name or reads it from a file.
func findLexicon(name string) (*lexicons.File, error) {
	files, err := lexicons.Embedded()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Name() == strings.TrimSuffix(name, ".tsv") {
			return f, nil
		}
	}
	if f, err := lexicons.Read(name); err == nil {
		return f, nil
	} else if problem := (*lexicons.Problem)(nil); errors.As(err, &problem) {
		return nil, err
	}
	return nil, usageError(fmt.Errorf("no lexicon %q", name), "pipeline lexicon list names them")
}

// lexiconReadme prints a table of the lexicons and, for each, where it comes from.
func lexiconReadme(c *cli.Context) error {
	files, err := lexicons.Embedded()
	if err != nil {
		return err
	}
	w := c.App.Writer
	fmt.Fprint(w, "# Lexicons\n\nMade from the headers of the files by `pipeline lexicon readme`; [FORMAT.md](FORMAT.md) describes the format.\n\n"+
		"| File | Contents | Unit | Language | Version | Entries | Licence |\n|---|---|---|---|---|---:|---|\n")
	for _, f := range files {
		h := f.Header
		fmt.Fprintf(w, "| [%s](%s) | %s | %s | %s | %s | %d | %s |\n", f.Name(), f.Path, h["title"], f.Unit(), h["language"], h["version"], len(f.Rows), h["licence"])
	}
	fmt.Fprint(w, "\n## Provenance\n")
	for _, f := range files {
		h := f.Header
		fmt.Fprintf(w, "\n**%s.** Source: %s. Citation: %s. Changes: %s.\n", f.Name(), strings.TrimSuffix(h["source"], "."), cmp.Or(h["citation"], "none"), h["changes"])
	}
	return nil
}
