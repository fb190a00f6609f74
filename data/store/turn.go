package store

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// A turn lets whoever serves a person write before whoever writes a lot. SQLite's write lock goes to the first that
// happens to ask when it is free, and a program that imports a list asks again at once: a till in another process could
// wait for the whole list. So everyone who wants to write holds a shared lock on a file until they may, and an import
// looks at it between two of its transactions. Where there can be no such file, everything works as well but for that.
type turn struct {
	path       string
	once       sync.Once
	mine, look *os.File
}

// patience is how long an import lets others go first, at most. Who asks for longer waits for the disk, not for it.
const patience = 250 * time.Millisecond

func (t *turn) open() {
	t.once.Do(func() {
		if os.MkdirAll(filepath.Dir(t.path), 0o700) != nil {
			return
		}
		for _, f := range []**os.File{&t.mine, &t.look} {
			*f, _ = os.OpenFile(t.path, os.O_RDWR|os.O_CREATE, 0o600)
		}
	})
}

// ask shows others that this process wants to write, until the function that it returns is called.
func (t *turn) ask() (got func()) {
	t.open()
	if t.mine == nil || lockShared(t.mine) != nil {
		return func() {}
	}
	return func() { _ = unlock(t.mine) }
}

// give waits until nobody asks.
func (t *turn) give(ctx context.Context) {
	t.open()
	if t.look == nil {
		return
	}
	for end := time.Now().Add(patience); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(time.Millisecond) {
		if lockAlone(t.look) == nil {
			_ = unlock(t.look)
			return
		}
	}
}

func (t *turn) close() {
	t.once.Do(func() {})
	for _, f := range []*os.File{t.mine, t.look} {
		if f != nil {
			f.Close()
		}
	}
}
