package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean repairs what no reader of the tables could bear, and nothing else: see
// the package comment. It warns of what it repaired, once.
func clean(s string, warnings []string) (string, []string) {
	s = strings.TrimPrefix(s, string(utf8BOM))
	if !utf8.ValidString(s) {
		s = repairUTF8(s)
		warnings = warn(warnings, WarnInvalidUTF8)
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
		warnings = warn(warnings, WarnNUL)
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	return s, warnings
}

// warn adds a warning unless it is there.
func warn(warnings []string, w string) []string {
	if slices.Contains(warnings, w) {
		return warnings
	}
	return append(warnings, w)
}

// repairUTF8 puts U+FFFD in the place of each byte that is no UTF-8, as
// encoding/json does.
func repairUTF8(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}

// oneLine is s without line breaks and space around, for titles and names. Other
// control characters, which could act on a terminal, count as space.
func oneLine(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsControl) {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	}
	return s
}

// cleanID is an id that can stand in a line of a table or a log.
func cleanID(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(s))
}

// truncated reports whether a text ends as NewsAPI's do, with "[+3043 chars]".
func truncated(s string) bool {
	s, ok := strings.CutSuffix(strings.TrimSpace(s), " chars]")
	if !ok {
		return false
	}
	s = s[max(0, len(s)-12):]
	digits := s[strings.LastIndex(s, "[+")+1:]
	return len(digits) > 1 && digits[0] == '+' && strings.Trim(digits[1:], "0123456789") == ""
}

// mojibake reports whether s looks like UTF-8 that was read as Windows-1252
// and written again, as in "donâ€™t": â€, or Ã or Â before a character of the
// range that continues a UTF-8 sequence, which no language has.
func mojibake(s string) bool {
	for {
		i := strings.IndexByte(s, 0xc3) // the first byte of all three
		if i < 0 {
			return false
		}
		s = s[i:]
		if strings.HasPrefix(s, "â€") {
			return true
		}
		if strings.HasPrefix(s, "Ã") || strings.HasPrefix(s, "Â") {
			if r, _ := utf8.DecodeRuneInString(s[2:]); 0x80 <= r && r <= 0xbf {
				return true
			}
		}
		s = s[1:]
	}
}
