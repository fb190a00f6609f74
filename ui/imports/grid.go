package imports

import (
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// besideBar is the room that the bars of the table have for themselves, in
// pixels, so that they cover none of it.
const besideBar = 12

// newGrid puts headings above rows. The rows scroll below the headings, which
// stay; what is too wide for the window scrolls sideways with them.
func newGrid(headings, rows fyne.CanvasObject) fyne.CanvasObject {
	down := container.NewVScroll(widget.Inset(0, besideBar, 0, 0, rows))
	table := widget.Column(0, widget.Inset(0, besideBar, 0, 0, headings), widget.Fill(down))
	return container.New(&sideways{table: table}, container.NewHScroll(container.New(&sideways{table: table}, table)))
}

// sideways leaves room for the lower bar while there is one: when the table is
// wider than its place.
type sideways struct{ table fyne.CanvasObject }

func (s *sideways) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	if objects[0] == s.table {
		return least
	}
	return fyne.NewSize(120, least.Height)
}

func (s *sideways) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	if objects[0] == s.table && scrolls(s.table, size.Width) {
		size.Height -= besideBar
	}
	objects[0].Resize(size)
}

// scrolls tells whether a table fills just its own least width: its place is
// narrower, and so there is a bar.
func scrolls(table fyne.CanvasObject, width float32) bool {
	return table.MinSize().Width >= width
}

// tableColumns lays the cells of a row out, each row alike: as wide as their
// values, narrower where that makes all of them fit, but never too narrow to be
// read.
type tableColumns struct {
	likes  []float32         // as wide as a column would be
	floors []float32         // its heading fits into that, without its tick
	narrow bool              // there isn't room for all that they like
	tell   func(narrow bool) // called when that changes; may be nil
}

func (t *tableColumns) least(i int) float32 { return min(t.likes[i], t.floors[i]) }

func (t *tableColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, o := range objects {
		size.Width += t.least(i)
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

// widths shares a width out.
func (t *tableColumns) widths(width float32) []float32 {
	var likes, least float32
	for i, w := range t.likes {
		likes, least = likes+w, least+t.least(i)
	}
	out := make([]float32, len(t.likes))
	for i, w := range t.likes {
		switch {
		case width >= likes:
			out[i] = w + float32(int((width-likes)/float32(len(t.likes))))
		case likes > least:
			out[i] = t.least(i) + float32(int((w-t.least(i))*max(width-least, 0)/(likes-least)))
		default:
			out[i] = t.least(i)
		}
	}
	return out
}

func (t *tableColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	likes := float32(0)
	for _, w := range t.likes {
		likes += w
	}
	if narrow := size.Width < likes; narrow != t.narrow && size.Width > 0 {
		t.narrow = narrow
		if t.tell != nil {
			t.tell(narrow)
		}
	}
	x := float32(0)
	widths := t.widths(size.Width)
	for i, o := range objects {
		high := o.MinSize().Height
		o.Move(fyne.NewPos(x, float32(int((size.Height-high)/2))))
		o.Resize(fyne.NewSize(widths[i], high))
		x += widths[i]
	}
}
