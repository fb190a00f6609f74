// Package pagetest gives tests of pages an Env that does everything at once
// and writes down what a page asked of the window.
package pagetest

import (
	"reflect"
	"testing"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Window is a window with nothing but a page in it.
type Window struct {
	*page.Env
	Window fyne.Window

	Opened  []page.Name                // by Go and GoTo
	Targets []any                      // by GoTo
	Looks   page.Appearance            // as SetAppearance left it
	Rebuilt int                        // how often Rebuild was called
	Keeps   map[string]any             // by Keep
	Toasts  []string                   // their texts
	Errors  []error                    // given to Fail
	Asked   []widget.Question          // the dialogs themselves show too
	Badges  map[page.Name]string       // as they stand
	Headers int                        // how often HeaderChanged was called
	Copied  string                     // the clipboard
	Shown   []string                   // by Open
	Choose  func(exts []string) string // answers ChooseFile; "" is none chosen
	Save    func(name string) string   // answers SaveFile
}

// New makes a window for a store, in English and light. The store may be nil
// for a page that needs none.
func New(t *testing.T, s *store.Store) *Window {
	return NewIn(t, s, i18n.English, theme.Light)
}

// NewIn makes a window in a language and look.
func NewIn(t *testing.T, s *store.Store, language i18n.Language, variant theme.Variant) *Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(variant, 1))
	w := &Window{Window: app.NewWindow(""), Badges: map[page.Name]string{}, Keeps: map[string]any{}}
	w.Looks = page.Appearance{Language: language, Look: page.LookLight, Scale: 1}
	w.Window.SetPadded(false)
	env := &page.Env{
		Store: s, Texts: i18n.New(language), Practice: true, Clock: time.Now, Tasks: page.Now{Context: t.Context()},
		After: func(time.Duration, func()) func() { return func() {} },
		Go:    func(p page.Name) { w.Opened = append(w.Opened, p) },
		GoTo: func(p page.Name, target any) {
			w.Opened, w.Targets = append(w.Opened, p), append(w.Targets, target)
		},
		Engine: page.OnDemand{Store: s}, Version: "0.1.0",
		Keep: func(name string, value any) { w.Keeps[name] = value },
		Kept: func(name string, into any) bool {
			value, ok := w.Keeps[name]
			if ok {
				reflect.ValueOf(into).Elem().Set(reflect.ValueOf(value))
			}
			return ok
		},
		Appearance: func() page.Appearance { return w.Looks }, SetAppearance: func(a page.Appearance) { w.Looks = a },
		Rebuild:       func() { w.Rebuilt++ },
		HeaderChanged: func() { w.Headers++ },
		Badge:         func(p page.Name, count string) { w.Badges[p] = count },
		Canvas:        w.Window.Canvas,
		Toast:         func(toast widget.Toast) func() { w.Toasts = append(w.Toasts, toast.Text); return func() {} },
		Fail: func(err error, _ func()) {
			if err != nil && data.CodeOf(err) != data.Cancelled {
				w.Errors = append(w.Errors, err)
			}
		},
		Ask: func(q widget.Question) *widget.Dialog {
			w.Asked = append(w.Asked, q)
			return widget.Ask(w.Window.Canvas(), q)
		},
		ChooseFile: func(extensions []string, then func(string)) {
			if w.Choose != nil {
				if path := w.Choose(extensions); path != "" {
					then(path)
				}
			}
		},
		SaveFile: func(name string, then func(string)) {
			if w.Save != nil {
				if path := w.Save(name); path != "" {
					then(path)
				}
			}
		},
		Open: func(path string) { w.Shown = append(w.Shown, path) },
		Copy: func(text string) { w.Copied = text },
	}
	if s != nil {
		b, err := s.Business(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		env.Business, env.Clock = b, s.Clock()
	}
	w.Env = env
	return w
}

// Put shows a page in the window at a size, with the margin that the shell
// leaves, and calls its Shown.
func (w *Window) Put(p page.Page, width, height float32) {
	w.Window.SetContent(widget.NewStage(widget.Surface(theme.Page, widget.Inset(0, 24, 24, 24, p.Content())), w.After))
	w.Window.Resize(fyne.NewSize(width, height))
	if s, ok := p.(page.Shower); ok {
		s.Shown()
	}
}

// Whole shows content under its header as the shell does, in a window of a size
// whose rail is left out, and lays everything out.
func (w *Window) Whole(h page.Header, content fyne.CanvasObject, width, height float32) {
	head := widget.Row(12)
	if h.Back != nil {
		head.Add(widget.NewIconButton(icons.Previous, w.T("common.back"), h.Back))
	}
	head.Add(widget.Fill(widget.Column(0, widget.Title(h.Title).Shorten(), widget.Caption(h.Subtitle).Shorten())))
	for _, action := range h.Actions {
		head.Add(action)
	}
	w.Window.SetContent(widget.NewStage(widget.Surface(theme.Page, widget.Column(0, widget.Inset(12, 24, 20, 24, widget.Sized(0, 48, head)),
		widget.Fill(widget.Inset(0, 24, 24, 24, content)))), w.After))
	w.Window.Resize(fyne.NewSize(width-Rail(width), height))
	for range 3 { // what wraps has to be measured more than once
		LayOut(w.Window.Canvas().Content())
		for _, over := range w.Window.Canvas().Overlays().List() {
			LayOut(over)
		}
	}
}

// Rail is how wide the rail is in a window of a width.
func Rail(width float32) float32 {
	if width < 1120*theme.Scale() {
		return 76
	}
	return 208
}
