package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// errHead is an error of headers, of a record or of a response.
var errHead = errors.New("broken headers")

// headLines reads lines of headers as long as there are bytes left for them.
type headLines struct {
	r    *bufio.Reader
	left *int64
}

// next returns a line without its end; lines that go on after a line end and
// space are one.
func (h headLines) next() (string, error) {
	line, err := h.one()
	if err != nil || line == "" {
		return line, err
	}
	for {
		b, err := h.r.Peek(1)
		if err != nil || b[0] != ' ' && b[0] != '\t' {
			return line, nil
		}
		more, err := h.one()
		if err != nil {
			return "", err
		}
		line += " " + strings.TrimSpace(more)
	}
}

func (h headLines) one() (string, error) {
	line, err := h.r.ReadSlice('\n')
	if *h.left -= int64(len(line)); *h.left < 0 || err == bufio.ErrBufferFull {
		return "", fmt.Errorf("%w: more than %d bytes", errHead, maxWARCHead)
	}
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(line), "\r\n"), nil
}

// httpResponse is a response as it went over the wire.
type httpResponse struct {
	head textproto.MIMEHeader
	body io.Reader // unpacked
}

// readHTTP reads a response, nil if its status is not 2xx. It takes versions
// that net/http does not, and bodies that the crawler has unpacked already but
// that still say they are packed.
func readHTTP(r io.Reader) (*httpResponse, error) {
	buffered := bufio.NewReaderSize(r, maxWARCHead)
	left := int64(maxWARCHead)
	lines := headLines{buffered, &left}
	status, err := lines.next()
	if err != nil {
		return nil, cutOff(err)
	}
	protocol, code, _ := strings.Cut(status, " ")
	if !strings.HasPrefix(protocol, "HTTP/") {
		return nil, fmt.Errorf("%w: no status line", errHead)
	}
	if !strings.HasPrefix(strings.TrimSpace(code), "2") {
		return nil, nil
	}
	response := &httpResponse{head: make(textproto.MIMEHeader)}
	for {
		line, err := lines.next()
		if err != nil {
			return nil, cutOff(err)
		}
		if line == "" {
			break
		}
		if key, value, ok := strings.Cut(line, ":"); ok {
			response.head.Add(strings.TrimSpace(key), strings.TrimSpace(value))
		}
	}
	response.body = buffered
	if strings.EqualFold(response.head.Get("Transfer-Encoding"), "chunked") && startsChunk(buffered) {
		buffered = bufio.NewReader(httputil.NewChunkedReader(buffered))
		response.body = buffered
	}
	response.body, err = decodeContent(buffered, response.head.Get("Content-Encoding"))
	return response, err
}

// startsChunk reports whether a chunk's size stands ahead: a line of hex digits.
func startsChunk(r *bufio.Reader) bool {
	head, _ := r.Peek(20)
	line, _, ok := bytes.Cut(head, []byte("\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	_, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 63)
	return ok && err == nil
}

// decodeContent unpacks a body if it is packed as its Content-Encoding says.
func decodeContent(r *bufio.Reader, encoding string) (io.Reader, error) {
	head, _ := r.Peek(4)
	switch strings.ToLower(encoding) {
	case "gzip", "x-gzip":
		if bytes.HasPrefix(head, gzipMagic) {
			return gzip.NewReader(r)
		}
	case "zstd":
		if bytes.HasPrefix(head, zstdMagic) {
			z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxWindow))
			if err != nil {
				return nil, err
			}
			return z, nil
		}
	case "deflate": // meant as zlib, often sent without its header
		if len(head) > 1 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(r)
		}
		if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
			return flate.NewReader(r), nil
		}
	case "br":
		if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
			return brotli.NewReader(r), nil
		}
	}
	return r, nil
}
