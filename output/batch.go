package output

import (
	"cmp"
	"fmt"
	"os"
	"slices"

	"github.com/zeebo/xxh3"
	"golang.org/x/sync/errgroup"
)

// batch is what the next commit will hold.
type batch struct {
	works     map[int32]*work // by index of the part
	fresh     map[month]*work // the new part that takes a month's documents
	open      []*work         // with files open, the one longest not spilled first
	documents int
	bytes     int // of all rows
	buffered  int // of the rows in memory
	touched   Summary
}

func newBatch() batch { return batch{works: map[int32]*work{}, fresh: map[month]*work{}} }

// work is a part in the making: a new one, or one of the dataset that is
// written anew since some of its documents give way to later versions. Those
// take the place of the old ones at once, by a rename for each table; no
// reader sees both or neither of them.
type work struct {
	part     int32
	revises  bool
	rows     []*rows // buffered
	buffered int     // bytes of rows
	bytes    int     // of these and of those written
	files    [3]*dataFile
	drop     map[xxh3.Uint128]bool // the documents that give way, of those that lie in the part's files already
}

// Outcome says what became of the older version of a document.
type Outcome int

// The outcomes.
const (
	Added    Outcome = iota // there was none
	Revised                 // an earlier run had written it
	Replaced                // this run had
)

// Write adds a document. If the dataset has one of the same id, its rows give
// way to the new ones. What is written becomes visible by the next commit,
// which comes by itself after Options.Batch documents. An InvalidError
// concerns this document only: it is left out and the Writer goes on. After any
// other error only Close makes sense. The Writer keeps strings of d, but no slices.
func (w *Writer) Write(d Document) (Outcome, error) {
	if w.err != nil {
		return 0, w.err
	}
	r, err := newRows(d)
	if err != nil {
		return 0, err
	}
	if w.opt.NoText {
		r.document.Text = ""
	}
	outcome, err := w.add(r)
	if err == nil && (w.documents >= w.opt.Batch || w.batch.bytes >= w.limits.batch) && !w.opt.Force {
		return outcome, w.Commit()
	}
	w.err = withHint(err)
	return outcome, w.err
}

// add puts the rows into the part where they belong.
func (w *Writer) add(r *rows) (Outcome, error) {
	key, m := hashID(r.document.DocID), monthOf(r.document.Published)
	at, own := w.known.place(key)
	var to *work
	outcome := Added
	if at != noPart {
		old := w.works[at]
		if old == nil {
			old = &work{part: at, revises: true, drop: map[xxh3.Uint128]bool{}}
			w.works[at] = old
		}
		if !w.take(old, r.document.DocID) {
			if err := w.close(old); err != nil { // nothing follows the rows that give way
				return 0, err
			}
			old.drop[key] = true
		}
		if old.revises && w.parts[at].month == m {
			to = old
		}
		switch {
		case own:
			outcome = Replaced
			w.touched.Replaced++
		default:
			outcome = Revised
			w.touched.Revised++
		}
	} else {
		w.touched.Added++
	}
	if to == nil {
		to = w.newPart(m)
	}
	w.known.put(key, r.document.ContentHash, to.part)
	w.hold(to, r)
	w.documents++
	return outcome, w.spillOver(to)
}

// hold buffers a document's rows in a part.
func (w *Writer) hold(k *work, r *rows) {
	k.rows = append(k.rows, r)
	k.buffered += r.bytes
	k.bytes += r.bytes
	w.buffered += r.bytes
	w.batch.bytes += r.bytes
}

// take drops a document's rows if they are still buffered.
func (w *Writer) take(k *work, docID string) bool {
	i := slices.IndexFunc(k.rows, func(r *rows) bool { return r.document.DocID == docID })
	if i < 0 {
		return false
	}
	n := k.rows[i].bytes
	k.buffered -= n
	k.bytes -= n
	w.buffered -= n
	w.batch.bytes -= n
	k.rows = slices.Delete(k.rows, i, i+1)
	return true
}

