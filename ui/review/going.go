package review

import (
	"context"
	"reflect"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// goingView is how far a campaign is: a bar of its people by state, how fast it goes, and what holds the others.
type goingView struct {
	v       *View
	head    *widget.Text
	line    *widget.Text
	state   *widget.Pill
	bar     *widget.ShareBar
	legend  *fyne.Container
	tiles   [4]*widget.StatTile // handed over, rate, time left, next
	halt    *fyne.Container     // why it is paused, and what to do
	waits   *fyne.Container
	buttons *fyne.Container
	main    *widget.Button
	drawn   string // what the buttons and the banner were made for
	others  []store.CampaignWait
	refused []store.CampaignReason
	unsure  int
	content fyne.CanvasObject
}

func newGoingView(v *View) *goingView {
	env := v.env
	g := &goingView{
		v: v, head: widget.Heading("").Shorten(), line: widget.Body("").In(theme.Ink2).Shorten(), state: widget.NewPill(widget.Neutral, nil, ""), bar: widget.NewShareBar(20),
		legend: widget.Flow(theme.Gap16), halt: widget.Column(0), waits: widget.Column(0), buttons: widget.Row(theme.Gap12),
	}
	for i, key := range []string{"handed", "rate", "left", "next"} {
		g.tiles[i] = widget.NewStatTile(env.T("review.run."+key), "").OnPanel()
	}
	top := widget.NewPanel(widget.Column(theme.Gap16,
		widget.Row(theme.Gap12, widget.Fill(widget.Column(2, g.head, g.line)), g.state, g.buttons), g.bar, g.legend)).Padded(theme.Gap24)
	g.content = widget.PageScroll(widget.Column(theme.Gap16, top, g.halt,
		widget.Grid(4, theme.Gap12, g.tiles[0], g.tiles[1], g.tiles[2], g.tiles[3]),
		widget.NewPanel(g.waits)))
	return g
}

// tones are how the word beside a campaign's name shows.
var tones = map[data.CampaignState]widget.Tone{data.Running: widget.Accent, data.Paused: widget.Warn, data.Stopped: widget.Neutral, data.Done: widget.OK}

func (g *goingView) show() {
	v, run := g.v, g.v.model.Run
	env, c := v.env, v.model.Campaign
	parts := Parts(run)
	bar := make([]widget.SharePart, len(parts))
	g.legend.RemoveAll()
	for i, p := range parts {
		bar[i] = widget.SharePart{N: p.N, Color: p.Color}
		if p.N > 0 {
			g.legend.Add(widget.Row(6, widget.Exactly(10, 10, widget.Surface(p.Color, nil).Rounded(5)), widget.Caption(env.T("review.part."+p.Key)), widget.Bold(env.Texts.Number(int64(p.N)))))
		}
	}
	g.bar.Set(bar)
	g.legend.Refresh()
	n, of := run.Handed(), run.Audience-run.States[data.Blocked]
	g.head.SetText(env.T("review.handed_of", "n", n, "of", of))
	g.line.SetText(g.sentence())
	g.state.Set(tones[c.State], nil, env.T("review.state."+string(c.State)))
	g.showTiles()
	if !reflect.DeepEqual([]any{g.others, g.refused, g.unsure}, []any{run.Waits, run.Reasons, run.Unknown}) || len(g.waits.Objects) == 0 { // what the pointer is on stays
		g.others, g.refused, g.unsure = run.Waits, run.Reasons, run.Unknown
		g.showWaits()
	}
	if now := string(c.State) + c.Reason; now != g.drawn {
		g.drawn = now
		g.showButtons()
		g.showHalt()
	}
	g.content.Refresh()
}

// sentence says what happens now.
func (g *goingView) sentence() string {
	env, run := g.v.env, g.v.model.Run
	switch g.v.model.Stage() {
	case Halted:
		return reasonText(env, g.v.model.Campaign.Reason)
	case Ended:
		if n := run.States[data.MsgCancelled]; g.v.model.Campaign.State == data.Stopped {
			return env.N("review.was_stopped", n)
		}
		return env.T("review.was_done")
	}
	if run.Due == 0 && run.Next != 0 && run.States[data.Sending]+run.States[data.Claimed] == 0 {
		return env.N("review.waiting_hours", run.Unsent())
	}
	return env.T("review.under_way")
}

func (g *goingView) showTiles() {
	env, run := g.v.env, g.v.model.Run
	t, zone := env.Texts, env.Business.Location()
	set := func(i int, number, note string) {
		g.tiles[i].SetNumber(number)
		g.tiles[i].SetNote(note)
	}
	set(0, t.Percent(Share(run), 0), env.N("review.unsent", run.Unsent()))
	stage := g.v.model.Stage()
	pace := Pace(run)
	rate, note := "–", ""
	if stage == Going && pace > 0 {
		rate, note = rateText(env, float64(int64(pace*10+0.5))/10), env.T("review.run.rate_note")
	}
	set(1, rate, note)
	left, note := "–", ""
	if d, ok := Left(run, 0); stage == Going && ok {
		if left = duration(env, d); d > 0 {
			note = env.T("review.run.left_note", "time", t.Time(run.At.Add(d).In(zone)))
		} else {
			left, note = env.T("review.run.nothing_due"), ""
		}
	}
	set(2, left, note)
	next, note := "–", ""
	if stage != Ended && run.Next != 0 {
		at := run.Next.In(zone)
		next, note = t.Time(at), env.T("review.run.next_note", "day", t.NearDay(at, run.At.In(zone)), "zone", zone.String())
	}
	set(3, next, note)
}

// showWaits lists why messages are held, and who doesn't get one. Each line leads to its people.
func (g *goingView) showWaits() {
	env, run := g.v.env, g.v.model.Run
	zone := env.Business.Location()
	g.waits.RemoveAll()
	g.waits.Add(widget.Inset(0, 0, theme.Gap8, 0, widget.Bold(env.T("review.others"))))
	line := func(icon *icons.Icon, color fyne.ThemeColorName, text, detail string, n int, press func()) {
		g.waits.Add(widget.NewListRow(widget.Row(theme.Gap12, widget.NewIcon(icon, color, widget.IconNormal), widget.Fill(widget.Body(text).Shorten()), widget.Caption(detail),
			widget.Bold(env.Texts.Number(int64(n))), widget.NewIcon(icons.Next, theme.Ink2, widget.IconSmall)), press).Tall(36).Padded(4))
	}
	for _, w := range run.Waits {
		at := w.Until.In(zone)
		line(icons.Waiting, theme.Brass, reasonText(env, w.Reason), env.T("review.until", "day", env.Texts.NearDay(at, run.At.In(zone)), "time", env.Texts.Time(at)), w.People,
			func() { g.v.people(data.Held, w.Reason, w.People) })
	}
	if run.Unknown > 0 {
		line(icons.Question, theme.Warn, env.T("report.line.unknown"), env.T("review.unknown_note"), run.Unknown, func() { g.v.to.Result(g.v.id) })
	}
	for _, x := range run.Reasons {
		line(icons.Refused, theme.Ink2, reasonText(env, x.Reason), env.T("report.message."+string(x.State)), x.People, func() { g.v.people(x.State, x.Reason, x.People) })
	}
	if len(g.waits.Objects) == 1 {
		g.waits.Add(widget.Caption(env.T("review.no_others")))
	}
	g.waits.Refresh()
}

// people leads to those of a state and reason, on Contacts.
func (v *View) people(state data.MessageState, reason string, n int) {
	env := v.env
	var ids []data.ContactID
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		ids, err = env.Store.CampaignContacts(ctx, v.id, state, reason)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		env.GoTo(page.Contacts, page.ToPeople{Title: env.T("review.people_title", "n", n, "reason", leftText(env, reason)), IDs: ids})
	})
}

