package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Stage is the content of a window: the page, above it toasts at the lower
// right, and above those the hint under the pointer. Give it to
// fyne.Window.SetContent as it is.
type Stage struct {
	fynewidget.BaseWidget
	page   fyne.CanvasObject
	toasts *fyne.Container
	tip    *tip
	after  After
}

// After calls do once, on Fyne's goroutine, when d has passed, unless stop is
// called before.
type After func(d time.Duration, do func()) (stop func())

// NewStage makes a stage for a page. after is the loop's; tests pass their own.
func NewStage(page fyne.CanvasObject, after After) *Stage {
	s := &Stage{page: page, toasts: container.NewWithoutLayout(), tip: newTip(), after: after}
	s.tip.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// SetPage changes the page and leaves the toasts.
func (s *Stage) SetPage(page fyne.CanvasObject) { s.page = page; s.Refresh() }

func (s *Stage) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{owner: s}
	d.paint = func() { d.objects = []fyne.CanvasObject{s.page, s.toasts, s.tip} }
	d.least = func() fyne.Size { return s.page.MinSize() }
	d.place = func(size fyne.Size) {
		s.page.Move(fyne.Position{})
		s.page.Resize(size)
		s.toasts.Resize(size)
		s.placeToasts()
	}
	return draw(d)
}

const toastMargin = 24

// placeToasts stacks them upwards from the lower right, the latest lowest.
func (s *Stage) placeToasts() {
	size := s.Size()
	y := size.Height - toastMargin
	for i := len(s.toasts.Objects) - 1; i >= 0; i-- {
		toast := s.toasts.Objects[i]
		least := toast.MinSize()
		width := min(least.Width, max(size.Width-2*toastMargin, 0))
		y -= least.Height
		toast.Resize(fyne.NewSize(width, least.Height))
		toast.Move(fyne.NewPos(size.Width-toastMargin-width, y))
		y -= 8
	}
}

// stageOf finds the stage that a widget stands on, nil when there is none.
func stageOf(w fyne.CanvasObject) *Stage {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil {
		if s, ok := c.Content().(*Stage); ok {
			return s
		}
	}
	return nil
}
