// Package result is what came of a campaign: how many got, opened and used it,
// which wording did better, what it cost and brought, and what became of each
// person, those in doubt too.
package result

import (
	"context"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/campaigns/steps"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Leads are the ways from here to the other views of a campaign.
type Leads struct {
	Back   func()
	Again  func(data.CampaignID)
	Missed func(data.CampaignID) // again, to those whom it didn't reach
}

// View is the result of one campaign.
type View struct {
	env     *page.Env
	id      data.CampaignID
	to      Leads
	model   Model
	load    page.Latest
	rest    page.Rest
	visible bool
	content *fyne.Container
	board   *board
	header  string
}

var _ steps.View = (*View)(nil)

// New makes the view. It loads when it is shown.
func New(env *page.Env, id data.CampaignID, to Leads) *View {
	v := &View{env: env, id: id, to: to, content: container.NewStack()}
	env.After(300*time.Millisecond, func() {
		if v.board == nil && len(v.content.Objects) == 0 {
			v.content.Objects = []fyne.CanvasObject{waiting()}
			v.content.Refresh()
		}
	})
	return v
}

// Content is the view.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown loads the figures.
func (v *View) Shown() {
	v.visible = true
	v.reload()
}

// Hidden is told that another view comes.
func (v *View) Hidden() { v.visible = false }

// Changed loads them again, or does so after the rest.
func (v *View) Changed() {
	if !v.rest.Wait() {
		v.reload()
	}
}

// Escape empties the search, or goes back to the list.
func (v *View) Escape() bool {
	if v.board != nil && v.board.people.clear() {
		return true
	}
	v.to.Back()
	return true
}

// FocusSearch leads to the field that finds people.
func (v *View) FocusSearch() {
	if c := v.env.Canvas(); c != nil && v.board != nil {
		c.Focus(v.board.people.search)
	}
}

// Header says which campaign this is, when it went out, and what it cost and brought.
func (v *View) Header() page.Header {
	env := v.env
	h := page.Header{Title: env.T("result.title"), Back: v.to.Back}
	r := v.model.Report
	if r == nil {
		return h
	}
	h.Title, h.Subtitle = r.Campaign.Name, v.subtitle()
	if r.Practice {
		h.Actions = append(h.Actions, widget.NewPill(widget.Brass, icons.Reminder, env.T("report.practice_label")))
	}
	var export *widget.Button
	export = widget.Secondary(env.T("result.export"), func() { v.export(export) }).WithIcon(icons.Download)
	h.Actions = append(h.Actions, export)
	var again *widget.Button
	again = widget.Primary(env.T("result.again"), func() { v.again(again) }).WithIcon(icons.Repeat)
	h.Actions = append(h.Actions, again)
	return h
}

// again runs it again: to everybody, or where there are such people to those whom it didn't reach.
func (v *View) again(at fyne.CanvasObject) {
	if ways := v.againTo(); len(ways) > 1 {
		widget.ShowMenu(at, ways)
	} else {
		ways[0].Do()
	}
}

// againTo are the people whom it can go to again.
func (v *View) againTo() []widget.MenuItem {
	env := v.env
	ways := []widget.MenuItem{{Text: env.T("result.again.all"), Detail: env.T("result.again.all_note"), Icon: icons.Contacts, Do: func() { v.to.Again(v.id) }}}
	if missed := v.model.Missed(); missed > 0 {
		ways = append(ways, widget.MenuItem{Text: env.N("result.again.missed", missed), Detail: env.T("result.again.missed_note"), Icon: icons.Close, Do: func() { v.to.Missed(v.id) }})
	}
	return ways
}

func (v *View) subtitle() string {
	env, r := v.env, v.model.Report
	c, t := r.Campaign, env.Texts
	zone := env.Business.Location()
	parts := []string{env.N("result.sent_to", r.Funnel.Sent, "day", t.NearDay(c.SentAt.In(zone), env.Store.Now().In(zone)))}
	if r.Funnel.Sent == 0 {
		parts[0] = env.T("report.subtitle.draft")
	}
	if c.Offer != nil && c.Offer.ValidTo != "" {
		parts = append(parts, env.T("result.runs_until", "day", t.WeekdayDay(c.Offer.ValidTo.Start(time.UTC))))
	}
	parts = append(parts, env.T("report.note.times", "zone", zone.String()))
	return strings.Join(parts, " · ")
}

// reload reads the figures and everybody's fate.
func (v *View) reload() {
	env, words := v.env, v.model.Words
	var r *report.Report
	var run store.CampaignRun
	var all, found []store.MessageFate
	var doubt Doubt
	var took time.Duration
	v.load.Run(env.Tasks, func(ctx context.Context) (err error) {
		begun := v.rest.Begin()
		defer func() { took = v.rest.Since(begun) }()
		if r, err = report.Read(ctx, env.Store, report.Question{Campaign: v.id}); err != nil {
			return err
		}
		if run, err = env.Store.CampaignRun(ctx, v.id); err != nil {
			return err
		}
		if all, err = env.Store.CampaignFates(ctx, v.id, ""); err != nil {
			return err
		}
		if found = all; words != "" {
			if found, err = env.Store.CampaignFates(ctx, v.id, words); err != nil {
				return err
			}
		}
		if r.Funnel.Unknown > 0 {
			doubt = readDoubt(ctx, env, r.Campaign)
		}
		return nil
	}, func(err error) {
		v.rest.After(env.After, took, v.reload)
		if err != nil {
			env.Fail(err, v.reload)
			return
		}
		m := &v.model
		before := m.Report
		m.Report, m.Run, m.Doubt = r, run, doubt
		m.SetAll(all)
		changed := words == m.Words // else the search that is under way brings its own
		if changed {
			m.SetFates(found)
		}
		v.show(before, changed)
	})
}

// readDoubt finds out how texts in doubt can be cleared up. Not knowing is no error: a person can still decide.
func readDoubt(ctx context.Context, env *page.Env, c *data.Campaign) (d Doubt) {
	if entry, err := catalog.Find(c.Provider); err == nil {
		d.Console = entry.Console
	}
	_ = env.Engine.Use(ctx, func(o *sender.Opened) error {
		if o.Provider.Name() != c.Provider {
			return nil
		}
		doubts, err := env.Store.Doubts(ctx, c.ID, c.Provider, 0, 200)
		d.CanAsk = err == nil && o.CanAsk(doubts)
		return err
	})
	return d
}

// show draws the figures, as little anew as can be.
func (v *View) show(before *report.Report, changed bool) {
	if v.board == nil || v.board.shape != shapeOf(v.model.Report) {
		var p *people
		if v.board != nil {
			p = v.board.people // a search goes on
		}
		v.board = newBoard(v, p)
		v.content.Objects = []fyne.CanvasObject{v.board.content}
		before, changed = nil, true
	}
	v.board.show(before)
	v.board.people.show(changed)
	if before == nil {
		v.content.Refresh()
	}
	h := v.Header()
	if now := h.Title + "\x00" + h.Subtitle; now != v.header {
		v.header = now
		v.env.HeaderChanged()
	}
}

// waiting stands where the figures will.
func waiting() fyne.CanvasObject {
	bars := widget.Column(theme.Gap16)
	for _, w := range []float32{240, 480, 360} {
		bars.Add(widget.Row(0, widget.Skeleton(w, 14), widget.Spring()))
	}
	return widget.NewPanel(bars)
}
