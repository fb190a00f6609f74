package inbox

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// queue is what needs a person, each with its answers as buttons, and below it
// what was understood and filed.
type queue struct {
	screen  *Screen
	column  *fyne.Container
	flow    *upright
	content *fyne.Container
	cards   []*card
	phones  []data.Phone // of the cards
	built   bool
}

func newQueue(s *Screen) *queue {
	q := &queue{screen: s, column: widget.Column(8)}
	q.flow, q.content = newUpright(q.column)
	return q
}

// show draws the queue anew; the focus stays where it was.
func (q *queue) show() {
	env, d := q.screen.env, q.screen.desk
	had := q.screen.letGo(q.column)
	q.cards, q.phones, q.built = nil, nil, true
	q.column.RemoveAll()
	head := widget.Row(8, widget.Fill(widget.Bold(env.T("inbox.queue")).Shorten()))
	if n := d.Counts.Waiting; n > 0 {
		head.Add(widget.NewPill(widget.Info, nil, env.Texts.Number(int64(n))))
	}
	q.column.Add(widget.Inset(4, 4, 0, 4, head))
	if len(d.Queue) == 0 {
		q.column.Add(widget.Inset(4, 4, 12, 4, widget.Row(8, widget.NewIcon(icons.Complete, theme.OK, widget.IconNav),
			widget.Fill(widget.NewParagraph(env.T("inbox.queue_empty"))))))
	}
	for i := range d.Queue {
		q.add(d.Queue[i].From, q.card(&d.Queue[i]))
	}
	if more := d.Counts.Waiting - len(d.Queue); more > 0 {
		q.column.Add(widget.Inset(0, 4, 4, 4, widget.Caption(env.N("inbox.queue_more", more))))
	}
	if len(d.Filed) > 0 {
		q.column.Add(widget.Inset(10, 4, 0, 4, widget.Row(8, widget.Fill(widget.Bold(env.T("inbox.filed")).Shorten()),
			widget.NewCaptionLink(env.T("inbox.all"), func() { q.screen.tabs.Choose(1) }))))
	}
	for i := range d.Filed {
		k := newCard(filedLine(q.screen, &d.Filed[i]), nil)
		k.plain = true
		k.surface.Padded(8)
		q.add(d.Filed[i].Phone, k)
	}
	q.column.Refresh()
	q.flow.again()
	q.mark()
	if had {
		q.focus()
	}
}

// add puts a card below the others, with its keys.
func (q *queue) add(phone data.Phone, k *card) {
	i := len(q.cards)
	k.onOpen = func() { q.screen.open(phone) }
	k.onEnter = func() {
		q.screen.open(phone)
		q.screen.talk.composer.focus()
	}
	k.onMove = func(by int) { q.move(i + by) }
	k.onRefuse = func(key *fyne.KeyEvent) {
		if c := q.screen.env.Canvas(); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
		}
	}
	q.cards, q.phones = append(q.cards, k), append(q.phones, phone)
	q.column.Add(k)
}

// move goes to another card and opens its conversation.
func (q *queue) move(to int) {
	if len(q.cards) == 0 {
		return
	}
	to = max(min(to, len(q.cards)-1), 0)
	q.screen.focus(q.cards[to])
	q.screen.open(q.phones[to])
	q.bring(to)
}

// bring scrolls a card into view.
func (q *queue) bring(i int) {
	top, high := q.cards[i].Position().Y, q.cards[i].Size().Height
	seen := q.flow.scroll.Size().Height
	switch at := q.flow.scroll.Offset.Y; {
	case i == 0:
		q.flow.scroll.ScrollToTop()
	case top < at:
		q.flow.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+high > at+seen:
		q.flow.scroll.ScrollToOffset(fyne.NewPos(0, top+high-seen))
	}
}

// focus gives the keys to the card of the open conversation, else to the first.
func (q *queue) focus() {
	for i, phone := range q.phones {
		if q.screen.desk.Open && phone == q.screen.desk.Phone {
			q.screen.focus(q.cards[i])
			return
		}
	}
	if len(q.cards) > 0 {
		q.screen.focus(q.cards[0])
	}
}

// mark shows which conversation is open.
func (q *queue) mark() {
	for i, k := range q.cards {
		k.choose(q.screen.desk.Open && q.phones[i] == q.screen.desk.Phone)
	}
}

// card is one reply that waits: who, what, which visit, and the answers.
func (q *queue) card(w *store.WaitingReply) *card {
	s := q.screen
	env := s.env
	name := s.who(w.Name, w.From)
	column := widget.Column(6,
		widget.Row(8, widget.NewAvatar(s.face(name), 28), widget.Fill(widget.Bold(name).Shorten()), widget.Caption(s.when(w.At)).In(theme.Ink3)),
		widget.NewParagraph(env.T("inbox.quote", "text", oneLine(w.Text))).In(theme.Ink).Lines(3))
	if w.Visit != nil {
		column.Add(widget.Row(6, widget.NewIcon(icons.Appointments, theme.Ink2, widget.IconPill), widget.Fill(widget.Caption(s.visitLine(w.Visit, w.Name)).Shorten())))
	}
	buttons := s.answers(&w.ThreadReply, true)
	column.Add(widget.Grid(min(len(buttons), 3), 6, buttons[:min(len(buttons), 3)]...))
	return newCard(column, nil)
}

// answerLooks are how the answers show.
var answerLooks = map[store.ReplyAnswer]*icons.Icon{
	store.AnswerConfirm: icons.Check, store.AnswerCancel: icons.Close, store.AnswerCall: icons.Phone, store.AnswerOther: icons.Message,
	store.AnswerOptOut: icons.OptedOut, store.AnswerNoOptOut: icons.Undo,
}

// now is the profile's moment.
func (s *Screen) now() data.Instant { return s.env.Clock.Now() }

// answers are the buttons of one click. Among a few, the one that says less
// gives way: it stands in the conversation.
func (s *Screen) answers(r *store.ThreadReply, few bool) []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	id := r.ID
	for i, how := range Answers(r, s.now()) {
		if few && i == 3 {
			break
		}
		b := widget.Secondary(s.env.T("inbox.answer."+string(how)), func() { s.settle(id, how) }).Small().WithIcon(answerLooks[how])
		if how == store.AnswerOther && !visitAhead(r, s.now()) {
			b.SetText(s.env.T("inbox.answer.done"))
			b.SetIcon(icons.Check)
		}
		b.SetTip(s.env.T("inbox.answer_tip."+string(how), "key", answerKey(i)))
		buttons = append(buttons, b)
	}
	return buttons
}

// filedLine is a conversation in which nothing waits.
func filedLine(s *Screen, l *store.ConversationLine) fyne.CanvasObject {
	p := newLineParts()
	p.set(s, l)
	return p.row
}

// who names the person behind a number, by the number where nobody knows the
// name.
func (s *Screen) who(name string, number data.Phone) string {
	switch {
	case name != "":
		return name
	case number == "":
		return s.env.T("inbox.nobody")
	}
	return s.number(number)
}

// face is what an avatar makes initials of: a number has none.
func (s *Screen) face(name string) string {
	if name == "" || name[0] == '+' || name[0] == '(' || name[0] >= '0' && name[0] <= '9' {
		return "?"
	}
	return name
}

// toContact leads to the person, or to making one of an unknown number.
func (s *Screen) toContact(id data.ContactID, number data.Phone) {
	if id != 0 {
		s.env.GoTo(page.Contacts, page.ToContact{ID: id})
		return
	}
	s.env.GoTo(page.Contacts, page.ToPhone{Phone: number})
}
