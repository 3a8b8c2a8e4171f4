package ingest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
)

// maxWindow is the most memory that a zstd stream may ask for: what the zstd
// tool itself grants without --long.
const maxWindow = 128 << 20

// The first bytes that tell what a file holds.
var (
	gzipMagic    = []byte{0x1f, 0x8b}
	zstdMagic    = []byte{0x28, 0xb5, 0x2f, 0xfd}
	parquetMagic = []byte("PAR1")
	utf8BOM      = []byte{0xef, 0xbb, 0xbf}
	utf16LEBOM   = []byte{0xff, 0xfe}
	utf16BEBOM   = []byte{0xfe, 0xff}
)

// input is an open source, decompressed.
type input struct {
	src     Source
	format  format
	raw     *countingReader
	text    *bufio.Reader // decompressed, without byte order mark
	members *gzipMembers  // of a gzip file
	plain   bool          // text is the file's bytes as they are
	closers []func() error
}

// countingReader counts the bytes read from a source.
type countingReader struct {
	io.Reader
	file     *os.File      // nil for stdin and objects
	sized    bool          // rest is known
	rest     int64         // of the file's size, bytes not yet counted
	n        int64         // bytes read
	progress *atomic.Int64 // may be nil
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	c.count(int64(n))
	return n, err
}

// count adds n to the progress, but no more than the file's size: Parquet reads
// some parts twice and others not at all.
func (c *countingReader) count(n int64) {
	if c.sized {
		n = min(n, c.rest)
		c.rest -= n
	}
	if c.progress != nil {
		c.progress.Add(n)
	}
}

// openInput opens a source and finds out what it holds.
func openInput(src Source, opt Options) (*input, error) {
	in := &input{src: src, raw: &countingReader{Reader: opt.stdin(), rest: src.Size, sized: src.Path != stdinPath, progress: opt.Progress}}
	switch {
	case src.object != nil:
		r, err := src.object.open()
		if err != nil {
			return in, fatal(0, err)
		}
		in.raw.Reader = r
		in.closers = append(in.closers, r.Close)
	case src.Path != stdinPath:
		file, err := openRegular(src.Path)
		if err != nil {
			return in, fatal(0, err)
		}
		in.raw.Reader, in.raw.file = file, file
		in.closers = append(in.closers, file.Close)
	}
	if err := in.decompress(opt.maxUnpacked()); err != nil {
		return in, fatal(0, err)
	}
	in.dropBOM()
	return in, nil
}

// decompress sets in.text to the content, by its first bytes and not by its
// name, which may be wrong.
func (in *input) decompress(limit int64) error {
	buffered := bufio.NewReaderSize(in.raw, sniffLen)
	head, _ := buffered.Peek(4) // an error comes again when the text is read
	switch {
	case bytes.HasPrefix(head, gzipMagic), in.damagedHead(head):
		in.members = newMembers(buffered)
		in.text = bufio.NewReaderSize(&unpacked{r: in.members, packed: in.raw, limit: limit}, sniffLen)
	case bytes.HasPrefix(head, zstdMagic):
		r, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxWindow))
		if err != nil {
			return err
		}
		in.closers = append(in.closers, func() error { r.Close(); return nil })
		in.text = bufio.NewReaderSize(&unpacked{r: r, packed: in.raw, limit: limit}, sniffLen)
	default:
		in.text = buffered
		in.plain = true
	}
	return nil
}

// damagedHead reports whether a file is a packed WARC file by its name and
// damaged where it begins: other members are there to be read.
func (in *input) damagedHead(head []byte) bool {
	return formatOf(in.src.Path) == formatWARC && strings.HasSuffix(strings.ToLower(in.src.Path), ".gz") && len(head) > 0 &&
		!bytes.HasPrefix(warcVersion, head) && !bytes.HasPrefix(head, zstdMagic)
}

// dropBOM drops a byte order mark. Files of Windows tools may be in UTF-16.
func (in *input) dropBOM() {
	head, _ := in.text.Peek(3)
	switch {
	case bytes.HasPrefix(head, utf8BOM):
		in.text.Discard(len(utf8BOM))
	case bytes.HasPrefix(head, utf16LEBOM), bytes.HasPrefix(head, utf16BEBOM):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		in.text = bufio.NewReaderSize(utf16.Reader(in.text), sniffLen)
	}
}

// decoder makes the decoder for the input's format.
func (in *input) decoder(cols *columns, opt Options) (decoder, error) {
	named := formatOf(in.src.Path)
	if in.src.Path == stdinPath {
		var err error
		if named, err = opt.stdinFormat(); err != nil {
			return nil, fatal(0, err)
		}
	}
	head, err := in.text.Peek(sniffLen)
	if len(head) == 0 && !(named == formatWARC && isDamage(err)) {
		if err != io.EOF {
			return nil, fatal(0, err)
		}
		return nil, &RecordError{Fatal: true, Err: ErrEmptyFile, Hint: "remove it, or write it again"}
	}
	limit := opt.maxDocument()
	switch in.format = sniff(named, head, cols); in.format {
	case formatText:
		return newTextDecoder(in.text, in.src, cols, limit), nil
	case formatJSONL:
		return newJSONLDecoder(in.text, cols, limit), nil
	case formatJSON:
		return newJSONDecoder(in.text, cols, limit), nil
	case formatCSV:
		return newCSVDecoder(in.text, sniffComma(firstLine(head)), cols, limit)
	case formatTSV:
		return newCSVDecoder(in.text, '\t', cols, limit)
	case formatHTML:
		return newHTMLDecoder(in.text, in.src, limit), nil
	case formatFeed:
		return newFeedDecoder(in.text, limit)
	case formatWARC:
		return newWARCDecoder(in.text, limit, in.members), nil
	case formatParquet:
		file, err := in.randomAccess()
		if err != nil {
			return nil, fatal(0, err)
		}
		return newParquetDecoder(file, cols, limit)
	}
	return nil, &RecordError{Fatal: true, Err: fmt.Errorf("%w: binary data", ErrFormat),
		Hint: "convert it to one of the formats that ingest reads"}
}

// Close closes the input and counts the bytes that nobody needed, so that
// progress ends at the size of the file.
func (in *input) Close() (err error) {
	for len(in.closers) > 0 {
		last := len(in.closers) - 1
		if e := in.closers[last](); err == nil {
			err = e
		}
		in.closers = in.closers[:last]
	}
	in.raw.count(in.raw.rest)
	return err
}
