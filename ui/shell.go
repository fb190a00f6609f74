// Package ui is the window: the rail at the left, the page that is open, and
// above them toasts, questions and the list of what is being done. Pages are
// packages of their own (ui/redeem and so on); they know package ui/page and
// nothing of this one.
package ui

import (
	"context"
	"log/slog"
	"slices"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// Shell is the window of one profile.
type Shell struct {
	needs   Needs
	choices Choices
	router  Router
	changes *changes

	env    *page.Env
	pages  map[page.Name]page.Page
	view   *view
	stage  *widget.Stage
	drawer *fyne.Container    // the list of tasks, once it was opened
	leave  context.CancelFunc // ends the watch on the database's files
	badges map[page.Name]string

	counting page.Latest // how many replies wait

	sending sender.State // what the engine said last
	built   standing     // what the window was built for
	looking page.Latest  // whether that has changed

	greeting // the first run, while the profile is new
}

// Needs is what a shell works with.
type Needs struct {
	Window  fyne.Window
	Store   *store.Store
	Choices Choices
	Tasks   page.Tasks // *Tasks in the window, page.Now in tests and pictures
	Loop    Loop
	After   widget.After
	Log     *slog.Logger            // may be nil
	System  func() theme.Variant    // what the desktop has; nil is light
	Open    func(path string) error // shows a file or folder; nil does nothing
	Stored  bool                    // choices are remembered in the profile
	Version string                  // of the program
	Engine  page.Engine             // nil: opened for each use
	// OpenProfile shows another profile in a window of its own; nil where that can't be.
	OpenProfile func(dir string, a page.Appearance) error
	Built       func() // called when the window was made anew, as in another language; may be nil
}

// leastWindow is the smallest window in which all pages can be worked with.
var leastWindow = fyne.NewSize(900, 600)

// NewShell builds the window's content. The window isn't shown yet. Errors:
// those of the store.
func NewShell(ctx context.Context, n Needs) (*Shell, error) {
	if n.Log == nil {
		n.Log = slog.New(slog.DiscardHandler)
	}
	if n.System == nil {
		n.System = func() theme.Variant { return theme.Light }
	}
	if n.Open == nil {
		n.Open = func(string) error { return nil }
	}
	if n.Engine == nil {
		n.Engine = page.OnDemand{Store: n.Store}
	}
	s := &Shell{needs: n, choices: n.Choices, badges: map[page.Name]string{}}
	s.dress()
	s.router.Go(roomOf(n.Choices.Page).name)
	if err := s.build(ctx); err != nil {
		return nil, err
	}
	s.listen()
	if tasks, ok := n.Tasks.(*Tasks); ok {
		tasks.changed = s.tasksChanged
	}
	return s, nil
}

// dress puts the theme on.
func (s *Shell) dress() {
	fyne.CurrentApp().Settings().SetTheme(theme.New(s.choices.variant(s.needs.System), s.choices.Scale))
}

// build makes everything anew, in the language that was chosen, and shows the
// page that showed before. What pages have in hand goes over to the new ones.
func (s *Shell) build(ctx context.Context) error {
	texts := i18n.New(s.choices.Language)
	if err := widget.SpeakFyne(texts); err != nil {
		s.needs.Log.Warn("fyne's own words stay as they are", "error", err)
	}
	business, err := s.needs.Store.Business(ctx)
	if err != nil {
		return err
	}
	provider, err := s.needs.Store.Provider(ctx)
	if err != nil {
		return err
	}
	var relay string
	if _, err := s.needs.Store.Setting(ctx, "relay", &relay); err != nil {
		return err
	}
	s.built = standing{provider, relay, business.Name, business.Person, business.Till, business.Country, business.Zone, business.Currency}
	memories := map[page.Name]any{}
	for name, p := range s.pages {
		if r, ok := p.(page.Rememberer); ok {
			memories[name] = r.Memory()
		}
	}
	s.env = s.environment(texts, business, provider == "practice")
	s.pages = map[page.Name]page.Page{}
	for name, memory := range memories {
		if r, ok := s.page(name).(page.Rememberer); ok {
			r.Recall(memory)
		}
	}
	s.view = newView(s, relay != "")
	for name, count := range s.badges {
		s.view.badge(name, count)
	}
	s.tasksChanged()
	s.view.trouble(s.sending)
	content := s.greet(s.view.content)
	if s.stage == nil {
		s.stage = widget.NewStage(content, s.needs.After)
		s.needs.Window.SetPadded(false)
		s.needs.Window.SetContent(s.stage)
	} else {
		s.stage.SetPage(content)
	}
	s.needs.Window.SetTitle(title(texts, business))
	s.show()
	s.countWaiting()
	s.lookAtSettings()
	if s.needs.Built != nil {
		s.needs.Built()
	}
	return nil
}

func title(texts *i18n.Texts, b data.Business) string {
	if b.Name == "" {
		return texts.T("app.name")
	}
	return texts.T("shell.window", "business", b.Name)
}

// page returns a page, and makes it when it is opened for the first time.
func (s *Shell) page(name page.Name) page.Page {
	p := s.pages[name]
	if p == nil {
		p = roomOf(name).open(s.env)
		s.pages[name] = p
	}
	return p
}

// Go opens a page.
func (s *Shell) Go(to page.Name) {
	if !slices.ContainsFunc(rooms, func(r room) bool { return r.name == to }) {
		s.needs.Log.Error("a page that isn't there was asked for", "page", string(to))
		return
	}
	s.move(func() bool { return s.router.Go(to) })
}

// GoTo opens one thing on a page.
func (s *Shell) GoTo(to page.Name, target any) {
	if slices.ContainsFunc(rooms, func(r room) bool { return r.name == to }) {
		if o, ok := s.page(to).(page.Opener); ok {
			o.OpenAt(target)
		}
	}
	s.Go(to)
	s.view.header()
}

// Back opens the page before.
func (s *Shell) Back() { s.move(s.router.Back) }

func (s *Shell) move(step func() bool) {
	before := s.router.Now()
	if !step() {
		s.keepFocus()
		return
	}
	if h, ok := s.pages[before].(page.Hider); ok {
		h.Hidden()
	}
	s.show()
	s.remember(settingPage, s.router.Now())
}

// Now is the page that shows.
func (s *Shell) Now() page.Name { return s.router.Now() }

// show puts the router's page on the screen.
func (s *Shell) show() {
	if s.welcome != nil {
		s.welcome.Focus()
		return
	}
	p := s.page(s.router.Now())
	if c := s.needs.Window.Canvas(); c.Focused() != nil {
		// A field that goes out of sight would keep the keys (and Fyne crashes
		// when a focused field is taken away).
		c.Unfocus()
	}
	s.view.show(s.router.Now(), p)
	if shower, ok := p.(page.Shower); ok {
		shower.Shown()
	}
	s.keepFocus()
}

// changed tells the page that shows of what others wrote. On Fyne's goroutine.
func (s *Shell) changed() {
	s.countWaiting()
	s.lookAround()
	if c, ok := s.pages[s.router.Now()].(page.Changer); ok {
		c.Changed()
	}
}

// Watch listens for changes in the store until Close.
func (s *Shell) Watch() {
	ctx, leave := context.WithCancel(context.Background())
	s.leave = leave
	s.changes = &changes{tell: func() { s.needs.Loop(s.changed) }, after: afterReal}
	s.needs.Store.OnChange(s.changes.note)
	go s.changes.watch(ctx, s.needs.Store.Path)
}

// Close lets the page store what is in hand, ends the watch and remembers the
// size of the window.
func (s *Shell) Close() {
	if h, ok := s.pages[s.router.Now()].(page.Hider); ok {
		h.Hidden()
	}
	if s.leave != nil {
		s.leave()
	}
	at := s.needs.Window.Canvas().Size()
	s.remember(settingSize, size{at.Width, at.Height})
}

// remember stores a choice. That it can't be stored is no reason to stop.
func (s *Shell) remember(name string, value any) {
	if !s.needs.Stored {
		return
	}
	if err := s.needs.Store.SetSetting(context.Background(), name, value); err != nil {
		s.needs.Log.Warn("a choice was not stored", "setting", name, "code", string(data.CodeOf(err)))
	}
}

// kept reads what a page remembered.
func (s *Shell) kept(name string, into any) bool {
	ok, err := s.needs.Store.Setting(context.Background(), settingPages+name, into)
	return ok && err == nil
}

func (s *Shell) appearance() page.Appearance {
	return page.Appearance{Language: s.choices.Language, Look: s.choices.Look, Scale: s.choices.Scale}
}

// appear changes what is new about an appearance, at once.
func (s *Shell) appear(a page.Appearance) {
	if a.Look != s.choices.Look {
		s.Wear(a.Look)
	}
	s.Enlarge(a.Scale)
	s.Speak(a.Language)
}

// Speak switches the language at once, on the same page.
func (s *Shell) Speak(language i18n.Language) {
	if language == s.choices.Language {
		return
	}
	s.choices.Language = language
	s.remember(settingLanguage, language)
	s.rebuild()
}

// Wear switches the look at once.
func (s *Shell) Wear(look page.Look) {
	s.choices.Look = look
	s.remember(settingLook, look)
	s.dress()
}

// Enlarge sets the text scale, 1 to 1.5.
func (s *Shell) Enlarge(scale float32) {
	if scale == s.choices.Scale {
		return
	}
	s.choices.Scale = scale
	s.remember(settingScale, scale)
	s.dress()
	s.rebuild()
}

// SystemChanged follows the desktop from light to dark, when the user wants
// that.
func (s *Shell) SystemChanged() {
	if s.choices.Look == page.LookSystem && theme.IsDark() != (s.needs.System() == theme.Dark) {
		s.dress()
	}
}

func (s *Shell) rebuild() {
	if err := s.build(context.Background()); err != nil {
		s.env.Fail(err, s.rebuild)
	}
}

// Toast says something that is no page's own: the engine's news.
func (s *Shell) Toast(t widget.Toast) (dismiss func()) { return s.stage.Toast(t) }

// Fail says what went wrong.
func (s *Shell) Fail(err error, retry func()) { s.env.Fail(err, retry) }

// Ask puts a question over the window.
func (s *Shell) Ask(q widget.Question) *widget.Dialog { return s.env.Ask(q) }

// Texts are those of the language in force.
func (s *Shell) Texts() *i18n.Texts { return s.env.Texts }

// Page returns a page that was opened, for tests and pictures.
func (s *Shell) Page(name page.Name) page.Page { return s.pages[name] }

// environment is what pages of this building of the window work with.
func (s *Shell) environment(texts *i18n.Texts, business data.Business, practice bool) *page.Env {
	env := &page.Env{
		Store: s.needs.Store, Texts: texts, Business: business, Practice: practice, Clock: s.needs.Store.Clock(),
		Tasks: s.needs.Tasks, After: s.needs.After, Go: s.Go, GoTo: s.GoTo, Engine: s.needs.Engine, Version: s.needs.Version,
		Keep: func(name string, value any) { s.remember(settingPages+name, value) }, Kept: s.kept,
		Appearance: s.appearance, SetAppearance: s.appear, Rebuild: s.rebuild, OpenSample: s.sampleOpener(business),
		Canvas: s.needs.Window.Canvas,
		Toast:  func(t widget.Toast) func() { return s.stage.Toast(t) },
		Ask: func(q widget.Question) *widget.Dialog {
			return widget.Ask(s.needs.Window.Canvas(), q)
		},
	}
	env.HeaderChanged = func() { s.view.header() }
	env.Badge = func(p page.Name, count string) {
		s.badges[p] = count
		s.view.badge(p, count)
	}
	env.Fail = func(err error, retry func()) { s.fail(env, err, retry) }
	env.ChooseFile = func(extensions []string, then func(string)) { chooseFile(s.needs.Window, extensions, env, then) }
	env.SaveFile = func(name string, then func(string)) { saveFile(s.needs.Window, name, env, then) }
	env.Open = func(path string) {
		if err := s.needs.Open(path); err != nil {
			env.Fail(&data.Error{Code: "open_with", Op: "open a file", Err: err, Args: map[string]string{"path": path}}, nil)
		}
	}
	env.Copy = func(text string) {
		fyne.CurrentApp().Clipboard().SetContent(text)
		s.stage.Toast(widget.Toast{Tone: widget.OK, Text: texts.T("shell.copied"), Close: texts.T("common.close")})
	}
	return env
}
