package imports

import (
	"counterbell/assets/icons"
	"counterbell/data/store"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// past is the list of past imports. A press opens the receipt.
func (s *Screen) past() fyne.CanvasObject {
	lines := widget.Column(4)
	for i := range s.desk.Imports {
		lines.Add(s.pastLine(&s.desk.Imports[i]))
	}
	return widget.NewPanel(container.NewVScroll(lines)).Padded(12)
}

func (s *Screen) pastLine(r *store.ImportRecord) fyne.CanvasObject {
	env := s.env
	when := r.Finished
	if when == 0 {
		when = r.At
	}
	name := widget.Bold(r.File).Shorten()
	detail := env.Texts.DateTime(when.In(env.Business.Location())) + " · " + env.N("imports.rows", r.Receipt.Rows)
	pills := widget.Row(6)
	for _, p := range Parts(&r.Receipt) {
		if p.Count > 0 {
			pills.Add(widget.NewCountPill(partTones[p.Key], env.Texts.Number(int64(p.Count)), env.T("imports.part."+p.Key)))
		}
	}
	var end fyne.CanvasObject
	tile := widget.NewIconTile(icons.Spreadsheet, widget.Accent)
	switch {
	case s.desk.Undoing[r.ID]:
		end = widget.NewPill(widget.Neutral, icons.Undo, env.T("imports.undo.going"))
	case r.State == "undone":
		name = name.In(theme.Ink3).Struck()
		tile = widget.NewIconTile(icons.Undo, widget.Neutral)
		pills = widget.Row(6)
		end = widget.NewPill(widget.Neutral, icons.Undo, env.T("imports.past.undone"))
	default:
		end = widget.Secondary(env.T("common.undo"), func() { s.desk.askUndo(r.ID, &r.Receipt) }).Small().WithIcon(icons.Undo)
	}
	words := widget.Column(0, name, widget.Caption(detail).Shorten())
	return widget.NewListRow(widget.Row(12, tile, widget.Fill(words), pills, end), func() {
		s.desk.ShowRecord(r)
		s.show()
	}).Tall(56)
}
