package widget

import (
	"image"
	"strings"
	"testing"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// window shows a page on a stage.
func window(t *testing.T, page fyne.CanvasObject) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(NewStage(page, never))
	w.Resize(fyne.NewSize(800, 600))
	return w
}

func key(w fyne.Window, name fyne.KeyName) {
	if focused := w.Canvas().Focused(); focused != nil {
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	} else if w.Canvas().OnTypedKey() != nil {
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
	}
}

func TestTabReachesEveryControlAndSpaceAndEnterPressIt(t *testing.T) {
	var pressed []string
	press := func(name string) func() { return func() { pressed = append(pressed, name) } }
	off := Primary("Off", press("off"))
	off.Disable()
	w := window(t, Column(8,
		Primary("Send", press("button")), off, NewIconButton(icons.Menu, "More", press("icon")), NewLink("See", press("link")),
		NewChip("VIP", "3", press("chip")), NewCheckbox("Tick", func(bool) { press("tick")() }), NewNavItem(icons.Today, "Today", "", press("nav")),
		NewListRow(Body("row"), press("row")),
	))
	for i := range 7 {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() == nil {
			t.Fatalf("after %d tabs nothing has the focus", i+1)
		}
		key(w, map[bool]fyne.KeyName{true: fyne.KeySpace, false: fyne.KeyReturn}[i%2 == 0])
	}
	if got := strings.Join(pressed, " "); got != "button icon link chip tick nav row" {
		t.Errorf("pressed %q", got)
	}
	test.Tap(off)
	if len(pressed) != 7 {
		t.Error("a disabled button can be pressed")
	}
}

func TestKeysAndShortcutsThatAControlHasNoUseForGoToThePage(t *testing.T) {
	entry, button := NewEntry(""), Primary("Send", nil)
	w := window(t, Column(8, entry, button))
	var keys []fyne.KeyName
	found := 0
	w.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { keys = append(keys, event.Name) })
	find := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}
	w.Canvas().AddShortcut(find, func(fyne.Shortcut) { found++ })

	w.Canvas().Focus(entry)
	key(w, fyne.KeyEscape)
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyLeft)
	entry.TypedShortcut(find)
	w.Canvas().Focus(button)
	key(w, fyne.KeyEscape)
	if len(keys) != 3 || keys[0] != fyne.KeyEscape || keys[1] != fyne.KeyReturn || keys[2] != fyne.KeyEscape {
		t.Errorf("the page got %v, want Escape, Return and Escape", keys)
	}
	if found != 1 {
		t.Errorf("Ctrl+F reached the page %d times while a field had the focus", found)
	}
}

func TestPastedTextIsCutToTheLimitAndCleaned(t *testing.T) {
	entry := NewEntry("").Limit(10)
	area := NewTextArea("", 3).Limit(12)
	window(t, Column(8, entry, area))
	for _, c := range []struct {
		into         *Entry
		pasted, want string
	}{
		{entry, strings.Repeat("x", 1<<20), "xxxxxxxxxx"},
		{entry, "a\tb\r\nc\x00\u0007d\n", "a b cd"},
		{entry, "陈玥陈玥陈玥陈玥陈玥陈玥", "陈玥陈玥陈玥陈玥陈玥"},
		{area, "one\r\ntwo\tthree four", "one\ntwo thre"},
		{entry, "", ""},
	} {
		c.into.SetText("")
		clipboard := test.NewClipboard()
		clipboard.SetContent(c.pasted)
		c.into.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
		if c.into.Text != c.want {
			t.Errorf("pasting %.20q gives %q, want %q", c.pasted, c.into.Text, c.want)
		}
	}
	entry.SetText("")
	test.Type(entry, "12345678901234")
	if entry.Text != "1234567890" {
		t.Errorf("typing past the limit gives %q", entry.Text)
	}
	if area.AcceptsTab() {
		t.Error("Tab stays in a text area")
	}
}

func TestASelectIsWorkedByKeysAlone(t *testing.T) {
	chosen := -1
	s := NewSelect([]string{"Name", "Phone", "Email", "Tags"}, func(i int) { chosen = i })
	w := window(t, Column(8, s))
	w.Canvas().Focus(s)
	key(w, fyne.KeyDown)
	if len(w.Canvas().Overlays().List()) != 1 {
		t.Fatal("Down doesn't open the list")
	}
	key(w, fyne.KeyDown)
	key(w, fyne.KeyReturn)
	if chosen != 1 || s.SelectedText() != "Phone" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chose %d %q", chosen, s.SelectedText())
	}
	if w.Canvas().Focused() != s {
		t.Errorf("after choosing, %T has the focus", w.Canvas().Focused())
	}
	key(w, fyne.KeySpace)
	w.Canvas().Focused().TypedRune('t')
	key(w, fyne.KeySpace)
	if chosen != 3 {
		t.Errorf("the letter t leads to %d, want 3", chosen)
	}
	key(w, fyne.KeySpace)
	key(w, fyne.KeyHome)
	key(w, fyne.KeyEscape)
	if chosen != 3 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("Escape chooses %d or leaves the list open", chosen)
	}
}

