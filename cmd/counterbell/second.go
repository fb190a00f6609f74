package main

import (
	"os"
	"os/exec"

	"counterbell/data"
	"counterbell/ui/page"
)

// openProfile starts this program once more, on another profile. A window that has it open comes to the front.
func openProfile(dir string, a page.Appearance) error {
	const op = "open another profile"
	self, err := os.Executable()
	if err == nil {
		next := exec.Command(self, "--profile", dir, "--lang", string(a.Language), "--look", string(a.Look))
		if err = next.Start(); err == nil {
			go func() { _ = next.Wait() }() // or it stays behind as a process that has ended
			return nil
		}
	}
	return &data.Error{Code: "open_with", Op: op, Err: err, Args: map[string]string{"path": dir}}
}
