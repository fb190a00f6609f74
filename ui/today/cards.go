package today

import (
	"context"
	"fmt"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// needLooks are how needs show.
var needLooks = map[NeedKind]struct {
	tone widget.Tone
	icon *icons.Icon
}{
	NeedPaused:  {widget.Danger, icons.Warning},
	NeedUnclear: {widget.Info, icons.Unclear},
	NeedNoPhone: {widget.Warn, icons.Phone},
	NeedUnknown: {widget.Warn, icons.Question},
	NeedRows:    {widget.Warn, icons.Spreadsheet},
	NeedFailed:  {widget.Warn, icons.Message},
}

// showNeeds draws a card for each need. It goes when the need does.
func (b *board) showNeeds(d *Day) {
	env := b.screen.env
	b.cards.RemoveAll()
	for i := range d.Needs {
		n, look := &d.Needs[i], needLooks[d.Needs[i].Kind]
		var card *widget.AttentionCard
		card = widget.NewAttentionCard(look.tone, look.icon, b.fact(n), b.detail(d, n), env.T("today.need."+string(n.Kind)+".action"), func() { b.open(card, d, n) })
		b.cards.Add(card)
	}
	b.cards.Refresh()
	if b.cards.Hidden = len(d.Needs) == 0; !b.cards.Hidden {
		b.cards.Show()
	}
}

func (b *board) fact(n *Need) string {
	return b.screen.env.N("today.need."+string(n.Kind), n.N)
}

// detail is the second line of a card: the first case, and how many more there are.
func (b *board) detail(d *Day, n *Need) string {
	env := b.screen.env
	if len(n.Lines) == 0 {
		return ""
	}
	first := ""
	switch l := &n.Lines[0]; n.Kind {
	case NeedPaused:
		return env.T("today.need.paused.detail", "name", l.What, "reason", reason(env, l.Reason))
	case NeedUnclear:
		first = env.T("today.quote", "text", l.What)
	case NeedNoPhone:
		day, clock := nearWall(env, d, l.Wall)
		first = env.T("today.need.no_phone.detail", "day", day, "time", clock, "name", l.Who)
	case NeedRows:
		first = env.T("today.need.rows.detail", "file", n.File, "row", l.Row)
	default:
		first = l.Who
	}
	if n.N == 1 {
		return first
	}
	return env.N("today.and_others", n.N-1, "first", first)
}

// reason says why, by the code of a rule or of a provider's failure.
func reason(env *page.Env, code string) string { return report.Reason{Code: code}.Text(env.Texts) }

const (
	needWide = 440
	needHigh = 300 // of the list at most
	needLine = 52
)

// open lists whom or what a need is about, on a card below its own.
func (b *board) open(anchor fyne.CanvasObject, d *Day, n *Need) {
	env := b.screen.env
	var closeCard func()
	lines := widget.Column(0)
	for i := range n.Lines {
		lines.Add(b.line(d, n, &n.Lines[i], func() { closeCard() }))
	}
	content := widget.Column(theme.Gap12, widget.Bold(b.fact(n)), widget.NewParagraph(env.T("today.need."+string(n.Kind)+".why", "file", n.File)).Wide(needWide))
	high := min(lines.MinSize().Height, needHigh)
	content.Add(widget.Exactly(needWide, high, container.NewVScroll(lines)))
	if more := n.N - len(n.Lines); more > 0 {
		content.Add(widget.Caption(env.N("today.more", more)))
	}
	if n.Kind == NeedRows {
		content.Add(widget.Row(0, widget.Secondary(env.T("today.need.rows.again"), func() {
			closeCard()
			env.Go(page.Import)
		}).WithIcon(icons.Import), widget.Spring()))
	}
	closeCard = widget.ShowCard(anchor, content)
}

// line is one case: who and what, and what can be done about it here.
func (b *board) line(d *Day, n *Need, l *Line, closeCard func()) fyne.CanvasObject {
	env := b.screen.env
	title, detail, end := l.Who, "", ""
	var act fyne.CanvasObject
	if l.At != 0 {
		at := l.At.In(d.Now.Location())
		end = env.Texts.NearDay(at, d.Now) + " " + env.Texts.Time(at)
	}
	switch n.Kind {
	case NeedPaused:
		title, detail = l.What, reason(env, l.Reason)
		act = widget.NewLink(env.T("today.need.paused.resume"), func() { closeCard(); b.resume(l) })
	case NeedUnclear:
		detail = env.T("today.quote", "text", l.What)
		act = widget.NewLink(env.T("common.done"), func() { closeCard(); b.handled(l) })
	case NeedNoPhone:
		day, clock := nearWall(env, d, l.Wall)
		detail, end = l.What, day+" "+clock
	case NeedRows:
		title, detail = env.T("today.need.rows.row", "row", l.Row), env.T("reject."+l.Reason)
		if l.What != "" {
			detail = fmt.Sprintf("%s: %s", detail, env.T("today.quote", "text", l.What))
		}
	default:
		detail = reason(env, l.Reason)
		if l.What != "" {
			detail = l.What + " · " + detail
		}
	}
	row := widget.Row(theme.Gap12, widget.Fill(widget.Column(0, widget.Bold(title).Shorten(), widget.Caption(detail).Shorten())), widget.Caption(end))
	if act != nil {
		row.Add(act)
	}
	return widget.Sized(0, theme.Grow(needLine), widget.Inset(0, 8, 0, 0, row))
}

// handled notes that somebody has read a reply.
func (b *board) handled(l *Line) {
	env := b.screen.env
	set := func(handled bool) func(context.Context) error {
		return func(ctx context.Context) error { return env.Store.SetHandled(ctx, l.ID, handled) }
	}
	b.screen.act(set(true), func() {
		env.Toast(widget.Toast{
			Tone: widget.OK, Text: env.T("today.handled", "name", l.Who), Action: env.T("common.undo"), Close: env.T("common.close"),
			Do: func() { b.screen.act(set(false), nil) },
		})
	})
}

// resume lets a campaign go on.
func (b *board) resume(l *Line) {
	env := b.screen.env
	b.screen.act(func(ctx context.Context) error {
		to := data.Running
		if l.Starts > env.Store.Now() {
			to = data.Scheduled
		}
		return env.Store.SetCampaignState(ctx, data.CampaignID(l.ID), to, "", data.Paused)
	}, func() {
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("today.resumed", "name", l.What), Close: env.T("common.close")})
	})
}
