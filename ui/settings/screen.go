package settings

import (
	"context"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data/secret"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the Settings page: a menu of sections at the left, the chosen one beside it.
type Screen struct {
	env      *page.Env
	desk     *desk
	menu     map[string]*widget.NavItem
	list     *container.Scroll // of the menu's lines
	parts    map[string]part
	bars     map[string]*saveBar
	body     *fyne.Container
	fixes    *fyne.Container // what has to be put right, above the section
	search   *widget.Entry
	needs    []Need
	load     page.Latest
	counting page.Latest
	keys     secret.Keychain
	content  fyne.CanvasObject
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Hider      = (*Screen)(nil)
	_ page.Opener     = (*Screen)(nil)
	_ page.Searcher   = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
)

// menuWide is how wide the menu is.
const menuWide float32 = 188

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env) }

func newScreen(env *page.Env) *Screen {
	s := &Screen{env: env, menu: map[string]*widget.NavItem{}, parts: map[string]part{}, bars: map[string]*saveBar{}, body: container.NewStack(), fixes: widget.Column(0)}
	if env.Store != nil {
		s.keys = secret.Of(env.Store.Dir)
	}
	s.desk = newDesk()
	s.search = widget.NewEntry(env.T("settings.search")).Limit(60).WithIcon(icons.Search)
	s.search.OnSubmitted = s.find
	items := widget.Column(4)
	for _, sec := range sections {
		item := widget.NewNavItem(sec.icon, env.T("settings.menu."+sec.name), "", func() { s.choose(sec.name) }).Amber()
		item.SetTip(env.T("settings.menu." + sec.name))
		s.menu[sec.name] = item
		items.Add(item)
	}
	s.list = container.NewVScroll(items)
	s.content = container.NewBorder(nil, nil, widget.Inset(0, 16, 0, 0, widget.Exactly(min(theme.Grow(menuWide), 236), 0, s.list)), nil, widget.Column(0, s.fixes, widget.Fill(s.body)))
	return s
}

// Header names the section.
func (s *Screen) Header() page.Header {
	return page.Header{
		Title: s.env.T("settings.title"), Subtitle: s.env.T("settings.menu." + s.desk.section),
		Actions: []fyne.CanvasObject{widget.Exactly(theme.Grow(220), 0, s.search)},
	}
}

func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads the section, and looks what there is to fix.
func (s *Screen) Shown() {
	s.desk.counted = false
	s.choose(s.desk.section)
	s.look()
}

// look asks what has to be put right, for the badges.
func (s *Screen) look() {
	var needs []Need
	s.load.Run(s.env.Tasks, func(ctx context.Context) (err error) {
		needs, err = lookFor(ctx, s.env.Store, s.keys)
		return err
	}, func(err error) {
		if err != nil {
			s.env.Fail(err, s.look)
			return
		}
		s.needs = needs
		count := map[string]int{}
		for _, n := range needs {
			count[n.Section]++
		}
		for name, item := range s.menu {
			item.SetBadge(Badge(count[name]))
		}
		s.env.Badge(page.Settings, Badge(len(needs)))
		s.warn()
	})
}

// Hidden asks what is to become of what was typed and not saved.
func (s *Screen) Hidden() {
	unsaved := s.desk.Unsaved()
	if len(unsaved) == 0 {
		return
	}
	env := s.env
	var names []string
	for _, u := range unsaved {
		names = append(names, env.T("settings.menu."+u))
	}
	env.Ask(widget.Question{
		Title: env.T("settings.leave"), Text: env.T("settings.leave_text", "sections", env.Texts.List(names...)),
		Confirm: env.T("settings.leave_back"), Other: env.T("settings.leave_discard"), Cancel: env.T("settings.leave_keep"),
		OnConfirm: func() bool {
			env.GoTo(page.Settings, page.ToSettings{Section: unsaved[0]})
			return true
		},
		OnOther: func() {
			s.desk.Discard()
			clear(s.parts)
		},
	})
}

// OpenAt opens a section.
func (s *Screen) OpenAt(target any) {
	if to, ok := target.(page.ToSettings); ok && isSection(to.Section) {
		s.choose(to.Section)
	}
}

// FocusSearch leads to the field that finds a setting.
func (s *Screen) FocusSearch() {
	if c := s.env.Canvas(); c != nil {
		c.Focus(s.search)
	}
}

func (s *Screen) Memory() any { return s.desk }

// Recall takes over what was typed before the window was built anew.
func (s *Screen) Recall(memory any) {
	if d, ok := memory.(*desk); ok {
		s.desk = d
	}
}

// choose shows a section.
func (s *Screen) choose(name string) {
	s.desk.section = name
	for n, item := range s.menu {
		item.Select(n == name)
	}
	if item := s.menu[name]; s.list.Size().Height > 0 { // a find may lead to a line that is out of sight
		top := item.Position().Y
		s.list.ScrollToOffset(fyne.NewPos(0, min(max(s.list.Offset.Y, top+item.Size().Height-s.list.Size().Height), top)))
	}
	p := s.parts[name]
	if p == nil {
		for _, sec := range sections {
			if sec.name == name {
				p = sec.open(s)
			}
		}
		s.parts[name] = p
	}
	s.body.Objects = []fyne.CanvasObject{p.Object()}
	s.body.Refresh()
	s.warn()
	s.env.HeaderChanged()
	p.Show()
}

