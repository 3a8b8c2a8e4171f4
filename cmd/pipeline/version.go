package main

import (
	"fmt"
	"runtime"

	"github.com/urfave/cli/v2"

	"detente/lexicons"
	"detente/output"
)

// version of Détente; the build may set another with -ldflags "-X main.version=…".
var version = "0.1.0"

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:   "version",
		Usage:  "print the version and what the scores depend on",
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON"}},
		Action: printVersion,
	}
}

// versions is all that a score depends on, beside the input.
type versions struct {
	Version  string            `json:"version"`
	Go       string            `json:"go"`
	Schema   string            `json:"schema"`
	Model    string            `json:"model"` // the default
	Lexicons map[string]string `json:"lexicons"`
}

func printVersion(c *cli.Context) error {
	files, err := lexicons.Embedded()
	if err != nil {
		return err
	}
	v := versions{version, runtime.Version(), output.SchemaVersion, models[0], map[string]string{}}
	for _, f := range files {
		v.Lexicons[f.Name()] = f.SHA256
	}
	if c.Bool("json") {
		return writeJSON(c.App.Writer, v)
	}
	fmt.Fprintf(c.App.Writer, "pipeline %s (%s, schema %s, model %s)\n", v.Version, v.Go, v.Schema, v.Model)
	for _, f := range files {
		fmt.Fprintf(c.App.Writer, "  lexicon %-24s %s\n", f.Name(), f.SHA256)
	}
	return nil
}
