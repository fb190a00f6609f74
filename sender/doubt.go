package sender

import (
	"context"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
)

// An Inquiry is what a provider knows of texts in doubt. Asked = Arrived + Failed + Open.
type Inquiry struct {
	Asked   int
	Arrived int // delivered: no longer in doubt
	Failed  int // it went out and didn't arrive, or not at all: no longer in doubt
	Open    int // the provider doesn't know either
	NoWay   int // can't be asked about: no reference of theirs is known
}

// CanAsk tells whether this provider can be asked about at least one of some texts in doubt.
func (e *Engine) CanAsk(doubts []store.Doubt) bool {
	caps := e.provider.Capabilities()
	if caps.Statuses == provider.PollNone {
		return false
	}
	for _, d := range doubts {
		if d.ProviderID != "" || caps.AskByRef {
			return true
		}
	}
	return false
}

// AskAbout asks the provider about a campaign's texts in doubt, and stores what it knows. Nothing is sent. Errors are the
// provider's: what it had answered until then is stored.
func (e *Engine) AskAbout(ctx context.Context, campaign data.CampaignID) (Inquiry, error) {
	var sum Inquiry
	caps := e.provider.Capabilities()
	for after := data.MessageID(0); ; {
		doubts, err := e.store.Doubts(ctx, campaign, e.provider.Name(), after, statusesAtOnce)
		if err != nil || len(doubts) == 0 {
			return sum, err
		}
		after = doubts[len(doubts)-1].Message
		var sent []provider.Sent
		byRef, byID := map[string]data.MessageID{}, map[string]data.MessageID{}
		for _, d := range doubts {
			if caps.Statuses == provider.PollNone || d.ProviderID == "" && !caps.AskByRef {
				sum.NoWay++
				continue
			}
			s := provider.Sent{ProviderID: d.ProviderID, Ref: outbox.Ref(d.Attempt), To: d.To, At: d.At}
			sent = append(sent, s)
			byRef[s.Ref], byID[d.ProviderID+"\x00"+string(d.To)] = d.Message, d.Message
		}
		if len(sent) == 0 {
			continue
		}
		answers, trouble := e.provider.Statuses(ctx, sent)
		sum.Asked += len(sent)
		var known []store.Delivery
		told := map[data.MessageID]bool{}
		for _, a := range answers {
			id, ok := byRef[a.Ref]
			if !ok {
				id, ok = byID[a.ProviderID+"\x00"+string(a.To)]
			}
			if !ok || told[id] || a.State != data.Delivered && a.State != data.Undelivered {
				continue
			}
			told[id] = true
			known = append(known, store.Delivery{Message: id, State: a.State, Class: a.Class, Code: a.Code, At: a.At, Segments: a.Segments, Cost: a.Cost})
			if a.State == data.Delivered {
				sum.Arrived++
			} else {
				sum.Failed++
			}
		}
		sum.Open = sum.Asked - sum.Arrived - sum.Failed
		if err := e.store.StoreDeliveries(ctx, nil, known); err != nil || trouble != nil {
			if err == nil {
				err = trouble
			}
			return sum, err
		}
	}
}
