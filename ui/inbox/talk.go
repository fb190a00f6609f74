package inbox

import (
	"strconv"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// talk is the conversation: with whom, what was said, and room to write back.
type talk struct {
	screen   *Screen
	head     *fyne.Container
	column   *fyne.Container
	flow     *upright
	composer *composer
	body     fyne.CanvasObject
	content  *fyne.Container
}

func newTalk(s *Screen) *talk {
	t := &talk{screen: s, head: container.NewStack(), column: widget.Column(12)}
	var thread *fyne.Container
	t.flow, thread = newUpright(t.column)
	t.flow.bottom = true
	t.composer = newComposer(s)
	t.body = widget.Column(0, widget.Inset(12, 16, 12, 16, t.head), widget.Divider(), widget.Fill(widget.Inset(0, 6, 0, 16, thread)), t.composer.content)
	t.content = container.NewStack(t.noneOpen())
	return t
}

func (t *talk) noneOpen() fyne.CanvasObject {
	return widget.NewEmptyState(t.screen.env.T("inbox.none_open"), t.screen.env.T("inbox.none_open_how"), nil, nil)
}

// show draws the open conversation. another tells that it wasn't open before:
// then its draft comes back and the latest text is brought into view.
func (t *talk) show(another bool) {
	d := t.screen.desk
	if !d.Open {
		t.screen.put(t.content, t.noneOpen())
		return
	}
	t.head.Objects = []fyne.CanvasObject{t.header()}
	t.head.Refresh()
	atEnd := another || t.flow.scroll.Offset.Y+t.flow.scroll.Size().Height >= t.column.Size().Height-24
	t.screen.letGo(t.column)
	t.column.RemoveAll()
	t.column.Add(widget.Spring())
	if d.Fetched {
		t.column.Add(widget.Inset(4, 0, 0, 0, widget.Column(0)))
		t.fill()
	}
	t.column.Add(widget.Inset(4, 0, 0, 0, widget.Column(0)))
	t.column.Refresh()
	if another {
		t.composer.open()
	}
	t.composer.state()
	t.screen.put(t.content, t.body)
	t.flow.bottom = atEnd
	t.flow.again()
}

// header says with whom, and what is coming up.
func (t *talk) header() fyne.CanvasObject {
	s := t.screen
	env, th := s.env, &s.desk.Thread
	name := s.who(th.Name, th.Phone)
	var parts []string
	if th.Name != "" && th.Phone != "" {
		parts = append(parts, s.number(th.Phone))
	}
	if th.Since != 0 {
		parts = append(parts, env.T("inbox.since", "year", strconv.Itoa(th.Since.In(env.Business.Location()).Year())))
	}
	if th.Contact == 0 && th.Phone != "" && s.desk.Fetched {
		parts = append(parts, env.T("inbox.unknown"))
	}
	row := widget.Row(12, widget.NewAvatar(s.face(name), 40), widget.Fill(widget.Column(0, widget.Bold(name).Shorten(), widget.Caption(strings.Join(parts, " · ")).Shorten())))
	if th.Phone == "" {
		return row
	}
	call := widget.Secondary(env.T("inbox.call"), nil).Small().WithIcon(icons.Phone)
	call.OnTap(func() { s.showNumber(call, th.Phone) })
	row.Add(call)
	if s.desk.Fetched {
		label, icon := "inbox.contact", icons.Person
		if th.Contact == 0 {
			label, icon = "inbox.add_contact", icons.AddPerson
		}
		contact, number := th.Contact, th.Phone
		row.Add(widget.Secondary(env.T(label), func() { s.toContact(contact, number) }).Small().WithIcon(icon))
	}
	return row
}

// fill writes both sides, day by day.
func (t *talk) fill() {
	s := t.screen
	env, th := s.env, &s.desk.Thread
	zone := env.Business.Location()
	if th.More {
		t.column.Add(widget.Row(0, widget.Spring(), widget.Caption(env.T("inbox.earlier_in_contact")).In(theme.Ink3), widget.Spring()))
	}
	if len(th.Items) == 0 {
		t.column.Add(widget.NewParagraph(env.T("inbox.nothing_said")).Centered())
	}
	var day data.Date
	for i := range th.Items {
		item := &th.Items[i]
		if on := data.DateOf(item.At.In(zone)); on != day {
			day = on
			t.column.Add(widget.Caption(env.Texts.NearDay(item.At.In(zone), env.Clock.Now().In(zone))).In(theme.Ink3).Centered())
		}
		if item.Reply == nil {
			t.column.Add(t.ours(item))
			continue
		}
		t.column.Add(widget.NewBubble(item.Reply.Text, t.said(item.Reply)))
		if item.Reply.Waits {
			t.column.Add(t.undecided(item.Reply))
		}
	}
}

// kinds name our texts.
func (s *Screen) kindOf(i *store.ThreadItem) string {
	switch {
	case i.ByHand:
		return s.env.T("inbox.kind.by_hand")
	case i.About != "":
		return i.About
	}
	return s.env.T("inbox.kind." + string(i.Message.Kind))
}

// ours is a text of the shop with what became of it.
func (t *talk) ours(i *store.ThreadItem) fyne.CanvasObject {
	s, m := t.screen, i.Message
	env := s.env
	state, ink := env.T("inbox.state."+string(m.State)), theme.Ink2
	var more *widget.Link
	faint := false
	switch m.State {
	case data.Held:
		faint = true
		state, ink = env.T("inbox.state.held", "when", s.when(m.Due)), theme.Warn
	case data.Queued, data.Claimed:
		faint = true
	case data.Blocked, data.Rejected, data.Undelivered:
		faint = m.State != data.Undelivered
		ink = theme.Danger
		state += s.whyNot(m)
	case data.Unknown:
		ink = theme.Warn
	case data.Expired, data.MsgCancelled:
		faint, ink = true, theme.Ink3
	}
	if i.ByHand && (m.State == data.Held || m.State == data.Queued) {
		id := m.ID
		more = widget.NewCaptionLink(env.T("inbox.take_back"), func() { s.takeBack(id) })
	}
	parts := []string{s.clock(i.At), s.kindOf(i)}
	if i.By != "" {
		parts = append(parts, i.By)
	}
	note := widget.Row(6, widget.Caption(strings.Join(parts, " · ")), widget.Caption("· "+state).In(ink))
	if more != nil {
		note.Add(more)
	}
	b := widget.NewBubble(m.Text, note).Ours()
	if faint {
		b.Faint()
	}
	return b
}

// whyNot is why a text didn't go out or arrive, as far as a sentence knows.
func (s *Screen) whyNot(m *data.Message) string {
	for _, key := range []string{"inbox.reason." + m.Reason, "provider.class." + string(m.Class), "provider.class." + m.Reason} {
		if s.env.Texts.Has(key) {
			return s.env.T("inbox.because", "why", s.env.T(key))
		}
	}
	return ""
}

// said stands below a reply: when, what it was taken for, why, and a way to
// say that it was something else.
func (t *talk) said(r *store.ThreadReply) fyne.CanvasObject {
	s := t.screen
	env := s.env
	row := widget.Row(6, widget.Caption(s.clock(r.At)))
	if r.Waits {
		return row
	}
	text := ""
	switch {
	case r.Answer != "":
		who := r.AnsweredBy
		if who == "" {
			who = env.T("inbox.somebody")
		}
		text = env.T("inbox.settled."+string(r.Answer), "person", who, "when", s.when(r.AnsweredAt))
	case r.Inbound.Reply == data.ReplyOptOut:
		text = env.T("inbox.taken.opt_out", "what", s.closedWords(data.ClosedBy(r.Answers)))
	default:
		text = env.T("inbox.taken." + string(r.Inbound.Reply))
	}
	row.Add(widget.Caption("· " + text))
	row.Add(s.because(r))
	if len(Corrections(r, s.now())) > 0 {
		var change *widget.Link
		change = widget.NewCaptionLink(env.T("inbox.change"), func() { widget.ShowMenu(change, s.corrections(r)) })
		row.Add(change)
	}
	return row
}

// closedWords says what an opt-out closed.
func (s *Screen) closedWords(scopes []data.Scope) string {
	if len(scopes) > 1 {
		return s.env.T("inbox.closed_all")
	}
	return s.env.T("inbox.closed_offers")
}

// because explains how a reply was read.
func (s *Screen) because(r *store.ThreadReply) *widget.Link {
	var link *widget.Link
	link = widget.NewCaptionLink(s.env.T("common.why"), func() {
		key, word := Because(r)
		column := widget.Column(8, widget.NewParagraph(s.env.T("inbox.why."+key, "word", word)).In(theme.Ink).Wide(340))
		if r.Inbound.Reply == data.ReplyOptOut {
			column.Add(widget.NewParagraph(s.env.T("inbox.why_ledger")).Wide(340))
		}
		if r.ReadAs != "" {
			column.Add(widget.NewParagraph(s.env.T("inbox.why_changed")).Wide(340))
		}
		widget.ShowCard(link, column)
	})
	return link
}

// corrections are what a reply can be said to have been.
func (s *Screen) corrections(r *store.ThreadReply) (items []widget.MenuItem) {
	id := r.ID
	for _, how := range Corrections(r, s.now()) {
		items = append(items, widget.MenuItem{
			Text: s.env.T("inbox.was." + string(how)), Icon: answerLooks[how], Danger: how == store.AnswerOptOut,
			Do: func() { s.settle(id, how) },
		})
	}
	return items
}

// undecided asks what a reply means, with the answers as buttons.
func (t *talk) undecided(r *store.ThreadReply) fyne.CanvasObject {
	s := t.screen
	env := s.env
	key, word := Because(r)
	title := env.T("inbox.unclear_title")
	if env.Texts.Has("inbox.title." + key) {
		title = env.T("inbox.title." + key)
	}
	var other *widget.Link
	other = widget.NewCaptionLink(env.T("inbox.something_else"), func() { widget.ShowMenu(other, s.corrections(r)) })
	column := widget.Column(8,
		widget.TopRow(12, widget.NewIcon(icons.Unclear, theme.Info, widget.IconNav), widget.Fill(widget.Column(2, widget.NewParagraph(title).Bold().In(theme.Ink), widget.NewParagraph(env.T("inbox.why."+key, "word", word)).Sized(theme.SizeCaption)))))
	if r.Visit != nil {
		column.Add(widget.Row(6, widget.NewIcon(icons.Appointments, theme.Ink2, widget.IconPill), widget.Fill(widget.Caption(s.visitLine(r.Visit, s.desk.Thread.Name)).Shorten())))
	}
	flow := widget.Flow(6, s.answers(r, false)...)
	if len(Corrections(r, s.now())) > 0 {
		flow.Add(widget.Inset(6, 0, 0, 6, other))
	}
	column.Add(flow)
	return widget.NewSoftPanel(widget.Info, column).Padded(12)
}

// number writes a number as people of the shop's country do.
func (s *Screen) number(p data.Phone) string { return phone.Show(p, s.env.Business.Country) }

// clock is a moment as the shop's clock shows it.
func (s *Screen) clock(at data.Instant) string {
	return s.env.Texts.Time(at.In(s.env.Business.Location()))
}

// when is a moment as short as can be: 10:52 of today, else the day.
func (s *Screen) when(at data.Instant) string {
	zone := s.env.Business.Location()
	local, now := at.In(zone), s.env.Clock.Now().In(zone)
	switch {
	case data.DateOf(local) == data.DateOf(now):
		return s.clock(at)
	case at > data.At(now):
		return s.env.T("inbox.day_time", "day", s.env.Texts.NearDay(local, now), "time", s.clock(at))
	}
	return s.env.Texts.NearDay(local, now)
}

// visitLine is a visit in one line: today 11:30 with Dr Lindqvist.
func (s *Screen) visitLine(a *data.Appointment, name string) string {
	when := s.visitWhen(a)
	if a.Staff != "" {
		when = s.env.T("inbox.visit_with", "when", when, "staff", a.Staff)
	}
	if a.Patient != "" && a.Patient != name {
		when += " · " + a.Patient
	}
	return when
}

// visitWhen is a visit's wall time; its zone beside it where it isn't the
// shop's.
func (s *Screen) visitWhen(a *data.Appointment) string {
	at, err := data.ParseWall(a.Wall)
	if err != nil {
		return a.Wall
	}
	now := s.env.Clock.Now().In(s.env.Business.Location())
	today := time.Date(now.Year(), now.Month(), now.Day(), now.Hour(), now.Minute(), 0, 0, time.UTC)
	when := s.env.T("inbox.day_time", "day", s.env.Texts.NearDay(at, today), "time", s.env.Texts.Time(at))
	if a.Zone != "" && a.Zone != s.env.Business.Zone {
		when = s.env.T("inbox.in_zone", "when", when, "zone", a.Zone)
	}
	return when
}

// showNumber shows a number large enough to dial from.
func (s *Screen) showNumber(anchor fyne.CanvasObject, number data.Phone) {
	var done func()
	done = widget.ShowCard(anchor, widget.Column(10, widget.Heading(s.number(number)), widget.Row(8,
		widget.Secondary(s.env.T("common.copy"), func() {
			s.env.Copy(string(number))
			done()
		}).Small().WithIcon(icons.Copy))))
}

// keepDraft keeps what is being written with its conversation.
func (t *talk) keepDraft() {
	if t.screen.desk.Open {
		t.screen.desk.SetDraft(t.composer.entry.Text)
	}
}

// toDay leads to a visit on its day.
func (s *Screen) toDay(a *data.Appointment) {
	if len(a.Wall) < 10 {
		return
	}
	s.env.GoTo(page.Appointments, page.ToDay{Day: data.Date(a.Wall[:10]), Appointment: a.ID})
}
