package settings

import (
	"crypto/rand"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	relays "counterbell/sender/relay"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/zalando/go-keyring"
)

// open shows a section of a shop's settings.
func open(t *testing.T, s *store.Store, section string) *desktop {
	t.Helper()
	d := newDesktop(t, s, i18n.English, theme.Light)
	d.put(1280, 800)
	d.screen.OpenAt(page.ToSettings{Section: section})
	d.screen.Shown()
	return d
}

// all are the widgets of a type in an object, in the order in which they stand.
func all[T any](o fyne.CanvasObject) (out []T) {
	if w, ok := o.(T); ok {
		out = append(out, w)
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			out = append(out, all[T](inner)...)
		}
	case fyne.Widget:
		for _, inner := range test.WidgetRenderer(o).Objects() {
			out = append(out, all[T](inner)...)
		}
	}
	return out
}

// button finds the button that says a text, on the page or in the dialog over it.
func (d *desktop) button(t *testing.T, text string) *widget.Button {
	t.Helper()
	where := d.screen.Content()
	if top := d.Window.Window.Canvas().Overlays().Top(); top != nil {
		where = top
	}
	for _, b := range all[*widget.Button](where) {
		if b.Text() == text {
			return b
		}
	}
	t.Fatalf("there is no button %q", text)
	return nil
}

// says tells whether a text stands on the page.
func (d *desktop) says(text string) bool {
	for _, line := range all[*widget.Text](d.screen.Content()) {
		if strings.Contains(line.Text(), text) {
			return true
		}
	}
	for _, line := range all[*widget.Paragraph](d.screen.Content()) {
		if strings.Contains(line.Text(), text) {
			return true
		}
	}
	return false
}

func stored(t *testing.T, s *store.Store) data.Business {
	t.Helper()
	b, err := s.Business(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheShopsNameIsSavedAndAnEmptyOneIsRefusedBesideTheField(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "business")
	name := all[*widget.Entry](d.screen.parts["business"].Object())[0]
	if name.Text != "Lark Optical" || !d.button(t, "Save").Disabled() {
		t.Fatalf("the field holds %q", name.Text)
	}
	name.SetText("   ")
	d.button(t, "Save").Press()
	if d.screen.parts["business"].(*business).name.Problem() == "" || stored(t, shop.Store).Name != "Lark Optical" {
		t.Error("a shop without a name is stored")
	}
	name.SetText("Finch Optical")
	d.button(t, "Save").Press()
	if b := stored(t, shop.Store); b.Name != "Finch Optical" || b.Person != "Dana" || b.Zone != "America/Los_Angeles" {
		t.Errorf("%+v", b)
	}
	if d.Rebuilt != 1 || len(d.screen.desk.Unsaved()) != 0 {
		t.Errorf("the window was built %d times, unsaved: %v", d.Rebuilt, d.screen.desk.Unsaved())
	}
}

func TestAnotherCountryBringsItsTimeZoneCurrencyAndRules(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "business")
	p := d.screen.parts["business"].(*business)
	if !d.says("No offers 21:00–08:00") {
		t.Error("the rules of the United States don't show")
	}
	p.moved("CN")
	if f := p.form; f.Value("zone") != "Asia/Shanghai" || f.Value("currency") != "CNY" || !d.says("No offers 20:00–08:00") {
		t.Errorf("%v", f.Values())
	}
	if stored(t, shop.Store).Country != "US" {
		t.Error("it is stored before anybody saved")
	}
}

func TestOpeningHoursAreSwitchedOnDayByDay(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "business")
	d.button(t, "Enter the hours").Press()
	days := all[*widget.Switch](d.screen.Content())
	if len(days) != 7 || !days[5].On() || days[6].On() {
		t.Fatalf("%d days", len(days))
	}
	days[5].Press()
	d.button(t, "Save").Press()
	b := stored(t, shop.Store)
	if got := d.Env.Texts.Hours(b.Hours); got != "Mon–Fri 09:00–18:00, closed Sat–Sun" {
		t.Errorf("%q", got)
	}
}

