package evaluate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"detente/stages"
)

// Document is one annotated article.
type Document struct {
	ID        string
	Source    string // the publisher, "" = unknown
	Text      string
	Sentences []Sentence // in text order
}

// Sentence is one sentence with its annotations.
type Sentence struct {
	Start, End       int // code points of the text, end exclusive
	Tuples, Optional []Tuple
}

// Tuple is who is how toward whom.
type Tuple struct {
	Source, Target string
	Tone           stages.Label // hostile or conciliatory
	Date           string       // YYYY, YYYY-MM or YYYY-MM-DD, "" = the text gives none
	Precision      string       // as stages.Precision, or "disputed": not scored
}

// maxLine bounds a line of a gold file.
const maxLine = 64 << 20

// Read reads gold documents; name is the file for errors, which say
// file:line. A file in another form is ErrSentimentForm.
func Read(name string, r io.Reader) ([]Document, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var list []Document
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		d, err := parse(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		list = append(list, d)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: no gold documents", name)
	}
	return list, nil
}

// ErrSentimentForm says that the gold is of the other form, NewsMTSC's: the
// sentiment of a sentence toward one mention in it.
var ErrSentimentForm = errors.New("annotates the sentiment toward a mention, not tuples")

// parse reads one line and checks what scoring relies on.
func parse(line []byte) (Document, error) {
	var d struct {
		ID        any
		Source    string
		Text      string
		Target    json.RawMessage
		Sentences []Sentence
	}
	numbers := json.NewDecoder(bytes.NewReader(line))
	numbers.UseNumber() // an id of 12345678901234567890 keeps its digits
	if err := numbers.Decode(&d); err != nil {
		return Document{}, err
	}
	switch {
	case d.Target != nil && d.Sentences == nil:
		return Document{}, ErrSentimentForm
	case d.ID == nil:
		return Document{}, errors.New("no id")
	case d.Text == "":
		return Document{}, errors.New("no text")
	case d.Sentences == nil:
		return Document{}, errors.New("no sentences")
	}
	end, length := 0, utf8.RuneCountInString(d.Text)
	for i, s := range d.Sentences {
		if s.Start < end || s.End < s.Start || s.End > length {
			return Document{}, fmt.Errorf("sentence %d: start %d and end %d do not fit a text of %d code points or the sentence before", i, s.Start, s.End, length)
		}
		end = s.End
		for _, list := range [][]Tuple{s.Tuples, s.Optional} {
			for _, t := range list {
				if err := t.check(); err != nil {
					return Document{}, fmt.Errorf("sentence %d: %w", i, err)
				}
			}
		}
	}
	return Document{ID: fmt.Sprint(d.ID), Source: d.Source, Text: d.Text, Sentences: d.Sentences}, nil
}

func (t Tuple) check() error {
	if t.Source == "" || t.Target == "" {
		return errors.New("a tuple without source or target")
	}
	if t.Tone != stages.Hostile && t.Tone != stages.Conciliatory {
		return fmt.Errorf("tone %q: want %s or %s", t.Tone, stages.Hostile, stages.Conciliatory)
	}
	return nil
}
