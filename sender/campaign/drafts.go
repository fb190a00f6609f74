package campaign

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/sender/outbox"
)

// Drafts writes claimed messages of campaigns from what is known at this moment: names that were mended and opt-outs
// that came in since the audience was frozen count.
func (p *Planner) Drafts(ctx context.Context, claimed []data.Message) ([]outbox.Draft, error) {
	writers := map[data.CampaignID]*writer{}
	var ids []data.ContactID
	var coupons []data.CouponID
	var tokens []string
	for _, m := range claimed {
		if writers[m.Campaign] == nil {
			c, err := p.Store.Campaign(ctx, m.Campaign)
			if err != nil {
				return nil, err
			}
			if writers[m.Campaign], err = newWriter(ctx, p.Needs, c); err != nil {
				return nil, err
			}
		}
		ids = append(ids, m.Contact)
		if m.Coupon != 0 {
			coupons = append(coupons, m.Coupon)
		}
		if m.Token != "" {
			tokens = append(tokens, m.Token)
		}
	}
	codes, err := p.Store.CouponCodes(ctx, coupons)
	if err != nil {
		return nil, err
	}
	published, err := p.Store.Published(ctx, tokens)
	if err != nil {
		return nil, err
	}
	people := map[data.ContactID]Person{}
	for _, scope := range data.Scopes {
		var some []data.ContactID
		for i, m := range claimed {
			if m.Kind.Scope() == scope {
				some = append(some, ids[i])
			}
		}
		if len(some) == 0 {
			continue
		}
		loaded, err := loadPeople(ctx, p.Store, scope, some)
		if err != nil {
			return nil, err
		}
		for _, who := range loaded {
			people[who.Contact.ID] = who
		}
	}
	now := p.Store.Now()
	drafts := make([]outbox.Draft, len(claimed))
	for i, m := range claimed {
		who, ok := people[m.Contact]
		switch {
		case !ok || who.Contact.Phone != m.To:
			drafts[i] = outbox.Draft{Message: m, Drop: data.MsgCancelled, Reason: "person_gone"}
			continue
		case m.NotAfter != 0 && now > m.NotAfter:
			drafts[i] = outbox.Draft{Message: m, Drop: data.Expired, Reason: "offer_over"}
			continue
		case m.Token != "" && !published[m.Token]:
			drafts[i] = outbox.Draft{Message: m, Drop: data.Held, Reason: "link_not_published", Until: now.Add(linkWait)}
			continue
		}
		if drafts[i], err = writers[m.Campaign].draft(&who, m, codes[m.Coupon]); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// linkWait is how soon a message whose link the relay hasn't confirmed is looked at again.
const linkWait = 30 * time.Second
