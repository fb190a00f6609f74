package review

import (
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// lookingView is the dry run under way.
type lookingView struct {
	bar     *widget.ProgressBar
	note    *widget.Text
	content fyne.CanvasObject
}

func newLookingView(v *View) *lookingView {
	l := &lookingView{bar: widget.NewProgressBar(), note: widget.Body("").In(theme.Ink2).Centered()}
	disc := widget.NewSoftPanel(widget.Brass, widget.NewIcon(icons.Bell, theme.Brass, 58)).Padded(23).Rounded(52)
	l.content = widget.NewPanel(widget.CenterColumn(0, widget.Spring(), disc,
		widget.Inset(20, 0, 0, 0, widget.Heading(v.env.T("review.looking"))),
		widget.Inset(20, 0, 0, 0, widget.Exactly(420, 8, l.bar)),
		widget.Inset(8, 0, 0, 0, widget.Exactly(420, 0, l.note)),
		widget.Inset(16, 0, 0, 0, widget.Secondary(v.env.T("common.cancel"), v.to.Back)),
		widget.Spring()))
	return l
}

func (l *lookingView) progress(s page.Step) {
	l.bar.SetShare(s.Share)
	l.note.SetText(s.Note)
}

// readyView is the dry run: figures, hours, who is left out, and the button that sends.
type readyView struct {
	v       *View
	dry     *Dry
	tiles   [4]*widget.StatTile // people, segments, cost, time
	left    *fyne.Container
	main    *fyne.Container
	checks  *fyne.Container
	send    *widget.Button
	bar     *widget.ProgressBar
	note    *widget.Paragraph
	whyHere fyne.CanvasObject // where the explanation hangs
	content fyne.CanvasObject
}

func newReadyView(v *View) *readyView {
	env := v.env
	r := &readyView{v: v, main: widget.Column(theme.Gap16), left: widget.Column(theme.Gap12), checks: widget.Column(theme.Gap8), bar: widget.NewProgressBar(), note: widget.NewParagraph("").Sized(theme.SizeCaption).Centered(), whyHere: widget.Exactly(1, 1, widget.Spring())}
	for i, key := range []string{"people", "segments", "cost", "time"} {
		r.tiles[i] = widget.NewStatTile(env.T("review.tile."+key), "").OnPanel()
	}
	r.send = widget.Primary("", v.send).Send().WithIcon(icons.Send)
	r.bar.Hide()
	links := widget.Row(theme.Gap8, widget.Spring(), widget.Quiet(env.T("review.change"), func() { v.to.Edit(v.id) }).WithIcon(icons.Edit), widget.Quiet(env.T("review.again"), v.again).WithIcon(icons.Refresh), widget.Spring())
	ready := widget.NewPanel(widget.Column(theme.Gap12, widget.Bold(env.T("review.ready")), r.checks, r.send, r.bar, r.note, links))
	side := widget.PageScroll(widget.Column(theme.Gap16, widget.Fill(widget.NewPanel(widget.Fill(r.left))), ready))
	r.content = widget.Column(theme.Gap16,
		widget.Grid(4, theme.Gap12, r.tiles[0], r.tiles[1], r.tiles[2], r.tiles[3]),
		widget.Fill(container.New(beside{}, widget.PageScroll(r.main), side)))
	return r
}

// again makes the dry run anew.
func (v *View) again() {
	if !v.busy && !v.sending {
		v.model.Dry = nil
		v.show()
		v.reload()
	}
}

func (r *readyView) progress(s page.Step) {
	r.bar.SetShare(s.Share)
	r.note.SetText(s.Note)
}

// show brings what shows up to date.
func (r *readyView) show() {
	v, d := r.v, r.v.model.Dry
	if r.dry != d {
		r.dry = d
		r.showMain()
		r.showLeftOut()
	}
	r.showTiles()
	r.showChecks()
	env := v.env
	r.send.SetText(sendText(v))
	if r.bar.Hidden = !v.sending; v.sending {
		r.bar.Show()
		r.send.SetText(env.T("review.sending"))
	}
	switch {
	case v.sending || d.Problem != nil || d.Goes() == 0:
		r.send.Disable()
	default:
		r.send.Enable()
		r.note.SetText(env.T("review.can_stop"))
	}
	if !v.sending && r.send.Disabled() {
		r.note.SetText(env.T("review.cant_send"))
	}
	r.content.Refresh()
}

// sendText names the result of pressing the button.
func sendText(v *View) string {
	env, d, c := v.env, v.model.Dry, v.model.Campaign
	n := d.Goes()
	switch {
	case c.At > env.Store.Now() || c.Local != "":
		return env.N("review.schedule", n)
	case !d.Caps.FreeText && !approved(v):
		return env.T("review.register")
	case d.Cost.Known && d.Cost.Micros > 0:
		return env.T("review.send_for", "n", n, "cost", env.Texts.Cost(d.Cost))
	}
	return env.N("review.send", n)
}

func (r *readyView) showTiles() {
	env, d := r.v.env, r.v.model.Dry
	t := env.Texts
	set := func(i int, number, note string) {
		r.tiles[i].SetNumber(number)
		r.tiles[i].SetNote(note)
	}
	people := env.N("review.of_group", d.Audience, "group", r.v.model.Campaign.GroupName)
	if r.v.model.Campaign.Group == "all" {
		people = env.N("review.of_all", d.Audience)
	}
	if len(r.v.model.Campaign.Variants) > 1 {
		var each []string
		for _, x := range r.v.model.Campaign.Variants {
			each = append(each, env.T("review.gets", "n", d.Variants[x.Name], "name", x.Name))
		}
		people = strings.Join(each, env.T("list.comma"))
	}
	set(0, t.Number(int64(d.Goes())), people)

	least, most := d.SegmentsFromTo()
	alphabet := env.T("review.plain")
	if d.Encodings["UCS-2"] > 0 {
		alphabet = env.T("review.unicode")
		if avoidable := d.Avoidable(); len(avoidable) > 0 {
			alphabet = env.T("review.culprits", "characters", strings.Join(avoidable[:min(len(avoidable), 6)], " "))
		}
	}
	each := env.T("review.segments_each", "n", most, "alphabet", alphabet)
	if least != most {
		each = env.T("review.segments_range", "least", least, "most", most, "alphabet", alphabet)
	}
	if d.Goes() == 0 {
		each = ""
	}
	set(1, t.Number(int64(d.Segments)), each)

	note := env.T("review.unpriced")
	if one, ok := d.Each(); ok {
		note = env.T("review.cost_each", "price", t.Price(one, d.Cost.Currency))
		if d.Balance != nil && d.Balance.Known {
			note = env.T("review.cost_balance", "price", t.Price(one, d.Balance.Currency), "balance", t.Cost(*d.Balance))
		}
	} else if d.Goes() == 0 {
		note = ""
	}
	r.tiles[2].In(theme.Ink)
	cost := t.Cost(d.Cost)
	switch {
	case d.Goes() == 0:
		cost = "–"
	case !d.Cost.Known:
		r.tiles[2].In(theme.Ink2)
	}
	set(2, cost, note)

	name := env.T("provider." + d.Provider + ".name")
	pace := env.T("review.no_rate", "provider", name)
	if d.Caps.RatePerSec > 0 {
		pace = env.T("review.rate", "provider", name, "rate", rateText(env, d.Caps.RatePerSec))
	}
	if d.Held > 0 {
		pace = env.N("review.later", d.Held, "pace", pace)
	}
	took := env.T("review.at_once")
	if d.Seconds > 0 {
		took = duration(env, time.Duration(d.Seconds)*time.Second)
	}
	if d.Now == 0 && len(d.HeldUntil) > 0 { // nothing goes before their hours open
		zone := env.Business.Location()
		first := d.HeldUntil[0].Until.In(zone)
		took, pace = t.Time(first), env.T("review.first_goes", "day", t.NearDay(first, env.Store.Now().In(zone)))
	}
	if c := r.v.model.Campaign; c.Local != "" { // at an hour of theirs
		if wall, err := data.ParseWall(c.Local); err == nil {
			took, pace = t.Time(wall), env.T("review.their_clock", "day", t.NearDay(wall, env.Store.Now().In(env.Business.Location())))
		}
	} else if c.At > env.Store.Now() && d.Now > 0 {
		zone := env.Business.Location()
		took, pace = t.Time(c.At.In(zone)), env.T("review.first_goes", "day", t.NearDay(c.At.In(zone), env.Store.Now().In(zone)))
	}
	set(3, took, pace)
}

// rateText writes texts a second: "1", "0.5".
func rateText(env *page.Env, rate float64) string {
	if rate == float64(int64(rate)) {
		return env.Texts.Number(int64(rate))
	}
	return env.Texts.Decimal(rate, 1)
}

// duration writes how long something takes, in minutes and seconds, or in hours and minutes.
func duration(env *page.Env, d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return env.T("review.took.s", "s", int(d/time.Second))
	case d < time.Hour:
		return env.T("review.took.ms", "m", int(d/time.Minute), "s", int(d%time.Minute/time.Second))
	}
	return env.T("review.took.hm", "h", int(d/time.Hour), "m", int(d%time.Hour/time.Minute))
}

