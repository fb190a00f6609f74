// Package compose is where a campaign is written: what it is for and what it
// offers, to whom, in which words, and when. What the engine makes of it shows
// beside it, with real people; the draft saves itself.
package compose

import (
	"context"
	"slices"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/campaigns/steps"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Leads are the ways out of the view.
type Leads struct {
	Back   func()
	Review func(data.CampaignID)
}

// View is the composer of one draft.
type View struct {
	env     *page.Env
	id      data.CampaignID
	to      Leads
	content *fyne.Container
	review  *widget.Button
	stepper *widget.Stepper

	form     Form
	loaded   bool
	savedAt  data.Instant
	provider string // for which it was stored
	back     string // why it is a draft again, after it was to be sent; a code
	touched  bool   // something was typed or chosen since it was opened
	dirty    bool   // not stored yet
	waits    bool   // to be stored soon
	saver    page.Latest
	own      bool // the next change in the store is ours
	shown    bool
	filling  bool              // fields are being filled, nobody types
	typed    map[string]func() // read a field that tells of a change only when it is left
	stopTick func()

	problems []Problem
	plan     Plan
	planned  bool // there is a plan, of whatever moment
	stale    bool // the form has changed since
	fix      *Fix
	planner  page.Latest
	peeker   page.Latest
	drop     context.CancelFunc // ends the plan that is being worked out
	mender   page.Latest
	stopPlan func()
	person   int
	variant  int // 0 for A, 1 for B

	groups []audience
	saved  []store.SavedText
	phone  string // for tests

	terms   *terms
	crowd   *crowd
	message *message
	meters  *meters
	when    *when
	phoneUI *preview
	list    *checklist
}

// New makes the view of a draft. It is read when the view shows.
func New(env *page.Env, id data.CampaignID, to Leads) *View {
	v := &View{env: env, id: id, to: to, content: container.NewStack(), typed: map[string]func(){}}
	v.stepper = steps.Stepper(env, steps.Writing)
	v.review = widget.Primary(env.T("compose.review"), v.toReview).WithIconAfter(icons.Forward)
	v.review.Disable()
	return v
}

// Content is the page.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Header is the name of the campaign, and how safe it is.
func (v *View) Header() page.Header {
	h := page.Header{Title: v.form.Name, Subtitle: v.subtitle(), Back: v.to.Back}
	if h.Title == "" {
		h.Title = v.env.T("compose.untitled")
	}
	h.Actions = []fyne.CanvasObject{v.stepper, v.review}
	return h
}

// subtitle tells when the draft was stored, and what it is.
func (v *View) subtitle() string {
	if !v.loaded {
		return ""
	}
	saved := v.env.T("compose.saved_now")
	switch since := v.env.Store.Now().Sub(v.savedAt); {
	case v.dirty:
		saved = v.env.T("compose.saving")
	case since >= 5*time.Second:
		saved = v.env.T("compose.saved", "ago", v.env.Texts.Span(since.Round(time.Second)))
	}
	what := "compose.what.news"
	switch {
	case v.form.Offer != "":
		what = "compose.what.coupon"
	case kindOf(&v.form) == data.Notice:
		what = "compose.what.notice"
	}
	return saved + " · " + v.env.T(what)
}

// Shown reads the draft, or brings what the engine says of it up to date.
func (v *View) Shown() {
	v.shown = true
	v.tick()
	if v.loaded {
		v.replan()
		return
	}
	v.load()
}

// Hidden stores what was typed.
func (v *View) Hidden() {
	v.shown = false
	if v.stopTick != nil {
		v.stopTick()
	}
	v.save(nil)
}

// Changed looks at the audience again, after a while.
func (v *View) Changed() {
	if v.own {
		v.own = false
		return
	}
	if v.loaded && v.stopPlan == nil {
		v.planAfter(3 * time.Second)
	}
}

// Escape goes back to the list.
func (v *View) Escape() bool {
	v.to.Back()
	return true
}

// Form is what was typed, to be handed to the view in another language.
func (v *View) Form() (f Form, ok bool) { return v.form, v.loaded }

// Take goes on with a form that another building of the view had.
func (v *View) Take(f Form) {
	v.form, v.loaded, v.dirty, v.touched = f, true, true, true
	v.build()
	v.save(nil)
}

// tick keeps "saved 11 seconds ago" true.
func (v *View) tick() {
	v.stopTick = v.env.After(10*time.Second, func() {
		if v.shown {
			v.env.HeaderChanged()
			v.tick()
		}
	})
}

// load reads the draft.
func (v *View) load() {
	var c *data.Campaign
	page.Load(v.env.Tasks, func(ctx context.Context) (err error) {
		c, err = v.env.Store.Campaign(ctx, v.id)
		return err
	}, func(err error) {
		if err != nil {
			v.env.Fail(err, v.load)
			v.content.Objects = []fyne.CanvasObject{container.NewCenter(widget.NewEmptyState(v.env.T("compose.gone"), v.env.Texts.Error(err), widget.Primary(v.env.T("common.back"), v.to.Back), nil))}
			v.content.Refresh()
			return
		}
		v.form, v.savedAt, v.loaded, v.provider = read(c, &v.env.Business), c.SavedAt, true, c.Provider
		if c.Reason != data.Unfinished {
			v.back = c.Reason
		}
		if v.savedAt == 0 {
			v.savedAt = c.CreatedAt
		}
		v.build()
	})
	v.loadAside()
}

// loadAside reads what can be chosen from: groups, texts that were kept.
func (v *View) loadAside() {
	env := v.env
	var groups []audience
	var saved []store.SavedText
	var number string
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		if groups, err = audiences(ctx, env.Store, env.T); err != nil {
			return err
		}
		if saved, err = env.Store.SavedTexts(ctx); err != nil {
			return err
		}
		_, err = env.Store.Setting(ctx, settingTestPhone, &number)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, v.loadAside)
			return
		}
		v.groups, v.saved, v.phone = groups, saved, number
		if v.crowd != nil {
			v.crowd.show()
		}
	})
}

