package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"counterbell/ui/theme"
)

// A link is the "Why?" after a finding. Tab reaches it, Enter and Space follow it.
type link struct {
	widget.BaseWidget
	look    *look
	text    string
	follow  func()
	hovered bool
	focused bool
}

func newLink(l *look, follow func()) *link {
	k := &link{look: l, follow: follow}
	k.ExtendBaseWidget(k)
	k.Hide()
	return k
}

// set changes what the link reads, and whether there is one.
func (k *link) set(text string, shown bool) {
	k.text = text
	if shown {
		k.Show()
	} else {
		k.Hide()
	}
	k.Refresh()
}

func (k *link) Tapped(*fyne.PointEvent) { k.follow() }
func (k *link) Cursor() desktop.Cursor  { return desktop.PointerCursor }
func (k *link) FocusGained()            { k.focused = true; k.Refresh() }
func (k *link) FocusLost()              { k.focused = false; k.Refresh() }
func (k *link) TypedRune(rune)          {}

func (k *link) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		k.follow()
	case fyne.KeyEscape:
		if c := fyne.CurrentApp().Driver().CanvasForObject(k); c != nil {
			c.Unfocus()
		}
	}
}

func (k *link) MouseIn(*desktop.MouseEvent)    { k.hovered = true; k.Refresh() }
func (k *link) MouseMoved(*desktop.MouseEvent) {}
func (k *link) MouseOut()                      { k.hovered = false; k.Refresh() }

func (k *link) CreateRenderer() fyne.WidgetRenderer {
	r := &linkRenderer{link: k, text: canvas.NewText("", nil), under: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type linkRenderer struct {
	link        *link
	text        *canvas.Text
	under, ring *canvas.Rectangle
}

func (r *linkRenderer) Destroy() {}
func (r *linkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.text, r.under, r.ring}
}
func (r *linkRenderer) MinSize() fyne.Size { return r.text.MinSize() }

func (r *linkRenderer) Layout(size fyne.Size) {
	r.text.Resize(size)
	r.under.Move(fyne.NewPos(0, whole(size.Height-2)))
	r.under.Resize(fyne.NewSize(size.Width, 1))
	r.ring.Move(fyne.NewPos(-3, -1))
	r.ring.Resize(size.AddWidthHeight(6, 2))
}

func (r *linkRenderer) Refresh() {
	l := *r.link.look
	accent := l.color(theme.Accent)
	r.text.Text, r.text.Color, r.text.TextSize = r.link.text, accent, l.size(linkStyle.size)
	r.under.FillColor = accent
	r.under.Hidden = !r.link.hovered
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = accent, 2, theme.RadiusTag
	r.ring.Hidden = !r.link.focused
	canvas.Refresh(r.link)
}
