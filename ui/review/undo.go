package review

import (
	"context"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// undoView is the minute in which Send can be taken back, or the wait for a campaign that starts later.
type undoView struct {
	v       *View
	clock   *widget.Text
	bar     *widget.ProgressBar
	line    *widget.Text
	back    *widget.Button
	content fyne.CanvasObject
}

func newUndoView(v *View) *undoView {
	env := v.env
	u := &undoView{v: v, clock: widget.Title("").Centered(), bar: widget.NewProgressBar(), line: widget.Body("").In(theme.Ink2).Centered()}
	u.back = widget.Primary(env.T("review.undo"), v.takeBack).WithIcon(icons.Undo).Large()
	buttons := widget.Row(theme.Gap12, u.back)
	what, note := env.N("review.undo_goes", v.model.Run.Unsent()), env.T("review.undo_note")
	icon := icons.Send
	switch {
	case v.model.Stage() != Later && v.model.Campaign.Local != "": // nothing goes when the minute is over
		what, icon = env.N("review.later_goes", v.model.Run.Unsent()), icons.Time
	case v.model.Stage() == Later:
		what, note, icon = env.N("review.later_goes", v.model.Run.Unsent()), env.T("review.later_note"), icons.Time
		u.bar.Hide()
	default:
		buttons.Add(widget.Secondary(env.T("review.send_now"), v.sendNow).Large())
	}
	disc := widget.NewSoftPanel(widget.Brass, widget.NewIcon(icon, theme.Brass, 48)).Padded(24).Rounded(48)
	u.content = widget.NewPanel(widget.CenterColumn(0, widget.Spring(), disc,
		widget.Inset(20, 0, 0, 0, widget.Heading(what)),
		widget.Inset(12, 0, 0, 0, u.clock),
		widget.Inset(12, 0, 0, 0, widget.Exactly(420, 8, u.bar)),
		widget.Inset(12, 0, 0, 0, u.line),
		widget.Inset(20, 0, 0, 0, buttons),
		widget.Inset(16, 0, 0, 0, widget.NewParagraph(note).Sized(theme.SizeCaption).Centered().Wide(420)),
		widget.Spring()))
	return u
}

// left is how much of the minute is left.
func (u *undoView) left() time.Duration {
	return max(u.v.model.Campaign.UndoUntil.Sub(u.v.env.Store.Now()), 0)
}

// over tells whether the time has come.
func (u *undoView) over() bool { return u.v.model.Stage() == Undo && u.left() == 0 }

// show writes what the clock says.
func (u *undoView) show() {
	env, c := u.v.env, u.v.model.Campaign
	zone := env.Business.Location()
	if u.v.model.Stage() == Later {
		at := max(c.At, c.UndoUntil).In(zone)
		u.clock.SetText(env.T("review.later_at", "day", env.Texts.NearDay(at, env.Store.Now().In(zone)), "time", env.Texts.Time(at)))
		u.line.SetText(env.T("report.note.times", "zone", zone.String()))
		return
	}
	left := u.left()
	seconds := int((left + time.Second - 1) / time.Second)
	u.clock.SetText(env.Texts.Clock(seconds)) // minutes and seconds are written as hours and minutes are
	u.bar.SetShare(left.Seconds() / UndoFor.Seconds())
	u.line.SetText(env.T("review.undo_at", "time", c.UndoUntil.In(zone).Format("15:04:05"), "zone", zone.String()))
	if wall, err := data.ParseWall(c.Local); c.Local != "" && err == nil {
		u.line.SetText(env.T("review.undo_local", "day", env.Texts.NearDay(wall, env.Store.Now().In(zone)), "time", env.Texts.Time(wall)))
	}
	if left == 0 {
		u.line.SetText(env.T("review.starting"))
	}
}

// takeBack makes the campaign a draft again.
func (v *View) takeBack() {
	env := v.env
	name := v.model.Campaign.Name
	page.Load(env.Tasks, func(ctx context.Context) error { return env.Store.TakeBack(ctx, v.id) }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
		} else {
			v.model.Dry = nil
			env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("review.taken_back", "name", name), Close: env.T("common.close")})
		}
		v.reload()
	})
}

// sendNow ends the minute.
func (v *View) sendNow() {
	env := v.env
	page.Load(env.Tasks, func(ctx context.Context) error { return env.Store.EndUndo(ctx, v.id) }, func(err error) {
		env.Fail(err, nil)
		env.Engine.Wake()
		v.reload()
	})
}

// pause holds what hasn't been handed over.
func (v *View) pause() {
	env := v.env
	page.Load(env.Tasks, func(ctx context.Context) error {
		return env.Store.SetCampaignState(ctx, v.id, data.Paused, "by_user", data.Running, data.Scheduled, data.UndoWindow)
	}, func(err error) {
		env.Fail(err, nil)
		v.reload()
	})
}

// resume lets it go on.
func (v *View) resume() {
	env := v.env
	page.Load(env.Tasks, func(ctx context.Context) error { return env.Store.ResumeCampaign(ctx, v.id) }, func(err error) {
		env.Fail(err, nil)
		env.Engine.Wake()
		v.reload()
	})
}

// askStop asks before a campaign is ended for good.
func (v *View) askStop() {
	env, run := v.env, v.model.Run
	n := run.Unsent()
	env.Ask(widget.Question{
		Title: env.T("review.stop_title", "name", v.model.Campaign.Name), Text: env.N("review.stop_text", n, "handed", run.Handed()),
		Confirm: env.N("review.stop_do", n), Danger: true, Cancel: env.T("review.stop_keep"),
		OnConfirm: func() bool { v.stopNow(); return true },
	})
}

func (v *View) stopNow() {
	env := v.env
	var n int64
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		n, err = env.Store.StopCampaign(ctx, v.id)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
		} else {
			env.Toast(widget.Toast{Tone: widget.OK, Text: env.N("review.stopped", int(n)), Close: env.T("common.close")})
		}
		v.reload()
	})
}
