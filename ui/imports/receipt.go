package imports

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// receipt says where every row of the file went.
func (s *Screen) receipt() fyne.CanvasObject {
	body := widget.Column(16, s.account())
	left, right := s.rejected(), s.rest()
	if left == nil {
		body.Add(widget.Fill(widget.NewPanel(right)))
	} else {
		body.Add(widget.Fill(widget.StretchRow(16, widget.Fill(widget.NewPanel(left)), widget.Fill(widget.NewPanel(right)))))
	}
	return body
}

// account is the sum: rows of the file on one side, their places on the other.
func (s *Screen) account() fyne.CanvasObject {
	env, o := s.env, s.desk.Done
	r := &o.Receipt
	icon, tone, title, line := icons.Complete, widget.OK, env.N("imports.receipt.all", r.Rows), env.T("imports.receipt.all_how")
	if !o.CanUndo() {
		icon, tone, title, line = icons.Undo, widget.Neutral, env.T("imports.receipt.undone"), env.T("imports.receipt.undone_how")
		if o.Undone != nil {
			line = undoText(env, o.Undone)
		}
	}
	head := widget.Row(12, widget.NewIconTile(icon, tone).Sized(48), widget.Fill(widget.Column(0, widget.Heading(title).Shorten(), widget.NewParagraph(line).Lines(2))))
	switch {
	case s.desk.Undoing[r.Import]:
		going := widget.Secondary(env.T("imports.undo.going"), nil).WithIcon(icons.Undo)
		going.Disable()
		head.Add(going)
	case o.CanUndo():
		head.Add(widget.Secondary(env.T("imports.undo"), func() { s.desk.askUndo(r.Import, r) }).WithIcon(icons.Undo))
	}
	if o.List == nil {
		head.Add(widget.Secondary(env.T("common.back"), func() { s.desk.back() }))
	} else {
		head.Add(widget.Secondary(env.T("imports.receipt.another"), func() { s.desk.back() }))
	}
	text, do := s.onward()
	head.Add(widget.Primary(text, do).WithIconAfter(icons.Forward))

	sum := widget.Row(8, figure(env, r.Rows, env.N("imports.rows_word", r.Rows), ""))
	bar := container.New(&shares{gap: 2})
	for i, p := range Parts(r) {
		sign := "+"
		if i == 0 {
			sign = "="
		}
		sum.Add(widget.Inset(0, 8, 12, 8, widget.Heading(sign).In(theme.Ink3)))
		sum.Add(widget.Fill(figure(env, p.Count, env.T("imports.part."+p.Key), partColors[p.Key])))
		if p.Count > 0 {
			bar.Layout.(*shares).weights = append(bar.Layout.(*shares).weights, float32(p.Count))
			bar.Add(widget.Surface(partColors[p.Key], nil).Rounded(3))
		}
	}
	return widget.NewPanel(widget.Column(16, head, sum, widget.Exactly(0, 16, bar))).Padded(theme.Gap24)
}

// onward is where one goes from a receipt: to the people whom it brought, if
// there are any.
func (s *Screen) onward() (text string, do func()) {
	env, o := s.env, s.desk.Done
	if n := o.Receipt.Added + o.Receipt.Updated; n > 0 && o.CanUndo() {
		return env.N("imports.receipt.see", n), func() { s.desk.see(&o.Receipt, broughtAll) }
	}
	return env.T("imports.receipt.today"), func() { env.Go(page.Today) }
}

// figure is a number of the sum with its word below.
func figure(env *page.Env, n int, word string, dot fyne.ThemeColorName) fyne.CanvasObject {
	label := widget.Row(6)
	if dot != "" {
		label.Add(widget.Exactly(8, 8, widget.Surface(dot, nil).Rounded(4)))
	}
	label.Add(widget.Fill(widget.Caption(word).Shorten()))
	number := widget.Title(env.Texts.Number(int64(n)))
	if n == 0 {
		number = number.In(theme.Ink3)
	}
	return widget.Column(0, number, widget.Sized(56, 0, label))
}

