package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// ListRow is one line of a list: a place for content that shows hover,
// selection and focus. It can be a row of fyne's List (leave OnTap nil and set
// the states from outside) or stand in a Column by itself.
type ListRow struct {
	pressable
	content  fyne.CanvasObject
	selected bool
	height   float32
	padding  float32
	onSecond func(at fyne.Position)
	box      *box
	ring     *ring
}

// NewListRow makes a row 44 px high around content.
func NewListRow(content fyne.CanvasObject, onTap func()) *ListRow {
	r := &ListRow{content: content, height: 44, padding: 12, box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput)}
	r.init(r, onTap)
	return r
}

// Tall sets the height in pixels: 40 dense, 44 list, 52 to 56 two lines.
func (r *ListRow) Tall(height float32) *ListRow { r.height = height; return r }

// Padded sets the room left and right of the content.
func (r *ListRow) Padded(padding float32) *ListRow { r.padding = padding; return r }

// OnSecondary says what a click with the other mouse button does.
func (r *ListRow) OnSecondary(do func(at fyne.Position)) { r.onSecond = do }

// Select marks the row.
func (r *ListRow) Select(selected bool) {
	if r.selected != selected {
		r.selected = selected
		r.Refresh()
	}
}

// Selected tells whether the row is marked.
func (r *ListRow) Selected() bool { return r.selected }

// SetFocused shows the focus of a list on this row.
func (r *ListRow) SetFocused(focused bool) {
	if r.focused != focused {
		r.focused = focused
		r.Refresh()
	}
}

// Content is what stands on the row.
func (r *ListRow) Content() fyne.CanvasObject { return r.content }

func (r *ListRow) TappedSecondary(event *fyne.PointEvent) {
	if r.onSecond != nil {
		r.onSecond(event.AbsolutePosition)
	}
}

// Cursor is the plain arrow on a row that leads nowhere.
func (r *ListRow) Cursor() desktop.Cursor {
	if r.onTap == nil {
		return desktop.DefaultCursor
	}
	return r.pressable.Cursor()
}

func (r *ListRow) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   r,
		objects: append(r.box.objects(), r.content, r.ring.Rectangle),
		paint: func() {
			switch {
			case r.selected:
				r.box.fill(theme.AccentSoft)
			case r.hovered && !r.disabled:
				r.box.fill(theme.Raised)
			default:
				r.box.fill(theme.Clear)
			}
			r.box.body.Refresh()
			r.ring.show(r.focused, theme.Accent)
			r.ring.Refresh()
		},
		least: func() fyne.Size {
			least := r.content.MinSize()
			return fyne.NewSize(least.Width+2*r.padding, max(theme.Grow(r.height), least.Height))
		},
		place: func(size fyne.Size) {
			r.box.at(fyne.Position{}, size)
			r.ring.inside(size)
			r.content.Move(fyne.NewPos(r.padding, 0))
			r.content.Resize(size.SubtractWidthHeight(2*r.padding, 0))
		},
	})
}
