package today

import (
	"counterbell/assets/icons"
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
	NeedBalance: {widget.Warn, icons.Wallet},
	NeedSender:  {widget.Info, icons.Provider},
}

// showNeeds draws a card for each of the foremost needs, and a link to the others. A card goes when its need does.
func (b *board) showNeeds(d *Day) {
	env := b.screen.env
	foremost, others := d.Foremost()
	b.cards.RemoveAll()
	for i := range foremost {
		n := &foremost[i]
		look := needLooks[n.Kind]
		var card *widget.AttentionCard
		card = widget.NewAttentionCard(look.tone, look.icon, b.fact(n), b.detail(d, n), env.T("today.need."+string(n.Kind)+".action"), func() { b.lead(card, d, n) })
		b.cards.Add(card)
	}
	b.more.RemoveAll()
	if len(others) > 0 {
		var link *widget.Link
		link = widget.NewCaptionLink(env.N("today.more_needs", len(others)), func() { b.openOthers(link, d, others) }).WithArrow()
		b.more.Add(widget.Row(0, widget.Spring(), link))
	}
	b.more.Hidden = len(others) == 0
	b.cards.Refresh()
	if b.cards.Hidden = len(foremost) == 0; !b.cards.Hidden {
		b.cards.Show()
	}
	b.more.Refresh()
	b.head.Hidden = len(foremost) == 0
	b.head.Refresh()
	b.content.Refresh()
}

// lead goes where a need is dealt with. Texts that belong to no single campaign are listed here.
func (b *board) lead(anchor fyne.CanvasObject, d *Day, n *Need) {
	env := b.screen.env
	switch n.Kind {
	case NeedUnclear:
		env.Go(page.Inbox)
	case NeedNoPhone:
		env.GoTo(page.Appointments, page.WithoutPhone{})
	case NeedRows:
		env.GoTo(page.Import, page.ToImport{ID: n.Import})
	case NeedBalance, NeedSender:
		env.GoTo(page.Settings, page.ToSettings{Section: "provider"})
	default:
		if id := n.Campaign(); id != 0 {
			env.GoTo(page.Campaigns, page.ToCampaign{ID: id})
			return
		}
		b.open(anchor, d, n)
	}
}

// openOthers lists the needs that have no card.
func (b *board) openOthers(anchor fyne.CanvasObject, d *Day, others []Need) {
	var closeCard func()
	list := widget.Column(0)
	for i := range others {
		n := &others[i]
		look := needLooks[n.Kind]
		words := widget.Row(theme.Gap12, widget.NewIconTile(look.icon, look.tone), widget.Fill(widget.Column(0, widget.Bold(b.fact(n)).Shorten(), widget.Caption(b.detail(d, n)).Shorten())))
		list.Add(widget.NewListRow(words, func() { closeCard(); b.lead(anchor, d, n) }).Tall(56).Padded(8))
	}
	closeCard = widget.ShowCard(anchor, widget.Exactly(needWide, 0, list))
}

func (b *board) fact(n *Need) string {
	env := b.screen.env
	switch n.Kind {
	case NeedBalance:
		return env.T("today.need.balance", "provider", env.T("provider."+n.Balance.Provider+".name"), "left", env.Texts.Cost(n.Balance.Left))
	case NeedSender:
		return env.T("today.need.provider")
	}
	return env.N("today.need."+string(n.Kind), n.N)
}

// detail is the second line of a card: the first case, and how many more there are.
func (b *board) detail(d *Day, n *Need) string {
	env := b.screen.env
	switch {
	case n.Kind == NeedBalance && n.Balance.Texts >= 0:
		return env.N("today.need.balance.texts", n.Balance.Texts)
	case n.Kind == NeedBalance:
		return env.T("today.need.balance.unpriced")
	case n.Kind == NeedSender:
		return env.T("today.need.provider.detail")
	case len(n.Lines) == 0:
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
	content := widget.Column(theme.Gap12, widget.Bold(b.fact(n)), widget.NewParagraph(env.T("today.need."+string(n.Kind)+".why")).Wide(needWide))
	high := min(lines.MinSize().Height, needHigh)
	content.Add(widget.Exactly(needWide, high, container.NewVScroll(lines)))
	if more := n.N - len(n.Lines); more > 0 {
		content.Add(widget.Caption(env.N("today.more", more)))
	}
	closeCard = widget.ShowCard(anchor, content)
}

// line is one case: who and what, and the way to its campaign.
func (b *board) line(d *Day, n *Need, l *Line, closeCard func()) fyne.CanvasObject {
	env := b.screen.env
	title, detail, end := l.Who, reason(env, l.Reason), ""
	if l.At != 0 {
		at := l.At.In(d.Now.Location())
		end = env.Texts.NearDay(at, d.Now) + " " + env.Texts.Time(at)
	}
	switch {
	case n.Kind == NeedPaused:
		title = l.What
	case l.What != "":
		detail = l.What + " · " + detail
	}
	row := widget.Row(theme.Gap12, widget.Fill(widget.Column(0, widget.Bold(title).Shorten(), widget.Caption(detail).Shorten())), widget.Caption(end))
	if l.Of != 0 {
		row.Add(widget.NewLink(env.T("today.open"), func() {
			closeCard()
			env.GoTo(page.Campaigns, page.ToCampaign{ID: l.Of})
		}))
	}
	return widget.Sized(0, theme.Grow(needLine), widget.Inset(0, 8, 0, 0, row))
}
