package today

import (
	"context"
	"reflect"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the page that the day begins with. It loads when it comes into view and whenever something was written, and
// shows what it has until the new figures are there.
type Screen struct {
	env     *page.Env
	day     *Day
	load    page.Latest
	rest    page.Rest
	balance *Balance // as it was when the provider was last asked
	asked   bool
	askedAt time.Time
	content *fyne.Container
	board   *board
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Changer    = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env, time.Now) }

func newScreen(env *page.Env, now func() time.Time) *Screen {
	s := &Screen{env: env, content: container.NewStack(), rest: page.Rest{Now: now}}
	env.After(300*time.Millisecond, func() {
		if s.day == nil && len(s.content.Objects) == 0 {
			s.content.Objects = []fyne.CanvasObject{waiting()}
			s.content.Refresh()
		}
	})
	return s
}

// Content is the page.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads what may have changed.
func (s *Screen) Shown() {
	s.reload()
	s.ask()
}

// Changed loads what has changed, or does so after the rest.
func (s *Screen) Changed() {
	if !s.rest.Wait() {
		s.reload()
	}
	s.ask()
}

// Memory hands the figures over to the page in the other language, so that it shows them at once.
func (s *Screen) Memory() any { return memory{s.day, s.balance, s.asked, s.askedAt} }

type memory struct {
	day     *Day
	balance *Balance
	asked   bool
	askedAt time.Time
}

// Recall takes them.
func (s *Screen) Recall(kept any) {
	m, ok := kept.(memory)
	if !ok {
		return
	}
	s.balance, s.asked, s.askedAt = m.balance, m.asked, m.askedAt
	if m.day != nil {
		s.show(m.day)
	}
}

func (s *Screen) reload() {
	var d *Day
	var took time.Duration
	s.load.Run(s.env.Tasks, func(ctx context.Context) (err error) {
		begun := s.rest.Begin()
		d, err = Read(ctx, s.env.Store)
		took = s.rest.Since(begun)
		return err
	}, func(err error) {
		s.rest.After(s.env.After, took, s.reload)
		if err != nil {
			s.env.Fail(err, s.reload)
			return
		}
		d.WithBalance(s.balance)
		s.show(d)
	})
}

// show draws a day, as little anew as can be: what the pointer is on stays.
func (s *Screen) show(d *Day) {
	before := s.day
	s.day = d
	if before == nil || s.header(before) != s.header(d) {
		s.env.HeaderChanged()
	}
	if d.Empty() {
		if before == nil || !before.Empty() {
			s.board = nil
			s.content.Objects = []fyne.CanvasObject{s.empty()}
			s.content.Refresh()
		}
		return
	}
	if s.board == nil {
		s.board = newBoard(s)
		s.content.Objects = []fyne.CanvasObject{s.board.content}
		before = nil
	}
	s.board.show(before, d)
	if before == nil {
		s.content.Refresh()
	}
}

// same tells whether two parts of a day look alike.
func same[T any](before *Day, now T, part func(*Day) T) bool {
	return before != nil && reflect.DeepEqual(part(before), now)
}

type headline struct{ title, subtitle string }

func (s *Screen) header(d *Day) headline {
	env := s.env
	now := env.Clock().In(env.Business.Location())
	if d == nil {
		d = &Day{Business: env.Business, Now: now}
	}
	title := env.T("today.greeting." + d.Greeting())
	if p := strings.TrimSpace(d.Business.Person); p != "" {
		title = env.T("today.greeting_name."+d.Greeting(), "name", p)
	}
	parts := []string{env.Texts.LongDate(d.Now)}
	if d.Practice {
		parts = append(parts, env.T("today.practice_clock", "time", env.Texts.Time(d.Now)))
	}
	if n := d.Expected(); n > 0 {
		parts = append(parts, env.N("today.expected", n))
	}
	return headline{title, strings.Join(parts, " · ")}
}

// Header greets, and says which day it is at the shop.
func (s *Screen) Header() page.Header {
	h := s.header(s.day)
	return page.Header{Title: h.title, Subtitle: h.subtitle, Actions: []fyne.CanvasObject{
		widget.Secondary(s.env.T("today.import"), func() { s.env.Go(page.Import) }).WithIcon(icons.Import),
		widget.Primary(s.env.T("today.new_campaign"), s.newCampaign).WithIcon(icons.Add),
	}}
}

func (s *Screen) newCampaign() { s.env.GoTo(page.Campaigns, page.NewCampaign{}) }

// waiting stands there when the first look takes long.
func waiting() fyne.CanvasObject {
	bars := func(n int) fyne.CanvasObject {
		column := widget.Column(theme.Gap16)
		for range n {
			column.Add(widget.Row(0, widget.Skeleton(220, 12), widget.Spring()))
		}
		return widget.NewPanel(column)
	}
	return widget.Column(theme.Gap16, widget.Grid(3, theme.Gap12, bars(2), bars(2), bars(2)), widget.Fill(container.New(&halves{}, bars(7), bars(5))))
}
