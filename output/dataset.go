package output

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/zeebo/xxh3"
	"golang.org/x/sync/errgroup"
)

// Limits on what a Writer holds, whatever the size of the corpus. 40,000
// articles (155 MB) of 74 months in random order took about 160 MB of heap.
// Besides there are about 50 bytes for each document's id.
const (
	maxBuffered  = 48 << 20 // bytes of rows in all partitions
	maxPartition = 16 << 20 // bytes of rows in one: the size of a row group before compression
	maxOpen      = 256      // partitions with files open, three each: 21 years of months
)

// Options are the choices of Create.
type Options struct {
	Format Format // "" = Parquet
	NoText bool   // documents.text stays null
	Force  bool   // replace the dataset that the folder holds
	Meta   Meta
}

// Meta goes into the metadata of every file, each under its name with
// "detente." before it.
type Meta struct {
	Version  string // of Détente
	Lexicons string // name=sha256 …
	Model    string
	Run      string // the run's id, part of the files' names: letters, digits, - and _
}

// Summary says what Commit wrote.
type Summary struct {
	Files                        int
	Bytes                        int64 // of all files
	Documents, Statements, Tones int64 // rows
	Replaced                     int   // documents that gave way to a later one of the same id
}

// Writer writes a dataset. It is not safe for concurrent use.
type Writer struct {
	dir, staging string
	madeDir      bool // Create made dir, so that Abort takes it away
	opt          Options
	limits       limits

	tables     [3]tableWriter
	partitions map[month]*partition
	places     map[xxh3.Uint128]place // where the valid rows of each document are, by the hash of its id
	buffered   int                    // bytes of rows in all partitions
	open       []*partition           // with files open, the one longest not spilled first
	done       []*dataFile            // closed files
	replaced   int
	err        error // the first that left files in disorder; repeated from then on
	closed     bool  // committed or aborted
}

type limits struct{ buffered, partition, open int }

// tableWriter is what all rows of one table are built with.
type tableWriter struct {
	rewriter
	schema  *arrow.Schema
	builder *array.RecordBuilder
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

func (m month) path() string {
	return filepath.Join(fmt.Sprintf("year=%d", m.year), fmt.Sprintf("month=%d", m.month))
}

// place says where a document's rows are: in the given spill of its partition,
// or still buffered if that spill is to come.
type place struct {
	month month
	spill uint32
}

// partition collects the documents of a month. Its rows are written in spills:
// a row group for each table, appended to the open files.
type partition struct {
	month  month
	rows   []*rows
	bytes  int    // of rows, about
	spills uint32 // so far
	parts  int    // sets of files so far
	files  [3]*dataFile
	stale  bool // a spill holds rows of a document that came again later
}

// Create begins a dataset in dir, which is made if need be. A dir that holds a
// dataset is refused with ErrExists unless Force is set; then the old dataset
// stays until Commit. What a killed run left in dir is cleared
// away, so only one Writer at a time may work there.
func Create(dir string, opt Options) (*Writer, error) {
	opt.Format = cmp.Or(opt.Format, Parquet)
	if opt.Format != Parquet && opt.Format != Arrow {
		return nil, fmt.Errorf("unknown format %q: use %s or %s", opt.Format, Parquet, Arrow)
	}
	if opt.Meta.Run == "" || strings.Trim(opt.Meta.Run, runLetters) != "" {
		return nil, fmt.Errorf("run id %q: use letters, digits, - and _", opt.Meta.Run)
	}
	_, statErr := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, withHint(err)
	}
	if err := recoverDir(dir); err != nil {
		return nil, withHint(err)
	}
	if held, err := holdsDataset(dir); err != nil {
		return nil, withHint(err)
	} else if held && !opt.Force {
		return nil, &HintError{fmt.Errorf("%s %w", dir, ErrExists), "use --force to replace it, or choose another --out"}
	}
	w := &Writer{
		dir: dir, staging: filepath.Join(dir, stagingPrefix+opt.Meta.Run), madeDir: os.IsNotExist(statErr), opt: opt,
		limits:     limits{maxBuffered, maxPartition, maxOpen},
		partitions: map[month]*partition{},
		places:     map[xxh3.Uint128]place{},
	}
	for i, t := range tables {
		schema := t.schema(opt.Meta)
		w.tables[i] = tableWriter{t, schema, array.NewRecordBuilder(memory.DefaultAllocator, schema)}
	}
	if err := os.Mkdir(w.staging, 0o777); err != nil {
		w.Abort()
		return nil, withHint(err)
	}
	return w, nil
}

const runLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// Write adds a document. If one of the same id was written before, its rows
// give way to the new ones, and replaced is true. An InvalidError concerns
// this document only: it is left out and the Writer goes on. After any other
// error only Abort makes sense. The Writer keeps strings of d, but no slices.
func (w *Writer) Write(d Document) (replaced bool, err error) {
	if err := w.usable(); err != nil {
		return false, err
	}
	r, err := newRows(d)
	if err != nil {
		return false, err
	}
	if w.opt.NoText {
		r.document.Text = ""
	}
	m := monthOf(r.document.Published)
	p := w.partitions[m]
	if p == nil {
		p = &partition{month: m}
		w.partitions[m] = p
	}
	key := hashID(r.document.DocID)
	if old, ok := w.places[key]; ok {
		w.supersede(old, r.document.DocID)
		replaced = true
	}
	w.places[key] = place{m, p.spills}
	p.rows = append(p.rows, r)
	p.bytes += r.bytes
	w.buffered += r.bytes
	w.err = w.spillOver(p)
	return replaced, w.err
}

func hashID(docID string) xxh3.Uint128 { return xxh3.HashString128(docID) }

func (w *Writer) usable() error {
	if w.closed {
		return errors.New("output: the Writer is closed")
	}
	return w.err
}

// supersede drops the rows of a document at its old place: at once if they are
// buffered, else when Commit rewrites the partition's files.
func (w *Writer) supersede(old place, docID string) {
	w.replaced++
	p := w.partitions[old.month]
	if old.spill < p.spills {
		p.stale = true
		return
	}
	i := slices.IndexFunc(p.rows, func(r *rows) bool { return r.document.DocID == docID })
	p.bytes -= p.rows[i].bytes
	w.buffered -= p.rows[i].bytes
	p.rows = slices.Delete(p.rows, i, i+1)
}

// spillOver spills partition p if it has become too big, and the biggest ones
// while all together are.
func (w *Writer) spillOver(p *partition) error {
	if p.bytes > w.limits.partition {
		if err := w.spill(p); err != nil {
			return err
		}
	}
	for w.buffered > w.limits.buffered {
		var biggest *partition
		for _, q := range w.partitions {
			// Of equals the earlier month, so that the order of a map decides nothing.
			if biggest == nil || q.bytes > biggest.bytes || q.bytes == biggest.bytes && compareMonths(q, biggest) < 0 {
				biggest = q
			}
		}
		if err := w.spill(biggest); err != nil {
			return err
		}
	}
	return nil
}

func compareMonths(p, q *partition) int {
	return cmp.Or(cmp.Compare(p.month.year, q.month.year), cmp.Compare(p.month.month, q.month.month))
}

// spill writes a partition's buffered rows to its files.
func (w *Writer) spill(p *partition) error {
	if i := slices.Index(w.open, p); i >= 0 {
		w.open = slices.Delete(w.open, i, i+1)
	} else if len(w.open) >= w.limits.open {
		if err := w.finish(w.open[0]); err != nil {
			return err
		}
		w.open = slices.Delete(w.open, 0, 1)
	}
	w.open = append(w.open, p)

	for _, r := range p.rows {
		documents.append(w.tables[0].builder, &r.document)
		for i := range r.statements {
			statements.append(w.tables[1].builder, &r.statements[i])
		}
		for i := range r.tones {
			tones.append(w.tables[2].builder, &r.tones[i])
		}
	}
	w.buffered -= p.bytes
	p.rows, p.bytes = nil, 0
	// The tables share nothing: each is encoded on a processor of its own.
	var tasks errgroup.Group
	for i := range w.tables {
		tasks.Go(func() error { return w.spillTable(p, i) })
	}
	err := tasks.Wait()
	p.spills++
	return withHint(err)
}

// spillTable writes what the builder of table i holds to the partition's file,
// made when its first rows come.
func (w *Writer) spillTable(p *partition, i int) (err error) {
	record := w.tables[i].builder.NewRecord()
	defer record.Release()
	if record.NumRows() == 0 {
		return nil
	}
	if p.files[i] == nil {
		if p.files[i], err = w.create(i, p.month, p.parts); err != nil {
			return err
		}
	}
	return p.files[i].write(record, p.spills)
}

// create makes a file of table i beneath the staging folder.
func (w *Writer) create(i int, m month, part int) (*dataFile, error) {
	t := w.tables[i]
	name := fmt.Sprintf("part-%s-%05d.%s", w.opt.Meta.Run, part, w.opt.Format)
	path := filepath.Join(w.staging, t.title(), m.path(), name)
	return createFile(path, i, m, w.opt.Format, t.schema, t.dictionaries())
}

// finish completes a partition's open files.
func (w *Writer) finish(p *partition) error {
	for i, f := range p.files {
		if f == nil {
			continue
		}
		if err := f.close(); err != nil {
			return withHint(err)
		}
		w.done = append(w.done, f)
		p.files[i] = nil
	}
	p.parts++
	return nil
}
