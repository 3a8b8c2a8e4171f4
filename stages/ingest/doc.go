// Package ingest is the first stage: it turns files of any supported format
// into articles, one record at a time and in constant memory.
//
// # Inputs
//
// [Expand] turns files, folders (read recursively), globs with **, objects of a
// store (s3://, gs://, built in with -tags cloud) and "-" for stdin into a
// sorted list of sources; [Articles] reads them one after the
// other. The format follows from the name, or from the content where the name
// says nothing; gzip and zstd are recognised by their first bytes:
//
//	.txt .text .md .markdown   one article a file, with optional YAML front matter
//	.jsonl .ndjson .jsonlines  one JSON object a line
//	.json                      an array of objects, one object, several objects,
//	                           or an envelope such as {"articles": [...]}
//	.csv .tsv .tab             header row, quoted line breaks; , ; | and tab
//	.parquet .pq               only the columns needed, batch by batch
//	.xml .rss .atom .rdf       the entries of an RSS or Atom feed
//	.html .htm .xhtml          one article a page
//	.warc                      the pages of a web archive, ISO 28500
//
// A text file's title is its front matter's title, or its first line where
// that is short and a blank line follows; the line stays part of the text.
// Front matter does not.
//
// # Feeds, pages and archives
//
// A feed is cut into entries by its tags alone, and each entry is parsed as a
// feed of its own: one broken entry harms no other, and memory holds one at a
// time. The full text is taken, else the summary, and HTML becomes paragraphs
// with blank lines between them. Of a page the article's text is taken as
// go-readability (a port of Mozilla's Readability) finds it, save captions. Its
// date is that of schema.org's NewsArticle in JSON-LD (datePublished), then that
// of the meta elements in publishedMeta, and never the date of the last change.
// Ids are GUIDs and canonical addresses, so that an edited article keeps its id.
// Of an archive, responses of status 2xx that hold HTML are pages; their packing
// and charset are undone. Nothing that a document names is ever fetched.
//
// # Fields
//
// Inputs name their fields in many ways. The first name of the list that has
// a value wins; upper and lower case are the same (see aliases in record.go):
//
//	id         id, doc_id, guid, uuid
//	title      title, headline
//	text       text, body, content, maintext, article, event_text
//	published  published, date, date_publish, dateTimePub, pub_date, publishedAt, published_at
//	publisher  publisher, source, outlet, domain, source_domain
//	url        url, link
//	language   language, lang
//
// Options.Fields puts other names in their place. A publisher may be an object
// with a name or a title, as in NewsAPI. Front matter is read alike, save for the
// text, which is what follows it.
//
// # What is changed, and what is not
//
// Text is the input's text, since everything that the pipeline writes points
// into it. Only four things are repaired: invalid UTF-8 and NUL bytes become
// U+FFFD, \r\n and \r become \n, a byte order mark is dropped. What is odd but
// left as it is (mojibake, a truncated text, another language than English) is
// named in Article.Warnings. Dates are never guessed: see parseDate.
//
// # Bad input
//
// A record that cannot be read is a [*RecordError] with file and line, and
// reading goes on with the next one. Where the rest of a file is lost (a
// truncated gzip, an unreadable file), the error is Fatal and the records
// before it are delivered. A damaged record of an archive, or gzip member in it,
// is skipped: the next one is looked for (see warcDecoder). Only regular files are opened, a compressed file may
// unpack to so much and no more (see unpacked), and all that nests has a limit.
package ingest
