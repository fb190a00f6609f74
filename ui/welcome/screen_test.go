package welcome

import (
	"testing"
	"time"

	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

func key(n *newcomer, name fyne.KeyName) {
	if f := n.Window.Window.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// By the keyboard alone: language as it is, the name typed, Practice, no list yet.
func TestTheKeyboardAloneOpensTheCounter(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-GB")
	key(n, fyne.KeyReturn)
	if n.model.Step != Shop {
		t.Fatalf("Enter led to step %d", n.model.Step)
	}
	key(n, fyne.KeyReturn)
	if n.model.Step != Shop || n.screen.shop.name.Problem() == "" {
		t.Errorf("without a name: step %d, problem %q", n.model.Step, n.screen.shop.name.Problem())
	}
	for _, r := range "Lark Optical" {
		n.Window.Window.Canvas().Focused().TypedRune(r)
	}
	if n.screen.shop.name.Problem() != "" {
		t.Errorf("while a name is typed it still says %q", n.screen.shop.name.Problem())
	}
	if words := n.screen.shop.phone.Words(); words[:13] != "Lark Optical:" {
		t.Errorf("the preview says %q", words)
	}
	key(n, fyne.KeyReturn)
	key(n, fyne.KeyReturn)
	if n.model.Step != List || len(n.ended) != 0 {
		t.Fatalf("step %d, ended %v", n.model.Step, n.ended)
	}
	n.screen.Enter()
	if len(n.ended) != 1 || n.ended[0] != (Ending{}) {
		t.Errorf("it ended with %+v", n.ended)
	}
	b, err := n.shop.Business(t.Context())
	if err != nil || b.Name != "Lark Optical" || b.Country != "GB" || b.Zone != "Europe/London" || b.Currency != "GBP" || b.Till != "Till 1" {
		t.Errorf("the profile says %+v: %v", b, err)
	}
	var kept Model
	if !n.Kept(Setting, &kept) || !kept.Done {
		t.Errorf("the profile would greet again: %+v", kept)
	}
}

func TestSkippingAllOfItStillKeepsTheCountryOfTheSystem(t *testing.T) {
	n := meet(t, i18n.Chinese, theme.Light, "zh-CN")
	for range steps {
		n.screen.skip()
	}
	b, err := n.shop.Business(t.Context())
	if err != nil || b.Name != "" || b.Country != "CN" || b.Zone != "Asia/Shanghai" || len(n.ended) != 1 {
		t.Errorf("%+v, ended %v: %v", b, n.ended, err)
	}
}

func TestEscapeGoesBackAndKeepsWhatWasTyped(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-US")
	n.screen.Enter()
	n.screen.shop.entry.SetText("Lark")
	n.screen.Escape()
	if n.model.Step != Look {
		t.Errorf("Escape led to step %d", n.model.Step)
	}
	n.screen.Enter()
	if n.screen.shop.entry.Text != "Lark" {
		t.Errorf("the name is %q", n.screen.shop.entry.Text)
	}
	n.screen.Escape()
	n.screen.Escape()
	if n.model.Step != Look || len(n.ended) != 0 {
		t.Errorf("step %d, ended %v", n.model.Step, n.ended)
	}
}

func TestWhatIsTypedIsRememberedAfterAPause(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-US")
	var waits []func()
	n.Env.After = func(_ time.Duration, do func()) func() {
		waits = append(waits, do)
		return func() { waits = nil }
	}
	n.screen.Enter()
	n.screen.shop.entry.SetText("Lark")
	n.screen.shop.entry.SetText("Lark Optical")
	if len(waits) != 1 {
		t.Fatalf("%d waits", len(waits))
	}
	waits[0]()
	var kept Model
	if !n.Kept(Setting, &kept) || kept.Step != Shop || kept.Business.Name != "Lark Optical" || kept.Done {
		t.Errorf("kept: %+v", kept)
	}
}

func TestAListDroppedAtAnyTimeIsTheLastStep(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-US")
	n.screen.Enter()
	n.screen.shop.entry.SetText("Lark Optical")
	n.screen.Dropped("/lists/customers.xlsx")
	if len(n.ended) != 1 || n.ended[0].Page != page.Import || n.ended[0].Target != (page.ToFile{Path: "/lists/customers.xlsx"}) {
		t.Errorf("it ended with %+v", n.ended)
	}
	if b, err := n.shop.Business(t.Context()); err != nil || b.Name != "Lark Optical" {
		t.Errorf("the name that was typed is %q: %v", b.Name, err)
	}
}

func TestARealProviderLeadsToItsSettingsAtTheEnd(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-US")
	n.model.Provider = "twilio"
	for range steps {
		n.screen.skip()
	}
	if len(n.ended) != 1 || n.ended[0].Page != page.Settings || n.ended[0].Target != (page.ToSettings{Section: "provider"}) {
		t.Errorf("it ended with %+v", n.ended)
	}
	if name, err := n.shop.Provider(t.Context()); err != nil || name != "practice" {
		t.Errorf("until then %s sends: %v", name, err)
	}
}

func TestTheLanguageHoldsAtOnceAndMovesTheCountry(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-US")
	if n.model.Business.Country != "US" {
		t.Fatalf("it begins in %s", n.model.Business.Country)
	}
	n.model.Speak(i18n.Chinese)
	a := n.Appearance()
	a.Language = i18n.Chinese
	n.SetAppearance(a)
	if n.Looks.Language != i18n.Chinese || n.model.Business.Country != "CN" {
		t.Errorf("%+v, %s", n.Looks, n.model.Business.Country)
	}
}

func TestOpeningHoursAreChosenOrEnteredDayByDay(t *testing.T) {
	n := meet(t, i18n.English, theme.Light, "en-US")
	n.screen.Enter()
	h := n.screen.shop.hours
	h.sel.Choose(1)
	if got := n.Texts.Hours(n.model.Business.Hours); got != "Mon–Sat 09:00–18:00, closed Sun" || h.sel.SelectedText() != got {
		t.Errorf("chosen: %q, shown %q", got, h.sel.SelectedText())
	}
	h.sel.Choose(len(h.choices))
	if len(n.Asked) != 1 || h.sel.SelectedText() != "Mon–Sat 09:00–18:00, closed Sun" {
		t.Fatalf("other hours: %d dialogs, %q", len(n.Asked), h.sel.SelectedText())
	}
	if !n.Asked[0].OnConfirm() || n.Texts.Hours(n.model.Business.Hours) != "Mon–Sat 09:00–18:00, closed Sun" {
		t.Errorf("saved as they are: %q", n.Texts.Hours(n.model.Business.Hours))
	}
}
