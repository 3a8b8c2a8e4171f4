package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
)

// stores are the library's drivers that need no network.
func stores(t *testing.T) map[string]*blob.Bucket {
	t.Helper()
	folder, err := fileblob.OpenBucket(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*blob.Bucket{"mem://news": memblob.OpenBucket(nil), "mem://files?prefix=x": folder}
}

func TestObjects(t *testing.T) {
	for name, bucket := range stores(t) {
		base, options, _ := strings.Cut(name, "?")
		if options != "" {
			options = "?" + options
		}
		objects := map[string]string{"2019/a.jsonl": jsonObject, "2019/b.jsonl.gz": gzipped(jsonObject), "2019/photo.jpg": "x",
			"2020/c.txt": "Text.", "2020/deep/d.parquet": parquetFile(t), "20/e.txt": "Text.", "odd": jsonObject}
		for key, content := range objects {
			if err := bucket.WriteAll(context.Background(), key, []byte(content), nil); err != nil {
				t.Fatal(err)
			}
		}
		expand := func(patterns, listed []string) ([]Source, error) {
			e := newExpansion()
			e.open = func(_ context.Context, url string) (*blob.Bucket, error) {
				if url != name {
					return nil, errors.New("no such bucket: " + url)
				}
				return bucket, nil
			}
			return e.expand(patterns, listed)
		}
		for pattern, want := range map[string]string{
			"/2019/a.jsonl":     "2019/a.jsonl",
			"/odd":              "odd",
			"/2019":             "2019/a.jsonl 2019/b.jsonl.gz",
			"/2019/":            "2019/a.jsonl 2019/b.jsonl.gz",
			"/20??/*.{txt,jpg}": "2019/photo.jpg 2020/c.txt",
			"/**/*.parquet":     "2020/deep/d.parquet",
			"":                  "20/e.txt 2019/a.jsonl 2019/b.jsonl.gz 2020/c.txt 2020/deep/d.parquet",
			"/":                 "20/e.txt 2019/a.jsonl 2019/b.jsonl.gz 2020/c.txt 2020/deep/d.parquet",
			"/20[12]?/?.jsonl*": "2019/a.jsonl 2019/b.jsonl.gz",
		} {
			for _, listed := range []bool{false, true} {
				args := [2][]string{{base + pattern + options}, nil}
				if listed {
					args[0], args[1] = nil, args[0]
				}
				sources, err := expand(args[0], args[1])
				var got []string
				for _, s := range sources {
					got = append(got, strings.TrimPrefix(s.Name(), base+"/"))
				}
				if err != nil || !slices.Equal(got, strings.Fields(want)) {
					t.Errorf("%s%s: %q, %v; want %q", name, pattern, got, err, want)
				}
			}
		}
		for _, bad := range []string{base + "/nothing" + options, base + "/[" + options, "mem://other/a.txt"} {
			var noInput *NoInputError
			if _, err := expand([]string{bad}, nil); !errors.As(err, &noInput) || noInput.Hint == "" {
				t.Errorf("%s: %v", bad, err)
			}
		}
		sources, err := expand([]string{base + "/" + options}, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := readAll(t, []Source{{Path: "-"}}, Options{Stdin: strings.NewReader(parquetFile(t))})
		articles, errs := readAll(t, sources, Options{})
		if len(articles) != 4+len(rows) || articles[1].URI != base+"/2019/a.jsonl:1" {
			t.Errorf("%s: %d articles, %v", name, len(articles), errs)
		}
		// One that is gone by then is an error of its own.
		bucket.Delete(context.Background(), "2019/a.jsonl")
		if again, errs := readAll(t, sources, Options{}); len(again) != len(articles)-1 || len(errs) == 0 || errs[0].File != base+"/2019/a.jsonl" {
			t.Errorf("%d articles, %v", len(again), errs)
		}
	}
}

// No other address leads out of the machine.
func TestNoNetwork(t *testing.T) {
	for pattern, hint := range map[string]string{
		"https://meridian.example/feed.xml": "download it", "ftp://a.example/a.txt": "download it",
		"s3://bucket/a.jsonl": "-tags cloud", "gs://bucket/": "-tags cloud",
	} {
		if blob.DefaultURLMux().ValidBucketScheme("s3") && hint == "-tags cloud" {
			continue // this is the program with that tag
		}
		for _, args := range [][2][]string{{{pattern}, nil}, {nil, {pattern}}} {
			var noInput *NoInputError
			if _, err := Expand(args[0], args[1]); !errors.As(err, &noInput) || !strings.Contains(noInput.Hint, hint) {
				t.Errorf("%s: %v", pattern, err)
			}
		}
	}
	inFolder(t, map[string]string{"a.txt": "Text."})
	sources, err := Expand([]string{"file://a.txt"}, []string{"file://a.txt"})
	if err != nil || len(sources) != 1 || sources[0].Path != "a.txt" {
		t.Errorf("%v %v", sources, err)
	}
}
