package report_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/report/reporttest"
	"counterbell/data/store"
)

func period(t *testing.T, shop *reporttest.Shop, span report.Span) *report.Period {
	t.Helper()
	p, err := report.ReadPeriod(t.Context(), shop.Store, span, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestASpanIsComparedWithTheLikeOfItBefore(t *testing.T) {
	for _, c := range []struct {
		today data.Date
		span  report.Span
		want  [4]data.Date
	}{
		{"2026-11-24", report.Span{Kind: report.ThisWeek}, [4]data.Date{"2026-11-23", "2026-11-24", "2026-11-16", "2026-11-17"}},
		{"2026-11-22", report.Span{Kind: report.ThisWeek}, [4]data.Date{"2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15"}},
		{"2026-11-24", report.Span{Kind: report.Last30}, [4]data.Date{"2026-10-26", "2026-11-24", "2026-09-26", "2026-10-25"}},
		{"2026-11-24", report.Span{}, [4]data.Date{"2026-10-26", "2026-11-24", "2026-09-26", "2026-10-25"}},
		{"2026-11-24", report.Span{Kind: report.ThisMonth}, [4]data.Date{"2026-11-01", "2026-11-24", "2026-10-01", "2026-10-24"}},
		{"2026-03-31", report.Span{Kind: report.ThisMonth}, [4]data.Date{"2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"}},
		{"2026-11-24", report.Span{Kind: report.LastQuarter}, [4]data.Date{"2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30"}},
		{"2026-01-05", report.Span{Kind: report.LastQuarter}, [4]data.Date{"2025-10-01", "2025-12-31", "2025-07-01", "2025-09-30"}},
		{"2026-11-24", report.Span{Kind: report.ThisYear}, [4]data.Date{"2026-01-01", "2026-11-24", "2025-01-01", "2025-11-24"}},
		{"2028-02-29", report.Span{Kind: report.ThisYear}, [4]data.Date{"2028-01-01", "2028-02-29", "2027-01-01", "2027-02-28"}},
		{"2026-11-24", report.Span{Kind: report.Chosen, From: "2026-11-01", To: "2026-11-10"}, [4]data.Date{"2026-11-01", "2026-11-10", "2026-10-22", "2026-10-31"}},
	} {
		from, to, beforeFrom, beforeTo := c.span.Days(c.today)
		if got := [4]data.Date{from, to, beforeFrom, beforeTo}; got != c.want {
			t.Errorf("%+v on %s: %v, want %v", c.span, c.today, got, c.want)
		}
	}
}

func TestAPeriodSaysWhatOnlyATimeCanShow(t *testing.T) {
	shop := reporttest.Months(t)
	p := period(t, shop, report.Span{Kind: report.Chosen, From: "2026-06-01", To: "2026-11-24"})
	if p.Campaigns != 13 || p.Step != report.StepWeek || len(p.Parts) != 26 || p.Parts[0].From != "2026-06-01" || p.Parts[25].To != "2026-11-24" {
		t.Fatalf("%d campaigns, %d parts of a %s", p.Campaigns, len(p.Parts), p.Step)
	}
	var sales int64
	var cost data.Micros
	for _, part := range p.Parts {
		if m, ok := part.Sale("USD"); ok {
			sales += m.Minor
		}
		cost += part.Cost.Micros
	}
	if sales != p.Money.Sales[0].Minor || cost != p.Money.Cost.Micros {
		t.Errorf("the parts come to %d and %d, the whole to %+v", sales, cost, p.Money)
	}
	// Groups: a third of the people are VIPs; nobody lives in Portland.
	names := map[string]report.GroupRate{}
	for _, g := range p.Groups {
		names[g.Name] = g
	}
	if p.Groups[0].Name != "" || len(p.Groups) != 4 || names["VIP"].Reached < 1000 || names["Portland"].Name != "" {
		t.Errorf("%+v", p.Groups)
	}
	if p.Groups[0].Reached != p.Groups[0].Redeemed+int(math.Round(float64(p.Groups[0].Reached)*(1-float64(p.Groups[0].Rate)))) {
		t.Errorf("the rate of everybody doesn't fit: %+v", p.Groups[0])
	}
	// Visits: one in eight missed before reminders, one in twenty-four since.
	n := p.NoShows
	if n.Began != reporttest.RemindersBegan || n.Before.Known() < 100 || n.Since.Known() < 100 || n.All.Known() != n.Reminded.Known()+n.Unreminded.Known() {
		t.Errorf("%+v", n)
	}
	if got, want := float64(n.Before.Rate()), 1./8; math.Abs(got-want) > 0.01 {
		t.Errorf("%v missed before reminders began", got)
	}
	for about, code := range map[string]string{
		report.AboutNoShows: "no_shows_fewer_since", report.AboutReturn: "return", report.AboutConsent: "consent_grows", report.AboutHours: "hours_sent",
	} {
		if f, ok := p.Finding(about); !ok || f.Code != code {
			t.Errorf("about %s: %+v", about, f)
		}
	}
	if f, ok := p.Finding(report.AboutGroups); !ok || f.Code != "groups_best" || f.Args["name"] != "VIP" {
		t.Errorf("about groups: %+v", f)
	}
	if p.Consent.Agreed != 300 || p.Consent.Withdrew != 25 {
		t.Errorf("%+v", p.Consent)
	}
	if first, last := p.Hours.Shown(); first > 10 || last < 18 {
		t.Errorf("hours %d to %d", first, last)
	}
}

func TestAPeriodIsComparedWithTheOneBefore(t *testing.T) {
	shop := reporttest.Months(t)
	p := period(t, shop, report.Span{Kind: report.LastQuarter})
	before := period(t, shop, report.Span{Kind: report.Chosen, From: p.Before.From, To: p.Before.To})
	if got, want := p.Before, before.Totals(); got.Funnel != want.Funnel || got.Visits != want.Visits || got.Consent != want.Consent || got.Campaigns != want.Campaigns {
		t.Errorf("before: %+v\nby itself: %+v", got, want)
	}
}

func TestWhereLittleIsKnownTheFindingsSaySo(t *testing.T) {
	shop := reporttest.Empty(t)
	p := period(t, shop, report.Span{Kind: report.ThisWeek})
	for about, code := range map[string]string{
		report.AboutGroups: "groups_nobody", report.AboutHours: "hours_few", report.AboutNoShows: "no_shows_none", report.AboutReturn: "return_nothing", report.AboutConsent: "consent_none",
	} {
		if f, ok := p.Finding(about); !ok || f.Code != code {
			t.Errorf("about %s: %+v", about, f)
		}
	}
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"business":"Lark Optical"`, `"groups":[{"name":"","reached":0`, `"parts":[{"from":"2026-11-23"`, `"sales":[]`, `"began":""`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %s in %s", want, raw)
		}
	}
	// The shop of one campaign: 171 opens, at the hours that followed its sending; five visits whose outcome is known.
	p = period(t, reporttest.New(t), report.Span{Kind: report.Last30})
	for about, code := range map[string]string{report.AboutNoShows: "no_shows_few", report.AboutConsent: "consent_only"} {
		if f, ok := p.Finding(about); !ok || f.Code != code {
			t.Errorf("about %s: %+v", about, f)
		}
	}
}

func TestDaysThatCantBeCountedAreRefused(t *testing.T) {
	shop := reporttest.Empty(t)
	for _, span := range []report.Span{
		{Kind: report.Chosen, From: "2026-11-24", To: "2026-11-01"},
		{Kind: report.Chosen, From: "1900-01-01", To: "2026-11-01"},
	} {
		if _, err := report.ReadPeriod(t.Context(), shop.Store, span, nil); data.CodeOf(err) != "report_days" {
			t.Errorf("%+v: %v", span, err)
		}
	}
}

func TestWhatAPeriodKeepsIsCountedAgainWhenItChanges(t *testing.T) {
	shop := reporttest.New(t)
	if err := shop.Store.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := shop.Store.SetCampaignState(t.Context(), shop.Campaign, data.Done, "", data.Running, data.Done); err != nil {
		t.Fatal(err)
	}
	before := period(t, shop, report.Span{Kind: report.Last30})
	again := period(t, shop, report.Span{Kind: report.Last30})
	if before.Funnel != again.Funnel || before.Hours != again.Hours || before.Money.Redemptions != again.Money.Redemptions {
		t.Errorf("kept: %+v\ncounted: %+v", again.Funnel, before.Funnel)
	}
	codes := 0
	people, err := shop.Store.ReportPeople(t.Context(), store.ReportScope{Campaign: shop.Campaign}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range people {
		if x.Redeemed != 0 && codes == 0 {
			codes++
			if _, err := shop.Store.UndoRedemption(t.Context(), x.Coupon, "wrong till"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if p := period(t, shop, report.Span{Kind: report.Last30}); p.Funnel.Redeemed != before.Funnel.Redeemed-1 || p.Groups[0].Redeemed != before.Groups[0].Redeemed-1 {
		t.Errorf("after a redemption was taken back: %+v, %+v", p.Funnel, p.Groups[0])
	}
}
