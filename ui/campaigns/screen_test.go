package campaigns

import (
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/compose"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/result"
	"counterbell/ui/review"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRowsAreFoundAndSorted(t *testing.T) {
	m := Model{Filter: AllOf, Sort: "day", Down: true}
	m.Take([]data.Campaign{
		{ID: 1, Name: "Lens week", State: data.Done, SentAt: 100, Offer: &data.Offer{Title: "20% off lenses"}},
		{ID: 2, Name: "autumn", State: data.Running, SentAt: 300},
		{ID: 3, Name: "Advent", State: data.Draft, CreatedAt: 50, SavedAt: 200, GroupName: "VIP"},
		{ID: 4, Name: "Old", State: data.Stopped, SentAt: 10},
		{ID: 5, Name: "Soon", State: data.Scheduled, SentAt: 5, At: 400},
	})
	m.Figures(map[data.CampaignID]store.Sending{1: {People: 9, Sent: 8}, 2: {People: 20, Sent: 5, Waiting: 15}}, map[data.CampaignID]store.Response{1: {Opened: 3, Redeemed: 2}, 2: {Redeemed: 1}})
	for name, c := range map[string]struct {
		filter Filter
		search string
		sort   string
		down   bool
		want   []data.CampaignID
	}{
		"latest first": {AllOf, "", "day", true, []data.CampaignID{5, 2, 3, 1, 4}},
		"by name":      {AllOf, "", "name", false, []data.CampaignID{3, 2, 1, 4, 5}},
		"drafts":       {Drafts, "", "day", true, []data.CampaignID{3}},
		"under way":    {UnderWay, "", "day", true, []data.CampaignID{5, 2}},
		"ended":        {Ended, "", "day", true, []data.CampaignID{1, 4}},
		"an offer":     {AllOf, "LENSES", "day", true, []data.CampaignID{1}},
		"two words":    {AllOf, "week 20%", "day", true, []data.CampaignID{1}},
		"a group":      {AllOf, "vip", "day", true, []data.CampaignID{3}},
		"nothing":      {Drafts, "lens", "day", true, nil},
		"people":       {AllOf, "", "people", true, []data.CampaignID{2, 1, 5, 4, 3}},
		"sent":         {AllOf, "", "sent", true, []data.CampaignID{1, 2, 5, 4, 3}},
		"opened":       {AllOf, "", "opened", true, []data.CampaignID{1, 5, 4, 3, 2}},
		"redeemed":     {AllOf, "", "redeemed", false, []data.CampaignID{5, 4, 3, 2, 1}},
	} {
		m.Filter, m.Search, m.Sort, m.Down = c.filter, c.search, c.sort, c.down
		m.Arrange()
		var got []data.CampaignID
		for row := range m.Rows {
			got = append(got, m.At(row).ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if got := m.ToCount(); !slices.Equal(got, []data.CampaignID{2, 4, 5}) {
		t.Errorf("counted again are %v: those under way, and those never counted", got)
	}
	if share := m.All[1].Share(); share != 0.25 {
		t.Errorf("a quarter has gone out, it says %v", share)
	}
}

// row is where a campaign stands in the list, by its name.
func (d *desktop) row(t *testing.T, name string) int {
	t.Helper()
	for i := range d.screen.list.model.Rows {
		if d.screen.list.model.At(i).Name == name {
			return i
		}
	}
	t.Fatalf("no row %q", name)
	return 0
}

func TestACampaignOpensWhereItStands(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	some(t, s)
	d.screen.CreateNew()
	if _, ok := d.screen.now.(*compose.View); !ok {
		t.Fatalf("a new campaign opens %T", d.screen.now)
	}
	d.screen.Escape()
	if n := d.screen.list.model.Count(Drafts); n != 0 {
		t.Errorf("%d drafts are left that nobody wrote into", n)
	}
	for name, is := range map[string]func() bool{
		"Sunglasses week": func() bool { _, ok := d.screen.now.(*result.View); return ok },
		"Lens care":       func() bool { _, ok := d.screen.now.(*review.View); return ok },
		"Autumn check-up": func() bool { _, ok := d.screen.now.(*review.View); return ok },
		"Old frames":      func() bool { _, ok := d.screen.now.(*result.View); return ok },
		"Advent opening":  func() bool { _, ok := d.screen.now.(*review.View); return ok },
	} {
		d.screen.list.table.OnOpen(d.row(t, name))
		if !is() {
			t.Errorf("%s opens %T", name, d.screen.now)
		}
		d.screen.back()
	}
	all, err := s.Campaigns(t.Context())
	must(t, err)
	d.screen.OpenAt(page.ToCampaign{ID: all[len(all)-1].ID})
	if _, ok := d.screen.now.(*result.View); !ok {
		t.Errorf("a lead to it opens %T", d.screen.now)
	}
	d.put(1280, 800)
	d.screen.FocusSearch()
	if d.Window.Window.Canvas().Focused() == nil {
		t.Error("Ctrl+F doesn't lead to the people of a result")
	}
	if h := d.screen.Header(); h.Back == nil {
		t.Error("no button leads back from a result")
	}
	d.screen.back()
	d.put(1280, 800)
	d.screen.FocusSearch()
	if d.screen.now != d.screen.list || d.Window.Window.Canvas().Focused() != fyne.Focusable(d.screen.list.search) {
		t.Error("Ctrl+F doesn't lead to the search")
	}
	for _, err := range d.Errors {
		t.Error(err)
	}
}

func TestADraftIsDeletedAndBroughtBack(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	var undo func()
	d.Toast = func(toast widget.Toast) func() {
		d.Toasts, undo = append(d.Toasts, toast.Text), toast.Do
		return func() {}
	}
	d.screen.begin("tag = vip")
	v := d.screen.now.(*compose.View)
	f, _ := v.Form()
	if f.Group != "tag = vip" || !f.Chosen {
		t.Errorf("it begins with %+v", f)
	}
	f.Texts[0] = "Hello"
	v.Take(f)
	d.screen.back()
	l := d.screen.list
	if l.model.Count(Drafts) != 1 {
		t.Fatalf("%d drafts", l.model.Count(Drafts))
	}
	l.remove(l.model.At(0))
	if len(l.model.All) != 0 || len(d.Toasts) != 1 || !strings.Contains(d.Toasts[0], "is deleted") {
		t.Fatalf("%d are left, said: %v", len(l.model.All), d.Toasts)
	}
	undo()
	if l.model.Count(Drafts) != 1 || l.model.At(0).Group != "tag = vip" {
		t.Errorf("undo brings back %+v", l.model.All)
	}
}

func TestRunAgainTakesEverythingButTheTime(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	some(t, s)
	s.Move(30 * 24 * time.Hour)
	all, err := s.Campaigns(t.Context())
	must(t, err)
	was := all[len(all)-1]
	d.screen.again(was.ID)
	f, ok := d.screen.now.(*compose.View).Form()
	if !ok || f.Name != "Sunglasses week, again" || f.Texts[0] != was.Variants[0].Text || f.Percent != "20" || f.When != compose.Now || f.Ends <= "2026-12-24" {
		t.Errorf("again is %+v", f)
	}
	if all, err = s.Campaigns(t.Context()); err != nil || all[0].State != data.Draft || all[0].Offer == nil || all[0].Offer.ID == was.Offer.ID {
		t.Errorf("stored is %+v (%v)", all[0], err)
	}
}

func TestRunAgainForThoseWhomItDidNotReachAsksTheStoreForThem(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	some(t, s)
	all, err := s.Campaigns(t.Context())
	must(t, err)
	was := all[slices.IndexFunc(all, func(c data.Campaign) bool { return c.Name == "Lens care" })]
	if _, err := s.StopCampaign(t.Context(), was.ID); err != nil {
		t.Fatal(err)
	}
	fates, err := s.CampaignFates(t.Context(), was.ID, "")
	must(t, err)
	missed := 0
	for _, f := range fates {
		if f.Fate == store.FateFailed || f.Fate == store.FateLeftOut || f.Fate == store.FateCancelled {
			missed++
		}
	}
	d.screen.missed(was.ID)
	f, _ := d.screen.now.(*compose.View).Form()
	n, err := s.CountGroup(t.Context(), f.Group)
	must(t, err)
	if !f.Chosen || f.GroupName != "Not reached by “Lens care”" || n != missed || missed == 0 || f.Texts[0] != was.Variants[0].Text {
		t.Errorf("%d of %d: %+v", n, missed, f)
	}
}

func TestASwitchOfLanguageKeepsWhatWasTyped(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	d.screen.CreateNew()
	v := d.screen.now.(*compose.View)
	f, _ := v.Form()
	f.Texts[0], f.Percent = "half a sen", "tw"
	v.Take(f)
	next := newDesktop(t, s, i18n.Chinese, theme.Light)
	next.screen.Recall(d.screen.Memory())
	got, ok := next.screen.now.(*compose.View)
	if !ok {
		t.Fatalf("it shows %T", next.screen.now)
	}
	if back, _ := got.Form(); back.Texts[0] != "half a sen" || back.Percent != "tw" {
		t.Errorf("typed was %+v", back)
	}
}

func TestACampaignIsRenamedInPlace(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	some(t, s)
	d.screen.Shown()
	l := d.screen.list
	l.table.SetCurrent(d.row(t, "Lens care"))
	if !l.key(&fyne.KeyEvent{Name: fyne.KeyF2}) || len(d.Asked) != 1 {
		t.Fatal("F2 doesn't ask for a name")
	}
	if l.key(&fyne.KeyEvent{Name: fyne.KeyDelete}) {
		t.Error("what was sent can be deleted")
	}
}

func TestTheWayLeadsFromTheDraftToTheReviewAndBack(t *testing.T) {
	s := shop(t)
	d := newDesktop(t, s, i18n.English, theme.Light)
	d.screen.begin("all")
	d.put(1280, 800)
	v := d.screen.now.(*compose.View)
	f, _ := v.Form()
	f.Percent, f.Texts[0] = "20", "{brand}: {offer} until {expires}. Show {code} at the till."
	v.Take(f)
	actions := d.screen.Header().Actions
	actions[len(actions)-1].(*widget.Button).Press()
	if _, ok := d.screen.now.(*review.View); !ok {
		t.Fatalf("Review opens %T", d.screen.now)
	}
	all, err := s.Campaigns(t.Context())
	must(t, err)
	if all[0].State != data.Draft || all[0].Reason != "" || all[0].Offer == nil {
		t.Errorf("stored is %+v", all[0])
	}
	d.screen.edit(all[0].ID)
	if back, _ := d.screen.now.(*compose.View).Form(); back.Texts[0] != f.Texts[0] {
		t.Errorf("back in the composer the text is %q", back.Texts[0])
	}
	d.screen.Escape()
	if d.screen.now != d.screen.list || d.screen.list.model.Count(Drafts) != 1 {
		t.Error("the draft isn't in the list")
	}
	for _, err := range d.Errors {
		t.Error(err)
	}
}
