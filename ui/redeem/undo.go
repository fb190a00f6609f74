package redeem

import (
	"context"
	"strings"

	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"
)

// reasons are offered when a redemption is taken back. The last one asks for
// words.
var reasons = []string{"redeem.reason_code", "redeem.reason_back", "redeem.reason_twice", "redeem.reason_other"}

// askUndo asks why the latest use of a code is to be taken back, and does it.
func (s *Screen) askUndo(code string) {
	env := s.env
	options := make([]string, len(reasons))
	for i, key := range reasons {
		options[i] = env.T(key)
	}
	words := widget.NewEntry(env.T("redeem.reason_words")).Limit(200)
	fault := widget.Caption("").In(theme.Danger)
	radio := widget.NewRadio(options, func(i int) {
		if i == len(reasons)-1 {
			if c := env.Canvas(); c != nil {
				c.Focus(words)
			}
		}
	})
	words.OnChanged = func(string) { radio.SetSelected(len(reasons) - 1) }
	env.Ask(widget.Question{
		Title: env.T("redeem.undo_title", "code", code), Text: env.T("redeem.undo_text"),
		Content: widget.Column(12, radio, widget.NewField(env.T("redeem.reason_label"), "", words), fault),
		Confirm: env.T("redeem.undo_do"), Cancel: env.T("redeem.undo_keep"),
		OnConfirm: func() bool {
			reason := strings.TrimSpace(words.Text)
			switch i := radio.Selected(); {
			case i >= 0 && i < len(reasons)-1:
				reason = options[i]
			case reason == "":
				fault.SetText(env.T("redeem.reason_missing"))
				return false
			}
			s.undo(code, reason)
			return true
		},
		OnCancel: s.listen,
	})
}

func (s *Screen) undo(code, reason string) {
	env, desk := s.env, s.desk
	page.Load(env.Tasks, func(ctx context.Context) error {
		_, err := env.Store.UndoRedemption(ctx, code, reason)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("redeem.undone", "code", code), Close: env.T("common.close")})
		if desk.Answer.Code == code {
			desk.Clear()
			desk.show()
		}
		s.listen()
		s.reload()
	})
}

// titles and pills of refused codes in the list.
var (
	refusedTitles = map[data.RedeemProblem]string{
		data.CodeUsed: "redeem.line_used", data.CodeExpired: "redeem.line_expired", data.CodeUnknown: "redeem.line_unknown", data.CodeNotYet: "redeem.line_not_yet",
	}
	refusedPills = map[data.RedeemProblem]string{
		data.CodeUsed: "redeem.pill_refused", data.CodeExpired: "redeem.pill_refused", data.CodeUnknown: "redeem.pill_no_match", data.CodeNotYet: "redeem.pill_refused",
	}
)
