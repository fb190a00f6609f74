// Package locale gives Fyne a locale that it can read. In the bare C locale, usual on servers, Fyne writes three lines of
// complaint to standard error before main begins. Programs import this package for its effect alone: it depends on
// next to nothing and its path sorts before Fyne's, so Go initialises it first.
package locale

import (
	"os"
	"runtime"
	"strings"
)

func init() {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return // their locale isn't in the environment
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := os.Getenv(name)
		if v == "" {
			continue
		}
		if base, _, _ := strings.Cut(v, "."); base == "C" || base == "POSIX" {
			_ = os.Setenv("LC_ALL", "en_US.UTF-8")
		}
		return // the first that is set is the one that counts
	}
	_ = os.Setenv("LC_ALL", "en_US.UTF-8")
}
