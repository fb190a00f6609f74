package widget

import (
	"fmt"
	"slices"
	"testing"

	"counterbell/data"
	"counterbell/ui/i18n"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func sunday() data.Date { return "2026-11-22" }

func TestADateFieldReadsWhatIsTypedAndWritesItOut(t *testing.T) {
	var heard []string
	field := NewDateField(i18n.New(i18n.English), sunday, func(day data.Date, ok bool) { heard = append(heard, fmt.Sprintf("%s %v", day, ok)) })
	labelled := NewField("Day", "", field)
	next := NewEntry("")
	w := window(t, Column(8, labelled, next))
	w.Canvas().Focus(field.Keys())
	test.Type(field.entry, "24/11")
	if len(heard) != 0 {
		t.Errorf("onChange heard %v while a day was being typed", heard)
	}
	w.Canvas().FocusNext()
	if field.Text() != "24 Nov 2026" || !slices.Equal(heard, []string{"2026-11-24 true"}) {
		t.Errorf("the field shows %q, onChange heard %v", field.Text(), heard)
	}
	field.SetText("soon")
	if day, ok := field.Date(); ok || day != "" || labelled.Problem() == "" {
		t.Errorf("“soon” is %q %v, and below it stands %q", day, ok, labelled.Problem())
	}
	field.SetText("明天")
	if day, ok := field.Date(); !ok || day != "2026-11-23" || labelled.Problem() != "" {
		t.Errorf("明天 is %q %v, and below it stands %q", day, ok, labelled.Problem())
	}
	if !slices.Equal(heard, []string{"2026-11-24 true", " false", "2026-11-23 true"}) {
		t.Errorf("onChange heard %v", heard)
	}
}

func TestEnterInADateFieldGoesOnOnlyWithADay(t *testing.T) {
	field := NewDateField(i18n.New(i18n.English), sunday, nil)
	w := window(t, field)
	pressed := 0
	w.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { pressed++ })
	w.Canvas().Focus(field.Keys())
	field.entry.SetText("soon")
	key(w, fyne.KeyReturn)
	if pressed != 0 || !field.entry.faulty {
		t.Error("Enter went on without a day")
	}
	field.entry.SetText("1 Dec")
	key(w, fyne.KeyReturn)
	if pressed != 1 || field.Text() != "1 Dec 2026" || field.entry.faulty {
		t.Errorf("Enter arrived %d times with %q", pressed, field.Text())
	}
}

func TestADateFieldKeepsToItsBoundsAndMayBeEmptyWhenItIsOptional(t *testing.T) {
	field := NewDateField(i18n.New(i18n.English), sunday, nil).Between("2026-11-22", "2026-12-31")
	for text, fine := range map[string]bool{"": false, "21 Nov": false, "22 Nov": true, "31 Dec": true, "1 Jan 2027": false} {
		field.entry.SetText(text)
		if _, ok := field.Date(); ok != fine || (field.Problem() == "") != fine {
			t.Errorf("%q: %v, %q", text, ok, field.Problem())
		}
	}
	field.Optional().Set("")
	if day, ok := field.Date(); day != "" || !ok {
		t.Error("an optional field can't be empty")
	}
}

func TestTheCalendarChoosesByKeysAndByClick(t *testing.T) {
	field := NewDateField(i18n.New(i18n.Chinese), sunday, nil)
	w := window(t, field)
	w.Canvas().Focus(field.Keys())
	key(w, fyne.KeyDown)
	days, ok := w.Canvas().Focused().(*calendarDays)
	if !ok {
		t.Fatalf("Down opened no calendar: %T has the focus", w.Canvas().Focused())
	}
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyUp, fyne.KeyLeft, fyne.KeyPageUp} {
		key(w, name)
	}
	// 22 Nov → 29 → 30 → 30 Dec (Wed) → Mon 28 → Sun 3 Jan → 27 Dec → 26 → 26 Nov
	if at := data.DateOf(days.cursor); at != "2026-11-26" {
		t.Errorf("the keys led to %s", at)
	}
	key(w, fyne.KeyReturn)
	if field.Text() != "2026年11月26日" || len(w.Canvas().Overlays().List()) != 0 {
		t.Errorf("the field shows %q, %d things lie above it", field.Text(), len(w.Canvas().Overlays().List()))
	}
	field.OpenCalendar()
	days = w.Canvas().Focused().(*calendarDays)
	wide, high := days.cell()
	days.Tapped(&fyne.PointEvent{Position: fyne.NewPos(wide*1.5, days.head()+high*1.5)}) // second week, second day
	if field.Text() != "2026年11月3日" {
		t.Errorf("a click chose %q", field.Text())
	}
	field.OpenCalendar()
	key(w, fyne.KeyEscape)
	if len(w.Canvas().Overlays().List()) != 0 || field.Text() != "2026年11月3日" {
		t.Error("Escape did not close the calendar, or changed the day")
	}
}

func TestTheCalendarSpeaksAndCountsWeeksAsTheLanguageDoes(t *testing.T) {
	for language, want := range map[i18n.Language][3]string{i18n.English: {"Su", "November 2026", "2026-11-01"}, i18n.Chinese: {"一", "2026年11月", "2026-10-26"}} {
		c := NewCalendar(i18n.New(language), sunday(), nil)
		window(t, c)
		if got := [3]string{c.days.heads[0].Text(), c.month.Text(), string(data.DateOf(c.days.begin()))}; got != want {
			t.Errorf("%s: %v, want %v", language, got, want)
		}
	}
}

func TestDaysOutOfBoundsCantBeChosenFromTheCalendar(t *testing.T) {
	var chosen data.Date
	c := NewCalendar(i18n.New(i18n.English), sunday(), func(day data.Date) { chosen = day }).Between("2026-11-22", "")
	window(t, c)
	c.days.choose("2026-11-21")
	if chosen != "" {
		t.Errorf("chose %s", chosen)
	}
	c.days.choose("2026-11-22")
	if chosen != "2026-11-22" {
		t.Error("the first day can't be chosen")
	}
}

func TestATimeFieldReadsWhatIsTypedAndMovesByQuarters(t *testing.T) {
	var heard []string
	field := NewTimeField(i18n.New(i18n.English), func(minutes int, ok bool) { heard = append(heard, fmt.Sprint(minutes, ok)) })
	labelled := NewField("Time", "", field)
	w := window(t, labelled)
	w.Canvas().Focus(field.Keys())
	test.Type(field.entry, "下午2点半")
	key(w, fyne.KeyReturn)
	if field.Text() != "14:30" {
		t.Errorf("下午2点半 became %q", field.Text())
	}
	key(w, fyne.KeyDown)
	key(w, fyne.KeyUp)
	key(w, fyne.KeyUp)
	if field.Text() != "14:15" {
		t.Errorf("the keys led to %q", field.Text())
	}
	field.SetText("25:00")
	if _, ok := field.Minutes(); ok || labelled.Problem() == "" {
		t.Errorf("25:00 is taken, and below it stands %q", labelled.Problem())
	}
	if !slices.Equal(heard, []string{"870 true", "885 true", "870 true", "855 true", "0 false"}) {
		t.Errorf("onChange heard %v", heard)
	}
}
