package output

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// DatasetVersion is the version of the layout of a dataset's folder, apart
// from the columns, which have SchemaVersion.
const DatasetVersion = 1

// Names beneath a dataset's folder. Nothing there ends like a data file, so
// that not even a glob over the whole dataset finds it.
const (
	StateFolder = "_detente" // the log, the lock, and what is not committed
	stagingName = "staging"
	commitsName = "commits"

	committed = ".json"    // a commit whose files are in their places
	pending   = ".pending" // one whose files are being put there
)

// checkpointEvery is the number of commits after which one lists all files of
// the dataset and those before it are forgotten.
const checkpointEvery = 64

// Origin is what scores depend on beside the text.
type Origin struct {
	Version  string `json:"version"`
	Schema   string `json:"schema"`
	Lexicons string `json:"lexicons"`
	Model    string `json:"model"`
}

func (m Meta) origin() Origin { return Origin{m.Version, SchemaVersion, m.Lexicons, m.Model} }

// commit is a record of the log. It holds no time and no name of a machine:
// the same inputs make the same bytes. When it was made is its file's time.
type commit struct {
	Dataset  int        `json:"dataset"` // DatasetVersion
	Number   int        `json:"commit"`  // 1, 2, …
	Command  string     `json:"command"` // that made it: run, compact
	Run      string     `json:"run"`     // Meta.Run
	Format   Format     `json:"format"`
	Complete bool       `json:"complete"`          // Files are all that the dataset has, not only the new ones
	Origins  []Origin   `json:"origins"`           // of the files; the first is that of the command
	Files    []fileInfo `json:"files"`             // new or written anew
	Removed  []string   `json:"removed,omitempty"` // paths
	Staging  string     `json:"staging,omitempty"` // of a pending commit in an object store: where its files are staged
}

// fileInfo is what the log says of a data file.
type fileInfo struct {
	Path   string `json:"path"` // with slashes, within the dataset
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	Dead   int64  `json:"dead_bytes,omitempty"` // of rows that are gone
	Hash   string `json:"xxh3"`                 // XXH3-128, hex
	Origin int    `json:"origin"`               // index
}

// history is what the log says in sum.
type history struct {
	last    commit // the zero commit if there is none
	time    time.Time
	pending bool                 // last is not all in place
	files   map[string]savedFile // by path
}

type savedFile struct {
	fileInfo
	origin Origin
}

func statePath(dir string, names ...string) string {
	return filepath.Join(append([]string{dir, StateFolder}, names...)...)
}

func commitPath(dir string, number int, ext string) string {
	return statePath(dir, commitsName, fmt.Sprintf("%06d%s", number, ext))
}

// readHistory reads the log of a dataset. A folder without one has the zero
// history.
func readHistory(dir string) (*history, error) {
	h := &history{files: map[string]savedFile{}}
	paths, err := commitPaths(dir)
	if err != nil {
		return nil, err
	}
	var commits []commit // back to the last complete one, newest first
	for _, path := range slices.Backward(paths) {
		c, err := readCommit(path)
		if err == nil && len(commits) > 0 && (filepath.Ext(path) == pending || c.Number != commits[len(commits)-1].Number-1) {
			err = errors.New("is not the record that the next one follows")
		}
		if err != nil {
			return nil, damagedLog(path, err)
		}
		commits = append(commits, c)
		if c.Complete {
			break
		}
	}
	if len(commits) == 0 {
		return h, nil
	}
	if first := commits[len(commits)-1]; !first.Complete {
		return nil, damagedLog(commitPath(dir, first.Number-1, committed), fs.ErrNotExist)
	}
	for _, c := range slices.Backward(commits) {
		h.add(c)
	}
	last := paths[len(paths)-1]
	h.pending = filepath.Ext(last) == pending
	if info, err := os.Stat(last); err == nil {
		h.time = info.ModTime()
	}
	return h, nil
}

func damagedLog(path string, err error) error {
	if hinted := new(HintError); errors.As(err, &hinted) {
		return &HintError{fmt.Errorf("%s: %w", path, hinted.Err), hinted.Hint}
	}
	return &HintError{fmt.Errorf("%s: %w", path, err), "restore the folder " + StateFolder + ", or replace the dataset with --force"}
}

