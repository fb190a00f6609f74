package imports

import (
	"slices"
	"strconv"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data/intake"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// fileCard says which file it is, and what was found out about it: each
// finding with its reason, and with a list to choose another.
func (v *checkView) fileCard() fyne.CanvasObject {
	env, o := v.s.env, v.opened
	v.details.SetText(v.detailLine())
	head := widget.Row(12, widget.NewIconTile(icons.Spreadsheet, widget.Accent),
		widget.Fill(widget.Column(0, widget.Bold(o.List.File).Shorten(), v.details)),
		widget.Quiet(env.T("imports.choose_another"), v.s.choose))
	found := widget.NewSoftTile(widget.Grid(4, 16, v.sheet(), v.headings(), v.encoding(), v.country()))
	return widget.NewPanel(widget.Column(12, head, found))
}

// detailLine is how large the list is and since when it is so.
func (v *checkView) detailLine() string {
	env, o := v.s.env, v.opened
	shown, more := o.Columns()
	var parts []string
	if r := v.s.desk.Counted; r != nil {
		parts = append(parts, env.N("imports.rows", r.Rows))
	}
	parts = append(parts, env.N("imports.columns", len(shown)+more), env.Texts.Bytes(o.List.Size))
	switch {
	case o.Pasted:
		parts = append(parts, env.T("imports.file_pasted"))
	case o.Folder != "":
		parts = append(parts, env.T("imports.file_sample"))
	case !o.Saved.IsZero():
		parts = append(parts, env.T("imports.file_saved", "day", env.Texts.Date(o.Saved.In(env.Business.Location()))))
	}
	return strings.Join(parts, " · ")
}

// finding is one thing found out: its name, what it is, and why.
func (v *checkView) finding(label string, options, details []string, now int, because string, choose func(int)) fyne.CanvasObject {
	var value fyne.CanvasObject
	if len(options) > 1 {
		sel := widget.NewSelect(options, choose).Plain()
		if details != nil {
			sel = sel.WithDetails(details)
		}
		sel.SetSelected(now)
		sel.SetTip(options[max(now, 0)])
		value = sel
	} else {
		value = widget.Sized(0, 24, widget.Bold(strings.Join(options, "")).Shorten())
	}
	return widget.Column(0, widget.Caption(label).Shorten(), widget.Exactly(1, 0, value), widget.NewParagraph(because).Sized(theme.SizeCaption).Lines(2))
}

// because says why something was found out.
func (v *checkView) because(f intake.Finding) string {
	var pairs []any
	for name, value := range f.Args {
		pairs = append(pairs, name, value)
	}
	return strings.TrimRight(v.s.env.T(f.Because, pairs...), ".。")
}

func (v *checkView) sheet() fyne.CanvasObject {
	env, l := v.s.env, v.opened.List
	var names, details []string
	now := 0
	for i, s := range l.Sheets {
		names = append(names, s.Name)
		detail := ""
		if s.Hidden {
			detail = env.T("sheet.hidden")
		}
		details = append(details, detail)
		if s.Name == l.Sheet.Value {
			now = i
		}
	}
	return v.finding(env.T("imports.sheet"), names, details, now, v.because(l.Sheet), func(i int) {
		v.s.desk.choose(func(c *Choices) { c.ChooseSheet(names[i]) })
	})
}

func (v *checkView) headings() fyne.CanvasObject {
	env, o := v.s.env, v.opened
	options, details, rows := []string{env.T("imports.no_header")}, []string{env.T("imports.no_header_how")}, []int{0}
	now := 0
	for _, h := range o.Heads {
		rows = append(rows, h.Row)
	}
	for i, row := range rows {
		if i > 0 {
			options = append(options, env.T("imports.header_row", "row", row))
			details = append(details, o.Heads[i-1].Text)
		}
		if strconv.Itoa(row) == o.List.Header.Value {
			now = i
		}
	}
	if found, err := strconv.Atoi(o.List.Header.Value); err == nil && found > rows[len(rows)-1] {
		now = len(rows)
		rows, options, details = append(rows, found), append(options, env.T("imports.header_row", "row", found)), append(details, "")
	}
	return v.finding(env.T("imports.header"), options, details, now, v.because(o.List.Header), func(i int) {
		v.s.desk.choose(func(c *Choices) { c.Header = &rows[i] })
	})
}

// encodings are those that a text file can have, and their names in
// translations.
var encodings = []struct{ name, key string }{
	{"UTF-8", "utf8"}, {"GB18030", "gb18030"}, {"Windows-1252", "western"}, {"UTF-16LE", "utf16le"}, {"UTF-16BE", "utf16be"},
}

func (v *checkView) encoding() fyne.CanvasObject {
	env, l := v.s.env, v.opened.List
	if isWorkbook(l) {
		return v.finding(env.T("imports.encoding"), []string{env.T("imports.encoding.unicode")}, nil, 0, v.because(l.Encoding), nil)
	}
	var options, details []string
	now := -1
	for i, e := range encodings {
		options = append(options, env.T("imports.encoding."+e.key))
		details = append(details, e.name)
		if e.name == l.Encoding.Value {
			now = i
		}
	}
	return v.finding(env.T("imports.encoding"), options, details, now, v.because(l.Encoding), func(i int) {
		v.s.desk.choose(func(c *Choices) { c.Encoding = encodings[i].name })
	})
}

func (v *checkView) country() fyne.CanvasObject {
	env, l := v.s.env, v.opened.List
	codes, names := countries(env.Texts.Language(), l.Country.Value, env.Business.Country)
	now := slices.Index(codes, l.Country.Value)
	if l.Country.Value == "" {
		codes, names = append([]string{""}, codes...), append([]string{env.T("common.not_known")}, names...)
		now = 0
	}
	return v.finding(env.T("imports.country"), names, nil, now, v.because(l.Country), func(i int) {
		v.s.desk.choose(func(c *Choices) { c.Country = codes[i] })
	})
}
