package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/urfave/cli/v2"
)

func configFlag() cli.Flag {
	return &cli.StringFlag{Name: "config", Usage: "take settings from the YAML `FILE`"}
}

// readEnvironment lets a flag be set by its environment variable, as
// DETENTE_LOG_LEVEL for --log-level.
func readEnvironment(f cli.Flag) {
	names := []string{"DETENTE_" + strings.ToUpper(strings.ReplaceAll(f.Names()[0], "-", "_"))}
	if os.Getenv(names[0]) == "" {
		os.Unsetenv(names[0]) // the library would take an empty variable for a setting
	}
	switch f := f.(type) {
	case *cli.StringFlag:
		f.EnvVars = names
	case *cli.StringSliceFlag:
		f.EnvVars = names
	case *cli.BoolFlag:
		f.EnvVars = names
	case *cli.IntFlag:
		f.EnvVars = names
	case *cli.Float64Flag:
		f.EnvVars = names
	default:
		panic(fmt.Sprintf("flag --%s: a type without environment variable", f.Names()[0]))
	}
}

// setting is one key of a config file.
type setting struct {
	name   string
	line   int
	values []string // as on the command line, one for each time the flag is given
}

// configure gives the flags that neither the command line nor the environment
// set the values of the config file. It runs before every command.
func configure(c *cli.Context) error {
	path := c.String("config")
	if path == "" {
		return nil
	}
	settings, err := readConfig(path)
	if err != nil {
		return err
	}
	for _, s := range settings {
		if !knownFlag(c.App.Commands, s.name) {
			return configError(path, s.line, "unknown key %q", s.name)
		}
		if lookup(c.Command.Flags, s.name) == nil || c.IsSet(s.name) {
			continue
		}
		for _, v := range s.values {
			if err := c.Set(s.name, v); err != nil {
				return configError(path, s.line, "%s: %q is not valid", s.name, v)
			}
		}
	}
	return nil
}

func configError(path string, line int, format string, args ...any) error {
	err := fmt.Errorf("%s:%d: %s", path, line, fmt.Sprintf(format, args...))
	return usageError(err, "the keys are the long names of the flags, without dashes")
}

// knownFlag reports whether any command has a flag of that long name.
func knownFlag(commands []*cli.Command, name string) bool {
	for _, c := range commands {
		for _, f := range c.Flags {
			if f.Names()[0] == name && name != "config" && name != "help" {
				return true
			}
		}
		if knownFlag(c.Subcommands, name) {
			return true
		}
	}
	return false
}

// readConfig reads the settings of a YAML file in their order. It works on the
// syntax tree, so that each mistake has its line.
func readConfig(path string) ([]setting, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usageError(err, "check the path given with --config")
	}
	file, err := parser.ParseBytes(data, 0)
	if syntax := yaml.Error(nil); errors.As(err, &syntax) {
		return nil, configError(path, syntax.GetToken().Position.Line, "%s", syntax.GetMessage())
	} else if err != nil {
		return nil, usageError(fmt.Errorf("%s: %w", path, err), "")
	}
	var settings []setting
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		keys, ok := doc.Body.(ast.MapNode)
		if !ok {
			return nil, configError(path, doc.Body.GetToken().Position.Line, "want lines of the form key: value")
		}
		for it := keys.MapRange(); it.Next(); {
			s := setting{name: it.Key().String(), line: it.Key().GetToken().Position.Line}
			if s.values, err = flagValues(it.Value()); err != nil {
				return nil, configError(path, s.line, "%s: %v", s.name, err)
			}
			settings = append(settings, s)
		}
	}
	return settings, nil
}

// flagValues turns a YAML value into values of a flag: a list gives several, a
// mapping gives one key=value each, null gives none.
func flagValues(node ast.Node) (values []string, err error) {
	switch n := node.(type) {
	case *ast.NullNode:
	case ast.MapNode:
		for it := n.MapRange(); it.Next(); {
			value, err := scalar(it.Value())
			if err != nil {
				return nil, err
			}
			values = append(values, it.Key().String()+"="+value)
		}
	case *ast.SequenceNode:
		for _, v := range n.Values {
			value, err := scalar(v)
			if err != nil {
				return nil, err
			}
			values = append(values, value)
		}
	default:
		value, err := scalar(node)
		return []string{value}, err
	}
	return values, nil
}

func scalar(node ast.Node) (string, error) {
	s, ok := node.(ast.ScalarNode)
	if !ok {
		return "", errors.New("want a plain value, a list or a mapping of them")
	}
	return fmt.Sprint(s.GetValue()), nil
}
