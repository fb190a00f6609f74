package welcome

import (
	"context"

	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Setting is the name under which Env.Keep remembers a Model.
const Setting = "welcome"

// Screen is the whole window while a profile is new. Steps are at the left, the step that shows at the right.
type Screen struct {
	env   *page.Env
	model *Model
	end   func(Ending)

	rail    *fyne.Container
	head    *fyne.Container
	body    *fyne.Container
	foot    *fyne.Container
	first   fyne.Focusable // what gets the focus when the step opens
	next    *widget.Button
	shop    *shopView
	content fyne.CanvasObject
	typed   func() // stops the wait before what was typed is kept
	open    bool   // it is in the window
}

// Ending is where somebody wants to go after the first run.
type Ending struct {
	Page   page.Name // "" for where the window would open
	Target any       // one of page's targets, or nil
}

// New shows a first run. end is called once, when it is done.
func New(env *page.Env, m *Model, end func(Ending)) *Screen {
	s := &Screen{env: env, model: m, end: end, rail: container.NewStack(), head: widget.Column(4), body: container.NewStack(), foot: container.NewStack()}
	main := widget.Inset(40, 48, 24, 48, widget.Column(0, s.head, widget.Fill(widget.Inset(16, -besideScroll, 16, -4, s.body)), s.foot))
	s.content = widget.Surface(theme.Page, container.New(halves{}, widget.Surface(theme.Rail, widget.Inset(32, 28, 32, 28, s.rail)), main))
	s.show()
	return s
}

// Content fills the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Focus gives the focus to what the step asks for first. Call it when the content is in the window.
func (s *Screen) Focus() {
	s.open = true
	if c := s.env.Canvas(); c != nil && s.first != nil && c.Overlays().Top() == nil {
		c.Focus(s.first)
	}
}

// Enter does what the main button does, Escape goes a step back.
func (s *Screen) Enter() { s.next.Press() }

func (s *Screen) Escape() { s.back() }

// Dropped takes a list that was let go over the window: that is the last step's answer, whichever step shows.
func (s *Screen) Dropped(path string) {
	s.model.Been[List] = true
	s.finish(Ending{Page: page.Import, Target: page.ToFile{Path: path}})
}

// show draws the step.
func (s *Screen) show() {
	env, m := s.env, s.model
	s.rail.Objects = []fyne.CanvasObject{s.steps()}
	s.rail.Refresh()
	s.shop, s.first = nil, nil
	key := "welcome." + stepNames[m.Step]
	s.head.Objects = []fyne.CanvasObject{
		widget.Caption(env.T("welcome.step", "n", int(m.Step)+1, "of", steps)),
		widget.Title(env.T(key + ".title")).Shorten(),
		widget.NewParagraph(env.T(key + ".subtitle")).Lines(2),
	}
	s.head.Refresh()
	s.foot.Objects = []fyne.CanvasObject{s.buttons()}
	s.foot.Refresh()
	var body fyne.CanvasObject
	switch m.Step {
	case Shop:
		s.shop = newShopView(s)
		body = s.shop.content
	case Service:
		body = s.service()
	case List:
		body = s.list()
	default:
		body = s.look()
	}
	if s.first == nil {
		s.first = s.next
	}
	s.body.Objects = []fyne.CanvasObject{container.NewVScroll(widget.Inset(4, besideScroll, 4, 4, body))}
	s.body.Refresh()
	if s.open {
		s.Focus()
	}
}

// besideScroll keeps the bar of a scroll off what it scrolls.
const besideScroll = 12

var stepNames = [steps]string{"look", "shop", "service", "list"}

// buttons are the ways on: later, back, next.
func (s *Screen) buttons() fyne.CanvasObject {
	env, m := s.env, s.model
	text := env.T("welcome.next")
	if m.Step == List {
		text = env.T("welcome.finish")
	}
	s.next = widget.Primary(text, s.goOn).WithIconAfter(icons.Forward)
	row := widget.Row(12, widget.Quiet(env.T("welcome.later"), s.skip), widget.Spring())
	if m.Step > Look {
		row.Add(widget.Secondary(env.T("welcome.back"), s.back))
	}
	row.Add(s.next)
	return row
}

// goOn answers the step. Whose shop this is is stored at once.
func (s *Screen) goOn() {
	m := s.model
	step := m.Step
	if !m.Next() {
		s.shop.lack()
		return
	}
	if step == Shop {
		s.store(func() {})
	}
	s.moved()
}

func (s *Screen) skip() {
	s.model.Skip()
	s.moved()
}

func (s *Screen) back() {
	if s.model.Back() {
		s.moved()
	}
}

// moved shows the step that it is now, and remembers it.
func (s *Screen) moved() {
	if s.model.Done {
		end := Ending{}
		if s.model.Provider != "practice" {
			end = Ending{Page: page.Settings, Target: page.ToSettings{Section: "provider"}}
		}
		s.finish(end)
		return
	}
	s.keep()
	s.show()
}

// finish ends the first run for good. What was guessed or typed is stored, even where a step was skipped: the country of the
// system's own locale is a better beginning than another.
func (s *Screen) finish(e Ending) {
	s.model.Done = true
	s.keep()
	s.store(func() { s.end(e) })
}

// keep remembers how far one is.
func (s *Screen) keep() {
	if s.typed != nil {
		s.typed()
		s.typed = nil
	}
	s.env.Keep(Setting, *s.model)
}

// keepSoon remembers what is being typed, after a pause.
func (s *Screen) keepSoon() {
	if s.typed != nil {
		s.typed()
	}
	s.typed = s.env.After(typingPause, s.keep)
}

// store writes whose shop this is into the profile.
func (s *Screen) store(then func()) {
	env, m := s.env, *s.model
	page.Load(env.Tasks, func(ctx context.Context) error {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		return env.Store.SetBusiness(ctx, m.Into(b))
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { s.store(then) })
			return
		}
		then()
	})
}

