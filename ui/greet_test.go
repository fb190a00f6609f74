package ui

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"counterbell/data/store"
	"counterbell/sender/sample"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/welcome"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

// newProfile is a profile that nobody has said anything about.
func newProfile(t *testing.T) *pagetest.Shop {
	t.Helper()
	shop := pagetest.NewShop(t)
	if err := shop.SetBusiness(t.Context(), pagetest.Nobody); err != nil {
		t.Fatal(err)
	}
	return shop
}

// openShellWith opens the window with something else than usual.
func openShellWith(t *testing.T, shop *pagetest.Shop, c Choices, change func(*Needs)) (*Shell, fyne.Window) {
	t.Helper()
	w := test.NewTempApp(t).NewWindow("")
	w.Resize(fyne.NewSize(1280, 800))
	n := Needs{
		Window: w, Store: shop.Store, Choices: c, Tasks: page.Now{Context: t.Context()}, Loop: AtOnce, Stored: true, Version: "0.1.0",
		After: func(time.Duration, func()) func() { return func() {} },
	}
	change(&n)
	s, err := NewShell(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return s, w
}

func TestANewProfileIsWelcomedOnceAndKeysLeadNowhereElse(t *testing.T) {
	shop := newProfile(t)
	s, w := openShell(t, shop, first())
	if s.welcome == nil {
		t.Fatal("nobody is welcomed")
	}
	s.Speak(i18n.Chinese)
	if s.welcome == nil || s.first.Business.Country != "CN" && s.first.Step != welcome.Look {
		t.Error("the welcome is gone after a switch of language")
	}
	press(w, fyne.KeyReturn)
	if s.first.Step != welcome.Shop {
		t.Errorf("Enter led to step %d", s.first.Step)
	}
	press(w, fyne.KeyEscape)
	if s.first.Step != welcome.Look {
		t.Errorf("Escape led to step %d", s.first.Step)
	}
	press(w, fyne.KeyReturn)
	s.Close()

	// Closed halfway, it goes on there; once done it never comes again.
	again, w := openShell(t, shop, first())
	if again.welcome == nil || again.first.Step != welcome.Shop {
		t.Fatalf("the second start: %+v", again.first)
	}
	again.first.Business.Name = "Lark Optical"
	for range 3 {
		again.welcome.Enter()
	}
	if again.welcome != nil || again.Now() != page.Redeem || w.Title() == "Counterbell" {
		t.Errorf("after it: welcome %v, page %s, title %q", again.welcome != nil, again.Now(), w.Title())
	}
	third, _ := openShell(t, shop, first())
	if third.welcome != nil {
		t.Error("the third start welcomes again")
	}
}

func TestAProfileWithANameIsNotWelcomed(t *testing.T) {
	if s, _ := openShell(t, pagetest.NewShop(t), first()); s.welcome != nil {
		t.Error("Lark Optical is welcomed as if it were new")
	}
}

func TestAListDroppedOnTheWelcomeIsLookedAt(t *testing.T) {
	s, _ := openShell(t, newProfile(t), first())
	s.Dropped([]fyne.URI{storage.NewFileURI(filepath.Join(t.TempDir(), "customers.xlsx"))})
	if s.welcome != nil || s.Now() != page.Import {
		t.Errorf("welcome %v, page %s", s.welcome != nil, s.Now())
	}
}

func TestTheSampleShopOpensInAWindowOfItsOwn(t *testing.T) {
	shop := pagetest.NewShop(t)
	var opened []string
	var failure error
	s, _ := openShellWith(t, shop, first(), func(n *Needs) {
		n.OpenProfile = func(dir string, _ page.Appearance) error {
			opened = append(opened, dir)
			return failure
		}
	})
	s.env.OpenSample()
	if len(opened) != 1 || filepath.Base(opened[0]) != sample.FolderName || !sample.Ready(opened[0]) {
		t.Fatalf("opened %v", opened)
	}
	sampleStore, err := store.Open(t.Context(), store.Options{Dir: opened[0]})
	if err != nil {
		t.Fatal(err)
	}
	inside, _ := openShellWith(t, &pagetest.Shop{Store: sampleStore}, first(), func(n *Needs) { n.OpenProfile = s.needs.OpenProfile })
	if inside.env.OpenSample != nil {
		t.Error("the sample shop opens another sample shop")
	}
	if err := sampleStore.Close(); err != nil {
		t.Fatal(err)
	}
	failure = errors.New("no such program")
	before := len(s.stage.ToastTexts())
	s.env.OpenSample()
	if len(opened) != 2 || len(s.stage.ToastTexts()) != before+1 {
		t.Errorf("opened %v, toasts %q", opened, s.stage.ToastTexts())
	}
}
