package appointments

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// Answer is whether the people of a schedule may be reminded, as whoever takes it in says. It is asked once and kept.
type Answer string

const (
	answerOpen    Answer = ""
	answerBooked  Answer = "booked"  // they gave their number when they booked: the contract is the basis
	answerNothing Answer = "nothing" // nobody knows: nothing is recorded
)

// answers are what can be said about reminding the people of a schedule.
var answers = []Answer{answerBooked, answerNothing}

// ForStore is the answer as the ledger takes it.
func (a Answer) ForStore(file, by string) data.ConsentAnswer {
	if a != answerBooked {
		return data.ConsentAnswer{}
	}
	return data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract,
		Statement: data.Statement{Method: "import", Source: "booked an appointment: " + file, Evidence: file, RecordedBy: by},
	}
}

// Schedule is an export of the appointment book that is being looked at, or has just been applied.
type Schedule struct {
	Path    string
	File    string
	Columns []intake.Column
	Preview []intake.PreviewRow
	Chosen  map[string]data.Field // columns named by hand, by their title
	Found   *intake.Comparison    // nil while it is read, and when it couldn't be
	Problem error
	Busy    bool
	Done    *intake.Comparison // it was applied
	stop    func()
}

// Changes is how many visits applying it would change.
func (s *Schedule) Changes() int {
	if s.Found == nil {
		return 0
	}
	return s.Found.New + s.Found.Moved + s.Found.Cancelled + s.Found.Changed
}

// remembered are columns that were named by hand, for the next file with the same headings.
type remembered map[string]map[string]data.Field

func headingsOf(columns []intake.Column) string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Heading)
	}
	return strings.Join(all, "\x1f")
}

// choose lets the user choose a schedule.
func (s *Screen) choose() {
	s.env.ChooseFile(page.Spreadsheets, s.openSchedule)
}

// openSchedule looks at an export. Nothing is written.
func (s *Screen) openSchedule(path string) {
	if s.schedule != nil && s.schedule.Busy && s.schedule.Found != nil {
		return // one is being applied
	}
	s.readSchedule(&Schedule{Path: path, File: filepath.Base(path)})
}

func (s *Screen) readSchedule(sched *Schedule) {
	env := s.env
	if s.schedule != nil {
		call(s.schedule.stop)
	}
	s.schedule = sched
	sched.Busy, sched.Problem, sched.Done = true, nil, nil
	var kept remembered
	env.Kept(keepMap, &kept)
	var found *intake.Comparison
	var columns []intake.Column
	var preview []intake.PreviewRow
	chosen := sched.Chosen
	s.scheduleChanged()
	sched.stop = env.Tasks.Run(page.Task{
		Name: env.T("appointments.task_read", "file", shorten(sched.File)),
		Work: func(ctx context.Context, report page.Report) error {
			report(page.Step{Share: -1})
			list, err := openList(ctx, env.Store, sched.Path, chosen)
			if data.CodeOf(err) == intake.NoDateColumn {
				columns, preview, _ = justColumns(ctx, env.Store, sched.Path)
			} else if err == nil {
				columns = list.Columns
			}
			if by := kept[headingsOf(columns)]; chosen == nil && len(by) > 0 { // as the person named them last time
				if list != nil {
					_ = list.Close()
				}
				chosen = by
				list, err = openList(ctx, env.Store, sched.Path, chosen)
			}
			if err != nil {
				return err
			}
			defer list.Close()
			columns, preview = list.Columns, list.Preview(3)
			found, err = list.Compare(ctx, env.Store, func(n int) {
				report(page.Step{Share: -1, Note: env.N("appointments.rows_read", n)})
			})
			return err
		},
		Done: func(err error) {
			if s.schedule != sched {
				return
			}
			sched.Busy, sched.Found, sched.Chosen = false, found, chosen
			if columns != nil {
				sched.Columns, sched.Preview = columns, preview
			}
			if data.CodeOf(err) == data.Cancelled {
				s.schedule = nil
			} else {
				sched.Problem = err
			}
			s.scheduleChanged()
		},
	})
}