// rejected are the rows that were kept out, by reason. nil when there are none.
func (s *Screen) rejected() fyne.CanvasObject {
	env, o := s.env, s.desk.Done
	r := &o.Receipt
	if r.Rejected == 0 {
		return nil
	}
	lines := widget.Column(4)
	for _, g := range GroupRejects(r.Rejects) {
		reason := rejectReason(env, g.Rows[0], r.Country)
		if env.Texts.Has("reject." + g.Reason) {
			reason = env.T("reject." + g.Reason)
		}
		count := widget.NewSoftPanel(widget.Danger, widget.Bold(env.Texts.Number(int64(len(g.Rows)))).In(theme.Danger).Centered()).Padded(6).Rounded(theme.RadiusInput)
		words := widget.Column(0, widget.Body(reason).Shorten(), widget.Caption(rowsText(env, &g)).Shorten())
		lines.Add(widget.NewListRow(widget.Row(12, widget.Sized(32, 32, count), widget.Fill(words), widget.NewIcon(icons.Next, theme.Ink2, widget.IconNormal)),
			func() { showRejects(env, reason, g.Rows) }).Tall(52).Padded(0))
	}
	column := widget.Column(12, widget.Bold(env.N("imports.rejected", r.Rejected)), widget.Fill(container.NewVScroll(widget.Inset(0, besideScroll, 0, 0, lines))))
	how := env.T("imports.save_rejects_how")
	if o.List == nil {
		how = env.T("imports.rejects_past")
	}
	column.Add(container.NewHBox(widget.Secondary(env.N("imports.save_rejects", r.Rejected), s.desk.saveRejects).WithIcon(icons.Download)))
	column.Add(widget.NewParagraph(how).Sized(theme.SizeCaption).Lines(2))
	return column
}

// rowsText names the first rows of a reason: "Rows 88, 141, 206 and 6 more".
func rowsText(env *page.Env, g *Rejects) string {
	first, more := g.FirstRows(4)
	var numbers []string
	for _, n := range first {
		numbers = append(numbers, env.Texts.Number(int64(n)))
	}
	text := env.N("imports.row_numbers", len(g.Rows), "rows", strings.Join(numbers, env.T("list.comma")))
	if more > 0 {
		text = env.N("imports.row_numbers_more", more, "rows", text)
	}
	return text
}

// showRejects lists the rows of one reason.
func showRejects(env *page.Env, reason string, rows []data.Reject) {
	const most = 300
	lines := widget.Column(0)
	for i, r := range rows {
		if i == most {
			lines.Add(widget.Caption(env.N("imports.more_rows", len(rows)-most)))
			break
		}
		value := widget.Body(short(r.Value, 80)).Shorten()
		if r.Value == "" {
			value = widget.Body(env.T("imports.empty_cell")).In(theme.Ink3)
		}
		lines.Add(widget.Inset(4, 8, 4, 0, widget.Row(12, widget.Exactly(72, 0, widget.Caption(env.T("imports.row_number", "row", r.Row))),
			widget.Fill(value), widget.Exactly(120, 0, widget.Caption(r.Column).Shorten()))))
	}
	scroll := container.NewVScroll(lines)
	scroll.SetMinSize(fyne.NewSize(460, min(lines.MinSize().Height, 360)))
	env.Ask(widget.Question{Title: reason, Content: scroll, Cancel: env.T("common.close"), Wide: 520})
}

// shares lays objects out beside each other, as wide as their weights, none
// narrower than can be seen.
type shares struct {
	gap     float32
	weights []float32
}

func (l *shares) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 8) }

func (l *shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const least = 6
	sum := float32(0)
	for _, w := range l.weights {
		sum += w
	}
	n := float32(len(objects))
	room := size.Width - l.gap*(n-1) - least*n
	x := float32(0)
	for i, o := range objects {
		width := float32(int(least + room*l.weights[i]/sum))
		if i == len(objects)-1 {
			width = size.Width - x
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width + l.gap
	}
}
