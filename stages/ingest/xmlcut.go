package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

// xmlCutter cuts a feed into its head and its entries without reading them: it
// follows the tags, comments and CDATA sections alone. A parser of XML would
// lose all entries from the first broken one on, and a feed may be longer than
// memory is large.
type xmlCutter struct {
	r     *bufio.Reader
	limit int64

	root   string    // local name of the root element
	closed bool      // it was closed
	entry  string    // name of an entry: local before the first was seen, then with prefix
	open   []element // what is open where the entries stand
	piece  []byte
	long   bool // the piece is longer than limit
	tag    []byte
	ahead  bool // the start tag of the next entry is in tag
}

// element is an open element.
type element struct {
	name  string // with prefix
	start string // its start tag
}

// What ends an entry early.
var (
	errUnclosed = errors.New("the entry is not closed before the next one begins")
	errTooDeep  = errors.New("elements are nested too deep")
	errNoFeed   = errors.New("no <rss>, <rdf:RDF> or <feed>")
)

// maxXMLDepth is how deep elements of an entry may nest: parsers recurse.
const maxXMLDepth = 256

// head reads up to the first entry.
func (c *xmlCutter) head() ([]byte, error) {
	c.piece, c.long = c.piece[:0], false
	for {
		kind, err := c.token()
		if err == io.EOF && c.root == "" {
			return nil, errNoFeed
		}
		if err != nil {
			return c.piece, err
		}
		switch name := tagName(c.tag); kind {
		case startTag:
			local := localName(name)
			switch {
			case c.root == "" && !c.isRoot(local):
				return nil, errNoFeed
			case local == c.entry:
				c.ahead, c.entry = true, name
				c.piece = c.piece[:len(c.piece)-min(len(c.tag), len(c.piece))]
				return c.piece, nil
			case !selfClosing(c.tag):
				c.open = append(c.open, element{name, string(c.tag)})
			}
		case endTag:
			if i := slices.IndexFunc(c.open, func(e element) bool { return e.name == name }); i >= 0 {
				c.open = c.open[:i]
				c.closed = i == 0
			}
		}
		if len(c.open) > maxXMLDepth {
			return nil, errTooDeep
		}
		if c.long {
			return nil, ErrTooLong
		}
	}
}

// isRoot notes the root element.
func (c *xmlCutter) isRoot(local string) bool {
	switch strings.ToLower(local) {
	case "rss", "rdf":
		c.entry = "item"
	case "feed":
		c.entry = "entry"
	default:
		return false
	}
	c.root = local
	return true
}

// next reads the next entry, valid until the next call; io.EOF after the last.
// After errUnclosed, errTooDeep and ErrTooLong the next entry can be read.
func (c *xmlCutter) next() ([]byte, error) {
	c.piece, c.long = c.piece[:0], false
	for !c.ahead {
		switch kind, err := c.token(); {
		case err == io.EOF && !c.closed:
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		case kind == startTag && tagName(c.tag) == c.entry:
			c.ahead = true
		case kind == endTag && localName(tagName(c.tag)) == c.root:
			c.closed = true
		}
		c.piece, c.long = c.piece[:0], false
	}
	c.ahead = false
	c.add(c.tag)
	if selfClosing(c.tag) {
		return c.piece, nil
	}
	depth, tooDeep := 1, false
	for {
		kind, err := c.token()
		if err == io.EOF {
			return nil, io.ErrUnexpectedEOF
		} else if err != nil {
			return nil, err
		}
		switch name := tagName(c.tag); {
		case kind == startTag && name == c.entry:
			c.ahead = true
			return nil, errUnclosed
		case kind == startTag && !selfClosing(c.tag):
			depth++
			tooDeep = tooDeep || depth > maxXMLDepth
		case kind == endTag && name == c.entry:
			switch {
			case c.long:
				return nil, ErrTooLong
			case tooDeep:
				return nil, errTooDeep
			}
			return c.piece, nil
		case kind == endTag:
			depth--
		}
	}
}

// tokenKind is what kind of markup a token is.
type tokenKind uint8

const (
	noTag tokenKind = iota // text, comment, CDATA, declaration
	startTag
	endTag
)

// token reads a stretch of text or a piece of markup, adds it to the piece and,
// if it is a tag, leaves it in c.tag.
func (c *xmlCutter) token() (tokenKind, error) {
	c.tag = c.tag[:0]
	head, err := c.r.Peek(len("<![CDATA["))
	if len(head) == 0 {
		return noTag, err
	}
	switch {
	case head[0] != '<':
		return noTag, c.until("<", false)
	case bytes.HasPrefix(head, []byte("<!--")):
		return noTag, c.until("-->", true)
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		return noTag, c.until("]]>", true)
	case bytes.HasPrefix(head, []byte("<?")):
		return noTag, c.until("?>", true)
	case bytes.HasPrefix(head, []byte("<!")):
		return noTag, c.doctype()
	}
	if err := c.readTag(); err != nil {
		return noTag, err
	}
	switch {
	case len(c.tag) > 1 && c.tag[1] == '/':
		return endTag, nil
	case len(tagName(c.tag)) > 0:
		return startTag, nil
	}
	return noTag, nil // a lone <
}

// until adds all up to end, and end itself if with is true. The end of the file
// ends it, too: the next token says so.
func (c *xmlCutter) until(end string, with bool) error {
	last := end[len(end)-1]
	tail := make([]byte, 0, 8) // the last bytes read
	for {
		part, err := c.r.ReadSlice(last)
		if err == io.EOF && len(part) == 0 {
			return nil
		}
		if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
			return err
		}
		if !with && err == nil {
			part = part[:len(part)-1]
			c.r.UnreadByte()
			c.add(part)
			return nil
		}
		c.add(part)
		if tail = append(tail, part[max(0, len(part)-len(end)):]...); len(tail) > len(end) {
			tail = append(tail[:0], tail[len(tail)-len(end):]...)
		}
		if string(tail) == end {
			return nil
		}
	}
}

// doctype passes over a document type with its internal subset. Entities that it
// declares are never expanded, nor are files that it names read.
func (c *xmlCutter) doctype() error {
	for depth := 0; ; {
		b, err := c.r.ReadByte()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case b == '[' || b == '<':
			depth++
		case b == ']' || b == '>':
			depth--
		}
		if depth <= 0 {
			return nil
		}
	}
}

// readTag reads a tag. A < within ends it: no attribute holds one, so its end
// was forgotten.
func (c *xmlCutter) readTag() error {
	for quote := byte(0); ; {
		b, err := c.r.ReadByte()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if b == '<' && len(c.tag) > 0 {
			c.r.UnreadByte()
			c.add(c.tag)
			return nil
		}
		if int64(len(c.tag)) > c.limit {
			c.long = true
			continue
		}
		c.tag = append(c.tag, b)
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			c.add(c.tag)
			return nil
		}
	}
}

// add adds to the piece, up to the limit.
func (c *xmlCutter) add(b []byte) {
	if c.long = c.long || int64(len(c.piece)+len(b)) > c.limit; !c.long {
		c.piece = append(c.piece, b...)
	}
}

// tagName is the name of a start or end tag, with its prefix.
func tagName(tag []byte) string {
	if len(tag) == 0 {
		return ""
	}
	name := bytes.TrimPrefix(tag[1:], []byte("/"))
	if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	return string(name)
}

func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

func selfClosing(tag []byte) bool { return bytes.HasSuffix(tag, []byte("/>")) }