// commitPaths lists the records of the log, oldest first.
func commitPaths(dir string) ([]string, error) {
	entries, err := os.ReadDir(statePath(dir, commitsName))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, nil
	}
	var paths []string
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); numberOf(e.Name()) > 0 && (ext == committed || ext == pending) {
			paths = append(paths, statePath(dir, commitsName, e.Name()))
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return cmp.Compare(numberOf(a), numberOf(b)) })
	return paths, err
}

func numberOf(path string) int {
	n, _ := strconv.Atoi(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	return n
}

func readCommit(path string) (commit, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return commit{}, err
	}
	c, err := decodeCommit(text)
	if err == nil && c.Number != numberOf(path) {
		err = fmt.Errorf("holds commit %d", c.Number)
	}
	return c, err
}

func decodeCommit(text []byte) (c commit, err error) {
	if err := json.Unmarshal(text, &c); err != nil {
		return c, err
	}
	if c.Dataset > DatasetVersion {
		return c, &HintError{fmt.Errorf("%w: version %d, this program knows up to %d", ErrNewer, c.Dataset, DatasetVersion), "use a newer pipeline"}
	}
	for _, o := range c.Origins {
		if err := checkVersion(o.Schema, true); err != nil {
			return c, err
		}
	}
	for _, f := range c.Files {
		if !isDataPath(f.Path) || f.Rows < 0 || f.Origin < 0 || f.Origin >= len(c.Origins) {
			return c, fmt.Errorf("the entry %q makes no sense", f.Path)
		}
	}
	if c.Staging != "" && (!strings.HasPrefix(c.Staging, stagingKey) || path.Clean(c.Staging)+"/" != c.Staging) {
		return c, fmt.Errorf("the entry %q makes no sense", c.Staging)
	}
	for _, p := range c.Removed {
		if !isDataPath(p) {
			return c, fmt.Errorf("the entry %q makes no sense", p)
		}
	}
	return c, nil
}

// isDataPath keeps a log that somebody has meddled with from naming files
// outside the tables.
func isDataPath(p string) bool {
	table, rest, _ := strings.Cut(p, "/")
	i := slices.IndexFunc(tables[:], func(t rewriter) bool { return t.title() == table })
	ext := path.Ext(p)
	if i < 0 || path.Base(p) != strings.TrimSpace(path.Base(p)) || ext != "."+string(Parquet) && ext != "."+string(Arrow) {
		return false
	}
	return (&part{month: monthOfPath(rest), name: path.Base(p)}).path(i) == p
}

func tableOf(path string) string {
	table, _, _ := strings.Cut(path, "/")
	return table
}

// add brings the history to the state after c.
func (h *history) add(c commit) {
	if c.Complete {
		clear(h.files)
	}
	for _, p := range c.Removed {
		delete(h.files, p)
	}
	for _, f := range c.Files {
		h.files[f.Path] = savedFile{f, c.Origins[f.Origin]}
	}
	h.last = c
}

// after is the history once c is committed.
func (h *history) after(c *commit) *history {
	next := &history{files: maps.Clone(h.files)}
	next.add(*c)
	return next
}

// rows is the number of rows of a table, -1 if it has no files.
func (h *history) rows(table string) int64 {
	n := int64(-1)
	for p, f := range h.files {
		if tableOf(p) == table {
			n = max(n, 0) + f.Rows
		}
	}
	return n
}

// complete makes c, which follows h, list all files.
func (h *history) complete(c *commit) {
	after := h.after(c)
	c.Complete = true
	c.Files = nil
	for _, path := range slices.Sorted(maps.Keys(after.files)) {
		f := after.files[path]
		c.Files = append(c.Files, f.in(c))
	}
}

// in returns the file's record with its origin among those of c.
func (f savedFile) in(c *commit) fileInfo {
	f.Origin = slices.Index(c.Origins, f.origin)
	if f.Origin < 0 {
		f.Origin = len(c.Origins)
		c.Origins = append(c.Origins, f.origin)
	}
	return f.fileInfo
}

// remove makes c take the files at the paths away, save those that it writes anew.
func (c *commit) remove(paths []string) {
	written := map[string]bool{}
	for _, f := range c.Files {
		written[f.Path] = true
	}
	for _, p := range paths {
		if !written[p] {
			c.Removed = append(c.Removed, p)
		}
	}
}

func (c *commit) encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(c); err != nil {
		panic(err) // strings and numbers only
	}
	return b.Bytes()
}
