package ingest

import "time"

// ContentHash is what Article.ContentHash is of an article with this title,
// date of publication and text.
func ContentHash(title string, published time.Time, text string) string {
	var b builder
	return b.sum(title, formatDate(published), text)
}
