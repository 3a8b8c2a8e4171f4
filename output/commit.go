package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A commit is three renames, of a table's folder each, framed so that a crash
// at any moment leaves either the old dataset or the new one:
//
//	.staging-<run>/documents …   complete and synced
//	.staging-<run>/old/          its presence says that the swap has begun
//	documents → .staging-<run>/old/documents, .staging-<run>/documents → documents; and so on
//	.staging-<run> → .trash-<run>   the commit; what is left is deleted
//
// A staging folder with old in it is a swap that was cut off: undo takes it back.
const (
	stagingPrefix = ".staging-"
	trashPrefix   = ".trash-"
	oldName       = "old"
)

// Commit completes the dataset and puts it in place. If it fails, the folder
// is as it was before Create. The Writer is closed either way.
func (w *Writer) Commit() (Summary, error) {
	if err := w.usable(); err != nil {
		w.Abort()
		return Summary{}, err
	}
	defer w.Abort() // after the swap there is nothing left for it to take away
	if err := w.complete(); err != nil {
		return Summary{}, withHint(err)
	}
	if err := swap(w.dir, w.staging); err != nil {
		return Summary{}, withHint(err)
	}
	w.madeDir = false // it is not ours to take away any more

	s := Summary{Replaced: w.replaced}
	counts := [3]*int64{&s.Documents, &s.Statements, &s.Tones}
	for _, f := range w.done {
		s.Files++
		s.Bytes += f.bytes
		*counts[f.table] += f.rows()
	}
	return s, nil
}

// Abort takes away everything that the Writer wrote. After Commit or another
// Abort it does nothing.
func (w *Writer) Abort() {
	if w.closed {
		return
	}
	w.closed = true
	for _, p := range w.partitions {
		for _, f := range p.files {
			if f != nil {
				f.out.Close()
			}
		}
	}
	for _, t := range w.tables {
		t.builder.Release()
	}
	if !exists(filepath.Join(w.staging, oldName)) { // else it holds the old dataset: the next Create puts it back
		os.RemoveAll(w.staging)
	}
	if w.madeDir {
		os.Remove(w.dir)
	}
}

// complete writes what is buffered and brings the staging folder to the state
// of a whole dataset, safe on the disk.
func (w *Writer) complete() error {
	partitions := make([]*partition, 0, len(w.partitions))
	for _, p := range w.partitions {
		partitions = append(partitions, p)
	}
	slices.SortFunc(partitions, compareMonths)
	for _, p := range partitions {
		if len(p.rows) > 0 {
			if err := w.spill(p); err != nil {
				return err
			}
		}
		if err := w.finish(p); err != nil {
			return err
		}
		w.open = slices.DeleteFunc(w.open, func(q *partition) bool { return q == p })
	}
	if err := w.dropSuperseded(); err != nil {
		return err
	}
	if err := w.fillEmptyTables(); err != nil {
		return err
	}
	return syncTree(w.staging)
}

// fillEmptyTables writes a file without rows for a table that has none, since
// most readers fail on a folder without files.
func (w *Writer) fillEmptyTables() error {
	for i := range w.tables {
		if slices.ContainsFunc(w.done, func(f *dataFile) bool { return f.table == i }) {
			continue
		}
		f, err := w.create(i, month{}, 0)
		if err != nil {
			return err
		}
		if err := f.close(); err != nil {
			return err
		}
		w.done = append(w.done, f)
	}
	return nil
}

// swap puts the tables of a complete staging folder in the place of the old ones.
func swap(dir, staging string) error {
	err := func() error {
		if err := os.Mkdir(filepath.Join(staging, oldName), 0o777); err != nil {
			return err
		}
		if err := syncDir(staging); err != nil {
			return err
		}
		for _, t := range tables {
			err := os.Rename(filepath.Join(dir, t.title()), filepath.Join(staging, oldName, t.title()))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if err := os.Rename(filepath.Join(staging, t.title()), filepath.Join(dir, t.title())); err != nil {
				return err
			}
		}
		if err := syncDir(dir); err != nil {
			return err
		}
		return os.Rename(staging, trashOf(staging))
	}()
	if err != nil {
		return errors.Join(err, undo(dir, staging))
	}
	// The dataset is in place. What cannot be deleted now goes with the next Create.
	syncDir(dir)
	os.RemoveAll(trashOf(staging))
	return nil
}

func trashOf(staging string) string {
	run := strings.TrimPrefix(filepath.Base(staging), stagingPrefix)
	return filepath.Join(filepath.Dir(staging), trashPrefix+run)
}

// undo takes back a swap that did not come to its end. Each of its steps is
// one rename, so that it can itself be cut off and begun again.
func undo(dir, staging string) error {
	old := filepath.Join(staging, oldName)
	if !exists(old) {
		return nil // it had not begun
	}
	for _, t := range tables {
		if !exists(filepath.Join(staging, t.title())) {
			if err := os.Rename(filepath.Join(dir, t.title()), filepath.Join(staging, t.title())); err != nil {
				return err
			}
		}
		if exists(filepath.Join(old, t.title())) {
			if err := os.Rename(filepath.Join(old, t.title()), filepath.Join(dir, t.title())); err != nil {
				return err
			}
		}
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	return os.Remove(old)
}

// recoverDir clears away what a killed run left in dir.
func recoverDir(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), stagingPrefix):
			if err := undo(dir, path); err != nil {
				return err
			}
		case !strings.HasPrefix(e.Name(), trashPrefix):
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// holdsDataset reports whether a table's folder in dir holds any file.
func holdsDataset(dir string) (held bool, err error) {
	for _, t := range tables {
		err := filepath.WalkDir(filepath.Join(dir, t.title()), func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				held = true
				return fs.SkipAll
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
	}
	return held, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
