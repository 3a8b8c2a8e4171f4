package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestMetrics holds the text format: each metric has help and type before its
// samples, and any label can be written.
func TestMetrics(t *testing.T) {
	s := &summary{ExitCode: 3, Ended: time.UnixMilli(1391595300500).UTC(), Read: 5, Scored: 4, Seconds: 1.5,
		Reasons: map[string]int64{"a \"quote\"\\\n": 1}, Labels: map[string]int64{"neutral": 2, "hostile": 1}}
	var b strings.Builder
	if err := writeMetrics(&b, s); err != nil {
		t.Fatal(err)
	}
	sample := regexp.MustCompile(`^([a-z_]+)(\{[a-z]+="([^"\\\n]|\\["\\n])*"\})? [-+0-9.e]+$`)
	known := ""
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			known = strings.TrimSuffix(rest, " gauge")
			continue
		}
		if m := sample.FindStringSubmatch(line); !strings.HasPrefix(line, "# HELP ") && (m == nil || m[1] != known) {
			t.Errorf("%q is no sample of %s", line, known)
		}
	}
	for _, want := range []string{
		"\ndetente_run_end_timestamp_seconds 1.3915953005e+09\n", "\ndetente_run_exit_code 3\n",
		"\ndetente_run_documents_skipped{reason=\"a \\\"quote\\\"\\\\\\n\"} 1\n",
		"\ndetente_run_tones{label=\"hostile\"} 1\ndetente_run_tones{label=\"neutral\"} 2\n",
	} {
		if !strings.Contains("\n"+b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestReplaceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.prom")
	for _, content := range []string{"old content", "new"} {
		if err := replaceFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%q, %v", got, err)
		}
	}
	if err := replaceFile(filepath.Join(path, "x"), nil); err == nil {
		t.Error("a file in a file")
	}
	if list, err := os.ReadDir(filepath.Dir(path)); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}
