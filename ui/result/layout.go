package result

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// split puts a narrow column beside a wide one: at the right, or else at the left. The narrow one is narrower in a small
// window, and wider with large text.
type split struct {
	side, least float32
	right       bool
	high        float32 // at least
}

func (s *split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(700, max(theme.Grow(s.high), objects[0].MinSize().Height, objects[1].MinSize().Height))
}

func (s *split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	narrow := s.side
	if size.Width < 1000 {
		narrow = s.least
	}
	narrow = min(theme.Grow(narrow), float32(int(size.Width*0.42)))
	wide := size.Width - narrow - theme.Gap12
	a, b := narrow, wide
	if s.right {
		a, b = wide, narrow
	}
	objects[0].Resize(fyne.NewSize(a, size.Height))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(b, size.Height))
	objects[1].Move(fyne.NewPos(a+theme.Gap12, 0))
}
