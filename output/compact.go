package output

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Bytes of files, compressed.
const (
	smallPart  = 32 << 20 // of a part's three files, below which compaction merges it with others
	mergedPart = 64 << 20 // of the parts that are merged into one, about
	maxMerged  = 1 << 30  // of one commit
)

// Compacted says what Compact did.
type Compacted struct {
	Before, After int // files
	Commits       int
}

// Compact merges small parts of a month that the same program, lexicons and
// model scored, writes those anew that revisions have left half dead, takes
// files without rows away, and makes one record of the log.
// No row changes, but files that readers may have listed vanish.
func Compact(dir string, opt Options) (c Compacted, err error) {
	opt.Command = cmp.Or(opt.Command, "compact")
	if !IsRemote(dir) { // nothing is made where no dataset is
		if h, err := readHistory(localName(dir)); err != nil {
			return c, withHint(err)
		} else if h.last.Number == 0 {
			return c, noDataset(dir)
		}
	}
	w, err := open(dir, opt)
	if err != nil {
		return c, err
	}
	defer w.Close()
	if w.history.last.Number == 0 {
		return c, noDataset(dir)
	}
	w.opt.Format, w.squash = w.history.last.Format, true
	w.parts = w.history.parts()
	c.Before = len(w.history.files)
	bytes := int64(0)
	for _, group := range w.mergeable() {
		if bytes > maxMerged {
			if err := w.Commit(); err != nil {
				return c, err
			}
			bytes = 0
		}
		for _, i := range group {
			n, dead := w.history.bytes(&w.parts[i])
			bytes += n - dead
		}
		if err := w.merge(group); err != nil {
			return c, withHint(err)
		}
	}
	w.dropEmpty()
	if len(w.removed) > 0 {
		if err := withHint(w.commit()); err != nil {
			return c, err
		}
	}
	c.After, c.Commits = len(w.history.files), w.sum.Commits
	return c, nil
}

func noDataset(dir string) error {
	return &HintError{fmt.Errorf("%s: %w", dir, ErrNoDataset), "give the folder that pipeline run wrote with --out"}
}

// bytes is the size of a part's files, and how much of it is dead.
func (h *history) bytes(p *part) (n, dead int64) {
	for i := range tables {
		f := h.files[p.path(i)]
		n += f.Bytes
		dead += f.Dead
	}
	return n, dead
}

// mergeable groups the parts that are to be written as one, by index: small
// ones that belong together, and each that is half dead.
func (w *Writer) mergeable() (groups [][]int32) {
	type kind struct {
		month  month
		origin Origin
	}
	open := map[kind]int{} // index in groups of the one that takes more
	size := map[kind]int64{}
	for i := range w.parts {
		p := &w.parts[i]
		n, dead := w.history.bytes(p)
		n -= dead
		switch {
		case p.documents == 0:
			continue
		case n >= smallPart:
			if dead > n {
				groups = append(groups, []int32{int32(i)})
			}
			continue
		}
		k := kind{p.month, p.origin}
		at, ok := open[k]
		if !ok || size[k]+n > mergedPart {
			at, size[k] = len(groups), 0
			open[k] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], int32(i))
		size[k] += n
	}
	return slices.DeleteFunc(groups, func(g []int32) bool {
		n, dead := w.history.bytes(&w.parts[g[0]])
		return len(g) == 1 && dead <= n-dead
	})
}

// merge stages one part with all rows of a group.
func (w *Writer) merge(group []int32) error {
	var from [3][]string
	for _, at := range group {
		p := &w.parts[at]
		if err := w.fetch(p); err != nil {
			return err
		}
		for i := range tables {
			if p.files[i] {
				from[i] = append(from[i], final(w.dir, p.path(i)))
				w.removed = append(w.removed, p.path(i))
			}
		}
	}
	k := w.newPart(w.parts[group[0]].month)
	w.parts[k.part].origin = w.parts[group[0]].origin
	delete(w.fresh, w.parts[k.part].month)
	return w.writeAnew(k, from, func(string) bool { return true })
}

// dropEmpty marks the files without rows for removal, where the table has others.
func (w *Writer) dropEmpty() {
	gone := map[string]bool{}
	for _, p := range w.removed {
		gone[p] = true
	}
	for _, p := range slices.Sorted(maps.Keys(w.history.files)) {
		if w.history.files[p].Rows == 0 && !gone[p] && w.history.rows(tableOf(p)) > 0 {
			w.removed = append(w.removed, p)
		}
	}
}
