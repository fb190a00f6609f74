package appointments

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/remind"
	"counterbell/sender/text"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// planLanguages are those in which wordings can be written.
var planLanguages = []string{"en", "zh-Hans", "es", "fr", "de"}

// placeholders are what a reminder's wording may hold. None of them says what the visit is about but the service, which
// whoever writes the wording has to choose to say.
var planPlaceholders = []string{"{first_name|}", "{date}", "{time}", "{brand}", "{place|}", "{staff|}"}

// planEditor changes when people are reminded and in which words, and shows beside it what that would mean for the
// visits ahead, to the minute.
type planEditor struct {
	s       *Screen
	draft   Draft
	stored  data.ReminderPlan
	from    room // where it was opened; nil: the board
	kept    bool // it is saved
	ready   bool
	lang    int
	ahead   *Ahead
	words   map[string]string // that come with the program, by language
	load    page.Latest
	wait    func()
	steps   *fyne.Container
	marks   []stepMark
	area    *widget.Entry
	meter   *widget.Text
	bad     *widget.Field
	preview *fyne.Container
	save    *widget.Button
	page    fyne.CanvasObject
}

func (s *Screen) editPlan() { s.goOnWith(nil) }

// goOnWith opens the plan as it is kept, or as somebody was editing it.
func (s *Screen) goOnWith(draft *Draft) {
	var from room
	if r, ok := s.room.(*review); ok {
		from = r
	}
	p := &planEditor{s: s, from: from, steps: widget.Column(8), preview: widget.Column(6), page: widget.NewPanel(widget.Skeleton(320, 12))}
	env := s.env
	s.enter(p)
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		p.stored, err = env.Store.ReminderPlan(ctx)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { s.goOnWith(draft) })
			return
		}
		p.draft, p.ready = DraftOf(p.stored), true
		if draft != nil {
			p.draft = *draft
		}
		p.lang = max(slices.Index(planLanguages, string(env.Texts.Language())), 0)
		p.build()
		p.foresee()
		if s.room == room(p) {
			s.arrange()
		}
	})
}

// unsaved tells whether something was changed that isn't kept.
func (p *planEditor) unsaved() bool {
	if !p.ready || p.kept {
		return false
	}
	now, wrong := p.draft.Plan()
	before := DraftOf(p.stored)
	was, _ := before.Plan()
	return len(wrong) > 0 || !reflect.DeepEqual(now, was)
}

func (p *planEditor) content() fyne.CanvasObject { return p.page }
func (p *planEditor) title() string              { return p.s.env.T("appointments.plan_title") }
func (p *planEditor) changed() {
	if p.ready {
		p.foresee()
	}
}

var planModes = []data.PlanMode{data.PlanAuto, data.PlanReview, data.PlanOff}