// steps are the four of them, each with what was answered, and the way to skip all of it.
func (s *Screen) steps() fyne.CanvasObject {
	env := s.env
	column := widget.Column(0, widget.Row(12, widget.Logo(40), widget.Heading(env.T("app.name"))), widget.Inset(28, 0, 0, 0, container.NewStack()))
	for i := range Step(steps) {
		if i > Look {
			column.Add(widget.Inset(-4, 0, -4, 13, widget.Row(0, widget.Exactly(1, 24, widget.Surface(theme.Line, nil)), widget.Spring())))
		}
		column.Add(s.step(i))
	}
	column.Add(widget.Spring())
	promise := widget.NewParagraph(env.T("welcome.private")).Sized(theme.SizeCaption)
	column.Add(widget.TopRow(12, widget.NewIcon(icons.Locked, theme.Accent, widget.IconNav), widget.Fill(promise)))
	column.Add(widget.Inset(12, 0, 0, 30, widget.Row(0, widget.NewCaptionLink(env.T("welcome.skip_all"), func() { s.finish(Ending{}) }), widget.Spring())))
	return column
}

// step is one of them: a disc, its name, and what was answered.
func (s *Screen) step(i Step) fyne.CanvasObject {
	env, m := s.env, s.model
	disc := widget.Surface(theme.Panel, widget.Caption(env.Texts.Number(int64(i)+1)).Bold().In(theme.Ink2).Centered()).Rounded(14)
	title := widget.Body(env.T("welcome." + stepNames[i] + ".step")).Shorten()
	switch {
	case i == m.Step:
		disc = widget.Surface(theme.Accent, widget.Caption(env.Texts.Number(int64(i)+1)).Bold().In(theme.OnAccent).Centered()).Rounded(14)
		title = title.Bold()
	case m.Been[i]:
		disc = widget.Surface(theme.OKSoft, container.NewCenter(widget.NewIcon(icons.Check, theme.OK, widget.IconSmall))).Rounded(14)
	}
	words := widget.Column(0, title, widget.Caption(s.answer(i)).Shorten())
	return widget.NewListRow(widget.Row(12, widget.Exactly(28, 28, disc), widget.Fill(words)), func() {
		m.GoTo(i)
		s.moved()
	}).Tall(46).Padded(0)
}

// answer is what was answered, or what the step is about.
func (s *Screen) answer(i Step) string {
	env, m := s.env, s.model
	about := env.T("welcome." + stepNames[i] + ".about")
	if !m.Been[i] {
		return about
	}
	switch i {
	case Look:
		a := env.Appearance()
		return env.T("welcome.look.answer", "language", a.Language.Name(), "look", env.T(lookKeys[a.Look]))
	case Shop:
		return m.Business.Name
	case Service:
		return env.T("provider." + m.Provider + ".name")
	}
	return about
}

// halves puts the steps at the left and the step that shows at the right.
type halves struct{}

func (halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 600) }

func (halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := float32(320)
	if size.Width < 1120 {
		left = 260
	}
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(left, size.Height))
	objects[1].Move(fyne.NewPos(left, 0))
	objects[1].Resize(fyne.NewSize(size.Width-left, size.Height))
}