// settingTestPhone is where the number for tests is remembered.
const settingTestPhone = "test_phone"

// build makes the three columns.
func (v *View) build() {
	v.filling = true
	v.terms, v.crowd, v.message, v.meters, v.when = newTerms(v), newCrowd(v), newMessage(v), newMeters(v), newWhen(v)
	v.phoneUI, v.list = newPreview(v), newChecklist(v)
	middle := widget.NewPanel(widget.Column(12, v.message.content, v.meters.content, widget.Divider(), v.message.ab, v.when.content))
	v.content.Objects = []fyne.CanvasObject{container.New(columns{},
		scrolled(widget.Column(16, v.terms.content, v.crowd.content)),
		scrolled(middle),
		scrolled(widget.Column(16, v.phoneUI.content, v.list.content)),
	)}
	v.content.Refresh()
	v.filling = false
	v.show()
	v.env.HeaderChanged()
	v.replan()
	if c := v.env.Canvas(); c != nil && v.shown && c.Overlays().Top() == nil {
		c.Focus(v.terms.first)
		if strings.TrimSpace(v.form.Texts[0]+v.form.Texts[1]) == "" {
			v.terms.first.TypedShortcut(&fyne.ShortcutSelectAll{}) // whoever has a better name types it
		}
	}
}

// edit is called whenever something was typed or chosen.
func (v *View) edit() {
	if v.filling || !v.loaded {
		return
	}
	first := !v.dirty
	v.stale, v.touched, v.back = true, true, ""
	v.saveSoon()
	v.planAfter(350 * time.Millisecond)
	v.show()
	if first {
		v.env.HeaderChanged()
	}
}

// saveSoon stores the draft half a second from now, however fast somebody types.
func (v *View) saveSoon() {
	v.dirty = true
	if !v.waits {
		v.waits = true
		v.env.After(500*time.Millisecond, func() { v.save(nil) })
	}
}

// Untouched tells whether nothing was typed or chosen since the draft was
// opened.
func (v *View) Untouched() bool { return v.loaded && !v.touched }

// campaign is the form as a campaign.
func (v *View) campaign() (data.Campaign, []Problem) {
	for _, read := range v.typed {
		read()
	}
	c, problems := v.form.Campaign(&v.env.Business, v.env.Clock().In(v.env.Business.Location()), v.env.Texts)
	c.ID = v.id
	return c, problems
}

// save stores the draft, and then goes on.
func (v *View) save(then func()) {
	v.waits = false
	if !v.loaded || !v.dirty {
		if then != nil && v.loaded {
			then()
		}
		return
	}
	env := v.env
	c, _ := v.campaign()
	c.Form = v.form.encode()
	v.dirty = false
	v.saver.Run(env.Tasks, func(ctx context.Context) (err error) {
		ctx = context.WithoutCancel(ctx) // it is short, and what was typed is kept also when the window closes
		if c.Provider, err = env.Store.Provider(ctx); err != nil {
			return err
		}
		c.Practice = c.Provider == "practice"
		return env.Store.UpdateDraft(ctx, &c)
	}, func(err error) {
		if err != nil {
			v.dirty = true
			env.Fail(err, func() { v.save(then) })
			return
		}
		v.own, v.savedAt, v.provider = true, c.SavedAt, c.Provider
		if v.shown {
			env.HeaderChanged()
		}
		if then != nil {
			then()
		}
	})
}

// soonLooked is how many people are looked through in a moment. With more, what
// the text says shows before what it comes to.
const soonLooked = 2000

// show draws everything from the form and the last plan.
func (v *View) show() {
	if v.terms == nil {
		return
	}
	_, v.problems = v.campaign()
	v.terms.show()
	v.crowd.show()
	v.message.show()
	v.meters.show()
	v.when.show()
	v.phoneUI.show()
	v.list.show()
	if why := v.blocked(); why != "" {
		v.review.Disable()
		v.review.SetTip(why)
	} else {
		v.review.Enable()
		v.review.SetTip("")
	}
}

// blocked is the first reason why the campaign can't be reviewed; "" when it can.
func (v *View) blocked() string {
	if all := v.reasons(); len(all) > 0 {
		return all[0]
	}
	if !v.planned {
		return v.env.T("compose.looking")
	}
	return ""
}

// reasons say what is missing or wrong, each in a sentence.
func (v *View) reasons() []string {
	var all []string
	for _, p := range v.problems {
		all = append(all, v.env.T(p.Key, p.Args...))
	}
	if v.planned && v.plan.Wrong != nil && len(all) == 0 {
		all = append(all, v.env.Texts.Error(v.plan.Wrong))
	}
	if v.planned && v.plan.Reviewed && len(v.plan.Recipients) == 0 && len(all) == 0 {
		all = append(all, v.env.T("compose.problem.nobody"))
	}
	return all
}

// problem is what is wrong with a field, "" when nothing is.
func (v *View) problem(field string) string {
	if i := slices.IndexFunc(v.problems, func(p Problem) bool { return p.Field == field }); i >= 0 {
		return v.env.T(v.problems[i].Key, v.problems[i].Args...)
	}
	return ""
}

// toReview stores the draft and opens the review.
func (v *View) toReview() {
	if v.blocked() != "" {
		return
	}
	v.save(func() { v.to.Review(v.id) })
}
