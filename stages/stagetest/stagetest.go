// Package stagetest holds what the tests of several stages share.
package stagetest

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"detente/stages"
)

// Seeds returns the texts of testdata/seeds.txt, with which fuzz tests begin: a
// quoted Go string a line, or a number and a string to repeat so many times.
func Seeds(t testing.TB) (list []string) {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(file), "../../testdata/seeds.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		times, quoted := 1, line
		if line[0] != '"' {
			count, rest, _ := strings.Cut(line, " ")
			if times, err = strconv.Atoi(count); err != nil {
				t.Fatal(err)
			}
			quoted = rest
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		list = append(list, strings.Repeat(text, times))
	}
	return list
}

// Span holds that s is some of the article's text, cut between runes.
func Span(t *testing.T, a *stages.Article, s stages.Span) {
	t.Helper()
	if s.Start < 0 || s.End > len(a.Text) || s.Empty() || !utf8.ValidString(s.In(a.Text)) {
		t.Fatalf("span %+v in a text of %d", s, len(a.Text))
	}
}
