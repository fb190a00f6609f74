package ui

import (
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// chooseFile shows Fyne's own file dialog, as large as the window allows.
func chooseFile(w fyne.Window, extensions []string, env *page.Env, then func(path string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			env.Fail(&data.Error{Code: data.Unreadable, Op: "choose a file", Err: err}, nil)
		case file != nil:
			path := file.URI().Path()
			_ = file.Close() // only the path is wanted
			then(path)
		}
	}, w)
	d.SetTitleText(env.T("files.choose"))
	if len(extensions) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	show(d, w)
}

// saveFile lets the user choose where to save. The file has been made, empty,
// by then: that is how Fyne finds out whether it can be written.
func saveFile(w fyne.Window, name string, env *page.Env, then func(path string)) {
	d := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		switch {
		case err != nil:
			env.Fail(&data.Error{Code: data.Unreadable, Op: "choose where to save", Err: err}, nil)
		case file != nil:
			path := file.URI().Path()
			_ = file.Close()
			then(path)
		}
	}, w)
	d.SetTitleText(env.T("files.save"))
	d.SetFileName(name)
	show(d, w)
}

// show puts the dialog over a dimmed page. Escape closes it, but from the field
// for the name: what Fyne's own fields do with Escape can't be changed.
func show(d *dialog.FileDialog, w fyne.Window) {
	lift := widget.Veil(w.Canvas(), d.Dismiss)
	d.SetOnClosed(lift)
	d.Resize(dialogSize(w))
	d.Show()
}

func dialogSize(w fyne.Window) fyne.Size {
	at := w.Canvas().Size()
	return fyne.NewSize(min(at.Width-80, 900), min(at.Height-80, 640))
}
