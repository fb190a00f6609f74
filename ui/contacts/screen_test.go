package contacts

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// desktop is the page of a shop's contacts in a window.
type desktop struct {
	*pagetest.Window
	t      *testing.T
	shop   *pagetest.Shop
	screen *Screen
}

var names = []string{"Maya Chen", "Tom Alvarez", "Amelia Hart", "林晓雯", "Jonah Weiss", "Priya Nair"}

func newDesktop(t *testing.T, names ...string) *desktop {
	t.Helper()
	shop := pagetest.NewShop(t)
	if len(names) > 0 {
		shop.Import(names...)
	}
	d := &desktop{Window: pagetest.New(t, shop.Store), t: t, shop: shop}
	d.screen = newScreen(d.Env)
	d.Put(d.screen, 1072, 720)
	return d
}

// shown are the names of the rows.
func (d *desktop) shown() []string {
	var all []string
	for n := range d.screen.desk.list.Len() {
		row, _, _ := d.screen.desk.list.Row(n)
		all = append(all, row.Name)
	}
	return all
}

// says tells whether something that shows says a text.
func (d *desktop) says(text string) bool {
	roots := append([]fyne.CanvasObject{d.Window.Window.Canvas().Content()}, d.Window.Window.Canvas().Overlays().List()...)
	for _, o := range roots {
		if says(o, text) {
			return true
		}
	}
	return false
}

