package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

func openShell(t *testing.T, shop *pagetest.Shop, c Choices) (*Shell, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	w := app.NewWindow("")
	w.Resize(fyne.NewSize(1280, 800))
	s, err := NewShell(t.Context(), Needs{
		Window: w, Store: shop.Store, Choices: c, Tasks: page.Now{Context: t.Context()}, Loop: AtOnce, Stored: true, Version: "0.1.0",
		After: func(time.Duration, func()) func() { return func() {} },
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Resize(fyne.NewSize(1280, 800))
	return s, w
}

func first() Choices { c := Default("en-US"); c.Page = page.Redeem; return c }

func titleOf(s *Shell) string { return s.page(s.Now()).Header().Title }

func press(w fyne.Window, key fyne.KeyName) {
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: key})
	} else {
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: key})
	}
}

func TestEveryPageOfTheRailOpensAndIsKept(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	made := map[page.Name]page.Page{}
	for _, r := range rooms {
		s.Go(r.name)
		if s.Now() != r.name || !s.view.wide.items[r.name].Selected() || !s.view.narrow.items[r.name].Selected() {
			t.Errorf("%s doesn't open", r.name)
		}
		made[r.name] = s.Page(r.name)
		if s.Page(r.name).Header().Title == "" {
			t.Errorf("%s has no title", r.name)
		}
	}
	for _, r := range rooms {
		s.Go(r.name)
		if s.Page(r.name) != made[r.name] {
			t.Errorf("%s is made a second time", r.name)
		}
	}
	if len(s.stage.ToastTexts()) > 0 {
		t.Errorf("opening pages of an empty profile says %q", s.stage.ToastTexts())
	}
	s.Go("nowhere")
	if s.Now() != rooms[len(rooms)-1].name {
		t.Error("a page that isn't there opens")
	}
	_ = w
}

func TestALanguageIsSwitchedAtOnceOnTheSamePage(t *testing.T) {
	shop := pagetest.NewShop(t)
	s, w := openShell(t, shop, first())
	for _, r := range "7K74" {
		w.Canvas().Focused().TypedRune(r)
	}
	s.Speak(i18n.Chinese)
	if s.Now() != page.Redeem || titleOf(s) != "核销" {
		t.Errorf("after the switch: %s, %q", s.Now(), titleOf(s))
	}
	w.Canvas().Focused().TypedRune('Q')
	if code, ok := w.Canvas().Focused().(*widget.TillCode); !ok || code.Code() != "7K74Q" {
		t.Errorf("what was typed is lost: %T", w.Canvas().Focused())
	}
	if again, _ := openShell(t, shop, first()); titleOf(again) != "Redeem" {
		t.Error("choices given are not taken")
	}
	remembered, err := first().Remembered(t.Context(), shop.Store)
	if err != nil || remembered.Language != i18n.Chinese {
		t.Errorf("the language isn't remembered: %+v (%v)", remembered, err)
	}
}

func TestLookAndTextSizeHoldAtOnceAndAreRemembered(t *testing.T) {
	shop := pagetest.NewShop(t)
	s, _ := openShell(t, shop, first())
	s.Wear(page.LookDark)
	if !theme.IsDark() {
		t.Error("it stays light")
	}
	s.Enlarge(1.3)
	if theme.Scale() != 1.3 || !theme.IsDark() {
		t.Errorf("scale %v dark %v", theme.Scale(), theme.IsDark())
	}
	s.Go(page.Today)
	s.Close()
	c, err := first().Remembered(t.Context(), shop.Store)
	if err != nil || c.Look != page.LookDark || c.Scale != 1.3 || c.Page != page.Today || c.Width != 1280 || c.Height != 800 {
		t.Errorf("remembered %+v (%v)", c, err)
	}
}

func TestNonsenseThatWasStoredIsPassedOver(t *testing.T) {
	shop := pagetest.NewShop(t)
	for name, value := range map[string]any{settingLanguage: "tlh", settingLook: "plaid", settingScale: 40, settingPage: "cellar", settingSize: size{1, 99999}} {
		if err := shop.SetSetting(t.Context(), name, value); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := first().Remembered(t.Context(), shop.Store); err != nil || c != first() {
		t.Errorf("%+v (%v)", c, err)
	}
}

func TestTheTillListensWhateverWasClicked(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	code := s.Page(page.Redeem).(page.FocusKeeper).KeepsFocus().(*widget.TillCode)
	w.Canvas().Unfocus()
	w.Canvas().OnTypedRune()('7')
	if code.Code() != "7" || w.Canvas().Focused() != fyne.Focusable(code) {
		t.Errorf("with nothing focused: %q, focus on %T", code.Code(), w.Canvas().Focused())
	}
	w.Canvas().Focus(s.view.wide.items[page.Redeem])
	w.Canvas().Focused().TypedRune('K')
	if code.Code() != "7K" {
		t.Errorf("with the rail focused: %q", code.Code())
	}
	w.Canvas().Unfocus()
	clipboard := test.NewClipboard()
	clipboard.SetContent("not a code")
	w.Canvas().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	if code.Code() != "7K" || w.Canvas().Focused() != fyne.Focusable(code) {
		t.Errorf("after a paste: %q, focus on %T", code.Code(), w.Canvas().Focused())
	}
	w.Canvas().Unfocus()
	for _, o := range []fyne.Position{{X: 700, Y: 10}, {X: 100, Y: 500}} {
		w.Canvas().Unfocus()
		test.TapCanvas(w.Canvas(), o)
		if w.Canvas().Focused() != fyne.Focusable(code) {
			t.Errorf("after a click at %v the focus is on %T", o, w.Canvas().Focused())
		}
	}
	s.Ask(widget.Question{Title: "?", Cancel: "No"})
	w.Canvas().Unfocus()
	w.Canvas().OnTypedRune()('9')
	press(w, fyne.KeyEscape)
	if code.Code() != "7K" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("keys go past an open question: %q, open %v", code.Code(), w.Canvas().Overlays().Top() != nil)
	}
}

