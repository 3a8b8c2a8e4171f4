package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// syncTree makes all files and folders beneath root safe from a crash. It asks
// for many at a time, which the file system's journal takes in one go.
func syncTree(root string) error {
	var tasks errgroup.Group
	tasks.SetLimit(16)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			tasks.Go(func() error { return syncDir(path) })
		default:
			tasks.Go(func() error { return syncFile(path) })
		}
		return nil
	})
	if failed := tasks.Wait(); err == nil {
		err = failed
	}
	return err
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// syncDir makes the names in a folder safe, not what is in the files.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil // which does it by itself and refuses to be asked
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
