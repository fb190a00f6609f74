package review

import (
	"context"

	"counterbell/assets/icons"
	"counterbell/sender"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// approvalView is the wait for the provider to approve the texts: what was registered, and how each stands.
type approvalView struct {
	v       *View
	lines   *fyne.Container
	main    *widget.Button
	content fyne.CanvasObject
}

func newApprovalView(v *View) *approvalView {
	env := v.env
	a := &approvalView{v: v, lines: widget.Column(theme.Gap8)}
	a.main = widget.Primary(env.T("review.ask_approval"), v.askApproval).WithIcon(icons.Refresh)
	back := widget.Secondary(env.T("review.back_to_draft"), v.takeBack).WithIcon(icons.Undo)
	disc := widget.NewSoftPanel(widget.Brass, widget.NewIcon(icons.Waiting, theme.Brass, 48)).Padded(24).Rounded(48)
	a.content = widget.NewPanel(widget.CenterColumn(0, widget.Spring(), disc,
		widget.Inset(20, 0, 0, 0, widget.Heading(env.T("review.approval"))),
		widget.Inset(12, 0, 0, 0, widget.NewParagraph(env.T("campaign.awaiting")).Centered().Wide(460)),
		widget.Inset(16, 0, 0, 0, widget.Exactly(460, 0, a.lines)),
		widget.Inset(20, 0, 0, 0, widget.Row(theme.Gap12, back, a.main)), widget.Spring()))
	return a
}

// show lists the registrations.
func (a *approvalView) show() {
	a.lines.RemoveAll()
	for _, x := range registered(a.v.env, a.v.model.Waiting) {
		a.lines.Add(x.line())
	}
	a.lines.Refresh()
}

// readWaiting reads how the texts of a campaign stand that waits for approval.
func (v *View) readWaiting(ctx context.Context, m *Model) error {
	var err error
	m.Waiting, err = templatesOf(ctx, v.env, m.Campaign.Provider, m.Campaign)
	return err
}

// askApproval asks the provider now. When all has been approved, the campaign goes on, with a minute to take it back.
func (v *View) askApproval() {
	env := v.env
	if v.sending {
		return
	}
	v.sending = true
	env.Tasks.Run(page.Task{
		Name: env.T("review.asking_approval"),
		Work: func(ctx context.Context, _ page.Report) error {
			return env.Engine.Use(ctx, func(o *sender.Opened) error {
				_, err := o.Campaigns().Send(ctx, v.id, UndoFor)
				return err
			})
		},
		Done: func(err error) {
			v.sending = false
			env.Fail(err, nil)
			if err == nil {
				env.Engine.Wake()
			}
			v.reload()
		},
	})
}
