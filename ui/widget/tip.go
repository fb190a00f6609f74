package widget

import (
	"time"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// tipDelay is how long the pointer rests before a hint shows.
const tipDelay = 600 * time.Millisecond

// tip is the hint under the pointer. It takes no clicks.
type tip struct {
	fynewidget.BaseWidget
	label *Text
	box   *box
	for_  fyne.CanvasObject
	stop  func()
}

func newTip() *tip {
	t := &tip{label: Caption("").In(theme.OnInv), box: newBox(theme.RadiusSmall)}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tip) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   t,
		objects: append(t.box.objects(), t.label),
		paint:   func() { t.box.fill(theme.Inv); t.label.Refresh() },
		least:   func() fyne.Size { return t.label.MinSize().AddWidthHeight(16, 8) },
		place: func(size fyne.Size) {
			t.box.at(fyne.Position{}, size)
			t.label.Move(fyne.NewPos(8, 4))
			t.label.Resize(size.SubtractWidthHeight(16, 8))
		},
	})
}

// ShowTip shows a hint below a widget of a page's own, after the pointer has rested on it for a while.
func ShowTip(w fyne.CanvasObject, text string) {
	if r := []rune(text); len(r) > 120 {
		text = string(r[:119]) + "…"
	}
	showTip(w, text)
}

// HideTip takes the hint away when the pointer leaves the widget.
func HideTip(w fyne.CanvasObject) { hideTip(w) }

// showTip shows a hint below a widget after a while.
func showTip(w fyne.CanvasObject, text string) {
	stage := stageOf(w)
	if stage == nil {
		return
	}
	hideTip(w)
	t := stage.tip
	t.for_ = w
	t.stop = stage.after(tipDelay, func() {
		if t.for_ != w {
			return
		}
		t.label.text = text
		least := t.MinSize()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w)
		window := stage.Size()
		x := max(min(at.X+middle(w.Size().Width, least.Width), window.Width-least.Width-4), 4)
		y := at.Y + w.Size().Height + 6
		if y+least.Height > window.Height-4 {
			y = at.Y - 6 - least.Height
		}
		t.Resize(least)
		t.Move(fyne.NewPos(x, y))
		t.Show()
		t.Refresh()
	})
}

// hideTip takes the hint away, or keeps it from showing.
func hideTip(w fyne.CanvasObject) {
	stage := stageOf(w)
	if stage == nil || stage.tip.for_ == nil {
		return
	}
	if stage.tip.stop != nil {
		stage.tip.stop()
	}
	stage.tip.for_, stage.tip.stop = nil, nil
	stage.tip.Hide()
}
