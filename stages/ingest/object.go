package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

const fileScheme = "file"

// object is one object of a store such as S3.
type object struct {
	bucket *blob.Bucket
	key    string
}

func (o *object) open() (io.ReadCloser, error) {
	return o.bucket.NewReader(context.Background(), o.key, nil)
}

// cutScheme parts "s3" from "bucket/key". A Windows path (C:\…) has no //.
func cutScheme(p string) (scheme, rest string, ok bool) {
	scheme, rest, ok = strings.Cut(p, "://")
	if !ok || scheme == "" || strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+.-") != "" {
		return "", "", false
	}
	return strings.ToLower(scheme), rest, true
}

// url takes what a URL names: a local file, or objects of a store that this
// build knows. Everything else would be a network access that nobody expects.
func (e *expansion) url(p, scheme, rest string) error {
	known := blob.DefaultURLMux().ValidBucketScheme(scheme)
	switch {
	case scheme == fileScheme:
		return e.pattern(rest)
	case known:
		return e.objects(p, scheme, rest)
	case scheme == "s3" || scheme == "gs":
		return &NoInputError{Pattern: p, Err: fmt.Errorf("this program was built without %s://", scheme),
			Hint: "build it with -tags cloud, or download the files"}
	}
	return &NoInputError{Pattern: p, Err: fmt.Errorf("%s:// is not read", scheme), Hint: "download it, or pipe it in and use - to read stdin"}
}

// objects takes an object, all objects beneath a prefix, or those that a glob
// matches. What stands behind a ? are options of the bucket, as region=…
func (e *expansion) objects(p, scheme, rest string) error {
	rest, options, _ := cutOptions(rest)
	name, key, _ := strings.Cut(rest, "/")
	bucket, err := e.bucket(scheme+"://"+name, options)
	if err != nil {
		return &NoInputError{Pattern: p, Err: err, Hint: "check the name of the bucket and the credentials"}
	}
	ctx := context.Background()
	add := func(key string, size int64) { e.addObject(scheme+"://"+name+"/"+key, size, &object{bucket, key}) }
	if key != "" && !strings.HasSuffix(key, "/") {
		switch attrs, err := bucket.Attributes(ctx, key); {
		case err == nil:
			add(key, attrs.Size)
			return nil
		case gcerrors.Code(err) != gcerrors.NotFound:
			return &NoInputError{Pattern: p, Err: err, Hint: "check the name of the bucket and the credentials"}
		}
	}
	prefix, pattern := key, ""
	if i := strings.IndexAny(key, "*?[{"); i >= 0 {
		if !doublestar.ValidatePattern(key) {
			return &NoInputError{Pattern: p, Err: doublestar.ErrBadPattern, Hint: "see the syntax of globs: * ** ? [a-z] {a,b}"}
		}
		prefix, pattern = key[:i], key
	} else if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	for list := bucket.List(&blob.ListOptions{Prefix: prefix}); ; {
		o, err := list.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return &NoInputError{Pattern: p, Err: err, Hint: "check the name of the bucket and the credentials"}
		case o.IsDir || pattern == "" && formatOf(o.Key) == "" || pattern != "" && !doublestar.MatchUnvalidated(pattern, o.Key):
			continue
		}
		add(o.Key, o.Size)
	}
}

// cutOptions parts a key from the options of a URL. A ? may also be part of a
// glob: options have a =.
func cutOptions(rest string) (key, options string, ok bool) {
	if i := strings.LastIndexByte(rest, '?'); i >= 0 && strings.Contains(rest[i:], "=") {
		if _, err := url.ParseQuery(rest[i+1:]); err == nil {
			return rest[:i], rest[i+1:], true
		}
	}
	return rest, "", false
}

// bucket opens a bucket once. It stays open until the program ends: sources
// read from it later.
func (e *expansion) bucket(name, options string) (*blob.Bucket, error) {
	if options != "" {
		name += "?" + options
	}
	if b := e.buckets[name]; b != nil {
		return b, nil
	}
	b, err := e.open(context.Background(), name)
	if err == nil {
		e.buckets[name] = b
	}
	return b, err
}

func (e *expansion) addObject(path string, size int64, o *object) {
	e.hits++
	if !e.seen[path] {
		e.seen[path] = true
		e.sources = append(e.sources, Source{Path: path, Size: size, object: o})
	}
}
