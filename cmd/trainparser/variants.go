package main

import (
	"strings"

	"github.com/zeebo/xxh3"

	"detente/stages"
	"detente/stages/parse"
	"detente/stages/segment"
)

// variants returns a sentence once more in the manner of old wire copy and
// headlines, which the texts at hand have little of: one in 25 in capitals, one
// in 25 without articles.
func variants(seg *segment.Segmenter, s *sentence, d *stages.Document) []parse.Example {
	v := sentence{Tags: s.Tags, Heads: s.Heads, Rels: s.Rels}
	switch h := xxh3.HashString(s.Text) / 40 % 25; {
	case h == 0 && len(s.Words) <= 25:
		v.Text = strings.ToUpper(s.Text)
		for _, w := range s.Words {
			v.Words = append(v.Words, strings.ToUpper(w))
		}
	case h == 1:
		v = withoutArticles(s, d)
	default:
		return nil
	}
	if e, ok := exampleOf(seg, &v); ok && len(v.Words) > 3 {
		return []parse.Example{e}
	}
	return nil
}

// withoutArticles drops the articles that nothing hangs on.
func withoutArticles(s *sentence, d *stages.Document) sentence {
	var v sentence
	var text strings.Builder
	to := make([]int, len(s.Words)) // by token: its place in v
	kept := 0
	for i, w := range s.Words {
		to[i] = kept
		if !article(s, i, w) {
			kept++
		}
	}
	for i, w := range s.Words {
		end := len(s.Text)
		if i+1 < len(s.Words) {
			end = int(d.Tokens[i+1].Start)
		}
		if article(s, i, w) {
			continue
		}
		text.WriteString(s.Text[d.Tokens[i].Start:end])
		v.Words = append(v.Words, w)
		v.Tags = append(v.Tags, s.Tags[i])
		v.Rels = append(v.Rels, s.Rels[i])
		v.Heads = append(v.Heads, to[s.Heads[i]])
	}
	v.Text = text.String()
	return v
}

func article(s *sentence, i int, w string) bool {
	if s.Rels[i] != "det" || !strings.EqualFold(w, "the") && !strings.EqualFold(w, "a") && !strings.EqualFold(w, "an") {
		return false
	}
	for k, h := range s.Heads {
		if h == i && k != i {
			return false
		}
	}
	return true
}
