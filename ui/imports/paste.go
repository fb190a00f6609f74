package imports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// mostPasted is how many bytes of a table are taken from the clipboard: some
// 100,000 rows. More belongs into a file.
const mostPasted = 16 << 20

// paste takes a table that was copied from a spreadsheet program, and looks at
// it as at a file.
func (d *desk) paste() {
	env := d.env
	if d.Step == Running {
		d.open("", "")
		return
	}
	text := fyne.CurrentApp().Clipboard().Content()
	tell := func(text string) {
		env.Toast(widget.Toast{Tone: widget.Info, Text: text, Close: env.T("common.close")})
	}
	switch {
	case len(text) > mostPasted:
		tell(env.T("imports.paste_large", "size", env.Texts.Bytes(int64(len(text)))))
		return
	case !tableLike(text):
		tell(env.T("imports.paste_nothing", "key", copyKey()))
		return
	}
	var folder, path string
	page.Load(env.Tasks, func(context.Context) (err error) {
		if folder, err = os.MkdirTemp("", "counterbell-pasted-"); err != nil {
			return unwritable(err)
		}
		path = filepath.Join(folder, env.T("imports.pasted")+".tsv")
		if err = os.WriteFile(path, []byte(text), 0o600); err != nil {
			return errors.Join(unwritable(err), os.RemoveAll(folder))
		}
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, d.paste)
			return
		}
		a := d.Try(path, folder)
		a.Pasted = true
		d.look(a)
	})
}

// tableLike tells a table from a word or a sentence: it has several lines, of
// which the first has something in it.
func tableLike(text string) bool {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r", "\n")), "\n")
	return len(lines) > 1 && !strings.ContainsRune(text, 0)
}

// copyKey is how the keys that copy are written.
func copyKey() string {
	if runtime.GOOS == "darwin" {
		return "⌘C"
	}
	return "Ctrl+C"
}
