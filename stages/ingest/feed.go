package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	atomfeed "github.com/mmcdole/gofeed/atom"
	"golang.org/x/net/html/charset"

	"detente/stages"
)

// feedDecoder reads the entries of an RSS or Atom feed. Each is parsed alone,
// as a feed of one entry: see xmlCutter.
type feedDecoder struct {
	cut    *xmlCutter
	feed   *gofeed.Feed // what the head says of all entries
	head   []byte       // start tags of the elements around an entry
	tail   []byte       // and their end tags
	number int64
	begun  bool
}

func newFeedDecoder(r *bufio.Reader, limit int64) (*feedDecoder, error) {
	text, err := xmlUTF8(r)
	if err != nil {
		return nil, err
	}
	return &feedDecoder{cut: &xmlCutter{r: text, limit: limit}}, nil
}

func (d *feedDecoder) columns() []string { return nil }

func (d *feedDecoder) next(rec *record) error {
	if !d.begun {
		d.begun = true
		if err := d.begin(); err != nil {
			return err
		}
	}
	entry, err := d.cut.next()
	if err == io.EOF { // a feed without entries is a quiet day
		return io.EOF
	}
	d.number++
	rec.number = d.number
	switch {
	case err == ErrTooLong:
		return tooLong(rec.number, d.cut.limit)
	case err == errUnclosed, err == errTooDeep:
		return broken(rec.number, err, "the entry is no valid XML")
	case err != nil:
		return err
	}
	source := string(slices.Concat(d.head, entry, d.tail))
	rec.size = len(source)
	rec.rest = func(rec *record) error { return d.parse(source, rec) }
	return nil
}

// begin reads the head.
func (d *feedDecoder) begin() error {
	head, err := d.cut.head()
	switch {
	case err == errNoFeed:
		return &RecordError{Fatal: true, Err: fmt.Errorf("%w: %w", ErrFormat, err), Hint: "of XML, only feeds are read"}
	case err == errTooDeep, err == ErrTooLong:
		e := broken(0, err, "what stands before the first entry is no head of a feed")
		e.Fatal = true
		return e
	case err != nil && err != io.EOF:
		return err
	}
	for i, e := range d.cut.open {
		d.head = append(d.head, e.start...)
		d.tail = fmt.Appendf(d.tail, "</%s>", d.cut.open[len(d.cut.open)-1-i].name)
	}
	var repaired record
	if d.feed, err = readFeed(string(slices.Concat(head, d.tail)), &repaired); err != nil {
		d.feed = new(gofeed.Feed) // its entries may be sound all the same
	}
	return nil
}

// readFeed parses a feed.
func readFeed(source string, rec *record) (feed *gofeed.Feed, err error) {
	defer func() { // one odd entry must not end the feed
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	parser := gofeed.NewParser()   // it is not safe for concurrent use
	parser.KeepOriginalFeed = true // to tell the date of an Atom entry from that of its last change
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	return parser.ParseString(rec.repair(source))
}

// parse reads an entry.
func (d *feedDecoder) parse(source string, rec *record) error {
	feed, err := readFeed(source, rec)
	if err != nil {
		return broken(rec.number, err, "the entry is no valid XML")
	}
	if len(feed.Items) != 1 {
		return broken(rec.number, errors.New("no entry where one should be"), "the entry is no valid XML")
	}
	return d.fill(feed, feed.Items[0], rec)
}

// fill takes the fields of an entry, which was read as a feed of its own.
func (d *feedDecoder) fill(feed *gofeed.Feed, item *gofeed.Item, rec *record) error {
	text, err := markup(item.Content)
	if text == "" && err == nil {
		if text, err = markup(item.Description); text != "" {
			rec.warnings = warn(rec.warnings, WarnSummary)
		}
	}
	if err != nil {
		return broken(rec.number, err, "the entry's HTML is nested too deep")
	}
	title, err := markup(item.Title)
	if err != nil {
		title = item.Title
	}
	publisher := d.feed.Title
	if dc := item.DublinCoreExt; dc != nil && len(dc.Publisher) > 0 {
		publisher = dc.Publisher[0]
	}
	published := item.Published
	if o, ok := feed.OriginalFeed().(*atomfeed.Feed); ok && len(o.Entries) == 1 && o.Entries[0].Published == "" && published != "" {
		rec.warnings = warn(rec.warnings, WarnUpdated)
	}
	rec.take(fieldText, text)
	rec.take(fieldTitle, title)
	rec.take(fieldPublisher, publisher)
	rec.take(fieldLanguage, d.feed.Language)
	rec.take(fieldURL, item.Link)
	rec.take(fieldPublished, published)
	rec.publishedFrom = stages.PublishedFeed
	rec.take(fieldID, entryID(d.feed, item, title))
	return nil
}

// entryID is an entry's GUID. One that is no URI, such as 1234, is unique within
// its feed at most. Without a GUID the link stands in, then what must be there.
func entryID(feed *gofeed.Feed, item *gofeed.Item, title string) string {
	guid := strings.TrimSpace(item.GUID)
	switch home := cmp.Or(host(feed.Link), host(feed.FeedLink), feed.Title); {
	case strings.Contains(guid, ":"):
		return guid
	case guid != "" && home != "":
		return home + ":" + guid
	case guid == "" && item.Link == "":
		return strings.Join([]string{home, item.Published, title}, ":")
	}
	return cmp.Or(guid, item.Link)
}

func host(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Host
	}
	return ""
}

// xmlUTF8 decodes what an XML declaration says is in another encoding, and
// takes the declaration away.
func xmlUTF8(r *bufio.Reader) (*bufio.Reader, error) {
	head, _ := r.Peek(sniffLen)
	blank := len(head) - len(bytes.TrimLeft(head, " \t\r\n"))
	declaration, _, ok := bytes.Cut(head[blank:], []byte("?>"))
	if !ok || !bytes.HasPrefix(declaration, []byte("<?xml")) {
		return r, nil
	}
	r.Discard(blank + len(declaration) + len("?>"))
	name := strings.ToLower(pseudoAttribute(string(declaration), "encoding"))
	if name == "" || strings.HasPrefix(name, "utf-") || strings.HasPrefix(name, "utf16") || name == "utf8" { // the BOM told UTF-16
		return r, nil
	}
	decoded, err := charset.NewReaderLabel(name, r)
	if err != nil {
		return nil, &RecordError{Fatal: true, Err: fmt.Errorf("%w: unknown encoding %q", ErrFormat, name), Hint: "convert it to UTF-8"}
	}
	return bufio.NewReaderSize(decoded, sniffLen), nil
}

// pseudoAttribute is a value of an XML declaration: name="value".
func pseudoAttribute(declaration, name string) string {
	_, rest, ok := strings.Cut(declaration, name)
	rest, equals := strings.CutPrefix(strings.TrimSpace(rest), "=")
	if rest = strings.TrimSpace(rest); !ok || !equals || rest == "" {
		return ""
	}
	value, _, ok := strings.Cut(rest[1:], rest[:1])
	if !ok {
		return ""
	}
	return value
}
