package inbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// state is where the nth person's visit stands.
func (c *counter) state(id data.AppointmentID) data.AppointmentState {
	c.t.Helper()
	all, _, err := c.shop.AppointmentsByID(c.t.Context(), []data.AppointmentID{id})
	must(c.t, err)
	return all[id].State
}

// key presses a key where the focus is.
func (c *counter) key(name fyne.KeyName) {
	c.t.Helper()
	f := c.window.Window.Canvas().Focused()
	if f == nil {
		c.t.Fatal("nothing has the focus")
	}
	f.TypedKey(&fyne.KeyEvent{Name: name})
}

// shortcut presses a key with a modifier.
func (c *counter) shortcut(name fyne.KeyName, modifier fyne.KeyModifier) {
	c.window.Window.Canvas().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: modifier})
}

// sends are the texts that were written by hand, as they stand.
func (c *counter) sends() []data.Message {
	c.t.Helper()
	all, err := c.shop.Messages(c.t.Context(), store.MessageFilter{})
	must(c.t, err)
	return slices.DeleteFunc(all, func(m data.Message) bool { return m.Step != store.DirectStep })
}

func TestWhatIsUnclearIsSettledByOneClickAndTheNextOneComes(t *testing.T) {
	shop, ines := busyShop(t)
	c := newCounter(t, shop)
	for _, want := range []string{"Unclear, please decide", "“maybe after 4?”", "Looks like a request to move", "Today 11:30", "Tom Alvarez", "6 replies this week · 3 were understood"} {
		if !c.says(want) {
			t.Errorf("the page doesn't say %q", want)
		}
	}
	if c.window.Badges[page.Inbox] != "3" {
		t.Errorf("the rail says %q", c.window.Badges[page.Inbox])
	}
	c.press("Confirm")
	if got := c.state(ines); got != data.Confirmed {
		t.Errorf("Ines's visit is %s", got)
	}
	if c.screen.desk.Phone != pagetest.Phone(1) || c.window.Badges[page.Inbox] != "2" || !slices.Contains(c.window.Toasts, "Ines Duarte is confirmed") {
		t.Errorf("then %s is open, the rail says %q, toasts %q", c.screen.desk.Phone, c.window.Badges[page.Inbox], c.window.Toasts)
	}
	c.press("Call")
	if c.window.Copied != string(pagetest.Phone(1)) || c.window.Badges[page.Inbox] != "1" {
		t.Errorf("calling copies %q", c.window.Copied)
	}
	c.screen.open(pagetest.Phone(2))
	c.press("Cancel")
	if !c.says("Nothing is waiting") || c.window.Badges[page.Inbox] != "" {
		t.Error("the queue isn't empty")
	}
}

func TestTheAnswersHaveKeys(t *testing.T) {
	shop, ines := busyShop(t)
	c := newCounter(t, shop)
	c.shortcut(fyne.Key2, fyne.KeyModifierAlt)
	if got := c.state(ines); got != data.ApptCancelled {
		t.Errorf("Alt+2: the visit is %s", got)
	}
	c.screen.queue.focus()
	c.key(fyne.KeyDown)
	if c.screen.desk.Phone != pagetest.Phone(2) {
		t.Errorf("Down opens %s", c.screen.desk.Phone)
	}
	c.shortcut(fyne.Key4, fyne.KeyModifierAlt)
	waiting, err := shop.WaitingReplies(t.Context(), 10)
	must(t, err)
	if len(waiting) != 1 || waiting[0].From != pagetest.Phone(1) {
		t.Errorf("Alt+4: %d wait", len(waiting))
	}
	c.key(fyne.KeyEnd)
	last := c.screen.desk.Phone
	if last != c.screen.queue.phones[len(c.screen.queue.phones)-1] {
		t.Errorf("End opens %s", last)
	}
	c.key(fyne.KeyReturn)
	if c.window.Window.Canvas().Focused() != fyne.Focusable(c.screen.talk.composer.entry) {
		t.Error("Enter doesn't lead to writing back")
	}
	c.screen.Hidden()
	before, _ := shop.WaitingReplies(t.Context(), 10)
	c.screen.open(pagetest.Phone(1))
	c.shortcut(fyne.Key1, fyne.KeyModifierAlt)
	if after, _ := shop.WaitingReplies(t.Context(), 10); len(after) != len(before) {
		t.Error("the keys work on another page")
	}
}

