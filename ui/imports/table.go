package imports

import (
	"slices"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// columns is the table: what each column of the file is, and the first rows as
// they will be stored, beside what the file says.
func (v *checkView) columns() fyne.CanvasObject {
	env, o := v.s.env, v.opened
	shown, more := o.Columns()
	var why *widget.Link
	why = widget.NewCaptionLink(env.T("common.why"), func() { widget.ShowCard(why, v.reasons(shown)) })
	head := widget.Row(6, widget.Fill(widget.Bold(env.T("imports.preview"))), widget.NewIcon(icons.Sparkles, theme.Accent, widget.IconSmall),
		widget.Caption(env.T("imports.matched")), why)

	widths := v.widths(shown)
	letters, fields := container.New(widths), container.New(widths)
	var ticked []*widget.Select
	for _, c := range shown {
		title := c.Letter
		if c.Heading != "" {
			title += " · " + short(c.Heading, 40)
		}
		letters.Add(widget.Inset(0, 4, 0, 8, widget.Caption(title).Shorten()))
		sel := v.fieldSelect(c)
		if c.Sure {
			ticked = append(ticked, sel)
		}
		fields.Add(widget.Inset(0, 4, 0, 0, sel))
	}
	widths.tell = func(narrow bool) { // the tick gives way to the name
		for _, sel := range ticked {
			if narrow {
				sel.Mark(nil, false)
			} else {
				sel.Mark(icons.Check, false)
			}
		}
	}
	rows := widget.Column(0)
	phones := o.PhoneColumn()
	for i := range o.Rows {
		line := container.New(widths)
		for _, c := range shown {
			line.Add(widget.Inset(0, 8, 0, 8, v.cell(&o.Rows[i], c, c.Index == phones)))
		}
		color := theme.Clear
		if i%2 == 0 {
			color = theme.Sunken
		}
		rows.Add(widget.Surface(color, widget.Sized(0, 44, line)).Rounded(theme.RadiusSmall))
	}
	note := env.T("imports.preview_note")
	if n := len(o.Rows); n > 0 {
		note = env.T("imports.preview_rows", "from", o.Rows[0].Number, "to", o.Rows[n-1].Number) + " · " + note
	}
	if more > 0 {
		note = env.N("imports.more_columns", more) + " · " + note
	}
	headings := widget.Column(0, widget.Inset(0, 0, 4, 0, letters), widget.Inset(0, 0, 8, 0, fields))
	return widget.Column(8, head, widget.Fill(newGrid(headings, rows).content), widget.Caption(note).In(theme.Ink3).Shorten())
}

// reasons says for each column why it was taken for what it is.
func (v *checkView) reasons(shown []intake.Column) fyne.CanvasObject {
	env := v.s.env
	lines := widget.Column(6)
	for _, c := range shown {
		because := env.T(c.Because)
		if c.Dates != intake.Undecided {
			because += " · " + env.T("imports.dates."+string(c.Dates))
		}
		lines.Add(widget.Row(12, widget.Exactly(130, 0, widget.Body(c.Title()).Shorten()), widget.Exactly(130, 0, widget.Bold(env.T("imports.field."+fieldKey(&c))).Shorten()),
			widget.Exactly(230, 0, widget.Caption(because).Shorten())))
	}
	scroll := container.NewVScroll(lines)
	scroll.SetMinSize(fyne.NewSize(514, min(lines.MinSize().Height, 320)))
	return scroll
}

// fieldKey is how texts name what a column is.
func fieldKey(c *intake.Column) string {
	switch {
	case c.Consent != "":
		return string(c.Consent)
	case c.Field == data.FieldSkip:
		return "skip"
	}
	return string(c.Field)
}

// fieldSelect chooses what a column is. A tick says that it is sure, a warning
// that somebody should look.
func (v *checkView) fieldSelect(c intake.Column) *widget.Select {
	env, o := v.s.env, v.opened
	fields := intake.Fields(intake.Contacts)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = env.T("imports.field." + string(f))
	}
	sel := widget.NewSelect(names, func(i int) {
		v.s.desk.choose(func(ch *Choices) { ch.MapColumn(o.List.Columns, c.Index, fields[i]) })
	}).Bold()
	sel.SetSelected(slices.Index(fields, data.Field(fieldKey(&c))))
	switch {
	case c.Field == data.FieldSkip, c.Field == data.FieldExtra && c.Consent == "":
	case c.Sure:
		sel.Mark(icons.Check, false)
	default:
		sel.Mark(icons.Warning, true)
	}
	sel.SetTip(env.T(c.Because))
	return sel
}

