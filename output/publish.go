package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"
)

const stagedExt = ".new"

// staged is where a data file is written before it is published.
func staged(dir, path string) string {
	return statePath(dir, stagingName, filepath.FromSlash(path)+stagedExt)
}

func final(dir, path string) string { return filepath.Join(dir, filepath.FromSlash(path)) }

// publish commits c, whose new files are staged, in the object store first if
// the dataset is there. If it fails before the record stands in the log, nothing
// has happened; after that the commit is valid, and what is still to do is done by
// recoverDir.
func publish(dir string, c *commit, r *remote) error {
	for _, f := range c.Files { // a full disk is found here, before the commit
		if err := os.MkdirAll(filepath.Dir(final(dir, f.Path)), 0o777); err != nil {
			return err
		}
	}
	for _, name := range []string{stagingName, commitsName} {
		if err := os.MkdirAll(statePath(dir, name), 0o777); err != nil {
			return err
		}
	}
	record := statePath(dir, stagingName, "commit")
	if err := os.WriteFile(record, c.encode(), 0o666); err != nil {
		return err
	}
	if err := syncTree(statePath(dir, stagingName)); err != nil {
		return err
	}
	if r != nil {
		if err := r.publish(c); err != nil {
			return err
		}
	}
	if err := os.Rename(record, commitPath(dir, c.Number, pending)); err != nil {
		return err
	}
	if err := syncDir(statePath(dir, commitsName)); err != nil {
		return err
	}
	return finish(dir, c)
}

// finish puts the files of a pending commit into their places and closes its
// record. It can be cut off anywhere and done again.
func finish(dir string, c *commit) error {
	folders := map[string]bool{}
	for _, t := range tables {
		var fresh, old []string
		for _, f := range c.Files {
			switch {
			case tableOf(f.Path) != t.title(), !exists(staged(dir, f.Path)):
			case exists(final(dir, f.Path)):
				old = append(old, f.Path)
			default:
				fresh = append(fresh, f.Path)
			}
		}
		// New files before those that are replaced: a document that moves to
		// another file is at no time in neither.
		for _, path := range slices.Concat(fresh, old) {
			if err := os.MkdirAll(filepath.Dir(final(dir, path)), 0o777); err != nil {
				return err
			}
			if err := os.Rename(staged(dir, path), final(dir, path)); err != nil {
				return err
			}
			addFolders(folders, path)
		}
	}
	for _, t := range slices.Backward(tables[:]) {
		for _, path := range c.Removed {
			if tableOf(path) != t.title() {
				continue
			}
			if err := os.Remove(final(dir, path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			month := filepath.Dir(final(dir, path))
			os.Remove(month) // if it is empty
			os.Remove(filepath.Dir(month))
			addFolders(folders, path)
		}
	}
	if err := syncFolders(dir, folders); err != nil {
		return err
	}
	if err := os.Rename(commitPath(dir, c.Number, pending), commitPath(dir, c.Number, committed)); err != nil {
		return err
	}
	return syncDir(statePath(dir, commitsName))
}

// addFolders adds the folders above a path.
func addFolders(folders map[string]bool, path string) {
	for folder := filepath.Dir(filepath.FromSlash(path)); !folders[folder]; folder = filepath.Dir(folder) {
		folders[folder] = true
	}
}

func syncFolders(dir string, folders map[string]bool) error {
	var tasks errgroup.Group
	tasks.SetLimit(16)
	for folder := range folders {
		tasks.Go(func() error {
			if err := syncDir(filepath.Join(dir, folder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		})
	}
	return tasks.Wait()
}

// recoverDir finishes the commit that a killed process left pending, and
// clears away what it had not committed. It needs the lock.
func recoverDir(dir string) (*history, error) {
	h, err := readHistory(dir)
	if err != nil {
		return nil, err
	}
	if h.pending {
		for _, f := range h.last.Files {
			if !exists(staged(dir, f.Path)) && !exists(final(dir, f.Path)) {
				return nil, damagedLog(commitPath(dir, h.last.Number, pending), fmt.Errorf("cannot be completed: %s is lost", f.Path))
			}
		}
		if err := finish(dir, &h.last); err != nil {
			return nil, err
		}
		h.pending = false
	}
	return h, os.RemoveAll(statePath(dir, stagingName))
}

// forget deletes the records before a complete one.
func forget(dir string, complete int) error {
	paths, err := commitPaths(dir)
	for _, path := range paths {
		if numberOf(path) < complete && err == nil {
			err = os.Remove(path)
		}
	}
	return err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
