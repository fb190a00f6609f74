// Package picture draws pages of the window without a window: for the
// pictures of "bell demo", of the README and of tests. It needs neither a
// display nor cgo. It is a package of its own because Fyne's drawing without a
// screen brings an app of its own, which the real window must not have.
package picture

import (
	"context"
	"errors"
	"image"
	"sync"
	"time"

	"counterbell/data/store"
	"counterbell/ui"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Options say what a picture shows.
type Options struct {
	Page     page.Name
	Language i18n.Language
	Variant  theme.Variant
	Width    int     // pixels; 0 is 1280
	Height   int     // pixels; 0 is 800
	Scale    float32 // of text; 0 is 1
	Version  string
	// Before is called when the page shows, to type something, for example.
	Before func(*ui.Shell, fyne.Window)
}

// One picture at a time: Fyne knows one app.
var one sync.Mutex

// Draw builds the whole window on a page of a profile, everything at once on
// this goroutine, and takes its picture. Nothing is stored in the profile.
// Errors: those of the store; a page that failed to load shows its error.
func Draw(ctx context.Context, s *store.Store, o Options) (picture image.Image, err error) {
	one.Lock()
	defer one.Unlock()
	defer func() {
		if p := recover(); p != nil {
			picture, err = nil, errors.New("draw a page: it panicked")
		}
	}()
	if o.Width == 0 || o.Height == 0 {
		o.Width, o.Height = 1280, 800
	}
	if o.Scale == 0 {
		o.Scale = 1
	}
	look := page.LookLight
	if o.Variant == theme.Dark {
		look = page.LookDark
	}
	app := test.NewApp()
	w := app.NewWindow("")
	defer w.Close()
	w.SetPadded(false)
	w.Resize(fyne.NewSize(float32(o.Width), float32(o.Height)))
	shell, err := ui.NewShell(ctx, ui.Needs{
		Window: w, Store: s, Tasks: page.Now{Context: ctx}, Loop: ui.AtOnce,
		After:   func(time.Duration, func()) func() { return func() {} },
		Choices: ui.Choices{Language: o.Language, Look: look, Scale: o.Scale, Page: o.Page}, Version: o.Version,
	})
	if err != nil {
		return nil, err
	}
	settle(w, o)
	if o.Before != nil {
		o.Before(shell, w)
	}
	settle(w, o)
	return w.Canvas().Capture(), ctx.Err()
}

// settle lays everything out. A real window does so before each frame; without
// a screen Fyne measures again only what changes its size. What wraps has to be
// measured twice.
func settle(w fyne.Window, o Options) {
	w.Resize(fyne.NewSize(float32(o.Width), float32(o.Height)))
	for range 2 {
		layOut(w.Canvas().Content())
		for _, over := range w.Canvas().Overlays().List() {
			layOut(over)
		}
	}
}

func layOut(object fyne.CanvasObject) {
	switch object := object.(type) {
	case *fyne.Container:
		if object.Layout != nil {
			object.Layout.Layout(object.Objects, object.Size())
		}
		for _, inner := range object.Objects {
			layOut(inner)
		}
	case fyne.Widget:
		renderer := test.WidgetRenderer(object)
		renderer.Layout(object.Size())
		for _, inner := range renderer.Objects() {
			layOut(inner)
		}
	}
}
