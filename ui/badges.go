package ui

import (
	"context"

	"counterbell/ui/page"
)

// countWaiting shows at the Inbox how many replies wait for a person, whatever
// page shows: from the start, and after each change.
func (s *Shell) countWaiting() {
	env := s.env
	var waiting int
	s.counting.Run(env.Tasks, func(ctx context.Context) (err error) {
		waiting, err = env.Store.CountWaiting(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return // the page that shows tells of a profile in trouble
		}
		text := ""
		if waiting > 0 {
			text = env.Texts.Number(int64(waiting))
		}
		if s.env == env && s.badges[page.Inbox] != text {
			env.Badge(page.Inbox, text)
		}
	})
}
