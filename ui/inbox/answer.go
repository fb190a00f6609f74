package inbox

import (
	"context"
	"runtime"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// searchPause is how long the search waits for more.
const searchPause = 250 * 1e6

// settle does what a person decided about a reply. An opt-out is asked about
// once more: what is in the ledger stays there.
func (s *Screen) settle(reply int64, how store.ReplyAnswer) {
	if how != store.AnswerOptOut && how != store.AnswerNoOptOut {
		s.decide(reply, how)
		return
	}
	env := s.env
	env.Ask(widget.Question{
		Title: env.T("inbox.ask." + string(how)), Text: env.T("inbox.ask_how." + string(how)),
		Confirm: env.T("inbox.ask_do." + string(how)), Cancel: env.T("common.cancel"), Danger: how == store.AnswerOptOut,
		OnConfirm: func() bool { s.decide(reply, how); return true },
	})
}

func (s *Screen) decide(reply int64, how store.ReplyAnswer) {
	env, d := s.env, s.desk
	next, more := d.After(reply)
	name, number := s.whose(reply)
	keys := s.listHasFocus()
	var settled store.SettledReply
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		settled, err = env.Store.SettleReply(ctx, reply, how, env.Business.Person)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			s.reload()
			s.reread()
			return
		}
		toast := widget.Toast{Tone: widget.OK, Text: env.T("inbox.done."+string(how), "name", name, "number", s.number(number)), Close: env.T("common.close")}
		if how == store.AnswerCall {
			env.Copy(string(number))
		}
		if len(settled.Scopes) == 0 {
			toast.Action, toast.Do = env.T("common.undo"), func() { s.undecide(settled) }
		}
		env.Toast(toast)
		env.Engine.Wake()
		s.reload()
		if d.Queueing() && more && how != store.AnswerCall {
			s.open(next)
		} else {
			s.reread()
		}
		if keys {
			s.focusList()
		}
	})
}

// listHasFocus tells whether the keys go to the list, where they should go on
// going.
func (s *Screen) listHasFocus() bool {
	c := s.env.Canvas()
	if c == nil || c.Focused() == nil {
		return true
	}
	_, entry := c.Focused().(*widget.Entry)
	return !entry
}

// undecide takes a decision back.
func (s *Screen) undecide(r store.SettledReply) {
	env := s.env
	page.Load(env.Tasks, func(ctx context.Context) error { return env.Store.UnsettleReply(ctx, r) }, func(err error) {
		env.Fail(err, nil)
		s.reload()
		s.reread()
	})
}

// whose finds who wrote a reply that can be seen.
func (s *Screen) whose(reply int64) (name string, number data.Phone) {
	for i := range s.desk.Queue {
		if w := &s.desk.Queue[i]; w.ID == reply {
			return s.who(w.Name, w.From), w.From
		}
	}
	return s.who(s.desk.Thread.Name, s.desk.Thread.Phone), s.desk.Thread.Phone
}

// answerKey is how the key of the nth answer is written.
func answerKey(n int) string {
	digit := string(rune('1' + n))
	if runtime.GOOS == "darwin" {
		return "⌥" + digit
	}
	return "Alt+" + digit
}

// sendKey is how the key that sends is written.
func sendKey() string {
	if runtime.GOOS == "darwin" {
		return "⌘Enter"
	}
	return "Ctrl+Enter"
}

// listen takes the keys of the answers while the page shows: Alt with 1 to 4
// answers the open conversation's reply, Ctrl or Cmd with Enter sends.
func (s *Screen) listen() {
	c := s.env.Canvas()
	if c == nil || s.unlisten != nil {
		return
	}
	var all []fyne.Shortcut
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
		all = append(all, shortcut)
		c.AddShortcut(shortcut, func(fyne.Shortcut) {
			if c.Overlays().Top() == nil {
				do()
			}
		})
	}
	for i, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4} {
		add(key, fyne.KeyModifierAlt, func() { s.answerNth(i) })
	}
	add(fyne.KeyReturn, fyne.KeyModifierShortcutDefault, s.talk.composer.submit)
	add(fyne.KeyEnter, fyne.KeyModifierShortcutDefault, s.talk.composer.submit)
	s.unlisten = func() {
		for _, shortcut := range all {
			c.RemoveShortcut(shortcut)
		}
	}
}

func (s *Screen) answerNth(n int) {
	r := s.desk.Waiting()
	if r == nil {
		return
	}
	if all := Answers(r, s.now()); n < len(all) {
		s.settle(r.ID, all[n])
	}
}

// takeBack takes a text back that waits.
func (s *Screen) takeBack(id data.MessageID) {
	env := s.env
	page.Load(env.Tasks, func(ctx context.Context) error { return env.Store.CancelDirect(ctx, id) }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
		} else {
			env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("inbox.taken_back"), Close: env.T("common.close")})
		}
		s.reread()
	})
}
