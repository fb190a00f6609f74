package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// barWidth is the room at the right in which the scroll bar is taken hold of.
const barWidth float32 = 12

// leastThumb is how short the thumb gets, however long the list is.
const leastThumb float32 = 28

// recordBar shows how far down a RecordList is, and is dragged.
type recordBar struct {
	fynewidget.BaseWidget
	list     *RecordList
	thumb    *canvas.Rectangle
	hovered  bool
	dragging bool
	at       float64 // where the thumb would be, in pixels, while it is dragged
}

var (
	_ fyne.Draggable    = (*recordBar)(nil)
	_ fyne.Tappable     = (*recordBar)(nil)
	_ desktop.Hoverable = (*recordBar)(nil)
)

func newRecordBar(l *RecordList) *recordBar {
	b := &recordBar{list: l, thumb: canvas.NewRectangle(theme.Color(theme.Clear))}
	b.ExtendBaseWidget(b)
	return b
}

// measure is how long the thumb is, how far it can go, and how far the rows
// can. No thumb when all rows can be seen.
func (b *recordBar) measure() (thumb, way, most float64) {
	view, whole := float64(b.Size().Height), float64(b.list.Length())*b.list.pitch()
	if whole <= view || view <= 0 {
		return 0, 0, 0
	}
	thumb = min(max(view*view/whole, float64(leastThumb)), view)
	return thumb, view - thumb, whole - view
}

func (b *recordBar) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: b, objects: []fyne.CanvasObject{b.thumb},
		paint: func() {
			b.thumb.FillColor = theme.Faded(theme.LineStrong, 0.55)
			if b.hovered || b.dragging {
				b.thumb.FillColor = theme.Color(theme.LineStrong)
			}
			b.thumb.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSize(barWidth, 1) },
		place: func(size fyne.Size) {
			thumb, way, most := b.measure()
			if thumb == 0 {
				b.thumb.Hide()
				return
			}
			b.thumb.Show()
			wide := float32(4)
			if b.hovered || b.dragging {
				wide = 8
			}
			b.thumb.CornerRadius = wide / 2
			b.thumb.Move(fyne.NewPos(size.Width-wide, float32(int(b.list.offset/most*way))))
			b.thumb.Resize(fyne.NewSize(wide, float32(int(thumb))))
		},
	})
}

func (b *recordBar) MouseIn(*desktop.MouseEvent)    { b.hovered = true; b.Refresh() }
func (b *recordBar) MouseMoved(*desktop.MouseEvent) {}
func (b *recordBar) MouseOut()                      { b.hovered = false; b.Refresh() }

func (b *recordBar) Dragged(d *fyne.DragEvent) {
	_, way, most := b.measure()
	if way <= 0 {
		return
	}
	if !b.dragging {
		b.dragging, b.at = true, b.list.offset/most*way
	}
	b.at += float64(d.Dragged.DY)
	b.list.scroll(b.at / way * most)
}

func (b *recordBar) DragEnd() { b.dragging = false; b.Refresh() }

// Tapped beside the thumb goes there.
func (b *recordBar) Tapped(at *fyne.PointEvent) {
	thumb, way, most := b.measure()
	if way > 0 {
		b.list.scroll((float64(at.Position.Y) - thumb/2) / way * most)
	}
}