// openList looks at a schedule's file, with columns that were named by hand.
func openList(ctx context.Context, s *store.Store, path string, chosen map[string]data.Field) (*intake.List, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	o := intake.Options{Kind: intake.Appointments, Home: b.Country, Zone: b.Zone, Currency: b.Currency, Today: s.Now().In(b.Location()), Map: map[data.Field][]string{}}
	for _, title := range slices.Sorted(maps.Keys(chosen)) {
		o.Map[chosen[title]] = append(o.Map[chosen[title]], title)
	}
	return intake.Open(ctx, path, o)
}

// justColumns reads the columns of a file in which no dates were found, so that somebody can point to them: any column
// stands in.
func justColumns(ctx context.Context, s *store.Store, path string) ([]intake.Column, []intake.PreviewRow, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, nil, err
	}
	list, err := intake.Open(ctx, path, intake.Options{Kind: intake.Appointments, Home: b.Country, Zone: b.Zone, Today: s.Now().In(b.Location()), Map: map[data.Field][]string{data.FieldDate: {"1"}}})
	if err != nil {
		return nil, nil, err
	}
	defer list.Close()
	for i := range list.Columns {
		if list.Columns[i].Field == data.FieldDate {
			list.Columns[i].Field, list.Columns[i].Sure = data.FieldSkip, false
		}
	}
	return list.Columns, list.Preview(3), nil
}

// scheduleChanged draws what a schedule changes: the banner, the board below it, the room.
func (s *Screen) scheduleChanged() {
	if s.schedule != nil && s.schedule.Found != nil && s.room == nil {
		s.turnToChanges()
	}
	s.drawBoard()
	if s.board != nil {
		s.side.set(s.board)
	}
	if s.room != nil {
		s.room.changed()
	}
	s.env.HeaderChanged()
	s.arrange()
}

// turnToChanges shows the first day that a schedule changes, when the day in view isn't among them.
func (s *Screen) turnToChanges() {
	first := data.Date("")
	for _, c := range s.schedule.Found.Changes {
		if c.Kind == data.ChangeNone {
			continue
		}
		day := data.Date(c.After.Wall[:10])
		if s.board != nil && day >= s.board.From && day < s.board.To {
			return
		}
		if day >= today(s.env) && (first == "" || day < first) {
			first = day
		}
	}
	if first != "" && first != s.day {
		s.goDay(first)
	}
}

// apply takes the changes into the book, whole.
func (s *Screen) apply() {
	sched, env := s.schedule, s.env
	if sched == nil || sched.Found == nil || sched.Busy {
		return
	}
	if s.answer == answerOpen {
		s.lookFirst()
		return
	}
	answer := s.answer
	sched.Busy = true
	found := sched.Found
	s.scheduleChanged()
	env.Tasks.Run(page.Task{
		Name: env.T("appointments.task_apply", "file", shorten(sched.File)),
		Work: func(ctx context.Context, report page.Report) error {
			report(page.Step{Share: -1})
			b, err := env.Store.Business(ctx)
			if err != nil {
				return err
			}
			return env.Store.ApplySchedule(ctx, &found.Receipt, answer.ForStore(sched.File, b.Person), found.Changes, found.Facts)
		},
		Done: func(err error) {
			sched.Busy = false
			switch {
			case data.CodeOf(err) == data.Conflict: // somebody moved a visit meanwhile: look again
				env.Toast(widget.Toast{Tone: widget.Info, Text: env.T("appointments.looked_again"), Close: env.T("common.close")})
				s.readSchedule(sched)
				return
			case err != nil:
				env.Fail(err, s.apply)
			default:
				sched.Done, sched.Found = found, nil
				s.rememberColumns(sched)
				env.Keep(keepAnswer, string(answer))
				env.Engine.Wake()
				s.room = nil
				s.reload()
			}
			s.scheduleChanged()
		},
	})
}

// rememberColumns keeps what was named by hand for the next file of the same headings.
func (s *Screen) rememberColumns(sched *Schedule) {
	if len(sched.Chosen) == 0 {
		return
	}
	var kept remembered
	s.env.Kept(keepMap, &kept)
	if kept == nil || len(kept) > 20 {
		kept = remembered{}
	}
	kept[headingsOf(sched.Columns)] = sched.Chosen
	s.env.Keep(keepMap, kept)
}

// ignore lets go of the schedule.
func (s *Screen) ignore() {
	if s.schedule != nil && !s.schedule.Busy {
		s.schedule, s.room = nil, nil
		s.scheduleChanged()
		s.reload()
	}
}

