package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/ui/theme"
)

const (
	tipPad  = 8
	tipAway = 12 // from the pointer, which would cover it
	tipPill = 8  // width of a row's pill; 6 more to its text
	tipGap  = 16 // at least, between a row's name and its value
)

// tooltip draws the box that says one value. It stands beside the pointer, on the side where there is room, and stays
// inside the chart; names that don't fit are cut, values never.
func tooltip(l look, t tip, at fyne.Position, within fyne.Size) []fyne.CanvasObject {
	measure := func(st style) func(string) float32 { return func(s string) float32 { return l.width(s, st) } }
	room := within.Width - 2*tipPad
	width := min(l.width(t.head, strongStyle), room)
	for _, row := range t.rows {
		width = max(width, min(row.lead()+l.width(row.text, valueStyle)+tipGap+l.width(row.value, strongStyle), room))
	}
	line := l.line(valueStyle) + 2
	height := line * float32(len(t.rows))
	if t.head != "" {
		height += line
	}
	box := canvas.NewRectangle(l.color(theme.Panel))
	box.StrokeColor, box.StrokeWidth = l.color(theme.LineStrong), 1
	box.CornerRadius = theme.RadiusSmall
	size := fyne.NewSize(whole(width+2*tipPad+0.5), whole(height+2*tipPad-2))
	pos := beside(at, size, within)
	box.Resize(size)
	box.Move(pos)
	objects := []fyne.CanvasObject{box}

	x, y := pos.X+tipPad, pos.Y+tipPad-1
	if t.head != "" {
		head := l.text(shorten(t.head, width, measure(strongStyle)), strongStyle)
		place(head, x, y)
		objects = append(objects, head)
		y += line
	}
	for _, row := range t.rows {
		value := l.text(row.value, strongStyle)
		place(value, x+width-value.Size().Width, y)
		if row.color != "" {
			pill := canvas.NewRectangle(l.color(row.color))
			pill.CornerRadius = 2
			pill.Resize(fyne.NewSize(tipPill, 4))
			place(pill, x, y+line/2-3)
			objects = append(objects, pill)
		}
		name := l.text(shorten(row.text, width-row.lead()-tipGap/2-value.Size().Width, measure(valueStyle)), valueStyle)
		place(name, x+row.lead(), y)
		objects = append(objects, name, value)
		y += line
	}
	return objects
}

func (r tipRow) lead() float32 {
	if r.color == "" {
		return 0
	}
	return tipPill + 6
}

// beside returns where a box of the given size stands near at: to the right and above if it can, always inside.
func beside(at fyne.Position, size, within fyne.Size) fyne.Position {
	x := at.X + tipAway
	if x+size.Width > within.Width {
		x = at.X - tipAway - size.Width
	}
	y := at.Y - tipAway - size.Height
	return fyne.NewPos(
		whole(max(min(x, within.Width-size.Width), 0)),
		whole(max(min(y, within.Height-size.Height), 0)),
	)
}
