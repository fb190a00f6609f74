package redeem

import (
	"strings"

	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// showDay draws the two figures and the list.
func (s *Screen) showDay() {
	env := s.env
	s.tiles[0].SetNumber(env.Texts.Number(int64(s.day.Redeemed)))
	sales := []string{env.Texts.MoneyShort(data.Money{Currency: env.Business.Currency})}
	if len(s.day.Sales) > 0 {
		sales = sales[:0]
		for _, m := range s.day.Sales {
			sales = append(sales, env.Texts.MoneyShort(m))
		}
	}
	text := strings.Join(sales, " + ")
	if len([]rune(text)) > 7 {
		s.tiles[1].Smaller()
	}
	s.tiles[1].SetNumber(text)

	s.lines.RemoveAll()
	if len(s.day.Lines) == 0 {
		s.lines.Add(widget.Inset(4, 4, 0, 4, widget.NewParagraph(env.T("redeem.list_empty")).Sized(theme.SizeCaption)))
	}
	for i := range s.day.Lines {
		s.lines.Add(s.dayLine(i))
	}
	s.lines.Refresh()
}

// dayLine is one line of the list: when, who, what, and the amount or why not.
// A use that can be taken back is pressed for that.
func (s *Screen) dayLine(i int) fyne.CanvasObject {
	env, l := s.env, s.day.Lines[i]
	title, detail := l.Name, l.Offer
	var end fyne.CanvasObject = widget.Body("")
	switch {
	case l.Problem != "":
		title, detail = env.T(refusedTitles[l.Problem]), l.Code
		end = widget.NewPill(widget.Danger, nil, env.T(refusedPills[l.Problem]))
	case l.Undone:
		end = widget.NewPill(widget.Neutral, nil, env.T("redeem.pill_undone"))
	case l.Paid != nil:
		end = widget.Bold(env.Texts.MoneyShort(*l.Paid))
	}
	if title == "" {
		title = env.T("redeem.nobody")
	}
	name := widget.Body(title).Shorten()
	if l.Undone {
		name = name.In(theme.Ink3).Struck()
	}
	var press func()
	if s.day.CanUndo(i) {
		press = func() { s.askUndo(l.Code) }
	}
	row := widget.NewListRow(widget.Row(12, widget.Exactly(theme.Grow(40), 0, widget.Caption(s.clock(l.At)).In(theme.Ink3)),
		widget.Fill(widget.Column(0, name, widget.Caption(detail).Shorten())), end), press).Tall(52).Padded(4)
	if press != nil {
		row.SetTip(env.T("redeem.line_tip", "code", l.Code))
	}
	return row
}
