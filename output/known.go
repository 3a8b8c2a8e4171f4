package output

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/zeebo/xxh3"
	"golang.org/x/sync/errgroup"
)

// Known tells which documents a dataset holds, in which version and where. Ids
// are kept as hashes of 128 bits and versions as hashes of 64. It is safe for
// concurrent use; the zero Known has none.
type Known struct {
	mu   sync.Mutex
	docs map[xxh3.Uint128]entry
}

type entry struct {
	content uint64 // hash of content_hash
	part    int32  // that holds its rows, noPart for a document that is on its way
	own     bool   // this run wrote it
	stale   bool   // another program, lexicons or model scored it
}

const noPart = -1

func hashID(docID string) xxh3.Uint128 { return xxh3.HashString128(docID) }

// Status says what a dataset knows of a document.
type Status int

// The statuses.
const (
	New       Status = iota // not its id
	Changed                 // its id with another content_hash
	Stale                   // both, but scored by another program, lexicons or model
	Unchanged               // both
)

// Claim says what is known of a document and notes its version as the last
// one, also for what Claim says of it next. Documents are claimed in the order
// of the input, before they are scored.
func (k *Known) Claim(docID, contentHash string) Status {
	key, content := hashID(docID), xxh3.HashString(contentHash)
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.docs[key]
	status := Changed
	switch {
	case !ok:
		e.part, status = noPart, New
	case e.content == content && !e.stale:
		return Unchanged
	case e.content == content:
		status = Stale
	}
	e.content, e.stale = content, false
	k.set(key, e)
	return status
}

func (k *Known) set(key xxh3.Uint128, e entry) {
	if k.docs == nil {
		k.docs = map[xxh3.Uint128]entry{}
	}
	k.docs[key] = e
}

// ReadKnown reads which documents a dataset holds, for a look at it: nothing is
// locked or mended. A folder without a dataset has none.
func ReadKnown(dir string, m Meta) (*Known, error) {
	h, err := readHistory(dir)
	if err == nil && h.pending {
		err = &HintError{fmt.Errorf("%s: commit %d is not complete", dir, h.last.Number), "the next run completes it"}
	}
	k := new(Known)
	if err == nil {
		err = k.load(dir, h.parts(), m.origin())
	}
	return k, withHint(err)
}

// place returns where a document's rows are, noPart if nowhere.
func (k *Known) place(key xxh3.Uint128) (part int32, own bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e, ok := k.docs[key]; ok {
		return e.part, e.own
	}
	return noPart, false
}

// put notes that this run wrote a document to a part.
func (k *Known) put(key xxh3.Uint128, contentHash string, part int32) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.docs[key]
	if !ok {
		e.content = xxh3.HashString(contentHash)
	}
	e.part, e.own = part, true
	k.set(key, e)
}

// load reads the documents of all parts.
func (k *Known) load(dir string, parts []part, now Origin) error {
	columns, err := documents.choose([]string{"doc_id", "content_hash"})
	if err != nil {
		return err
	}
	n := int64(0)
	for _, p := range parts {
		n += p.documents
	}
	k.docs = make(map[xxh3.Uint128]entry, n) // growing, it would leave as much garbage behind
	// Of what is read, garbage may be a fifth of the heap and not half: the map is
	// most of it, and has no pointers that a collection would have to follow.
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	var tasks errgroup.Group
	tasks.SetLimit(runtime.GOMAXPROCS(0))
	for i := range parts {
		tasks.Go(func() error {
			stale := parts[i].origin != now
			for view, err := range documents.views(final(dir, parts[i].path(0)), columns) {
				if err != nil {
					return err
				}
				k.mu.Lock()
				for j := range view.rows {
					r := &view.rows[j]
					k.set(hashID(r.DocID), entry{content: xxh3.HashString(r.ContentHash), part: int32(i), stale: stale})
				}
				k.mu.Unlock()
			}
			return nil
		})
	}
	return tasks.Wait()
}