func TestAMenuPassesOverWhatIsOff(t *testing.T) {
	did := ""
	anchor := Secondary("More", nil)
	w := window(t, Column(8, anchor))
	ShowMenu(anchor, []MenuItem{{Text: "Edit", Off: true}, {Text: "Copy", Do: func() { did = "copy" }}, {Text: "Print", Off: true}, {Text: "Delete", Danger: true, Do: func() { did = "delete" }}})
	key(w, fyne.KeyDown)
	key(w, fyne.KeyUp)
	key(w, fyne.KeyUp)
	key(w, fyne.KeyDown)
	key(w, fyne.KeyEnd)
	key(w, fyne.KeyReturn)
	if did != "delete" {
		t.Errorf("did %q, want delete", did)
	}
}

func TestArrowsMoveAmongRadiosAndTabs(t *testing.T) {
	radio := NewRadio([]string{"Form", "Online", "Not sure"}, nil)
	tabs := NewTabs([]string{"Consent", "Messages"}, nil)
	w := window(t, Column(8, radio, tabs))
	w.Canvas().FocusNext()
	key(w, fyne.KeyDown)
	key(w, fyne.KeyDown)
	key(w, fyne.KeyDown)
	if radio.Selected() != 2 {
		t.Errorf("three times down chooses %d, want the last", radio.Selected())
	}
	w.Canvas().FocusNext()
	key(w, fyne.KeyRight)
	if tabs.Selected() != 1 {
		t.Error("Right doesn't move to the next tab")
	}
}

func TestADialogAnswersToEnterAndEscape(t *testing.T) {
	w := window(t, Column(8, Primary("Under", nil)))
	answer := ""
	ask := func(danger bool, content fyne.CanvasObject, ready bool) {
		answer = ""
		Ask(w.Canvas(), Question{
			Title: "Undo this import?", Content: content, Confirm: "Undo it", Cancel: "Keep", Danger: danger,
			OnConfirm: func() bool { answer = "confirmed"; return ready }, OnCancel: func() { answer = "cancelled" },
		})
	}
	for _, c := range []struct {
		name    string
		danger  bool
		content fyne.CanvasObject
		press   []fyne.KeyName
		ready   bool
		answer  string
		open    bool
	}{
		{"Enter confirms", false, nil, []fyne.KeyName{fyne.KeyReturn}, true, "confirmed", false},
		{"Escape cancels", false, nil, []fyne.KeyName{fyne.KeyEscape}, true, "cancelled", false},
		{"Enter in a field confirms", false, NewField("Reason", "", NewEntry("")), []fyne.KeyName{fyne.KeyReturn}, true, "confirmed", false},
		{"Escape in a field cancels", false, NewField("Reason", "", NewEntry("")), []fyne.KeyName{fyne.KeyEscape}, true, "cancelled", false},
		{"Enter alone destroys nothing", true, nil, []fyne.KeyName{fyne.KeyReturn}, true, "cancelled", false},
		{"Enter in a field destroys nothing", true, NewField("Reason", "", NewEntry("")), []fyne.KeyName{fyne.KeyReturn}, true, "", true},
		{"what isn't ready stays open", false, nil, []fyne.KeyName{fyne.KeyReturn}, false, "confirmed", true},
	} {
		ask(c.danger, c.content, c.ready)
		for _, name := range c.press {
			key(w, name)
		}
		open := w.Canvas().Overlays().Top() != nil
		if answer != c.answer || open != c.open {
			t.Errorf("%s: answer %q open %v", c.name, answer, open)
		}
		if open {
			w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
		}
	}
}

func TestAClickBesideClosesAListButNotADialog(t *testing.T) {
	anchor := Secondary("More", nil)
	w := window(t, Column(8, anchor))
	ShowMenu(anchor, []MenuItem{{Text: "Edit"}})
	test.TapCanvas(w.Canvas(), fyne.NewPos(700, 500))
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the list stays open")
	}
	Ask(w.Canvas(), Question{Title: "Delete?", Cancel: "Keep", Confirm: "Delete"})
	test.TapCanvas(w.Canvas(), fyne.NewPos(5, 595))
	if w.Canvas().Overlays().Top() == nil {
		t.Error("a click beside closes a dialog")
	}
}

// Everything looks after a switch as if it had been built in that theme.
func TestLightAndDarkSwitchAtOnce(t *testing.T) {
	for _, c := range []struct{ from, to *theme.Theme }{
		{theme.New(theme.Light, 1), theme.New(theme.Dark, 1)}, {theme.New(theme.Dark, 1), theme.New(theme.Light, 1)}, {theme.New(theme.Light, 1), theme.New(theme.Light, 1.4)},
	} {
		build := func(fyne.Window) fyne.CanvasObject { return NewStage(gallery(english), never) }
		fresh := picture(t, "switch-fresh", c.to, build, nil)
		switched := picture(t, "switch-switched", c.from, build, func(w fyne.Window) {
			fyne.CurrentApp().Settings().SetTheme(c.to)
			w.Resize(fyne.NewSize(1281, 800))
			w.Resize(fyne.NewSize(1280, 800))
		})
		if n, at := differ(fresh, switched); n > 0 {
			t.Errorf("from %v to %v: %d pixels differ, the first at %v", *c.from, *c.to, n, at)
		}
	}
}

func differ(a, b image.Image) (count int, first image.Point) {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			if ar != br || ag != bg || ab != bb {
				if count == 0 {
					first = image.Pt(x, y)
				}
				count++
			}
		}
	}
	return count, first
}