// newPart returns the part that takes new documents of a month.
func (w *Writer) newPart(m month) *work {
	if k := w.fresh[m]; k != nil {
		return k
	}
	n := 0
	for _, k := range w.works {
		if !k.revises && w.parts[k.part].month == m {
			n++
		}
	}
	k := &work{part: int32(len(w.parts)), drop: map[xxh3.Uint128]bool{}}
	name := fmt.Sprintf("part-%06d-%03d.%s", w.history.last.Number+1, n, w.opt.Format)
	w.parts = append(w.parts, part{month: m, name: name, origin: w.opt.Meta.origin()})
	w.works[k.part] = k
	w.fresh[m] = k
	return k
}

// spillOver spills part k if it has become too big, and the biggest ones while
// all together are.
func (w *Writer) spillOver(k *work) error {
	if !k.revises && k.buffered > w.limits.partition {
		if err := w.spill(k); err != nil {
			return err
		}
	}
	if !k.revises && k.bytes > w.limits.part {
		if err := w.close(k); err != nil {
			return err
		}
	}
	for w.buffered > w.limits.buffered {
		var biggest *work
		for _, k := range w.fresh {
			// Of equals the earlier part, so that the order of a map decides nothing.
			if biggest == nil || k.buffered > biggest.buffered || k.buffered == biggest.buffered && k.part < biggest.part {
				biggest = k
			}
		}
		if biggest == nil || biggest.buffered == 0 { // all that is left are revisions: they wait for the commit
			w.batch.bytes = w.limits.batch
			return nil
		}
		if err := w.spill(biggest); err != nil {
			return err
		}
	}
	return nil
}

// spill writes a new part's buffered rows to its files.
func (w *Writer) spill(k *work) error {
	if i := slices.Index(w.open, k); i >= 0 {
		w.open = slices.Delete(w.open, i, i+1)
	} else if len(w.open) >= w.limits.open {
		if err := w.close(w.open[0]); err != nil {
			return err
		}
	}
	w.open = append(w.open, k)
	return w.flush(k)
}

// flush makes a row group in each table of a part's buffered rows.
func (w *Writer) flush(k *work) error {
	for _, r := range k.rows {
		documents.append(w.tables[0].builder, &r.document)
		for i := range r.statements {
			statements.append(w.tables[1].builder, &r.statements[i])
		}
		for i := range r.tones {
			tones.append(w.tables[2].builder, &r.tones[i])
			if w.opt.Tones != nil {
				w.opt.Tones(&r.tones[i])
			}
		}
		w.touched.Documents++
		w.touched.Statements += int64(len(r.statements))
		w.touched.Tones += int64(len(r.tones))
	}
	w.buffered -= k.buffered
	k.rows, k.buffered = nil, 0
	// The tables share nothing: each is encoded on a processor of its own.
	var tasks errgroup.Group
	for i := range w.tables {
		tasks.Go(func() error { return w.flushTable(k, i) })
	}
	return tasks.Wait()
}

// flushTable writes what the builder of table i holds to the part's file,
// made when its first rows come.
func (w *Writer) flushTable(k *work, i int) (err error) {
	record := w.tables[i].builder.NewRecord()
	defer record.Release()
	if record.NumRows() == 0 {
		return nil
	}
	if k.files[i] == nil {
		if k.files[i], err = w.create(&w.parts[k.part], i); err != nil {
			return err
		}
	}
	return k.files[i].write(record)
}

// create makes a staged file of table i.
func (w *Writer) create(p *part, i int) (*dataFile, error) {
	t := w.tables[i]
	return createFile(staged(w.dir, p.path(i)), p.path(i), w.opt.Format, t.schema, t.dictionaries())
}

// close completes a new part that is spilled or full: later documents of the
// month go to another one.
func (w *Writer) close(k *work) error {
	if k.revises || w.fresh[w.parts[k.part].month] != k {
		return nil
	}
	if len(k.rows) > 0 {
		if err := w.flush(k); err != nil {
			return err
		}
	}
	delete(w.fresh, w.parts[k.part].month)
	w.open = slices.DeleteFunc(w.open, func(o *work) bool { return o == k })
	return w.complete(k)
}

