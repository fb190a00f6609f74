package pagetest

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// What a person sees in a window, and how a test looks at it.

// Words are all texts that show, in the order in which they are drawn, a line for each.
func (w *Window) Words() string {
	var all []string
	for _, o := range w.tops() {
		all = append(all, TextsIn(o)...)
	}
	return strings.Join(all, "\n")
}

// tops are the page, and what lies above it.
func (w *Window) tops() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{w.Window.Content()}, w.Window.Canvas().Overlays().List()...)
}

// TextsIn are the texts that show in an object, in the order in which they are drawn.
func TextsIn(o fyne.CanvasObject) (all []string) {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *widget.Text:
		return []string{o.Text()}
	case *widget.Paragraph:
		return []string{o.Text()}
	case *canvas.Text:
		return []string{o.Text}
	}
	for _, inner := range within(o) {
		all = append(all, TextsIn(inner)...)
	}
	return all
}

// Find returns all objects of a type in a window, hidden ones too.
func Find[T fyne.CanvasObject](w *Window) (found []T) {
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if one, ok := o.(T); ok {
			found = append(found, one)
		}
		for _, inner := range within(o) {
			walk(inner)
		}
	}
	for _, o := range w.tops() {
		walk(o)
	}
	return found
}

// LayOut lays out everything in an object, as a real window does before each frame.
func LayOut(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	case fyne.Widget:
		test.WidgetRenderer(o).Layout(o.Size())
	}
	for _, inner := range within(o) {
		LayOut(inner)
	}
}

// within are the objects that an object is made of.
func within(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// Picture writes what the window shows to the folder of COUNTERBELL_PICTURES, where that is set, to be looked at beside the
// design.
func (w *Window) Picture(t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("COUNTERBELL_PICTURES")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Window.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