func (p *planEditor) build() {
	env := p.s.env
	names := make([]string, len(planModes))
	for i, m := range planModes {
		names[i] = env.T("appointments.mode." + modeKey(m))
	}
	mode := widget.NewRadio(names, func(i int) { p.draft.Mode = planModes[i]; p.edited() })
	mode.SetSelected(indexOf(planModes, p.draft.Mode))

	languages := make([]string, len(planLanguages))
	for i, l := range planLanguages {
		languages[i] = env.T("appointments.language." + l)
	}
	language := widget.NewSelect(languages, func(i int) { p.lang = i; p.showWords() })
	language.SetSelected(p.lang)
	p.area = widget.NewTextArea("", 4).Limit(1000)
	p.area.OnChanged = func(words string) {
		p.draft.Texts[planLanguages[p.lang]] = words
		p.bad.SetProblem("")
		p.edited()
	}
	p.meter = widget.Caption("").In(theme.Ink3)
	p.bad = widget.NewField(env.T("appointments.words"), env.T("appointments.words_hint"), p.area)
	chips := widget.Flow(6)
	for _, ph := range planPlaceholders {
		name := strings.Trim(ph, "{}|")
		chips.Add(widget.NewChip(env.T("appointments.placeholder."+name), "", func() { p.insert(ph) }))
	}
	p.save = widget.Primary(env.T("appointments.plan_save"), p.store)
	p.showSteps()
	p.showWords()
	left := widget.Column(16,
		widget.Column(6, widget.Bold(env.T("appointments.plan_mode")), mode),
		widget.Column(8, widget.Bold(env.T("appointments.plan_steps")), p.steps),
		widget.Column(8, widget.Row(8, widget.Fill(widget.Bold(env.T("appointments.plan_words"))), widget.Caption(env.T("appointments.plan_language")), widget.Exactly(theme.Grow(150), 0, language)), chips, p.bad, p.meter))
	p.page = twoParts(widget.NewPanel(widget.Column(10, widget.Fill(scrolled(widget.Inset(0, 12, 0, 0, left))), widget.Row(8, widget.Spring(), widget.Quiet(env.T("common.cancel"), p.s.leave), p.save))),
		scrolled(widget.Inset(0, 10, 0, 0, widget.Column(12, widget.NewPanel(p.preview)))))
}

func (p *planEditor) showSteps() {
	env := p.s.env
	p.steps.RemoveAll()
	p.marks = nil
	_, wrong := p.draft.Plan()
	units := []string{env.T("appointments.unit.days"), env.T("appointments.unit.days_same"), env.T("appointments.unit.hours"), env.T("appointments.unit.minutes")}
	for i := range p.draft.Steps {
		step := &p.draft.Steps[i]
		number := widget.NewEntry("1").Limit(6)
		number.SetText(step.Number)
		number.OnChanged = func(typed string) { step.Number = typed; number.SetFaulty(false); p.edited() }
		number.OnFocus(func(gained bool) {
			if !gained {
				p.showProblems()
			}
		})
		unit := widget.NewSelect(units, func(u int) { step.Unit = Unit(u); p.showSteps(); p.edited() })
		unit.SetSelected(int(step.Unit))
		row := widget.Row(8, widget.Exactly(theme.Grow(56), 0, number))
		if largeText() {
			row.Add(widget.Fill(unit))
		} else {
			row.Add(widget.Exactly(210, 0, unit))
		}
		if step.Unit == DaysAt {
			at := widget.NewTimeField(env.Texts, func(minutes int, ok bool) { step.At, step.AtBad = minutes, !ok; p.edited() })
			at.Set(step.At)
			row.Add(at)
		}
		if !largeText() {
			row.Add(widget.Spring())
		}
		row.Add(widget.NewIconButton(icons.Delete, env.T("appointments.step_remove"), func() {
			p.draft.Steps = slices.Delete(p.draft.Steps, i, i+1)
			p.showSteps()
			p.edited()
		}).Small())
		evening := widget.NewCheckbox(env.T("appointments.step_evening"), func(on bool) { step.Evening = on; p.edited() })
		evening.Set(step.Evening)
		unanswered := widget.NewCheckbox(env.T("appointments.step_only"), func(on bool) { step.Unanswered = on; p.edited() })
		unanswered.Set(step.Unanswered)
		p.steps.Add(widget.NewSoftTile(widget.Column(4, row, widget.Column(0, evening, unanswered))))
		problem := widget.Caption("").In(theme.Danger)
		p.marks = append(p.marks, stepMark{number, problem})
		p.steps.Add(problem)
	}
	p.mark(wrong)
	if len(p.draft.Steps) < mostSteps {
		p.steps.Add(widget.Row(0, widget.Quiet(env.T("appointments.step_add"), func() {
			p.draft.Steps = append(p.draft.Steps, DraftStep{Number: "1", Unit: DaysAt, At: 16 * 60, Evening: true})
			p.showSteps()
			p.edited()
		}).WithIcon(icons.Add).Small()))
	}
	p.steps.Refresh()
}

