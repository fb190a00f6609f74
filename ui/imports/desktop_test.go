package imports

import (
	"path/filepath"
	"strings"
	"testing"

	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

func english(t *testing.T) *desktop {
	t.Helper()
	return newDesktop(t, shop(t), i18n.English, theme.Light, 1280, 800)
}

// file writes a list and drops it on the page.
func (d *desktop) drop(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	write(t, path, text)
	d.screen.Dropped([]fyne.URI{storage.NewFileURI(path)})
	return path
}

func (d *desktop) people(t *testing.T) int {
	t.Helper()
	n, err := d.Store.Count(t.Context(), store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// texts are all that shows on the page.
func (d *desktop) texts() string {
	var b strings.Builder
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widget.Text:
			b.WriteString(o.Text() + "\n")
		case *widget.Paragraph:
			b.WriteString(o.Text() + "\n")
		case *widget.Button:
			b.WriteString(o.Text() + "\n")
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				walk(inner)
			}
		}
	}
	walk(d.screen.Content())
	return b.String()
}

func (d *desktop) wants(t *testing.T, all ...string) {
	t.Helper()
	shown := d.texts()
	for _, want := range all {
		if !strings.Contains(shown, want) {
			t.Errorf("%q doesn't show in:\n%s", want, shown)
		}
	}
}

// button finds a button or link that shows by what it says.
func (d *desktop) button(t *testing.T, text string) interface{ Press() } {
	t.Helper()
	var found interface{ Press() }
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Button:
			if o.Text() == text {
				found = o
			}
		case *widget.Link:
			if o.Text() == text {
				found = o
			}
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				walk(inner)
			}
		}
	}
	walk(d.screen.Content())
	if found == nil {
		t.Fatalf("no button %q in:\n%s", text, d.texts())
	}
	return found
}

func (d *desktop) answer(i int) { d.screen.check.consent.radio.Choose(i) }

func (d *desktop) press(key fyne.KeyName) { d.screen.keys.TypedKey(&fyne.KeyEvent{Name: key}) }
