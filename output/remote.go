package output

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
	"golang.org/x/sync/errgroup"
)

// remote is a dataset in an object store, and the folder that a Writer works on
// in its place: a copy of the log, and of those data files that somebody has
// asked for. A commit is made in the store first, in the steps of the package
// comment, then in the folder.
//
// Stores have neither renames nor locks. A rename is a copy within the store and
// a removal. Instead of a lock there is one name for each commit that only the
// first can write, 000017.pending: of two runs at once the second one fails when
// it commits. Since that name is free again once the commit is complete, a run
// that has written it looks whether 000017.json is there.
type remote struct {
	objects objects
	close   func() error
	url     string
	dir     string // the folder
	staging string // beneath which the files of the commit in hand are; "" where there are none, or the next run may need them
}

// objects is what a remote does with a bucket. A *blob.Bucket has it.
type objects interface {
	List(*blob.ListOptions) *blob.ListIterator
	Attributes(ctx context.Context, key string) (*blob.Attributes, error)
	NewReader(ctx context.Context, key string, o *blob.ReaderOptions) (*blob.Reader, error)
	Upload(ctx context.Context, key string, r io.Reader, o *blob.WriterOptions) error
	Copy(ctx context.Context, to, from string, o *blob.CopyOptions) error
	Delete(ctx context.Context, key string) error
}

const (
	// abandoned is how much older than the last commit staged files are that no run
	// will come back to.
	abandoned = 7 * 24 * time.Hour
	// requests is how many requests are made of a store at a time.
	requests = 16

	stateKey   = StateFolder + "/"
	commitsKey = stateKey + commitsName + "/"
	stagingKey = stateKey + stagingName + "/"
)

// IsRemote reports whether a dataset's name is that of an object store: s3://bucket/tone.
func IsRemote(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && scheme != "" && scheme != "file"
}

// localName is the folder that a name means, be it a file:// URL.
func localName(name string) string { return strings.TrimPrefix(name, "file://") }

// Fetch copies the log and some tables of a dataset in an object store into a
// temporary folder, where all that reads a dataset can read it. remove removes
// that. A folder is returned as it is.
func Fetch(name string, tableNames ...string) (dir string, remove func(), err error) {
	if !IsRemote(name) {
		return localName(name), func() {}, nil
	}
	r, err := openRemote(name)
	if err != nil {
		return "", nil, err
	}
	h, err := r.readLog()
	if err == nil && h.pending {
		err = &HintError{fmt.Errorf("%s: commit %d is not complete", name, h.last.Number), "the next run completes it"}
	}
	if err == nil {
		var paths []string
		for p := range h.files {
			if slices.Contains(tableNames, tableOf(p)) {
				paths = append(paths, p)
			}
		}
		err = r.fetch(paths)
	}
	if err != nil {
		r.end()
		return "", nil, err
	}
	return r.dir, r.end, nil
}

// openRemote opens the bucket that a URL names.
func openRemote(name string) (*remote, error) {
	name, options, _ := strings.Cut(name, "?") // messages do without options
	scheme, rest, _ := strings.Cut(name, "://")
	bucketName, prefix, _ := strings.Cut(strings.TrimRight(rest, "/"), "/")
	switch {
	case !blob.DefaultURLMux().ValidBucketScheme(scheme) && (scheme == "s3" || scheme == "gs"):
		return nil, &HintError{fmt.Errorf("%s: %w: it was built without %s://", name, ErrNoStore, scheme), "build it with -tags cloud, or write to a folder and copy that"}
	case !blob.DefaultURLMux().ValidBucketScheme(scheme):
		return nil, &HintError{fmt.Errorf("%s: %w", name, ErrNoStore), "name a folder, s3://bucket/name or gs://bucket/name"}
	}
	url := scheme + "://" + bucketName
	if options != "" {
		url += "?" + options
	}
	bucket, err := blob.OpenBucket(context.Background(), url)
	if err != nil {
		return nil, storeError(name, err)
	}
	if prefix != "" {
		bucket = blob.PrefixedBucket(bucket, prefix+"/")
	}
	r, err := newRemote(name, bucket)
	if err != nil {
		bucket.Close()
		return nil, err
	}
	r.close = bucket.Close
	return r, nil
}

func newRemote(name string, o objects) (*remote, error) {
	dir, err := os.MkdirTemp("", "detente-")
	if err != nil {
		return nil, err
	}
	return &remote{objects: o, close: func() error { return nil }, url: name, dir: dir}, nil
}

func storeError(name string, err error) error {
	return &HintError{fmt.Errorf("%s: %w", name, err), "check the name of the bucket, the credentials, and that they may write"}
}

// end drops what is staged and not committed, and the folder.
func (r *remote) end() {
	if r.staging != "" {
		r.removeStaged(r.staging, time.Time{})
	}
	os.RemoveAll(r.dir)
	r.close()
}