// cell is one value as it will be stored. What changed shows above it, struck
// through; what can't be taken in says why.
func (v *checkView) cell(row *intake.PreviewRow, c intake.Column, phones bool) fyne.CanvasObject {
	cell := row.Cells[c.Index]
	was := widget.Caption(short(cell.Was, 60)).In(theme.Ink3).Shorten()
	problem := cell.Problem
	if phones && problem == "" && row.Reject != nil {
		problem = row.Reject.Reason
	}
	now := v.asShown(c, cell.Now)
	switch {
	case row.Skipped && cell.Was != "":
		return was.Struck()
	case problem != "" && row.Reject != nil:
		reason := widget.Caption(v.reason(problem)).Bold().In(theme.Danger).Shorten()
		if cell.Was == "" {
			return reason
		}
		return widget.Column(0, was.Struck(), reason)
	case row.Reject != nil: // nothing of it is stored
		return widget.Body(dash(v.asShown(c, cell.Was))).In(theme.Ink3).Shorten()
	case problem != "": // another column has the number: this text is kept
		return widget.Body(short(cell.Was, 60)).Shorten()
	case c.Field == data.FieldSkip:
		return widget.Body(dash(short(cell.Was, 60))).In(theme.Ink3).Shorten()
	case now == "":
		return widget.Body("–").In(theme.Ink3)
	case cell.Changed && cell.Was != "":
		return widget.Column(0, was.Struck(), v.repaired(cell.Was, now))
	}
	return widget.Body(now).Shorten()
}

// reason is why a value can't be taken in, in as few words as a cell has room
// for.
func (v *checkView) reason(code string) string {
	if v.s.env.Texts.Has("imports.cell." + code) {
		return v.s.env.T("imports.cell." + code)
	}
	return v.s.env.T("reject." + code)
}

// repaired shows a value below the one that it replaces; a 0 that was put back
// stands out.
func (v *checkView) repaired(was, now string) fyne.CanvasObject {
	if strings.HasPrefix(now, "0") && strings.HasPrefix(digits(now), "0"+digits(was)) {
		return widget.Row(0, widget.Bold("0").In(theme.Accent), widget.Fill(widget.Body(now[1:]).Shorten()))
	}
	return widget.Body(now).Shorten()
}

// asShown writes dates so that day and month can't be mixed up.
func (v *checkView) asShown(c intake.Column, now string) string {
	now = short(now, 80)
	if c.Field != data.FieldBirthday && c.Field != data.FieldLastVisit {
		return now
	}
	if day, err := time.Parse("2006-01-02", now); err == nil {
		return v.s.env.Texts.Date(day)
	}
	if day, err := time.Parse("--01-02", now); err == nil {
		return v.s.env.Texts.Day(day)
	}
	return now
}

// widths are those of the table's columns: as wide as their values, and
// sharing what is left.
func (v *checkView) widths(shown []intake.Column) *tableColumns {
	t := &tableColumns{}
	for _, c := range shown {
		name := v.s.env.T("imports.field." + fieldKey(&c))
		wide := fyne.MeasureText(name, theme.Size(theme.SizeBody), fyne.TextStyle{Bold: true}).Width + 72
		floor := wide
		if c.Sure {
			floor -= 22
		}
		if c.Field == data.FieldSkip || c.Field == data.FieldExtra && c.Consent == "" {
			wide -= 20
			floor = wide
		}
		most := float32(124)
		if c.Field == data.FieldPhone {
			most = 150
		}
		for _, r := range v.opened.Rows {
			value := v.asShown(c, r.Cells[c.Index].Now)
			wide = max(wide, min(fyne.MeasureText(value, theme.Size(theme.SizeBody), fyne.TextStyle{}).Width+20, most))
		}
		t.likes, t.floors = append(t.likes, float32(int(wide)+1)), append(t.floors, float32(int(floor)+1))
	}
	return t
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
