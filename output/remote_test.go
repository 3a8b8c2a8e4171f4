package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
)

// testStore keeps the objects of a bucket as files of a folder, so that it can
// be read as one. It is opened by test://bucket/….
type testStore struct{ dir string }

func (s testStore) OpenBucketURL(context.Context, *url.URL) (*blob.Bucket, error) {
	return fileblob.OpenBucket(s.dir, &fileblob.Options{Metadata: fileblob.MetadataDontWrite})
}

// newStore returns the URL of a dataset to be, and the folder it lies in. Temporary folders are the test's own.
func newStore(t testing.TB) (name, dir string) {
	bucket := t.TempDir()
	t.Setenv("TMPDIR", t.TempDir())
	scheme := "test" + strings.ToLower(strings.NewReplacer("/", "", "_", "", "=", "", "#", "").Replace(t.Name()))
	blob.DefaultURLMux().RegisterBucket(scheme, testStore{bucket})
	return scheme + "://bucket/news/tone", filepath.Join(bucket, "news", "tone")
}

// faulty is a bucket that fails at the change of number fail and all after it, as
// for a process that is killed there; once, at that one alone.
type faulty struct {
	*blob.Bucket
	mu            sync.Mutex
	changes, fail int
	once          bool
	careless      bool   // overwrites what it should not
	repeats       bool   // makes each upload twice, as after an answer that was lost
	before        func() // each change
}

var errKilled = errors.New("killed")

func (f *faulty) change() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.before != nil {
		f.before()
	}
	if f.changes++; f.changes == f.fail+1 || f.changes > f.fail && !f.once {
		return errKilled
	}
	return nil
}

func (f *faulty) Upload(ctx context.Context, key string, r io.Reader, o *blob.WriterOptions) error {
	if err := f.change(); err != nil {
		return err
	}
	if f.careless {
		o.IfNotExist = false
	}
	if f.repeats {
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := f.Bucket.Upload(ctx, key, bytes.NewReader(content), o); err != nil {
			return err
		}
		r = bytes.NewReader(content)
	}
	return f.Bucket.Upload(ctx, key, r, o)
}

func (f *faulty) Copy(ctx context.Context, to, from string, o *blob.CopyOptions) error {
	if err := f.change(); err != nil {
		return err
	}
	return f.Bucket.Copy(ctx, to, from, o)
}

func (f *faulty) Delete(ctx context.Context, key string) error {
	if err := f.change(); err != nil {
		return err
	}
	return f.Bucket.Delete(ctx, key)
}

// increments are what three runs write, the later ones with revisions.
func increments() [][]Document {
	all := testDocuments(31, 60, 1, 30, 25)
	for _, d := range all { // of few months: each has files, and each file costs changes
		d.Article.Published = time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	revise := func(docs []Document, to string) (list []Document) {
		for _, d := range docs {
			a := *d.Article
			a.ContentHash = to
			if a.ID == "doc-3" {
				a.Published = a.Published.AddDate(0, 1, 0)
			}
			d.Article = &a
			list = append(list, d)
		}
		return list
	}
	return [][]Document{all[:30], append(revise(all[:5], "new"), all[30:50]...), append(revise(all[20:40], "newer"), all[50:]...)}
}

// TestRemote holds that a dataset in a store has the same bytes as one in a folder.
func TestRemote(t *testing.T) {
	name, there := newStore(t)
	local := t.TempDir()
	for _, docs := range increments() {
		for _, dir := range []string{name, local} {
			write(t, newWriter(t, dir, Options{Batch: 12}), docs)
		}
		sameFiles(t, there, local)
	}
	if _, err := Open(name, Options{Meta: testMeta, Format: Arrow}); !errors.Is(err, ErrExists) || !strings.Contains(err.Error(), name) {
		t.Errorf("another format: %v", err)
	}
	for _, dir := range []string{name, local} {
		if _, err := Compact(dir, Options{Meta: testMeta}); err != nil {
			t.Fatal(err)
		}
	}
	sameFiles(t, there, local)
	dir, remove, err := Fetch(name, "documents", "statements", "tones")
	if err != nil {
		t.Fatal(err)
	}
	sameFiles(t, dir, local)
	if r, err := Verify(dir, nil); err != nil || len(r.Problems) > 0 || r.Documents != 60 {
		t.Errorf("%+v, %v", r, err)
	}
	remove()
	for _, dir := range []string{name, local} {
		write(t, newWriter(t, dir, Options{Force: true}), increments()[1])
	}
	sameFiles(t, there, local)
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("temporary files stay: %v, %v", left, err)
	}
}

