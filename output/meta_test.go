package output

import "testing"

func TestReadMeta(t *testing.T) {
	for _, format := range []Format{Parquet, Arrow} {
		dir := t.TempDir()
		write(t, newWriter(t, dir, Options{Format: format}), testDocuments(1, 3, 0, 50, 25))
		if meta, err := ReadMeta(dir); err != nil || meta != testMeta {
			t.Errorf("%s: %+v, %v", format, meta, err)
		}
	}
	if _, err := ReadMeta(t.TempDir()); err == nil {
		t.Error("a folder without tables has metadata")
	}
}
