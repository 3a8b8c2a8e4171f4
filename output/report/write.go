package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// The page's parts. The chart library is made by "make report-assets".
//
//go:embed web/* assets/plot.min.js
var parts embed.FS

// scripts in the order in which they run: each uses what those before it
// declare.
var scripts = []string{"assets/plot.min.js", "web/data.js", "web/statements.js", "web/matrix.js", "web/series.js", "web/changes.js", "web/page.js"}

// Write writes the page as one HTML file.
//
// encoding/json writes < > & and the line separators of JavaScript as \u003c
// and so on, so that nothing in the data ends the element it stands in.
func Write(w io.Writer, p *Page) error {
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	page, err := template.ParseFS(parts, "web/page.html")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	view := struct {
		Title, Policy string
		Style         template.CSS
		Data          template.JS
		Scripts       []template.JS
	}{Title: p.Title, Data: template.JS(data)}
	style, err := parts.ReadFile("web/page.css")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	view.Style = template.CSS(style)
	var hashes []string
	for _, name := range scripts {
		script, err := parts.ReadFile(name)
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
		sum := sha256.Sum256(script)
		hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		view.Scripts = append(view.Scripts, template.JS(script))
	}
	// Charts carry styles of their own; all else must be named.
	view.Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src " + strings.Join(hashes, " ") + "; base-uri 'none'; form-action 'none'"
	return page.Execute(w, view)
}