// lookFirst lists the changes one by one.
func (s *Screen) lookFirst() {
	if s.schedule != nil {
		s.enter(newLook(s))
	}
}

// showBanner says above the board what an export would change.
func (s *Screen) showBanner() {
	env, sched := s.env, s.schedule
	s.banner.Objects = nil
	defer s.banner.Refresh()
	if sched == nil {
		return
	}
	put := func(tone widget.Tone, icon *icons.Icon, fact, detail string, buttons ...fyne.CanvasObject) {
		row := widget.Row(8, append([]fyne.CanvasObject{
			widget.NewIcon(icon, tone.Ink(), widget.IconNav),
			widget.Fill(widget.Inset(0, 8, 0, 4, widget.Column(0, widget.Bold(fact).Shorten(), widget.Caption(detail).Shorten()))),
		}, buttons...)...)
		s.banner.Objects = []fyne.CanvasObject{widget.NewSoftPanel(tone, row).Padded(10)}
	}
	ignore := widget.Quiet(env.T("appointments.ignore"), s.ignore)
	switch {
	case sched.Done != nil:
		d := sched.Done
		detail := env.T("appointments.receipt", "rows", d.Receipt.Rows, "same", d.Same, "rejected", d.Receipt.Rejected, "duplicate", d.Receipt.Duplicate, "skipped", d.Receipt.Skipped)
		if d.NoPhone > 0 {
			detail = env.N("appointments.missing", d.NoPhone) + " · " + detail
		}
		put(widget.OK, icons.Complete, env.T("appointments.applied", "file", shorten(sched.File), "what", s.differences(d)), detail,
			widget.Quiet(env.T("common.close"), s.ignore), widget.Secondary(env.T("appointments.receipt_show"), s.lookFirst), widget.Primary(env.T("appointments.review"), func() {
				s.schedule = nil
				s.enter(newReview(s))
			}))
	case sched.Busy && sched.Found != nil:
		put(widget.Info, icons.Compare, env.T("appointments.applying", "file", shorten(sched.File)), env.T("appointments.applying_note"))
	case sched.Busy:
		put(widget.Info, icons.Spreadsheet, env.T("appointments.reading", "file", shorten(sched.File)), env.T("appointments.reading_note"),
			widget.Quiet(env.T("common.cancel"), func() { call(sched.stop) }))
	case sched.Problem != nil:
		buttons := []fyne.CanvasObject{ignore}
		if len(sched.Columns) > 0 {
			buttons = append(buttons, widget.Secondary(env.T("appointments.columns"), s.lookFirst))
		}
		put(widget.Danger, icons.Warning, env.T("appointments.unreadable", "file", shorten(sched.File)), env.Texts.Error(sched.Problem), append(buttons, widget.Secondary(env.T("appointments.another"), s.choose))...)
	case sched.Found != nil && !sched.Found.Differs():
		put(widget.OK, icons.Complete, env.T("appointments.same", "file", shorten(sched.File)), env.N("appointments.same_note", sched.Found.Same),
			widget.Quiet(env.T("common.close"), s.ignore), widget.Secondary(env.T("appointments.look"), s.lookFirst))
	case sched.Found != nil:
		detail := env.T("appointments.banner_note", "same", sched.Found.Same)
		if sched.Found.NoPhone > 0 {
			detail = env.N("appointments.missing", sched.Found.NoPhone) + " · " + detail
		}
		put(widget.Info, icons.Compare, env.T("appointments.differs", "file", shorten(sched.File), "what", s.differences(sched.Found)), detail,
			ignore, widget.Secondary(env.T("appointments.look"), s.lookFirst), widget.Primary(env.N("appointments.apply", sched.Changes()), s.apply))
	}
}

// differences counts what changes: "12 new, 2 moved, 1 cancelled".
func (s *Screen) differences(c *intake.Comparison) string {
	env := s.env
	var parts []string
	for _, p := range []struct {
		key string
		n   int
	}{{"new", c.New}, {"moved", c.Moved}, {"cancelled", c.Cancelled}, {"changed", c.Changed}} {
		if p.n > 0 {
			parts = append(parts, env.N("appointments.n."+p.key, p.n))
		}
	}
	return strings.Join(parts, env.T("appointments.comma"))
}

// mostLines is how many changes of one kind are listed.
const mostLines = 200
