package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

func TestTabBringsWhatItReachesIntoView(t *testing.T) {
	column := Column(8)
	var buttons []*Button
	for i := range 40 {
		b := Secondary(fmt.Sprint(i), func() {})
		buttons = append(buttons, b)
		column.Add(b)
	}
	scroll := container.NewVScroll(column)
	w := window(t, NewPanel(scroll))
	seen := func(b *Button) bool {
		at, from := fyne.CurrentApp().Driver().AbsolutePositionForObject(b), fyne.CurrentApp().Driver().AbsolutePositionForObject(scroll)
		return at.Y >= from.Y && at.Y+b.Size().Height <= from.Y+scroll.Size().Height
	}
	for i, b := range buttons {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != fyne.Focusable(b) || !seen(b) {
			t.Fatalf("button %d has the focus out of sight", i)
		}
	}
	for range buttons[1:] {
		w.Canvas().FocusPrevious()
	}
	if !seen(buttons[0]) {
		t.Error("the way back leads out of sight")
	}
}
