package main

import (
	"context"
	"os"
	"runtime"

	"counterbell/assets/icons"
	"counterbell/sender"
	"counterbell/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// tray is the bell among the system's small icons, where the system has such a
// place: it says whether texts are going out, and brings the window to the front.
type tray struct {
	ctx     context.Context
	program *program
	app     desktop.App // nil where there is no such place
	state   sender.State
}

// newTray puts the bell there. On Fyne's goroutine.
func newTray(ctx context.Context, p *program) *tray {
	t := &tray{ctx: ctx, program: p}
	app, ok := p.app.(desktop.App)
	// On Linux it is a service on the desktop's bus, which a bare screen doesn't have.
	if !ok || runtime.GOOS == "linux" && os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return t
	}
	t.app = app
	app.SetSystemTrayIcon(icons.Picture)
	t.show()
	return t
}

// tell takes what the engine does. On any goroutine.
func (t *tray) tell(state sender.State) {
	ui.FyneLoop(func() {
		t.state = state
		t.program.shell.EngineState(state)
		t.show()
	})
}

// show writes the menu in the language in force.
func (t *tray) show() {
	if t.app == nil || t.program.shell == nil {
		return
	}
	texts := t.program.shell.Texts()
	key := "tray.rest"
	switch {
	case t.state.Trouble != nil:
		key = "tray.trouble"
	case t.state.Sending:
		key = "tray.sending"
	}
	state := fyne.NewMenuItem(texts.T(key), nil)
	state.Disabled = true
	open := fyne.NewMenuItem(texts.T("tray.open"), func() {
		t.program.window.Show()
		t.program.window.RequestFocus()
	})
	quit := fyne.NewMenuItem(texts.T("tray.quit"), func() {
		t.program.window.Show()
		t.program.askToClose(t.ctx)
	})
	quit.IsQuit = true
	t.app.SetSystemTrayMenu(fyne.NewMenu(texts.T("app.name"), state, fyne.NewMenuItemSeparator(), open, quit))
}
