package imports

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// checkView is the page while a list is checked: the file, its columns and
// first rows, what would become of it, and what there is to settle.
type checkView struct {
	s       *Screen
	opened  *Opened
	counted *data.Receipt
	problem string
	said    bool // the foot has said something

	banner  *fyne.Container
	details *widget.Text // rows, columns, size
	card    *fyne.Container
	table   *fyne.Container
	pills   *fyne.Container
	consent *consentCard
	title   *widget.Text
	needed  *widget.Text
	cards   *fyne.Container
	why     *widget.Text
	whyIcon *widget.Icon
	primary *widget.Button
	content fyne.CanvasObject
}

func newCheckView(s *Screen) *checkView {
	env := s.env
	v := &checkView{
		s: s, banner: widget.Column(0), card: container.NewStack(), table: container.NewStack(), pills: widget.Flow(6), cards: widget.Column(12),
		details: widget.Caption("").Shorten(), title: widget.Bold(""), needed: widget.Caption(""), why: widget.Body("").In(theme.Ink2).Shorten(), whyIcon: widget.NewIcon(nil, theme.Info, widget.IconNormal),
	}
	v.consent = newConsentCard(s)
	v.primary = widget.Primary("", s.desk.run)
	foot := widget.Row(8, v.whyIcon, widget.Fill(v.why), widget.Secondary(env.T("common.back"), func() { s.desk.back() }), v.primary)
	v.banner.Hide()
	list := widget.NewPanel(widget.Column(12, widget.Fill(v.table), widget.Divider(), widget.Sized(0, 26, v.pills)))
	// In a low window, or with large letters, file and table scroll: three rows at least can be seen.
	left := widget.Column(12, widget.Fill(container.NewVScroll(widget.Column(12, v.banner, v.card, widget.Fill(list)))), foot)
	// The bar of the scroll stands in the margin of the page.
	scroll := container.NewVScroll(widget.Inset(0, besideScroll, 0, 0, widget.Column(12, v.consent.panel, v.cards)))
	right := widget.Column(8, widget.Inset(0, besideScroll, 0, 0, widget.Row(8, widget.Fill(v.title), v.needed)), widget.Fill(scroll))
	v.content = container.New(sides{}, left, right)
	return v
}

// show brings every part up to date that has changed.
func (v *checkView) show() {
	m := &v.s.desk.Model
	if v.opened != m.Open {
		if v.opened != nil && v.opened.Path != m.Open.Path {
			v.cards.RemoveAll()
			v.pills.RemoveAll()
		}
		v.opened = m.Open
		v.card.Objects = []fyne.CanvasObject{v.fileCard()}
		v.card.Refresh()
		v.table.Objects = []fyne.CanvasObject{v.columns()}
		v.table.Refresh()
		v.consent.show()
		v.s.listen()
	}
	problem := v.s.env.Texts.Error(m.Problem)
	if problem == "" {
		problem = v.s.env.Texts.Error(m.Open.NoPhone)
	}
	if v.problem != problem {
		v.problem = problem
		v.banner.RemoveAll()
		if v.banner.Hidden = problem == ""; problem != "" {
			v.banner.Add(widget.NewBanner(widget.Danger, icons.Warning, problem))
		}
		v.content.Refresh()
	}
	if m.Counted != nil && v.counted != m.Counted {
		v.counted = m.Counted
		v.showCards()
		v.details.SetText(v.detailLine())
	}
	// What was counted before stays through short waits.
	if waiting := m.Open.NoPhone == nil && (m.Trying != nil || m.Counted == nil); !waiting || v.s.desk.slow || !v.said {
		v.said = true
		v.showPills()
		v.showFoot()
	}
	v.showSettled()
}

// showPills says what would become of the rows.
func (v *checkView) showPills() {
	env, m := v.s.env, &v.s.desk.Model
	v.pills.RemoveAll()
	switch {
	case m.Open.NoPhone != nil:
		v.pills.Add(line22(widget.NewIcon(icons.Warning, theme.Warn, widget.IconSmall), widget.Caption(env.T("imports.wait.phone")).In(theme.Warn)))
	case m.Trying != nil:
		v.pills.Add(line22(widget.Caption(env.T("imports.wait.looking"))))
	case m.Counted == nil && m.SoFar > 0:
		v.pills.Add(line22(widget.Caption(env.T("imports.counting_rows", "n", m.SoFar))))
	case m.Counted == nil:
		v.pills.Add(line22(widget.Caption(env.T("imports.wait.counting"))))
	default:
		v.pills.Add(line22(widget.Caption(env.T("imports.if_now"))))
		for _, p := range Parts(m.Counted) {
			if p.Count > 0 || p.Key == "added" {
				v.pills.Add(widget.NewCountPill(partTones[p.Key], env.Texts.Number(int64(p.Count)), env.T("imports.pill."+p.Key)))
			}
		}
	}
	v.pills.Refresh()
}

// line22 is a text as high as the pills beside it.
func line22(parts ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Inset(0, 4, 0, 0, widget.Sized(0, 22, widget.Row(6, parts...)))
}

// showFoot says what the button does, or why it can't be pressed.
func (v *checkView) showFoot() {
	env, m := v.s.env, &v.s.desk.Model
	n, consentAlone := m.People()
	switch {
	case m.Counted == nil || n == 0:
		v.primary.SetText(env.T("imports.go"))
	case consentAlone:
		v.primary.SetText(env.N("imports.go_consent", n))
	default:
		v.primary.SetText(env.N("imports.go_people", n))
	}
	missing := m.Missing()
	if missing == "" {
		v.primary.Enable()
		v.why.SetText("")
		v.whyIcon.Hide()
	} else {
		v.primary.Disable()
		v.why.SetText(env.T(missing))
		v.whyIcon.Set(icons.About, theme.Info)
		v.whyIcon.Show()
	}
}

// showSettled says how much there is to settle.
func (v *checkView) showSettled() {
	env, m := v.s.env, &v.s.desk.Model
	settle := m.ToSettle()
	v.title.SetText(env.N("imports.settle", settle))
	if settle == 0 {
		v.title.SetText(env.T("imports.settled"))
	}
	v.needed.SetText("")
	if !m.Answer.Given() {
		v.needed.SetText(env.T("imports.one_needed"))
	}
	v.consent.panel.Needed(!m.Answer.Given())
}

// besideScroll is how far the bar of the right column stands out.
const besideScroll = 12

// sides puts the list at the left and what there is to settle at the right,
// which is narrower in a small window.
type sides struct{}

func (sides) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(720, 400) }

func (sides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := float32(316)
	if size.Width < 1000 {
		side = 300
	}
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width-side-16, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-side, 0))
	objects[1].Resize(fyne.NewSize(side+besideScroll, size.Height))
}
