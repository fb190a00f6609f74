package ui

import (
	"context"
	"slices"

	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/settings"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

var looks = []struct {
	look  page.Look
	label string
}{{page.LookLight, "shell.look_light"}, {page.LookDark, "shell.look_dark"}, {page.LookSystem, "shell.look_system"}}

// showChoices opens what is changed often, at the foot of the rail: who works
// here, which till this is, language and look. They hold at once; everything
// else is on the Settings page.
func (s *Shell) showChoices(anchor fyne.CanvasObject) {
	env := s.env
	var staff data.Staff
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		staff, err = env.Store.Staff(ctx)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		s.openChoices(anchor, staff)
	})
}

func (s *Shell) openChoices(anchor fyne.CanvasObject, staff data.Staff) {
	env := s.env
	var close func()
	var languages, dresses []string
	for _, l := range i18n.Languages() {
		languages = append(languages, l.Name())
	}
	for _, l := range looks {
		dresses = append(dresses, env.T(l.label))
	}
	language := widget.NewTabs(languages, func(i int) {
		close()
		s.Speak(i18n.Languages()[i])
	})
	language.SetSelected(max(slices.Index(i18n.Languages(), s.choices.Language), 0))
	dress := widget.NewTabs(dresses, func(i int) { s.Wear(looks[i].look) })
	for i, l := range looks {
		if l.look == s.choices.Look {
			dress.SetSelected(i)
		}
	}
	to := func(section string) func() {
		return func() {
			close()
			env.GoTo(page.Settings, page.ToSettings{Section: section})
		}
	}
	card := widget.Column(16)
	for _, who := range []struct {
		label string
		names []string
		here  string
		set   func(*data.Business, string)
	}{
		{"shell.business_person", staff.People, env.Business.Person, func(b *data.Business, name string) { b.Person = name }},
		{"shell.business_till", staff.Tills, env.Business.Till, func(b *data.Business, name string) { b.Till = name }},
	} {
		if len(who.names) == 0 {
			card.Add(widget.Column(6, widget.Caption(env.T(who.label)), widget.Row(0, widget.NewLink(env.T("shell.staff_add"), to("staff")), widget.Spring())))
			continue
		}
		choice := widget.NewSelect(who.names, func(i int) {
			close()
			s.saveBusiness(func(b *data.Business) { who.set(b, who.names[i]) })
		})
		choice.SetSelected(slices.Index(who.names, who.here))
		card.Add(widget.Column(6, widget.Caption(env.T(who.label)), choice))
	}
	card.Add(widget.Column(6, widget.Caption(env.T("shell.language")), language))
	card.Add(widget.Column(6, widget.Caption(env.T("shell.look")), dress))
	card.Add(widget.Column(8, widget.Divider(), widget.Row(0, widget.NewLink(env.T("shell.all_settings"), to("business")), widget.Spring())))
	close = widget.ShowCard(anchor, widget.Sized(300, 0, card))
}

// lookAtSettings marks the Settings in the rail while something there has to
// be put right before texts can go out.
func (s *Shell) lookAtSettings() {
	env := s.env
	var needs []settings.Need
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		needs, err = settings.Needs(ctx, env.Store)
		return err
	}, func(err error) {
		if err != nil {
			s.needs.Log.Warn("the settings were not looked at", "code", string(data.CodeOf(err)))
			return
		}
		env.Badge(page.Settings, settings.Badge(len(needs)))
	})
}
