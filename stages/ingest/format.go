package ingest

import (
	"bytes"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// format is how a file's records are written.
type format string

const (
	formatText    format = "text"
	formatJSONL   format = "jsonl"
	formatJSON    format = "json"
	formatCSV     format = "csv"
	formatTSV     format = "tsv"
	formatParquet format = "parquet"
	formatHTML    format = "html"
	formatFeed    format = "feed"
	formatWARC    format = "warc"
)

// hasColumns reports whether inputs of this format name their fields.
func (f format) hasColumns() bool {
	switch f {
	case formatText, formatHTML, formatFeed, formatWARC:
		return false
	}
	return true
}

// formatByExtension has the known extensions. Their names without the dot, and
// those of the formats, are also the values of Options.StdinFormat.
var formatByExtension = map[string]format{
	".txt":       formatText,
	".text":      formatText,
	".md":        formatText,
	".markdown":  formatText,
	".jsonl":     formatJSONL,
	".ndjson":    formatJSONL,
	".jsonlines": formatJSONL,
	".json":      formatJSON,
	".csv":       formatCSV,
	".tsv":       formatTSV,
	".tab":       formatTSV,
	".parquet":   formatParquet,
	".pq":        formatParquet,
	".html":      formatHTML,
	".htm":       formatHTML,
	".xhtml":     formatHTML,
	".xml":       formatFeed,
	".rss":       formatFeed,
	".atom":      formatFeed,
	".rdf":       formatFeed,
	".warc":      formatWARC,
}

func extensions() []string { return slices.Sorted(maps.Keys(formatByExtension)) }

// formatOf is the format that a file's name tells, "" if none.
func formatOf(path string) format {
	name := strings.ToLower(filepath.Base(path))
	return formatByExtension[filepath.Ext(withoutCompression(name))]
}

// withoutCompression drops the extension of a compressed file.
func withoutCompression(name string) string {
	switch ext := filepath.Ext(name); ext {
	case ".gz", ".gzip", ".zst", ".zstd":
		return strings.TrimSuffix(name, ext)
	}
	return name
}

// sniffLen is how much of a file sniff looks at.
const sniffLen = 64 << 10

// sniff corrects the format that a name tells, "" = none, by the first bytes
// of the content, decompressed. It returns "" for what is no known format.
func sniff(named format, head []byte, cols *columns) format {
	switch named {
	case formatJSON, formatJSONL:
		return sniffJSON(named, head, cols)
	case formatFeed:
		if startsHTML(head) {
			return formatHTML
		}
		return formatFeed
	case "":
	default:
		return named
	}
	switch trimmed := bytes.TrimLeft(head, " \t\r\n"); {
	case bytes.HasPrefix(head, parquetMagic):
		return formatParquet
	case bytes.HasPrefix(head, warcVersion):
		return formatWARC
	case bytes.IndexByte(head, 0) >= 0:
		return ""
	case startsJSON(trimmed):
		return sniffJSON(formatJSON, head, cols)
	case startsHTML(head):
		return formatHTML
	case startsXML(trimmed):
		return formatFeed
	case startsTable(firstLine(head), cols):
		return formatCSV
	}
	return formatText
}

// sniffJSON tells JSON Lines from JSON, whatever the name: many files named
// .json hold an object a line, and some named .jsonl an array.
func sniffJSON(named format, head []byte, cols *columns) format {
	line := firstLine(head)
	switch {
	case bytes.HasPrefix(line, []byte("[")), string(line) == "{":
		return formatJSON
	case named == formatJSONL, namesText(line, cols):
		return formatJSONL
	}
	return formatJSON
}

// startsJSON tells JSON from a text that happens to start with a bracket, such
// as "[Caracas] ...".
func startsJSON(b []byte) bool {
	if len(b) == 0 || b[0] != '{' && b[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(b[1:], " \t\r\n")
	switch {
	case len(rest) == 0:
		return false
	case b[0] == '{':
		return rest[0] == '"' || rest[0] == '}'
	}
	return rest[0] == '{' || rest[0] == ']'
}

// htmlStart is the start of a page: its document type or root, after comments
// and a declaration.
var htmlStart = regexp.MustCompile(`(?is)^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html[\s>])`)

// startsHTML reports whether a page stands ahead, maybe behind a declaration.
func startsHTML(head []byte) bool {
	return htmlStart.Match(head[:min(len(head), 1024)])
}

// startsXML reports whether a feed, or other XML, stands ahead.
func startsXML(b []byte) bool {
	for _, start := range []string{"<?xml", "<rss", "<feed", "<rdf:RDF"} {
		if bytes.HasPrefix(b, []byte(start)) {
			return true
		}
	}
	return false
}

// startsTable reports whether line is a table's header that names a text.
func startsTable(line []byte, cols *columns) bool {
	sep := sniffComma(line)
	if bytes.IndexByte(line, byte(sep)) < 0 {
		return false
	}
	for name := range bytes.SplitSeq(line, []byte{byte(sep)}) {
		if s, ok := cols.lookup(bytes.Trim(name, `" `)); ok && s.field == fieldText {
			return true
		}
	}
	return false
}

// firstLine is the first line that is not blank, without the space around it.
func firstLine(b []byte) []byte {
	line, _, _ := bytes.Cut(bytes.TrimLeft(b, " \t\r\n"), []byte("\n"))
	return bytes.TrimSpace(line)
}
