package sender

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
)

// pollStatuses asks what became of accepted messages. Those of a call that failed have had their turn as well: one that
// the provider stumbles over doesn't stand before the others for ever.
func (e *Engine) pollStatuses(ctx context.Context) (news int, err error) {
	caps := e.provider.Capabilities()
	if caps.Statuses == provider.PollNone || !e.due("statuses", caps.MinPoll) {
		return 0, nil
	}
	started := e.store.Now()
	since := data.Instant(0)
	if caps.StatusHorizon > 0 {
		since = started.Add(-caps.StatusHorizon)
	}
	// What is asked about now is not asked about again in this round, however long it takes.
	for before := started.Add(-max(caps.MinPoll, time.Millisecond)); ; {
		waiting, err := e.store.AwaitingStatus(ctx, e.provider.Name(), since, before, statusesAtOnce)
		if err != nil || len(waiting) == 0 {
			return news, err
		}
		sent := make([]provider.Sent, len(waiting))
		byID := make(map[string]data.MessageID, 2*len(waiting))
		asked := make([]data.MessageID, len(waiting))
		for i, w := range waiting {
			sent[i] = provider.Sent{ProviderID: w.ProviderID, Ref: outbox.Ref(w.Attempt), To: w.To, At: w.AcceptedAt}
			byID[sent[i].Ref], byID[w.ProviderID+"\x00"+string(w.To)] = w.Message, w.Message
			asked[i] = w.Message
		}
		answers, trouble := e.provider.Statuses(ctx, sent)
		if err := ctx.Err(); err != nil {
			return news, err
		}
		var found []store.Delivery
		for _, a := range answers {
			id, ok := byID[a.Ref]
			if !ok {
				id, ok = byID[a.ProviderID+"\x00"+string(a.To)]
			}
			if ok && a.State != data.Accepted {
				found = append(found, store.Delivery{Message: id, State: a.State, Class: a.Class, Code: a.Code, At: a.At, Segments: a.Segments, Cost: a.Cost})
			}
		}
		if err := e.store.StoreDeliveries(ctx, asked, found); err != nil {
			return news, err
		}
		news += len(found)
		if trouble != nil || len(waiting) < statusesAtOnce || e.store.Now().Sub(started).Abs() > newsEvery {
			return news, trouble // what is left has its turn the next time: messages wait to be handed over
		}
	}
}

func (e *Engine) pollReplies(ctx context.Context) (int, error) {
	caps := e.provider.Capabilities()
	if caps.Inbound == provider.PollNone || caps.Inbound == "" || !e.due("replies", caps.MinPoll) {
		return 0, nil
	}
	return e.replies.Poll(ctx)
}
