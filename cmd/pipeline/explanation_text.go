package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// write prints the explanation for people: each sentence with its marks, and
// beneath it the statements and their tones.
//
//	Venezuela[VEN] condemned[cue -0.70] the United States[USA].
//	  1 action: Venezuela [VEN] "condemned", 2014-01-29 (document)
//	    VEN → USA  -0.70 hostile       confidence 0.81  condemned -0.70 (accuse)
func (e *explanation) write(w io.Writer) {
	p := newPainter(w)
	text := []rune(e.Text)
	for _, warning := range e.Warnings {
		fmt.Fprintf(w, "(%s)\n", warning)
	}
	for i, s := range e.Sentences {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, newMarkup(s).render(text[s.Start:s.End], p))
		for _, st := range s.Statements {
			st.write(w, p)
		}
		writeTree(w, s.Tree)
	}
}

// writeTree prints a word a line, with the number and word of its head.
func writeTree(w io.Writer, tree []node) {
	if len(tree) == 0 {
		return
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, n := range tree {
		head := "-"
		if n.Head >= 0 {
			head = fmt.Sprintf("%d %s", n.Head+1, tree[n.Head].Text)
		}
		fmt.Fprintf(table, "    %d\t%s\t%s\t%s\t%s\n", i+1, n.Text, n.Tag, n.Rel, head)
	}
	table.Flush()
}

func (s *statement) write(w io.Writer, p painter) {
	who := "unknown"
	if s.Speaker != nil {
		who = oneLine(s.Speaker.Text)
	}
	if s.SpeakerName != "" && s.SpeakerName != who {
		who += " = " + oneLine(s.SpeakerName)
	}
	if s.Source != "" {
		who += p.paint(dim, " ["+s.Source+"]")
	}
	cue := ""
	if s.Cue != nil {
		cue = fmt.Sprintf(" %q", oneLine(s.Cue.Text))
	}
	when := s.DatePrecision
	if s.DateText != nil {
		when += fmt.Sprintf(", %q", oneLine(s.DateText.Text))
	}
	fmt.Fprintf(w, "  %d %s: %s%s, %s(%s)\n", s.Ordinal+1, p.paint(bold, string(s.Kind)), who, cue, spaced(s.Date), when)
	for _, t := range s.Tones {
		// Padded before it is painted: escape codes have a width too.
		label := p.paint(signed(float64(t.Tone)), fmt.Sprintf("%-12s", t.Label))
		fmt.Fprintf(w, "    %s → %s  %s %s  confidence %.2f", p.paint(cyan, t.Source), p.paint(cyan, t.Target), p.number(float64(t.Tone)), label, t.Confidence)
		for _, v := range t.Evidence {
			fmt.Fprintf(w, "  %s %s %s", oneLine(v.Text), p.number(float64(v.Valence)), p.paint(dim, "("+v.Category+")"))
		}
		fmt.Fprintln(w)
	}
}

// markup says how the code points of a sentence look and which tags follow them.
type markup struct {
	start  int // of the sentence
	styles []style
	tags   map[int][]string // by the code point that they follow

}

func newMarkup(s sentence) *markup {
	m := &markup{start: s.Start, styles: make([]style, s.End-s.Start), tags: map[int][]string{}}
	for _, a := range s.Actors {
		m.mark(a.piece, cyan, strings.Join(a.Codes, " "))
	}
	for _, st := range s.Statements {
		if st.Cue != nil {
			m.mark(*st.Cue, under, "cue")
		}
		for _, t := range st.Tones {
			for _, v := range t.Evidence {
				m.mark(v.piece, signed(float64(v.Valence)), fmt.Sprintf("%+.2f", v.Valence))
			}
		}
	}
	return m
}

// mark styles some words of the sentence and tags their end. Of words marked
// twice the last style shows, and both tags.
func (m *markup) mark(words piece, s style, tag string) {
	from, to := words.Start-m.start, words.End-m.start
	if from < 0 || to > len(m.styles) {
		return // a cue in another sentence, as of a running quotation
	}
	for i := from; i < to; i++ {
		m.styles[i] = s
	}
	if !slices.Contains(m.tags[to-1], tag) {
		m.tags[to-1] = append(m.tags[to-1], tag)
	}
}

func (m *markup) render(text []rune, p painter) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		// A run is code points of one style up to the next tag.
		run := i + 1
		for run < len(text) && m.styles[run] == m.styles[i] && m.tags[run-1] == nil {
			run++
		}
		out.WriteString(p.paint(m.styles[i], oneLine(string(text[i:run]))))
		if tags := m.tags[run-1]; tags != nil {
			out.WriteString(p.paint(dim, "["+strings.Join(tags, " ")+"]"))
		}
		i = run
	}
	return out.String()
}

// spaced is s with a space after it, unless it is empty.
func spaced(s string) string {
	if s == "" {
		return ""
	}
	return s + " "
}
