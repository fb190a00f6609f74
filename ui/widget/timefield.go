package widget

import (
	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// TimeField takes a time of day, typed as people write it in either language:
// 14:30, 2:30 pm, 1430, 下午2点半. Up and Down move it by a quarter of an hour.
// What was typed is written out when the focus leaves. Inside a Field it says
// below itself what is wrong.
type TimeField struct {
	fynewidget.BaseWidget
	texts    *i18n.Texts
	onChange func(minutes int, ok bool)
	optional bool
	step     int
	told     int // what onChange heard last
	toldOK   bool
	tell     func(problem string)
	entry    *typedEntry
}

// NewTimeField makes an empty field, 36 px high. onChange is called when the
// user has entered another time, in minutes since midnight; ok is false, and
// the time 0, when what stands there is none. It may be nil.
func NewTimeField(texts *i18n.Texts, onChange func(minutes int, ok bool)) *TimeField {
	f := &TimeField{texts: texts, onChange: onChange, step: 15}
	f.entry = newTypedEntry(texts.Clock(9*60 + 30))
	f.entry.read = f.read
	f.entry.onKey = func(key fyne.KeyName) bool {
		switch key {
		case fyne.KeyUp:
			f.move(-f.step)
		case fyne.KeyDown:
			f.move(f.step)
		default:
			return false
		}
		return true
	}
	f.ExtendBaseWidget(f)
	return f
}

// Optional lets the field be empty.
func (f *TimeField) Optional() *TimeField { f.optional = true; return f }

// Step says by how many minutes Up and Down move.
func (f *TimeField) Step(minutes int) *TimeField { f.step = minutes; return f }

// Minutes is the time that stands there, since midnight. ok is false when what
// stands there is none, and when it stands empty.
func (f *TimeField) Minutes() (minutes int, ok bool) {
	minutes, problem := f.texts.ReadClock(f.entry.Text)
	return minutes, problem == ""
}

// Problem is what is wrong with what stands there, "" when nothing is.
func (f *TimeField) Problem() string {
	if f.entry.Text == "" && f.optional {
		return ""
	}
	_, problem := f.texts.ReadClock(f.entry.Text)
	return problem
}

// Set shows a time without calling onChange.
func (f *TimeField) Set(minutes int) {
	f.told, f.toldOK = minutes, true
	f.entry.SetText(f.texts.Clock(minutes))
	f.show("")
}

// Clear empties the field without calling onChange.
func (f *TimeField) Clear() {
	f.told, f.toldOK = 0, false
	f.entry.SetText("")
	f.show("")
}

// Keys is what takes the keyboard's focus.
func (f *TimeField) Keys() fyne.Focusable { return f.entry }

// Text is what stands there.
func (f *TimeField) Text() string { return f.entry.Text }

// SetText puts a text there as if it had been typed, and reads it.
func (f *TimeField) SetText(text string) {
	f.entry.SetText(text)
	f.read()
}

// SetFaulty marks that something is wrong with the time.
func (f *TimeField) SetFaulty(faulty bool) { f.entry.SetFaulty(faulty) }

// Enable and Disable switch the field.
func (f *TimeField) Enable()        { f.entry.Enable() }
func (f *TimeField) Disable()       { f.entry.Disable() }
func (f *TimeField) Disabled() bool { return f.entry.Disabled() }

// move goes to the next or the last whole step of the day.
func (f *TimeField) move(by int) {
	minutes, ok := f.Minutes()
	switch {
	case !ok && f.entry.Text != "":
		return
	case !ok:
		minutes = 9 * 60
	case by > 0:
		minutes = (minutes/f.step + 1) * f.step
	default:
		minutes = (minutes - 1) / f.step * f.step
	}
	if minutes >= 0 && minutes < 24*60 {
		f.SetText(f.texts.Clock(minutes))
	}
}

// read takes what stands there for entered. An empty field is no mistake until
// something is to be done with it.
func (f *TimeField) read() (fine bool) {
	minutes, ok := f.Minutes()
	problem := f.Problem()
	if ok {
		if text := f.texts.Clock(minutes); text != f.entry.Text {
			f.entry.SetText(text)
		}
	} else {
		minutes = 0
	}
	if f.entry.Text == "" {
		f.show("")
	} else {
		f.show(problem)
	}
	if minutes != f.told || ok != f.toldOK {
		f.told, f.toldOK = minutes, ok
		if f.onChange != nil {
			f.onChange(minutes, ok)
		}
	}
	return problem == ""
}

func (f *TimeField) show(problem string) {
	f.entry.SetFaulty(problem != "")
	if f.tell != nil {
		f.tell(problem)
	}
}

func (f *TimeField) tellProblem(to func(problem string)) { f.tell = to }

func (f *TimeField) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(Sized(theme.Grow(88), 0, f.entry))
}
