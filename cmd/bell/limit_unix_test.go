//go:build !windows

package main

import (
	"os/signal"
	"syscall"
)

// limitFiles keeps every file that this process writes at most n bytes long: writing on fails, as it does when the disk is full.
func limitFiles(n uint64) {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
		panic(err)
	}
}
