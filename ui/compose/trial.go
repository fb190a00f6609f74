package compose

import (
	"context"
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/direct"
	"counterbell/ui/page"
	"counterbell/ui/widget"
)

// askTest asks for the number of one's own phone, and sends the text there that
// the preview shows. It goes through the outbox like every other text: whoever
// types their own number in has asked for it, and an opt-out stands.
func (v *View) askTest() {
	env, one := v.env, v.plan.Preview
	if one == nil {
		return
	}
	number := widget.NewEntry(env.T("compose.test.example")).Limit(40)
	number.SetText(v.phone)
	field := widget.NewField(env.T("compose.test.number"), env.T("compose.test.hint"), number)
	intro := env.T("compose.test.intro")
	if v.plan.Caps.Practice {
		intro = env.T("compose.test.practice")
	}
	var dialog *widget.Dialog
	dialog = env.Ask(widget.Question{
		Title: env.T("compose.test.title"), Text: intro, Content: field, Confirm: env.T("compose.test.send"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			facts, err := phone.Parse(number.Text, env.Business.Country)
			if err != nil {
				field.SetProblem(env.T("compose.test.bad"))
				return false
			}
			field.SetProblem("")
			v.sendTest(facts.Phone, strings.TrimSpace(number.Text), one.Text, func(problem string) {
				if problem == "" {
					dialog.Close()
					return
				}
				field.SetProblem(problem)
				dialog.Refresh()
			})
			return false
		},
	})
	if c := env.Canvas(); c != nil {
		c.Focus(number)
	}
}

// sendTest hands a text to the outbox for one number, unless it would be
// blocked: then problem says why.
func (v *View) sendTest(to data.Phone, typed, words string, answer func(problem string)) {
	env, written, kind := v.env, v.form.Texts[v.variant], v.form.Kind
	var seen direct.Foresight
	page.Load(env.Tasks, func(ctx context.Context) error {
		d := store.Direct{Phone: to, Kind: data.Notice, About: kind, Body: words, By: env.Business.Person, Asked: env.Store.Now()}
		err := env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			seen, err = o.Direct().Foresee(ctx, d)
			return err
		})
		if err != nil || !seen.Sends() && !seen.Waits() {
			return err
		}
		if err := env.Store.SetSetting(ctx, settingTestPhone, typed); err != nil {
			return err
		}
		_, err = env.Store.QueueDirect(ctx, d)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			answer(env.Texts.Error(err))
			return
		case seen.Reason == "needs_template":
			answer(env.T("compose.test.template"))
			return
		case seen.Reason != "":
			answer(shortReason(env.T, env.Texts.Has, seen.Reason))
			return
		case !seen.Sends() && !seen.Waits():
			reason := seen.Verdict.Reasons[0]
			say := func(key string) (string, bool) { return env.T(key), env.Texts.Has(key) }
			answer(env.Texts.Reason(reason.Code, reason.Spoken(say)))
			return
		}
		v.phone, v.form.Tested = typed, written
		v.edit()
		env.Engine.Wake()
		said := env.T("compose.test.sent")
		if seen.Waits() {
			said = env.T("compose.test.waits", "when", env.Texts.DateTime(seen.Verdict.Until.In(env.Business.Location())))
		}
		env.Toast(widget.Toast{Tone: widget.OK, Text: said, Close: env.T("common.close"), Action: env.T("compose.test.inbox"), Do: func() { env.GoTo(page.Inbox, page.ToPhone{Phone: to}) }})
		answer("")
	})
}
