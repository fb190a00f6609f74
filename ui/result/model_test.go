package result

import (
	"testing"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
)

func fates(all ...store.Fate) (out []store.MessageFate) {
	for i, f := range all {
		out = append(out, store.MessageFate{Message: data.MessageID(i + 1), Fate: f})
	}
	return out
}

func TestThoseInDoubtStandFirstAndAFilterLeavesTheOthersOut(t *testing.T) {
	var m Model
	all := fates(store.FateOpened, store.FateUnknown, store.FateFailed, store.FateUnknown)
	m.SetAll(all)
	m.SetFates(all)
	if n, ids := m.Page(0); n != 0 || len(ids) != 4 || ids[0] != 2 || ids[1] != 4 || ids[2] != 1 {
		t.Errorf("page %d: %v", n, ids)
	}
	if got := m.Doubtful(); len(got) != 2 || m.Counts[store.FateUnknown] != 2 || m.Counts[store.FateFailed] != 1 {
		t.Errorf("in doubt %v, counts %v", got, m.Counts)
	}
	m.SetFilter(store.FateFailed)
	if _, ids := m.Page(0); m.Len() != 1 || ids[0] != 3 {
		t.Errorf("failed: %v", ids)
	}
	if got := m.shownFates(); len(got) != 3 || got[0] != store.FateOpened {
		t.Errorf("pills %v", got)
	}
}

func TestAPageShowsOnUntilItHasBeenReadAgain(t *testing.T) {
	var m Model
	all := make([]store.MessageFate, pageRows+5)
	for i := range all {
		all[i] = store.MessageFate{Message: data.MessageID(i + 1), Fate: store.FateSent}
	}
	m.SetFates(all)
	people := make([]store.CampaignPerson, 5)
	for i := range people {
		people[i].Message = data.MessageID(pageRows + i + 1)
	}
	if !m.Wants(pageRows) || !m.SetPage(1, people) || m.Wants(pageRows) {
		t.Fatal("the page isn't taken")
	}
	if p, ok := m.Row(pageRows + 2); !ok || p.Message != pageRows+3 {
		t.Errorf("row %+v %v", p, ok)
	}
	m.SetFates(all) // the same people, perhaps with other fates
	if _, ok := m.Row(pageRows + 2); !ok || !m.Wants(pageRows) {
		t.Error("the page went away before it was read again")
	}
	m.SetFates(all[1:]) // others stand there now
	if _, ok := m.Row(pageRows + 2); ok {
		t.Error("somebody else's row shows")
	}
	if m.SetPage(1, people) {
		t.Error("a page that comes late was taken")
	}
	if _, ok := m.Row(-1); ok {
		t.Error("a row before the first")
	}
	if _, ok := m.Row(10_000); ok {
		t.Error("a row behind the last")
	}
}

func TestWhatWasReachedIsMeasuredByTheGoal(t *testing.T) {
	r := &report.Report{Campaign: &data.Campaign{Goal: data.GoalSales, Target: 200_000}, Funnel: store.Funnel{Redeemed: 46, Opened: 171}}
	r.Money.Sales, r.Money.Redemptions, r.Money.WithAmount = []data.Money{{Minor: 291_778, Currency: "USD"}, {Minor: 99, Currency: "EUR"}}, 46, 46
	if got := ReachedOf(r, "USD"); got.Now != 291_778 || !got.Known {
		t.Errorf("%+v", got)
	} else if share, ok := got.Share(); !ok || share < 1.45 || share > 1.46 {
		t.Errorf("%v of it", share)
	}
	r.Money.Sales, r.Money.WithAmount = nil, 0
	if got := ReachedOf(r, "USD"); got.Known {
		t.Error("sales that nobody entered are known")
	} else if _, ok := got.Share(); ok {
		t.Error("and a share of them too")
	}
	r.Campaign.Goal, r.Campaign.Target = data.GoalVisits, 0
	if got := ReachedOf(r, "USD"); got.Now != 46 || !got.Known {
		t.Errorf("%+v", got)
	} else if _, ok := got.Share(); ok {
		t.Error("a share of no target")
	}
	r.Campaign.Goal = data.GoalEngagement
	if got := ReachedOf(r, "USD"); got.Now != 171 {
		t.Errorf("%+v", got)
	}
	r.Campaign.Goal = data.GoalNoShows
	if got := ReachedOf(r, "USD"); got.Known {
		t.Errorf("%+v", got)
	}
}

func TestWhatComesBackForEachUnitSpent(t *testing.T) {
	r := &report.Report{}
	r.Money.Cost = data.Cost{Micros: 9_064_000, Currency: "USD", Known: true}
	r.Money.Sales = []data.Money{{Minor: 291_778, Currency: "USD"}}
	if got, ok := Return(r); !ok || got < 321.9 || got > 322 {
		t.Errorf("%v %v", got, ok)
	}
	r.Money.Sales[0].Currency = "EUR"
	if _, ok := Return(r); ok {
		t.Error("euros for dollars")
	}
	r.Money.Sales[0].Currency, r.Money.Cost.Known = "USD", false
	if _, ok := Return(r); ok {
		t.Error("of a cost that nobody knows")
	}
}

func TestAFileIsCalledByTheCampaignWithoutWhatNoFileMayBe(t *testing.T) {
	for name, want := range map[string]string{"Sunglasses week": "Sunglasses week.xlsx", "50% off: A/B?": "50% off AB.xlsx", "...": "report.xlsx", "太阳镜周": "太阳镜周.xlsx"} {
		if got := fileName(name, ".xlsx"); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}
