package compose

import (
	"context"
	"time"

	"counterbell/sender"
)

// planAfter asks the engine when nobody has typed for a while.
func (v *View) planAfter(pause time.Duration) {
	if v.stopPlan != nil {
		v.stopPlan()
	}
	v.stopPlan = v.env.After(pause, v.replan)
}

// replan asks the engine now.
func (v *View) replan() {
	if v.stopPlan != nil {
		v.stopPlan()
		v.stopPlan = nil
	}
	if !v.loaded {
		return
	}
	env := v.env
	c, _ := v.campaign()
	w := want{campaign: c, chosen: v.form.Chosen, person: v.person, variant: v.shownVariant()}
	if v.planned && len(v.plan.Recipients) > soonLooked && v.plan.Campaign.Group == c.Group && v.plan.Campaign.Kind == c.Kind {
		w.known = v.plan.Recipients
		v.peek(w)
	}
	if v.drop != nil {
		v.drop() // nobody wants to know any more what the text before would have cost
	}
	base, drop := context.WithCancel(context.Background())
	v.drop = drop
	var p Plan
	v.planner.Run(env.Tasks, func(ctx context.Context) error {
		ctx, end := context.WithCancel(ctx)
		defer end()
		defer context.AfterFunc(base, end)()
		return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			p, err = plan(ctx, env.Store, o, w)
			return err
		})
	}, func(err error) {
		if base.Err() != nil {
			return // another plan is on its way
		}
		drop()
		v.drop = nil
		if err != nil {
			env.Fail(err, v.replan)
			return
		}
		v.plan, v.planned, v.stale = p, true, v.stopPlan != nil
		before := v.form.Templates
		for i, r := range p.Registered {
			v.form.Templates[i] = ""
			if r.Known {
				v.form.Templates[i] = r.Of.ID
			}
		}
		if v.form.Templates != before || v.provider != p.Provider {
			v.saveSoon() // it was stored for another provider, or before the text was registered
		}
		if n := len(p.Recipients); v.person >= n {
			v.person = max(n-1, 0)
		}
		v.mend()
		v.show()
	})
}

// peek shows how a text reads, while the figures of a large audience are still
// being worked out.
func (v *View) peek(w want) {
	env := v.env
	var p Plan
	v.peeker.Run(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			p, err = look(ctx, o, w)
			return err
		})
	}, func(err error) {
		if err != nil || v.drop == nil {
			return // the plan says what is wrong, or was quicker
		}
		v.plan.Wrong, v.plan.Added, v.plan.Registered, v.plan.Preview = p.Wrong, p.Added, p.Registered, p.Preview
		v.show()
	})
}

// mend asks what other characters would bring.
func (v *View) mend() {
	p := v.plan
	if v.stale {
		return
	}
	if !p.mends() {
		v.fix = nil
		return
	}
	env := v.env
	var f *Fix
	v.mender.Run(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			f, err = mend(ctx, o, p)
			return err
		})
	}, func(err error) {
		if env.Fail(err, nil); err == nil {
			v.fix = f
			v.show()
		}
	})
}

// shownVariant is the wording that is being written: "A" or "B".
func (v *View) shownVariant() string {
	if v.form.AB && v.variant == 1 {
		return "B"
	}
	return "A"
}