// leftHigh is how much of the reasons always shows.
const leftHigh = 40

// leftIcons stand before the reasons why people are left out.
var leftIcons = map[string]*icons.Icon{
	"no_consent": icons.Consent, "basis_not_accepted": icons.Consent, "consent_expired": icons.Consent, "opted_out": icons.OptedOut, "suppressed": icons.OptedOut,
	"fictional": icons.Phone, "toll_free": icons.Phone, "no_window": icons.Time, "no_zone": icons.Place, "offer_over_before_hours": icons.Time, "cap": icons.Time, "placeholder_missing": icons.Question,
}

// leftText says in a few words why people are left out.
func leftText(env *page.Env, code string) string {
	if key := "review.left." + code; env.Texts.Has(key) {
		return env.T(key)
	}
	return reasonText(env, code)
}

func (r *readyView) showLeftOut() {
	v, d := r.v, r.v.model.Dry
	env := v.env
	r.left.RemoveAll()
	r.left.Add(widget.Column(0, widget.Row(theme.Gap8, widget.Fill(widget.Bold(env.N("review.left_out", d.Blocked)).Shorten()), widget.NewCaptionLink(env.T("review.why_these"), r.why)), r.whyHere))
	lines := widget.Column(0)
	for _, x := range MostFirst(d.Reasons) {
		icon := leftIcons[x.Code]
		if icon == nil {
			icon = icons.Refused
		}
		text := leftText(env, x.Code)
		row := widget.NewListRow(widget.Row(theme.Gap12, widget.NewIcon(icon, theme.Ink2, widget.IconNormal), widget.Fill(widget.Body(text).Shorten()),
			widget.Bold(env.Texts.Number(int64(x.N))), widget.NewIcon(icons.Next, theme.Ink2, widget.IconSmall)), func() {
			env.GoTo(page.Contacts, page.ToPeople{Title: env.T("review.people_title", "n", x.N, "reason", text), IDs: d.Left[x.Code]})
		}).Tall(32).Padded(4)
		row.SetTip(reasonText(env, x.Code))
		lines.Add(row)
	}
	if d.Blocked == 0 {
		lines.Add(widget.NewParagraph(env.T("review.nobody_left_out")).Sized(theme.SizeCaption))
	}
	r.left.Add(widget.Fill(widget.Sized(0, leftHigh, container.NewVScroll(lines))))
	r.left.Refresh()
}

