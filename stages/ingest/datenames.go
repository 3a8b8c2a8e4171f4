package ingest

import "strings"

var months = []string{"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december"}

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// isName returns which of the names word is, whole or cut to three letters or
// more ("Feb", "Sept"), counted from 1; 0 = none.
func isName(word string, names []string) int {
	if len(word) < 3 {
		return 0
	}
	for i, name := range names {
		if len(word) <= len(name) && strings.EqualFold(word, name[:len(word)]) {
			return i + 1
		}
	}
	return 0
}

// zones are hours east of Greenwich: the names of RFC 822, and those of the
// abbreviations in news that mean one zone only. (IST is Indian, Irish and
// Israeli.)
var zones = map[string]float64{
	"Z": 0, "UTC": 0, "UT": 0, "GMT": 0,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9,
}
