package inbox

import (
	"context"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// list is every conversation of a view, however many: lines are read as they
// come into view.
type list struct {
	screen  *Screen
	records *widget.RecordList
	parts   map[fyne.CanvasObject]*lineParts
	asking  map[data.Phone]bool
	filling bool
	nothing fyne.CanvasObject
	title   string
}

func newList(s *Screen) *list {
	l := &list{screen: s, parts: map[fyne.CanvasObject]*lineParts{}, asking: map[data.Phone]bool{}}
	l.records = widget.NewRecordList([]widget.RecordColumn{{Title: s.env.T("inbox.newest")}}, func() []fyne.CanvasObject {
		p := newLineParts()
		l.parts[p.row] = p
		return []fyne.CanvasObject{p.row}
	}).Tall(60)
	l.records.Length = func() int { return len(s.desk.Phones) }
	l.records.Fill = l.fill
	l.records.OnMove = func(row int) { s.open(s.desk.Phones[row]) }
	l.records.OnOpen = func(row int) {
		if s.desk.Open && s.desk.Phone == s.desk.Phones[row] {
			s.talk.composer.focus()
			return
		}
		s.open(s.desk.Phones[row])
	}
	return l
}

// content is the list, or in words that it is empty.
func (l *list) content() fyne.CanvasObject {
	d := l.screen.desk
	if len(d.Phones) > 0 || !d.Loaded {
		return l.records
	}
	title, how := "inbox.no_conversations", "inbox.no_conversations_how"
	if d.Search != "" {
		title, how = "inbox.not_found", "inbox.not_found_how"
	}
	if l.nothing == nil || l.title != title {
		l.title = title
		l.nothing = widget.NewEmptyState(l.screen.env.T(title), l.screen.env.T(how), nil, nil)
	}
	return l.nothing
}

// window are the rows that can be seen.
func (l *list) window() (first, end int) {
	first, end = l.records.Window()
	return max(first, 0), max(end, 0)
}

func (l *list) refresh() {
	l.mark()
	l.records.Refresh()
}

func (l *list) focus() {
	if l.records.Length() > 0 {
		l.screen.focus(l.records.Rows())
	}
}

// mark puts the cursor on the open conversation.
func (l *list) mark() {
	d := l.screen.desk
	if !d.Open {
		return
	}
	if now := l.records.Current(); now >= 0 && now < len(d.Phones) && d.Phones[now] == d.Phone {
		return
	}
	for i, p := range d.Phones {
		if p == d.Phone {
			l.records.SetCurrent(i)
			return
		}
	}
	l.records.SetCurrent(-1)
}

// fill writes one line, or asks for it and its neighbours.
func (l *list) fill(row int, cells []fyne.CanvasObject) bool {
	d := l.screen.desk
	if row >= len(d.Phones) {
		return false
	}
	line, known := d.Lines[d.Phones[row]]
	if !known {
		l.ask(row)
		if line, known = d.Lines[d.Phones[row]]; !known {
			return false
		}
	}
	l.parts[cells[0]].set(l.screen, &line)
	return true
}

func (l *list) ask(row int) {
	env, d := l.screen.env, l.screen.desk
	if l.asking[d.Phones[row]] {
		return
	}
	want := d.Around(row)
	for _, p := range want {
		l.asking[p] = true
	}
	var lines []store.ConversationLine
	l.filling = true
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		lines, err = env.Store.ConversationLines(ctx, want)
		return err
	}, func(err error) {
		for _, p := range want {
			delete(l.asking, p)
		}
		if err != nil {
			env.Fail(err, nil)
			return
		}
		d.Learn(lines)
		if !l.filling { // else the row that asked is still being filled
			l.records.Refresh()
		}
	})
	l.filling = false
}

// lineParts are what a line of the list is made of: who, when, what was said
// last, and what that was taken for.
type lineParts struct {
	row    *fyne.Container
	avatar *widget.Avatar
	dot    fyne.CanvasObject
	name   *widget.Text
	when   *widget.Text
	words  *widget.Text
	pill   *widget.Pill
}

func newLineParts() *lineParts {
	p := &lineParts{
		avatar: widget.NewAvatar("", 28), dot: widget.Surface(theme.Accent, widget.Sized(8, 8, widget.Spring())).Rounded(4), name: widget.Body("").Shorten(), when: widget.Caption("").In(theme.Ink3),
		words: widget.Caption("").Shorten(), pill: widget.NewPill(widget.Neutral, nil, ""),
	}
	p.row = widget.Row(12, p.avatar, widget.Fill(widget.Column(3, widget.Row(8, p.dot, widget.Fill(p.name), p.when), widget.Row(8, widget.Fill(p.words), p.pill))))
	return p
}

func (p *lineParts) set(s *Screen, l *store.ConversationLine) {
	name := s.who(l.Name, l.Phone)
	p.avatar.SetName(s.face(name))
	p.name.SetText(name)
	p.name.SetBold(l.Unread || l.Unclear > 0)
	if l.Unread {
		p.dot.Show()
	} else {
		p.dot.Hide()
	}
	p.when.SetText(s.when(l.At))
	words := oneLine(l.Text)
	if l.Ours {
		words = s.env.T("inbox.ours", "text", words)
	}
	p.words.SetText(words)
	look := s.lookOf(l)
	if look.text == "" {
		p.pill.Hide()
	} else {
		p.pill.Show()
		p.pill.Set(look.tone, look.icon, look.text)
	}
	p.row.Refresh()
}

// look is how a conversation's state shows: never by colour alone.
type look struct {
	tone widget.Tone
	icon *icons.Icon
	text string
}

// lookOf says where a conversation stands: what waits comes first, then what
// the person closed, then what the last reply was taken for.
func (s *Screen) lookOf(l *store.ConversationLine) look {
	env := s.env
	switch {
	case l.Unclear > 0:
		return look{widget.Info, icons.Unclear, env.T("inbox.class.unclear")}
	case len(l.Closed) > 0:
		return look{widget.Neutral, icons.OptedOut, env.T("inbox.class.opt_out")}
	case l.Answer == store.AnswerCall && !l.Ours:
		return look{widget.Warn, icons.Phone, env.T("inbox.class.call")}
	}
	return s.classLook(l.Class)
}

func (s *Screen) classLook(class data.ReplyClass) look {
	env := s.env
	switch class {
	case data.ReplyConfirm:
		return look{widget.OK, icons.Check, env.T("inbox.class.confirm")}
	case data.ReplyCancel:
		return look{widget.Danger, icons.Close, env.T("inbox.class.cancel")}
	case data.ReplyOptIn:
		return look{widget.OK, icons.Check, env.T("inbox.class.opt_in")}
	case data.ReplyHelp:
		return look{widget.Info, icons.Question, env.T("inbox.class.help")}
	}
	return look{}
}

// oneLine is a text without line breaks, for a list.
func oneLine(text string) string {
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200])
	}
	return strings.Join(strings.Fields(text), " ")
}
