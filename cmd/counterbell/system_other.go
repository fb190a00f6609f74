//go:build !windows

package main

import (
	"os"
	"os/exec"
	"runtime"
)

// messageBox has no box outside of Windows: programs are started from a
// terminal there, or their words end up in the system's log.
func messageBox(_, _ string) bool { return false }

// graphicsText tells a missing display from missing OpenGL.
func graphicsText() string {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return "error.no_display"
	}
	return "error.no_graphics"
}

// openWith shows a file or folder in the program that the system has for it.
func openWith(path string) error {
	program := "xdg-open"
	if runtime.GOOS == "darwin" {
		program = "open"
	}
	c := exec.Command(program, path)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }()
	return nil
}
