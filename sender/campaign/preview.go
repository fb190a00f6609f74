package campaign

import (
	"context"
	"strings"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// What the composer shows while a text is being written, by the same code that sends it.

// Check tells what is wrong with a campaign as it is now, as Create and Send do, without storing anything.
func (p *Planner) Check(ctx context.Context, c *data.Campaign) error {
	b, err := p.Store.Business(ctx)
	if err != nil {
		return err
	}
	return p.check(ctx, c, b)
}

// A Preview is one person's message as it would go out: their name and the day they have are real; coupon and link are
// stand-ins as long as theirs will be.
type Preview struct {
	Contact data.ContactID
	Name    string
	To      data.Phone
	Variant string
	Text    string
	Link    string // as it stands in Text; empty when there is none
	Length  text.Length
	Cost    data.Cost
	State   data.MessageState // Queued, Held until At, or Blocked
	Reason  string            // of the last two; translation "reason.CODE"
	At      data.Instant      // when it goes out
	Zones   []string          // every time zone in which the person may be
}

// Preview writes one person's message. variant is the wording to show, "" for the one that they will get. Errors: those
// of text.Parse, and data.NotFound when nobody has that id.
func (p *Planner) Preview(ctx context.Context, c *data.Campaign, who data.ContactID, variant string) (Preview, error) {
	var out Preview
	shown := *c
	for _, v := range c.Variants {
		if v.Name == variant {
			shown.Variants = []data.Variant{v}
		}
	}
	w, err := newWriter(ctx, p.Needs, &shown)
	if err != nil {
		return out, err
	}
	people, err := p.people(ctx, c.Kind.Scope(), []data.ContactID{who})
	if err != nil {
		return out, err
	}
	if len(people) == 0 {
		return out, data.Errorf(data.NotFound, "preview a campaign", "no contact %d", who)
	}
	var notAfter data.Instant
	if c.Offer != nil && c.Offer.ValidTo != "" {
		notAfter = c.Offer.ValidTo.End(w.business.Location())
	}
	f, d, err := p.freeze(w, &people[0], notAfter, max(p.Store.Now(), c.At), false)
	if err != nil {
		return out, err
	}
	m, person := &f.Message, &people[0].Contact
	out = Preview{
		Contact: person.ID, Name: person.Name, To: person.Phone, Variant: m.Variant, Text: d.Text.Body, Length: text.Count(d.Text.Body, text.Rule(w.caps.SegmentRule)), Cost: d.Cost,
		State: m.State, Reason: m.Reason, At: m.Due, Zones: rules.WindowsFor(d.Ask).Zones(),
	}
	if w.links != nil && w.templates[m.Variant].needsOwn {
		out.Link = w.links.Link(sampleToken)
	}
	return out, nil
}

// Added is what a country asks to stand around a text, as far as it doesn't stand there already: in front the label and
// the brand, behind it how to opt out.
type Added struct {
	Before string
	After  string
	Region string // whose rules ask for it: the business's country
}

// Added works out what will be added to a text for people in the business's own country. For a person elsewhere it may
// differ: previews show it. Errors: those of text.Parse, rules.NoOptOutWay, rules.ReplyUnread, rules.BrandWanted.
func (p *Planner) Added(ctx context.Context, kind data.Kind, source string) (Added, error) {
	b, err := p.Store.Business(ctx)
	if err != nil {
		return Added{}, err
	}
	out := Added{Region: b.Country}
	parsed, err := text.Parse(kind, source)
	if err != nil {
		return out, err
	}
	caps := p.Provider.Capabilities()
	channel := ChannelOf(caps, p.Links)
	if channel.Way == rules.WayLink {
		channel.Link = p.Links.StopLink(sampleToken)
	}
	body := strings.TrimSpace(parsed.String())
	whole, err := rules.Compose(kind, b.Country, LanguageOf(parsed, b.Country), BrandOf(b, caps), channel, body)
	if err != nil {
		return out, err
	}
	before, after, found := strings.Cut(whole, body)
	if !found { // a label was taken from the text and put before the brand
		return out, nil
	}
	out.Before, out.After = strings.TrimSpace(before), strings.TrimSpace(strings.TrimLeft(after, "，"))
	return out, nil
}

// Registered is how a text stands with a provider that sends approved texts alone.
type Registered struct {
	Needed bool           // the provider takes no free text
	Known  bool           // this very text is registered
	Of     store.Template // and how it stands
}

// Registered looks a text up among those registered. It asks nothing of the network: Refresh does.
func (p *Planner) Registered(ctx context.Context, kind data.Kind, source string) (Registered, error) {
	if p.Provider.Capabilities().FreeText {
		return Registered{}, nil
	}
	out := Registered{Needed: true}
	b, err := p.Store.Business(ctx)
	if err != nil {
		return out, err
	}
	parsed, err := text.Parse(kind, source)
	if err != nil {
		return out, err
	}
	local, err := rules.Compose(kind, b.Country, LanguageOf(parsed, b.Country), b.Name, ChannelOf(p.Provider.Capabilities(), p.Links), parsed.String())
	if err != nil {
		return out, err
	}
	known, err := p.Store.Templates(ctx, p.Provider.Name())
	if err != nil {
		return out, err
	}
	for _, t := range known { // the latest stands last
		if t.Local == local && t.Kind == kind {
			out.Known, out.Of = true, t
		}
	}
	return out, nil
}
