package main

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/widget"
)

// askToClose closes the window, unless something would be interrupted: then it
// asks. Messages that wait go on when the app is opened again.
func (p *program) askToClose(ctx context.Context) {
	texts := p.shell.Texts()
	q := widget.Question{Confirm: texts.T("shell.close_do"), Cancel: texts.T("shell.close_keep"), OnConfirm: func() bool { p.quit(); return true }}
	if running := p.tasks.Named(); len(running) > 0 {
		names := make([]string, len(running))
		for i, r := range running {
			names[i] = r.Name
		}
		q.Title, q.Text = texts.N("shell.close_jobs", len(running)), texts.T("shell.close_jobs_text", "tasks", texts.List(names...))
		p.shell.Ask(q)
		return
	}
	pending := p.waiting(ctx)
	switch {
	case pending.Campaigns > 0:
		q.Title, q.Text = texts.N("shell.close_title", pending.Campaigns+pending.Reminders), texts.T("shell.close_text")
	case pending.Reminders > 0:
		q.Title, q.Text = texts.N("shell.close_due", pending.Reminders), texts.T("shell.close_due_text")
	default:
		p.quit()
		return
	}
	p.shell.Ask(q)
}

// asleep is how long a shop may be closed until somebody opens Counterbell again.
const asleep = 24 * time.Hour

// waiting counts what would go out before the window is opened again. That it
// can't be found out is no reason to keep a window open.
func (p *program) waiting(ctx context.Context) store.Pending {
	pending, err := p.store.Pending(ctx, p.store.Now().Add(asleep))
	if err != nil {
		p.log.Warn("what waits can't be counted", "code", string(data.CodeOf(err)))
	}
	return pending
}
