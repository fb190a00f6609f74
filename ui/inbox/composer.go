package inbox

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/direct"
	"counterbell/sender/rules"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// composer is where an answer is written: it tells beforehand whether the text
// goes at once, when it goes, or why it can't.
type composer struct {
	screen  *Screen
	entry   *widget.Entry
	send    *widget.Button
	status  *widget.Paragraph
	why     *widget.Link
	length  *widget.Text
	quick   *fyne.Container
	content *fyne.Container

	wait   func() // ends the wait for a pause in typing
	latest page.Latest
	fore   direct.Foresight
	told   bool // fore is of what stands there
	busy   bool
}

// quickAnswers are begun by a click, and finished by hand.
var quickAnswers = []string{"call", "cancel", "thanks"}

func newComposer(s *Screen) *composer {
	env := s.env
	c := &composer{screen: s, quick: widget.Flow(6)}
	c.entry = widget.NewTextArea(env.T("inbox.write"), 2).Limit(store.DirectLimit)
	c.entry.OnChanged = func(text string) {
		s.desk.SetDraft(text)
		c.told = false
		c.draw()
		c.later()
	}
	c.entry.OnEscape(s.focusList)
	c.send = widget.Primary(env.T("inbox.send"), c.submit).WithIcon(icons.Send)
	c.status = widget.NewParagraph("").Sized(theme.SizeCaption).Lines(2)
	c.length = widget.Caption("").In(theme.Ink3)
	c.why = widget.NewCaptionLink(env.T("common.why"), c.explain)
	for _, key := range quickAnswers {
		c.quick.Add(widget.NewChip(env.T("inbox.quick."+key), "", func() { c.begin(env.T("inbox.quick_text." + key)) }))
	}
	c.content = widget.Column(0, widget.Divider(), widget.Inset(10, 16, 12, 16, widget.Column(8, c.quick,
		widget.Row(8, widget.Fill(c.entry), widget.Sized(0, 56, c.send)), widget.Sized(0, 36, widget.TopRow(8, widget.Fill(c.status), c.why, c.length)))))
	return c
}

// begin puts a text into the field, to be finished.
func (c *composer) begin(text string) {
	have := strings.TrimSpace(c.entry.Text)
	if have != "" {
		text = have + " " + text
	}
	c.entry.SetText(text)
	c.entry.CursorRow, c.entry.CursorColumn = 0, len([]rune(text))
	c.focus()
}

func (c *composer) focus() {
	if !c.content.Hidden {
		c.screen.focus(c.entry)
	}
}

// open brings back what was begun to be written to the conversation.
func (c *composer) open() {
	c.told, c.fore = false, direct.Foresight{}
	if draft := c.screen.desk.Draft(); c.entry.Text != draft {
		c.entry.SetText(draft) // foresees
	}
}

// state follows what is known of the conversation.
func (c *composer) state() {
	if c.screen.desk.Phone == "" {
		c.content.Hide()
		return
	}
	c.content.Show()
	c.draw()
	if c.screen.desk.Fetched {
		c.foresee()
	}
}

// later foresees after a pause in typing.
func (c *composer) later() {
	if c.wait != nil {
		c.wait()
	}
	c.wait = c.screen.env.After(300*time.Millisecond, func() {
		c.wait = nil
		c.screen.keepDrafts()
		c.foresee()
	})
}

// text is the draft as it would be queued.
func (c *composer) text() store.Direct {
	d := c.screen.desk
	out := store.Direct{
		Phone: d.Phone, Kind: data.Notice, Body: strings.TrimSpace(c.entry.Text), Contact: d.Thread.Contact, By: c.screen.env.Business.Person, Asked: d.Thread.Asked,
	}
	if r := d.Waiting(); r != nil && r.Visit != nil {
		out.Appointment = r.Visit.ID
	} else if len(d.Thread.Visits) > 0 {
		out.Appointment = d.Thread.Visits[0].ID
	}
	return out
}

// foresee asks what would become of the text, by the rules of this moment. An
// empty one is asked about too: that it is night there is said before anybody
// has written.
func (c *composer) foresee() {
	s := c.screen
	env := s.env
	if !s.desk.Fetched || s.desk.Phone == "" {
		return
	}
	text := c.text()
	empty := text.Body == ""
	if empty {
		text.Body = "…"
	}
	var fore direct.Foresight
	c.latest.Run(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			fore, err = o.Direct().Foresee(ctx, text)
			return err
		})
	}, func(err error) {
		now := c.text()
		if now.Phone != text.Phone || !empty && now.Body != text.Body {
			return // something else stands there by now
		}
		if err != nil {
			c.say(env.Texts.Error(err), theme.Danger)
			return
		}
		c.fore, c.told = fore, true
		c.draw()
	})
}

// say writes one sentence below the field.
func (c *composer) say(text string, ink fyne.ThemeColorName) {
	c.status.SetText(text)
	c.status.SetColor(ink)
}

