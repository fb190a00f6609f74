package store

import (
	"path/filepath"

	"counterbell/data"
)

// DefaultDir returns the profile folder of an operating system: LocalAppData on Windows, Application Support on macOS,
// XDG_DATA_HOME elsewhere; never a roaming or synced folder. Error profile_folder when the system names none.
func DefaultDir(goos string, getenv func(string) string) (string, error) {
	var base string
	switch goos {
	case "windows":
		base = getenv("LocalAppData")
	case "darwin":
		if home := getenv("HOME"); home != "" {
			base = filepath.Join(home, "Library", "Application Support")
		}
	default:
		if base = getenv("XDG_DATA_HOME"); base == "" || !filepath.IsAbs(base) {
			base = ""
			if home := getenv("HOME"); home != "" {
				base = filepath.Join(home, ".local", "share")
			}
		}
	}
	if base == "" {
		return "", data.Errorf("profile_folder", "find the profile folder", "the system names none")
	}
	return filepath.Join(base, "Counterbell"), nil
}
