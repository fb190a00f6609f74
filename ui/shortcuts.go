package ui

import (
	"fmt"
	"runtime"

	"counterbell/ui/theme"
	"counterbell/ui/widget"
)

// shortcut is a line of the list under F1. Keys are as they stand on a keyboard;
// "mod" is Ctrl, or on a Mac the command key.
type shortcut struct{ keys, does string }

// shortcuts hold everywhere, but for those whose text names a page; each line's text is "shell.key." and its name.
var shortcuts = []shortcut{
	{"mod+1…%d", "pages"},
	{"mod+F", "search"},
	{"mod+N", "new"},
	{"Enter", "primary"},
	{"Esc", "escape"},
	{"Alt+←", "back"},
	{"Tab", "tab"},
	{"Space", "press"},
	{"↑ ↓", "lists"},
	{"Home End PgUp PgDn", "jump"},
	{"Alt+1…4", "answer"},
	{"mod+Enter", "send"},
	{"F1", "help"},
}

// onKeyboard is how keys are written for the person at this keyboard.
func onKeyboard(keys string) string {
	mod, alt := "Ctrl+", "Alt+"
	if runtime.GOOS == "darwin" {
		mod, alt = "⌘", "⌥"
	}
	for _, r := range []struct{ from, to string }{{"mod+", mod}, {"Alt+", alt}} {
		if len(keys) > len(r.from) && keys[:len(r.from)] == r.from {
			return r.to + keys[len(r.from):]
		}
	}
	return keys
}

// help lists the shortcuts.
func (s *Shell) help() {
	list := widget.Column(8)
	for _, k := range shortcuts {
		keys := onKeyboard(k.keys)
		if k.does == "pages" {
			keys = fmt.Sprintf(keys, len(rooms))
		}
		list.Add(widget.Row(12, widget.Exactly(theme.Grow(170), 0, widget.Bold(keys)), widget.Fill(widget.NewParagraph(s.env.T("shell.key."+k.does)))))
	}
	s.env.Ask(widget.Question{Title: s.env.T("shell.keys"), Content: list, Cancel: s.env.T("common.close"), Wide: 500, OnCancel: s.keepFocus})
}
