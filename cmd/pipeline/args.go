package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

const completionFlag = "--generate-bash-completion"

// flagsFirst puts the flags of a command line in front of its other arguments.
// The cli library stops at the first argument that is no flag and would take
// the flags after it for file names. Commands and flags that do not exist are
// found on the way, with a suggestion.
func flagsFirst(app *cli.App, args []string) ([]string, error) {
	if len(args) > 1 && args[len(args)-1] == completionFlag {
		return args, nil
	}
	out, rest := slices.Clone(args[:1]), args[1:]
	commands, flags := app.Commands, []cli.Flag{cli.VersionFlag}
	for len(rest) > 0 && len(commands) > 0 && !isFlag(rest[0]) {
		if rest[0] == "help" || rest[0] == "h" {
			return args, nil
		}
		i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(rest[0]) })
		if i < 0 {
			return nil, unknown("command", rest[0], cli.SuggestCommand(commands, rest[0]))
		}
		out, rest = append(out, rest[0]), rest[1:]
		flags, commands = commands[i].Flags, commands[i].Subcommands
	}
	front, others, err := split(rest, append(slices.Clone(flags), cli.HelpFlag))
	if err != nil && len(commands) > 0 {
		return nil, usageError(err, "flags come after the command")
	} else if err != nil {
		return nil, err
	}
	out = append(out, front...)
	if len(others) > 0 {
		out = append(append(out, "--"), others...)
	}
	return out, nil
}

// split parts flags, with their values, from other arguments.
func split(args []string, flags []cli.Flag) (front, others []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return front, append(others, args[i+1:]...), nil
		}
		if !isFlag(arg) {
			others = append(others, arg)
			continue
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		f := lookup(flags, name)
		if f == nil {
			return nil, nil, unknown("flag", arg, cli.SuggestFlag(flags, name, true))
		}
		front = append(front, arg)
		if hasValue || !takesValue(f) {
			continue
		}
		// A flag in the value's place means that the value was forgotten.
		if i++; i == len(args) || isFlag(args[i]) && lookup(flags, strings.TrimLeft(args[i], "-")) != nil {
			return nil, nil, usageError(fmt.Errorf("flag %s needs a value", arg), "see --help")
		}
		front = append(front, args[i])
	}
	return front, others, nil
}

// isFlag reports whether an argument looks like a flag. A lone - is stdin.
func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

func lookup(flags []cli.Flag, name string) cli.Flag {
	i := slices.IndexFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
	if i < 0 {
		return nil
	}
	return flags[i]
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return !ok || d.TakesValue()
}

func unknown(what, name, suggestion string) error {
	hint := "see --help"
	if suggestion != "" {
		// Suggestions of commands come as a sentence, those of flags bare.
		suggestion = strings.TrimSuffix(strings.TrimPrefix(suggestion, "Did you mean "), "?")
		hint = fmt.Sprintf("did you mean %s? %s", strings.Trim(suggestion, `"`), hint)
	}
	return usageError(fmt.Errorf("unknown %s %s", what, name), hint)
}