// why explains where the reasons come from.
func (r *readyView) why() {
	env, d := r.v.env, r.v.model.Dry
	group := r.v.model.Campaign.GroupName
	if r.v.model.Campaign.Group == "all" {
		group = env.T("campaigns.everybody")
	}
	widget.Explain(r.whyHere, env.T("review.why.title"), env.T("review.why.rule"), env.T("review.why.again"),
		env.T("review.why.data", "group", group, "audience", d.Audience, "now", d.Now, "held", d.Held, "blocked", d.Blocked))
}

// A check is one line above the button.
type check struct {
	icon *icons.Icon
	tone fyne.ThemeColorName
	text string
}

func (x check) line() fyne.CanvasObject {
	return widget.TopRow(theme.Gap8, widget.Inset(2, 0, 0, 0, widget.NewIcon(x.icon, x.tone, widget.IconNormal)), widget.Fill(widget.NewParagraph(x.text).In(theme.Ink)))
}

func (r *readyView) showChecks() {
	v, d, c := r.v, r.v.model.Dry, r.v.model.Campaign
	env := v.env
	r.checks.RemoveAll()
	add := func(x check) { r.checks.Add(x.line()) }
	if d.Problem != nil {
		add(check{icons.Warning, theme.Danger, env.Texts.Error(d.Problem)})
		r.checks.Refresh()
		return
	}
	if d.Goes() == 0 {
		add(check{icons.Warning, theme.Warn, env.T("error.nobody")})
		r.checks.Refresh()
		return
	}
	good := func(key string, pairs ...any) { add(check{icons.Complete, theme.OK, env.T(key, pairs...)}) }
	if d.Practice {
		add(check{icons.Reminder, theme.Warn, env.T("practice.label")})
	}
	good("review.check.once")
	if c.Offer != nil {
		good("review.check.codes", "n", d.Goes())
	}
	if c.Kind == data.Marketing {
		good("review.check.opt_out")
	}
	for _, x := range templateChecks(v) {
		add(x)
	}
	if left, ok := d.After(); ok {
		x := check{icons.About, theme.Info, env.T("review.check.balance", "balance", env.Texts.Cost(left))}
		if left.Micros < 0 {
			x = check{icons.Warning, theme.Warn, env.T("review.check.balance_low", "balance", env.Texts.Cost(*d.Balance), "cost", env.Texts.Cost(d.Cost))}
		}
		add(x)
	}
	r.checks.Refresh()
}
