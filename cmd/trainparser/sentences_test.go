package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

func TestWriteSentences(t *testing.T) {
	file := filepath.Join(t.TempDir(), "articles.jsonl")
	articles := `{"id": "1", "text": "Norway condemned the attack by Moldova. The harvest was late."}
{"id": "2", "publisher": "Remarks", "text": "Norway thanked Moldova for its help."}
`
	if err := os.WriteFile(file, []byte(articles), 0o600); err != nil {
		t.Fatal(err)
	}
	for skip, want := range map[string]int{"": 2, "remarks": 2, "Remarks": 1} { // the publisher of the first is not known
		var out bytes.Buffer
		if err := writeSentences(&out, []string{file}, regexp.MustCompile(skip), 100); err != nil {
			t.Fatal(err)
		}
		if got := bytes.Count(out.Bytes(), []byte("\n")); got != want {
			t.Errorf("without publishers like %q: %d sentences, want %d", skip, got, want)
		}
	}
}
