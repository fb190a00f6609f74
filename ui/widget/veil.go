package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Veil dims the page under something that isn't ours, such as Fyne's file
// dialog: show it first. Escape, while no field has the focus, calls escape.
// Call lift when what lies above it is gone.
func Veil(c fyne.Canvas, escape func()) (lift func()) {
	o := &overlay{canvas: c, content: canvas.NewRectangle(theme.Color(theme.Clear)), veiled: true}
	o.place = func(fyne.Size, fyne.Size) (fyne.Position, fyne.Size) { return fyne.Position{}, fyne.Size{} }
	o.onKey = func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape {
			escape()
		}
	}
	o.show()
	return o.close
}
