package sender

import (
	"context"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/sender/provider"
)

// A registrar is a carrier that sends approved templates alone, and handles opt-outs itself.
type registrar struct {
	*carrier
	texts map[string]string
	state provider.TemplateState

	stateOf func(id string) provider.TemplateState // nil: state, for all
}

func (r *registrar) CreateTemplate(_ context.Context, _ data.Kind, _, text, _ string) (string, error) {
	id := "UTA" + string(rune('1'+len(r.texts)))
	r.texts[id] = text
	return id, nil
}

func (r *registrar) TemplateStatus(_ context.Context, ids []string) ([]provider.Template, error) {
	var out []provider.Template
	for _, id := range ids {
		state := r.state
		if r.stateOf != nil {
			state = r.stateOf(id)
		}
		out = append(out, provider.Template{ID: id, Text: r.texts[id], State: state, Reason: "no links"})
	}
	return out, nil
}

func templateShop(t *testing.T) (*shop, *registrar) {
	s := newShop(t)
	s.carrier.caps.FreeText, s.carrier.caps.Inbound, s.carrier.caps.ReportsOptOuts = false, provider.PollNone, true
	r := &registrar{carrier: s.carrier, texts: map[string]string{}, state: provider.TemplatePending}
	s.engine = New(Needs{Store: s.Store, Provider: r})
	s.people(person(0), person(1))
	return s, r
}

func TestATemplateProviderGetsTheTextForApprovalAndThenTheVariables(t *testing.T) {
	s, r := templateShop(t)
	c := s.draft("Hi {first_name|there}, {offer} until {expires}: {code}")
	id := s.sent(c)
	if c, err := s.Campaign(t.Context(), id); err != nil || c.State != data.AwaitingApproval {
		t.Fatalf("the campaign is %s (%v)", c.State, err)
	}
	if len(r.texts) != 1 || !strings.HasPrefix(r.texts["UTA1"], "Lark Optical: Hi {1}, {2} until {3}: {4}") || !strings.Contains(r.texts["UTA1"], "STOP") {
		t.Errorf("registered: %q", r.texts)
	}
	s.pass()
	if len(s.carrier.got) != 0 {
		t.Fatal("texts went out before the approval")
	}
	r.state = provider.TemplateApproved
	s.move(11 * time.Minute)
	s.pass()
	if len(s.carrier.got) != 2 {
		t.Fatalf("%d texts after the approval", len(s.carrier.got))
	}
	got := s.carrier.got[0]
	if got.Template != "UTA1" || len(got.Params) != 4 || got.Params[0] != "Ann" || got.Params[1] != "20% off" {
		t.Errorf("handed over: %+v", got)
	}
	if len(r.texts) != 1 {
		t.Error("the text was registered twice")
	}
}

func TestARefusedTemplateSendsNothing(t *testing.T) {
	s, r := templateShop(t)
	id := s.sent(s.draft("Hi, {code}"))
	r.state = provider.TemplateRefused
	s.move(11 * time.Minute)
	if sum := s.pass(); data.CodeOf(sum.Trouble) != "template_refused" {
		t.Errorf("trouble: %v", sum.Trouble)
	}
	if f := s.funnel(id); f.Sent != 0 {
		t.Errorf("funnel %+v", f)
	}
}

func TestMarketingNeedsAWayToOptOut(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.carrier.caps.Inbound = provider.PollNone
	s.open()
	err := s.engine.Campaigns().Create(t.Context(), s.draft("Hi, {code}"))
	if data.CodeOf(err) != "no_opt_out_way" {
		t.Errorf("%v", err)
	}
}

func TestADraftIsRefusedWithTheReason(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	ctx := t.Context()
	for name, c := range map[string]struct {
		change func(c *data.Campaign)
		want   data.Code
	}{
		"an unknown placeholder":   {func(c *data.Campaign) { c.Variants[0].Text = "Hi {frist_name}" }, "placeholder_unknown"},
		"a brace left open":        {func(c *data.Campaign) { c.Variants[0].Text = "Hi {code" }, "placeholder_open"},
		"no text":                  {func(c *data.Campaign) { c.Variants[0].Text = "  " }, "text_empty"},
		"a code without an offer":  {func(c *data.Campaign) { c.Offer = nil }, "code_without_offer"},
		"an offer that is over":    {func(c *data.Campaign) { c.Offer.ValidTo = "2026-11-23" }, "offer_over"},
		"a time that has passed":   {func(c *data.Campaign) { c.At = s.Now().Add(-time.Hour) }, "past_time"},
		"a wall time long over":    {func(c *data.Campaign) { c.Local = "2026-11-22T10:00" }, "past_time"},
		"a group that isn't there": {func(c *data.Campaign) { c.GroupName = "vips" }, "group_unknown"},
		"a link nobody can reach":  {func(c *data.Campaign) { c.Variants[0].Text = "Hi, {code} {link}" }, "links_unreachable"},
		"151 percent":              {func(c *data.Campaign) { c.Offer.Percent = 151 }, "offer_percent"},
		"a text beyond reason":     {func(c *data.Campaign) { c.Variants[0].Text = strings.Repeat("a", 20_000) }, "text_long"},
	} {
		c0 := s.draft("Hi, {code}")
		c.change(c0)
		if err := s.engine.Campaigns().Create(ctx, c0); data.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestTheReviewSaysWhoWhenAndWhyNot(t *testing.T) {
	s := newShop(t)
	s.people(person(0), somebody("+447700900123", 1)) // 18:00 in London
	s.agreed(data.ConsentAnswer{}, person(2))
	if err := s.SetPrice(t.Context(), "practice", "US", "", 11_300, "USD"); err != nil {
		t.Fatal(err)
	}
	c := s.draft("Hi {first_name|there}, {offer}: {code}")
	if err := s.engine.Campaigns().Create(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	r, err := s.engine.Campaigns().Review(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if r.Audience != 3 || r.Now != 2 || r.Blocked != 1 || r.Reasons["no_consent"] != 1 || r.Cost.Known {
		t.Errorf("%+v", r)
	}
	if err := s.SetPrice(t.Context(), "practice", "", "", 20_000, "USD"); err != nil {
		t.Fatal(err)
	}
	if r, err = s.engine.Campaigns().Review(t.Context(), c); err != nil || !r.Cost.Known || r.Cost.Micros != 31_300 {
		t.Errorf("with every price known: %+v (%v)", r.Cost, err)
	}
	if len(s.states()) != 0 {
		t.Error("a review wrote messages")
	}
}

func TestTwoVariantsShareTheAudienceAndKeepTheirPeople(t *testing.T) {
	s := newShop(t)
	var rows []data.ImportRow
	for i := range 90 {
		rows = append(rows, person(i))
	}
	s.people(rows...)
	c := s.draft("Hi, {code}")
	c.Variants = append(c.Variants, data.Variant{Name: "B", Text: "Hello, {code}"})
	id := s.sent(c)
	s.pass()
	r, err := report.Read(t.Context(), s.Store, report.Question{Campaign: id})
	if err != nil || len(r.Variants) != 2 {
		t.Fatalf("%+v (%v)", r, err)
	}
	b := 0
	for _, x := range s.carrier.got {
		if strings.Contains(x.Body, "Hello") {
			b++
		}
	}
	if b < 25 || b > 65 {
		t.Errorf("%d of 90 got the second wording", b)
	}
}
