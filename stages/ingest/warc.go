package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/textproto"
	"strconv"
	"strings"
)

// warcDecoder reads the web pages of a WARC file (ISO 28500), such as those of
// CC-NEWS: the responses of status 2xx that hold HTML. Other records are passed
// over. Members of gzip, one a record, look like one stream.
//
// A damaged record harms no other. Where it does not end as its Content-Length
// says, the next one is looked for by its first line, from the damaged one's own
// on; where a gzip member cannot be unpacked, the next member is.
type warcDecoder struct {
	r      *replay
	limit  int64
	packed *gzipMembers     // nil if the file is not packed
	number int64            // of the record in the file
	start  int64            // its offset, unpacked
	body   io.LimitedReader // what is not yet read of it
}

const (
	maxWARCHead = 64 << 10 // bytes that the headers of a record or a response may have
	keptWARC    = 4 << 20  // bytes that may be looked at again
)

var warcVersion = []byte("WARC/")

func newWARCDecoder(r *bufio.Reader, limit int64, packed *gzipMembers) *warcDecoder {
	d := &warcDecoder{r: newReplay(r, keptWARC), limit: limit, packed: packed}
	d.body.R = d.r
	return d
}

func (d *warcDecoder) columns() []string { return nil }

func (d *warcDecoder) next(rec *record) error {
	for {
		err := d.find()
		rec.number = d.number
		if err != nil {
			return err
		}
		d.start = d.r.offset()
		d.number++
		rec.number = d.number
		head, err := d.head()
		if err != nil {
			return d.lost(d.start+1, err)
		}
		page, err := d.response(head)
		if e := d.end(); e != nil {
			err = e // which err follows from
		}
		if err != nil {
			return err
		}
		if page != nil {
			rec.page(page.content, page.mime, page.address)
			return nil
		}
	}
}

// find passes over the blank lines between records.
func (d *warcDecoder) find() error {
	for {
		d.start = d.r.offset()
		start, err := d.r.Peek(len(warcVersion))
		switch {
		case bytes.Equal(start, warcVersion):
			return nil
		case isDamage(err):
			d.number++
			return d.lost(d.start, err)
		case len(start) == 0:
			return err
		}
		if line, _ := d.r.ReadSlice('\n'); len(bytes.TrimSpace(line)) > 0 {
			d.number++
			return d.lost(d.start, errors.New("no record begins where one should"))
		}
	}
}

// head reads a record's own headers and sets the body.
func (d *warcDecoder) head() (textproto.MIMEHeader, error) {
	left := int64(maxWARCHead)
	lines := headLines{d.r.Reader, &left}
	if _, err := lines.next(); err != nil { // WARC/1.0
		return nil, cutOff(err)
	}
	head := make(textproto.MIMEHeader)
	for {
		line, err := lines.next()
		if err != nil {
			return nil, cutOff(err)
		}
		if line == "" {
			break
		}
		if key, value, ok := strings.Cut(line, ":"); ok {
			head.Add(strings.TrimSpace(key), strings.TrimSpace(value))
		}
	}
	length, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, fmt.Errorf("Content-Length %q is no number", head.Get("Content-Length"))
	}
	d.body.N = length
	return head, nil
}

// end passes over what was not read of a record, and holds that it ends there:
// with the file, or with a blank line or another record behind it. To look so far
// is also to check the sum of its gzip member.
func (d *warcDecoder) end() error {
	if _, err := io.Copy(io.Discard, &d.body); err != nil {
		return d.lost(d.start+1, err)
	}
	if d.body.N > 0 {
		return d.lost(d.start+1, io.ErrUnexpectedEOF)
	}
	behind, err := d.r.Peek(len("\r\n\r\nWARC/"))
	if isDamage(err) && !d.sound() {
		return d.lost(d.start+1, err)
	}
	next := bytes.TrimLeft(behind, "\r\n")
	blank := bytes.Count(behind[:len(behind)-len(next)], []byte("\n"))
	switch ended := bytes.HasPrefix(warcVersion, next[:min(len(next), len(warcVersion))]); {
	case !ended && blank < 2:
		return d.lost(d.start+1, errors.New("the record does not end where its Content-Length says"))
	case !ended && !d.sound():
		// Junk behind a blank line harms nothing, unless it is what a damaged member unpacks to.
		junk := d.r.offset()
		if err := d.lost(junk, errors.New("junk")); isDamage(err) {
			return err
		}
		d.r.rewind(junk)
	}
	return nil
}

// sound reports whether the record's gzip member is unpacked whole and has the right sum.
func (d *warcDecoder) sound() bool { return d.packed == nil || d.packed.sound > d.start }

// lost goes on with the first record that begins at an offset or behind it. It
// returns why what stands before is no record.
func (d *warcDecoder) lost(from int64, why error) error {
	d.body.N = 0
	if !isDamage(why) {
		d.r.rewind(from)
	}
	err := d.search()
	switch gap := (*damage)(nil); {
	case errors.As(err, &gap): // whatever else was wrong comes from it
		if d.packed.resume(warcVersion) || !errors.Is(gap, io.ErrUnexpectedEOF) {
			return broken(d.number, gap, "the archive is damaged there, get it again; records are read from the next gzip member on")
		}
		return fatal(d.number, gap)
	case err == io.EOF && errors.Is(why, io.ErrUnexpectedEOF):
		return why
	case err != nil && err != io.EOF:
		return err
	}
	at := "byte"
	if d.packed != nil {
		at = "unpacked byte"
	}
	return broken(d.number, fmt.Errorf("at %s %d: %w", at, d.start, why), "the archive is damaged there, get it again; records are read from the next one on")
}

// search passes over everything before the first line of a record.
func (d *warcDecoder) search() error {
	for {
		start, err := d.r.Peek(len(warcVersion))
		if bytes.Equal(start, warcVersion) {
			return nil
		}
		if len(start) == 0 {
			return err
		}
		for err = bufio.ErrBufferFull; err == bufio.ErrBufferFull; {
			_, err = d.r.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return err
		}
	}
}

func isDamage(err error) bool {
	gap := (*damage)(nil)
	return errors.As(err, &gap)
}

// warcPage is the HTML of a record.
type warcPage struct {
	content []byte
	mime    string
	address string
}

// response reads a record's page, nil if it has none.
func (d *warcDecoder) response(head textproto.MIMEHeader) (*warcPage, error) {
	page := &warcPage{mime: head.Get("Content-Type"), address: strings.Trim(head.Get("WARC-Target-URI"), "<>")}
	var body io.Reader = &d.body
	switch strings.ToLower(head.Get("WARC-Type")) {
	case "response":
		if !strings.HasPrefix(strings.ToLower(page.mime), "application/http") {
			return nil, nil
		}
		response, err := readHTTP(body)
		if err != nil {
			return nil, broken(d.number, err, packedHint)
		}
		if response == nil || !isHTML(response.head.Get("Content-Type")) {
			return nil, nil
		}
		page.mime, body = response.head.Get("Content-Type"), response.body
	case "resource":
		if !isHTML(page.mime) {
			return nil, nil
		}
	default:
		return nil, nil
	}
	content, err := io.ReadAll(io.LimitReader(body, d.limit+1))
	switch {
	case int64(len(content)) > d.limit:
		return nil, tooLong(d.number, d.limit)
	case err != nil:
		return nil, broken(d.number, err, packedHint)
	}
	page.content = content
	return page, nil
}

const packedHint = "the response is cut off or packed in an unknown way"

func isHTML(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	return kind == "text/html" || kind == "application/xhtml+xml"
}
