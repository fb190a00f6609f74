package ui

import (
	"context"

	"counterbell/data/store"
	"counterbell/ui/page"
)

// countWaiting shows at the Inbox how many replies wait for a person, whatever
// page shows: from the start, and after each change.
func (s *Shell) countWaiting() {
	env := s.env
	var counts store.InboxCounts
	s.counting.Run(env.Tasks, func(ctx context.Context) (err error) {
		counts, err = env.Store.CountInbox(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // the page that shows tells of a profile in trouble
		}
		text := ""
		if counts.Waiting > 0 {
			text = env.Texts.Number(int64(counts.Waiting))
		}
		if s.env == env && s.badges[page.Inbox] != text {
			env.Badge(page.Inbox, text)
		}
	})
}
