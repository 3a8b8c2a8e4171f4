package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// cell is a piece of a grid. Numbers stand to the right.
type cell struct {
	text  string
	style style
	right bool
}

// grid is a table for people: columns as wide as their cells.
type grid struct {
	head []string
	rows [][]cell
	note []string // below a row, by its number
}

func (g *grid) add(note string, cells ...cell) {
	g.rows = append(g.rows, cells)
	g.note = append(g.note, note)
}

func (g *grid) write(w io.Writer, p painter) {
	widths := make([]int, len(g.head))
	for i, h := range g.head {
		widths[i] = utf8.RuneCountInString(h)
	}
	for _, row := range g.rows {
		for i, c := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(c.text))
		}
	}
	line := func(cells []cell) {
		var b strings.Builder
		for i, c := range cells {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c.text))
			if i > 0 {
				b.WriteString("  ")
			}
			if c.right {
				b.WriteString(pad + p.paint(c.style, c.text))
			} else {
				b.WriteString(p.paint(c.style, c.text) + pad)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
	head := make([]cell, len(g.head))
	for i, h := range g.head {
		head[i] = cell{text: h, style: bold}
		if len(g.rows) > 0 {
			head[i].right = g.rows[0][i].right
		}
	}
	line(head)
	for i, row := range g.rows {
		line(row)
		if g.note[i] != "" {
			fmt.Fprintln(w, p.paint(dim, "  ! "+g.note[i]))
		}
	}
}
