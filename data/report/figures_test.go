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

func read(t *testing.T, s *store.Store, q report.Question) *report.Report {
	t.Helper()
	r, err := report.Read(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestACampaignsReportSaysWhatCameOfIt(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	want := store.Funnel{
		Audience: reporttest.Audience, Sent: reporttest.Sent, Delivered: reporttest.Delivered, Undelivered: reporttest.Undelivered, Opened: reporttest.Opened,
		Previews: reporttest.Previews, Redeemed: reporttest.Redeemed, Held: reporttest.Held, Blocked: reporttest.NoConsent + reporttest.OptedOut, Rejected: reporttest.Rejected, Unknown: reporttest.Unknown,
	}
	if r.Funnel != want {
		t.Errorf("funnel %+v\n  want %+v", r.Funnel, want)
	}
	if f, err := shop.Store.Funnel(t.Context(), shop.Campaign); err != nil || f != r.Funnel {
		t.Errorf("the campaign's own funnel is another: %+v (%v)", f, err)
	}
	if got := [3]float64{float64(r.Rates.Delivered), float64(r.Rates.Opened), float64(r.Rates.Redeemed)}; got != [3]float64{398. / 412, 171. / 398, 46. / 398} {
		t.Errorf("rates %v", got)
	}
	if !r.Practice {
		t.Error("a practice campaign's report isn't labelled")
	}
	if m := r.Money; len(m.Sales) != 1 || m.Sales[0] != (data.Money{Minor: reporttest.Redeemed * reporttest.Paid, Currency: "USD"}) || m.Redemptions != reporttest.Redeemed || m.WithAmount != reporttest.Redeemed || m.Segments != reporttest.Sent {
		t.Errorf("money %+v", m)
	}
	if m, ok := r.SalesPerCoupon(); !ok || m != (data.Money{Minor: reporttest.Paid, Currency: "USD"}) {
		t.Errorf("sales per coupon %v %v", m, ok)
	}
	if r.Money.Cost != (data.Cost{Micros: reporttest.Sent * reporttest.Segment, Currency: "USD", Known: true}) {
		t.Errorf("cost %+v", r.Money.Cost)
	}
}

func TestEveryDayIsThereInTheShopsZoneAndAddsUp(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	if r.From != "2026-11-12" || r.To != "2026-11-24" || len(r.Days) != 13 {
		t.Fatalf("%s to %s, %d days", r.From, r.To, len(r.Days))
	}
	for i, d := range r.Days {
		if d.Opens != reporttest.OpensByDay[i] || d.Previews != reporttest.PreviewsByDay[i] || d.Redemptions != reporttest.RedemptionsByDay[i] {
			t.Errorf("%+v, want %d, %d, %d", d, reporttest.OpensByDay[i], reporttest.PreviewsByDay[i], reporttest.RedemptionsByDay[i])
		}
		if wantSent := map[bool]int{true: reporttest.Sent}[i == 0]; d.Sent != wantSent {
			t.Errorf("%s: %d sent", d.Date, d.Sent)
		}
	}
	// An hour before midnight in Los Angeles is the next day in UTC.
	shop.Clock.Set(reporttest.At(t, "2026-11-25T23:00"))
	all, err := shop.Store.Messages(t.Context(), store.MessageFilter{Campaign: shop.Campaign, State: data.Delivered})
	if err != nil {
		t.Fatal(err)
	}
	late := []store.LinkOpen{{Event: 9999, Token: all[300].Token, At: shop.Store.Now(), Class: data.OpenHuman}}
	if err := shop.Store.StoreOpens(t.Context(), "relay", late, nil, 9999); err != nil {
		t.Fatal(err)
	}
	r = read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	if last := r.Days[len(r.Days)-1]; last.Date != "2026-11-25" || last.Opens != 1 {
		t.Errorf("the last day is %+v", last)
	}
}

func TestAReportOfAllCampaignsCoversItsDays(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop.Store, report.Question{From: "2026-11-11", To: "2026-11-24"})
	if r.Campaigns != 1 || r.Funnel.Sent != reporttest.Sent || len(r.Days) != 14 || r.Days[0].Opens != 0 || r.Days[1].Opens != 96 {
		t.Errorf("%d campaigns, %d sent, days %+v", r.Campaigns, r.Funnel.Sent, r.Days[:2])
	}
	// The campaign was begun before: its people are another report's, what they did on these days is this one's.
	r = read(t, shop.Store, report.Question{From: "2026-11-13", To: "2026-11-14"})
	if r.Campaigns != 0 || r.Funnel != (store.Funnel{}) || r.Days[0].Opens != 34 || r.Days[1].Redemptions != 8 {
		t.Errorf("%d campaigns, funnel %+v, days %+v", r.Campaigns, r.Funnel, r.Days)
	}
	if r = read(t, shop.Store, report.Question{}); r.From != "2026-10-26" || r.To != "2026-11-24" || len(r.Days) != 30 {
		t.Errorf("without days: %s to %s, %d", r.From, r.To, len(r.Days))
	}
}

func TestDaysThatMakeNoSenseAreRefused(t *testing.T) {
	shop := reporttest.Empty(t)
	for _, q := range []report.Question{{From: "2026-11-24", To: "2026-11-23"}, {From: "1990-01-01", To: "2026-11-23"}} {
		if _, err := report.Read(t.Context(), shop.Store, q); data.CodeOf(err) != "report_days" {
			t.Errorf("%+v: %v", q, err)
		}
	}
	if _, err := report.Read(t.Context(), shop.Store, report.Question{Campaign: 77}); data.CodeOf(err) != "campaign_unknown" {
		t.Errorf("a campaign that isn't there: %v", err)
	}
}

func TestAnEmptyShopsReportIsEmptyAndSaysSo(t *testing.T) {
	shop := reporttest.Empty(t)
	r := read(t, shop.Store, report.Question{})
	if f, _ := r.Finding(report.AboutFunnel); f.Code != "nothing_sent" || r.Rates.Opened.Known() || r.Money.Cost.Known || r.Practice {
		t.Errorf("%+v", r)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"rates":{"delivered":null`, `"variants":[]`, `"reasons":[]`, `"sales":[]`, `"no_show":null`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %s in %s", want, raw)
		}
	}
}

func TestReasonsAreCountedByState(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	got := map[report.Reason]bool{}
	for _, x := range r.Reasons {
		got[x] = true
	}
	for _, want := range []report.Reason{
		{data.Blocked, "no_consent", reporttest.NoConsent},
		{data.Blocked, "opted_out", reporttest.OptedOut},
		{data.Rejected, "invalid_number", reporttest.Rejected},
		{data.Undelivered, "unroutable", reporttest.Undelivered},
		{data.Unknown, "no_answer", reporttest.Unknown},
		{data.Held, "quiet_hours", reporttest.Held},
	} {
		if !got[want] {
			t.Errorf("no %+v in %+v", want, r.Reasons)
		}
	}
}

func TestAppointmentsCountNoShowsOfThoseKnown(t *testing.T) {
	shop := reporttest.New(t)
	a := read(t, shop.Store, report.Question{From: "2026-11-17", To: "2026-11-24"}).Appointments
	if a.Total != 13 || a.Came() != 4 || a.Missed() != 1 || float64(a.NoShow) != 0.2 || a.Reminders.Sent != 11 || a.Reminders.Confirmed != 4 || a.Reminders.Unclear != 1 || a.Reminders.Cancelled != 1 {
		t.Errorf("%+v", a)
	}
	if n := read(t, shop.Store, report.Question{From: "2026-11-25", To: "2026-11-25"}).Appointments.NoPhone; n != 2 {
		t.Errorf("%d without a number", n)
	}
}

func TestFiguresThatDontAddUpFailLoudly(t *testing.T) {
	shop := reporttest.New(t)
	for name, spoil := range map[string]func(r *report.Report){
		"a message too many":      func(r *report.Report) { r.Funnel.Rejected++ },
		"a day missing":           func(r *report.Report) { r.Days = r.Days[1:] },
		"opens beyond the people": func(r *report.Report) { r.Days[3].Opens += 1000 },
		"a variant's people":      func(r *report.Report) { r.Variants[0].People-- },
		"a variant's redemptions": func(r *report.Report) { r.Variants[1].Redeemed++ },
		"a reason":                func(r *report.Report) { r.Reasons[0].N-- },
		"an appointment":          func(r *report.Report) { r.Appointments.Total++ },
		"more paid than redeemed": func(r *report.Report) { r.Money.WithAmount = r.Money.Redemptions + 1 },
	} {
		r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
		spoil(r)
		if err := r.Check(); data.CodeOf(err) != data.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnUndoneRedemptionDoesNotCount(t *testing.T) {
	shop := reporttest.New(t)
	all, err := shop.Store.ReportPeople(t.Context(), store.ReportScope{Campaign: shop.Campaign}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.Redeemed != 0 {
			if _, err := shop.Store.UndoRedemption(t.Context(), p.Coupon, "wrong till"); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	if r.Funnel.Redeemed != reporttest.Redeemed-1 || r.Money.Sales[0].Minor != (reporttest.Redeemed-1)*reporttest.Paid {
		t.Errorf("%d redeemed, %v", r.Funnel.Redeemed, r.Money.Sales)
	}
}

func TestAnUnknownPriceMakesTheCostUnknown(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	if !r.Money.Cost.Known {
		t.Fatal("all prices are known")
	}
	empty := reporttest.Empty(t)
	empty.People(40, 0)
	id := empty.Send("Free", 40, 0, 0, 0)
	if r := read(t, empty.Store, report.Question{Campaign: id}); !r.Money.Cost.Known || r.Funnel.Delivered != 0 || r.Comparison != nil {
		t.Errorf("%+v", r.Money)
	}
}

func TestTheChanceThatAIsBetter(t *testing.T) {
	for _, c := range []struct {
		a, na, b, nb int
		want         float64
	}{
		{0, 0, 0, 0, 0.5}, {10, 100, 10, 100, 0.5}, {1, 1, 0, 1, 5. / 6}, {0, 1, 1, 1, 1. / 6},
	} {
		if got := report.Better(c.a, c.na, c.b, c.nb); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%d of %d against %d of %d: %v, want %v", c.a, c.na, c.b, c.nb, got, c.want)
		}
	}
	for _, c := range [][4]int{{28, 206, 18, 206}, {3, 50, 9, 40}, {0, 200, 4, 150}, {500, 5000, 450, 5000}, {7, 7, 3, 9}} {
		got := report.Better(c[0], c[1], c[2], c[3])
		if want := integrate(c[0], c[1], c[2], c[3]); math.Abs(got-want) > 1e-6 {
			t.Errorf("%v: %v, by integration %v", c, got, want)
		}
		if back := report.Better(c[2], c[3], c[0], c[1]); math.Abs(got+back-1) > 1e-9 {
			t.Errorf("%v: %v one way, %v the other", c, got, back)
		}
	}
	if p := report.Better(30_000, 100_000, 29_000, 100_000); p < 0.999 || p > 1 {
		t.Errorf("a hundred thousand people: %v", p)
	}
}

// integrate finds the same probability by adding up thin slices of both posteriors.
func integrate(a, na, b, nb int) float64 {
	const n = 200_000
	log := func(hits, tries int) func(x float64) float64 {
		alpha, beta := float64(1+hits), float64(1+tries-hits)
		la, _ := math.Lgamma(alpha)
		lb, _ := math.Lgamma(beta)
		lab, _ := math.Lgamma(alpha + beta)
		return func(x float64) float64 {
			return math.Exp(lab - la - lb + (alpha-1)*math.Log(x) + (beta-1)*math.Log(1-x))
		}
	}
	fa, fb := log(a, na), log(b, nb)
	below, sum := 0.0, 0.0
	for i := range n {
		x := (float64(i) + 0.5) / n
		slice := fb(x) / n
		sum += fa(x) / n * (below + slice/2)
		below += slice
	}
	return sum
}

func TestVariantsAreComparedByRedemptions(t *testing.T) {
	shop := reporttest.New(t)
	r := read(t, shop.Store, report.Question{Campaign: shop.Campaign})
	c := r.Comparison
	if c == nil || c.Of != "redeemed" || c.First != "A" || r.Variants[0].Redeemed != 28 || r.Variants[1].Redeemed != 18 {
		t.Fatalf("%+v of %+v", c, r.Variants)
	}
	if name, p := c.Best(); name != "A" || math.Abs(p-0.94) > 0.01 {
		t.Errorf("%s with %v", name, p)
	}
	if f, ok := r.Finding(report.AboutVariants); !ok || f.Code != "variant_leads" {
		t.Errorf("found %+v", f)
	}
}

func TestOneSnapshotAddsUpWhileMessagesGoOut(t *testing.T) {
	shop := reporttest.Empty(t)
	shop.People(400, 0)
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			for _, c := range []data.CampaignID{1, 2, 3} {
				if _, err := report.Read(t.Context(), shop.Store, report.Question{Campaign: c}); err != nil && data.CodeOf(err) != "campaign_unknown" {
					done <- err
					return
				}
			}
		}
	}()
	for range 3 {
		shop.Send("Week", 400, 13, 1, 2)
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestTheLongDayInAutumnIsOneDay(t *testing.T) {
	shop := reporttest.Empty(t)
	shop.People(20, 0)
	// 1 November 2026 has 25 hours in Los Angeles; its last one begins at 07:00 UTC of the 2nd.
	shop.Clock.Set(reporttest.At(t, "2026-11-01T23:30"))
	id := shop.Send("Late", 20, 0, 0, 0)
	shop.Clock.Set(reporttest.At(t, "2026-11-02T12:00"))
	r := read(t, shop.Store, report.Question{From: "2026-10-31", To: "2026-11-02"})
	if len(r.Days) != 3 || r.Days[1].Date != "2026-11-01" || r.Days[1].Sent != 8 || r.Campaigns != 1 {
		t.Errorf("%+v", r.Days)
	}
	if r = read(t, shop.Store, report.Question{Campaign: id}); r.From != "2026-11-01" || r.To != "2026-11-02" {
		t.Errorf("%s to %s", r.From, r.To)
	}
}
