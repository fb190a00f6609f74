package campaigns

import (
	"counterbell/assets/icons"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// named is a campaign's name, and below it what it offers and to whom.
type named struct {
	fynewidget.BaseWidget
	name, about *widget.Text
	content     *fyne.Container
}

func newNamed() *named {
	n := &named{name: widget.Bold("").Shorten(), about: widget.Caption("").Shorten()}
	n.content = widget.Column(0, widget.Spring(), n.name, n.about, widget.Spring())
	n.ExtendBaseWidget(n)
	return n
}

func (n *named) set(name, about string) {
	n.name.SetText(name)
	n.about.SetText(about)
	if about == "" {
		n.about.Hide()
	} else {
		n.about.Show()
	}
	n.content.Refresh()
}

func (n *named) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(n.content)
}

// standing is the state of a campaign in a pill, and below it why it is paused.
type standing struct {
	fynewidget.BaseWidget
	pill    *widget.Pill
	why     *widget.Text
	content *fyne.Container
}

func newStanding() *standing {
	s := &standing{pill: widget.NewPill(widget.Neutral, nil, ""), why: widget.Caption("").Shorten()}
	s.content = widget.Column(2, widget.Spring(), widget.Row(0, s.pill, widget.Spring()), s.why, widget.Spring())
	s.ExtendBaseWidget(s)
	return s
}

func (s *standing) set(tone widget.Tone, icon *icons.Icon, word, why string) {
	s.pill.Set(tone, icon, word)
	s.why.SetText(why)
	if why == "" {
		s.why.Hide()
	} else {
		s.why.Show()
	}
	s.content.Refresh()
}

func (s *standing) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(s.content)
}
