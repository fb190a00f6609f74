package compose

import (
	"context"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/provider"
	"counterbell/ui/i18n"
)

// registrar is a provider that sends approved texts alone, takes no links in
// them, and handles opt-outs itself.
type registrar struct {
	texts map[string]string
	state provider.TemplateState
}

func (r *registrar) Name() string { return "registrar" }
func (r *registrar) Capabilities() provider.Caps {
	return provider.Caps{MaxBatch: 10, Statuses: provider.PollNone, Inbound: provider.PollNone, ReportsOptOuts: true, SegmentRule: "gsm", Practice: true}
}
func (r *registrar) Check(context.Context) error { return nil }
func (r *registrar) Send(context.Context, []provider.Text) []provider.Outcome {
	return nil
}

func (r *registrar) Statuses(context.Context, []provider.Sent) ([]provider.Status, error) {
	return nil, provider.ErrUnsupported
}

func (r *registrar) Replies(context.Context, string) ([]provider.Inbound, string, error) {
	return nil, "", provider.ErrUnsupported
}

func (r *registrar) CreateTemplate(_ context.Context, _ data.Kind, _, text, _ string) (string, error) {
	r.texts["T1"] = text
	return "T1", nil
}

func (r *registrar) TemplateStatus(_ context.Context, ids []string) ([]provider.Template, error) {
	var out []provider.Template
	for _, id := range ids {
		out = append(out, provider.Template{ID: id, Text: r.texts[id], State: r.state, Reason: "too much advertising"})
	}
	return out, nil
}

// engineOf is an engine that sends through one provider.
type engineOf struct {
	d *desk
	r *registrar
}

func (e engineOf) Use(_ context.Context, do func(*sender.Opened) error) error {
	return do(&sender.Opened{Engine: sender.New(sender.Needs{Store: e.d.shop.Store, Provider: e.r}), Provider: e.r})
}
func (engineOf) Restart() {}
func (engineOf) Wake()    {}

// registering is a draft in the composer of a shop with such a provider.
func registering(t *testing.T) (*desk, *registrar) {
	t.Helper()
	r := &registrar{texts: map[string]string{}, state: provider.TemplatePending}
	d := in(t, larkShop(t), i18n.English)
	d.Engine = engineOf{d, r}
	c := Begin(d.Env, "all")
	must(t, d.shop.CreateCampaign(t.Context(), &c))
	d.open(c.ID)
	entryOf(t, d.view.terms.field[fieldPercent]).SetText("20")
	return d, r
}

func TestATextIsRegisteredAndItsApprovalShows(t *testing.T) {
	d, r := registering(t)
	d.write("Hi {first_name|there}, {offer}: {code}")
	d.reads("Not registered")
	d.press("Register")
	if got := r.texts["T1"]; !strings.HasPrefix(got, "Lark Optical: Hi {1}, {2}: {3}") {
		t.Errorf("registered: %q", got)
	}
	d.reads("Waiting for approval")
	r.state = provider.TemplateRefused
	d.press("Ask again")
	d.reads("The provider says: too much advertising")
	r.state = provider.TemplateApproved
	d.press("Register")
	d.press("Ask again")
	d.reads("Approved")
	if d.view.form.Templates[0] != "T1" {
		t.Errorf("the campaign uses template %q", d.view.form.Templates[0])
	}
	d.write("Hi {first_name|there}, another {offer}: {code}")
	d.reads("Not registered")
	if d.view.form.Templates[0] != "" {
		t.Errorf("a changed text still uses template %q", d.view.form.Templates[0])
	}
	if len(d.Errors) > 0 {
		t.Error(d.Errors)
	}
}

func TestWhereALinkIsForbiddenTheCodeTakesItsPlace(t *testing.T) {
	d, _ := registering(t)
	d.write("{offer} until {expires}: {link}")
	d.reads("This provider takes no link that differs from person to person.")
	if d.view.blocked() == "" {
		t.Error("it can be reviewed")
	}
	d.press("Use the code instead")
	d.pause()
	if got := d.view.message.entry.Text; got != "{offer} until {expires}: {code}" || d.view.blocked() != "" {
		t.Errorf("the text is %q, blocked: %s", got, d.view.blocked())
	}
	d.write("{offer} until {expires}: {link}")
	d.press("One address for everybody")
	entryIn(t, d.Window.Window.Canvas().Overlays().Top()).SetText("https://lark.example/week")
	d.press("Put it in")
	d.pause()
	if got := d.view.message.entry.Text; got != "{offer} until {expires}: https://lark.example/week" {
		t.Errorf("the text is %q", got)
	}
}
