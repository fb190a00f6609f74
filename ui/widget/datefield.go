package widget

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// DateField takes a day, typed as people write it in either language
// (2026-11-24, 24 Nov, 11月24日, tomorrow), or chosen from a calendar that opens
// below it with Down or its button. What was typed is written out in full when
// the focus leaves, so that a misreading is seen. Inside a Field it says below
// itself what is wrong.
type DateField struct {
	fynewidget.BaseWidget
	texts       *i18n.Texts
	today       func() data.Date
	onChange    func(day data.Date, ok bool)
	order       i18n.DateOrder
	optional    bool
	first, last data.Date
	marked      func(data.Date) bool
	told        data.Date // what onChange heard last
	toldOK      bool
	tell        func(problem string)
	entry       *typedEntry
	button      *IconButton
	content     *fyne.Container
}

// NewDateField makes an empty field, 36 px high. today is the shop's day.
// onChange is called when the user has entered another day; ok is false, and
// the day "", when what stands there is none. It may be nil.
func NewDateField(texts *i18n.Texts, today func() data.Date, onChange func(day data.Date, ok bool)) *DateField {
	f := &DateField{texts: texts, today: today, onChange: onChange}
	f.entry = newTypedEntry(texts.Date(noon(today())))
	f.entry.read = f.read
	f.entry.onKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyDown {
			f.OpenCalendar()
		}
		return key == fyne.KeyDown
	}
	f.button = NewIconButton(icons.Appointments, texts.T("calendar.choose"), f.OpenCalendar)
	f.content = Row(4, Fill(Sized(theme.Grow(140), 0, f.entry)), f.button)
	f.ExtendBaseWidget(f)
	return f
}

// Order says how 3/4 is meant, where the shop's country is known. Otherwise
// such a date is asked about.
func (f *DateField) Order(order i18n.DateOrder) *DateField { f.order = order; return f }

// Optional lets the field be empty.
func (f *DateField) Optional() *DateField { f.optional = true; return f }

// Between lets only these days be entered; "" leaves an end open.
func (f *DateField) Between(first, last data.Date) *DateField {
	f.first, f.last = first, last
	return f
}

// Mark puts a dot below the days for which marked is true, in the calendar.
func (f *DateField) Mark(marked func(data.Date) bool) *DateField { f.marked = marked; return f }

// Date is the day that stands there. ok is false when what stands there is
// none; an empty field that may be empty is "" and ok.
func (f *DateField) Date() (day data.Date, ok bool) {
	day, problem := f.reading()
	return day, problem == ""
}

// Problem is what is wrong with what stands there, "" when nothing is.
func (f *DateField) Problem() string {
	_, problem := f.reading()
	return problem
}

// Set shows a day without calling onChange; "" empties the field.
func (f *DateField) Set(day data.Date) {
	f.told, f.toldOK = day, day != "" || f.optional
	f.write(day)
	f.show("")
}

// Keys is what takes the keyboard's focus.
func (f *DateField) Keys() fyne.Focusable { return f.entry }

// Text is what stands there.
func (f *DateField) Text() string { return f.entry.Text }

// SetText puts a text there as if it had been typed, and reads it.
func (f *DateField) SetText(text string) {
	f.entry.SetText(text)
	f.read()
}

// SetFaulty marks that something is wrong with the day.
func (f *DateField) SetFaulty(faulty bool) { f.entry.SetFaulty(faulty) }

// Enable and Disable switch the field.
func (f *DateField) Enable()        { f.entry.Enable(); f.button.Enable() }
func (f *DateField) Disable()       { f.entry.Disable(); f.button.Disable() }
func (f *DateField) Disabled() bool { return f.entry.Disabled() }

// OpenCalendar opens the calendar below the field.
func (f *DateField) OpenCalendar() {
	if f.Disabled() {
		return
	}
	day, ok := f.Date()
	var shut func()
	calendar := NewCalendar(f.texts, f.today(), func(chosen data.Date) {
		shut()
		f.write(chosen)
		f.read()
	}).Between(f.first, f.last).Mark(f.marked)
	if ok {
		calendar.Set(day)
	}
	shut = ShowCard(f, calendar)
	if c := fyne.CurrentApp().Driver().CanvasForObject(calendar); c != nil {
		c.Focus(calendar.days)
	}
}

func (f *DateField) reading() (data.Date, string) {
	if f.entry.Text == "" && f.optional {
		return "", ""
	}
	day, problem := f.texts.ReadDate(f.entry.Text, f.today(), f.order)
	switch {
	case problem != "":
	case f.first != "" && day < f.first:
		day, problem = "", f.texts.T("calendar.too_early", "day", f.texts.Date(noon(f.first)))
	case f.last != "" && day > f.last:
		day, problem = "", f.texts.T("calendar.too_late", "day", f.texts.Date(noon(f.last)))
	}
	return day, problem
}

// read takes what stands there for entered. An empty field is no mistake until
// something is to be done with it.
func (f *DateField) read() (fine bool) {
	day, problem := f.reading()
	if problem == "" {
		f.write(day)
	}
	if f.entry.Text == "" {
		f.show("")
	} else {
		f.show(problem)
	}
	if ok := problem == ""; day != f.told || ok != f.toldOK {
		f.told, f.toldOK = day, ok
		if f.onChange != nil {
			f.onChange(day, ok)
		}
	}
	return problem == ""
}

func (f *DateField) write(day data.Date) {
	text := ""
	if day != "" {
		text = f.texts.Date(noon(day))
	}
	if f.entry.Text != text {
		f.entry.SetText(text)
	}
}

func (f *DateField) show(problem string) {
	f.entry.SetFaulty(problem != "")
	if f.tell != nil {
		f.tell(problem)
	}
}

func (f *DateField) tellProblem(to func(problem string)) { f.tell = to }

func (f *DateField) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(f.content)
}
