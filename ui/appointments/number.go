package appointments

import (
	"context"
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// numberTyped reads a number as people type it in the shop's country. problem says what is wrong with it; an empty one
// is no number and no problem.
func numberTyped(env *page.Env, typed string) (facts data.PhoneFacts, problem string) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return facts, ""
	}
	facts, err := phone.Parse(typed, env.Business.Country)
	if err != nil {
		return facts, env.Texts.Error(err)
	}
	return facts, ""
}

// addNumber opens a field below the button for the number of a visit that has none.
func (s *Screen) addNumber(anchor fyne.CanvasObject, v *Visit) {
	var shut func()
	field := s.numberField(v, func() { call(shut) })
	shut = widget.ShowCard(anchor, widget.Column(8, widget.Bold(v.Patient), widget.Caption(s.env.Texts.WeekdayDay(v.At)+" "+s.env.Texts.Time(v.At)), field.content))
	if c := s.env.Canvas(); c != nil {
		c.Focus(field.entry)
	}
}

// numberField takes the number of a visit, says beside it what is wrong, and saves it with what the person agreed to.
type numberField struct {
	content *fyne.Container
	entry   *widget.Entry
}

func (s *Screen) numberField(v *Visit, saved func()) *numberField {
	env := s.env
	f := &numberField{entry: widget.NewEntry(env.T("appointments.number_hint")).Limit(60)}
	labelled := widget.NewField(env.T("appointments.field.phone"), "", f.entry)
	agreed := widget.NewCheckbox(env.T("appointments.agreed"), nil).WithDetail(env.T("appointments.agreed_detail"))
	agreed.Set(s.answer == answerBooked)
	save := func() {
		facts, problem := numberTyped(env, f.entry.Text)
		if facts.Phone == "" && problem == "" {
			problem = env.T("appointments.number_wanted")
		}
		labelled.SetProblem(problem)
		if problem != "" {
			return
		}
		s.saveNumber(v, facts, agreed.On())
		saved()
	}
	f.entry.OnSubmitted = func(string) { save() }
	f.entry.OnChanged = func(string) { labelled.SetProblem("") }
	f.content = widget.Column(8, widget.Sized(theme.Grow(cardWide), 0, labelled), agreed, widget.Row(0, widget.Spring(), widget.Primary(env.T("appointments.save_number"), save).Small()))
	return f
}

// saveNumber stores a visit's number, and lets that be taken back.
func (s *Screen) saveNumber(v *Visit, facts data.PhoneFacts, agreed bool) {
	env := s.env
	a := v.Appointment
	a.Phone = facts.Phone
	s.remember(agreed)
	s.act(func(ctx context.Context) error {
		if err := env.Store.ChangeAppointment(ctx, &a, facts); err != nil || !agreed {
			return err
		}
		return agree(ctx, env, facts.Phone)
	}, func() {
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("appointments.number_saved", "name", a.Patient), Action: env.T("common.undo"), Close: env.T("common.close"), Do: func() {
			back := a
			back.Phone = ""
			s.act(func(ctx context.Context) error { return env.Store.ChangeAppointment(ctx, &back, data.PhoneFacts{}) }, nil)
		}})
	})
}

// remember keeps how people of visits that are entered by hand agree, for the next one.
func (s *Screen) remember(agreed bool) {
	if agreed {
		s.answer = answerBooked
	} else if s.answer == answerBooked {
		s.answer = answerNothing
	}
	s.env.Keep(keepAnswer, string(s.answer))
}

// agree records that somebody who booked a visit may be reminded of it: the contract is the basis. It ends no opt-out,
// and adds nothing where they have agreed already.
func agree(ctx context.Context, env *page.Env, to data.Phone) error {
	standing, err := env.Store.Permissions(ctx, data.ScopeReminders, []data.Phone{to})
	if err != nil || standing[to].Granted || standing[to].Closed {
		return err
	}
	b, err := env.Store.Business(ctx)
	if err != nil {
		return err
	}
	_, err = env.Store.RecordConsent(ctx, data.ConsentEntry{
		Phone: to, Event: data.Grant, Scope: data.ScopeReminders, Basis: data.Contract, GivenAt: env.Store.Now(),
		Statement: data.Statement{Method: "verbal", Source: "booked an appointment", RecordedBy: b.Person},
	})
	return err
}
