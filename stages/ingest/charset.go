package ingest

import (
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// htmlUTF8 decodes a page by its Content-Type, "" = unknown, or what it says of
// itself. Pages that say something else and are UTF-8 are common: bytes that
// are valid as such, other than ASCII, are hardly ever anything else.
func htmlUTF8(page []byte, contentType string) string {
	if utf8.Valid(page) && !ascii(page) {
		return string(page)
	}
	encoding, name, certain := charset.DetermineEncoding(page[:min(len(page), 1024)], contentType)
	if name == "utf-8" || !certain && ascii(page) {
		return string(page)
	}
	decoded, err := encoding.NewDecoder().Bytes(page)
	if err != nil {
		return string(page)
	}
	return string(decoded)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
