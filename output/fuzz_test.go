package output

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// FuzzCommit reads records of the log: none may name a file outside the tables,
// and one that is read is written as it was.
func FuzzCommit(f *testing.F) {
	c := commit{
		Dataset: 1, Number: 3, Command: "run", Run: "x", Format: Parquet, Origins: []Origin{testMeta.origin()},
		Files:   []fileInfo{{Path: "tones/year=2014/month=2/part-000003-000.parquet", Rows: 1, Bytes: 2, Hash: "ab"}},
		Removed: []string{"documents/year=0/month=0/part-000001-000.arrow"},
	}
	f.Add(c.encode())
	f.Add([]byte(`{"dataset": 2}`))
	f.Add([]byte(`{"origins": [{}], "files": [{"path": "tones/../../x.parquet"}]}`))
	f.Add([]byte(`{"origins": [{}], "files": [{"path": "tones/year=2014/month=2/.parquet", "rows": 9}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := decodeCommit(text)
		if err != nil {
			return
		}
		h := &history{files: map[string]savedFile{}}
		h.add(c)
		for _, p := range h.parts() {
			for i := range tables {
				if path := final("dataset", p.path(i)); strings.Contains(path, "..") || !strings.HasPrefix(path, "dataset") {
					t.Errorf("path %q", path)
				}
			}
		}
		again, err := decodeCommit(c.encode())
		if err != nil || !bytes.Equal(again.encode(), c.encode()) {
			t.Errorf("%+v\n%+v, %v", c, again, err)
		}
		if len(c.Files) > 0 && !reflect.DeepEqual(again.Files, c.Files) {
			t.Errorf("%+v\n%+v", c.Files, again.Files)
		}
	})
}
