package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// limitMemory makes the garbage collector keep within --memory. It returns the
// limit in bytes, 0 = none.
func limitMemory(size string) (int64, error) {
	if size == "" {
		return 0, nil
	}
	limit, err := parseSize(size)
	if err != nil {
		return 0, usageError(fmt.Errorf("--memory: %w", err), "a number with or without a unit, as 500MB or 2GiB")
	}
	debug.SetMemoryLimit(limit)
	return limit, nil
}

// checkMemory refuses a limit that the lexicons and the model alone exceed.
func checkMemory(limit int64) error {
	if limit == 0 {
		return nil
	}
	runtime.GC()
	if used := readMemory().inUse; used > limit*9/10 {
		return usageError(fmt.Errorf("--memory %s is too little: the lexicons and the model take %s", mebibytes(limit), mebibytes(used)),
			"give "+mebibytes(2*used)+" or more")
	}
	return nil
}

// memory is what the program takes, in bytes.
type memory struct {
	total int64 // of the operating system
	inUse int64 // by what was not garbage at the last collection
}

func readMemory() memory {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return memory{total: int64(samples[0].Value.Uint64() - samples[1].Value.Uint64()), inUse: int64(samples[2].Value.Uint64())}
}

// watchMemory calls fail once if the limit cannot be kept, until stop is called.
// The collector's limit is soft: it collects ever more often, but what is in
// use it cannot take away.
func watchMemory(limit int64, fail func(error)) (stop func()) {
	if limit == 0 {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		w := memoryWatch{limit: limit}
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if w.exceeded(readMemory()) {
				fail(&exit{exitFailed, fmt.Errorf("--memory %s cannot be kept: nothing was written", mebibytes(limit)),
					"give more, or lower --workers or --max-document"})
				return
			}
		}
	}()
	return func() { close(done) }
}

// memoryWatch decides from samples whether a limit cannot be kept.
type memoryWatch struct {
	limit int64
	over  int // samples in a row in which the total was above
}

// maxOver is how many samples may be above: a second in which the collector did
// not get below.
const maxOver = 10

func (w *memoryWatch) exceeded(m memory) bool {
	if m.total > w.limit+w.limit/10 {
		w.over++
	} else {
		w.over = 0
	}
	return m.inUse > w.limit || w.over > maxOver
}

func mebibytes(n int64) string { return fmt.Sprintf("%dMiB", (n+1<<20-1)>>20) }
