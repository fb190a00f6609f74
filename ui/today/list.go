package today

import (
	"context"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// lookOf is how a mark shows: as its state does on every page, but for the two that only the day's list knows.
func lookOf(m Mark) (widget.Tone, *icons.Icon) {
	switch m {
	case MarkNoAnswer:
		return widget.Warn, icons.Waiting
	case MarkNoNumber:
		return widget.Warn, icons.Phone
	}
	return widget.VisitLook(data.AppointmentState(m))
}

var tallyTones = map[string]widget.Tone{"confirmed": widget.OK, "waiting": widget.Warn, "unclear": widget.Info, "cancelled": widget.Danger, "no_show": widget.Danger}

// showVisits draws the day's list.
func (b *board) showVisits(before, d *Day) {
	type list struct {
		visits []Visit
		next   *Visit
		day    data.Date // what is past and what is to come depends on it
		past   int64     // marks and choices change with the time, by the minute
	}
	part := func(d *Day) list {
		return list{d.Visits, d.Next, data.DateOf(d.Now), d.Now.Truncate(time.Minute).Unix()}
	}
	if same(before, part(d), part) {
		return
	}
	env := b.screen.env
	b.tallies.RemoveAll()
	for _, t := range d.Tallies() {
		b.tallies.Add(widget.NewCountPill(tallyTones[t.Key], env.Texts.Number(int64(t.N)), env.T("today.tally."+t.Key)))
	}
	b.tallies.Refresh()
	b.visits.RemoveAll()
	if len(d.Visits) == 0 {
		put(b.left, widget.NewEmptyState(env.T("today.no_visits"), b.nextVisit(d), widget.Secondary(env.T("today.open_board"), b.openBoard), nil))
		return
	}
	for i := range d.Visits {
		b.visits.Add(b.visitRow(d, &d.Visits[i]))
	}
	b.visits.Refresh()
	b.scroll.Refresh()
	put(b.left, b.list)
}

// nextVisit says when the next person comes.
func (b *board) nextVisit(d *Day) string {
	env := b.screen.env
	if d.Next == nil {
		return env.T("today.no_next_visit")
	}
	day, clock := nearWall(env, d, d.Next.Wall)
	return env.T("today.next_visit", "day", day, "time", clock, "name", d.Next.Patient)
}

// nearWall writes an appointment's wall time as people do: tomorrow, 09:30. It is the clock on the shop's wall.
func nearWall(env *page.Env, d *Day, wall string) (day, clock string) {
	at, err := data.ParseWall(wall)
	if err != nil {
		return wall, ""
	}
	today := time.Date(d.Now.Year(), d.Now.Month(), d.Now.Day(), d.Now.Hour(), d.Now.Minute(), 0, 0, time.UTC)
	return env.Texts.NearDay(at, today), env.Texts.Time(at)
}

// visitRow is one visit: when, who, what for, and where it stands. A press lets the person at the desk say more.
func (b *board) visitRow(d *Day, v *Visit) fyne.CanvasObject {
	env := b.screen.env
	_, clock := nearWall(env, d, v.Wall)
	name := widget.Bold(v.Patient).Shorten()
	if v.State == data.ApptCancelled {
		name = widget.Body(v.Patient).In(theme.Ink3).Struck().Shorten()
	}
	var detail []string
	for _, part := range []string{v.Service, v.Staff} {
		if part != "" {
			detail = append(detail, part)
		}
	}
	tone, icon := lookOf(v.Mark)
	words := widget.Row(theme.Gap8, widget.Exactly(theme.Grow(44), 0, widget.Bold(clock)),
		widget.Fill(widget.Column(0, name, widget.Caption(strings.Join(detail, " · ")).Shorten())), widget.NewPill(tone, icon, env.T("today.mark."+string(v.Mark))))
	// What the desk says most often is one press away: they are here, or they didn't come.
	if v.Open() {
		for _, state := range v.Moves(data.At(d.Now)) {
			if state != data.Confirmed {
				words.Add(widget.NewIconButton(moveIcon(state), env.T("today.move."+string(state)), func() { b.move(v, state) }).Small())
			}
		}
	}
	row := widget.NewListRow(words, nil).Tall(56).Padded(8)
	if moves := v.Moves(data.At(d.Now)); len(moves) > 0 {
		row.OnTap(func() {
			var items []widget.MenuItem
			for _, state := range moves {
				items = append(items, widget.MenuItem{Text: env.T("today.move." + string(state)), Icon: moveIcon(state), Tick: v.State == state, Do: func() { b.move(v, state) }})
			}
			widget.ShowMenu(row, items)
		})
	}
	if v.Next {
		return widget.Surface(theme.Raised, row).Rounded(theme.RadiusInput)
	}
	return row
}

func moveIcon(state data.AppointmentState) *icons.Icon {
	_, icon := widget.VisitLook(state)
	return icon
}

// move stores what the desk says, and lets it be taken back.
func (b *board) move(v *Visit, to data.AppointmentState) {
	env, id, from := b.screen.env, v.ID, v.State
	if from == to {
		return
	}
	b.screen.act(func(ctx context.Context) error { return env.Store.SetAppointmentState(ctx, id, to) }, func() {
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("today.moved."+string(to), "name", v.Patient), Action: env.T("common.undo"), Close: env.T("common.close"), Do: func() {
			b.screen.act(func(ctx context.Context) error { return env.Store.SetAppointmentState(ctx, id, from) }, nil)
		}})
	})
}

// act writes to the store and loads anew.
func (s *Screen) act(work func(ctx context.Context) error, done func()) {
	page.Load(s.env.Tasks, work, func(err error) {
		if err != nil {
			s.env.Fail(err, nil)
			return
		}
		if done != nil {
			done()
		}
		s.reload()
	})
}
