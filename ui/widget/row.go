package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// ListRow is one line of a short list in a Column: a place for content that
// shows hover, selection and focus, and can be pressed. It doesn't go into
// Fyne's List: long lists are a RecordList.
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
	return rowDrawing(r, r.box, r.ring, r.content, &r.padding, &r.height, func() (selected, hovered, focused bool) {
		return r.selected, r.hovered && !r.disabled, r.focused
	})
}

// rowDrawing draws a row in the state that it is asked for.
func rowDrawing(owner fyne.Widget, box *box, ring *ring, content fyne.CanvasObject, padding, height *float32, state func() (selected, hovered, focused bool)) *drawing {
	return draw(&drawing{
		owner:   owner,
		objects: append(box.objects(), content, ring.Rectangle),
		paint: func() {
			selected, hovered, focused := state()
			switch {
			case selected:
				box.fill(theme.AccentSoft)
			case hovered:
				box.fill(theme.Raised)
			default:
				box.fill(theme.Clear)
			}
			box.body.Refresh()
			ring.show(focused, theme.Accent)
			ring.Refresh()
		},
		least: func() fyne.Size {
			least := content.MinSize()
			return fyne.NewSize(least.Width+2*(*padding), max(theme.Grow(*height), least.Height))
		},
		place: func(size fyne.Size) {
			box.at(fyne.Position{}, size)
			ring.inside(size)
			content.Move(fyne.NewPos(*padding, 0))
			content.Resize(size.SubtractWidthHeight(2*(*padding), 0))
		},
	})
}
