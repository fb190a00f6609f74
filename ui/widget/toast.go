package widget

import (
	"slices"
	"time"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Toasts go away after this long, and not while the pointer is on them.
const toastTime = 8 * time.Second

// toastText is how wide the words of a toast are at most, in pixels.
const toastText = 480

// mostToasts are shown at once; an older one makes room.
const mostToasts = 3

// Toast says in one sentence what just happened, with at most one action.
type Toast struct {
	Tone   Tone        // OK, Info or Danger: the stripe at its left
	Icon   *icons.Icon // nil takes the tone's
	Text   string
	Action string // "Undo"; empty for none
	Do     func()
	Close  string // what the cross is called, for its tip
	Stays  bool   // an error stays until it is closed
}

// toastWidget is a toast on the stage.
type toastWidget struct {
	fynewidget.BaseWidget
	stripe *box
	tone   Tone
	icon   *Icon
	label  *Paragraph
	action *Link
	cross  *IconButton
	box    *box
	hover  func(on bool)
}

var stripes = map[Tone]fyne.ThemeColorName{
	OK: theme.Chart6, Info: theme.Chart3, Danger: theme.Chart4, Warn: theme.Chart2, Brass: theme.Chart2, Accent: theme.Chart1, Neutral: theme.Chart5,
}

var toastIcons = map[Tone]*icons.Icon{
	OK: icons.Check, Info: icons.About, Danger: icons.Warning, Warn: icons.Warning, Brass: icons.Reminder, Accent: icons.About, Neutral: icons.About,
}

// Toast shows one, and returns what takes it away again.
func (s *Stage) Toast(toast Toast) (dismiss func()) {
	t := &toastWidget{
		stripe: newBox(2), tone: toast.Tone, icon: NewIcon(toast.Icon, theme.OnInv, IconNav),
		label: NewParagraph(toast.Text).In(theme.OnInv).Lines(4), box: newBox(theme.RadiusTile),
	}
	// One line if it fits: what went wrong and what to do may need more.
	t.label.Wide(min(ceil(t.label.measure(toast.Text))+1, toastText))
	if toast.Icon == nil {
		t.icon.icon = toastIcons[toast.Tone]
	}
	var stop func()
	dismiss = func() {
		if stop != nil {
			stop()
		}
		if i := slices.Index(s.toasts.Objects, fyne.CanvasObject(t)); i >= 0 {
			s.toasts.Objects = slices.Delete(s.toasts.Objects, i, i+1)
			s.placeToasts()
			s.toasts.Refresh()
		}
	}
	start := func() {
		if !toast.Stays {
			stop = s.after(toastTime, dismiss)
		}
	}
	t.hover = func(on bool) {
		if stop != nil {
			stop()
			stop = nil
		}
		if !on {
			start()
		}
	}
	if toast.Action != "" {
		t.action = NewLink(toast.Action, func() {
			dismiss()
			if toast.Do != nil {
				toast.Do()
			}
		}).Bold().In(theme.OnInv)
		t.action.inside = true
	}
	t.cross = NewIconButton(icons.Close, toast.Close, dismiss).Small().OnInverse()
	t.ExtendBaseWidget(t)
	if len(s.toasts.Objects) >= mostToasts {
		s.toasts.Objects = slices.Delete(s.toasts.Objects, 0, len(s.toasts.Objects)-mostToasts+1)
	}
	s.toasts.Objects = append(s.toasts.Objects, t)
	s.placeToasts()
	s.toasts.Refresh()
	start()
	return dismiss
}

// ToastTexts are the sentences of the toasts that show, oldest first.
func (s *Stage) ToastTexts() []string {
	var texts []string
	for _, object := range s.toasts.Objects {
		if t, ok := object.(*toastWidget); ok {
			texts = append(texts, t.label.text)
		}
	}
	return texts
}

var _ desktop.Hoverable = (*toastWidget)(nil)

func (t *toastWidget) MouseIn(*desktop.MouseEvent)    { t.hover(true) }
func (t *toastWidget) MouseMoved(*desktop.MouseEvent) {}
func (t *toastWidget) MouseOut()                      { t.hover(false) }

// Tapped keeps a click on a toast from reaching the page below it.
func (t *toastWidget) Tapped(*fyne.PointEvent) {}

func (t *toastWidget) CreateRenderer() fyne.WidgetRenderer {
	objects := append(t.box.objects(), t.stripe.objects()...)
	objects = append(objects, t.icon, t.label, t.cross)
	if t.action != nil {
		objects = append(objects, t.action)
	}
	return draw(&drawing{
		owner:   t,
		objects: objects,
		paint: func() {
			t.box.fill(theme.Inv)
			t.stripe.fill(stripes[t.tone])
			t.icon.Refresh()
			t.label.Refresh()
			t.cross.Refresh()
			if t.action != nil {
				t.action.Refresh()
			}
		},
		least: func() fyne.Size {
			width := 14 + 4 + 12 + t.icon.side() + 10 + t.label.MinSize().Width + 24 + t.cross.MinSize().Width + 8
			if t.action != nil {
				width += t.action.MinSize().Width + 16
			}
			return fyne.NewSize(max(width, 296), max(theme.Grow(44), t.label.MinSize().Height+24))
		},
		place: func(size fyne.Size) {
			t.box.at(fyne.Position{}, size)
			t.stripe.at(fyne.NewPos(14, 12), fyne.NewSize(4, size.Height-24))
			x := float32(30)
			put := func(o fyne.CanvasObject, x float32, size, least fyne.Size) {
				o.Move(fyne.NewPos(x, middle(size.Height, least.Height)))
				o.Resize(least)
			}
			put(t.icon, x, size, t.icon.MinSize())
			x += t.icon.side() + 10
			end := size.Width - 8 - t.cross.MinSize().Width
			put(t.cross, end, size, t.cross.MinSize())
			if t.action != nil {
				end -= 16 + t.action.MinSize().Width
				put(t.action, end, size, t.action.MinSize())
			}
			put(t.label, x, size, fyne.NewSize(max(end-16-x, 0), t.label.MinSize().Height))
		},
	})
}
