package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// The log is cut at a megabyte, and three older ones are kept.
const (
	logName  = "counterbell.log"
	logLimit = 1 << 20
	logKept  = 3
)

// logFile is the app's log in the profile. Nothing that identifies a person
// goes in: codes, counts and stacks.
type logFile struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
}

var _ io.WriteCloser = (*logFile)(nil)

// openLog opens, or begins, the log in a folder.
func openLog(dir string) (*logFile, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	l := &logFile{path: filepath.Join(dir, logName)}
	return l, l.begin()
}

func (l *logFile) begin() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return err
	}
	l.file, l.size = f, info.Size()
	return nil
}

// Write appends a line. When the log is full it is put aside first.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return 0, os.ErrClosed
	}
	if l.size+int64(len(line)) > logLimit && l.size > 0 {
		if err := l.turn(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(line)
	l.size += int64(n)
	return n, err
}

// turn moves counterbell.log to counterbell.1.log and so on.
func (l *logFile) turn() error {
	if err := l.file.Close(); err != nil {
		return err
	}
	l.file = nil
	older := func(n int) string {
		return filepath.Join(filepath.Dir(l.path), fmt.Sprintf("counterbell.%d.log", n))
	}
	for n := logKept - 1; n >= 1; n-- {
		_ = os.Rename(older(n), older(n+1))
	}
	_ = os.Rename(l.path, older(1))
	return l.begin()
}

func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
