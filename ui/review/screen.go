// Package review is a campaign between its last word and its last message: the
// dry run with what it would cost and who is left out, the minute in which
// Send can be taken back, and how far it is while it goes out.
package review

import (
	"context"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/ui/campaigns/steps"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Leads are the ways from here to the other views of a campaign.
type Leads struct {
	Back   func()
	Edit   func(data.CampaignID)
	Result func(data.CampaignID)
	Again  func(data.CampaignID)
}

// View is one campaign under review, about to go, or going.
type View struct {
	env     *page.Env
	id      data.CampaignID
	to      Leads
	model   Model
	content *fyne.Container
	body    *fyne.Container
	keys    *keys

	load    page.Latest
	rest    page.Rest
	stop    func() // ends the dry run, or the freezing, that is under way
	busy    bool   // a dry run is under way
	sending bool   // the audience is being frozen
	visible bool
	untick  func()

	shown    Stage
	drawn    bool
	header   string
	looking  *lookingView
	ready    *readyView
	approval *approvalView
	undo     *undoView
	going    *goingView
}

var _ steps.View = (*View)(nil)

// New makes the view of one campaign. It loads when it is shown.
func New(env *page.Env, id data.CampaignID, to Leads) *View {
	v := &View{env: env, id: id, to: to, body: container.NewStack()}
	v.keys = newKeys(v.enter)
	v.content = container.NewStack(v.keys, v.body)
	v.show()
	return v
}

// Content is the view.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown loads the campaign, and examines it anew when it is a draft.
func (v *View) Shown() {
	v.visible = true
	if !v.sending {
		v.model.Dry = nil
	}
	v.reload()
	v.refocus()
	v.tick()
}

// Hidden stops counting down.
func (v *View) Hidden() {
	v.visible = false
	if v.untick != nil {
		v.untick()
		v.untick = nil
	}
	if v.busy && v.stop != nil {
		v.stop()
	}
}

// Changed loads what has changed, or does so after the rest.
func (v *View) Changed() {
	if v.rest.Wait() {
		return
	}
	v.reload()
}

// Escape goes back to the list.
func (v *View) Escape() bool {
	v.to.Back()
	return true
}

// Header says which campaign this is and how far it is.
func (v *View) Header() page.Header {
	env := v.env
	h := page.Header{Title: env.T("review.title"), Subtitle: v.subtitle(), Back: v.to.Back}
	stage := v.model.Stage()
	if v.practice() && stage != Ready { // there the list above the button says so
		h.Actions = append(h.Actions, widget.NewPill(widget.Brass, icons.Reminder, env.T("report.practice_label")))
	}
	switch stage {
	case Looking, Ready:
		h.Actions = append(h.Actions, steps.Stepper(env, steps.Reviewing))
	case Approval, Undo, Later, Ended:
		h.Title = v.model.Campaign.Name
	default:
		h.Title = v.model.Campaign.Name
		h.Actions = append(h.Actions, widget.Secondary(env.T("review.results_so_far"), func() { v.to.Result(v.id) }))
	}
	return h
}

func (v *View) practice() bool {
	if v.model.Dry != nil {
		return v.model.Dry.Practice
	}
	return v.model.Campaign != nil && v.model.Campaign.Practice
}

func (v *View) subtitle() string {
	env, c := v.env, v.model.Campaign
	if c == nil {
		return env.T("review.looking")
	}
	zone := env.Business.Location()
	var parts []string
	switch v.model.Stage() {
	case Looking:
		parts = []string{c.Name, env.T("review.looking")}
	case Ready:
		parts = []string{c.Name, env.T("review.finished_at", "time", env.Texts.Time(v.model.Dry.At.In(zone))), env.T("review.nothing_sent")}
	case Approval:
		parts = []string{env.T("state.awaiting_approval")}
	default:
		parts = []string{env.N("review.to_people", v.model.Run.Audience), env.T("report.note.times", "zone", zone.String())}
	}
	return strings.Join(parts, " · ")
}

// reload reads where the campaign stands.
func (v *View) reload() {
	env := v.env
	var m Model
	var took time.Duration
	v.load.Run(env.Tasks, func(ctx context.Context) (err error) {
		begun := v.rest.Begin()
		defer func() { took = v.rest.Since(begun) }()
		if m.Campaign, err = env.Store.Campaign(ctx, v.id); err != nil || m.Campaign.State == data.Draft {
			return err
		}
		if m.Campaign.State == data.AwaitingApproval {
			return v.readWaiting(ctx, &m)
		}
		run, err := env.Store.CampaignRun(ctx, v.id)
		m.Run, m.Campaign = &run, &run.Campaign
		return err
	}, func(err error) {
		v.rest.After(env.After, took, v.reload)
		if err != nil {
			env.Fail(err, v.reload)
			return
		}
		before := v.model.Campaign
		m.Dry = v.model.Dry
		if m.Campaign.State != data.Draft || before != nil && before.SavedAt != m.Campaign.SavedAt {
			m.Dry = nil
		}
		v.model = m
		if m.Campaign.State == data.Draft && (m.Dry == nil || m.Dry.Took < quickDry) && !v.busy && !v.sending {
			v.examine()
		}
		v.show()
		v.tick()
	})
}

// quickDry is how long a dry run may have taken to be made anew whenever something changes, such as an opt-out; after a
// longer one there is a button.
const quickDry = 200 * time.Millisecond

// examine makes the dry run. One that shows already stays until the new one is there.
func (v *View) examine() {
	env, c := v.env, *v.model.Campaign
	d := &Dry{}
	if v.model.Dry != nil {
		d.Balance = v.model.Dry.Balance
	}
	v.busy = true
	stop := env.Tasks.Run(page.Task{
		Work: func(ctx context.Context, report page.Report) error {
			begun := v.rest.Begin()
			err := env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
				d.Caps = o.Provider.Capabilities()
				planner := o.Campaigns()
				if d.Review, err = planner.ReviewTelling(ctx, &c, func(done, of int) {
					report(page.Step{Share: float64(done) / float64(max(of, 1)), Note: env.T("review.examined", "done", done, "of", of)})
				}); err != nil {
					return err
				}
				if !d.Caps.FreeText {
					d.Templates, err = templatesOf(ctx, env, o.Provider.Name(), &c)
				}
				return err
			})
			d.Took, d.At = v.rest.Since(begun), env.Store.Now()
			return err
		},
		Progress: func(s page.Step) {
			if v.looking != nil {
				v.looking.progress(s)
			}
		},
		Done: func(err error) {
			v.busy, v.stop = false, nil
			v.rest.After(env.After, d.Took, v.reload)
			if data.CodeOf(err) == data.Cancelled {
				if v.visible { // it came into view again meanwhile
					v.reload()
				}
				return
			}
			if err != nil {
				d.Problem = err
			}
			if v.model.Dry.same(d) {
				v.model.Dry.At = d.At // what shows stays as it is
				v.show()
				return
			}
			v.model.Dry = d
			v.show()
			if err == nil {
				v.askBalance(d)
			}
		},
	})
	if v.busy {
		v.stop = stop
	}
}

