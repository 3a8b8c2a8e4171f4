package output

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// Limits on what a Writer holds, whatever the size of the corpus, beside the
// ids of the dataset's documents.
const (
	maxBuffered  = 48 << 20  // bytes of rows in all parts
	maxPartition = 16 << 20  // bytes of rows in one: the size of a row group before compression
	maxPart      = 128 << 20 // bytes of rows in a part's files before compression
	maxOpen      = 256       // parts with files open, three each: 21 years of months
	maxBatch     = 256 << 20 // bytes of rows in a commit

	// DefaultBatch is the number of documents after which a Writer commits.
	DefaultBatch = 50_000
)

// Options are the choices of Open.
type Options struct {
	Format  Format // "" = that of the dataset, Parquet for a new one
	NoText  bool   // documents.text stays null
	Force   bool   // replace the dataset that the folder holds, by a single commit
	Batch   int    // documents after which Write commits, 0 = DefaultBatch; with Force it never does
	Meta    Meta
	Command string // that the lock and the log name, "" = run

	// Tones, unless nil, is called with each row of tones that is written, save
	// those that a later document of the same commit replaces. The row is valid
	// during the call.
	Tones func(*ToneRow)
}

// Meta goes into the metadata of every file, each under its name with
// "detente." before it.
type Meta struct {
	Version  string // of Détente
	Lexicons string // name=sha256 …
	Model    string
	Run      string // the run's id
}

// Summary says what a Writer has committed.
type Summary struct {
	Commits                      int
	Files                        int   // written
	Bytes                        int64 // of these files
	Added, Revised, Replaced     int64 // documents: new; in place of an old version; in place of one of the same run
	Documents, Statements, Tones int64 // rows of the documents that were written
}

// Writer adds documents to a dataset. It is not safe for concurrent use.
type Writer struct {
	name    string // as the user gave it
	dir     string
	madeDir bool    // Open made dir
	remote  *remote // of which dir is a copy, nil for a folder
	opt     Options
	limits  limits
	lock    *lock
	history *history
	removed []string // by the next commit: files whose rows are elsewhere or replaced
	squash  bool     // the next commit lists all files

	tables [3]tableWriter
	known  *Known
	parts  []part // all of the dataset and of the batch in hand; indexes are those of known

	batch // in hand
	sum   Summary
	err   error // the first that left files in disorder; repeated from then on
}

type limits struct{ buffered, partition, part, open, batch int }

// tableWriter is what all rows of one table are built with.
type tableWriter struct {
	rewriter
	schema  *arrow.Schema
	builder *array.RecordBuilder
}

// part is some of a month's documents with all their statements and tones: a
// file in each table, all three of one name. A table in which they have no
// rows may have no file.
type part struct {
	month     month
	name      string // part-000017-000.parquet
	documents int64  // rows
	files     [3]bool
	origin    Origin
}

func (p *part) path(table int) string {
	return path.Join(tables[table].title(), fmt.Sprintf("year=%d/month=%d", p.month.year, p.month.month), p.name)
}

// month names a partition; the zero month is that of documents without a date.
type month struct {
	year  int16 // 1 to 9999
	month int8
}

func monthOf(t time.Time) month {
	if t.IsZero() {
		return month{}
	}
	t = t.UTC()
	return month{int16(t.Year()), int8(t.Month())}
}

func compareMonths(a, b month) int {
	return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.month, b.month))
}

// Open opens the dataset in a folder, or begins one, for writing: it takes the
// lock (ErrLocked), finishes what a killed run left, and reads which documents
// are there. A newer dataset is refused with ErrNewer, tables without a log
// with ErrExists. With Force the old dataset counts for nothing; it stays until
// Commit. The name may be that of an object store, s3://bucket/tone: see remote.
func Open(name string, opt Options) (*Writer, error) {
	w, err := open(name, opt)
	if err != nil {
		return nil, err
	}
	if err := w.readState(); err != nil {
		w.Close()
		return nil, withHint(err)
	}
	return w, nil
}

