package output

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zeebo/xxh3"
	"golang.org/x/sync/errgroup"
)

// maxProblems is the most that a Report lists.
const maxProblems = 1000

// Report is what Verify found.
type Report struct {
	Commit                       int
	Files                        int
	Documents, Statements, Tones int64    // rows read
	Problems                     []string // in the order of files, at most 1000
	More                         int      // problems that are not listed
}

// Verify reads a whole dataset and holds it against its log and against
// itself: that the files are those of the log, byte for byte; that ids are
// unique, documents in their month's folder and rows as many as they say; that
// each statement has its document, each tone its statement, each copy its
// original, and all words stand at their offsets. contentHash, unless nil, makes the content_hash of a
// document anew. It takes no lock; if a run commits meanwhile and there are
// problems, it returns ErrLocked.
func Verify(dir string, contentHash func(title string, published time.Time, text string) string) (*Report, error) {
	h, err := readHistory(dir)
	if err != nil {
		return nil, withHint(err)
	}
	if h.last.Number == 0 {
		return nil, noDataset(dir)
	}
	v := &verifier{dir: dir, history: h, contentHash: contentHash, ids: map[xxh3.Uint128]bool{}}
	problems, err := h.problems(dir, holderOf(dir))
	if err != nil {
		return nil, withHint(err)
	}
	v.report = Report{Commit: h.last.Number, Files: len(h.files), Problems: problems}
	var tasks errgroup.Group
	tasks.SetLimit(runtime.GOMAXPROCS(0))
	paths := slices.Sorted(maps.Keys(h.files))
	for _, p := range paths {
		tasks.Go(func() error { v.checkBytes(h.files[p]); return nil })
	}
	tasks.Wait()
	parts := h.parts()
	for i := range parts {
		tasks.Go(func() error { v.checkPart(&parts[i]); return nil })
	}
	tasks.Wait()
	v.checkOrphans(parts)
	v.checkOriginals()

	slices.Sort(v.report.Problems)
	if len(v.report.Problems) > 0 {
		now, err := readHistory(dir)
		if err != nil || now.last.Number != h.last.Number || now.pending != h.pending {
			return nil, &HintError{fmt.Errorf("%s %w", dir, ErrLocked), "verify it again when the run has ended"}
		}
	}
	return &v.report, nil
}

// verifier is safe for concurrent use.
type verifier struct {
	dir         string
	history     *history
	contentHash func(title string, published time.Time, text string) string

	mu     sync.Mutex
	report Report
	ids    map[xxh3.Uint128]bool // of documents; true = a copy
	copies []copied
}

// copied is a document that is a copy of another.
type copied struct{ path, id, original string }

func (v *verifier) problem(format string, args ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.report.Problems) < maxProblems {
		v.report.Problems = append(v.report.Problems, fmt.Sprintf(format, args...))
	} else {
		v.report.More++
	}
}

// checkBytes compares a file with the log. What is lost or has another size is
// known by then.
func (v *verifier) checkBytes(f savedFile) {
	in, err := os.Open(final(v.dir, f.Path))
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	sum, n := xxh3.New(), int64(0)
	if err == nil {
		defer in.Close()
		n, err = io.Copy(sum, in)
	}
	if err != nil {
		v.problem("%s: %v", f.Path, err)
		return
	}
	if b := sum.Sum128().Bytes(); n == f.Bytes && hex.EncodeToString(b[:]) != f.Hash {
		v.problem("%s: the bytes are not those that were written", f.Path)
	}
}

// checkOrphans finds files whose part has no documents at all.
func (v *verifier) checkOrphans(parts []part) {
	belong := map[string]bool{}
	for i := range parts {
		for k := range tables {
			belong[parts[i].path(k)] = true
		}
	}
	for p, f := range v.history.files {
		if !belong[p] && f.Rows > 0 {
			v.problem("%s: there is no file of its documents", p)
		}
	}
}

// checkOriginals checks that each copy is one of a document that is there and
// is no copy itself.
func (v *verifier) checkOriginals() {
	for _, c := range v.copies {
		if copy, known := v.ids[hashID(c.original)]; !known {
			v.problem("%s: document %q is a copy of %q, which is not there", c.path, c.id, c.original)
		} else if copy {
			v.problem("%s: document %q is a copy of %q, which is a copy itself", c.path, c.id, c.original)
		}
	}
}

// checkedDocument is what the statements of a document are held against.
type checkedDocument struct {
	text       codePoints // "" = not kept
	published  time.Time
	duplicate  bool
	statements int32          // to come
	ordinals   map[int32]bool // seen
}

// checkPart checks the rows of a part's three files.
func (v *verifier) checkPart(p *part) {
	docs := map[string]*checkedDocument{}
	checkTable(v, documents, p, 0, func(r *DocumentRow) { v.checkDocument(p, r, docs) })
	checkTable(v, statements, p, 1, func(r *StatementRow) { v.checkStatement(p.path(1), r, docs) })
	checkTable(v, tones, p, 2, func(r *ToneRow) { v.checkTone(p.path(2), r, docs) })
	for id, d := range docs {
		if d.statements != 0 {
			v.problem("%s: document %q: its number of statements differs by %d", p.path(0), id, d.statements)
		}
	}
}

