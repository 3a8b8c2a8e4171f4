package ingest

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/zeebo/xxh3"

	"detente/stages"
)

// builder makes articles out of records.
type builder struct {
	hash xxh3.Hasher
}

// build makes the article of rec, which was read from a source of that name.
func (b *builder) build(rec *record, source string) (stages.Article, error) {
	if err := checkTypes(rec); err != nil {
		return stages.Article{}, err
	}
	var (
		a = stages.Article{URI: source, PublishedFrom: stages.PublishedNone}
		w = rec.warnings
	)
	if rec.number > 0 {
		a.URI += ":" + strconv.FormatInt(rec.number, 10)
	}
	a.Text, w = clean(rec.values[fieldText].str, w)
	a.Title, w = cleanLine(rec, fieldTitle, w)
	a.Publisher, w = cleanLine(rec, fieldPublisher, w)
	a.URL, w = cleanLine(rec, fieldURL, w)
	a.URI, w = clean(a.URI, w)
	a.URI = cleanID(a.URI)
	id, w := clean(rec.values[fieldID].str, w)
	if strings.TrimSpace(a.Text) == "" {
		return a, &RecordError{Record: rec.number, Err: ErrNoText}
	}
	for f := range numFields {
		if f != fieldPublished && rec.values[f].kind == wrong {
			w = warn(w, WarnFieldType)
		}
	}
	w = setPublished(&a, rec, w)
	if truncated(a.Text) {
		w = append(w, WarnTruncated)
	}
	if mojibake(a.Text) || mojibake(a.Title) {
		w = append(w, WarnMojibake)
	}
	w = setLanguage(&a, rec.values[fieldLanguage].str, w)
	if a.ID = cleanID(id); a.ID == "" {
		a.ID = b.sum(a.Publisher, cmp.Or(a.URL, a.URI), a.Title)
	}
	a.ContentHash = b.sum(a.Title, formatDate(a.Published), a.Text)
	a.Warnings = w
	return a, nil
}

// checkTypes refuses a record whose text or id is of the wrong type: without them
// it would be another article. Other fields it can do without.
func checkTypes(rec *record) error {
	for _, f := range []field{fieldID, fieldText} {
		if rec.values[f].kind == wrong {
			return &RecordError{Record: rec.number, Err: fmt.Errorf("%w: the %s is not a string", ErrWrongType, f),
				Hint: fmt.Sprintf("name another column with --field %s=", f)}
		}
	}
	return nil
}

// cleanLine is a field that is a name or a title, repaired.
func cleanLine(rec *record, f field, warnings []string) (string, []string) {
	s, warnings := clean(rec.values[f].str, warnings)
	return oneLine(s), warnings
}

// setPublished finds the date of publication: in a field or, if there is none
// that can be read, in the file's name.
func setPublished(a *stages.Article, rec *record, warnings []string) []string {
	v := rec.values[fieldPublished]
	warning := WarnNoDate
	switch v.kind {
	case wrong:
		warning = WarnUnreadableDate
	case text, number:
		if a.Published, warning = parseDate(v.str); !a.Published.IsZero() {
			a.PublishedFrom = cmp.Or(rec.publishedFrom, stages.PublishedField)
		}
	}
	if a.Published.IsZero() && rec.dated != "" {
		a.Published, _ = parseDate(rec.dated)
		a.PublishedFrom = stages.PublishedFilename
		if warning == WarnNoDate {
			warning = ""
		}
	}
	if warning != "" {
		warnings = append(warnings, warning)
	}
	return warnings
}

// setLanguage takes the language that the record names, or else the one that
// the text seems to have.
func setLanguage(a *stages.Article, named string, warnings []string) []string {
	english := true
	if a.Language = languageCode(named); a.Language == unknownLanguage {
		a.Language, english = detectLanguage(a.Text)
	} else {
		english = a.Language == "en"
	}
	if !english {
		warnings = append(warnings, WarnNotEnglish)
	}
	return warnings
}

// sum is the XXH3-128 of parts with NUL between them, which no part holds.
func (b *builder) sum(parts ...string) string {
	b.hash.Reset()
	for i, p := range parts {
		if i > 0 {
			b.hash.Write([]byte{0})
		}
		b.hash.WriteString(p)
	}
	sum := b.hash.Sum128().Bytes()
	return hex.EncodeToString(sum[:])
}

// formatDate is how a date enters a hash: "" if it is unknown.
func formatDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