func TestKeysOpenPagesAndEscapeGoesBack(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	for i, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3} {
		w.Canvas().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
		if s.Now() != rooms[i].name {
			t.Errorf("key %s opens %s", key, s.Now())
		}
	}
	s.Go(page.Redeem)
	// From inside of the till's field too, which has no use for it.
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.Key1, Modifier: fyne.KeyModifierShortcutDefault})
	if s.Now() != page.Today {
		t.Errorf("Ctrl+1 at the till opens %s", s.Now())
	}
	press(w, fyne.KeyEscape)
	if s.Now() != page.Redeem {
		t.Errorf("Escape on Today leads to %s", s.Now())
	}
	w.Canvas().Focused().TypedRune('7')
	press(w, fyne.KeyEscape)
	if s.Now() != page.Redeem {
		t.Error("Escape leaves the till while a code is typed")
	}
	press(w, fyne.KeyEscape)
	if s.Now() == page.Redeem {
		t.Error("a second Escape doesn't go back")
	}
}

func TestAFileDroppedAnywhereGoesToImport(t *testing.T) {
	s, _ := openShell(t, pagetest.NewShop(t), first())
	s.Dropped(nil)
	if s.Now() != page.Redeem {
		t.Error("nothing dropped opens a page")
	}
	s.Dropped([]fyne.URI{storage.NewFileURI(t.TempDir() + "/nowhere.xlsx")})
	if s.Now() != page.Import {
		t.Errorf("dropped on the till: %s", s.Now())
	}
}

func TestAnErrorIsOneSentenceThatStays(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	s.Fail(nil, nil)
	s.Fail(&data.Error{Code: data.Cancelled}, nil)
	s.Fail(&data.Error{Code: data.DiskFull, Op: "import", Err: errors.New("no space left")}, nil)
	s.Fail(errors.New("sql: Maya Chen +15035550142"), nil)
	toasts := s.stage.ToastTexts()
	if len(toasts) != 2 || toasts[0] != s.Texts().T("error.disk_full") || toasts[1] != s.Texts().T("error.internal") {
		t.Errorf("toasts %q", toasts)
	}
	s.details(s.env, &page.Panic{Value: "nobody home", Stack: "stack of calls"})
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no details")
	}
	press(w, fyne.KeyReturn)
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "nobody home") || !strings.Contains(got, "stack of calls") || !strings.Contains(got, "0.1.0") {
		t.Errorf("copied %q", got)
	}
	if got := opsOf(&data.Error{Code: data.Busy, Op: "redeem", Err: errors.New("Maya Chen")}); got != "redeem (busy)" {
		t.Errorf("the log would say %q", got)
	}
}

func TestPracticeIsSaidAndARealProviderIsNot(t *testing.T) {
	shop := pagetest.NewShop(t)
	s, _ := openShell(t, shop, first())
	if !slices.Contains(texts(s.view.wide.content), "Practice") || !slices.Contains(texts(s.view.narrow.content), "Practice") {
		t.Error("practice isn't said")
	}
	if err := shop.SetProvider(t.Context(), "twilio", map[string]string{}); err != nil {
		t.Fatal(err)
	}
	s, _ = openShell(t, shop, first())
	if slices.Contains(texts(s.view.wide.content), "Practice") {
		t.Error("a real provider is called practice")
	}
}

func TestASmallWindowHasTheNarrowRail(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	for _, c := range []struct {
		width  float32
		narrow bool
	}{{1280, false}, {1119, true}, {1024, true}, {1120, false}} {
		w.Resize(fyne.NewSize(c.width, 700))
		if s.view.narrow.content.Visible() != c.narrow || s.view.wide.content.Visible() == c.narrow {
			t.Errorf("at %v: narrow %v", c.width, s.view.narrow.content.Visible())
		}
	}
}

