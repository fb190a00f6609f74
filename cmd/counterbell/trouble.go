package main

import (
	"io"
	"os"

	"counterbell/ui"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// showTrouble fills a window with what is wrong, what to do, and where the
// profile is. again may be nil.
func showTrouble(a fyne.App, w fyne.Window, texts *i18n.Texts, err error, dir string, again func()) {
	var retry, show *widget.Button
	if again != nil {
		retry = widget.Primary(texts.T("shell.trouble_again"), again)
	}
	if _, statErr := os.Stat(dir); dir != "" && statErr == nil {
		show = widget.Secondary(texts.T("shell.trouble_show"), func() { _ = openWith(dir) })
	}
	details := widget.Quiet(texts.T("common.copy"), func() { a.Clipboard().SetContent(ui.Details(err, Version)) })
	details.SetTip(texts.T("shell.details"))
	buttons := widget.Row(8, details, widget.Spring())
	for _, b := range []*widget.Button{show, retry} {
		if b != nil {
			buttons.Add(b)
		}
	}
	buttons.Add(widget.Secondary(texts.T("common.close"), a.Quit))
	column := widget.Column(12,
		widget.Row(12, widget.Logo(36), widget.Fill(widget.NewParagraph(texts.T("shell.trouble_title")).Sized(theme.SizeHeading).Bold().In(theme.Ink))),
		widget.NewParagraph(texts.Error(err)).In(theme.Ink),
	)
	if dir != "" {
		column.Add(widget.NewParagraph(texts.T("shell.trouble_folder", "folder", dir)).Sized(theme.SizeCaption))
	}
	column.Add(widget.Spring())
	column.Add(buttons)
	w.SetPadded(false)
	w.SetContent(widget.NewStage(widget.Surface(theme.Page, widget.Inset(24, 24, 24, 24, column)), ui.Loop(ui.FyneLoop).After))
	w.Resize(fyne.NewSize(600, 300))
	w.SetCloseIntercept(a.Quit)
}

// tell says something without a window: in a box of the system where there is
// one, else on the terminal.
func tell(errs io.Writer, title, text string) {
	if !messageBox(title, text) {
		_, _ = io.WriteString(errs, title+": "+text+"\n")
	}
}
