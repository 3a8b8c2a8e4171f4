package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"
)

// logFlags are the flags about messages.
func logFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "print nothing but errors"},
		&cli.StringFlag{Name: "log-level", Value: "info", Usage: "`LEVEL` of messages: debug, info, warn or error"},
		&cli.StringFlag{Name: "log-format", Value: "text", Usage: "`FORM` of messages: text or json"},
	}
}

// newLogger makes the logger that the flags ask for.
func newLogger(c *cli.Context, w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.String("log-level"))); err != nil {
		return nil, usageError(fmt.Errorf("unknown log level %q", c.String("log-level")), "use debug, info, warn or error")
	}
	if c.Bool("quiet") {
		level = max(level, slog.LevelError)
	}
	switch form := c.String("log-format"); form {
	case "text":
		return slog.New(&textHandler{w: w, level: level}), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})), nil
	default:
		return nil, usageError(fmt.Errorf("unknown log format %q", form), "use text or json")
	}
}

// textHandler writes messages for people, a line each:
//
//	warn: feed.jsonl:17: missing text (hint: the columns are id, title)
//
// The attributes "at" (file and record) and "hint" have their places; others
// follow as key=value.
type textHandler struct {
	mu    sync.Mutex
	w     io.Writer
	level slog.Level
}

func (h *textHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

func (h *textHandler) Handle(_ context.Context, r slog.Record) error {
	var at, rest, hint string
	r.Attrs(func(a slog.Attr) bool {
		switch value := a.Value.String(); a.Key {
		case "at":
			at = oneLine(value) + ": "
		case "hint":
			hint = " (hint: " + oneLine(value) + ")"
		case "stack":
			rest += " " + a.Key + "=" + value // of the program, not of an input
		default:
			value = oneLine(value)
			rest += " " + a.Key + "=" + value
		}
		return true
	})
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := fmt.Fprintf(h.w, "%s: %s%s%s%s\n", strings.ToLower(r.Level.String()), at, oneLine(r.Message), rest, hint)
	return err
}

// WithAttrs and WithGroup are not used by this program.
func (h *textHandler) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h *textHandler) WithGroup(string) slog.Handler      { return h }
