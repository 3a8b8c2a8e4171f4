package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestProjection(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		write(t, newWriter(t, dir, Options{Format: format}), []Document{seed()})
		got := collect(t, ReadTones(dir, "evidence", "source"))
		checkRows(t, got, []ToneRow{{Source: "VEN", Evidence: []Evidence{{"hola", 9, 13, "greet", 0.5}}}})
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, newWriter(t, dir, Options{}), []Document{seed()})
	path, err := dataFiles(dir, "tones")
	if err != nil {
		t.Fatal(err)
	}
	first := func(dir string, columns ...string) error {
		for _, err := range ReadTones(dir, columns...) {
			return err
		}
		return nil
	}
	if err := first(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no table tones") {
		t.Errorf("no table: %v", err)
	}
	if err := first(dir, "mood"); err == nil || !strings.Contains(err.Error(), `no column "mood"`) {
		t.Errorf("no column: %v", err)
	}

	// A foreign table in the place of ours, and a file cut short.
	if err := os.Rename(filepath.Join(dir, "statements"), filepath.Join(dir, "s")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "tones"), filepath.Join(dir, "statements")); err != nil {
		t.Fatal(err)
	}
	for _, err := range ReadStatements(dir, "ordinal") {
		if err == nil || !strings.Contains(err.Error(), `"ordinal" is missing`) {
			t.Errorf("foreign file: %v", err)
		}
	}
	path[0] = strings.Replace(path[0], "tones", "statements", 1)
	if err := os.Truncate(path[0], 100); err != nil {
		t.Fatal(err)
	}
	for _, err := range ReadStatements(dir) {
		if err == nil || !strings.Contains(err.Error(), path[0]) {
			t.Errorf("truncated file: %v", err)
		}
	}
}

// TestDamaged spoils single bytes of a file, which must be errors at worst.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	write(t, newWriter(t, dir, Options{}), testDocuments(1, 5, 0, 50, 25))
	paths, err := dataFiles(dir, "documents")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for i := 4; i < len(data); i += 41 {
		data[i] ^= 0x55
		if err := os.WriteFile(paths[0], data, 0o666); err != nil {
			t.Fatal(err)
		}
		data[i] ^= 0x55
		for _, err := range ReadDocuments(dir) {
			if err != nil {
				failed++
			}
		}
	}
	if failed == 0 {
		t.Error("no damage was noticed")
	}
}
