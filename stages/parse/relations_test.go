package parse_test

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"detente/stages"
)

// TestRelations reads the sentences of testdata/relations.txt.
func TestRelations(t *testing.T) {
	const file = "testdata/relations.txt"
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := newChain(t)
	var doc *stages.Document
	checked := 0
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if text, ok := strings.CutPrefix(line, "text: "); ok {
			doc = c.document(text)
			if len(doc.Sentences) != 1 || !doc.Sentences[0].Parsed {
				t.Fatalf("%s:%d: want one sentence that is worth parsing", file, n)
			}
			continue
		}
		line, todo := strings.CutPrefix(line, "todo ")
		fields := strings.Fields(line)
		if len(fields) != 3 || doc == nil {
			t.Fatalf("%s:%d: want dependent, relation and head", file, n)
		}
		fault := expect(doc, fields[0], fields[1], fields[2])
		checked++
		switch {
		case fault != "" && !todo:
			t.Errorf("%s:%d: %s: %s", file, n, line, fault)
		case fault == "" && todo:
			t.Errorf("%s:%d: %s: this is right now, take the mark away", file, n, line)
		}
	}
	if err := in.Err(); err != nil || checked == 0 {
		t.Fatalf("%d relations checked, %v", checked, err)
	}
}

// expect says what is wrong with a relation, "" for nothing.
func expect(d *stages.Document, dependent, rel, head string) string {
	if dependent == "-" {
		dependent, head = head, dependent
	}
	i, ok := word(d, dependent)
	if !ok {
		return fmt.Sprintf("no word %q", dependent)
	}
	got := "-"
	if h := d.Head(i); h >= 0 {
		got = d.Word(h)
		if _, number, ok := strings.Cut(head, "#"); ok {
			got += "#" + number
			if want, _ := word(d, head); want != h {
				got = d.Word(h) + " (another)"
			}
		}
	}
	if got != head || d.Rel(i).String() != rel {
		return fmt.Sprintf("it is %s %s %s", dependent, d.Rel(i), got)
	}
	return ""
}

// word finds a word by name; word#2 is the second of its kind.
func word(d *stages.Document, name string) (int, bool) {
	name, number, _ := strings.Cut(name, "#")
	nth, err := strconv.Atoi(number)
	if err != nil {
		nth = 1
	}
	for i := range d.Tokens {
		if d.Word(i) == name {
			if nth--; nth == 0 {
				return i, true
			}
		}
	}
	return 0, false
}
