package ingest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"gocloud.dev/blob"
)

// stdinPath is the pattern and path that stand for stdin.
const stdinPath = "-"

// Source is one file to read.
type Source struct {
	Path string // as the user named it, "-" for stdin, or an object's URL
	Size int64  // bytes on disk, still compressed; 0 = unknown (stdin)

	object *object // in an object store; nil for a file
}

// Name is how messages and URIs call the source.
func (s Source) Name() string {
	switch {
	case s.Path == stdinPath:
		return "stdin"
	case s.object != nil:
		return s.Path
	}
	return filepath.ToSlash(s.Path)
}

// TotalSize is the number of bytes to read, for a progress bar.
func TotalSize(sources []Source) (n int64) {
	for _, s := range sources {
		n += s.Size
	}
	return n
}

// Expand finds the sources that patterns name: files, folders, globs with **,
// objects in a store (s3://bucket/key, with globs too) and "-". The result is
// sorted by path and holds each file once, however many patterns or symbolic
// links lead to it.
//
// Folders are read recursively; hidden files, files of unknown extension and
// links to folders (which may lead in circles) are left out of them. A file
// that is named itself is read whatever its extension. A pattern that leads to
// nothing is a *NoInputError.
//
// The listed are names as another program listed them: no globs, and one that
// leads to nothing is an error when its turn comes to be read, since a file may
// be gone by then and the others still want to be read.
func Expand(patterns, listed []string) ([]Source, error) {
	return newExpansion().expand(patterns, listed)
}

func newExpansion() *expansion {
	return &expansion{seen: make(map[string]bool), open: blob.OpenBucket, buckets: make(map[string]*blob.Bucket)}
}

func (e *expansion) expand(patterns, listed []string) ([]Source, error) {
	for _, p := range patterns {
		before := e.hits
		if err := e.pattern(p); err != nil {
			return nil, err
		}
		if e.hits == before {
			return nil, &NoInputError{Pattern: p, Err: errors.New("no articles found"),
				Hint: "known extensions are " + strings.Join(extensions(), " ") + ", each also with .gz or .zst"}
		}
	}
	for _, p := range listed {
		if err := e.literal(p); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(e.sources, func(a, b Source) int { return strings.Compare(a.Path, b.Path) })
	return e.sources, nil
}

// expansion collects the sources of one call of Expand.
type expansion struct {
	sources []Source
	seen    map[string]bool // by real path
	hits    int             // files found, repeated ones included
	open    func(context.Context, string) (*blob.Bucket, error)
	buckets map[string]*blob.Bucket // by URL
}

// pattern takes whatever a pattern of the user names.
func (e *expansion) pattern(p string) error {
	if p == stdinPath {
		e.add(p, 0)
		return nil
	}
	if scheme, rest, ok := cutScheme(p); ok {
		return e.url(p, scheme, rest)
	}
	// What exists under exactly this name is no glob: "report [1].txt".
	if _, err := os.Lstat(p); err == nil || !strings.ContainsAny(p, "*?[{") {
		return e.path(p)
	}
	return e.glob(p)
}

// literal takes a file or folder from a list of names.
func (e *expansion) literal(p string) error {
	if scheme, rest, ok := cutScheme(p); ok && scheme != fileScheme {
		return e.url(p, scheme, rest)
	} else if ok {
		p = rest
	}
	if info, err := os.Stat(p); err == nil && info.IsDir() {
		return e.folder(p)
	}
	e.found(p)
	return nil
}

// path takes a file or folder that the user named.
func (e *expansion) path(p string) error {
	info, err := os.Stat(p)
	switch {
	case err != nil:
		if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
			err = pathErr.Err // the pattern names the path already
		}
		return &NoInputError{Pattern: p, Err: err, Hint: "check the path; quote globs such as 'articles/**/*.jsonl'"}
	case info.IsDir():
		return e.folder(p)
	case !info.Mode().IsRegular():
		return &NoInputError{Pattern: p, Err: errors.New("not a regular file"), Hint: "pipe it in and use - to read stdin"}
	}
	e.add(p, info.Size())
	return nil
}

// folder takes the files of known extension below root.
func (e *expansion) folder(root string) error {
	return filepath.WalkDir(root, func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			// As a source of its own the unreadable folder is reported when
			// its turn comes, and the others are read.
			e.add(p, 0)
			return nil
		case p != root && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || formatOf(p) == "":
			return nil
		}
		e.found(p)
		return nil
	})
}

// glob takes the files that a pattern matches, and the folders whole.
func (e *expansion) glob(pattern string) error {
	matches, err := doublestar.FilepathGlob(pattern, doublestar.WithNoFollow(), doublestar.WithNoHidden())
	if err != nil {
		return &NoInputError{Pattern: pattern, Err: err, Hint: "see the syntax of globs: * ** ? [a-z] {a,b}"}
	}
	// "articles/**" asks for what is there, "logs/*.dat" for these very files.
	anyName := strings.Trim(filepath.Base(pattern), "*") == ""
	for _, m := range matches {
		if info, err := os.Lstat(m); err == nil && info.IsDir() {
			if err := e.folder(m); err != nil {
				return err
			}
		} else if !anyName || formatOf(m) != "" {
			e.found(m)
		}
	}
	return nil
}

// found adds p unless it is a link to a folder. What cannot be read (a link
// that leads nowhere or in circles, a FIFO) is an error when its turn comes.
func (e *expansion) found(p string) {
	info, err := os.Stat(p)
	switch {
	case err == nil && info.Mode().IsRegular():
		e.add(p, info.Size())
	case err != nil || !info.IsDir():
		e.add(p, 0)
	}
}

// add adds a source unless it is there under this or another name.
func (e *expansion) add(p string, size int64) {
	e.hits++
	key := p
	if p != stdinPath {
		p = filepath.Clean(p)
		key = realPath(p)
	}
	if !e.seen[key] {
		e.seen[key] = true
		e.sources = append(e.sources, Source{Path: p, Size: size})
	}
}

// realPath is the absolute path without symbolic links, as far as it is known.
func realPath(p string) string {
	if real, err := filepath.EvalSymlinks(p); err == nil {
		p = real
	}
	if abs, err := filepath.Abs(p); err == nil {
		p = abs
	}
	return p
}