// sameFiles compares all files of two datasets save locks.
func sameFiles(t testing.TB, a, b string) {
	t.Helper()
	left, right := storedFiles(t, a), storedFiles(t, b)
	if len(left) < 7 || !maps.Equal(left, right) {
		t.Fatalf("the files differ:\n%q\n%q", slices.Sorted(maps.Keys(left)), slices.Sorted(maps.Keys(right)))
	}
}

// storedFiles is listFiles with the log.
func storedFiles(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := listFiles(t, dir)
	paths, err := filepath.Glob(filepath.Join(dir, StateFolder, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		if text, err := os.ReadFile(p); err == nil {
			rel, _ := filepath.Rel(dir, p)
			files[filepath.ToSlash(rel)] = string(text)
		}
	}
	return files
}

// TestRemoteKilled cuts a commit off before each of its changes, or lets that one
// fail. At no time there is a statement or tone without its document, and the next
// run completes or drops the commit.
func TestRemoteKilled(t *testing.T) {
	for _, once := range []bool{false, true} {
		t.Run(fmt.Sprint("once=", once), func(t *testing.T) { cutOffRemote(t, once) })
	}
}

func cutOffRemote(t *testing.T, once bool) {
	name, there := newStore(t)
	runs := increments()
	write(t, newWriter(t, name, Options{}), runs[0])
	old := t.TempDir()
	if err := os.CopyFS(old, os.DirFS(there)); err != nil {
		t.Fatal(err)
	}
	before := storedFiles(t, there)
	write(t, newWriter(t, name, Options{}), runs[1])
	after := storedFiles(t, there)
	dropped, completed := 0, 0
	for fail := 0; ; fail++ {
		if err := os.RemoveAll(there); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(there, os.DirFS(old)); err != nil {
			t.Fatal(err)
		}
		w := newWriter(t, name, Options{})
		store := &faulty{Bucket: w.remote.objects.(*blob.Bucket), fail: fail, once: once, before: func() { checkReferences(t, there) }}
		w.remote.objects = store
		err := func() error {
			for _, d := range runs[1] {
				if _, err := w.Write(d); err != nil {
					return err
				}
			}
			return w.Commit()
		}()
		w.Close()
		if err == nil {
			if store.changes > fail || fail < 15 {
				t.Fatalf("%d changes", fail)
			}
			break
		}
		if !errors.Is(err, errKilled) {
			t.Fatalf("killed at change %d: %v", fail, err)
		}
		next := newWriter(t, name, Options{})
		checkReferences(t, there)
		next.Close()
		removeAbandoned(t, there)
		switch got := storedFiles(t, there); {
		case maps.Equal(got, before):
			dropped++
		case maps.Equal(got, after):
			completed++
		default:
			t.Fatalf("killed at change %d, then opened: %q", fail, slices.Sorted(maps.Keys(got)))
		}
	}
	if dropped < 5 || completed < 5 {
		t.Errorf("%d dropped, %d completed", dropped, completed)
	}
}

// removeAbandoned does what Open does after a week.
func removeAbandoned(t *testing.T, dir string) {
	if err := os.RemoveAll(filepath.Join(dir, StateFolder, stagingName)); err != nil {
		t.Fatal(err)
	}
}

// checkReferences reads as a reader without a lock does.
func checkReferences(t *testing.T, dir string) {
	t.Helper()
	said := map[string]bool{}
	for r, err := range ReadTones(dir, "doc_id") {
		if err != nil {
			t.Fatal(err)
		}
		said[r.DocID] = true
	}
	for r, err := range ReadStatements(dir, "doc_id") {
		if err != nil {
			t.Fatal(err)
		}
		said[r.DocID] = true
	}
	for r, err := range ReadDocuments(dir, "doc_id") {
		if err != nil {
			t.Fatal(err)
		}
		delete(said, r.DocID)
	}
	if len(said) > 0 {
		t.Fatalf("without their documents: %v", said)
	}
}

// TestRemoteTwo lets two runs commit the same number, the second one before, within
// and after the first one's commit.
func TestRemoteTwo(t *testing.T) {
	name, there := newStore(t)
	runs := increments()
	write(t, newWriter(t, name, Options{}), runs[0])
	write(t, newWriter(t, name, Options{}), runs[1])
	removeAll := func() {
		if err := os.RemoveAll(there); err != nil {
			t.Fatal(err)
		}
	}
	for moment := 0; moment < 200; moment += 7 {
		removeAll()
		write(t, newWriter(t, name, Options{}), runs[0])
		first, second := newWriter(t, name, Options{}), newWriter(t, name, Options{})
		var lost error
		store := &faulty{Bucket: first.remote.objects.(*blob.Bucket), fail: 1 << 30}
		store.before = func() {
			if store.changes != moment {
				return
			}
			for _, d := range runs[2] {
				if _, err := second.Write(d); err != nil {
					t.Error(err)
				}
			}
			lost = second.Commit()
		}
		first.remote.objects = store
		var err error
		for _, d := range runs[1] {
			if _, e := first.Write(d); e != nil {
				t.Fatal(e)
			}
		}
		err = first.Commit()
		ended := store.changes <= moment
		if ended {
			for _, d := range runs[2] {
				if _, e := second.Write(d); e != nil {
					t.Error(e)
				}
			}
			lost = second.Commit()
		}
		first.Close()
		second.Close()
		if (err == nil) == (lost == nil) || !errors.Is(errors.Join(err, lost), ErrLocked) {
			t.Fatalf("at change %d: both or neither committed: %v; %v", moment, err, lost)
		}
		want := slices.Concat(runs[0], runs[1])
		if err != nil {
			want = slices.Concat(runs[0], runs[2])
		}
		dir, remove, e := Fetch(name, "documents", "statements", "tones")
		if e != nil {
			t.Fatal(e)
		}
		holds(t, dir, lastOf(want))
		if r, err := Verify(dir, nil); err != nil || len(r.Problems) > 0 {
			t.Fatalf("at change %d: %v, %v", moment, r, err)
		}
		remove()
		if ended {
			if moment < 15 {
				t.Errorf("%d changes", moment)
			}
			return
		}
	}
	t.Error("the commit never ends")
}

// lastOf are the last versions of documents.
func lastOf(docs []Document) (list []Document) {
	for i, d := range docs {
		if !slices.ContainsFunc(docs[i+1:], func(o Document) bool { return o.Article.ID == d.Article.ID }) {
			list = append(list, d)
		}
	}
	return list
}

// TestRemoteHelped lets another run finish a commit while the first one does.
func TestRemoteHelped(t *testing.T) {
	name, there := newStore(t)
	local := t.TempDir()
	runs := increments()
	for moment := 0; ; moment += 5 {
		for _, dir := range []string{there, local} {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
		write(t, newWriter(t, name, Options{}), runs[0])
		first := newWriter(t, name, Options{Batch: 15}) // two commits, of which the second revises files of the first
		store := &faulty{Bucket: first.remote.objects.(*blob.Bucket), fail: 1 << 30}
		store.before = func() {
			if store.changes == moment {
				newWriter(t, name, Options{}).Close()
			}
		}
		first.remote.objects = store
		write(t, first, slices.Concat(runs[1][:15], runs[1][5:]))
		write(t, newWriter(t, local, Options{}), runs[0])
		write(t, newWriter(t, local, Options{Batch: 15}), slices.Concat(runs[1][:15], runs[1][5:]))
		sameFiles(t, there, local)
		if store.changes <= moment {
			break
		}
	}
}

// TestRemoteCareless holds that a store that cannot tell two runs apart is refused.
func TestRemoteCareless(t *testing.T) {
	name, there := newStore(t)
	w := newWriter(t, name, Options{})
	w.remote.objects = &faulty{Bucket: w.remote.objects.(*blob.Bucket), fail: 1 << 30, careless: true}
	if _, err := w.Write(seed()); err != nil {
		t.Fatal(err)
	}
	hinted := new(HintError)
	if err := w.Commit(); !errors.As(err, &hinted) || !strings.Contains(err.Error(), "overwrites") {
		t.Errorf("%v", err)
	}
	w.Close()
	if left := storedFiles(t, there); len(left) > 0 {
		t.Errorf("%q stay", slices.Sorted(maps.Keys(left)))
	}
}

// TestRemoteRepeats lets each upload be made twice: a run is not overtaken by itself.
func TestRemoteRepeats(t *testing.T) {
	name, there := newStore(t)
	local := t.TempDir()
	for _, docs := range increments() {
		w := newWriter(t, name, Options{})
		w.remote.objects = &faulty{Bucket: w.remote.objects.(*blob.Bucket), fail: 1 << 30, repeats: true}
		write(t, w, docs)
		write(t, newWriter(t, local, Options{}), docs)
	}
	sameFiles(t, there, local)
}

// TestRemoteForeign holds that a commit that a folder's run left pending is
// refused in a bucket, and that nothing is cleared away for it.
func TestRemoteForeign(t *testing.T) {
	name, there := newStore(t)
	pendingCommit(t, there, increments()[0], increments()[1], Options{})
	before := storedFiles(t, there)
	if _, err := Open(name, Options{Meta: testMeta}); err == nil || !strings.Contains(err.Error(), "was made in a folder") {
		t.Errorf("%v", err)
	}
	if !maps.Equal(storedFiles(t, there), before) {
		t.Error("files have changed")
	}
}

func TestRemoteAbandoned(t *testing.T) {
	r, err := newRemote("mem://", memblob.OpenBucket(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer r.end()
	for i := range 3 {
		if err := r.put(fmt.Sprintf("%sx/%d.new", stagingKey, i), nil, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.removeStaged(stagingKey, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if list, _ := r.list(stagingKey); len(list) != 3 {
		t.Errorf("%d objects", len(list))
	}
	if err := r.removeStaged(stagingKey, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if list, _ := r.list(stagingKey); len(list) != 0 {
		t.Errorf("%d objects", len(list))
	}
}

func TestRemoteNames(t *testing.T) {
	for name, want := range map[string]bool{"s3://bucket/tone": true, "mem://": true, "file:///tmp/tone": false, "tone": false, "C:\\tone": false, "/a/b": false} {
		if IsRemote(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	for name, hint := range map[string]string{"https://a.example/tone": "name a folder", "s3://bucket/tone": "-tags cloud"} {
		if blob.DefaultURLMux().ValidBucketScheme("s3") && hint == "-tags cloud" {
			continue // this is the program with that tag
		}
		hinted := new(HintError)
		if _, err := Open(name, Options{Meta: testMeta}); !errors.As(err, &hinted) || !strings.Contains(hinted.Hint, hint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r, err := Open("file://"+t.TempDir(), Options{Meta: testMeta}); err != nil {
		t.Error(err)
	} else {
		r.Close()
	}
}