// complete closes the files of a part.
func (w *Writer) complete(k *work) error {
	for i, f := range k.files {
		if f == nil {
			continue
		}
		if err := f.close(); err != nil {
			return err
		}
		w.parts[k.part].files[i] = true
		if i == 0 {
			w.parts[k.part].documents = f.rows
		}
	}
	return nil
}

// Commit makes what was written visible. A Writer without documents commits
// only if the dataset is new or replaced: its tables are then without rows.
func (w *Writer) Commit() error {
	if w.err != nil {
		return w.err
	}
	if len(w.works) == 0 && w.history.last.Number > 0 && !w.opt.Force {
		return nil
	}
	w.err = withHint(w.commit())
	return w.err
}

func (w *Writer) commit() error {
	works := w.sortedWorks()
	for _, k := range works {
		if k.revises {
			w.settle(k)
		}
	}
	works = w.sortedWorks() // with those that settle made
	for _, k := range works {
		if err := w.stage(k); err != nil {
			return err
		}
	}
	c := w.record(works)
	if err := w.fillEmptyTables(c); err != nil {
		return err
	}
	if w.squash || c.Number%checkpointEvery == 0 {
		w.history.complete(c)
	}
	if err := publish(w.dir, c, w.remote); err != nil {
		w.history.pending = exists(commitPath(w.dir, c.Number, pending))
		return err
	}
	w.history.add(*c)
	if c.Complete {
		if err := forget(w.dir, c.Number); err != nil {
			return err
		}
		if w.remote != nil {
			if err := w.remote.forget(c.Number); err != nil {
				return err
			}
		}
	}
	w.opt.Force, w.removed = false, nil
	w.sum.add(w.touched)
	w.batch = newBatch()
	return os.RemoveAll(statePath(w.dir, stagingName))
}

func (w *Writer) sortedWorks() []*work {
	list := make([]*work, 0, len(w.works))
	for _, k := range w.works {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b *work) int {
		return cmp.Or(compareMonths(w.parts[a.part].month, w.parts[b.part].month), cmp.Compare(a.part, b.part))
	})
	return list
}

// record makes the record of the staged parts.
func (w *Writer) record(works []*work) *commit {
	c := &commit{
		Dataset: DatasetVersion, Number: w.history.last.Number + 1, Command: w.opt.Command, Run: w.opt.Meta.Run, Format: w.opt.Format,
		Complete: w.history.last.Number == 0 || w.opt.Force, Origins: []Origin{w.opt.Meta.origin()},
	}
	w.touched.Commits = 1
	for _, k := range works {
		for _, f := range k.files {
			if f != nil {
				w.note(c, f, w.parts[k.part].origin)
			}
		}
	}
	c.remove(w.removed)
	return c
}

// note adds a staged file to the record.
func (w *Writer) note(c *commit, f *dataFile, o Origin) {
	file := savedFile{fileInfo{Path: f.name, Rows: f.rows, Bytes: f.bytes, Dead: f.dead, Hash: f.hash()}, o}
	c.Files = append(c.Files, file.in(c))
	w.touched.Files++
	w.touched.Bytes += f.bytes
}

// fillEmptyTables adds a file without rows for a table that has none, since
// most readers fail on a folder without files.
func (w *Writer) fillEmptyTables(c *commit) error {
	after := w.history.after(c)
	empty := part{name: fmt.Sprintf("part-%06d-000.%s", c.Number, w.opt.Format)}
	for i, t := range tables {
		if after.rows(t.title()) >= 0 {
			continue
		}
		f, err := w.create(&empty, i)
		if err != nil {
			return err
		}
		if err := f.close(); err != nil {
			return err
		}
		w.note(c, f, c.Origins[0])
	}
	return nil
}

// Summary says what has been committed so far.
func (w *Writer) Summary() Summary { return w.sum }

func (s *Summary) add(o Summary) {
	s.Commits += o.Commits
	s.Files += o.Files
	s.Bytes += o.Bytes
	s.Added += o.Added
	s.Revised += o.Revised
	s.Replaced += o.Replaced
	s.Documents += o.Documents
	s.Statements += o.Statements
	s.Tones += o.Tones
}
