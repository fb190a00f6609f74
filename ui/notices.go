package ui

import (
	"context"
	"log/slog"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
)

// Notices are what the system says for Counterbell while its window is not in
// front: replies that need a person, and campaigns that are done. They name
// nobody: the screen of a shop is seen by many.
type Notices struct {
	store *store.Store
	texts func() *i18n.Texts
	say   func(title, text string)
	log   *slog.Logger

	last  int64        // the newest reply that was told of
	since data.Instant // campaigns that were done before it were told of
}

// NewNotices tells of what comes from now on. say shows a notification.
func NewNotices(ctx context.Context, s *store.Store, log *slog.Logger, texts func() *i18n.Texts, say func(title, text string)) (*Notices, error) {
	arrived, err := s.Arrived(ctx, 0, s.Now())
	return &Notices{store: s, texts: texts, say: say, log: log, last: arrived.Last, since: s.Now()}, err
}

// Look tells what came since it was asked last. away is whether the person
// looks elsewhere: who is in front of the window sees it there.
func (n *Notices) Look(ctx context.Context, away bool) {
	now := n.store.Now()
	arrived, err := n.store.Arrived(ctx, n.last, n.since)
	if err != nil {
		n.log.Warn("news can't be read", "code", string(data.CodeOf(err)))
		return
	}
	n.last, n.since = arrived.Last, now
	if !away {
		return
	}
	texts := n.texts()
	if arrived.Unclear > 0 {
		n.say(texts.N("notice.replies", arrived.Unclear), texts.T("notice.replies_text"))
	}
	for _, name := range arrived.Finished {
		n.say(texts.T("notice.done", "campaign", name), texts.T("notice.done_text"))
	}
}
