package main

import (
	"os/exec"
	"syscall"
	"unsafe"
)

var messageBoxW = syscall.NewLazyDLL("user32.dll").NewProc("MessageBoxW")

// messageBox shows a text in a box of Windows, and waits until it is closed.
func messageBox(title, text string) bool {
	t, err := syscall.UTF16PtrFromString(title)
	if err != nil {
		return false
	}
	s, err := syscall.UTF16PtrFromString(text)
	if err != nil {
		return false
	}
	const ok, warning, foreground = 0x0, 0x30, 0x10000
	shown, _, _ := messageBoxW.Call(0, uintptr(unsafe.Pointer(s)), uintptr(unsafe.Pointer(t)), ok|warning|foreground)
	return shown != 0
}

func graphicsText() string { return "error.no_graphics" }

// openWith shows a file or folder in the program that the system has for it.
func openWith(path string) error {
	return exec.Command("rundll32", "url.dll,FileProtocolHandler", path).Start()
}