func (g *goingView) showButtons() {
	v := g.v
	env := v.env
	g.buttons.RemoveAll()
	g.main = nil
	stop := widget.Destructive(env.T("review.stop"), v.askStop).WithIcon(icons.Stop)
	switch v.model.Stage() {
	case Going:
		g.main = widget.Secondary(env.T("review.pause"), v.pause).WithIcon(icons.Pause)
		g.buttons.Add(g.main)
		g.buttons.Add(stop)
	case Halted:
		g.main = widget.Primary(env.T("review.resume"), v.resume).WithIcon(icons.Play)
		g.buttons.Add(stop)
		g.buttons.Add(g.main)
	case Ended:
		g.main = widget.Primary(env.T("review.results"), func() { v.to.Result(v.id) }).WithIconAfter(icons.Forward)
		g.buttons.Add(g.main)
	}
	g.buttons.Refresh()
}

// A fix is what helps when a campaign paused by itself.
type fix struct {
	key     string // of the advice: "review.fix.KEY"
	section string // of Settings, where it is mended; "" for none
}

// fixes are by the reason of the pause; those of templates and relays by its beginning.
var fixes = map[string]fix{
	"auth": {"account", "provider"}, "config": {"account", "provider"}, "sender": {"sender", "sender"}, "credit": {"credit", "provider"}, "rejected_in_a_row": {"refused", ""},
	"provider_changed": {"provider", "provider"}, "links_unreachable": {"relay", "relay"}, "relay_page": {"page", ""}, "no_opt_out_way": {"relay", "relay"}, "brand_wanted": {"brand", "business"},
	"reply_unread": {"relay", "relay"}, "by_user": {"by_user", ""},
}

func fixOf(reason string) fix {
	if f, ok := fixes[reason]; ok {
		return f
	}
	return fix{key: "other"}
}

// showHalt says why it is paused and what to do.
func (g *goingView) showHalt() {
	v := g.v
	env, c := v.env, v.model.Campaign
	g.halt.RemoveAll()
	if c.State == data.Paused {
		f := fixOf(c.Reason)
		var buttons []*widget.Button
		if f.section != "" {
			buttons = append(buttons, widget.Secondary(env.T("review.to_settings"), func() { env.GoTo(page.Settings, page.ToSettings{Section: f.section}) }))
		}
		text := env.T("review.halted", "reason", reasonText(env, c.Reason), "fix", env.T("review.fix."+f.key))
		g.halt.Add(widget.NewBanner(widget.Warn, icons.Pause, text, buttons...))
	}
	g.halt.Hidden = len(g.halt.Objects) == 0
	g.halt.Refresh()
}

// reasonText says a reason's code in words.
func reasonText(env *page.Env, code string) string {
	return report.Reason{Code: code}.Text(env.Texts)
}

// clockEvery is how often what counts down is drawn.
const clockEvery = time.Second
