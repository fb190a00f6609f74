package campaign

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/outbox"
)

// Drafts writes claimed messages of campaigns from what is known at this moment: names that were mended and opt-outs
// that came in since the audience was frozen count. A campaign that can't be written any more pauses, and the others go on.
func (p *Planner) Drafts(ctx context.Context, claimed []data.Message) ([]outbox.Draft, error) {
	writers := map[data.CampaignID]*writer{}
	broken := map[data.CampaignID]data.Code{}
	var ids []data.ContactID
	var coupons []data.CouponID
	var tokens []string
	for _, m := range claimed {
		if writers[m.Campaign] == nil && broken[m.Campaign] == "" {
			c, err := p.Store.Campaign(ctx, m.Campaign)
			if err != nil {
				return nil, err
			}
			if c.Provider != p.Provider.Name() { // what was made as practice must never go out for real, nor the other way round
				broken[m.Campaign] = "provider_changed"
			} else if writers[m.Campaign], err = newWriter(ctx, p.Needs, c); Final(data.CodeOf(err)) {
				broken[m.Campaign] = data.CodeOf(err)
			} else if err != nil {
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
		case broken[m.Campaign] != "":
			drafts[i] = outbox.Draft{Message: m, Drop: data.Held, Reason: string(broken[m.Campaign]), Until: now, Pause: true}
			continue
		case !ok || who.Contact.Phone != m.To:
			drafts[i] = outbox.Draft{Message: m, Drop: data.MsgCancelled, Reason: "person_gone"}
			continue
		case m.NotAfter != 0 && now > m.NotAfter:
			drafts[i] = outbox.Draft{Message: m, Drop: data.Expired, Reason: "offer_over"}
			continue
		case m.Token != "" && !published[m.Token]:
			drafts[i] = outbox.Draft{Message: m, Drop: data.Held, Reason: store.LinkWait, Until: now.Add(linkWait)}
			continue
		}
		if drafts[i], err = writers[m.Campaign].draft(&who, m, codes[m.Coupon]); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// linkWait is how soon a message whose link the relay hasn't confirmed is looked at again at the latest: when the relay
// confirms it, it is due at once.
const linkWait = 15 * time.Minute