// open locks a folder and brings it in order.
func open(name string, opt Options) (_ *Writer, err error) {
	opt.Batch, opt.Command = cmp.Or(opt.Batch, DefaultBatch), cmp.Or(opt.Command, "run")
	if f := opt.Format; f != "" && f != Parquet && f != Arrow {
		return nil, fmt.Errorf("unknown format %q: use %s or %s", f, Parquet, Arrow)
	}
	w := &Writer{name: name, dir: localName(name), opt: opt, limits: limits{maxBuffered, maxPartition, maxPart, maxOpen, maxBatch}, known: new(Known), batch: newBatch()}
	defer func() {
		if err != nil {
			w.Close()
			err = withHint(err)
		}
	}()
	if IsRemote(name) {
		if w.remote, err = openRemote(name); err != nil {
			return nil, err
		}
		w.dir = w.remote.dir
		if err := w.remote.recover(); err != nil && (!opt.Force || errors.Is(err, ErrNewer)) {
			return nil, err
		}
	}
	_, statErr := os.Stat(w.dir)
	w.madeDir = os.IsNotExist(statErr)
	if w.lock, err = lockDir(w.dir, "pipeline "+opt.Command); err != nil {
		return nil, err
	}
	if w.history, err = recoverDir(w.dir); w.opt.Force && err != nil && !errors.Is(err, ErrNewer) {
		w.history, err = w.afterDamage()
	}
	if err != nil {
		return nil, err
	}
	for i, t := range tables {
		schema := t.schema(opt.Meta)
		w.tables[i] = tableWriter{t, schema, array.NewRecordBuilder(memory.DefaultAllocator, schema)}
	}
	return w, nil
}

// readState reads what the folder holds.
func (w *Writer) readState() (err error) {
	last := &w.history.last
	switch {
	case w.opt.Force:
		w.opt.Format = cmp.Or(w.opt.Format, Parquet)
		w.removed, err = w.tableFiles()
		return err
	case last.Number == 0:
		w.opt.Format = cmp.Or(w.opt.Format, Parquet)
		if files, err := w.tableFiles(); err != nil {
			return err
		} else if len(files) > 0 {
			return &HintError{fmt.Errorf("%s %w without the log of its commits (%s)", w.name, ErrExists, StateFolder), "restore that folder, use --force to replace the tables, or choose another --out"}
		}
		return nil
	case w.opt.Format != "" && w.opt.Format != last.Format:
		return &HintError{fmt.Errorf("%s %w as %s files, not %s", w.name, ErrExists, last.Format, w.opt.Format), "leave --format out, use --force to replace the tables, or choose another --out"}
	}
	w.opt.Format = last.Format
	w.parts = w.history.parts()
	if w.remote != nil {
		var paths []string
		for i := range w.parts {
			paths = append(paths, w.parts[i].path(0))
		}
		if err := w.remote.fetch(paths); err != nil {
			return err
		}
	}
	return w.known.load(w.dir, w.parts, w.opt.Meta.origin())
}

// afterDamage is the history of a dataset whose log cannot be read and that is
// to be replaced: all that counts is the number of the next commit.
func (w *Writer) afterDamage() (*history, error) {
	paths, err := commitPaths(w.dir)
	h := &history{files: map[string]savedFile{}}
	if len(paths) > 0 {
		h.last.Number = numberOf(paths[len(paths)-1])
	}
	return h, errors.Join(err, os.RemoveAll(statePath(w.dir, stagingName)))
}

// tableFiles lists the data files of all tables.
func tableFiles(dir string) (list []string, err error) {
	for _, t := range tables {
		paths, err := dataFiles(dir, t.title())
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			rel, err := filepath.Rel(dir, p)
			if err != nil {
				return nil, err
			}
			list = append(list, filepath.ToSlash(rel))
		}
	}
	return list, nil
}

// tableFiles lists the data files of all tables.
func (w *Writer) tableFiles() ([]string, error) {
	if w.remote != nil {
		return w.remote.tableFiles()
	}
	return tableFiles(w.dir)
}

