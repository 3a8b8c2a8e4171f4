package ingest

// The warnings that an article may carry, in the order in which they stand.
// They are part of the tables' contract: consumers filter by them.
const (
	WarnInvalidUTF8 = "invalid UTF-8 repaired"
	WarnNUL         = "NUL bytes replaced"
	WarnFieldType   = "field of wrong type left out" // not text or id: without those the record is skipped
	WarnSummary     = "summary only"                 // a feed without the full text

	WarnNoDate         = "no date"
	WarnUnreadableDate = "unreadable date"
	WarnAmbiguousDate  = "ambiguous date"    // 02/05/2014: February or May?
	WarnDateRange      = "date out of range" // before 1000 or after 2100, as 0000-00-00
	WarnUnknownZone    = "unknown time zone, read as UTC"
	WarnUpdated        = "date of the last change" // an Atom entry has no other

	WarnTruncated  = "truncated text" // "... [+3043 chars]"
	WarnMojibake   = "mojibake"       // "donâ€™t"
	WarnNotEnglish = "not English"
)