// texts are all texts in a part of the screen.
func texts(o fyne.CanvasObject) (all []string) {
	switch o := o.(type) {
	case *widget.Text:
		all = append(all, o.Text())
	case *widget.Pill:
		all = append(all, o.Text())
	case *fyne.Container:
		for _, inner := range o.Objects {
			all = append(all, texts(inner)...)
		}
		return all
	}
	if w, ok := o.(fyne.Widget); ok {
		for _, inner := range test.WidgetRenderer(w).Objects() {
			all = append(all, texts(inner)...)
		}
	}
	return all
}

func TestAChangeOfTheShopsNameReachesEveryPage(t *testing.T) {
	shop := pagetest.NewShop(t)
	s, _ := openShell(t, shop, first())
	s.saveBusiness(func(b *data.Business) { b.Name = "Finch Optical" })
	b, err := shop.Business(t.Context())
	if err != nil || b.Name != "Finch Optical" || b.Person != "Dana" || b.Zone != "America/Los_Angeles" {
		t.Errorf("stored %+v (%v)", b, err)
	}
	if !slices.Contains(texts(s.view.wide.content), "Finch Optical") || s.env.Business.Name != "Finch Optical" {
		t.Error("the window still shows the old name")
	}
}

func TestTheFootOfTheRailSwitchesWhoWorksHere(t *testing.T) {
	shop := pagetest.NewShop(t)
	if err := shop.SetStaff(t.Context(), data.Staff{People: []string{"Ann", "Dana"}, Tills: []string{"Till 1", "Till 2"}}); err != nil {
		t.Fatal(err)
	}
	s, w := openShell(t, shop, first())
	s.showChoices(s.view.wide.content)
	var choices []*widget.Select
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Select:
			choices = append(choices, o)
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				walk(inner)
			}
		}
	}
	walk(w.Canvas().Overlays().Top())
	if len(choices) != 2 || choices[0].SelectedText() != "Dana" || choices[1].SelectedText() != "Till 1" {
		t.Fatalf("%d choices", len(choices))
	}
	choices[0].Choose(0)
	if b, err := shop.Business(t.Context()); err != nil || b.Person != "Ann" || b.Till != "Till 1" {
		t.Errorf("%+v %v", b, err)
	}
	if !slices.Contains(texts(s.view.wide.content), "Ann · Till 1") {
		t.Error("the rail still shows who sat here before")
	}
}

func TestAShopWithoutANameIsMarkedInTheRail(t *testing.T) {
	shop := pagetest.NewShop(t)
	b, err := shop.Business(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.Name = ""
	if err := shop.SetBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	s, _ := openShell(t, shop, first())
	if got := s.view.wide.items[page.Settings].Badge(); got != "1" {
		t.Errorf("the badge says %q", got)
	}
	s.saveBusiness(func(b *data.Business) { b.Name = "Finch Optical" })
	if got := s.view.wide.items[page.Settings].Badge(); got != "" {
		t.Errorf("with a name the badge says %q", got)
	}
}

func TestWhatIsBeingDoneShowsInTheRailAndCanBeCancelled(t *testing.T) {
	shop := pagetest.NewShop(t)
	app := test.NewTempApp(t)
	w := app.NewWindow("")
	w.Resize(fyne.NewSize(1280, 800))
	q := newQueue()
	tasks := NewTasks(q.loop, nil)
	s, err := NewShell(t.Context(), Needs{
		Window: w, Store: shop.Store, Choices: first(), Tasks: tasks, Loop: q.loop, After: func(time.Duration, func()) func() { return func() {} },
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Resize(fyne.NewSize(1280, 800))
	shown, ended := 0, 0
	for _, name := range []string{"Importing customers.xlsx", "Saving the report"} {
		tasks.Run(page.Task{Name: name, Work: func(ctx context.Context, report page.Report) error {
			report(page.Step{Share: 0.42, Note: "4,200 of 10,000 rows"})
			<-ctx.Done()
			return ctx.Err()
		}, Progress: func(page.Step) { shown++ }, Done: func(err error) {
			if data.CodeOf(err) == data.Cancelled {
				ended++
			}
		}})
	}
	q.until(t, func() bool { return shown == 2 })
	if got := texts(s.view.wide.jobs); !s.view.wide.jobs.Visible() || !slices.Contains(got, "Saving the report") {
		t.Errorf("the rail says %q", got)
	}
	s.showTasks(s.view.wide.jobs)
	if got := texts(s.drawer); !slices.Contains(got, "Importing customers.xlsx") || !slices.Contains(got, "4,200 of 10,000 rows") {
		t.Errorf("the drawer says %q", got)
	}
	for _, task := range tasks.Named() {
		task.Cancel()
	}
	q.until(t, func() bool { return ended == 2 })
	if s.view.wide.jobs.Visible() || !slices.Contains(texts(s.drawer), "Nothing at the moment") {
		t.Error("what has ended still shows")
	}
}
