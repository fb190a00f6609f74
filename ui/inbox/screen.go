package inbox

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/finder"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the inbox: the queue or a list at the left, the conversation, and
// beside it what it is about.
type Screen struct {
	env  *page.Env
	desk *desk
	load page.Latest // the list
	read page.Latest // the open conversation

	tabs     *widget.Tabs
	search   *widget.Entry
	pause    func() // ends the wait for a pause in typing
	banner   *fyne.Container
	queue    *queue
	list     *list
	left     *fyne.Container
	talk     *talk
	side     *side
	body     *fyne.Container
	content  *fyne.Container
	unlisten func()
	finder   *finder.Finder[someone]
}

// desk is what outlives a switch of language: the model, and who shows it.
type desk struct {
	*Model
	screen *Screen
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Hider      = (*Screen)(nil)
	_ page.Changer    = (*Screen)(nil)
	_ page.Searcher   = (*Screen)(nil)
	_ page.Creator    = (*Screen)(nil)
	_ page.Opener     = (*Screen)(nil)
	_ page.Escaper    = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env) }

func newScreen(env *page.Env) *Screen {
	s := &Screen{env: env, desk: &desk{Model: NewModel()}, banner: container.NewStack()}
	s.desk.screen = s
	if drafts := map[data.Phone]string{}; env.Kept(settingDrafts, &drafts) {
		maps.Copy(s.desk.Drafts, drafts)
	}
	labels := make([]string, len(tabs))
	for i := range tabs {
		labels[i] = s.tabLabel(i)
	}
	s.tabs = widget.NewTabs(labels, func(i int) { s.show(tabs[i]) })
	s.search = widget.NewEntry(env.T("inbox.search")).Limit(80)
	s.search.OnChanged = s.searched
	s.search.OnSubmitted = func(string) { s.list.focus() }
	s.search.OnEscape(func() {
		if s.search.Text != "" {
			s.search.SetText("")
		} else {
			s.Escape()
		}
	})
	s.queue, s.list, s.talk, s.side = newQueue(s), newList(s), newTalk(s), newSide(s)
	s.left = container.NewStack()
	left := widget.NewPanel(widget.Column(10, s.search, widget.Fill(s.left))).Padded(12)
	s.body = container.New(&panes{}, left, widget.NewPanel(s.talk.content).Padded(0), widget.NewPanel(s.side.content))
	s.content = container.NewStack()
	s.draw()
	return s
}

// Header says how much there is, and holds the views.
func (s *Screen) Header() page.Header {
	n := s.desk.Counts
	sub := s.env.T("inbox.none_this_week")
	if n.Week > 0 {
		sub = s.env.T("inbox.subtitle", "replies", s.env.N("inbox.replies_week", n.Week), "understood", s.env.N("inbox.understood", n.Understood))
	}
	return page.Header{Title: s.env.T("inbox.title"), Subtitle: sub, Actions: []fyne.CanvasObject{
		s.tabs, widget.Primary(s.env.T("inbox.new"), s.CreateNew).WithIcon(iconWrite),
	}}
}

func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads what may have changed, and listens for the keys of the answers.
func (s *Screen) Shown() {
	s.listen()
	s.reload()
	s.reread()
	s.lookAtProvider()
}

// Hidden stops listening.
func (s *Screen) Hidden() {
	if s.unlisten != nil {
		s.unlisten()
		s.unlisten = nil
	}
}

// Changed loads again.
func (s *Screen) Changed() {
	s.reload()
	s.reread()
}

// FocusSearch leads to the search field.
func (s *Screen) FocusSearch() { s.focus(s.search) }

// OpenAt opens the conversation with a number.
func (s *Screen) OpenAt(target any) {
	if to, ok := target.(page.ToPhone); ok {
		if s.desk.Show == store.ShowUnclear {
			s.desk.Show = store.ShowAll
			s.tabs.SetSelected(1)
			s.draw()
		}
		s.open(to.Phone)
		s.reload()
	}
}

// Escape empties the search, and leaves the field of the answer.
func (s *Screen) Escape() bool {
	if s.search.Text != "" {
		s.search.SetText("")
		return true
	}
	if c := s.env.Canvas(); c != nil && c.Focused() == fyne.Focusable(s.talk.composer.entry) {
		s.focusList()
		return true
	}
	return false
}

func (s *Screen) Memory() any { return s.desk }

