package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"detente/output"
	"detente/stages/dedup"
	"detente/stages/ingest"
)

// TestDuplicates holds what the tables say of copies: the first document is the
// original, copies name it, and their tones say that they are duplicates.
func TestDuplicates(t *testing.T) {
	dir := t.TempDir()
	text := "Ghana condemned Togo on Monday. " + strings.Repeat("Peru praised Chile. ", 20)
	lines := `{"id": "a", "text": "` + text + `"}
{"id": "b", "text": "Benin condemned Niger on Monday."}
{"id": "c", "text": "` + text + `"}
{"id": "d", "text": "` + strings.ToUpper(text) + `"}
`
	path := filepath.Join(dir, "articles.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o666); err != nil {
		t.Fatal(err)
	}
	work := scoring{chain: testChain(t), sources: []ingest.Source{{Path: path}}, workers: 4}
	out := filepath.Join(dir, "tone")
	sum, err := score(work, out, output.Options{}, newTally(slog.New(slog.DiscardHandler), newProgress(0, false), false))
	if err != nil || sum.Duplicates != 2 {
		t.Fatalf("%d duplicates, %v", sum.Duplicates, err)
	}
	want := map[string]string{"a": "", "b": "", "c": "a", "d": "a"}
	documents := 0
	for row, err := range output.ReadDocuments(out) {
		if err != nil {
			t.Fatal(err)
		}
		documents++
		if row.DuplicateOf != want[row.DocID] {
			t.Errorf("%s is a copy of %q, want %q", row.DocID, row.DuplicateOf, want[row.DocID])
		}
		if _, err := dedup.Parse(row.Signature); err != nil {
			t.Errorf("%s: %v", row.DocID, err)
		}
	}
	tones := map[bool]int{}
	for row, err := range output.ReadTones(out) {
		if err != nil {
			t.Fatal(err)
		}
		tones[row.Duplicate]++
		if row.Duplicate != (want[row.DocID] != "") {
			t.Errorf("%s: duplicate is %v", row.StatementID, row.Duplicate)
		}
	}
	if documents != len(want) || tones[true] == 0 || tones[false] == 0 {
		t.Errorf("%d documents, %v tones", documents, tones)
	}
}
