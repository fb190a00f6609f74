package campaign

import (
	"context"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/rules"
)

// A Planner takes a campaign from its draft to a frozen audience.
type Planner struct{ Needs }

// New makes a planner.
func New(n Needs) *Planner { return &Planner{n} }

// Create checks a draft and stores it. Errors say what is wrong with it, in the order in which a person would mend it:
// group_unknown, text_empty, those of text.Parse, those of data.Offer.Validate, offer_over, code_without_offer, past_time,
// links_unreachable, link_in_variable, no_opt_out_way, brand_wanted.
func (p *Planner) Create(ctx context.Context, c *data.Campaign) error {
	group, err := p.Store.Group(ctx, c.GroupName)
	if err != nil {
		return err
	}
	b, err := p.Store.Business(ctx)
	if err != nil {
		return err
	}
	c.GroupName, c.Group, c.State = group.Name, group.Conditions, data.Draft
	c.Provider, c.Practice = p.Provider.Name(), p.Provider.Capabilities().Practice
	if err := p.check(ctx, c, b); err != nil {
		return err
	}
	return p.Store.CreateCampaign(ctx, c)
}

func (p *Planner) check(ctx context.Context, c *data.Campaign, b data.Business) error {
	const op = "check the campaign"
	if strings.TrimSpace(c.Name) == "" {
		return data.Errorf("campaign_name", op, "no name")
	}
	if !c.Kind.Valid() || c.Kind == data.OTP {
		return data.Errorf(data.Invalid, op, "kind %q", c.Kind).With("value", string(c.Kind))
	}
	if c.State == data.Draft && c.Reason == data.Unfinished {
		return data.Errorf("campaign_unfinished", op, "the draft isn't whole")
	}
	if len(c.Variants) == 0 || len(c.Variants) > 2 {
		return data.Errorf("text_empty", op, "%d variants", len(c.Variants))
	}
	for _, v := range c.Variants {
		if strings.TrimSpace(v.Text) == "" {
			return data.Errorf("text_empty", op, "variant %s is empty", v.Name)
		}
		if len(v.Text) > 10_000 {
			return data.Errorf("text_long", op, "%d bytes", len(v.Text))
		}
	}
	if c.Offer != nil {
		if err := c.Offer.Validate(); err != nil {
			return err
		}
	}
	w, err := newWriter(ctx, p.Needs, c)
	if err != nil {
		return err
	}
	if err := p.checkTime(c, b); err != nil {
		return err
	}
	for _, word := range w.templates {
		if word.parsed.Has("code") && c.Offer == nil {
			return data.Errorf("code_without_offer", op, "{code} without an offer")
		}
		if word.needsOwn && w.links == nil || word.needsOwn && !w.caps.Practice && !w.links.Public() {
			return data.Errorf("links_unreachable", op, "{link} without a public relay")
		}
		if word.needsOwn && !w.caps.FreeText && !w.caps.LinkInVariable {
			return data.Errorf("link_in_variable", op, "%s takes no link in a variable", w.provider)
		}
		channel := w.channel
		if channel.Way == rules.WayLink {
			channel.Link = "https://relay.example/abcdefghijk/stop"
		}
		if _, err := rules.Compose(c.Kind, b.Country, LanguageOf(word.parsed, b.Country), w.business.Name, channel, word.parsed.String()); err != nil {
			return err
		}
	}
	return nil
}

// checkTime refuses what is over: an offer that has ended, a time that has passed.
func (p *Planner) checkTime(c *data.Campaign, b data.Business) error {
	const op = "check the campaign"
	now := p.Store.Now()
	start := max(now, c.At)
	if c.At != 0 && c.At < now.Add(-time.Minute) {
		return data.Errorf("past_time", op, "it should have started at %s", c.At)
	}
	if c.Local != "" {
		at, err := data.WallAt(c.Local, b.Zone)
		if err != nil {
			return err
		}
		if at < now.Add(-14*time.Hour) { // somewhere it may still be that time
			return data.Errorf("past_time", op, "%s has passed everywhere", c.Local)
		}
		start = max(now, at)
	}
	if c.Offer != nil && c.Offer.ValidTo != "" && c.Offer.ValidTo.End(b.Location()) < start {
		return data.Errorf("offer_over", op, "the offer ends on %s", c.Offer.ValidTo).With("day", string(c.Offer.ValidTo))
	}
	return nil
}

// Send freezes the audience and gives the campaign free: it runs at its time, after undo has passed. Through a template
// provider whose approval is out, the texts are registered and the campaign waits for it. Errors: campaign_state,
// nobody (there is no one who may get it), and those of Create: what was right when it was drafted may be over.
func (p *Planner) Send(ctx context.Context, id data.CampaignID, undo time.Duration) (Review, error) {
	return p.SendTelling(ctx, id, undo, func(int, int) {})
}

// SendTelling is Send that says how far it is.
func (p *Planner) SendTelling(ctx context.Context, id data.CampaignID, undo time.Duration, tell Tell) (Review, error) {
	const op = "send the campaign"
	c, err := p.Store.Campaign(ctx, id)
	if err != nil {
		return Review{}, err
	}
	if c.State != data.Draft && c.State != data.AwaitingApproval {
		return Review{}, data.Errorf("campaign_state", op, "campaign %d is %s", id, c.State).With("state", string(c.State))
	}
	b, err := p.Store.Business(ctx)
	if err != nil {
		return Review{}, err
	}
	if c.Provider != p.Provider.Name() {
		return Review{}, data.Errorf("provider_changed", op, "drafted for %s, now %s", c.Provider, p.Provider.Name()).With("provider", c.Provider)
	}
	if err := p.check(ctx, c, b); err != nil {
		return Review{}, err
	}
	if !p.Provider.Capabilities().FreeText {
		waits, err := p.approve(ctx, c)
		if err != nil || waits {
			return Review{Campaign: c.ID, Provider: c.Provider}, err
		}
	}
	review, frozen, err := p.examine(ctx, c, true, tell)
	if err != nil {
		return review, err
	}
	if review.Now+review.Held == 0 {
		return review, data.Errorf("nobody", op, "no one of %d people may get it", review.Audience)
	}
	c.State = data.Running
	if undo > 0 {
		c.UndoUntil, c.State = p.Store.Now().Add(undo), data.UndoWindow
	}
	if c.At > p.Store.Now() {
		c.State = data.Scheduled
	}
	return review, p.Store.Freeze(ctx, c, frozen)
}
