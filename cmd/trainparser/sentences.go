package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"regexp"

	"detente/lexicons"
	"detente/stages"
	"detente/stages/actor"
	"detente/stages/ingest"
	"detente/stages/parse"
	"detente/stages/segment"
	"github.com/zeebo/xxh3"
)

// sentence is one line of a silver treebank. Words are the program's tokens;
// heads count from 0, the root is its own head.
type sentence struct {
	Text   string   `json:"text"`
	Words  []string `json:"words"`
	Spaces []bool   `json:"spaces,omitempty"` // white space follows the word
	Tags   []string `json:"tags,omitempty"`
	Heads  []int    `json:"heads,omitempty"`
	Rels   []string `json:"rels,omitempty"`
}

// writeSentences writes the sentences of articles that are worth parsing, each
// once, for a teacher to parse. Of each file at most limit are taken, spread
// over it by their hash.
func writeSentences(w io.Writer, files []string, skip *regexp.Regexp, limit int) error {
	lex, err := lexicons.Load()
	if err != nil {
		return err
	}
	seg, res, worth := segment.New(lex), actor.New(lex), parse.NewWorth(lex)
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	seen := map[uint64]bool{}
	for _, file := range files {
		sources, err := ingest.Expand([]string{file}, nil)
		if err != nil {
			return err
		}
		var list []sentence
		var doc stages.Document
		for a, err := range ingest.Articles(sources, ingest.Options{}) {
			if skipped := (*ingest.RecordError)(nil); errors.As(err, &skipped) {
				continue
			} else if err != nil {
				return err
			}
			if skip.String() != "" && skip.MatchString(a.Publisher) { // an empty expression would match all
				continue
			}
			doc.Reset(&a)
			seg.Segment(&doc)
			res.Resolve(&doc)
			worth.Mark(&doc)
			for _, s := range doc.Sentences {
				if n := s.Last - s.First; !s.Parsed || n < 4 || n > 120 {
					continue
				}
				if h := xxh3.HashString(s.In(a.Text)); !seen[h] {
					seen[h] = true
					list = append(list, take(&doc, s))
				}
			}
		}
		every := uint64(max(1, len(list)/max(1, limit)))
		for _, s := range list {
			if xxh3.HashString(s.Text)%every == 0 {
				if err := e.Encode(s); err != nil {
					return err
				}
			}
		}
	}
	return out.Flush()
}

func take(d *stages.Document, s stages.Sentence) sentence {
	out := sentence{Text: s.In(d.Article.Text)}
	for i := s.First; i < s.Last; i++ {
		out.Words = append(out.Words, d.Word(i))
		out.Spaces = append(out.Spaces, i+1 < s.Last && d.Tokens[i+1].Is(lexicons.Space))
	}
	return out
}
