package redeem

import (
	"context"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/finder"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the page at the till.
type Screen struct {
	env  *page.Env
	desk *desk
	day  Day
	load page.Latest
	now  func() time.Time // when a key came in; not the shop's clock

	code    *widget.TillCode
	prompt  *widget.Text
	hint    *widget.Text
	result  *fyne.Container
	scroll  *container.Scroll
	shown   shown
	price   *price
	tiles   [2]*widget.StatTile
	lines   *fyne.Container
	finder  *finder.Finder[store.CouponAtHand]
	content fyne.CanvasObject
}

// desk is what outlives a switch of language: the model, and who shows it.
type desk struct {
	Model
	answered time.Time
	show     func()
}

var (
	_ page.Page        = (*Screen)(nil)
	_ page.Shower      = (*Screen)(nil)
	_ page.Changer     = (*Screen)(nil)
	_ page.Escaper     = (*Screen)(nil)
	_ page.FocusKeeper = (*Screen)(nil)
	_ page.Searcher    = (*Screen)(nil)
	_ page.Rememberer  = (*Screen)(nil)
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env, time.Now) }

func newScreen(env *page.Env, now func() time.Time) *Screen {
	s := &Screen{env: env, now: now, desk: &desk{}}
	s.desk.show = s.show
	s.code = widget.NewTillCode()
	s.code.OnRune, s.code.OnPaste, s.code.OnKey = s.typed, s.pasted, s.key
	s.prompt = widget.Body("").In(theme.Ink2).Centered()
	s.hint = widget.Caption("").Centered().Shorten()
	s.result = container.NewStack()
	s.tiles = [2]*widget.StatTile{
		widget.NewStatTile(env.T("redeem.today"), "0").OnPanel(), widget.NewStatTile(env.T("redeem.sales"), "").OnPanel(),
	}
	s.lines = widget.Column(4)
	s.scroll = container.NewVScroll(s.result)
	boxes := widget.NewPanel(widget.Column(12, s.prompt, s.code, s.hint))
	list := widget.NewPanel(widget.Column(12, widget.Inset(0, 4, 0, 4, widget.Bold(env.T("redeem.list"))), widget.Fill(container.NewVScroll(s.lines)))).Padded(12)
	s.content = container.New(beside{},
		widget.Column(16, boxes, widget.Fill(s.scroll)),
		widget.Column(16, widget.Grid(2, 12, s.tiles[0], s.tiles[1]), widget.Fill(list)),
	)
	s.show()
	return s
}

// Header says which till this is.
func (s *Screen) Header() page.Header {
	var parts []string
	for _, part := range []string{s.env.Business.Till, s.env.Business.Person, s.env.T("redeem.listening")} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return page.Header{Title: s.env.T("redeem.title"), Subtitle: strings.Join(parts, " · "), Actions: []fyne.CanvasObject{
		widget.Secondary(s.env.T("redeem.find"), s.find).WithIcon(icons.Search),
	}}
}

func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads the till's day.
func (s *Screen) Shown() { s.reload() }

// Changed loads it again.
func (s *Screen) Changed() { s.reload() }

// Escape empties the boxes.
func (s *Screen) Escape() bool {
	if !s.desk.Clear() {
		return false
	}
	s.desk.show()
	s.listen()
	return true
}

// KeepsFocus is the price while one may be entered, else the code.
func (s *Screen) KeepsFocus() fyne.Focusable {
	if s.desk.Phase == Accepted && s.price != nil {
		return s.price.entry
	}
	return s.code
}

func (s *Screen) Memory() any { return s.desk }

func (s *Screen) Recall(memory any) {
	if d, ok := memory.(*desk); ok {
		s.desk = d
		d.show = s.show
		s.show()
	}
}

// listen gives the focus to what should have it now.
func (s *Screen) listen() {
	if c := s.env.Canvas(); c != nil && c.Overlays().Top() == nil {
		c.Focus(s.KeepsFocus())
	}
}

// typed takes a character from keyboard or scanner.
func (s *Screen) typed(r rune) {
	s.before()
	s.desk.Type(r, s.now())
	s.desk.show()
}

func (s *Screen) pasted(text string) {
	s.before()
	s.desk.Paste(text, s.now())
	s.desk.show()
}

