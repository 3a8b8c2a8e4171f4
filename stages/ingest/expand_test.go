package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// inFolder makes files in a new working folder.
func inFolder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExpand(t *testing.T) {
	inFolder(t, map[string]string{
		"a/b/2.jsonl.gz": "x", "a/1.txt": "four", "a/3.CSV": "x", "a/b/c/4.parquet": "x",
		"a/.hidden.txt": "x", "a/.git/5.txt": "x", "a/photo.jpg": "x", "a/odd.dat": "x",
		"report [1].txt": "x", "empty/readme.rst": "x",
	})
	for link, target := range map[string]string{"a/b/loop": "..", "a/z.txt": "1.txt", "a/gone.txt": "nowhere"} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("a/fifo.txt", 0o644); err != nil {
		t.Skip(err)
	}
	all := []string{"a/1.txt", "a/3.CSV", "a/b/2.jsonl.gz", "a/b/c/4.parquet", "a/fifo.txt", "a/gone.txt"} // the last two are errors when they are read
	for _, test := range []struct{ patterns, want []string }{
		{[]string{"a"}, all},
		{[]string{"a/"}, all},
		{[]string{"a/**"}, all},
		{[]string{"a/b", "a", "./a/1.txt", "a/z.txt"}, all},
		{[]string{"a/**/*.jsonl.gz", "a/1.txt"}, []string{"a/1.txt", "a/b/2.jsonl.gz"}},
		{[]string{"a/*.{txt,CSV}"}, []string{"a/1.txt", "a/3.CSV", "a/fifo.txt", "a/gone.txt"}},
		{[]string{"a/*.dat"}, []string{"a/odd.dat"}},
		{[]string{"a/odd.dat", "-"}, []string{"-", "a/odd.dat"}},
		{[]string{"a/.hidden.txt"}, []string{"a/.hidden.txt"}},
		{[]string{"report [1].txt"}, []string{"report [1].txt"}},
	} {
		sources, err := Expand(test.patterns, nil)
		var got []string
		for _, s := range sources {
			got = append(got, s.Path)
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("Expand(%q) = %q, %v; want %q", test.patterns, got, err, test.want)
		}
	}
	for _, pattern := range []string{"empty", "nowhere", "nowhere/*.txt", "a/fifo.txt", "a/[", "a/gone.txt"} {
		var noInput *NoInputError
		if _, err := Expand([]string{"a", pattern}, nil); !errors.As(err, &noInput) || noInput.Hint == "" || noInput.Pattern != pattern {
			t.Errorf("Expand(%q): %v", pattern, err)
		}
	}
	sources, _ := Expand([]string{"a/1.txt", "a/3.CSV"}, nil)
	if n := TotalSize(sources); n != 5 {
		t.Errorf("TotalSize = %d, want 5", n)
	}
}
