package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode"
)

// oneLine is text of an input for one line of output. A terminal would act on
// control characters.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// style is how a piece of output looks on a terminal. Colour never carries
// meaning alone: signs and words say the same.
type style string

// Blue and orange are told apart by colour-blind eyes too.
const (
	plain    style = ""
	bold     style = "1"
	dim      style = "2"
	under    style = "4"
	cyan     style = "36"
	friendly style = "38;5;33"
	hostile  style = "38;5;208"
)

// painter styles words, or leaves them as they are.
type painter bool

// newPainter follows the usual conventions: colour for terminals only, none
// with NO_COLOR set, in any case with CLICOLOR_FORCE set.
func newPainter(w io.Writer) painter {
	switch {
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("CLICOLOR_FORCE") != "" && os.Getenv("CLICOLOR_FORCE") != "0":
		return true
	}
	return painter(isTerminal(w) && os.Getenv("TERM") != "dumb")
}

func (p painter) paint(s style, words string) string {
	if !p || s == plain || words == "" {
		return words
	}
	return "\x1b[" + string(s) + "m" + words + "\x1b[0m"
}

// signed is the style of a number by its sign.
func signed(v float64) style {
	switch {
	case v <= -0.005:
		return hostile
	case v >= 0.005:
		return friendly
	}
	return plain
}

// number writes a tone or valence with its sign.
func (p painter) number(v float64) string {
	return p.paint(signed(v), fmt.Sprintf("%+.2f", v))
}

// bar draws a tone from -1 to 1: "   ---|      ".
func (p painter) bar(v float64) string {
	const half = 10
	n := min(int(math.Round(math.Abs(v)*half)), half)
	left, right := 0, 0
	if v < 0 {
		left = n
	} else {
		right = n
	}
	return strings.Repeat(" ", half-left) + p.paint(hostile, strings.Repeat("-", left)) + "|" +
		p.paint(friendly, strings.Repeat("+", right)) + strings.Repeat(" ", half-right)
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
