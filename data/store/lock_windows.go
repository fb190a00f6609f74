package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// The operating system's locks on a file, which end with the process however it ends. None of these waits.

func lockShared(f *os.File) error { return lock(f, 0) }

func lockAlone(f *os.File) error { return lock(f, windows.LOCKFILE_EXCLUSIVE_LOCK) }

func lock(f *os.File, how uint32) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), how|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
}

func unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{})
}