// draw shows what is known of the text.
func (c *composer) draw() {
	env := c.screen.env
	f := &c.fore
	empty := strings.TrimSpace(c.entry.Text) == ""
	c.why.Hide()
	c.length.SetText("")
	if c.told {
		switch {
		case f.Reason != "":
			c.say(c.refusal(f.Reason), theme.Danger)
		case f.Waits():
			c.why.Show()
			c.say(env.T("inbox.goes_later", "when", c.moment(f.Verdict)), theme.Warn)
		case !f.Sends():
			c.why.Show()
			c.say(c.blocked(f.Verdict), theme.Danger)
		case empty:
			c.say(env.T("inbox.goes_now_empty", "key", sendKey()), theme.Ink3)
		default:
			c.say(env.T("inbox.goes_as", "text", oneLine(f.Body)), theme.Ink2)
		}
		if !empty && f.Segments > 0 {
			size := env.T("inbox.length", "used", f.Units, "room", f.Room)
			if f.Segments > 1 {
				size = env.N("inbox.segments", f.Segments) + " · " + size
			}
			if f.Cost.Known && f.Cost.Micros > 0 {
				size += " · " + env.Texts.Cost(f.Cost)
			}
			c.length.SetText(size)
		}
	} else {
		c.say("", theme.Ink3)
	}
	if empty || c.busy || c.told && !f.Sends() && !f.Waits() {
		c.send.Disable()
	} else {
		c.send.Enable()
	}
	c.content.Refresh()
}

// refusal is why a text can't go though no rule was asked.
func (c *composer) refusal(reason string) string {
	env := c.screen.env
	for _, key := range []string{"inbox.reason." + reason, "reason." + reason, "error." + reason} {
		if env.Texts.Has(key) {
			return env.T(key)
		}
	}
	return env.T("inbox.reason.other")
}

// blocked is the first reason of the rules, in the words of the inbox where
// there are some.
func (c *composer) blocked(v rules.Verdict) string {
	env := c.screen.env
	if len(v.Reasons) == 0 {
		return env.T("inbox.reason.other")
	}
	if key := "inbox.reason." + v.Reasons[0].Code; env.Texts.Has(key) {
		return env.T(key)
	}
	return c.screen.reason(v.Reasons[0])
}

// reason is one of the rules' reasons in words.
func (s *Screen) reason(r rules.Reason) string {
	return s.env.Texts.Reason(r.Code, r.Spoken(func(key string) (string, bool) { return s.env.T(key), s.env.Texts.Has(key) }))
}

// moment is when a text that waits may go, by the recipient's clock, and by
// the shop's where that shows another time.
func (c *composer) moment(v rules.Verdict) string {
	s := c.screen
	env := s.env
	theirs := env.Business.Location()
	if len(v.Zones) > 0 {
		if zone, err := data.Zone(v.Zones[0]); err == nil {
			theirs = zone
		}
	}
	local, now := v.Until.In(theirs), env.Clock.Now().In(theirs)
	when := env.T("inbox.day_time", "day", env.Texts.NearDay(local, now), "time", env.Texts.Time(local))
	ours := v.Until.In(env.Business.Location())
	if ours.Format("15:04") != local.Format("15:04") {
		return env.T("inbox.their_time_ours", "when", when, "ours", env.Texts.Time(ours))
	}
	return env.T("inbox.their_time", "when", when)
}

// explain lists the reasons, each with what it rests on.
func (c *composer) explain() {
	env := c.screen.env
	column := widget.Column(10)
	for _, r := range c.fore.Verdict.Reasons {
		words := widget.Column(2, widget.NewParagraph(c.screen.reason(r)).In(theme.Ink).Wide(360))
		if key := "inbox.ground." + r.Basis; env.Texts.Has(key) {
			words.Add(widget.NewParagraph(env.T(key)).Sized(theme.SizeCaption).Wide(360))
		}
		if r.Source != "" && r.Basis != "house" {
			words.Add(widget.NewParagraph(r.Source).Sized(theme.SizeCaption).Lines(3).Wide(360))
		}
		column.Add(words)
	}
	if zones := c.fore.Verdict.Zones; len(zones) > 0 {
		column.Add(widget.Caption(env.T("inbox.zones", "zones", strings.Join(slices.Compact(slices.Clone(zones)), ", "))).In(theme.Ink3))
	}
	widget.ShowCard(c.why, column)
}

// settingDrafts is under what name begun answers are remembered, draftsMost how
// many of them.
const (
	settingDrafts = "inbox.drafts"
	draftsMost    = 100
)

// keepDrafts stores what was begun, so that it is there after a restart too.
func (s *Screen) keepDrafts() {
	if len(s.desk.Drafts) <= draftsMost {
		s.env.Keep(settingDrafts, maps.Clone(s.desk.Drafts))
	}
}

// submit queues the text; the engine sends it, or keeps it until it may go.
func (c *composer) submit() {
	s := c.screen
	env, d := s.env, s.desk
	text := c.text()
	if c.busy || c.send.Disabled() || text.Phone == "" || text.Body == "" {
		return
	}
	waits, when := c.told && c.fore.Waits(), ""
	if waits {
		when = c.moment(c.fore.Verdict)
	}
	c.busy = true
	c.draw()
	page.Load(env.Tasks, func(ctx context.Context) error {
		_, err := env.Store.QueueDirect(ctx, text)
		return err
	}, func(err error) {
		c.busy = false
		if err != nil { // what was typed stays
			c.draw()
			env.Fail(err, c.submit)
			return
		}
		delete(d.Drafts, text.Phone)
		s.keepDrafts()
		if d.Phone == text.Phone {
			c.entry.SetText("")
		}
		if waits {
			env.Toast(widget.Toast{Tone: widget.Info, Text: env.T("inbox.queued_until", "when", when), Close: env.T("common.close")})
		}
		env.Engine.Wake()
		s.talk.flow.bottom = true
		s.reload()
		s.reread()
	})
}
