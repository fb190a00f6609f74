package imports

import (
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Screen is the Import page.
type Screen struct {
	env     *page.Env
	desk    *desk
	stepper *widget.Stepper
	keys    *keys
	body    *fyne.Container // what the step shows
	content fyne.CanvasObject

	shown   any // what the body was last built for
	check   *checkView
	running *runningView
	header  page.Header
	listed  int // past imports that the header counts
}

var (
	_ page.Page        = (*Screen)(nil)
	_ page.Shower      = (*Screen)(nil)
	_ page.Hider       = (*Screen)(nil)
	_ page.Changer     = (*Screen)(nil)
	_ page.Escaper     = (*Screen)(nil)
	_ page.Dropper     = (*Screen)(nil)
	_ page.FocusKeeper = (*Screen)(nil)
	_ page.Rememberer  = (*Screen)(nil)
	_ page.Opener      = (*Screen)(nil)
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env, time.Now) }

func newScreen(env *page.Env, now func() time.Time) *Screen {
	s := &Screen{env: env, body: container.NewStack()}
	s.stepper = widget.NewStepper(env.T("imports.step.file"), env.T("imports.step.check"), env.T("imports.step.import"), env.T("imports.step.receipt"))
	s.keys = newKeys(s.enter, func() {
		if s.desk.Step == File {
			s.desk.paste()
		}
	})
	s.content = container.NewStack(s.keys, s.body) // Tab goes on from here into the step, not past it
	s.desk = &desk{env: env, now: now, show: s.show, Model: Model{Undoing: map[data.ImportID]bool{}}}
	s.show()
	return s
}

func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads the list of past imports.
func (s *Screen) Shown() {
	s.desk.visible = true
	s.desk.loadPast()
}

func (s *Screen) Hidden() { s.desk.visible = false }

// Changed loads it again.
func (s *Screen) Changed() {
	if s.desk.Step == File || s.desk.Step == Past {
		s.desk.loadPast()
	}
}

// Escape goes a step back.
func (s *Screen) Escape() bool { return s.desk.back() }

func (s *Screen) Dropped(files []fyne.URI) { s.desk.drop(files) }

// KeepsFocus is what turns Enter into the main button of the step.
func (s *Screen) KeepsFocus() fyne.Focusable { return s.keys }

func (s *Screen) Memory() any { return s.desk }

// Recall takes over what an earlier building of the page had in hand.
func (s *Screen) Recall(memory any) {
	if d, ok := memory.(*desk); ok {
		d.env, d.show = s.env, s.show
		s.desk, s.shown = d, nil
		s.show()
	}
}

// Header says what step this is.
func (s *Screen) Header() page.Header {
	env, m := s.env, &s.desk.Model
	switch m.Step {
	case Check:
		s.stepper.SetNow(1)
		return page.Header{Title: env.T("imports.check.title"), Subtitle: env.T("imports.check.subtitle"), Actions: []fyne.CanvasObject{s.stepper}}
	case Running:
		s.stepper.SetNow(2)
		return page.Header{Title: env.T("imports.running.title"), Subtitle: env.T("imports.check.nothing_yet"), Actions: []fyne.CanvasObject{s.stepper}}
	case Receipt:
		h := page.Header{Title: env.T("imports.receipt.title"), Subtitle: s.receiptLine()}
		if m.Done.State == "undone" {
			h.Title = env.T("imports.receipt.undone")
		}
		if m.Done.List != nil {
			s.stepper.SetNow(4)
			h.Actions = []fyne.CanvasObject{s.stepper}
		}
		return h
	case Past:
		return page.Header{
			Title: env.T("imports.past.title"), Subtitle: env.T("imports.past.subtitle"),
			Actions: []fyne.CanvasObject{widget.Secondary(env.T("common.back"), func() { s.desk.back() })},
		}
	}
	h := page.Header{Title: env.T("imports.title"), Subtitle: env.T("imports.subtitle")}
	if n := len(m.Imports); n > 0 {
		h.Actions = []fyne.CanvasObject{widget.Secondary(env.T("imports.past.button", "n", n), func() { m.ShowPast(); s.show() }).WithIcon(icons.Time)}
	}
	return h
}

