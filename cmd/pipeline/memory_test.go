package main

import (
	"errors"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestMemoryWatch(t *testing.T) {
	const limit = 100
	for name, test := range map[string]struct {
		samples []memory
		want    bool
	}{
		"below":              {[]memory{{90, 50}, {110, 60}}, false},
		"in use":             {[]memory{{90, 50}, {130, 101}}, true},
		"above for a moment": {[]memory{{150, 50}, {150, 50}, {90, 50}, {150, 50}}, false},
		"above for long":     {slicesRepeat(memory{150, 50}, maxOver+1), true},
		"a little for long":  {slicesRepeat(memory{109, 50}, 5*maxOver), false},
	} {
		w, got := memoryWatch{limit: limit}, false
		for _, m := range test.samples {
			got = got || w.exceeded(m)
		}
		if got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func slicesRepeat(m memory, n int) (list []memory) {
	for range n {
		list = append(list, m)
	}
	return list
}

// TestMemoryLimit holds that a run fails while it goes on once its limit cannot
// be kept.
func TestMemoryLimit(t *testing.T) {
	failed := make(chan error, 1)
	stop := watchMemory(readMemory().total/2, func(err error) { failed <- err })
	defer stop()
	select {
	case err := <-failed:
		if e := (*exit)(nil); !errors.As(err, &e) || e.code != exitFailed || e.hint == "" || !strings.Contains(e.Error(), "cannot be kept") {
			t.Errorf("%v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("nobody noticed")
	}
	var calls atomic.Int32
	stop = watchMemory(1<<40, func(error) { calls.Add(1) })
	time.Sleep(250 * time.Millisecond)
	stop()
	if calls.Load() > 0 {
		t.Error("a limit of 1 TiB is said to be exceeded")
	}
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	if n, err := limitMemory("3GiB"); err != nil || n != 3<<30 || debug.SetMemoryLimit(-1) != 3<<30 {
		t.Errorf("%d, %v", n, err)
	}
}
