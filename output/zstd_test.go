package output

import (
	"testing"

	"github.com/apache/arrow/go/v15/parquet/compress"
)

func TestSharedZstdEncoder(t *testing.T) {
	shareZstdEncoder()
	codec, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := codec.(sharedZstd); !ok {
		t.Fatalf("arrow's codec is %T, see zstd.go", codec)
	}
	page := make([]byte, 4096)
	dst := make([]byte, 0, codec.CompressBound(int64(len(page))))
	if n := testing.AllocsPerRun(10, func() { codec.EncodeLevel(dst, page, compress.DefaultCompressionLevel) }); n > 1 {
		t.Errorf("%v allocations a page", n)
	}
}