// receiptLine is which file that was, when, how long it took, and by whom.
func (s *Screen) receiptLine() string {
	env, o := s.env, s.desk.Done
	parts := []string{o.Receipt.File}
	if o.At != 0 {
		parts = append(parts, env.Texts.DateTime(o.At.In(env.Business.Location())))
	}
	if o.Took >= 100*time.Millisecond {
		parts = append(parts, env.Texts.Span(o.Took))
	}
	if o.List != nil && env.Business.Person != "" {
		parts = append(parts, env.T("imports.receipt.by", "person", env.Business.Person))
	}
	return strings.Join(parts, " · ")
}

// state is what the body is built for; while it is the same, its parts alone
// are brought up to date.
type state struct {
	step    Step
	done    *Outcome
	undone  bool
	undoing bool
	problem error
	trying  string

	interrupted string

	imports int
	newest  string
}

func (s *Screen) state() state {
	m := &s.desk.Model
	now := state{step: m.Step}
	switch m.Step {
	case File:
		now.problem, now.interrupted = m.Problem, m.Interrupted
		if m.Trying != nil && s.desk.slow {
			now.trying = m.Trying.Path
		}
	case Receipt:
		now.done, now.undone, now.undoing = m.Done, m.Done.State == "undone", m.Undoing[m.Done.Receipt.Import]
	case Past:
		now.imports = len(m.Imports)
		for i := range m.Imports {
			now.newest += m.Imports[i].State
			if m.Undoing[m.Imports[i].ID] {
				now.newest += "!"
			}
		}
	}
	return now
}

// show draws the model.
func (s *Screen) show() {
	m := &s.desk.Model
	if now := s.state(); s.shown != any(now) {
		s.shown, s.check, s.running = now, nil, nil
		var body fyne.CanvasObject
		switch m.Step {
		case Check:
			s.check = newCheckView(s)
			body = s.check.content
		case Running:
			s.running = newRunningView(s)
			body = s.running.content
		case Receipt:
			body = s.receipt()
		case Past:
			body = s.past()
		default:
			body = s.file()
		}
		s.body.Objects = []fyne.CanvasObject{body}
		s.body.Refresh()
		s.listen()
	}
	if s.check != nil {
		s.check.show()
	}
	if s.running != nil {
		s.running.show()
	}
	s.headerChanged()
}

// headerChanged asks for the header again when it says something else.
func (s *Screen) headerChanged() {
	h := s.Header()
	if h.Title != s.header.Title || h.Subtitle != s.header.Subtitle || len(h.Actions) != len(s.header.Actions) || s.listed != len(s.desk.Imports) {
		s.header, s.listed = h, len(s.desk.Imports)
		s.env.HeaderChanged()
	}
}

// listen gives the focus to the page, so that Enter and Escape arrive.
func (s *Screen) listen() {
	if s.env.Canvas == nil || !s.desk.visible {
		return
	}
	if c := s.env.Canvas(); c != nil && c.Overlays().Top() == nil {
		c.Focus(s.keys)
	}
}

// enter does what the main button of the step does.
func (s *Screen) enter() {
	switch m := &s.desk.Model; {
	case m.Step == Check:
		s.desk.run()
	case m.Step == File && m.Trying == nil:
		s.choose()
	case m.Step == Receipt:
		_, do := s.onward()
		do()
	}
}

// choose lets the user choose a file.
func (s *Screen) choose() {
	s.env.ChooseFile(page.Spreadsheets, func(path string) { s.desk.open(path, "") })
}

// keys has the focus while no field has it.
type keys struct {
	fynewidget.BaseWidget
	enter, paste func()
}

func newKeys(enter, paste func()) *keys {
	k := &keys{enter: enter, paste: paste}
	k.ExtendBaseWidget(k)
	return k
}

func (k *keys) FocusGained()   {}
func (k *keys) FocusLost()     {}
func (k *keys) TypedRune(rune) {}

// TypedShortcut takes a table that is pasted, and hands other shortcuts on.
func (k *keys) TypedShortcut(shortcut fyne.Shortcut) {
	if _, ok := shortcut.(*fyne.ShortcutPaste); ok {
		k.paste()
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(k).(fyne.Shortcutable); ok {
		c.TypedShortcut(shortcut)
	}
}

func (k *keys) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		k.enter()
	case fyne.KeyEscape:
		// The focused widget gets it first; the page's own Escape is the shell's.
		if c := fyne.CurrentApp().Driver().CanvasForObject(k); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
		}
	}
}

func (k *keys) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(container.NewWithoutLayout())
}
