package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
)

// State is what a look at a dataset tells.
type State struct {
	Commit                       int       // number of the last one
	Time                         time.Time // of the last commit
	Command, Run                 string    // that made it
	Writer                       string    // who is writing now, "" = nobody
	Format                       Format
	Files                        int
	Bytes                        int64
	Mergeable                    int // files that Compact would merge
	Documents, Statements, Tones int64
	Duplicates                   int64 // documents that are copies of others
	Undated                      int64 // documents
	First, Last                  time.Time
	Origins                      map[Origin]int64 // number of documents
	Problems                     []string
}

// ReadState looks at a dataset, without a lock. It opens the table documents alone;
// Verify reads everything.
func ReadState(dir string) (*State, error) {
	h, err := readHistory(dir)
	if err != nil {
		return nil, withHint(err)
	}
	if h.last.Number == 0 {
		return nil, noDataset(dir)
	}
	s := &State{
		Commit: h.last.Number, Time: h.time, Command: h.last.Command, Run: h.last.Run, Format: h.last.Format, Writer: holderOf(dir),
		Files: len(h.files), Documents: h.rows(documents.name), Statements: h.rows(statements.name), Tones: h.rows(tones.name),
	}
	for _, f := range h.files {
		s.Bytes += f.Bytes
	}
	w := &Writer{history: h, parts: h.parts()}
	s.Origins = origins(w.parts)
	for _, group := range w.mergeable() {
		for _, i := range group {
			for _, has := range w.parts[i].files {
				if has {
					s.Mergeable++
				}
			}
		}
	}
	s.Problems, err = h.problems(dir, s.Writer)
	if err != nil {
		return nil, withHint(err)
	}
	type published struct {
		at   time.Time
		copy bool
	}
	pick := func(r *DocumentRow, list []published) []published {
		return append(list, published{r.Published, r.DuplicateOf != ""})
	}
	for list, err := range ScanDocuments(dir, Query{Columns: []string{"published", "duplicate_of"}}, pick) {
		if err != nil {
			s.Problems = append(s.Problems, err.Error())
			break
		}
		for _, d := range list {
			s.see(d.at)
			if d.copy {
				s.Duplicates++
			}
		}
	}
	return s, nil
}

func (s *State) see(at time.Time) {
	switch {
	case at.IsZero():
		s.Undated++
		return
	case s.First.IsZero() || at.Before(s.First):
		s.First = at
	}
	if at.After(s.Last) {
		s.Last = at
	}
}

// problems compares the log with the folder, without reading files.
func (h *history) problems(dir, writer string) (list []string, err error) {
	if writer == "" && h.pending {
		list = append(list, fmt.Sprintf("commit %d is not complete: the next run completes it", h.last.Number))
	}
	if writer == "" && !h.pending && exists(statePath(dir, stagingName)) {
		list = append(list, "a run was cut off: the next one clears away what it had not committed")
	}
	there, err := tableFiles(dir)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range there {
		known[p] = true
		if _, ok := h.files[p]; !ok {
			list = append(list, p+": the log does not know this file")
		}
	}
	for p, f := range h.files {
		info, err := os.Stat(final(dir, p))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			list = append(list, p+": the file is lost")
		case err != nil:
			list = append(list, err.Error())
		case info.Size() != f.Bytes:
			list = append(list, fmt.Sprintf("%s: the file has %d bytes, the log says %d", p, info.Size(), f.Bytes))
		}
	}
	slices.Sort(list)
	return list, nil
}
