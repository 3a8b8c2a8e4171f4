package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
	"gocloud.dev/blob"
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
			switch name {
			case "root":
				return os.Getuid() == 0, nil
			case "cloud":
				return blob.DefaultURLMux().ValidBucketScheme("s3"), nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
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
	const record = `{"id": "%s", "published": "2014-02-05", "text": "Iran condemned Spain."}` + "\n"
	const entry = "<item><guid>a:%d</guid><pubDate>Wed, 05 Feb 2014 10:00:00 GMT</pubDate><description>Iran condemned Spain.</description>%s</item>"
	crawled := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" +
		`<meta property="article:published_time" content="2014-04-05"><p>Venezuela condemned the United States.</p>`
	page := func(n int) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://meridian.example/%d\r\n"+
			"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, len(crawled), crawled)
	}
	// hurt is s with a byte changed.
	hurt := func(s string, at int) string { return s[:at] + string(s[at]^0x55) + s[at+1:] }
	for name, content := range map[string]string{
		"corpus.jsonl":         corpus.String(),
		"made/corpus.jsonl.gz": packed(corpus.String()),
		"made/bomb.jsonl.gz":   packed(fmt.Sprintf(record, "bomb") + strings.Repeat(" ", 80<<20)),
		"made/deep.html":       "<html>" + strings.Repeat("<div>", 50_000) + "text",
		"made/many.html":       "<html>" + strings.Repeat("<b></b>", 200_000) + "text",
		"made/deep.xml": "<rss><channel>" + fmt.Sprintf(entry, 1, "") + fmt.Sprintf(entry, 2, strings.Repeat("<a>", 50_000)) +
			fmt.Sprintf(entry, 3, "") + "</channel></rss>",
		"made/deep.jsonl":             fmt.Sprintf(record, "before") + `{"a": ` + strings.Repeat("[", 1<<20) + "\n" + fmt.Sprintf(record, "after"),
		"made/wide.csv":               "id,text\n1,Iran condemned Spain.\n" + strings.Repeat(",", 1<<20) + "\n3,Iran condemned Spain.\n",
		"made/crawl.warc.gz":          packed(page(4)),
		"made/hurt.warc.gz":           packed(page(1)) + hurt(packed(page(2)), 150) + packed(page(3)),
		"made/hurt.warc":              page(1) + strings.Replace(page(2), "Content-Length: ", "Content-Length: 9", 1) + page(3),
		"made/headless.warc":          page(1) + hurt(page(2), 2) + page(3),
		"made/hurt.jsonl.gz":          hurt(packed(corpus.String()), len(packed(corpus.String()))*9/10),
		"made/control.jsonl":          `{"id": "a\u001b[31m\u0007", "title": "\u001b]0;x\u0007 y", "text": "Iran condemned Spain."}` + "\n",
		"made/odd/a\x1b[31m\nb.jsonl": "{\"a\": tru}\n",
		"made/escape.txt":             "Iran\x1b[31m condemned\x07 Spain.\n",
		"latin.jsonl":                 latin,
		"nul.txt":                     "Iran condemned\x00 Spain.\n",
		"nul.jsonl":                   nul,
		"long.jsonl":                  long(20_000),
		"huge.jsonl":                  long(11 << 20),
	} {
		path := filepath.Join(env.Getenv("WORK"), name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			return err
		}
	}
	return nil
}

func packed(s string) string {
	var b strings.Builder
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}
