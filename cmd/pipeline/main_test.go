package main

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pipeline": main})
}

// TestScripts runs testdata/script/*.txtar: what the program prints, writes
// and exits with. The scripts do not depend on exact tones.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   filepath.Join("testdata", "script"),
		Setup: makeInputs,
		// go test ./cmd/pipeline -run TestScripts -update rewrites what "cmp stdout" is held against.
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"dataset": writeDataset,
		},
		Condition: func(name string) (bool, error) {
			if name != "root" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return os.Getuid() == 0, nil
		},
	})
}

// TestManual runs the examples of the package comment.
func TestManual(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := scriptOf(file.Doc.Text())
	if len(script.Files) < 3 {
		t.Fatalf("no examples found:\n%s", txtar.Format(script))
	}
	if err := os.WriteFile(filepath.Join(dir, "manual.txtar"), txtar.Format(script), 0o666); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  dir,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"shows": shows},
	})
}

// scriptOf makes a script of the indented "$ command" lines of a text and what
// is said to follow them. "$ cat FILE" says what the file holds.
func scriptOf(text string) *txtar.Archive {
	script := new(txtar.Archive)
	var follows *txtar.File
	for line := range strings.Lines(text) {
		line, example := strings.CutPrefix(line, "\t")
		command, isCommand := strings.CutPrefix(strings.TrimSpace(line), "$ ")
		switch {
		case !example:
			follows = nil
		case !isCommand:
			if follows != nil {
				follows.Data = append(follows.Data, line...)
			}
		default:
			name, isFile := strings.CutPrefix(command, "cat ")
			if !isFile {
				name = fmt.Sprintf("want%d", len(script.Files))
				script.Comment = fmt.Appendf(script.Comment, "exec sh -c '%s'\nshows %s\n", command, name)
			}
			script.Files = append(script.Files, txtar.File{Name: name})
			follows = &script.Files[len(script.Files)-1]
		}
	}
	return script
}

var digits = regexp.MustCompile(`[0-9]`)

// shows compares stdout with a file in which # stands for any digit.
func shows(ts *testscript.TestScript, _ bool, args []string) {
	got := digits.ReplaceAllString(ts.ReadFile("stdout"), "#")
	want := digits.ReplaceAllString(ts.ReadFile(args[0]), "#")
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		ts.Fatalf("the manual says\n%s\nbut it is\n%s", want, got)
	}
}

// exits runs a command and checks its exit code: exits 3 pipeline run ….
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if err != nil || neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [args...]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed := (*exec.ExitError)(nil)
		if !errors.As(err, &failed) {
			ts.Fatalf("%v", err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// makeInputs makes what a text archive cannot hold.
func makeInputs(env *testscript.Env) error {
	good := `{"id": "%d", "published": "2014-%02d-%02d", "text": "%s condemned %s on Tuesday. President Nicolás Maduro thanked %s."}` + "\n"
	countries := []string{"Iran", "Cuba", "France", "China", "the United States", "Russia", "Brazil"}
	var corpus strings.Builder
	for i := range 400 {
		fmt.Fprintf(&corpus, good, i, i%12+1, i%28+1, countries[i%7], countries[(i+3)%7], countries[i%5])
		if i%50 == 7 {
			corpus.WriteString("{broken\n")
		}
	}
	const latin = "{\"id\": \"latin\", \"text\": \"Iran condemned Espa\xf1a.\"}\n"
	const nul = "{\"id\": \"nul\", \"text\": \"Iran condemned\\u0000 Spain.\"}\n"
	long := func(size int) string {
		return `{"id": "before", "text": "Iran condemned Spain."}` + "\n" +
			`{"id": "long", "text": "` + strings.Repeat("Iran condemned Spain. ", size/22) + `"}` + "\n" +
			`{"id": "after", "text": "Iran condemned Spain."}` + "\n"
	}
	for name, content := range map[string]string{
		"corpus.jsonl": corpus.String(),
		"latin.jsonl":  latin,
		"nul.txt":      "Iran condemned\x00 Spain.\n",
		"nul.jsonl":    nul,
		"long.jsonl":   long(20_000),
		"huge.jsonl":   long(11 << 20),
	} {
		if err := os.WriteFile(env.Getenv("WORK")+"/"+name, []byte(content), 0o666); err != nil {
			return err
		}
	}
	return nil
}