// fetch makes the files of a part be in the folder, where they are elsewhere.
func (w *Writer) fetch(p *part) error {
	if w.remote == nil {
		return nil
	}
	var paths []string
	for i, has := range p.files {
		if has {
			paths = append(paths, p.path(i))
		}
	}
	return w.remote.fetch(paths)
}

// parts lists the parts of the dataset that have documents, by month and name.
func (h *history) parts() []part {
	byPath := map[string]*part{}
	for p, f := range h.files {
		table, rest, _ := strings.Cut(p, "/")
		if byPath[rest] == nil {
			byPath[rest] = &part{month: monthOfPath(rest), name: path.Base(rest)}
		}
		i := slices.IndexFunc(tables[:], func(t rewriter) bool { return t.title() == table })
		byPath[rest].files[i] = true
		if i == 0 {
			byPath[rest].documents, byPath[rest].origin = f.Rows, f.origin
		}
	}
	var list []part
	for _, p := range byPath {
		if p.files[0] {
			list = append(list, *p)
		}
	}
	slices.SortFunc(list, func(a, b part) int { return cmp.Or(compareMonths(a.month, b.month), cmp.Compare(a.name, b.name)) })
	return list
}

func monthOfPath(p string) month {
	if n := numbers(path.Dir(p)); len(n) == 2 {
		return month{int16(n[0]), int8(n[1])}
	}
	return month{}
}

// Known tells which documents the dataset holds. What it knows as New, Changed
// or Stale is to be written; it may be asked while another goroutine writes.
func (w *Writer) Known() *Known { return w.known }

// Dir is the folder that holds the table documents, as it was when the dataset was
// opened at least, until Close.
func (w *Writer) Dir() string { return w.dir }

// Format is the format of the dataset's files.
func (w *Writer) Format() Format { return w.opt.Format }

// Stale streams the documents that the dataset held when it was opened and
// that another program, lexicons or model scored.
func (w *Writer) Stale() iter.Seq2[DocumentRow, error] {
	parts := slices.DeleteFunc(slices.Clone(w.parts), func(p part) bool { return p.origin == w.opt.Meta.origin() })
	return func(yield func(DocumentRow, error) bool) {
		for i := range parts {
			for row, err := range documents.readFile(final(w.dir, parts[i].path(0)), nil) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// Origins lists what made the scores of the documents that the dataset holds,
// with their number.
func (w *Writer) Origins() map[Origin]int64 { return origins(w.parts) }

func origins(parts []part) map[Origin]int64 {
	list := map[Origin]int64{}
	for _, p := range parts {
		list[p.origin] += p.documents
	}
	maps.DeleteFunc(list, func(_ Origin, n int64) bool { return n == 0 })
	return list
}

// Close drops what is not committed and frees the lock. It may be called again.
func (w *Writer) Close() {
	if w.err == nil {
		w.err = errors.New("output: the Writer is closed")
	}
	for _, k := range w.works {
		for _, f := range k.files {
			if f != nil && f.encoder != nil {
				f.out.Close()
			}
		}
	}
	w.batch = batch{}
	for i, t := range w.tables {
		if t.builder != nil {
			t.builder.Release()
			w.tables[i].builder = nil
		}
	}
	if r := w.remote; r != nil {
		w.remote = nil
		defer r.end()
	}
	if w.lock == nil {
		if w.madeDir && !exists(lockPath(w.dir)) { // else it is another's by now
			os.Remove(statePath(w.dir, commitsName))
			os.Remove(statePath(w.dir))
			os.Remove(w.dir)
		}
		return
	}
	if w.history == nil || !w.history.pending { // else the next Open needs it
		os.RemoveAll(statePath(w.dir, stagingName))
	}
	if paths, err := commitPaths(w.dir); err == nil && len(paths) == 0 {
		os.Remove(statePath(w.dir, commitsName))
		os.Remove(lockPath(w.dir))
		os.Remove(statePath(w.dir))
		if w.madeDir {
			os.Remove(w.dir)
		}
	}
	w.lock.release()
	w.lock = nil
}
