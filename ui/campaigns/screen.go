// Package campaigns is the Campaigns page: the list of all campaigns, and for
// each the step at which it stands: being written, reviewed and sent, or its
// result.
package campaigns

import (
	"context"

	"counterbell/data"
	"counterbell/ui/campaigns/steps"
	"counterbell/ui/compose"
	"counterbell/ui/page"
	"counterbell/ui/result"
	"counterbell/ui/review"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the Campaigns page. It shows one view at a time and hands on to it
// what the shell asks of a page.
type Screen struct {
	env     *page.Env
	list    *list
	now     steps.View
	id      data.CampaignID // of the campaign that is open; 0: the list
	fresh   data.CampaignID // a draft that was begun and not written into yet
	visible bool
	content *fyne.Container
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Hider      = (*Screen)(nil)
	_ page.Changer    = (*Screen)(nil)
	_ page.Escaper    = (*Screen)(nil)
	_ page.Creator    = (*Screen)(nil)
	_ page.Searcher   = (*Screen)(nil)
	_ page.Opener     = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
	_ steps.View      = (*list)(nil)
	_ steps.View      = (*compose.View)(nil)
	_ steps.View      = (*review.View)(nil)
	_ steps.View      = (*result.View)(nil)
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env) }

func newScreen(env *page.Env) *Screen {
	s := &Screen{env: env, content: container.NewStack()}
	s.list = newList(s)
	s.put(s.list, 0)
	return s
}

func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Header is that of the view.
func (s *Screen) Header() page.Header { return s.now.Header() }

func (s *Screen) Shown() {
	s.visible = true
	s.now.Shown()
}

func (s *Screen) Hidden() {
	s.visible = false
	s.now.Hidden()
}

func (s *Screen) Changed() { s.now.Changed() }

// Escape is the view's; on the list it is the shell's when nothing is left to
// close.
func (s *Screen) Escape() bool { return s.now.Escape() }

// CreateNew begins a campaign.
func (s *Screen) CreateNew() { s.begin("") }

// FocusSearch leads to the search of the view, if it has one.
func (s *Screen) FocusSearch() {
	if view, ok := s.now.(page.Searcher); ok {
		view.FocusSearch()
	}
}

// OpenAt opens a campaign where it stands, or begins one.
func (s *Screen) OpenAt(target any) {
	switch t := target.(type) {
	case page.ToCampaign:
		s.openID(t.ID)
	case page.NewCampaign:
		s.begin(t.Group)
	}
}

// memory is what outlives a switch of language: which campaign is open at which
// step, and what was typed of it.
type memory struct {
	id     data.CampaignID
	step   steps.Step
	form   compose.Form
	filled bool
}

// Memory hands the open view over.
func (s *Screen) Memory() any {
	m := memory{id: s.id}
	switch now := s.now.(type) {
	case *compose.View:
		m.form, m.filled = now.Form()
	case *review.View:
		m.step = steps.Reviewing
	case *result.View:
		m.step = steps.Results
	}
	return m
}

// Recall opens it again.
func (s *Screen) Recall(was any) {
	m, ok := was.(memory)
	if !ok || m.id == 0 {
		return
	}
	switch m.step {
	case steps.Reviewing:
		s.review(m.id)
	case steps.Results:
		s.result(m.id)
	default:
		v := s.composer(m.id)
		if m.filled {
			v.Take(m.form)
		}
		s.put(v, m.id)
	}
}

// put shows a view.
func (s *Screen) put(v steps.View, id data.CampaignID) {
	if s.now != nil && s.visible {
		s.now.Hidden()
	}
	unwritten := data.CampaignID(0)
	if c, ok := s.now.(*compose.View); ok && s.fresh != 0 && s.fresh == s.id && id != s.id && c.Untouched() {
		unwritten = s.id
	}
	s.fresh = 0
	s.now, s.id = v, id
	if c := s.env.Canvas(); s.visible && c != nil && c.Focused() != nil {
		c.Unfocus() // a field that goes out of sight would keep the keys
	}
	s.content.Objects = []fyne.CanvasObject{v.Content()}
	s.content.Refresh()
	if s.visible {
		v.Shown()
		s.env.HeaderChanged()
	}
	if unwritten != 0 {
		s.list.do(func(ctx context.Context) error { return s.env.Store.DeleteDraft(ctx, unwritten) }, nil)
	}
}

// back shows the list.
func (s *Screen) back() {
	if s.now != s.list {
		s.put(s.list, 0)
	}
}

// open shows a campaign where it stands.
func (s *Screen) open(c *data.Campaign) {
	switch c.State {
	case data.Draft:
		s.edit(c.ID)
	case data.Done, data.Stopped:
		s.result(c.ID)
	default:
		s.review(c.ID)
	}
}

// openID is open for a campaign that has to be read first.
func (s *Screen) openID(id data.CampaignID) {
	var c *data.Campaign
	page.Load(s.env.Tasks, func(ctx context.Context) (err error) {
		c, err = s.env.Store.Campaign(ctx, id)
		return err
	}, func(err error) {
		if err != nil {
			s.env.Fail(err, nil)
			s.back()
			return
		}
		s.open(c)
	})
}

func (s *Screen) composer(id data.CampaignID) *compose.View {
	return compose.New(s.env, id, compose.Leads{Back: s.back, Review: s.review})
}

func (s *Screen) edit(id data.CampaignID) { s.put(s.composer(id), id) }

func (s *Screen) review(id data.CampaignID) {
	s.put(review.New(s.env, id, review.Leads{Back: s.back, Edit: s.edit, Result: s.result, Again: s.again}), id)
}

func (s *Screen) result(id data.CampaignID) {
	s.put(result.New(s.env, id, result.Leads{Back: s.back, Again: s.again, Missed: s.missed}), id)
}

// begin stores a new draft and opens it.
func (s *Screen) begin(group string) {
	c := compose.Begin(s.env, group)
	s.store(&c, true)
}

// again stores a draft like a campaign that was sent, and opens it.
func (s *Screen) again(id data.CampaignID) { s.repeat(id, compose.Again) }

// missed is again for those whom the campaign didn't reach.
func (s *Screen) missed(id data.CampaignID) { s.repeat(id, compose.AgainToMissed) }

func (s *Screen) repeat(id data.CampaignID, like func(*page.Env, *data.Campaign) data.Campaign) {
	var was *data.Campaign
	page.Load(s.env.Tasks, func(ctx context.Context) (err error) {
		was, err = s.env.Store.Campaign(ctx, id)
		return err
	}, func(err error) {
		if err != nil {
			s.env.Fail(err, func() { s.repeat(id, like) })
			return
		}
		c := like(s.env, was)
		s.store(&c, false)
	})
}

// store keeps a draft from its first moment on, and opens it. One that is fresh
// goes again when nothing is written into it.
func (s *Screen) store(c *data.Campaign, fresh bool) {
	env := s.env
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		if c.Provider, err = env.Store.Provider(ctx); err != nil {
			return err
		}
		c.Practice = c.Provider == "practice"
		return env.Store.CreateCampaign(ctx, c)
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { s.store(c, fresh) })
			return
		}
		s.edit(c.ID)
		if fresh {
			s.fresh = c.ID
		}
	})
}
