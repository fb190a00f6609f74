package inbox

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

var (
	iconWrite = icons.Edit
	iconDeaf  = icons.Offline
)

// panes puts the list, the conversation and what it is about beside each
// other. In a small window, or with large text, the last one gives way: what
// matters of it stands over the conversation too.
type panes struct{}

const paneGap float32 = 16

func (*panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 400) }

func (*panes) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := min(theme.Grow(336), float32(int(size.Width*0.38)))
	side := theme.Grow(236)
	if size.Width-left-side-2*paneGap < theme.Grow(380) {
		objects[2].Hide()
		side = -paneGap
	} else {
		objects[2].Show()
	}
	place := func(o fyne.CanvasObject, x, width float32) {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
	place(objects[0], 0, left)
	place(objects[1], left+paneGap, size.Width-left-side-2*paneGap)
	if objects[2].Visible() {
		place(objects[2], size.Width-side, side)
	}
}

// upright scrolls a column whose height follows from its width. Stuck to the
// bottom it stays there, as the latest of a conversation should.
type upright struct {
	scroll *container.Scroll
	column *fyne.Container
	inner  *fyne.Container // the column, and room for the bar
	room   *barRoom
	bottom bool
}

func newUpright(column *fyne.Container) (*upright, *fyne.Container) {
	u := &upright{column: column, room: &barRoom{}}
	u.inner = container.New(u.room, column)
	u.scroll = container.NewVScroll(u.inner)
	return u, container.New(u, u.scroll)
}

// barRoom leaves room at the right for the scroll bar while there is one.
type barRoom struct{ bar bool }

const barWide float32 = 10

func (b *barRoom) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (b *barRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if b.bar {
		size.Width -= barWide
	}
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

func (*upright) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 80) }

func (u *upright) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	u.scroll.Resize(size)
	u.again()
}

// again measures the column anew.
func (u *upright) again() {
	size := u.scroll.Size()
	// Twice: what a text needs is known when it knows its width. Where the bar
	// shows, the column leaves it room.
	for range 2 {
		u.inner.Resize(fyne.NewSize(size.Width, max(u.inner.MinSize().Height, size.Height)))
	}
	if room := u.column.MinSize().Height > size.Height; room != u.room.bar {
		u.room.bar = room
		for range 2 {
			u.inner.Layout.Layout(u.inner.Objects, u.inner.Size())
			u.inner.Resize(fyne.NewSize(size.Width, max(u.inner.MinSize().Height, size.Height)))
		}
	}
	u.scroll.Refresh()
	if u.bottom {
		u.scroll.ScrollToBottom()
	}
}
