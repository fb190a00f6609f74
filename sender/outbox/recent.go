package outbox

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/sender/rules"
)

// Recent knows what people had lately, for the caps: when messages of some kinds were handed over to them since a moment,
// newest first, practice apart from what was real.
type Recent interface {
	RecentMessages(ctx context.Context, phones []data.Phone, kinds []data.Kind, practice bool, since data.Instant) (map[data.Phone][]data.Instant, error)
}

// Recall fills in Recent of the questions that a cap is about; where none is, nothing is asked. What counts together is
// what reads the same rows: reminders with notices, and each other kind by itself.
func Recall(ctx context.Context, book Recent, practice bool, now data.Instant, asks []*rules.Question) error {
	type want struct {
		asks    []*rules.Question
		longest time.Duration
	}
	wanted := map[data.Kind]*want{}
	for _, q := range asks {
		long := rules.WindowsFor(*q).Longest()
		if long == 0 {
			continue
		}
		kind := countedWith(q.Kind)[0]
		if wanted[kind] == nil {
			wanted[kind] = &want{}
		}
		w := wanted[kind]
		w.asks, w.longest = append(w.asks, q), max(w.longest, long)
	}
	for kind, w := range wanted {
		phones := make([]data.Phone, len(w.asks))
		for i, q := range w.asks {
			phones[i] = q.Phone.Phone
		}
		had, err := book.RecentMessages(ctx, phones, countedWith(kind), practice, now.Add(-w.longest))
		if err != nil {
			return err
		}
		for _, q := range w.asks {
			q.Recent = had[q.Phone.Phone]
		}
	}
	return nil
}

// countedWith lists the kinds that are counted together with one.
func countedWith(k data.Kind) []data.Kind {
	if k == data.Reminder || k == data.Notice {
		return []data.Kind{data.Reminder, data.Notice}
	}
	return []data.Kind{k}
}

// recall looks up what the people of a batch had lately.
func (o *Outbox) recall(ctx context.Context, drafts []Draft) error {
	asks := make([]*rules.Question, 0, len(drafts))
	for i := range drafts {
		if drafts[i].Drop == "" {
			drafts[i].Ask.Phone.Phone = drafts[i].Message.To
			asks = append(asks, &drafts[i].Ask)
		}
	}
	return Recall(ctx, o.Book, o.Provider.Capabilities().Practice, data.At(o.Clock()), asks)
}
