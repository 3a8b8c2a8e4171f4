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
type warcDecoder struct {
	r      *bufio.Reader
	limit  int64
	number int64 // of the record in the file
	body   io.LimitedReader
	lost   bool // the last record's end is not known
}

// maxWARCHead is how many bytes the headers of a record or a response may have.
const maxWARCHead = 64 << 10

var warcVersion = []byte("WARC/")

func newWARCDecoder(r *bufio.Reader, limit int64) *warcDecoder {
	return &warcDecoder{r: r, limit: limit, body: io.LimitedReader{R: r}}
}

func (d *warcDecoder) columns() []string { return nil }

func (d *warcDecoder) next(rec *record) error {
	for {
		// What was not read of the last record.
		if _, err := io.Copy(io.Discard, &d.body); err != nil {
			return err
		}
		if d.body.N > 0 {
			rec.number = d.number
			d.body.N = 0
			return io.ErrUnexpectedEOF
		}
		if err := d.find(); err != nil {
			return err
		}
		d.number++
		rec.number = d.number
		head, err := d.head()
		if err != nil {
			return err
		}
		page, err := d.response(head)
		if err != nil {
			return err
		}
		if page == nil {
			continue
		}
		return readPage(htmlUTF8(page.content, page.mime), page.address, rec)
	}
}

// find passes over the blank lines between records or, where the last record's
// length was wrong, over what is left of it.
func (d *warcDecoder) find() error {
	for {
		start, err := d.r.Peek(len(warcVersion))
		if bytes.Equal(start, warcVersion) {
			d.lost = false
			return nil
		}
		if len(start) == 0 {
			return err
		}
		line, err := d.r.ReadSlice('\n')
		for err == bufio.ErrBufferFull {
			_, err = d.r.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return err
		}
		if !d.lost && len(bytes.TrimSpace(line)) > 0 {
			d.lost = true
			d.number++
			return broken(d.number, errors.New("no record begins where one should"), "the Content-Length before it is wrong; records are read from the next one on")
		}
	}
}

// head reads a record's own headers and sets the body.
func (d *warcDecoder) head() (textproto.MIMEHeader, error) {
	left := int64(maxWARCHead)
	lines := headLines{d.r, &left}
	if _, err := lines.next(); err != nil { // WARC/1.0
		return nil, d.damaged(err)
	}
	head := make(textproto.MIMEHeader)
	for {
		line, err := lines.next()
		if err != nil {
			return nil, d.damaged(err)
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
		return nil, d.damaged(fmt.Errorf("Content-Length %q is no number", head.Get("Content-Length")))
	}
	d.body.N = length
	return head, nil
}

// damaged is an error of a record's headers: the next record is looked for.
func (d *warcDecoder) damaged(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	d.lost = true
	return broken(d.number, err, "records are read from the next one on")
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
			return nil, d.cutOff(err)
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
		return nil, d.cutOff(err)
	case d.body.N > 0: // half a page is none, unless it is padded
		if _, err := d.r.Peek(1); err != nil {
			return nil, cutOff(err)
		}
	}
	page.content = content
	return page, nil
}

// cutOff tells an error of a page, which harms no other, from the end of the file.
func (d *warcDecoder) cutOff(err error) error {
	if d.body.N > 0 {
		if _, e := d.r.Peek(1); e != nil {
			return cutOff(e)
		}
	}
	return broken(d.number, err, "the response is cut off or packed in an unknown way")
}

func isHTML(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	return kind == "text/html" || kind == "application/xhtml+xml"
}
