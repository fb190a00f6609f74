package today

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// board is the page once there is something on it: what needs a person above, today's visits at the left, and what came
// of the last campaign at the right.
type board struct {
	screen  *Screen
	cards   *fyne.Container
	more    *fyne.Container // leads to the needs that have no card
	head    *fyne.Container // both
	tallies *fyne.Container
	visits  *fyne.Container
	scroll  *container.Scroll
	list    fyne.CanvasObject
	left    *fyne.Container // the list, or the sentence that says that nobody comes
	right   *fyne.Container // one of none and results
	results *results
	none    fyne.CanvasObject
	content fyne.CanvasObject
}

func newBoard(s *Screen) *board {
	b := &board{screen: s, cards: container.New(&deck{}), more: container.NewStack(), tallies: widget.Flow(6), visits: widget.Column(0), left: container.NewStack(), right: container.NewStack()}
	b.scroll = container.NewVScroll(b.visits)
	head := widget.Row(theme.Gap8, widget.Fill(widget.Bold(s.env.T("today.visits")).Shorten()), widget.NewLink(s.env.T("today.open_board"), b.openBoard))
	b.list = widget.Column(theme.Gap8, head, b.tallies, widget.Fill(container.New(overhang{8}, b.scroll)))
	left := widget.NewPanel(widget.Sized(0, 232, b.left))
	b.head = widget.Column(theme.Gap8, b.cards, b.more)
	b.none = widget.NewEmptyState(s.env.T("today.no_campaign"), s.env.T("today.no_campaign_text"), widget.Secondary(s.env.T("today.new_campaign"), s.newCampaign).WithIcon(icons.Add), nil)
	b.content = widget.PageScroll(widget.Column(theme.Gap16, b.head, widget.Fill(container.New(&halves{}, left, widget.NewPanel(b.right)))))
	return b
}

func (b *board) show(before, d *Day) {
	if !same(before, d.Needs, func(d *Day) []Need { return d.Needs }) {
		b.showNeeds(d)
	}
	b.showVisits(before, d)
	switch {
	case d.Last == nil:
		put(b.right, b.none)
	default:
		if b.results == nil {
			b.results = newResults(b.screen, d)
		}
		put(b.right, b.results.content)
		b.results.show(before, d)
	}
}

// openBoard leads to the day on the page of appointments.
func (b *board) openBoard() {
	b.screen.env.GoTo(page.Appointments, page.ToDay{Day: data.DateOf(b.screen.day.Now)})
}

// put shows one thing in a place.
func put(place *fyne.Container, o fyne.CanvasObject) {
	if len(place.Objects) == 1 && place.Objects[0] == o {
		return
	}
	place.Objects = []fyne.CanvasObject{o}
	place.Refresh()
}

// halves puts the visits at the left and the figures at the right, 3 to 4, or below each other in a narrow place.
type halves struct{ width float32 }

const (
	stackBelow  = 720
	stackedHigh = 380 // of the visits above the figures
)

func (h *halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	if h.width > 0 && h.width < theme.Grow(stackBelow) {
		return fyne.NewSize(max(left.Width, right.Width), max(left.Height, theme.Grow(stackedHigh))+theme.Gap16+right.Height)
	}
	return fyne.NewSize(0, max(left.Height, right.Height))
}

func (h *halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h.width = size.Width
	left, right := objects[0], objects[1]
	left.Move(fyne.Position{})
	if size.Width < theme.Grow(stackBelow) {
		high := max(left.MinSize().Height, theme.Grow(stackedHigh), size.Height-theme.Gap16-right.MinSize().Height)
		left.Resize(fyne.NewSize(size.Width, high))
		right.Move(fyne.NewPos(0, high+theme.Gap16))
		right.Resize(fyne.NewSize(size.Width, size.Height-high-theme.Gap16))
		return
	}
	wide := float32(int(size.Width * 436 / 1024))
	left.Resize(fyne.NewSize(wide, size.Height))
	right.Move(fyne.NewPos(wide+theme.Gap16, 0))
	right.Resize(fyne.NewSize(size.Width-wide-theme.Gap16, size.Height))
}

// deck puts the cards beside each other, each a third wide, or fewer in a line where the place is narrow.
type deck struct{ width float32 }

func (d *deck) columns() int {
	if d.width <= 0 {
		return mostNeeds
	}
	return min(max(int(d.width/theme.Grow(cardLeast)), 1), mostNeeds)
}

// cardLeast is how narrow a card may be.
const cardLeast = 270

func (d *deck) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	rows := float32((len(objects) + d.columns() - 1) / d.columns())
	return fyne.NewSize(0, rows*high+max(rows-1, 0)*theme.Gap12)
}

func (d *deck) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	d.width = size.Width
	n := float32(d.columns())
	rows := float32((len(objects) + d.columns() - 1) / d.columns())
	wide, high := float32(int((size.Width-(n-1)*theme.Gap12)/n)), (size.Height-(rows-1)*theme.Gap12)/max(rows, 1)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%d.columns())*(wide+theme.Gap12), float32(i/d.columns())*(high+theme.Gap12)))
		o.Resize(fyne.NewSize(wide, high))
	}
}

// overhang lets rows reach into a panel's padding at both sides, so that their words stand in line with its title.
type overhang struct{ by float32 }

func (o overhang) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	return fyne.NewSize(max(least.Width-2*o.by, 0), least.Height)
}

func (o overhang) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(-o.by, 0))
	objects[0].Resize(fyne.NewSize(size.Width+2*o.by, size.Height))
}

// chartRoom is the least height of the chart of days.
const chartRoom = 170

// sums puts figures beside each other, or fewer in a line where one of them would be cut.
type sums struct{ width float32 }

func (s *sums) columns(objects []fyne.CanvasObject) int {
	least := float32(1)
	for _, o := range objects {
		least = max(least, o.MinSize().Width)
	}
	n := len(objects)
	for s.width > 0 && n > 1 && (s.width-float32(n-1)*theme.Gap8)/float32(n) < least {
		n--
	}
	return n
}

func (s *sums) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high, n := float32(0), s.columns(objects)
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	rows := float32((len(objects) + n - 1) / n)
	return fyne.NewSize(0, rows*high+(rows-1)*theme.Gap8)
}

func (s *sums) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	n := s.columns(objects)
	rows := float32((len(objects) + n - 1) / n)
	wide, high := float32(int((size.Width-float32(n-1)*theme.Gap8)/float32(n))), (size.Height-(rows-1)*theme.Gap8)/rows
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%n)*(wide+theme.Gap8), float32(i/n)*(high+theme.Gap8)))
		o.Resize(fyne.NewSize(wide, high))
	}
}