func says(o fyne.CanvasObject, text string) bool {
	if !o.Visible() {
		return false
	}
	if s, ok := o.(interface{ Text() string }); ok && strings.Contains(s.Text(), text) {
		return true
	}
	return slices.ContainsFunc(children(o), func(inner fyne.CanvasObject) bool { return says(inner, text) })
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// press presses the visible thing that says text and can be pressed: a button, a link, a line of a menu.
func (d *desktop) press(text string) {
	d.t.Helper()
	overlays := d.Window.Window.Canvas().Overlays().List()
	roots := []fyne.CanvasObject{d.Window.Window.Canvas().Content()}
	if len(overlays) > 0 {
		roots = overlays[len(overlays)-1:]
	}
	var found fyne.Tappable
	var find func(o fyne.CanvasObject)
	find = func(o fyne.CanvasObject) {
		if !o.Visible() || found != nil {
			return
		}
		if tappable, ok := o.(fyne.Tappable); ok && says(o, text) {
			if inner := slices.ContainsFunc(children(o), func(c fyne.CanvasObject) bool { return hasTappable(c, text) }); !inner {
				found = tappable
				return
			}
		}
		for _, c := range children(o) {
			find(c)
		}
	}
	for _, root := range roots {
		find(root)
	}
	if found == nil {
		d.t.Fatalf("nothing to press says %q", text)
	}
	found.Tapped(&fyne.PointEvent{})
}

func hasTappable(o fyne.CanvasObject, text string) bool {
	if _, ok := o.(fyne.Tappable); ok && o.Visible() && says(o, text) {
		return true
	}
	return slices.ContainsFunc(children(o), func(c fyne.CanvasObject) bool { return hasTappable(c, text) })
}

func (d *desktop) key(name fyne.KeyName) {
	if f := d.Window.Window.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (d *desktop) search(text string) {
	d.screen.search.SetText(text)
	d.screen.search.OnSubmitted(text)
}

func (d *desktop) person(n int) *data.Contact {
	d.t.Helper()
	who, err := d.shop.ContactByPhone(d.t.Context(), pagetest.Phone(n))
	if err != nil {
		d.t.Fatal(err)
	}
	return who
}

func (d *desktop) noErrors() {
	d.t.Helper()
	if len(d.Errors) > 0 {
		d.t.Errorf("errors: %v", d.Errors)
	}
}

func TestAnEmptyBookSaysHowToBegin(t *testing.T) {
	d := newDesktop(t)
	if !d.says("No contacts yet") {
		t.Fatal("it doesn't say that there is nobody")
	}
	d.press("Import a list")
	if !slices.Equal(d.Opened, []page.Name{page.Import}) {
		t.Errorf("opened %v", d.Opened)
	}
	d.noErrors()
}

func TestTheListIsSearchedSortedAndCounted(t *testing.T) {
	d := newDesktop(t, names...)
	if !d.says("6 people") || d.screen.Header().Subtitle != "6 people, stored on this computer" {
		t.Error("it doesn't say how many there are")
	}
	d.search("hart")
	if got := d.shown(); !slices.Equal(got, []string{"Amelia Hart"}) || !d.says("Showing 1 of 6") {
		t.Errorf("searched, %q shows", got)
	}
	d.search("晓雯")
	if got := d.shown(); len(got) != 0 || !d.says("Nobody matches") {
		t.Errorf("the end of a Chinese name finds %q", got)
	}
	d.search("林晓")
	if got := d.shown(); !slices.Equal(got, []string{"林晓雯"}) {
		t.Errorf("the beginning of a Chinese name finds %q", got)
	}
	if !d.screen.Escape() || d.screen.search.Text != "" || len(d.shown()) != 6 {
		t.Error("Escape doesn't clear the search")
	}
	if d.screen.Escape() {
		t.Error("Escape does something when there is nothing to clear")
	}
	d.screen.sortBy(store.Order{By: store.ByName})
	if got := d.shown(); got[0] != "Amelia Hart" || got[5] != "林晓雯" {
		t.Errorf("sorted by name: %q", got)
	}
	if kept, ok := d.Keeps[keepSort].(store.Order); !ok || kept.By != store.ByName {
		t.Error("the order isn't remembered")
	}
	if again := newScreen(d.Env); again.desk.list.Order.By != store.ByName {
		t.Error("the order isn't taken up again")
	}
	d.noErrors()
}

func TestAPersonShowsWhetherTheyMayBeTextedAndWhatTheyAgreedTo(t *testing.T) {
	d := newDesktop(t, names...)
	d.screen.OpenAt(page.ToContact{ID: d.person(0).ID})
	for _, text := range []string{"Maya Chen", "(503) 555-0100", "May go now", "They agreed (written consent), which the United States accepts.", "Nothing shows that they agreed", "1 record, chain verified", "Agreed to offers, by an imported list", "card at the counter"} {
		if !d.says(text) {
			t.Errorf("it doesn't say %q", text)
		}
	}
	d.press("Message")
	d.press("Book")
	d.press("Call")
	if want := []any{page.ToPhone{Phone: pagetest.Phone(0)}, page.ToDay{Day: "2026-11-24"}}; !slices.Equal(d.Targets, want) || !strings.Contains(d.Copied, "503") {
		t.Errorf("led to %v, copied %q", d.Targets, d.Copied)
	}
	d.press("Why?")
	if !d.says("Rests on:") || !d.says("What is on record: written consent") || !d.says("Now in Los Angeles: 10:42") {
		t.Error("the reasons don't name their source and what they were applied to")
	}
	d.noErrors()
}

func TestAtNightThePersonsOwnClockSaysUntilWhen(t *testing.T) {
	d := newDesktop(t, names...)
	if _, err := d.shop.EditContact(t.Context(), d.person(1).ID, func(c *data.Contact) error {
		c.Facts.Zones, c.State = []string{"America/New_York"}, "NY"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	d.shop.Move(12 * 3600e9) // 22:42 in Portland
	d.screen.OpenAt(page.ToPhone{Phone: pagetest.Phone(1)})
	if !d.says("Wait until") || !d.says("Outside the hours of") {
		t.Error("at night it doesn't say until when")
	}
	d.noErrors()
}

func TestConsentIsRecordedSinglyWithItsEvidence(t *testing.T) {
	d := newDesktop(t, names...)
	id := d.person(2).ID
	d.screen.OpenAt(page.ToContact{ID: id})
	d.screen.recordConsent(d.screen.side.person)
	d.press("Record") // nothing chosen yet
	if !d.says("Choose what they said.") {
		t.Fatal("it takes no answer for one")
	}
	f := newConsentForm(d.screen, false)
	f.what.Choose(indexOfAnswer("out_all") - 1)
	entries, ok := f.read()
	if !ok || len(entries) != 2 || entries[0].Event != data.Withdraw || !entries[0].Single {
		t.Fatalf("%+v %v", entries, ok)
	}
	f.what.Choose(indexOfAnswer("reminders") - 1)
	if _, ok := f.read(); ok {
		t.Error("a yes without anything that shows it is taken")
	}
	f.proof.SetText("Card no. 214")
	f.words.SetText("Text me about my visits.")
	entries, ok = f.read()
	if !ok || len(entries) != 1 || entries[0].Basis != data.ExpressWritten || entries[0].Statement.Wording != "Text me about my visits." || entries[0].Statement.RecordedBy != "Dana" {
		t.Fatalf("%+v %v", entries, ok)
	}
	d.noErrors()
}

func indexOfAnswer(key string) int {
	return slices.IndexFunc(answers, func(a struct {
		key    string
		event  data.Event
		scopes []data.Scope
	},
	) bool {
		return a.key == key
	})
}

func TestTheCountBelowGrowsWithItsWords(t *testing.T) {
	d := newDesktop(t, names...)
	d.search("amelia")
	if want := d.screen.count.MinSize().Width; d.screen.count.Size().Width < want {
		t.Errorf("%q has %v of %v", d.screen.count.Text(), d.screen.count.Size().Width, want)
	}
}

func TestANewContactIsAddedOnceWithWhatTheySaid(t *testing.T) {
	d := newDesktop(t, names...)
	d.screen.CreateNew()
	test.Type(d.Window.Window.Canvas().Focused(), "hello")
	d.press("Add contact")
	if !d.says("hello") || len(d.Errors) > 0 {
		t.Fatal("what is no number isn't told beside the field")
	}
	d.Window.Window.Canvas().Overlays().Top().(fyne.Widget).Refresh()
	d.key(fyne.KeyEscape)
	for _, o := range d.Window.Window.Canvas().Overlays().List() {
		d.Window.Window.Canvas().Overlays().Remove(o)
	}
	d.screen.newContactWith("(503) 555-0102") // Amelia's
	d.press("Add contact")
	if !d.says("Amelia Hart") || !d.says("belongs to") {
		t.Error("a number that somebody has isn't told beside the field")
	}
	if d.Window.Window.Canvas().Focused() == nil || d.Window.Window.Canvas().Focused().(*widget.Entry).Text != "(503) 555-0102" {
		t.Error("the cursor isn't where something is wrong")
	}
	d.press("Open Amelia Hart")
	if d.screen.side.person == nil || d.screen.side.person.Name != "Amelia Hart" || d.Window.Window.Canvas().Overlays().Top() != nil {
		t.Error("the link doesn't lead to whoever has the number")
	}
	for _, o := range d.Window.Window.Canvas().Overlays().List() {
		d.Window.Window.Canvas().Overlays().Remove(o)
	}
	d.screen.newContactWith("(503) 555-0177")
	d.press("Add contact")
	if n, _ := d.shop.People(t.Context()); n != 7 {
		t.Fatalf("%d people", n)
	}
	if d.screen.side.person == nil || d.screen.side.person.Phone != "+15035550177" || !d.says("(503) 555-0177") {
		t.Error("the new person isn't shown")
	}
	d.noErrors()
}

func TestEditingChangesAFieldAndSaysWhatIsWrongBesideIt(t *testing.T) {
	d := newDesktop(t, names...)
	c := *d.person(0)
	f := newForm(d.screen, c)
	f.entries[data.FieldSpend].SetText("a lot")
	f.entries[data.FieldVisits].SetText("１,２00")
	f.entries[data.FieldEmail].SetText("nowhere")
	if _, ok := f.read(c); ok || f.fields[data.FieldSpend].Problem() == "" || f.fields[data.FieldVisits].Problem() != "" || f.fields[data.FieldEmail].Problem() == "" {
		t.Error("what is wrong isn't told beside its field")
	}
	f.entries[data.FieldSpend].SetText("$1,284.50")
	f.entries[data.FieldEmail].SetText("maya@lark.example")
	f.entries[data.FieldTags].SetText("VIP, lenses")
	changed, ok := f.read(c)
	if !ok || changed.Spend.Minor != 128450 || changed.Visits != 1200 || len(changed.Tags) != 2 || changed.Phone != c.Phone {
		t.Errorf("%+v %v", changed, ok)
	}
	d.screen.OpenAt(page.ToContact{ID: c.ID})
	d.screen.editContact(c)
	test.Type(d.Window.Window.Canvas().Focused(), "x")
	d.press("Save")
	if got := d.person(0).Name; got == c.Name || !strings.Contains(got, "Maya Chen") {
		t.Errorf("saved as %q", got)
	}
	if !slices.Contains(d.Toasts, "Saved.") {
		t.Errorf("toasts %q", d.Toasts)
	}
	d.noErrors()
}

func TestDeletingAsksAndCanBeUndone(t *testing.T) {
	d := newDesktop(t, names...)
	d.screen.sortBy(store.Order{By: store.ByName})
	d.screen.list.Focus()
	d.key(fyne.KeyDelete)
	if !d.says("Delete Amelia Hart?") {
		t.Fatal("it doesn't ask")
	}
	if n, _ := d.shop.People(t.Context()); n != 6 {
		t.Fatal("it deleted before it was told to")
	}
	d.press("Delete 1 person")
	if n, _ := d.shop.People(t.Context()); n != 5 || len(d.shown()) != 5 {
		t.Fatalf("%d people are left, %d show", n, len(d.shown()))
	}
	kept, err := d.shop.ConsentHistory(t.Context(), pagetest.Phone(2))
	if err != nil || len(kept) == 0 {
		t.Errorf("the ledger lost %v, %v", kept, err)
	}
	gone, err := d.shop.DeleteContacts(t.Context(), []data.ContactID{d.person(0).ID})
	if err != nil {
		t.Fatal(err)
	}
	d.screen.restore(gone)
	if got := d.shown(); !slices.Contains(got, "Maya Chen") || !slices.Contains(d.Toasts, "1 person is back.") {
		t.Errorf("restored, %q shows, toasts %q", got, d.Toasts)
	}
	d.noErrors()
}

func TestTicksOpenTheBarAndATagGoesOnAllOfThem(t *testing.T) {
	d := newDesktop(t, names...)
	d.screen.list.Focus()
	d.key(fyne.KeySpace)
	d.key(fyne.KeyDown)
	d.key(fyne.KeyDown)
	d.key(fyne.KeySpace)
	if !d.screen.bulk.Visible() || !d.says("2 selected") || !d.says("2 people selected") || !d.says("2 of 2") {
		t.Fatal("the bar and the pane don't say who is ticked")
	}
	d.screen.tag("Autumn", true, nil)
	if n, err := d.shop.CountGroup(t.Context(), "tag = Autumn"); n != 2 || err != nil {
		t.Errorf("%d carry the tag, %v", n, err)
	}
	d.press("Select all 6")
	if !d.says("6 selected") {
		t.Error("all aren't taken")
	}
	path := filepath.Join(t.TempDir(), "people.xlsx")
	d.Save = func(string) string { return path }
	d.press("Export")
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("nothing was exported: %v", err)
	}
	if !d.screen.Escape() || d.screen.desk.list.Marked().Len() != 0 || d.screen.bulk.Visible() {
		t.Error("Escape doesn't clear the ticks")
	}
	d.noErrors()
}

func TestFiltersBecomeAGroupThatCanBeRenamedAndDeleted(t *testing.T) {
	d := newDesktop(t, names...)
	if _, err := d.shop.TagContacts(t.Context(), []data.ContactID{d.person(1).ID, d.person(4).ID}, "VIP", true, nil); err != nil {
		t.Fatal(err)
	}
	d.screen.addCondition(data.Condition{Field: "tag", Op: "=", Value: "VIP"})
	if got := d.shown(); len(got) != 2 || !d.says("Tag: VIP") || !d.says("Showing 2 of 6") {
		t.Fatalf("filtered: %q", got)
	}
	d.screen.saveGroup()
	test.Type(d.Window.Window.Canvas().Focused(), "Best")
	d.press("Save")
	g, err := d.shop.Group(t.Context(), "Best")
	if err != nil || g.Conditions != "tag = VIP" || !d.says("Best") {
		t.Fatalf("%+v %v", g, err)
	}
	d.screen.dropCondition(0)
	if len(d.shown()) != 6 {
		t.Error("the filter stays")
	}
	if err := d.shop.RenameGroup(t.Context(), "Best", "Regulars"); err != nil {
		t.Fatal(err)
	}
	d.screen.deleteGroup(Chip{Name: "Regulars", Conditions: "tag = VIP"})
	if groups, _ := d.shop.Groups(t.Context()); len(groups) != 0 {
		t.Errorf("left: %v", groups)
	}
	d.noErrors()
}

func TestOtherPagesLeadToPeople(t *testing.T) {
	d := newDesktop(t, names...)
	d.screen.OpenAt(page.ToPeople{Title: "Two who opted out", IDs: []data.ContactID{d.person(3).ID, d.person(1).ID, 999}})
	if got := d.shown(); !slices.Equal(got, []string{"林晓雯", "Tom Alvarez"}) || !d.says("Two who opted out") {
		t.Errorf("%q", got)
	}
	d.screen.OpenAt(page.ToPeople{Conditions: "consent = marketing"})
	if len(d.shown()) != 6 || !d.says("Can get offers") {
		t.Errorf("%q", d.shown())
	}
	d.screen.OpenAt(page.ToPhone{Phone: pagetest.Phone(5)})
	if !d.says("Priya Nair") || d.screen.side.person == nil || d.screen.side.person.Name != "Priya Nair" {
		t.Error("a number doesn't lead to its person")
	}
	d.screen.OpenAt(page.ToPhone{Phone: "+15035559999"})
	if len(d.Toasts) == 0 || !strings.Contains(d.Toasts[len(d.Toasts)-1], "503-555-9999") {
		t.Errorf("nobody's number: %q", d.Toasts)
	}
	d.noErrors()
}

func TestInANarrowWindowAPersonIsAPageOfTheirOwn(t *testing.T) {
	d := newDesktop(t, names...)
	d.Put(d.screen, 700, 600)
	if !d.screen.pane.Alone() || d.screen.side.content.Visible() {
		t.Fatal("the pane stands beside the list")
	}
	d.screen.OpenAt(page.ToContact{ID: d.person(0).ID})
	if d.screen.list.Visible() && d.screen.card.Visible() && !d.screen.pane.Side() || !d.says("All contacts") {
		t.Error("the person isn't a page of their own")
	}
	if !d.screen.Escape() || d.screen.pane.Side() {
		t.Error("Escape doesn't lead back to the list")
	}
	d.noErrors()
}

func TestTheListOutlivesASwitchOfLanguage(t *testing.T) {
	d := newDesktop(t, names...)
	d.search("hart")
	other := newScreen(d.Env)
	other.Recall(d.screen.Memory())
	if other.search.Text != "hart" || other.desk.list.Len() != 1 {
		t.Errorf("%q, %d rows", other.search.Text, other.desk.list.Len())
	}
}

func TestThePageFitsEveryWindowInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		language      i18n.Language
		variant       theme.Variant
		width, height float32
		scale         float32
	}{{i18n.English, theme.Light, 1072, 720, 1}, {i18n.Chinese, theme.Dark, 948, 620, 1}, {i18n.English, theme.Dark, 948, 620, 1.5}, {i18n.Chinese, theme.Light, 660, 560, 1}} {
		shop := pagetest.NewShop(t)
		shop.Import(names...)
		d := &desktop{Window: pagetest.NewIn(t, shop.Store, c.language, c.variant), t: t, shop: shop}
		fyne.CurrentApp().Settings().SetTheme(theme.New(c.variant, c.scale))
		d.screen = newScreen(d.Env)
		d.Put(d.screen, c.width, c.height)
		d.screen.OpenAt(page.ToContact{ID: d.person(0).ID})
		d.screen.desk.list.TickAll(true)
		d.screen.showTicks()
		if size := d.Window.Window.Canvas().Size(); size.Width > c.width || size.Height > c.height {
			t.Errorf("%s at %v: the page asks for %v", c.language, c.scale, size)
		}
		d.noErrors()
	}
}
