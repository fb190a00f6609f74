package ui

import (
	"context"
	"os"
	"sync"
	"time"
)

// changeEvery is how often a page is told of changes at most.
const changeEvery = 250 * time.Millisecond

// changes gathers the commits of this process, and those that another process
// makes to the same profile, and tells of them at most four times a second.
type changes struct {
	tell  func() // on any goroutine
	after func(time.Duration, func()) func()

	mu      sync.Mutex
	waiting bool
}

// note is called after each commit, on the committer's goroutine.
func (c *changes) note() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting {
		return
	}
	c.waiting = true
	c.after(changeEvery, func() {
		c.mu.Lock()
		c.waiting = false
		c.mu.Unlock()
		c.tell()
	})
}

// lookEvery is how often the files of the database are looked at for what
// another process wrote.
const lookEvery = 2 * time.Second

// watch looks at the database's files until ctx ends. SQLite's log grows, or
// is cut, with every commit.
func (c *changes) watch(ctx context.Context, path string) {
	type state struct {
		size int64
		at   time.Time
	}
	look := func() (now [2]state) {
		for i, name := range []string{path, path + "-wal"} {
			if info, err := os.Stat(name); err == nil {
				now[i] = state{info.Size(), info.ModTime()}
			}
		}
		return now
	}
	before := look()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if now := look(); now != before {
				before = now
				c.note()
			}
		}
	}
}
