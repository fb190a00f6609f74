package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ListRow is one line of a short list in a Column: a place for content that
// shows hover, selection and focus, and can be pressed. The rows of Fyne's
// List are RowFace.
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

// RowFace is the look of a row in Fyne's List. It shows hover by itself, and
// selection and focus as it is told; clicks and keys are the List's.
type RowFace struct {
	fynewidget.BaseWidget
	content  fyne.CanvasObject
	selected bool
	hovered  bool
	focused  bool
	height   float32
	padding  float32
	box      *box
	ring     *ring
}

var _ desktop.Hoverable = (*RowFace)(nil)

// NewRowFace makes a row of that height in pixels. A List puts 4 px between
// rows; with 36 or 40 the rows of a very long list stay on whole pixels.
func NewRowFace(content fyne.CanvasObject, height float32) *RowFace {
	r := &RowFace{content: content, height: height, padding: 12, box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput)}
	r.ExtendBaseWidget(r)
	return r
}

// Content is what stands on the row.
func (r *RowFace) Content() fyne.CanvasObject { return r.content }

// Padded sets the room left and right of the content.
func (r *RowFace) Padded(padding float32) *RowFace { r.padding = padding; return r }

// SetState says whether the row is chosen, and whether the List's focus is on it.
func (r *RowFace) SetState(selected, focused bool) {
	if r.selected != selected || r.focused != focused {
		r.selected, r.focused = selected, focused
		r.Refresh()
	}
}

func (r *RowFace) MouseIn(*desktop.MouseEvent)    { r.hovered = true; r.Refresh() }
func (r *RowFace) MouseMoved(*desktop.MouseEvent) {}
func (r *RowFace) MouseOut()                      { r.hovered = false; r.Refresh() }

func (r *RowFace) CreateRenderer() fyne.WidgetRenderer {
	return rowDrawing(r, r.box, r.ring, r.content, &r.padding, &r.height, func() (selected, hovered, focused bool) {
		return r.selected, r.hovered, r.focused
	})
}
