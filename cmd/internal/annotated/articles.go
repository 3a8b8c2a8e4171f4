package annotated

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// articles reads a file of annotated articles:
//
//	@ id=… published=2006-01-02 publisher=…
//	= Headline
//	One sentence a line.
//	<tab>SRC>TGT h|c DATE PRECISION [?]
//
// The lines that begin with a tab annotate the sentence above, with a final
// question mark where a reader may disagree. An empty line ends a paragraph.
func articles(name, data string) ([]Document, error) {
	var docs []Document
	var doc *Document
	glue := "" // what joins the next sentence to the text
	for n, line := range strings.Split(data, "\n") {
		fail := func(hint string) error { return fmt.Errorf("%s:%d: %s: %q", name, n+1, hint, line) }
		kind, rest := "", line
		if line != "" {
			kind, rest = line[:1], strings.TrimSpace(line[1:])
		}
		switch {
		case kind == "#" && doc == nil:
		case kind == "@":
			docs = append(docs, Document{Set: name})
			doc = &docs[len(docs)-1]
			if err := doc.head(rest); err != nil {
				return nil, fail(err.Error())
			}
			glue = ""
		case line == "":
			glue = "\n\n"
		case doc == nil:
			return nil, fail("text before the first article")
		case kind == "=":
			doc.Title = rest
		case kind == "\t":
			if len(doc.Sentences) == 0 {
				return nil, fail("tuple before the first sentence")
			}
			t, optional, err := annotation(rest)
			if err != nil {
				return nil, fail(err.Error())
			}
			s := &doc.Sentences[len(doc.Sentences)-1]
			if optional {
				s.Optional = append(s.Optional, t)
			} else {
				s.Tuples = append(s.Tuples, t)
			}
		default:
			if doc.Text == "" {
				glue = ""
			}
			doc.Text += glue
			start := utf8.RuneCountInString(doc.Text)
			doc.Text += strings.TrimSpace(line)
			doc.Sentences = append(doc.Sentences, Sentence{Start: start, End: utf8.RuneCountInString(doc.Text)})
			glue = " "
		}
	}
	return docs, nil
}

// head reads the line that begins an article; a value runs to the next key.
func (d *Document) head(line string) error {
	key := ""
	values := map[string]string{}
	for _, word := range strings.Fields(line) {
		if k, v, ok := strings.Cut(word, "="); ok {
			key = k
			values[key] = v
		} else if key == "" {
			return fmt.Errorf("want key=value")
		} else {
			values[key] += " " + word
		}
	}
	d.ID, d.Published, d.Source = values["id"], values["published"], values["publisher"]
	if d.ID == "" || d.Published == "" {
		return fmt.Errorf("want id and published")
	}
	return nil
}

// annotation reads "SRC>TGT h 1999-03-11 day ?".
func annotation(s string) (t Tuple, optional bool, err error) {
	f := strings.Fields(s)
	if len(f) > 0 && f[len(f)-1] == "?" {
		optional, f = true, f[:len(f)-1]
	}
	if len(f) != 4 {
		return t, false, fmt.Errorf("want SRC>TGT h|c DATE PRECISION")
	}
	t, err = parseTuple(f)
	return t, optional, err
}
