package main

import (
	"detente/output"
	"detente/stages/dedup"
)

// copies marks documents that are near-duplicates of earlier ones. It takes
// them in the order of the input, so that the number of workers does not
// matter.
type copies struct{ index *dedup.Index }

func newCopies() copies { return copies{dedup.NewIndex()} }

// mark says in d whose copy it is. The document is remembered by keep, which
// is called once it is written.
func (c copies) mark(d *output.Document) (keep func(), err error) {
	signature, err := dedup.Parse(d.Signature)
	if err != nil {
		return nil, err
	}
	id := d.Article.ID
	d.Article.DuplicateOf = c.index.First(id, &signature)
	return func() { c.index.Add(id, &signature, d.Article.DuplicateOf) }, nil
}
