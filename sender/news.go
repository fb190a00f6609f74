package sender

import (
	"cmp"
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/inbox"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
)

// An account is a provider that is asked for news: the one that sends, and those that sent before it. People go on
// answering an old number for a while, and an opt-out holds wherever it arrives.
type account struct {
	provider provider.Provider
	replies  *inbox.Poller
}

// pollAll asks every account what became of messages and what people answered. Trouble is that of the one that sends:
// a former account that doesn't answer any more is in nobody's way.
func (e *Engine) pollAll(ctx context.Context, s *Summary) error {
	for i, a := range e.accounts {
		caps := a.provider.Capabilities()
		var statuses, replies int
		var err, trouble error
		if caps.Statuses != provider.PollNone && e.due("statuses:"+a.provider.Name(), caps.MinPoll) {
			if statuses, err = e.pollStatuses(ctx, a, caps); i == 0 {
				_ = e.heard("statuses", err)
			}
		}
		if caps.Inbound != provider.PollNone && caps.Inbound != "" && e.due("replies:"+a.provider.Name(), caps.MinPoll) {
			if replies, trouble = a.replies.Poll(ctx); i == 0 {
				_ = e.heard("replies", trouble)
			}
		}
		s.Statuses += statuses
		s.Replies += replies
		if err = cmp.Or(err, trouble); i == 0 {
			s.note(err)
		} else if err != nil && ctx.Err() == nil {
			e.log.Info("a former provider gives no news", "provider", a.provider.Name(), "code", string(data.CodeOf(err)))
		}
	}
	return ctx.Err()
}

// pollStatuses asks what became of accepted messages. Those of a call that failed have had their turn as well: one that
// the provider stumbles over doesn't stand before the others for ever.
func (e *Engine) pollStatuses(ctx context.Context, a account, caps provider.Caps) (news int, err error) {
	started := e.store.Now()
	since := data.Instant(0)
	if caps.StatusHorizon > 0 {
		since = started.Add(-caps.StatusHorizon)
	}
	// What is asked about now is not asked about again in this round, however long it takes.
	for before := started.Add(-max(caps.MinPoll, time.Millisecond)); ; {
		waiting, err := e.store.AwaitingStatus(ctx, a.provider.Name(), since, before, statusesAtOnce)
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
		answers, trouble := a.provider.Statuses(ctx, sent)
		if err := ctx.Err(); err != nil {
			return news, err
		}
		var found []store.Delivery
		for _, st := range answers {
			id, ok := byID[st.Ref]
			if !ok {
				id, ok = byID[st.ProviderID+"\x00"+string(st.To)]
			}
			if ok && st.State != data.Accepted {
				found = append(found, store.Delivery{Message: id, State: st.State, Class: st.Class, Code: st.Code, At: st.At, Segments: st.Segments, Cost: st.Cost})
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
