package contacts

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// consentTab is the person's part of the ledger, whether it holds, and everything that stands in it.
func (p *side) consentTab() fyne.CanvasObject {
	s, env, who := p.screen, p.screen.env, p.person
	column := widget.Column(12, p.checkBanner())
	var events []widget.Event
	for _, e := range who.History {
		events = append(events, p.event(e))
	}
	if len(events) > 0 {
		column.Add(widget.NewTimeline(events))
	} else {
		column.Add(widget.NewParagraph(env.T("contacts.no_records")).In(theme.Ink2))
	}
	column.Add(widget.Row(0, widget.Secondary(env.T("contacts.record"), func() { s.recordConsent(who) }).WithIcon(icons.Consent).Small()))
	return column
}

// checkBanner says whether the person's records are as they were written.
func (p *side) checkBanner() fyne.CanvasObject {
	env, c := p.screen.env, p.person.Check
	tone, icon, text := widget.Neutral, icons.Waiting, env.T("contacts.checking")
	switch {
	case c == nil:
	case c.OK && c.Entries == 0:
		tone, icon, text = widget.Neutral, icons.About, env.T("contacts.check.none")
	case c.OK:
		tone, icon, text = widget.OK, icons.Consent, env.N("contacts.check.ok", int(c.Entries))
	default:
		tone, icon, text = widget.Danger, icons.Warning, env.T("contacts.check.broken", "n", c.Broken)
	}
	how := widget.NewCaptionLink(env.T("contacts.how"), nil)
	how.OnTap(func() {
		card := widget.Column(8, widget.Bold(text), widget.NewParagraph(env.T("contacts.check.how")).Wide(380))
		if c != nil && c.Head != "" {
			card.Add(widget.NewParagraph(env.T("contacts.check.head", "hash", c.Head[:16])).Sized(theme.SizeCaption).Wide(380))
		}
		widget.ShowCard(how, card)
	})
	return widget.NewSoftPanel(tone, widget.Row(8, widget.NewIcon(icon, tone.Ink(), widget.IconSmall), widget.Fill(widget.Caption(text).Bold().In(inkOf(tone)).Shorten()), how)).Padded(8).Rounded(theme.RadiusInput)
}

func inkOf(tone widget.Tone) fyne.ThemeColorName {
	if tone == widget.Neutral {
		return theme.Ink2
	}
	return tone.Ink()
}

// event is one entry of the ledger in words.
func (p *side) event(e data.ConsentEntry) widget.Event {
	env := p.screen.env
	tone := widget.Neutral
	switch {
	case e.Event.Closes():
		tone = widget.Danger
	case e.Undone:
	case e.Scope == data.ScopeMarketing:
		tone = widget.OK
	case e.Event.Opens():
		tone = widget.Info
	}
	said := []string{p.moment(e.GivenAt)}
	st := e.Statement
	if st.Method != "" {
		method := st.Method
		if key := "contacts.method." + st.Method; env.Texts.Has(key) {
			method = env.T(key)
		}
		said = append(said, method)
	}
	for _, part := range []string{sourceText(env, st.Source), st.Evidence} {
		if part != "" {
			said = append(said, part)
		}
	}
	if e.Event.Opens() && e.Basis != data.NoBasis {
		said = append(said, env.T("rules.basis."+string(e.Basis)))
	}
	if st.RecordedBy != "" {
		said = append(said, env.T("contacts.by", "who", st.RecordedBy))
	}
	if e.RecordedAt.Sub(e.GivenAt).Hours() >= 24 {
		said = append(said, env.T("contacts.written_down", "day", env.Texts.Date(e.RecordedAt.In(env.Business.Location()))))
	}
	if !e.Single && e.Import == 0 {
		said = append(said, env.T("contacts.in_bulk"))
	}
	if e.Undone {
		said = append(said, env.T("contacts.taken_back"))
	}
	what := env.T("contacts.event."+string(e.Event), "scope", env.T("contacts.scope."+string(e.Scope)))
	out := widget.Event{Tone: tone, What: what, Detail: strings.Join(said, " · "), Struck: e.Undone}
	if st.Wording != "" {
		out.Quote = env.T("contacts.quote", "words", st.Wording)
	}
	if e.Import != 0 {
		link := widget.NewCaptionLink(env.T("contacts.to_import", "n", int64(e.Import)), func() { env.GoTo(page.Import, page.ToImport{ID: e.Import}) })
		out.More = widget.Row(0, link)
	}
	return out
}

// textsTab are the last texts both ways, the latest first.
func (p *side) textsTab() fyne.CanvasObject {
	env, who := p.screen.env, p.person
	if len(who.Texts) == 0 {
		return p.nothing("contacts.no_texts")
	}
	column := widget.Column(10)
	for _, x := range who.Texts {
		head := widget.Row(6, widget.Fill(widget.Caption(p.moment(x.At)).In(theme.Ink3).Shorten()))
		words := x.Text
		if x.FromThem {
			head.Add(widget.NewPill(widget.Accent, icons.Inbox, env.T("contacts.text.reply")))
		} else {
			if x.Practice {
				head.Add(widget.Caption(env.T("contacts.text.practice")).In(theme.Ink3))
			}
			head.Add(widget.NewPill(messageTones[x.State], nil, env.T("report.message."+string(x.State))))
			if words == "" {
				words = env.T("contacts.text.not_written")
			}
		}
		block := widget.Column(4, head, widget.NewParagraph(words).In(theme.Ink))
		if x.Reason != "" && !x.FromThem {
			block.Add(widget.NewParagraph(p.reasonOf(x.Reason)).Sized(theme.SizeCaption))
		}
		if x.Campaign != "" {
			block.Add(widget.Caption(env.T("contacts.text.campaign", "name", x.Campaign)).Shorten())
		}
		column.Add(widget.NewSoftTile(block))
	}
	column.Add(widget.Row(0, widget.NewLink(env.T("contacts.to_inbox"), func() { env.GoTo(page.Inbox, page.ToPhone{Phone: who.Phone}) }).WithArrow()))
	return column
}

