//go:build unix

package contacts

import (
	"syscall"
	"time"
)

// cpuTime is how long this process has worked on all processors together.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