// before the next code is begun, an amount that was typed is stored.
func (s *Screen) before() {
	if s.desk.Phase == Accepted {
		s.keepAmount()
	}
}

// key takes the keys that are no characters.
func (s *Screen) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.enter()
	case fyne.KeyBackspace:
		s.desk.Backspace()
		s.desk.show()
	case fyne.KeyDelete:
		if s.desk.Phase == Ready {
			s.desk.Clear()
			s.desk.show()
		}
	default:
		return false
	}
	return true
}

// enter asks the store about the code.
func (s *Screen) enter() {
	code, ask := s.desk.Enter()
	s.desk.show()
	if ask {
		s.redeem(code)
	}
}

// redeem uses the coupon, in a task.
func (s *Screen) redeem(code string) {
	env, desk := s.env, s.desk
	var answer Answer
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		answer.RedeemResult, err = env.Store.Redeem(ctx, store.RedeemRequest{Code: code, Till: env.Business.Till, By: env.Business.Person})
		if err != nil || answer.Campaign == 0 {
			return err
		}
		// What follows is an extra: the coupon is used by now.
		if c, err := env.Store.Campaign(ctx, answer.Campaign); err == nil {
			answer.CampaignName = c.Name
		}
		if here, err := env.Store.WhileHere(ctx, answer.ContactID, answer.Code); err == nil {
			answer.Here = &here
		}
		return nil
	}, func(err error) {
		if err != nil {
			desk.Failed()
			env.Fail(err, func() { s.enter() })
		} else {
			desk.Answered(answer)
			desk.answered = s.now()
		}
		desk.show()
		s.listen()
		s.replay(desk.Waiting())
		s.reload()
	})
}

// replay takes in what was typed while the store was asked.
func (s *Screen) replay(waiting []stroke) {
	for _, k := range waiting {
		if k.r == '\n' {
			// Some scanners end a code with two Enters.
			if s.desk.Phase == Ready && s.desk.Code() != "" {
				s.enter()
			}
			continue
		}
		s.before()
		s.desk.Type(k.r, k.at)
	}
	if len(waiting) > 0 {
		s.desk.show()
		s.listen()
	}
}

// settled is how long after an answer Enter is still the scanner's: some send
// two, and the green must not be gone before anybody has seen it.
const settled = 500 * time.Millisecond

// done stores the amount and makes the till ready for the next code.
func (s *Screen) done() {
	if _, ok, bad := s.desk.Amount.Full(s.currency()); bad && !ok {
		s.price.problem(s.env.T("redeem.price_bad"))
		return
	}
	s.keepAmount()
	s.desk.Clear()
	s.desk.show()
	s.listen()
}

func (s *Screen) currency() string {
	if o := s.desk.Answer.Offer; o != nil && o.Kind == data.AmountOff {
		return o.Amount.Currency
	}
	return s.env.Business.Currency
}

// keepAmount stores what was typed as the price. What is no amount can't be
// stored, and is said.
func (s *Screen) keepAmount() {
	env, answer := s.env, s.desk.Answer
	full, ok, bad := s.desk.Amount.Full(s.currency())
	if bad {
		env.Toast(widget.Toast{Tone: widget.Warn, Text: env.T("redeem.price_dropped", "text", s.desk.Amount.Text), Close: env.T("common.close")})
	}
	if !ok || answer.Redemption == 0 {
		return
	}
	paid := answer.Offer.ToPay(full)
	var save func()
	save = func() {
		page.Load(env.Tasks, func(ctx context.Context) error {
			return env.Store.SetAmount(ctx, answer.Redemption, &full, &paid)
		}, func(err error) {
			env.Fail(err, save)
			s.reload()
		})
	}
	save()
}

// reload reads the till's day.
func (s *Screen) reload() {
	env := s.env
	var day Day
	s.load.Run(env.Tasks, func(ctx context.Context) error {
		morning := startOfDay(env.Store.Now(), env.Business.Location())
		var err error
		if day.Lines, err = env.Store.TillDay(ctx, env.Business.Till, morning); err != nil {
			return err
		}
		day.TillTotal, err = env.Store.TillTotals(ctx, env.Business.Till, morning)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, s.reload)
			return
		}
		s.day = day
		s.showDay()
	})
}
