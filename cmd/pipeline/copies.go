package main

import (
	"log/slog"

	"detente/output"
	"detente/stages/dedup"
)

// copies marks documents that are near-duplicates of earlier ones, of this run
// or of the dataset. It takes them in the order of the input, so that the
// number of workers does not matter.
type copies struct {
	dir   string // of the dataset to go on from, "" = none
	log   *slog.Logger
	index *dedup.Index // nil until the first document: a run that finds nothing new needs none
}

func newCopies(dir string, log *slog.Logger) copies { return copies{dir: dir, log: log} }

// mark says in d whose copy it is. The document is remembered by keep, which
// is called once it is written.
func (c *copies) mark(d *output.Document) (keep func(), err error) {
	if c.index == nil {
		if err := c.load(); err != nil {
			return nil, err
		}
	}
	signature, err := dedup.Parse(d.Signature)
	if err != nil {
		return nil, err
	}
	id := d.Article.ID
	d.Article.DuplicateOf = c.index.First(id, &signature)
	return func() { c.index.Add(id, &signature, d.Article.DuplicateOf) }, nil
}

// load fills the index with the signatures of the dataset.
func (c *copies) load() error {
	c.index = dedup.NewIndex()
	if c.dir == "" {
		return nil
	}
	type row struct {
		id, original string
		signature    dedup.Signature
	}
	var later []row // copies: their originals are added first
	unreadable := 0
	for r, err := range output.ReadDocuments(c.dir, "doc_id", "duplicate_of", "signature") {
		if err != nil {
			return err
		}
		signature, err := dedup.Parse(r.Signature)
		switch {
		case err != nil:
			unreadable++
		case r.DuplicateOf != "":
			later = append(later, row{r.DocID, r.DuplicateOf, signature})
		default:
			c.index.Add(r.DocID, &signature, "")
		}
	}
	for i := range later {
		c.index.Add(later[i].id, &later[i].signature, later[i].original)
	}
	if unreadable > 0 {
		c.log.Warn("copies of some documents will not be found: their signatures are of another version", "documents", unreadable,
			"hint", "pipeline run --rescore without inputs makes them anew")
	}
	return nil
}
