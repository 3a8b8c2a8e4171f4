package main

import "github.com/urfave/cli/v2"

func evaluateCommand() *cli.Command   { return &cli.Command{Name: "evaluate"} }
func lexiconCommand() *cli.Command    { return &cli.Command{Name: "lexicon"} }
func completionCommand() *cli.Command { return &cli.Command{Name: "completion"} }