func TestWhatIsNotSavedIsKeptBetweenSectionsAndAskedAboutOnLeaving(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "business")
	all[*widget.Entry](d.screen.parts["business"].Object())[0].SetText("Finch Optical")
	d.screen.choose("prices")
	d.screen.choose("business")
	if got := all[*widget.Entry](d.screen.parts["business"].Object())[0].Text; got != "Finch Optical" {
		t.Errorf("after another section the field holds %q", got)
	}
	d.screen.Hidden()
	if len(d.Asked) != 1 || !strings.Contains(d.Asked[0].Text, "Business") {
		t.Fatalf("asked %d times", len(d.Asked))
	}
	d.button(t, "Go back and look").Press()
	if len(d.Opened) != 1 || d.Opened[0] != page.Settings || d.Targets[0] != (page.ToSettings{Section: "business"}) {
		t.Errorf("it leads to %v %v", d.Opened, d.Targets)
	}
	again := newScreen(d.Env)
	again.Recall(d.screen.Memory())
	again.Shown()
	if got := all[*widget.Entry](again.parts["business"].Object())[0].Text; got != "Finch Optical" {
		t.Errorf("in the new window the field holds %q", got)
	}
	d.screen.Hidden()
	d.button(t, "Discard the changes").Press()
	d.screen.Hidden()
	if len(d.Asked) != 2 || len(d.screen.desk.Unsaved()) != 0 {
		t.Errorf("asked %d times", len(d.Asked))
	}
}

// twilio types an account of nobody's.
func twilio(d *desktop) *providers {
	p := d.screen.parts["provider"].(*providers)
	p.lookAt("twilio")
	f := d.screen.desk.form("provider", "twilio")
	f.Type("account_sid", "AC00000000000000000000000000000000")
	f.Type("auth_token", "topsecret")
	f.Type("from", "+15005550006")
	p.account()
	return p
}

func TestAnIncompleteAccountIsRefusedBesideTheField(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "provider")
	p := d.screen.parts["provider"].(*providers)
	p.lookAt("twilio")
	d.button(t, "Use Twilio").Press()
	if p.fields["account_sid"].Problem() == "" || len(d.Asked) != 0 {
		t.Error("an account without a number is taken")
	}
	twilio(d)
	d.screen.desk.form("provider", "twilio").Type("auth_token", "")
	p.account()
	d.button(t, "Use Twilio").Press()
	if p.fields["auth_token"].Problem() == "" || len(d.Asked) != 0 {
		t.Error("an account without its token is taken")
	}
	if name, err := shop.Provider(t.Context()); err != nil || name != "practice" {
		t.Errorf("%s %v", name, err)
	}
}

func TestAnotherProviderIsAskedAboutAndItsSecretGoesToTheKeychainAlone(t *testing.T) {
	shop := pagetest.NewShop(t)
	shop.Import("Maya Chen")
	shop.Coupons("Sunglasses week", data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1}, 1)
	d := open(t, shop.Store, "provider")
	twilio(d)
	d.button(t, "Use Twilio").Press()
	if len(d.Asked) != 1 || !strings.Contains(d.Asked[0].Text, "charges") || !strings.Contains(d.Asked[0].Text, "One campaign under way was made for Practice") {
		t.Fatalf("asked %+v", d.Asked)
	}
	if name, _ := shop.Provider(t.Context()); name != "practice" {
		t.Error("it is switched before anybody said yes")
	}
	d.button(t, "Use Twilio").Press()
	name, err := shop.Provider(t.Context())
	settings, err2 := shop.ProviderSettings(t.Context(), "twilio")
	if name != "twilio" || settings["from"] != "+15005550006" || err != nil || err2 != nil {
		t.Errorf("%s %v", name, settings)
	}
	if got, err := d.screen.keys.Get("twilio", "auth_token"); got != "topsecret" || err != nil {
		t.Errorf("the keychain has %q %v", got, err)
	}
	entries, err := os.ReadDir(shop.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if body, err := os.ReadFile(filepath.Join(shop.Dir, e.Name())); err == nil && strings.Contains(string(body), "topsecret") {
			t.Errorf("%s holds the secret", e.Name())
		}
	}
	if d.Rebuilt != 1 {
		t.Errorf("the window was built %d times", d.Rebuilt)
	}
}

func TestWithoutAKeychainTheVariablesAreNamedAndNothingIsSwitched(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "provider")
	keyring.MockInitWithError(errors.New("no keychain"))
	twilio(d)
	d.button(t, "Use Twilio").Press()
	d.button(t, "Use Twilio").Press()
	if len(d.Asked) != 2 {
		t.Fatalf("asked %d times", len(d.Asked))
	}
	d.button(t, "Copy").Press()
	if d.Copied != "COUNTERBELL_TWILIO_AUTH_TOKEN" {
		t.Errorf("copied %q", d.Copied)
	}
	if name, _ := shop.Provider(t.Context()); name != "practice" {
		t.Error("a provider is chosen that can't be used")
	}
}

