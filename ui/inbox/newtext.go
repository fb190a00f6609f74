package inbox

import (
	"context"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/finder"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// someone is a person who can be written to, or a number of nobody yet.
type someone struct {
	name   string
	number data.Phone
}

// someoneMost is how many people are listed.
const someoneMost = 50

// CreateNew asks to whom to write, and opens that conversation.
func (s *Screen) CreateNew() {
	env := s.env
	s.finder = finder.Ask(env, finder.Options[someone]{
		Title: env.T("inbox.new_title"), Hint: env.T("inbox.new_hint"), Begin: env.T("inbox.new_begin"), Nothing: env.T("inbox.new_nothing"), Cancel: env.T("common.cancel"),
		Find:    s.people,
		Columns: []widget.RecordColumn{{Title: env.T("inbox.new_name")}, {Title: env.T("inbox.new_number"), Width: 160}},
		Cells: func() []fyne.CanvasObject {
			return []fyne.CanvasObject{widget.Body("").Shorten(), widget.Caption("").In(theme.Ink2).Shorten()}
		},
		Fill: func(p someone, cells []fyne.CanvasObject) {
			name := p.name
			if name == "" {
				name = env.T("inbox.new_unknown")
			}
			cells[0].(*widget.Text).SetText(name)
			cells[1].(*widget.Text).SetText(s.number(p.number))
		},
		Choose: func(p someone) bool {
			if s.desk.Queueing() {
				s.tabs.Choose(1)
			}
			s.open(p.number)
			s.draw()
			s.talk.composer.focus()
			return true
		},
	})
}

// people finds contacts by name or number; a number that nobody has is offered
// as it is.
func (s *Screen) people(ctx context.Context, text string) ([]someone, error) {
	ids, err := s.env.Store.Find(ctx, store.Filter{Search: text, Limit: someoneMost})
	if err != nil {
		return nil, err
	}
	contacts, err := s.env.Store.Contacts(ctx, ids)
	if err != nil {
		return nil, err
	}
	var all []someone
	number, err := phone.Parse(text, s.env.Business.Country)
	known := err != nil
	for _, c := range contacts {
		all = append(all, someone{c.Name, c.Phone})
		known = known || c.Phone == number.Phone
	}
	if !known {
		all = append([]someone{{number: number.Phone}}, all...)
	}
	return all, nil
}