func checkTable[R any](v *verifier, t *table[R], p *part, i int, check func(*R)) {
	if !p.files[i] {
		return
	}
	rows := int64(0)
	for row, err := range t.readFile(final(v.dir, p.path(i)), nil) {
		if errors.Is(err, os.ErrNotExist) {
			return // known
		} else if err != nil {
			v.problem("%s: %s", p.path(i), strings.TrimPrefix(err.Error(), final(v.dir, p.path(i))+": "))
			return
		}
		rows++
		if err := t.check(&row, ""); err != nil {
			v.problem("%s: %s %s", p.path(i), err.(*InvalidError).Column, err.(*InvalidError).Reason)
		}
		check(&row)
	}
	if want := v.history.files[p.path(i)].Rows; rows != want {
		v.problem("%s: the file has %d rows, the log says %d", p.path(i), rows, want)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	*[]*int64{&v.report.Documents, &v.report.Statements, &v.report.Tones}[i] += rows
}

func (v *verifier) checkDocument(p *part, r *DocumentRow, docs map[string]*checkedDocument) {
	key := hashID(r.DocID)
	v.mu.Lock()
	_, twice := v.ids[key]
	v.ids[key] = r.DuplicateOf != ""
	if r.DuplicateOf != "" {
		v.copies = append(v.copies, copied{p.path(0), r.DocID, r.DuplicateOf})
	}
	v.mu.Unlock()
	path := p.path(0)
	if twice {
		v.problem("%s: document %q is there twice", path, r.DocID)
	}
	if monthOf(r.Published) != p.month {
		v.problem("%s: document %q of %s lies in the wrong month's folder", path, r.DocID, r.Published.Format(time.DateOnly))
	}
	if v.contentHash != nil && r.Text != "" {
		if got := v.contentHash(r.Title, r.Published, r.Text); got != r.ContentHash {
			v.problem("%s: document %q: content_hash is %s, not %s", path, r.DocID, r.ContentHash, got)
		}
	}
	docs[r.DocID] = &checkedDocument{newCodePoints(r.Text), r.Published, r.DuplicateOf != "", r.Statements, map[int32]bool{}}
}

func (v *verifier) checkStatement(path string, r *StatementRow, docs map[string]*checkedDocument) {
	d := docs[r.DocID]
	if d == nil {
		v.problem("%s: statement %q has no document", path, r.StatementID)
		return
	}
	d.statements--
	if r.StatementID != fmt.Sprintf("%s:%d", r.DocID, r.Ordinal) || d.ordinals[r.Ordinal] {
		v.problem("%s: statement %q is there twice or has another's id", path, r.StatementID)
	}
	d.ordinals[r.Ordinal] = true
	if !r.Published.Equal(d.published) {
		v.problem("%s: statement %q: published is not its document's", path, r.StatementID)
	}
	v.checkWords(path, r.StatementID, "text", d, r.Start, r.End, r.Text)
	if r.Cue != "" {
		v.checkWords(path, r.StatementID, "cue", d, int32(r.CueStart), int32(r.CueEnd), r.Cue)
	}
	if r.Speaker != "" {
		v.checkWords(path, r.StatementID, "speaker", d, int32(r.SpeakerStart), int32(r.SpeakerEnd), r.Speaker)
	}
}

func (v *verifier) checkTone(path string, r *ToneRow, docs map[string]*checkedDocument) {
	d := docs[r.DocID]
	var ordinal int32
	if d != nil && len(r.StatementID) > len(r.DocID) {
		fmt.Sscanf(r.StatementID[len(r.DocID):], ":%d", &ordinal)
	}
	if d == nil || !d.ordinals[ordinal] || r.StatementID != fmt.Sprintf("%s:%d", r.DocID, ordinal) {
		v.problem("%s: tone of %q has no statement", path, r.StatementID)
		return
	}
	if !r.Published.Equal(d.published) || r.Duplicate != d.duplicate {
		v.problem("%s: tone of %q: published or duplicate is not its document's", path, r.StatementID)
	}
	for _, e := range r.Evidence {
		v.checkWords(path, r.StatementID, "evidence", d, e.Start, e.End, e.Term)
	}
}

// checkWords checks that words stand where they are said to.
func (v *verifier) checkWords(path, id, column string, d *checkedDocument, start, end int32, words string) {
	if d.text.text == "" {
		return
	}
	from, ok := d.text.offset(start)
	to, ok2 := d.text.offset(end)
	if !ok || !ok2 || from > to || d.text.text[from:to] != words {
		v.problem("%s: %q: %s is not what the document's text has from %d to %d", path, id, column, start, end)
	}
}