func TestTheTestSaysInWordsThatTheAccountWorks(t *testing.T) {
	d := open(t, pagetest.NewShop(t).Store, "provider")
	d.button(t, "Test").Press()
	if !d.says("It works") || !d.says("Nothing was sent.") {
		t.Error("it doesn't say so")
	}
}

func TestALimitAWeekIsRecordedWithWhoSettledIt(t *testing.T) {
	shop := filled(t)
	d := open(t, shop.Store, "rules")
	r := d.screen.parts["rules"].(*ruleSection)
	r.lookAt("US/reminder")
	f := d.screen.desk.form("rules", "US/reminder")
	f.Type("caps", "own")
	r.editor()
	fields := all[*widget.Entry](r.side)
	fields = fields[len(fields)-3:] // a day, a week, a month
	fields[1].SetText("three")
	d.button(t, "Save").Press()
	if r.caps.Problem() == "" {
		t.Error("“three” is taken")
	}
	fields[1].SetText("３")
	d.button(t, "Save").Press()
	now, err := shop.HouseRules(t.Context())
	if err != nil || len(now) != 3 || !slices.ContainsFunc(now, func(r data.HouseRule) bool {
		return r.Place == "US" && r.Kind == data.Reminder && r.Caps == "3/week" && r.By == "Dana" && r.At == shop.Now()
	}) {
		t.Errorf("%+v %v", now, err)
	}
	if !d.says("3 a week") {
		t.Error("the table doesn't show it")
	}
}

func TestALawIsNotLoosened(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "rules")
	r := d.screen.parts["rules"].(*ruleSection)
	r.lookAt("US/marketing")
	f := d.screen.desk.form("rules", "US/marketing")
	for name, value := range map[string]string{"hours": "own", "from": "06:00", "to": "22:00", "days": "Mo Tu"} {
		f.Type(name, value)
	}
	r.editor()
	d.button(t, "Save").Press()
	if !strings.Contains(r.hours.Problem(), "08:00–21:00") {
		t.Errorf("it says %q", r.hours.Problem())
	}
	if now, _ := shop.HouseRules(t.Context()); len(now) != 0 {
		t.Errorf("%+v", now)
	}
}

func TestAPersonIsAddedAndSitsHereAfterOneClick(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "staff")
	entry := all[*widget.Entry](d.screen.parts["staff"].Object())[0]
	entry.SetText("  Ann   Park ")
	entry.OnSubmitted(entry.Text)
	all[*widget.ListRow](d.screen.parts["staff"].Object())[1].Press()
	staff, err := shop.Staff(t.Context())
	if b := stored(t, shop.Store); err != nil || b.Person != "Ann Park" || b.Till != "Till 1" || len(staff.People) != 2 {
		t.Errorf("%+v %+v %v", b, staff, err)
	}
}

func TestAPriceIsSavedToAMillionthAndAWrongOneSaid(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "prices")
	p := d.screen.parts["prices"].(*prices)
	p.cells["US/marketing"].SetText("cheap")
	d.button(t, "Save").Press()
	if !d.says("“cheap” (United States) isn’t a price.") {
		t.Error("“cheap” is taken for a price")
	}
	p.cells["US/marketing"].SetText("0,0079")
	d.button(t, "Save").Press()
	if c, err := shop.Price(t.Context(), "practice", "US", data.Marketing); err != nil || !c.Known || c.Micros != 7_900 || c.Currency != "USD" {
		t.Errorf("%+v %v", c, err)
	}
}

