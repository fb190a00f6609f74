package review

import (
	"context"
	"testing"

	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/provider"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
)

// registrar is a provider that sends approved texts alone.
type registrar struct {
	texts map[string]provider.Template
}

func (r *registrar) Name() string { return "uspeedo" }
func (r *registrar) Capabilities() provider.Caps {
	return provider.Caps{MaxBatch: 100, Personalised: true, ReportsOptOuts: true, SegmentRule: "gsm", Practice: true}
}
func (r *registrar) Check(context.Context) error { return nil }
func (r *registrar) Send(_ context.Context, batch []provider.Text) []provider.Outcome {
	return make([]provider.Outcome, len(batch))
}

func (r *registrar) Statuses(context.Context, []provider.Sent) ([]provider.Status, error) {
	return nil, provider.ErrUnsupported
}

func (r *registrar) Replies(context.Context, string) ([]provider.Inbound, string, error) {
	return nil, "", provider.ErrUnsupported
}

func (r *registrar) CreateTemplate(_ context.Context, _ data.Kind, name, text, _ string) (string, error) {
	r.texts["T1"] = provider.Template{ID: "T1", Name: name, Text: text, State: provider.TemplatePending}
	return "T1", nil
}

func (r *registrar) TemplateStatus(_ context.Context, ids []string) (all []provider.Template, err error) {
	for _, id := range ids {
		all = append(all, r.texts[id])
	}
	return all, nil
}

// engineOf runs with a provider of the test.
type engineOf struct {
	shop *pagetest.Shop
	p    provider.Provider
}

func (e engineOf) Use(_ context.Context, do func(*sender.Opened) error) error {
	o := &sender.Opened{Provider: e.p}
	o.Engine = sender.New(sender.Needs{Store: e.shop.Store, Provider: e.p})
	defer o.Close()
	return do(o)
}
func (engineOf) Restart() {}
func (engineOf) Wake()    {}

func TestACampaignThroughATemplateProviderWaitsForApprovalAndThenGoes(t *testing.T) {
	shop := pagetest.NewShop(t)
	shop.Import(names...)
	r := &registrar{texts: map[string]provider.Template{}}
	e := engineOf{shop, r}
	c := data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, GroupName: "all", Offer: &data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-12-06"},
		Variants: []data.Variant{{Name: "A", Text: "Hi {first_name|there}, it is sunglasses week: {offer}. Show {code} at the till."}},
	}
	must(t, e.Use(t.Context(), func(o *sender.Opened) error { return o.Campaigns().Create(t.Context(), &c) }))
	d := newDesk(t, shop, c.ID, i18n.English, theme.Light, 1280, 800)
	d.Env.Engine = e
	d.view.again()
	d.sees(t, "Submit for approval", "sends approved texts only")
	press(t, d.view.Content(), "Submit for approval")
	d.sees(t, "Waiting for the provider’s approval", "T1 waits for approval")
	press(t, d.view.Content(), "Ask now")
	d.sees(t, "T1 waits for approval")
	if len(d.Errors) > 0 || d.state(t) != data.AwaitingApproval {
		t.Fatalf("it is %s (%v)", d.state(t), d.Errors)
	}
	now := r.texts["T1"]
	now.State = provider.TemplateApproved
	r.texts["T1"] = now
	press(t, d.view.Content(), "Ask now")
	d.sees(t, "12 texts are about to go out", "Undo")
	press(t, d.view.Content(), "Undo")
	d.sees(t, "Approved as T1", "Send 12")
	now.State, now.Reason = provider.TemplateRefused, "no brand"
	r.texts["T1"] = now
	press(t, d.view.Content(), "Send 12")
	if len(d.Errors) != 1 || data.CodeOf(d.Errors[0]) != "template_refused" || d.state(t) != data.Draft {
		t.Errorf("it is %s (%v)", d.state(t), d.Errors)
	}
}

func TestWhoWaitsAndWhoGetsNoneLeadToTheirPeople(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Send 11")
	press(t, d.view.Content(), "Send now")
	press(t, d.view.Content(), "They opted out.")
	if n := len(d.Targets); n != 1 {
		t.Fatalf("it leads to %v (%v)", d.Targets, d.Errors)
	}
	checkPeople(t, d.Targets[0], 1)
}

func checkPeople(t *testing.T, target any, n int) {
	t.Helper()
	to, ok := target.(page.ToPeople)
	if !ok || len(to.IDs) != n {
		t.Errorf("it leads to %+v", target)
	}
}