// warn says above a section what has to be put right in it.
func (s *Screen) warn() {
	s.fixes.RemoveAll()
	for _, n := range s.needs {
		if n.Section == s.desk.section {
			s.fixes.Add(widget.Inset(0, 8, 12, 4, widget.NewBanner(widget.Warn, icons.Warning, s.env.T("settings.need."+n.Code))))
		}
	}
	s.fixes.Refresh()
	s.content.Refresh()
}

// keptCountries is how the page remembers the contacts' countries from one start to the next.
const keptCountries = "settings.countries"

// countries are those of the contacts as far as they are known at once. Counting a million people takes seconds: it is
// done beside, and again is called when something else came out.
func (s *Screen) countries(again func()) []store.CountryCount {
	if s.desk.countries == nil {
		s.env.Kept(keptCountries, &s.desk.countries)
	}
	if !s.desk.counted {
		s.desk.counted = true
		section := s.desk.section
		var all []store.CountryCount
		s.counting.Run(s.env.Tasks, func(ctx context.Context) (err error) {
			all, err = s.env.Store.Countries(ctx)
			return err
		}, func(err error) {
			switch {
			case err != nil:
				s.env.Fail(err, nil)
			case !slices.Equal(all, s.desk.countries):
				s.desk.countries = all
				s.env.Keep(keptCountries, all)
				if s.desk.section == section && len(s.desk.Unsaved()) == 0 { // what is being typed is left alone
					again()
				}
			}
		})
	}
	return s.desk.countries
}

// find opens the section in which a word stands: its name, or one of the settings in it.
func (s *Screen) find(text string) {
	name, ok := findSection(s.env.Texts, text)
	if !ok {
		s.env.Toast(widget.Toast{Tone: widget.Info, Text: s.env.T("settings.search_none", "text", strings.TrimSpace(text)), Close: s.env.T("common.close")})
		return
	}
	s.search.SetText("")
	s.choose(name)
}

// touched is called when something was typed.
func (s *Screen) touched() {
	if bar := s.bars[s.desk.section]; bar != nil {
		bar.show()
	}
}

// saved says that something was stored.
func (s *Screen) saved(text string) {
	s.env.Toast(widget.Toast{Tone: widget.OK, Text: text, Close: s.env.T("common.close")})
	s.look()
}

// saveBar stands below a form: what isn't saved, and the two ways out.
type saveBar struct {
	form   *form
	save   *widget.Button
	undo   *widget.Button
	note   *widget.Text
	always bool // there is something to save without a change, too
	never  bool // it can't be saved at all
	object fyne.CanvasObject
}

// newSaveBar makes a section's bar. redraw is called after what was typed has been thrown away.
func (s *Screen) newSaveBar(section string, f *form, text string, save, redraw func(), more ...fyne.CanvasObject) *saveBar {
	env := s.env
	b := &saveBar{form: f, note: widget.Caption("").In(theme.Warn).Shorten()}
	b.save = widget.Primary(text, save)
	b.undo = widget.Quiet(env.T("settings.discard"), func() {
		f.Discard()
		redraw()
	})
	row := widget.Row(8, more...)
	row.Add(widget.Fill(b.note))
	row.Add(b.undo)
	row.Add(b.save)
	b.note.SetText(env.T("settings.unsaved"))
	b.object = row
	s.bars[section] = b
	b.show()
	return b
}

// show switches the buttons by what there is to save.
func (b *saveBar) show() {
	dirty := b.form.Dirty()
	if (dirty || b.always) && !b.never {
		b.save.Enable()
	} else {
		b.save.Disable()
	}
	if dirty {
		b.undo.Show()
		b.note.Show()
	} else {
		b.undo.Hide()
		b.note.Hide()
	}
	b.object.Refresh()
}

// entry is a field of one line whose text is kept in a form.
func (s *Screen) entry(f *form, name string, limit int) *widget.Entry {
	e := widget.NewEntry("").Limit(limit)
	s.bind(e, f, name)
	return e
}

func (s *Screen) bind(e *widget.Entry, f *form, name string) {
	e.SetText(f.Value(name))
	e.OnChanged = func(text string) {
		f.Type(name, text)
		s.touched()
	}
	e.OnSubmitted = func(string) { // Enter saves, as the button does
		if bar := s.bars[s.desk.section]; bar != nil && bar.form == f {
			bar.save.Press()
		}
	}
}

// focus gives the keyboard to something that was drawn anew.
func (s *Screen) focus(w fyne.Focusable) {
	if c := s.env.Canvas(); c != nil && w != nil {
		c.Focus(w)
	}
}

// mark is an icon before the first line of a paragraph.
func mark(icon *icons.Icon, ink fyne.ThemeColorName) fyne.CanvasObject {
	return widget.Inset(2, 0, 0, 0, widget.NewIcon(icon, ink, widget.IconNormal))
}

// placeIn is a country as it stands in a sentence: the United States.
func placeIn(t *i18n.Texts, country string) string {
	if key := "rules.place." + country; t.Has(key) {
		return t.T(key)
	}
	return t.Country(country)
}