func TestTheLedgerIsVerifiedAndACopySaved(t *testing.T) {
	shop := filled(t)
	d := open(t, shop.Store, "privacy")
	d.button(t, "Verify now").Press()
	if !d.says("Whole: 1 entries") && !d.says("Whole: 1 entry") {
		t.Error("it doesn't say that the chain is whole")
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, []byte("an older copy"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Save = func(string) string { return path }
	d.button(t, "Save a copy…").Press()
	head := make([]byte, 15)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Read(head); err != nil || string(head) != "SQLite format 3" {
		t.Errorf("the copy begins with %q %v", head, err)
	}
	if _, err := os.Stat(path + ".part"); err == nil {
		t.Error("half a copy is left")
	}
}

func TestARelayThatIsOutOfReachIsNotPaired(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "relay")
	p := d.screen.parts["relay"].(*relay)
	entries := all[*widget.Entry](p.inside)
	entries[0].SetText("http://127.0.0.1:1#" + strings.Repeat("a", 43))
	d.button(t, "Pair").Press()
	if p.url.Problem() == "" {
		t.Error("it doesn't say so")
	}
	entries[0].SetText("http://go.example.com#" + strings.Repeat("a", 43))
	d.button(t, "Pair").Press()
	if p.url.Problem() == "" {
		t.Error("a key is sent without encryption")
	}
	entries[0].SetText("https://go.example.com")
	d.button(t, "Pair").Press()
	if p.key.Problem() == "" {
		t.Error("a relay without its key is asked")
	}
	var base string
	if _, err := shop.Setting(t.Context(), "relay", &base); err != nil || base != "" {
		t.Errorf("paired with %q %v", base, err)
	}
	if found, _ := d.screen.keys.Has("relay", "key"); found {
		t.Error("the key is kept")
	}
}

func TestARelayIsPairedFromTheLineItPrintsAndUnpairedAgain(t *testing.T) {
	shop := pagetest.NewShop(t)
	db, err := relays.OpenStore(t.Context(), relays.StoreNeeds{Path: filepath.Join(t.TempDir(), "relay.db"), Clock: time.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	key, err := relays.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(relays.NewServer(relays.Needs{Store: db, Clock: time.Now, Key: key.Hash()}))
	t.Cleanup(server.Close)
	d := open(t, shop.Store, "relay")
	p := d.screen.parts["relay"].(*relay)
	all[*widget.Entry](p.inside)[0].SetText(server.URL + "#" + string(key))
	d.button(t, "Pair").Press()
	var base string
	if _, err := shop.Setting(t.Context(), "relay", &base); err != nil || base != server.URL || p.url.Problem() != "" {
		t.Fatalf("paired with %q %v %s", base, err, p.url.Problem())
	}
	if kept, err := d.screen.keys.Get("relay", "key"); err != nil || kept != string(key) || d.Rebuilt != 1 {
		t.Errorf("the key %v", err)
	}
	p.Show()
	if !d.says("It answers: 0 pages, 0 events.") {
		t.Error("it doesn't say how the relay does")
	}
	d.button(t, "Unpair").Press()
	d.button(t, "Unpair").Press()
	if _, err := shop.Setting(t.Context(), "relay", &base); err != nil || base != "" {
		t.Errorf("still paired with %q %v", base, err)
	}
	if found, _ := d.screen.keys.Has("relay", "key"); found {
		t.Error("the key is kept")
	}
}

func TestEnterSavesAndTheChoiceKeepsTheKeyboard(t *testing.T) {
	shop := pagetest.NewShop(t)
	d := open(t, shop.Store, "business")
	name := all[*widget.Entry](d.screen.parts["business"].Object())[0]
	name.SetText("Finch Optical")
	name.OnSubmitted(name.Text)
	if stored(t, shop.Store).Name != "Finch Optical" {
		t.Error("Enter doesn't save")
	}
	p := d.screen.parts["business"].(*business)
	p.moved("GB")
	if d.Window.Window.Canvas().Focused() != fyne.Focusable(p.country) {
		t.Error("after another country the keyboard is nowhere")
	}
}

func TestWhatHasToBePutRightIsMarkedInMenuAndRail(t *testing.T) {
	shop := pagetest.NewShop(t)
	b := stored(t, shop.Store)
	b.Name = ""
	if err := shop.SetBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := shop.SetProvider(t.Context(), "twilio", map[string]string{"account_sid": "AC00000000000000000000000000000000"}); err != nil {
		t.Fatal(err)
	}
	d := open(t, shop.Store, "business")
	if d.screen.menu["business"].Badge() != "1" || d.screen.menu["provider"].Badge() != "1" || d.Badges[page.Settings] != "2" || !d.says("Your shop has no name yet.") {
		t.Errorf("%v", d.Badges)
	}
}

func TestTheAppearanceHoldsAtOnce(t *testing.T) {
	d := open(t, pagetest.NewShop(t).Store, "look")
	tabs := all[*widget.Tabs](d.screen.Content())
	tabs[0].Choose(1)
	tabs[1].Choose(1)
	tabs[2].Choose(3)
	if d.Looks != (page.Appearance{Language: i18n.Chinese, Look: page.LookDark, Scale: 1.5}) {
		t.Errorf("%+v", d.Looks)
	}
}

func TestALicenceOpensFromTheList(t *testing.T) {
	d := open(t, pagetest.NewShop(t).Store, "about")
	all[*widget.ListRow](d.screen.parts["about"].Object())[0].Press()
	if len(d.Asked) != 1 || d.Asked[0].Text != "BSD-3-Clause" {
		t.Fatalf("%+v", d.Asked)
	}
	d.button(t, "Copy").Press()
	if !strings.Contains(d.Copied, "Redistribution and use") {
		t.Errorf("copied %.40q", d.Copied)
	}
}