func (s *Screen) Recall(memory any) {
	d, ok := memory.(*desk)
	if !ok {
		return
	}
	s.desk, d.screen = d, s
	for i, show := range tabs {
		if show == d.Show {
			s.tabs.SetSelected(i)
		}
	}
	s.search.Text = d.Search
	s.search.Refresh()
	s.draw()
	s.talk.show(true)
	s.side.show()
}

func (s *Screen) focus(f fyne.Focusable) {
	if c := s.env.Canvas(); c != nil && c.Overlays().Top() == nil {
		c.Focus(f)
	}
}

// letGo takes the focus from what is about to be taken away, and tells whether
// it had it: a control that goes with the focus would keep the keys.
func (s *Screen) letGo(column *fyne.Container) bool {
	c := s.env.Canvas()
	if c == nil || c.Focused() == nil || !holds(column, c.Focused()) {
		return false
	}
	c.Unfocus()
	return true
}

// holds tells whether something stands anywhere inside of a container, or on
// a card or panel in it.
func holds(o fyne.CanvasObject, wanted fyne.Focusable) bool {
	if f, ok := o.(fyne.Focusable); ok && f == wanted {
		return true
	}
	var inner []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inner = o.Objects
	case *card:
		inner = []fyne.CanvasObject{o.surface.Content()}
	case *widget.Panel:
		inner = []fyne.CanvasObject{o.Content()}
	case *widget.Bubble:
		inner = []fyne.CanvasObject{o.Note()}
	}
	return slices.ContainsFunc(inner, func(o fyne.CanvasObject) bool { return o != nil && holds(o, wanted) })
}

// focusList gives the keys to the queue or the list.
func (s *Screen) focusList() {
	if s.desk.Queueing() {
		s.queue.focus()
	} else {
		s.list.focus()
	}
}

// show changes the view.
func (s *Screen) show(view store.InboxShow) {
	s.desk.Show = view
	s.desk.Phones = nil
	s.draw()
	s.reload()
}

// searched waits for a pause in typing.
func (s *Screen) searched(text string) {
	if s.pause != nil {
		s.pause()
	}
	s.pause = s.env.After(searchPause, func() {
		s.pause = nil
		if s.desk.Search != text {
			s.desk.Search = text
			s.draw()
			s.reload()
		}
	})
}

func (s *Screen) tabLabel(i int) string {
	n := s.desk.Counts
	count := []int{n.Unclear, 0, n.Questions, n.OptOuts}[i]
	name := s.env.T([]string{"inbox.tab_unclear", "inbox.tab_all", "inbox.tab_questions", "inbox.tab_opt_outs"}[i])
	if count == 0 {
		return name
	}
	return name + " " + s.env.Texts.Number(int64(count))
}

// reload reads the counts, the queue and the list.
func (s *Screen) reload() {
	env, d := s.env, s.desk
	show, search := d.Show, d.Search
	queueing := d.Queueing()
	first, end := s.list.window()
	var counts store.InboxCounts
	var queue []store.WaitingReply
	var phones []data.Phone
	var lines []store.ConversationLine
	s.load.Run(env.Tasks, func(ctx context.Context) (err error) {
		if counts, err = env.Store.CountInbox(ctx); err != nil {
			return err
		}
		if queueing {
			if queue, err = env.Store.WaitingReplies(ctx, queueMost); err != nil {
				return err
			}
			if phones, err = env.Store.Conversations(ctx, store.ShowFiled, "", filedMost); err != nil {
				return err
			}
			lines, err = env.Store.ConversationLines(ctx, phones)
			return err
		}
		if phones, err = env.Store.Conversations(ctx, show, search, 0); err != nil {
			return err
		}
		from := min(first, len(phones))
		lines, err = env.Store.ConversationLines(ctx, phones[from:min(max(end, first+linesAtOnce), len(phones))])
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, s.reload)
			return
		}
		if d.Show != show || d.Search != search {
			return // another view is being read
		}
		was := d.Counts
		d.Counts, d.Loaded = counts, true
		env.Badge(page.Inbox, badge(env, counts.Waiting))
		if queueing {
			d.screen.tookQueue(queue, lines)
		} else {
			d.Phones = phones
			clear(d.Lines)
			d.Learn(lines)
			d.screen.list.refresh()
		}
		if was != counts {
			for i := range tabs {
				d.screen.tabs.SetLabel(i, d.screen.tabLabel(i))
			}
			env.HeaderChanged()
		}
		d.screen.draw()
	})
}

// badge is the number at the page's name in the rail.
func badge(env *page.Env, n int) string {
	if n == 0 {
		return ""
	}
	return env.Texts.Number(int64(n))
}

