package store

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A pulse shows other processes on this profile that this one is alive: a file in locks/ that the operating system keeps
// locked for as long as the process lives. A lease of a process that was killed is free at once by it, instead of when
// it lapses, so that a till that was switched off in the middle of an import or a campaign goes on when it is back.
type pulse struct {
	name string // of the process, never used twice
	path string
	mu   sync.Mutex
	file *os.File
}

func newPulse(dir string) *pulse {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	name := hex.EncodeToString(b)
	return &pulse{name: name, path: filepath.Join(dir, "locks", name)}
}

// start locks the file, which is made if it isn't there.
func (p *pulse) start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(p.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(p.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := lockAlone(f); err != nil {
		f.Close()
		return err
	}
	p.file = f
	return nil
}

func (p *pulse) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file != nil {
		p.file.Close()
		os.Remove(p.path)
		p.file = nil
	}
}

// gone tells whether the holder of a lease is surely no more. In doubt it is alive: then the lease has to lapse.
func (p *pulse) gone(holder string) bool {
	name, _, _ := strings.Cut(holder, ".")
	if name == p.name || name == "" || strings.ContainsAny(name, `/\`) {
		return false
	}
	path := filepath.Join(filepath.Dir(p.path), name)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return os.IsNotExist(err)
	}
	held := lockAlone(f) != nil
	f.Close()
	if held {
		return false
	}
	os.Remove(path) // a killed process leaves it; its name never comes again
	return true
}