func TestAnAnswerIsTakenBackFromItsToast(t *testing.T) {
	shop, ines := busyShop(t)
	c := newCounter(t, shop)
	settled, err := shop.SettleReply(t.Context(), c.screen.desk.Waiting().ID, store.AnswerConfirm, "Dana")
	must(t, err)
	c.screen.undecide(settled)
	if got := c.state(ines); got != data.UnclearReply || c.window.Badges[page.Inbox] != "3" {
		t.Errorf("the visit is %s, the rail says %q", got, c.window.Badges[page.Inbox])
	}
}

func TestWritingBackSaysBeforehandWhatBecomesOfItAndKeepsDrafts(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	entry := c.screen.talk.composer.entry
	if !c.says("A text would go at once") {
		t.Error("nothing is said before anything is typed")
	}
	c.shortcut(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	if len(c.sends()) > 0 {
		t.Fatal("an empty text is sent")
	}
	entry.SetText("16:15 is free. Shall I book it?")
	if !c.says("Goes at once as: Lark Optical: 16:15 is free") || !c.says("45/160") {
		t.Error("the text isn't shown as it would go, or its length")
	}
	c.screen.open(pagetest.Phone(1))
	if entry.Text != "" {
		t.Errorf("another's conversation holds %q", entry.Text)
	}
	c.screen.open(pagetest.Phone(0))
	if entry.Text != "16:15 is free. Shall I book it?" {
		t.Errorf("the draft is %q", entry.Text)
	}
	c.shortcut(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	all := c.sends()
	if len(all) != 1 || all[0].To != pagetest.Phone(0) || all[0].Kind != data.Notice || entry.Text != "" || !c.says("goes next") {
		t.Fatalf("queued %+v, the field holds %q", all, entry.Text)
	}
	c.press("Take back")
	if all = c.sends(); all[0].State != data.MsgCancelled || !c.says("taken back") {
		t.Errorf("taken back it is %s", all[0].State)
	}
}

func TestAtNightTheHourIsToldInTheirTime(t *testing.T) {
	shop, _ := busyShop(t)
	shop.Move(12 * time.Hour) // 22:42 in Portland
	c := newCounter(t, shop)
	if !c.says("Quiet hours there. It will go tomorrow 08:00, their time") {
		t.Error("it isn't said that the text waits")
	}
	c.screen.talk.composer.entry.SetText("16:15 is free.")
	c.screen.talk.composer.submit()
	if all := c.sends(); len(all) != 1 {
		t.Errorf("queued %+v", all)
	}
	if !slices.ContainsFunc(c.window.Toasts, func(s string) bool { return strings.Contains(s, "tomorrow 08:00, their time") }) {
		t.Errorf("toasts %q", c.window.Toasts)
	}
}

func TestNobodyWhoOptedOutIsWrittenTo(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	c.screen.open(pagetest.Phone(5))
	if !c.says("Opted out of all texts · done") || !c.says("They opted out, so nothing can be written to them") || !c.says("Marketing: opted out") {
		t.Error("the opt-out isn't shown as done")
	}
	c.screen.talk.composer.entry.SetText("But wait!")
	c.shortcut(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	if all := c.sends(); len(all) > 0 || c.screen.talk.composer.entry.Text != "But wait!" {
		t.Errorf("queued %+v", all)
	}
}

func TestAReplyCanBeCorrectedIntoAnOptOutAfterOneQuestion(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	id := c.screen.desk.Waiting().ID
	c.screen.settle(id, store.AnswerOptOut)
	if len(c.window.Asked) != 1 || !strings.Contains(c.window.Asked[0].Text, "consent ledger") {
		t.Fatal("it isn't asked about")
	}
	if p, err := shop.Permissions(t.Context(), data.ScopeReminders, []data.Phone{pagetest.Phone(0)}); err != nil || p[pagetest.Phone(0)].Closed {
		t.Fatal("it is done before the answer")
	}
	c.press("Opt out")
	p, err := shop.Permissions(t.Context(), data.ScopeReminders, []data.Phone{pagetest.Phone(0)})
	if err != nil || !p[pagetest.Phone(0)].Closed || c.window.Badges[page.Inbox] != "2" {
		t.Errorf("permission %+v (%v), the rail says %q", p, err, c.window.Badges[page.Inbox])
	}
}

func TestAnUnknownNumberLeadsToANewContactAndAKnownOneToItsOwn(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	c.screen.OpenAt(page.ToPhone{Phone: pagetest.Phone(9)})
	if !c.says("not in your contacts") || c.screen.desk.Show != store.ShowAll {
		t.Error("the unknown number isn't open")
	}
	c.press("Add contact")
	c.screen.open(pagetest.Phone(0))
	c.press("Contact")
	who, err := shop.ContactByPhone(t.Context(), pagetest.Phone(0))
	must(t, err)
	want := []any{page.ToPhone{Phone: pagetest.Phone(9)}, page.ToContact{ID: who.ID}}
	if !slices.Equal(c.window.Targets, want) {
		t.Errorf("leads to %+v", c.window.Targets)
	}
	c.press("Open day")
	if to := c.window.Targets[2]; to != any(page.ToDay{Day: "2026-11-24", Appointment: c.screen.desk.Thread.Visits[0].ID}) {
		t.Errorf("the visit leads to %+v", to)
	}
}

func TestViewsAndSearchShowWhatTheySay(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	for tab, want := range map[int]int{1: 6, 2: 4, 3: 1} {
		c.screen.tabs.Choose(tab)
		if got := len(c.screen.desk.Phones); got != want {
			t.Errorf("view %d lists %d, want %d", tab, got, want)
		}
	}
	c.screen.tabs.Choose(1)
	c.screen.search.SetText("hugo")
	if got := c.screen.desk.Phones; len(got) != 1 || got[0] != pagetest.Phone(1) {
		t.Errorf("the search finds %v", got)
	}
	c.screen.search.SetText("zzz")
	if !c.says("Nothing found") {
		t.Error("it isn't said that nothing was found")
	}
	if !c.screen.Escape() || c.screen.search.Text != "" || len(c.screen.desk.Phones) != 6 {
		t.Error("Escape doesn't empty the search")
	}
	c.screen.list.focus()
	c.key(fyne.KeyHome)
	c.key(fyne.KeyDown)
	if c.screen.desk.Phone != c.screen.desk.Phones[1] {
		t.Error("arrows don't open conversations")
	}
}

func TestANewTextFindsPeopleAndTakesBareNumbers(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	c.screen.CreateNew()
	f := c.screen.finder
	f.Type("Maya")
	if all := f.Found(); len(all) != 1 || all[0].number != pagetest.Phone(5) {
		t.Fatalf("found %+v", all)
	}
	f.Type("(503) 555-0177")
	if all := f.Found(); len(all) != 1 || all[0].number != "+15035550177" {
		t.Fatalf("found %+v", all)
	}
	f.Submit()
	if c.window.Window.Canvas().Overlays().Top() != nil || c.screen.desk.Phone != "+15035550177" || !c.says("never agreed to texts") {
		t.Error("the conversation with the number isn't open, or it isn't said that they never agreed")
	}
}

func TestAStrangersTextBreaksNothing(t *testing.T) {
	shop, _ := busyShop(t)
	said(t, shop, 7, strings.Repeat("a", 1600), data.ReplyOther, "", false, 0)
	said(t, shop, 8, "שלום\u202e evil \x00\x07 🛑👍\n\n\n"+strings.Repeat("字", 500), data.ReplyUnclear, "", true, 0)
	c := newCounter(t, shop)
	for _, n := range []int{7, 8} {
		c.screen.open(pagetest.Phone(n))
		c.put(1024, 700)
		if len(c.screen.desk.Thread.Items) != 1 || len(c.window.Errors) > 0 {
			t.Errorf("%d: %d texts, errors %v", n, len(c.screen.desk.Thread.Items), c.window.Errors)
		}
	}
	c.screen.talk.composer.entry.SetText(strings.Repeat("x", 100))
	c.screen.search.SetText("%_\\'\"")
	if len(c.window.Errors) > 0 {
		t.Errorf("errors %v", c.window.Errors)
	}
}

func TestWhatWasTypedStaysWhenItCantBeQueued(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	c.screen.talk.composer.entry.SetText("16:15 is free.")
	must(t, shop.Close())
	c.screen.talk.composer.submit()
	if c.screen.talk.composer.entry.Text != "16:15 is free." || len(c.window.Errors) == 0 || c.screen.talk.composer.busy {
		t.Errorf("the field holds %q, errors %v", c.screen.talk.composer.entry.Text, errors.Join(c.window.Errors...))
	}
}

func TestASwitchOfLanguageKeepsTheConversationAndTheDraft(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	c.screen.tabs.Choose(2)
	c.screen.open(pagetest.Phone(1))
	c.screen.talk.composer.entry.SetText("Parking is free.")
	c.screen.Hidden()
	memory := c.screen.Memory()
	zh := newCounterIn(t, shop, i18n.Chinese, theme.Dark, 1280, 800)
	zh.screen.Recall(memory)
	zh.screen.Shown()
	if zh.screen.desk.Phone != pagetest.Phone(1) || zh.screen.talk.composer.entry.Text != "Parking is free." || zh.screen.tabs.Selected() != 2 || !zh.says("收件箱") {
		t.Errorf("open %s, draft %q, view %d", zh.screen.desk.Phone, zh.screen.talk.composer.entry.Text, zh.screen.tabs.Selected())
	}
}

func TestAProviderWithoutRepliesIsSaidToBeDeafWithTheWayOut(t *testing.T) {
	shop, _ := busyShop(t)
	must(t, shop.SetProvider(t.Context(), "uspeedo", nil))
	c := newCounter(t, shop)
	if !c.says("no way to read replies") {
		t.Fatal("it isn't said")
	}
	c.press("Set up the link relay")
	c.press("Choose another provider")
	if !slices.Equal(c.window.Targets, []any{page.ToSettings{Section: "relay"}, page.ToSettings{Section: "provider"}}) {
		t.Errorf("leads to %+v", c.window.Targets)
	}
	must(t, shop.SetProvider(t.Context(), "practice", nil))
	c.screen.Shown()
	if c.says("no way to read replies") {
		t.Error("it is said of one that can")
	}
}

func TestWhatWasBegunIsThereAfterARestart(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	c.screen.talk.composer.entry.SetText("16:15 is fr")
	again := newScreen(c.window.Env)
	again.Shown()
	if got := again.talk.composer.entry.Text; got != "16:15 is fr" {
		t.Errorf("the field holds %q", got)
	}
}

func TestAReplyFromNobodyCanBeReadAndFiledButNotAnswered(t *testing.T) {
	shop, _ := busyShop(t)
	_, err := shop.StoreReplies(t.Context(), "practice", []store.Reply{{Inbound: data.Inbound{ProviderID: "x", Text: "who am I?", At: shop.Now(), Reply: data.ReplyOther, Review: true}}}, "2")
	must(t, err)
	c := newCounter(t, shop)
	if c.screen.desk.Phone != "" || !c.says("Unknown sender") || !c.says("who am I?") || c.screen.talk.composer.content.Visible() {
		t.Errorf("open is %q", c.screen.desk.Phone)
	}
	c.press("Done")
	if c.window.Badges[page.Inbox] != "3" || len(c.window.Errors) > 0 {
		t.Errorf("the rail says %q, errors %v", c.window.Badges[page.Inbox], c.window.Errors)
	}
}

func TestALongListIsReadAsItIsLookedAt(t *testing.T) {
	shop, _ := busyShop(t)
	var replies []store.Reply
	for i := range 900 {
		replies = append(replies, store.Reply{Inbound: data.Inbound{
			ProviderID: fmt.Sprint("l", i), From: data.Phone(fmt.Sprintf("+1971555%04d", i)), Text: fmt.Sprint("hello ", i),
			At: shop.Now().Add(-time.Duration(i+1) * time.Hour), Reply: data.ReplyOther,
		}})
	}
	_, err := shop.StoreReplies(t.Context(), "practice", replies, "3")
	must(t, err)
	c := newCounter(t, shop)
	c.screen.tabs.Choose(1)
	c.put(1280, 800)
	if n := len(c.screen.desk.Lines); n > 3*linesAtOnce || c.says("hello 899") {
		t.Fatalf("%d lines were read to show the first", n)
	}
	c.screen.list.focus()
	c.key(fyne.KeyEnd)
	if !c.says("hello 899") || c.screen.desk.Phone != "+19715550899" {
		t.Errorf("End opens %s", c.screen.desk.Phone)
	}
}

func TestAnAnswerByTheKeyboardLeavesTheKeysInTheQueue(t *testing.T) {
	shop, _ := busyShop(t)
	c := newCounter(t, shop)
	var confirm *widget.Button
	for o := range c.screen.queue.cards[0].surface.Content().(*fyne.Container).Objects {
		if grid, ok := c.screen.queue.cards[0].surface.Content().(*fyne.Container).Objects[o].(*fyne.Container); ok {
			if b, ok := grid.Objects[0].(*widget.Button); ok {
				confirm = b
			}
		}
	}
	c.window.Window.Canvas().Focus(confirm)
	c.key(fyne.KeyReturn)
	focused, ok := c.window.Window.Canvas().Focused().(*card)
	if !ok || focused != c.screen.queue.cards[0] || c.screen.desk.Phone != pagetest.Phone(1) {
		t.Errorf("the focus is on %T, %s is open", c.window.Window.Canvas().Focused(), c.screen.desk.Phone)
	}
}