// readLog copies the log into the folder.
func (r *remote) readLog() (*history, error) {
	records, err := r.list(commitsKey)
	if err != nil {
		return nil, err
	}
	last := lastCommit(records)
	for _, o := range records {
		if ext := path.Ext(o.Key); ext != committed && ext != pending || ext == pending && numberOf(o.Key) <= last {
			continue // the commit is complete, what is left is the removal of its pending record
		}
		if err := r.fetchOne(o.Key); err != nil {
			return nil, err
		}
		if err := os.Chtimes(final(r.dir, o.Key), o.ModTime, o.ModTime); err != nil {
			return nil, err
		}
	}
	return readHistory(r.dir)
}

// lastCommit is the number of the last complete commit.
func lastCommit(records []*blob.ListObject) (last int) {
	for _, o := range records {
		if path.Ext(o.Key) == committed {
			last = max(last, numberOf(o.Key))
		}
	}
	return last
}

// recover finishes the commit that a killed run left pending, and brings the log
// into the folder.
func (r *remote) recover() error {
	h, err := r.readLog()
	if err != nil {
		return err
	}
	if h.pending {
		if err := r.finish(&h.last); err != nil {
			return err
		}
		if err := os.Remove(commitPath(r.dir, h.last.Number, pending)); err != nil {
			return err
		}
		if _, err := r.readLog(); err != nil {
			return err
		}
	}
	records, err := r.list(commitsKey)
	if err != nil {
		return err
	}
	var newest time.Time // by the clock of the store, as all times here
	for _, o := range records {
		if o.ModTime.After(newest) {
			newest = o.ModTime
		}
		if path.Ext(o.Key) == pending && numberOf(o.Key) <= lastCommit(records) {
			if err := r.remove(o.Key); err != nil {
				return err
			}
		}
	}
	if newest.IsZero() {
		return nil
	}
	return r.removeStaged(stagingKey, newest.Add(-abandoned))
}

// publish commits c, whose files are staged in the folder.
func (r *remote) publish(c *commit) error {
	r.staging = stagingKey + rand.Text() + "/" // of this commit alone: others may finish it while this run makes the next one
	var tasks errgroup.Group
	tasks.SetLimit(requests)
	for _, f := range c.Files {
		if local := staged(r.dir, f.Path); exists(local) {
			tasks.Go(func() error { return r.upload(stagedKey(r.staging, f.Path), local) })
		}
	}
	if err := tasks.Wait(); err != nil {
		return err
	}
	if err := r.tryStore(); err != nil {
		return err
	}
	record := *c
	record.Staging, r.staging = r.staging, "" // even if the store reports an error, it may have written the record
	err := r.put(recordKey(c.Number, pending), record.encode(), true)
	if gcerrors.Code(err) == gcerrors.FailedPrecondition {
		var ours bool
		if ours, err = r.wrote(&record); err == nil && !ours {
			r.staging = record.Staging
			return r.overtaken()
		}
	}
	if err != nil {
		return err
	}
	records, err := r.list(commitsKey)
	if err != nil {
		return err
	}
	if lastCommit(records) >= c.Number {
		if err := r.remove(recordKey(c.Number, pending)); err != nil {
			return err
		}
		r.staging = record.Staging
		return r.overtaken()
	}
	return r.finish(&record)
}

// wrote reports whether a pending record is this one. A request whose answer is
// lost is made again, and fails then since the first one did not.
func (r *remote) wrote(c *commit) (bool, error) {
	in, err := r.objects.NewReader(context.Background(), recordKey(c.Number, pending), nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return false, nil
	}
	if err != nil {
		return false, storeError(r.url, err)
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return false, storeError(r.url, err)
	}
	return bytes.Equal(text, c.encode()), nil
}

// tryStore holds that the store keeps an object that is to be written only if
// there is none. Some that speak S3 do not, and two runs would not notice each other.
func (r *remote) tryStore() error {
	key := r.staging + "try"
	if err := r.put(key, nil, false); err != nil {
		return err
	}
	err := r.put(key, nil, true)
	switch {
	case gcerrors.Code(err) == gcerrors.FailedPrecondition:
		return nil
	case err != nil:
		return err
	}
	return &HintError{fmt.Errorf("%s: the store overwrites an object that is to be written only if there is none", r.url), "two runs would harm each other there: write to a folder and copy that"}
}

func (r *remote) overtaken() error {
	return &HintError{fmt.Errorf("%s %w: another run has committed first", r.url, ErrLocked), "run again: what the other run has scored is known then"}
}

