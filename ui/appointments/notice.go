package appointments

import (
	"context"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/direct"
	"counterbell/sender/remind"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// notice offers to tell somebody what became of their visit: the words as they will go out, whether the rules let them
// go, and when. Words that were changed by hand stay as they are.
type notice struct {
	s       *Screen
	news    remind.News
	visit   data.Appointment
	facts   data.PhoneFacts
	told    direct.Foresight
	known   bool // told is of these words
	failed  error
	touched bool
	setting bool
	load    page.Latest
	wait    func()
	resize  func()

	tick    *widget.Checkbox
	words   *widget.Entry
	below   *widget.Paragraph
	icon    *widget.Icon
	content *fyne.Container
}

func newNotice(s *Screen, news remind.News) *notice {
	n := &notice{s: s, news: news, words: widget.NewTextArea("", 3).Limit(store.DirectLimit), below: widget.NewParagraph("").Sized(theme.SizeCaption), icon: widget.NewIcon(icons.About, theme.Ink3, widget.IconSmall)}
	n.tick = widget.NewCheckbox(s.env.T("appointments.tell."+string(news)), func(bool) { n.show() })
	n.words.OnChanged = func(string) {
		if n.setting {
			return
		}
		n.touched, n.known = true, false
		call(n.wait)
		n.wait = s.env.After(300*time.Millisecond, n.ask)
	}
	n.content = widget.Column(6, n.tick, n.words, widget.TopRow(6, n.icon, widget.Fill(n.below)))
	n.show()
	return n
}

// about says which visit it is, as it will be.
func (n *notice) about(a data.Appointment, facts data.PhoneFacts) {
	n.visit, n.facts, n.known = a, facts, false
	n.ask()
}

// ask has the engine write the words and say what would become of them.
func (n *notice) ask() {
	if n.visit.Phone == "" || n.visit.Wall == "" {
		n.known = false
		n.show()
		return
	}
	env, a, facts, body := n.s.env, n.visit, n.facts, n.words.Text
	fresh := !n.touched
	var told direct.Foresight
	n.load.Run(env.Tasks, func(ctx context.Context) error {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		return env.Engine.Use(ctx, func(o *sender.Opened) error {
			if fresh {
				if body, err = remind.Notice(n.news, &a, facts.Region, b, o.Provider.Capabilities()); err != nil {
					return err
				}
			}
			told, err = o.Direct().Foresee(ctx, n.direct(a, body, b.Person))
			return err
		})
	}, func(err error) {
		if n.failed = err; err != nil {
			n.known = false
			n.show()
			return
		}
		if fresh && !n.touched {
			n.setting = true
			n.words.SetText(body)
			n.setting = false
			body = n.words.Text // without what a text can't hold
		}
		n.told, n.known = told, n.words.Text == body
		n.show()
	})
}

func (n *notice) direct(a data.Appointment, body, by string) store.Direct {
	d := store.Direct{Phone: a.Phone, Kind: data.Notice, Body: body, Contact: a.Contact, Appointment: a.ID, By: by}
	if starts, err := a.Starts(); err == nil && starts > n.s.env.Store.Now() {
		d.NotAfter = starts
	}
	return d
}

// can tells whether there is somebody to tell, whom the rules let be told.
func (n *notice) can() bool { return n.known && (n.told.Sends() || n.told.Waits()) }

func (n *notice) show() {
	env := n.s.env
	text, icon, color := "", icons.About, theme.Ink3
	switch {
	case n.visit.Phone == "":
		text = env.T("appointments.tell_nobody")
	case n.failed != nil:
		text, icon, color = env.Texts.Error(n.failed), icons.Warning, theme.Danger
	case n.visit.Wall == "":
		text = env.T("appointments.tell_first")
	case !n.known:
		text = env.T("appointments.tell_asking")
	case n.told.Waits():
		text, icon, color = env.T("appointments.tell_waits", "when", clockOf(env, n.told.Verdict.Until, env.Business.Location())), icons.Time, theme.Warn
	case n.told.Sends():
		text, icon, color = env.N("appointments.tell_now", n.told.Segments, "units", n.told.Units), icons.Send, theme.OK
	case n.told.Reason != "":
		text, icon, color = env.T("appointments.tell_not", "why", reasonText(env, n.told.Reason)), icons.OptedOut, theme.Danger
	default:
		text, icon, color = env.T("appointments.tell_not", "why", verdictText(env, &n.told.Verdict)), icons.OptedOut, theme.Danger
	}
	if able := n.can() || n.visit.Phone != "" && !n.known; able {
		n.tick.Enable()
	} else {
		n.tick.Set(false)
		n.tick.Disable()
	}
	n.words.Hidden = !n.tick.On()
	n.icon.Set(icon, color)
	n.below.SetText(text)
	n.content.Refresh()
	call(n.resize)
}

// send hands the words to the outbox, if they are wanted.
func (n *notice) send(ctx context.Context, a data.Appointment) error {
	if !n.tick.On() {
		return nil
	}
	_, err := n.s.env.Store.QueueDirect(ctx, n.direct(a, n.words.Text, n.s.env.Business.Person))
	return err
}