func (s *Screen) tookQueue(queue []store.WaitingReply, filed []store.ConversationLine) {
	d := s.desk
	same := d.Loaded && reflect.DeepEqual(d.Queue, queue) && reflect.DeepEqual(d.Filed, filed) && s.queue.built
	d.Queue, d.Filed = queue, filed
	if !d.Open && len(queue) > 0 {
		s.open(queue[0].From)
	} else if !d.Open && len(filed) > 0 {
		s.open(filed[0].Phone)
	}
	if !same {
		s.queue.show()
	}
}

// open shows a conversation.
func (s *Screen) open(phone data.Phone) {
	s.talk.keepDraft()
	if s.desk.Select(phone) {
		s.talk.show(true)
		s.side.show()
	}
	s.queue.mark()
	s.list.mark()
	s.reread()
}

// reread reads the open conversation, and notes that it was seen.
func (s *Screen) reread() {
	env, d := s.env, s.desk
	if !d.Open {
		return
	}
	phone := d.Phone
	var t store.Thread
	s.read.Run(env.Tasks, func(ctx context.Context) (err error) {
		if t, err = env.Store.Thread(ctx, phone, 0); err != nil {
			return err
		}
		return env.Store.MarkSeen(ctx, phone)
	}, func(err error) {
		if err != nil {
			env.Fail(err, s.reread)
			return
		}
		first := !d.Fetched
		before := d.Thread
		if !d.Took(t) || !first && reflect.DeepEqual(before, t) {
			return
		}
		if l, ok := d.Lines[phone]; ok && l.Unread {
			l.Unread = false
			d.Lines[phone] = l
			d.screen.list.refresh()
		}
		d.screen.talk.show(first)
		d.screen.side.show()
	})
}

// draw puts on the screen what there is: the queue, the list, or that nobody
// has written yet.
func (s *Screen) draw() {
	if s.desk.Empty() && !s.desk.Open {
		s.put(s.content, s.nobodyYet())
		return
	}
	if s.desk.Queueing() {
		s.put(s.left, s.queue.content)
	} else {
		s.put(s.left, s.list.content())
	}
	if len(s.content.Objects) != 1 || s.content.Objects[0] == nil || s.whole() != s.content.Objects[0] {
		s.put(s.content, s.whole())
	}
}

// whole is the page with its panes.
func (s *Screen) whole() fyne.CanvasObject {
	if len(s.banner.Objects) == 0 {
		return s.body
	}
	return s.banner.Objects[0]
}

func (s *Screen) put(place *fyne.Container, object fyne.CanvasObject) {
	if len(place.Objects) == 1 && place.Objects[0] == object {
		return
	}
	place.Objects = []fyne.CanvasObject{object}
	place.Refresh()
}

func (s *Screen) nobodyYet() fyne.CanvasObject {
	return widget.NewPanel(widget.NewEmptyPage(s.env.T("inbox.empty"), s.env.T("inbox.empty_how"), widget.Primary(s.env.T("inbox.new"), s.CreateNew), nil))
}

// lookAtProvider says so when replies can't be read through the provider that
// was chosen, with the way out.
func (s *Screen) lookAtProvider() {
	env := s.env
	var caps provider.Caps
	page.Load(env.Tasks, func(ctx context.Context) error {
		name, err := env.Store.Provider(ctx)
		if err != nil {
			return err
		}
		settings, err := env.Store.ProviderSettings(ctx, name)
		if err != nil {
			return err
		}
		caps, err = catalog.CapsOf(name, settings)
		return err
	}, func(err error) {
		if err != nil {
			return // Settings tells of a provider that can't be used
		}
		deaf := caps.Inbound == provider.PollNone || caps.Inbound == ""
		if deaf == (len(s.banner.Objects) > 0) {
			return
		}
		s.banner.Objects = nil
		if deaf {
			banner := widget.NewBanner(widget.Warn, iconDeaf, env.T("inbox.deaf"),
				widget.Secondary(env.T("inbox.deaf_relay"), func() { env.GoTo(page.Settings, page.ToSettings{Section: "relay"}) }).Small(),
				widget.Secondary(env.T("inbox.deaf_provider"), func() { env.GoTo(page.Settings, page.ToSettings{Section: "provider"}) }).Small())
			s.banner.Objects = []fyne.CanvasObject{widget.Column(12, banner, widget.Fill(s.body))}
		}
		s.content.Objects = nil
		s.draw()
	})
}
