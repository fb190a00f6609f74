package ui

import (
	"context"
	"strings"

	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"
)

// askBusiness asks for the shop's name, who sits here, and which till this is.
// The name goes into every text that is sent.
func (s *Shell) askBusiness() {
	env := s.env
	entry := func(text string) *widget.Entry {
		e := widget.NewEntry("").Limit(60)
		e.SetText(text)
		return e
	}
	name, person, till := entry(env.Business.Name), entry(env.Business.Person), entry(env.Business.Till)
	fault := widget.Caption("").In(theme.Danger)
	env.Ask(widget.Question{
		Title: env.T("shell.business"),
		Content: widget.Column(12,
			widget.NewField(env.T("shell.business_name"), env.T("shell.business_name_hint"), name),
			widget.NewField(env.T("shell.business_person"), "", person),
			widget.NewField(env.T("shell.business_till"), "", till), fault),
		Confirm: env.T("common.save"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			if strings.TrimSpace(name.Text) == "" {
				fault.SetText(env.T("shell.business_missing"))
				return false
			}
			s.saveBusiness(func(b *data.Business) {
				b.Name, b.Person, b.Till = strings.TrimSpace(name.Text), strings.TrimSpace(person.Text), strings.TrimSpace(till.Text)
			})
			return true
		},
		OnCancel: s.keepFocus,
	})
}

// saveBusiness changes what is stored, and builds the window again, because
// every page knows whose shop it is.
func (s *Shell) saveBusiness(change func(*data.Business)) {
	env := s.env
	page.Load(env.Tasks, func(ctx context.Context) error {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		change(&b)
		return env.Store.SetBusiness(ctx, b)
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { s.saveBusiness(change) })
			return
		}
		s.rebuild()
	})
}