// finish puts the files of a pending commit into their places and closes its
// record. It can be cut off anywhere and done again, and by two at once.
func (r *remote) finish(c *commit) error {
	if c.Staging == "" {
		return damagedLog(r.url+"/"+recordKey(c.Number, pending), errors.New("was made in a folder"))
	}
	list, err := r.list(c.Staging)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, o := range list {
		there[o.Key] = true
	}
	for _, t := range tables {
		var groups [2][]fileInfo // new ones, and those that replace others
		for _, f := range c.Files {
			if tableOf(f.Path) != t.title() {
				continue
			}
			switch old, err := r.size(f.Path); {
			case err != nil:
				return err
			case !there[stagedKey(c.Staging, f.Path)]:
				if old != f.Bytes {
					return damagedLog(r.url+"/"+recordKey(c.Number, pending), fmt.Errorf("cannot be completed: %s is lost", f.Path))
				}
			case old < 0:
				groups[0] = append(groups[0], f)
			default:
				groups[1] = append(groups[1], f)
			}
		}
		for _, files := range groups {
			if err := r.each(files, func(f fileInfo) error { return r.place(c, f) }); err != nil {
				return err
			}
		}
	}
	for _, t := range slices.Backward(tables[:]) {
		for _, p := range c.Removed {
			if tableOf(p) == t.title() {
				if err := r.remove(p); err != nil {
					return err
				}
			}
		}
	}
	record := *c
	record.Staging = ""
	if err := r.put(recordKey(c.Number, committed), record.encode(), false); err != nil {
		return err
	}
	if err := r.remove(recordKey(c.Number, pending)); err != nil {
		return err
	}
	return r.removeStaged(c.Staging, time.Time{})
}

// place copies a staged file to where it belongs, unless another process that
// finishes the same commit has just done so.
func (r *remote) place(c *commit, f fileInfo) error {
	err := r.objects.Copy(context.Background(), f.Path, stagedKey(c.Staging, f.Path), nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		if size, e := r.size(f.Path); e == nil && size == f.Bytes {
			return nil
		}
	}
	if err != nil {
		return storeError(r.url+"/"+f.Path, err)
	}
	return nil
}

func (r *remote) each(files []fileInfo, do func(fileInfo) error) error {
	var tasks errgroup.Group
	tasks.SetLimit(requests)
	for _, f := range files {
		tasks.Go(func() error { return do(f) })
	}
	return tasks.Wait()
}

// forget deletes the records before a complete one.
func (r *remote) forget(complete int) error {
	records, err := r.list(commitsKey)
	for _, o := range records {
		if numberOf(o.Key) < complete && err == nil {
			err = r.remove(o.Key)
		}
	}
	return err
}

// fetch copies data files into the folder, save those that are there.
func (r *remote) fetch(paths []string) error {
	var tasks errgroup.Group
	tasks.SetLimit(requests)
	for _, p := range paths {
		if !exists(final(r.dir, p)) {
			tasks.Go(func() error { return r.fetchOne(p) })
		}
	}
	return tasks.Wait()
}

func (r *remote) fetchOne(key string) (err error) {
	defer func() {
		if err != nil {
			err = storeError(r.url+"/"+key, err)
		}
	}()
	in, err := r.objects.NewReader(context.Background(), key, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	to := final(r.dir, key)
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

// tableFiles lists the data files of all tables.
func (r *remote) tableFiles() (list []string, err error) {
	for _, t := range tables {
		there, err := r.list(t.title() + "/")
		if err != nil {
			return nil, err
		}
		for _, o := range there {
			if isDataPath(o.Key) {
				list = append(list, o.Key)
			}
		}
	}
	return list, nil
}

func recordKey(number int, ext string) string {
	return fmt.Sprintf("%s%06d%s", commitsKey, number, ext)
}

func stagedKey(staging, path string) string { return staging + path + stagedExt }

func (r *remote) upload(key, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := r.objects.Upload(context.Background(), key, in, &blob.WriterOptions{ContentType: "application/octet-stream"}); err != nil {
		return storeError(r.url+"/"+key, err)
	}
	return nil
}

// put writes a small object, which readers see whole or not at all.
func (r *remote) put(key string, content []byte, ifNew bool) error {
	err := r.objects.Upload(context.Background(), key, bytes.NewReader(content), &blob.WriterOptions{ContentType: "application/json", IfNotExist: ifNew})
	if err != nil {
		return storeError(r.url+"/"+key, err)
	}
	return nil
}

// remove removes an object, if it is there.
func (r *remote) remove(key string) error {
	if err := r.objects.Delete(context.Background(), key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return storeError(r.url+"/"+key, err)
	}
	return nil
}

// removeStaged removes what is staged beneath a name and older than a time, if
// that is not zero.
func (r *remote) removeStaged(beneath string, before time.Time) error {
	if !strings.HasPrefix(beneath, stagingKey) {
		return fmt.Errorf("%s/%s: nothing is staged there", r.url, beneath)
	}
	list, err := r.list(beneath)
	for _, o := range list {
		if err == nil && (before.IsZero() || o.ModTime.Before(before)) {
			err = r.remove(o.Key)
		}
	}
	return err
}

// size is the size of an object, -1 if there is none.
func (r *remote) size(key string) (int64, error) {
	attributes, err := r.objects.Attributes(context.Background(), key)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound:
		return -1, nil
	case err != nil:
		return 0, storeError(r.url+"/"+key, err)
	}
	return attributes.Size, nil
}

// list lists the objects beneath a name.
func (r *remote) list(beneath string) (list []*blob.ListObject, err error) {
	for all := r.objects.List(&blob.ListOptions{Prefix: beneath}); ; {
		o, err := all.Next(context.Background())
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, storeError(r.url, err)
		}
		list = append(list, o)
	}
}