// stepMark is where it shows that a step can't be as it was typed.
type stepMark struct {
	number  *widget.Entry
	problem *widget.Text
}

func (p *planEditor) showProblems() {
	_, wrong := p.draft.Plan()
	p.mark(wrong)
}

func (p *planEditor) mark(wrong map[int]string) {
	for i, m := range p.marks {
		m.problem.Hidden = wrong[i] == ""
		m.number.SetFaulty(wrong[i] != "")
		if wrong[i] != "" {
			m.problem.SetText(p.s.env.T(wrong[i]))
		}
	}
	p.steps.Refresh()
}

// showWords shows the wording in the language that was chosen: the shop's own, else as a hint what comes with the program.
func (p *planEditor) showWords() {
	lang := planLanguages[p.lang]
	words, own := p.draft.Texts[lang]
	p.area.SetPlaceHolder(p.words[lang])
	changed := p.area.OnChanged
	p.area.OnChanged = nil
	p.area.SetText(words)
	p.area.OnChanged = changed
	if !own && p.draft.Text != "" {
		p.area.SetPlaceHolder(p.draft.Text)
	}
	p.area.Refresh()
	p.measure()
}

// insert puts a placeholder where the cursor is; into the program's own words, these are taken over first.
func (p *planEditor) insert(placeholder string) {
	if p.area.Text == "" {
		p.area.SetText(p.area.PlaceHolder)
		p.area.CursorRow, p.area.CursorColumn = 0, len([]rune(p.area.Text))
	}
	runes := []rune(p.area.Text)
	at := len(runes)
	if p.area.CursorRow == 0 && p.area.CursorColumn <= len(runes) {
		at = p.area.CursorColumn
	}
	p.area.SetText(string(runes[:at]) + placeholder + string(runes[at:]))
	p.area.CursorColumn = at + len([]rune(placeholder))
	p.s.focus(p.area)
}

// measure says how long the text of the first visit ahead would be, brand and label included.
func (p *planEditor) measure() {
	env := p.s.env
	words := p.area.Text
	if words == "" {
		words = p.area.PlaceHolder
	}
	if _, err := text.Parse(data.Reminder, words); err != nil && words != "" {
		p.bad.SetProblem(env.Texts.Error(err))
		p.meter.SetText("")
		return
	}
	p.bad.SetProblem("")
	p.meter.SetText("")
	if p.ahead == nil {
		return
	}
	for i := range p.ahead.Due {
		if f := p.ahead.Due[i].Forecast; remind.LanguageFor(f.Facts.Region) == planLanguages[p.lang] && f.Segments > 0 {
			p.meter.SetText(env.N("appointments.segments", f.Segments, "units", f.Units, "room", f.Room))
			return
		}
	}
}

// edited waits for a pause, and works out anew what the plan would mean.
func (p *planEditor) edited() {
	_, wrong := p.draft.Plan()
	if len(wrong) > 0 || p.badWords() != nil {
		p.save.Disable()
	} else {
		p.save.Enable()
	}
	call(p.wait)
	p.wait = p.s.env.After(300*time.Millisecond, p.foresee)
}

func (p *planEditor) badWords() error {
	for _, words := range p.draft.Texts {
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		if _, err := text.Parse(data.Reminder, words); err != nil {
			return err
		}
	}
	return nil
}

// foresee asks the engine what the plan as it stands would do.
func (p *planEditor) foresee() {
	env := p.s.env
	plan, _ := p.draft.Plan()
	if p.badWords() != nil {
		plan.Texts = p.stored.Texts
	}
	var ahead Ahead
	words := map[string]string{}
	p.load.Run(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) error {
			for _, l := range planLanguages {
				words[l] = remind.Wording(l, o.Provider.Capabilities())
			}
			all, _, err := o.Reminders().Expected(ctx, plan)
			ahead = Foresee(plan, all, nil)
			return err
		})
	}, func(err error) {
		if err != nil {
			p.preview.Objects = []fyne.CanvasObject{widget.NewParagraph(env.Texts.Error(err)).In(theme.Danger)}
			p.preview.Refresh()
			return
		}
		p.ahead, p.words = &ahead, words
		p.showPreview()
		if p.area.Text == "" {
			p.showWords()
		}
		p.measure()
	})
}

