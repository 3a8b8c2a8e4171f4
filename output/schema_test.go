package output

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestSchemaGolden holds the contract: the columns as documented and as they
// stand in Parquet. A change here needs a new SchemaVersion.
func TestSchemaGolden(t *testing.T) {
	dir := t.TempDir()
	write(t, newWriter(t, dir, Options{}), nil)
	var got bytes.Buffer
	fmt.Fprintln(&got, "version", SchemaVersion)
	for _, table := range tables {
		fmt.Fprintf(&got, "\n%s\n", table.title())
		for _, c := range Columns() {
			if c.Table == table.title() {
				null := map[bool]string{true: "?"}[c.Nullable]
				fmt.Fprintf(&got, "  %-15s %s%s  %s\n", c.Name, c.Type, null, c.Doc)
			}
		}
		paths, err := dataFiles(dir, table.title())
		if err != nil || len(paths) != 1 {
			t.Fatal(paths, err)
		}
		p, err := file.OpenParquetFile(paths[0], false)
		if err != nil {
			t.Fatal(err)
		}
		schema.PrintSchema(p.MetaData().Schema.Root(), &got, 2)
		p.Close()
	}
	golden := filepath.Join("testdata", "schema.txt")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the schema is not that of %s (-update rewrites it):\n%s", golden, got.String())
	}
}

// TestMetadata checks that every file tells where it comes from, and each
// column what it means.
func TestMetadata(t *testing.T) {
	for _, format := range []Format{Parquet, Arrow} {
		dir := t.TempDir()
		write(t, newWriter(t, dir, Options{Format: format}), testDocuments(1, 20, 3, 50, 25))
		for name, content := range listFiles(t, dir) {
			for _, want := range []string{"detente.version", "detente.schema", "detente.lexicons", "actors=ab12", "detente.model", "detente.run"} {
				if !strings.Contains(content, want) {
					t.Errorf("%s: no %s", name, want)
				}
			}
		}
	}
	for _, c := range Columns() {
		if c.Doc == "" {
			t.Errorf("%s.%s is not documented", c.Table, c.Name)
		}
	}
}

// TestPages looks at what the recipe of parquet.go promises.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	write(t, newWriter(t, dir, Options{}), testDocuments(1, 200, 0, 200, 25))
	paths, err := dataFiles(dir, "statements")
	if err != nil || len(paths) != 1 {
		t.Fatal(paths, err)
	}
	p, err := file.OpenParquetFile(paths[0], false)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if n := p.NumRowGroups(); n < 2 {
		t.Errorf("%d row groups: the file was not spilled to", n)
	}
	for i := range p.MetaData().Schema.NumColumns() {
		chunk, err := p.MetaData().RowGroup(0).ColumnChunk(i)
		if err != nil {
			t.Fatal(err)
		}
		name := chunk.PathInSchema().String()
		if c := chunk.Compression().String(); c != "ZSTD" {
			t.Errorf("%s: compression %s", name, c)
		}
		repeats := slices.Contains(statements.dictionaries(), name)
		if chunk.HasDictionaryPage() != repeats {
			t.Errorf("%s: dictionary %t, want %t", name, chunk.HasDictionaryPage(), repeats)
		}
	}
}