// askBalance asks what is left on the account, where the provider tells. Nobody waits for it.
func (v *View) askBalance(d *Dry) {
	env := v.env
	if !d.Caps.Balance {
		return
	}
	var left *data.Cost
	page.Load(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) error {
			b, ok := o.Provider.(provider.Balancer)
			if !ok {
				return nil
			}
			amount, currency, err := b.Balance(ctx)
			if err != nil {
				return err
			}
			if micros, ok := microsOf(amount); ok {
				left = &data.Cost{Micros: micros, Currency: currency, Known: true}
			}
			return nil
		})
	}, func(err error) {
		// Not knowing the balance stops nobody: the shell tells of a provider in trouble.
		if err == nil && left != nil && v.model.Dry == d {
			d.Balance = left
			v.show()
		}
	})
}

// send freezes the audience. From then on it can be taken back for a minute.
func (v *View) send() {
	env, d := v.env, v.model.Dry
	if d == nil || d.Problem != nil || d.Goes() == 0 || v.sending {
		return
	}
	v.sending = true
	v.show()
	stop := env.Tasks.Run(page.Task{
		Name: env.T("review.task", "name", v.model.Campaign.Name),
		Work: func(ctx context.Context, report page.Report) error {
			return env.Engine.Use(ctx, func(o *sender.Opened) error {
				_, err := o.Campaigns().SendTelling(ctx, v.id, UndoFor, campaign.Tell(func(done, of int) {
					report(page.Step{Share: float64(done) / float64(max(of, 1)), Note: env.T("review.prepared", "done", done, "of", of)})
				}))
				return err
			})
		},
		Progress: func(s page.Step) {
			if v.ready != nil {
				v.ready.progress(s)
			}
		},
		Done: func(err error) {
			v.sending, v.stop = false, nil
			if err != nil {
				env.Fail(err, nil)
				v.model.Dry = nil
			}
			env.Engine.Wake()
			v.reload()
		},
	})
	if v.sending {
		v.stop = stop
	}
}