// reasonOf says why a text didn't go or arrive, by the code of a rule or of a provider's failure.
func (p *side) reasonOf(code string) string {
	t := p.screen.env.Texts
	for _, key := range []string{"report.reason." + code, "reason." + code, "provider.class." + code} {
		if t.Has(key) {
			return t.Reason(code, nil)
		}
	}
	return code
}

// messageTones are how the states of a text show.
var messageTones = map[data.MessageState]widget.Tone{
	data.Delivered: widget.OK, data.Accepted: widget.Info, data.Queued: widget.Neutral, data.Claimed: widget.Neutral, data.Sending: widget.Neutral, data.Held: widget.Warn,
	data.Blocked: widget.Danger, data.Rejected: widget.Danger, data.Undelivered: widget.Danger, data.Unknown: widget.Warn, data.Expired: widget.Neutral, data.MsgCancelled: widget.Neutral,
}

// couponsTab are the person's coupons with what became of them.
func (p *side) couponsTab() fyne.CanvasObject {
	s, env, who := p.screen, p.screen.env, p.person
	if len(who.Coupons) == 0 {
		return p.nothing("contacts.no_coupons")
	}
	column := widget.Column(8)
	for _, k := range who.Coupons {
		tone, state := widget.Info, env.T("contacts.coupon.valid")
		detail := data.ShowCode(k.Code)
		switch today := s.today(); {
		case k.Redeemed != 0:
			tone, state = widget.OK, env.T("contacts.coupon.redeemed")
			detail = env.T("contacts.aside", "a", detail, "b", env.T("contacts.coupon.used", "day", env.Texts.Day(k.Redeemed.In(env.Business.Location()))))
			if k.Paid != nil {
				detail = env.T("contacts.aside", "a", detail, "b", env.Texts.MoneyShort(*k.Paid))
			}
		case k.Offer.ValidTo != "" && k.Offer.ValidTo < today:
			tone, state = widget.Neutral, env.T("contacts.coupon.expired")
		case k.Offer.ValidTo != "":
			detail = env.T("contacts.aside", "a", detail, "b", env.T("contacts.coupon.until", "day", env.Texts.Day(k.Offer.ValidTo.Start(env.Business.Location()))))
		}
		code := data.ShowCode(k.Code)
		row := widget.Row(8, widget.NewIcon(icons.Offer, theme.Accent, widget.IconNormal),
			widget.Fill(widget.Column(0, widget.Body(k.Offer.Title).Shorten(), widget.Caption(detail).Shorten())), widget.NewPill(tone, nil, state))
		column.Add(widget.NewListRow(row, func() { env.Copy(code) }).Tall(52).Padded(4))
	}
	return column
}

// visitsTab are the person's visits, the latest first.
func (p *side) visitsTab() fyne.CanvasObject {
	env, who := p.screen.env, p.person
	if len(who.Booked) == 0 {
		return p.nothing("contacts.no_visits")
	}
	column := widget.Column(8)
	for _, v := range who.Booked {
		when := v.Wall
		if at, err := data.ParseWall(v.Wall); err == nil {
			when = env.Texts.DateTime(at)
		}
		if v.Zone != env.Business.Zone && v.Zone != "" {
			when = env.T("contacts.aside", "a", when, "b", env.Texts.Zone(v.Zone))
		}
		var what []string
		for _, part := range []string{v.Service, v.Staff, v.Patient} {
			if part != "" && part != who.Name {
				what = append(what, part)
			}
		}
		tone, icon := widget.VisitLook(v.State)
		row := widget.Row(8, widget.Fill(widget.Column(0, widget.Body(when).Shorten(), widget.Caption(strings.Join(what, " · ")).Shorten())),
			widget.NewPill(tone, icon, env.T("contacts.visit."+string(v.State))))
		column.Add(widget.NewListRow(row, func() {
			day, _, _ := strings.Cut(v.Wall, "T")
			env.GoTo(page.Appointments, page.ToDay{Day: data.Date(day), Appointment: v.ID})
		}).Tall(52).Padded(4))
	}
	return column
}

func (p *side) nothing(key string) fyne.CanvasObject {
	return widget.Inset(8, 0, 8, 0, widget.NewParagraph(p.screen.env.T(key)).In(theme.Ink2))
}

// booked is how the ledger writes, in every language, that somebody left a number with an appointment.
const booked = "booked an appointment"

// sourceText says where a statement is from: what was typed or named then, and our own words in the reader's language.
func sourceText(env *page.Env, source string) string {
	if rest, ok := strings.CutPrefix(source, booked); ok {
		return env.T("contacts.source_booked") + rest
	}
	return source
}