// mostPreview is how many visits the preview names.
const mostPreview = 5

// showPreview says for the next visits when each step comes, what the night moves, and what falls away; and the text as
// the first person would get it.
func (p *planEditor) showPreview() {
	env, a := p.s.env, p.ahead
	p.preview.RemoveAll()
	p.preview.Add(widget.Bold(env.T("appointments.preview")))
	if a.Plan.Mode == data.PlanOff || len(a.Plan.Steps) == 0 {
		p.preview.Add(widget.NewParagraph(env.T("appointments.plan_off")).Sized(theme.SizeCaption))
		p.preview.Refresh()
		return
	}
	nights, left := 0, 0
	byVisit := map[data.AppointmentID][]Due{}
	var order []data.AppointmentID
	for _, group := range [][]Due{a.Due, a.Left} {
		for _, d := range group {
			id := d.Forecast.Appointment.ID
			if byVisit[id] == nil {
				order = append(order, id)
			}
			byVisit[id] = append(byVisit[id], d)
			if d.Coming.Night {
				nights++
			}
		}
	}
	left = len(a.Left)
	p.preview.Add(widget.NewParagraph(strings.Join([]string{env.N("appointments.preview_due", len(a.Due)), env.N("appointments.preview_night", nights), env.N("appointments.preview_left", left)}, env.T("appointments.comma"))).Sized(theme.SizeCaption))
	if len(order) == 0 {
		p.preview.Add(widget.NewParagraph(env.T("appointments.preview_none")).Sized(theme.SizeCaption))
	}
	for i, id := range order {
		if i == mostPreview {
			break
		}
		f := byVisit[id][0].Forecast
		wall, _ := data.ParseWall(f.Appointment.Wall)
		lines := widget.Column(0, widget.Row(6, widget.Fill(widget.Bold(f.Appointment.Patient).Shorten()), widget.Caption(env.Texts.WeekdayDay(wall)+" "+env.Texts.Time(wall))))
		for j := range f.Course {
			color := theme.Ink2
			if f.Course[j].Due == 0 {
				color = theme.Warn
			}
			lines.Add(widget.NewParagraph(comingText(env, &f.Course[j])).Sized(theme.SizeCaption).In(color))
		}
		p.preview.Add(lines)
	}
	if len(a.Due) > 0 && a.Due[0].Forecast.Body != "" {
		p.preview.Add(widget.Divider())
		p.preview.Add(widget.Caption(env.T("appointments.preview_text", "name", a.Due[0].Forecast.Appointment.Patient)))
		p.preview.Add(widget.NewSoftPanel(widget.Accent, widget.NewParagraph(a.Due[0].Forecast.Body).In(theme.Ink)).Padded(12))
	}
	p.preview.Refresh()
}

// store saves the plan. What waits by the old one is planned anew.
func (p *planEditor) store() {
	env := p.s.env
	plan, wrong := p.draft.Plan()
	if err := p.badWords(); err != nil || len(wrong) > 0 {
		p.showProblems()
		return
	}
	stored := p.stored
	p.s.act(func(ctx context.Context) error {
		if err := env.Store.SetReminderPlan(ctx, plan); err != nil {
			return err
		}
		if sameTimes(stored, plan) {
			return nil
		}
		_, err := env.Store.ClearPlanned(ctx)
		return err
	}, func() {
		p.kept = true
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("appointments.plan_saved"), Close: env.T("common.close")})
		p.s.leave()
	})
}
