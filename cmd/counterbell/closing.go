package main

import (
	"context"

	"counterbell/data"
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
	if waiting := p.waiting(ctx); waiting > 0 {
		q.Title, q.Text = texts.N("shell.close_title", waiting), texts.T("shell.close_text")
		p.shell.Ask(q)
		return
	}
	p.quit()
}

// waiting counts the messages of campaigns that are being sent. That it can't
// be found out is no reason to keep a window open.
func (p *program) waiting(ctx context.Context) (n int) {
	campaigns, err := p.store.CampaignsIn(ctx, data.Running)
	if err != nil {
		return 0
	}
	for _, c := range campaigns {
		if f, err := p.store.Funnel(ctx, c.ID); err == nil {
			n += f.Waiting
		}
	}
	return n
}