// show draws the model: what shows already is brought up to date.
func (v *View) show() {
	stage := v.model.Stage()
	if !v.drawn || stage != v.shown {
		v.drawn, v.shown = true, stage
		v.looking, v.ready, v.approval, v.undo, v.going = nil, nil, nil, nil, nil
		var body fyne.CanvasObject
		switch stage {
		case Looking:
			v.looking = newLookingView(v)
			body = v.looking.content
		case Ready:
			v.ready = newReadyView(v)
			body = v.ready.content
		case Undo, Later:
			v.undo = newUndoView(v)
			body = v.undo.content
		case Approval:
			v.approval = newApprovalView(v)
			body = v.approval.content
		default:
			v.going = newGoingView(v)
			body = v.going.content
		}
		v.body.Objects = []fyne.CanvasObject{body}
		v.body.Refresh()
		v.refocus() // what had the focus is gone
	}
	switch {
	case v.ready != nil:
		v.ready.show()
	case v.approval != nil:
		v.approval.show()
	case v.undo != nil:
		v.undo.show()
	case v.going != nil:
		v.going.show()
	}
	h := v.Header()
	if now := h.Title + "\x00" + h.Subtitle + string(rune(stage)); now != v.header {
		v.header = now
		v.env.HeaderChanged()
	}
}

// tick looks at the clock every second while something counts down.
func (v *View) tick() {
	if v.untick != nil || !v.visible {
		return
	}
	switch v.model.Stage() {
	case Undo, Going:
		v.untick = v.env.After(clockEvery, func() {
			v.untick = nil
			if v.undo != nil {
				v.undo.show()
				if v.undo.over() {
					v.Changed()
				}
			}
			if v.going != nil {
				v.Changed()
			}
			v.tick()
		})
	}
}

// refocus gives the focus to the page, so that Enter and Escape arrive.
func (v *View) refocus() {
	if !v.visible {
		return
	}
	if c := v.env.Canvas(); c != nil && c.Overlays().Top() == nil {
		c.Focus(v.keys)
	}
}

// enter leads to the main button; a second Enter presses it. Nothing is sent by one key.
func (v *View) enter() {
	var to *widget.Button
	switch {
	case v.ready != nil:
		to = v.ready.send
	case v.approval != nil:
		to = v.approval.main
	case v.undo != nil:
		to = v.undo.back
	case v.going != nil:
		to = v.going.main
	}
	if c := v.env.Canvas(); c != nil && to != nil && !to.Disabled() {
		c.Focus(to)
	}
}
