package ingest

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkReading reads data as a format and checks what holds for any input. It
// returns the number of articles and errors.
func checkReading(t *testing.T, format string, data []byte) (articles, errs int) {
	const limit = 1 << 12
	all, failed := readAll(t, []Source{{Path: "-"}}, Options{Stdin: bytes.NewReader(data), StdinFormat: format, MaxDocument: limit})
	for _, a := range all {
		for _, s := range []string{a.ID, a.URI, a.Publisher, a.URL, a.Title, a.Text} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") {
				t.Fatalf("%q: %q", data, s)
			}
		}
		if a.ID == "" || strings.TrimSpace(a.Text) == "" || a.ContentHash == "" || a.Language == "" || a.PublishedFrom == "" {
			t.Fatalf("%q: %+v", data, a)
		}
	}
	for i, e := range failed {
		if e.File == "" || e.Err == nil || e.Fatal && i < len(failed)-1 {
			t.Fatalf("%q: error %d of %d: %+v", data, i, len(failed), e)
		}
	}
	// An array without elements, "[ ]", has nothing to read or to report.
	if len(data) > 0 && len(all)+len(failed) == 0 && format == "jsonl" && len(bytes.Trim(data, " \t\r\n[]")) > 0 {
		t.Fatalf("%q: neither read nor reported", data)
	}
	return len(all), len(failed)
}

func FuzzJSONL(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s + "\n" + jsonObject))
	}
	f.Add([]byte("\xff\xfe{\x00"))
	f.Add([]byte("[]"))
	f.Add([]byte(gzipped(jsonObject)))
	f.Fuzz(func(t *testing.T, data []byte) {
		articles, errs := checkReading(t, "jsonl", data)
		// Plain lines: each one that is not blank is an article or an error.
		if len(data) == 0 || data[0] != '{' || len(firstLine(data)) == 1 {
			return
		}
		lines := 0
		for line := range bytes.Lines(data) {
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		if articles+errs != lines {
			t.Fatalf("%q: %d articles and %d errors of %d lines", data, articles, errs, lines)
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
		f.Add([]byte(`{"a":{"b":[` + s + `,{"text":"a"}]}} {"text":"b"}`))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkReading(t, "json", data) })
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{csvTable, "text\na\r\n\"b\r\nc\"\n", "id;text\n1;\"a\"\"b\"\n2;\"a\"b\"\r\"\n", "text\n\"a\n", "a\tb\n1\t2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkReading(t, "csv", data)
		checkReading(t, "tsv", data)
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Title\n\nText", "---\ntitle: a\ndate: 2014-02-05\n---\nText", "---\na: &a [*a]\n---\n", "\xff\xfe\x00\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkReading(t, "md", data) })
}

// FuzzDetect reads anything as stdin of unknown format.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{jsonObject, "[" + jsonObject + "]", csvTable, gzipped("a"), zstded("a"), "[Caracas] text", "PAR1PAR1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkReading(t, "", data) })
}
