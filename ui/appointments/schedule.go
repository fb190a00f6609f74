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
	"counterbell/ui/theme"
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

// answers are what can be said about reminding the people of a schedule.
var answers = []Answer{answerBooked, answerNothing}

// look lists every change of a schedule before it is applied, and afterwards as its receipt: visits without a number on
// top, then new, moved, cancelled and changed ones.
type look struct {
	s    *Screen
	body *fyne.Container
	page fyne.CanvasObject
}

func newLook(s *Screen) *look {
	l := &look{s: s, body: widget.Column(0)}
	l.changed()
	return l
}

func (l *look) content() fyne.CanvasObject { return l.page }

func (l *look) title() string {
	if l.s.schedule == nil {
		return ""
	}
	return l.s.schedule.File
}

// mostLines is how many changes of one kind are listed.
const mostLines = 200

func (l *look) changed() {
	s, env := l.s, l.s.env
	sched := s.schedule
	if sched == nil {
		l.page = widget.NewPanel(widget.Spring())
		return
	}
	found := sched.Found
	if sched.Done != nil {
		found = sched.Done
	}
	left := widget.Column(2)
	if sched.Problem != nil {
		left.Add(widget.NewBanner(widget.Danger, icons.Warning, env.Texts.Error(sched.Problem)))
	}
	if found != nil {
		l.list(left, found)
	}
	right := widget.Column(12)
	if sched.Done == nil {
		right.Add(widget.NewPanel(l.consent()).Needed(s.answer == answerOpen))
	}
	if len(sched.Columns) > 0 && sched.Done == nil {
		right.Add(widget.NewPanel(l.columns()))
	}
	if found != nil {
		right.Add(widget.NewPanel(l.receipt(found)))
	}
	note := widget.Fill(widget.Caption(env.T("appointments.take_back")).Shorten())
	buttons := widget.Row(8, note, widget.Quiet(env.T("appointments.ignore"), s.ignore))
	if sched.Done != nil {
		buttons = widget.Row(8, note, widget.Primary(env.T("appointments.review"), func() {
			s.schedule = nil
			s.enter(newReview(s))
		}))
	} else if found != nil && found.Differs() {
		apply := widget.Primary(env.N("appointments.apply", sched.Changes()), s.apply)
		if s.answer == answerOpen || sched.Busy {
			apply.Disable()
			buttons.Add(widget.Caption(env.T("appointments.answer_first")).In(theme.Warn))
		}
		buttons.Add(apply)
	}
	l.page = twoParts(widget.NewPanel(widget.Column(10, widget.Fill(scrolled(widget.Inset(0, 12, 0, 0, left))), buttons)).Padded(12), scrolled(widget.Inset(0, 10, 0, 0, right)))
}

func (l *look) list(to *fyne.Container, found *intake.Comparison) {
	env := l.s.env
	groups := []struct {
		key   string
		takes func(c *data.ScheduleChange) bool
	}{
		{"no_phone", func(c *data.ScheduleChange) bool { return c.After.Phone == "" && c.After.Open() }},
		{"new", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeNew }},
		{"moved", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeMoved }},
		{"cancelled", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeCancelled }},
		{"changed", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeDetails }},
	}
	any := false
	for _, g := range groups {
		lines, n := widget.Column(0), 0
		for i := range found.Changes {
			c := &found.Changes[i]
			if !g.takes(c) {
				continue
			}
			if n++; n <= mostLines {
				lines.Add(l.line(c, g.key))
			}
		}
		if n == 0 {
			continue
		}
		any = true
		to.Add(widget.Inset(8, 0, 4, 0, widget.Row(8, widget.Bold(env.T("appointments.group."+g.key)), widget.NewBadge(env.Texts.Number(int64(n))))))
		to.Add(lines)
		if n > mostLines {
			to.Add(widget.Caption(env.N("appointments.more_lines", n-mostLines)))
		}
	}
	if !any {
		to.Add(widget.NewEmptyState(env.T("appointments.same", "file", shorten(l.s.schedule.File)), env.N("appointments.same_note", found.Same), nil, nil))
	}
}

func (l *look) line(c *data.ScheduleChange, group string) fyne.CanvasObject {
	env := l.s.env
	wall := func(w string) string {
		at, err := data.ParseWall(w)
		if err != nil {
			return w
		}
		return env.Texts.WeekdayDay(at) + " " + env.Texts.Time(at)
	}
	when := wall(c.After.Wall)
	if c.After.Zone != env.Business.Zone {
		when += " · " + zoneName(env, c.After.Zone)
	}
	parts := []fyne.CanvasObject{widget.Exactly(theme.Grow(170), 0, widget.Bold(c.After.Patient).Shorten())}
	switch {
	case group == "moved":
		parts = append(parts, widget.Body(wall(c.Before.Wall)).In(theme.Ink3).Struck(), widget.NewIcon(icons.Forward, theme.Ink3, widget.IconSmall), widget.Bold(when))
	case group == "cancelled":
		parts = append(parts, widget.Body(when).In(theme.Ink3).Struck())
	default:
		parts = append(parts, widget.Body(when))
	}
	var details []string
	for _, d := range []string{c.After.Service, c.After.Staff} {
		if d != "" {
			details = append(details, d)
		}
	}
	if group == "cancelled" && c.Absent {
		details = []string{env.T("appointments.absent")}
	}
	parts = append(parts, widget.Fill(widget.Caption(strings.Join(details, " · ")).Shorten()))
	return widget.Sized(0, 32, widget.Row(10, parts...))
}

// consent asks once how these people came to leave their number.
func (l *look) consent() fyne.CanvasObject {
	env := l.s.env
	options, details := make([]string, len(answers)), make([]string, len(answers))
	for i, a := range answers {
		options[i], details[i] = env.T("appointments.answer."+string(a)), env.T("appointments.answer."+string(a)+".detail")
	}
	radio := widget.NewRadio(options, func(i int) {
		l.s.answer = answers[i]
		env.Keep(keepAnswer, string(l.s.answer))
		l.changed()
		l.s.arrange()
	})
	if l.s.answer != answerOpen {
		radio.SetSelected(indexOf(answers, l.s.answer))
	}
	column := widget.Column(8, widget.NewParagraph(env.T("appointments.answer")).Bold().In(theme.Ink), radio)
	if l.s.answer != answerOpen {
		column.Add(widget.NewParagraph(env.T("appointments.answer." + string(l.s.answer) + ".detail")).Sized(theme.SizeCaption))
	}
	return column
}

// columns says what each column was taken for, and lets that be changed.
func (l *look) columns() fyne.CanvasObject {
	env, sched := l.s.env, l.s.schedule
	fields := slices.DeleteFunc(intake.Fields(intake.Appointments), func(f data.Field) bool { return f == data.FieldExtra }) // a visit keeps no columns of its own
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = env.T("appointments.column." + string(f))
	}
	column := widget.Column(8, widget.Bold(env.T("appointments.columns_title")))
	for _, c := range sched.Columns {
		if c.Heading == "" && c.Filled == 0 {
			continue
		}
		field := c.Field
		if field == data.FieldSkip || field == data.FieldExtra {
			field = "skip"
		}
		choose := widget.NewSelect(names, func(i int) { l.name(c.Title(), fields[i]) })
		choose.SetSelected(slices.Index(fields, field))
		sample := ""
		if len(sched.Preview) > 0 && c.Index < len(sched.Preview[0].Cells) {
			sample = sched.Preview[0].Cells[c.Index].Was
		}
		column.Add(widget.Row(8, widget.Fill(widget.Column(0, widget.Body(c.Title()).Shorten(), widget.Caption(sample).Shorten())), widget.Exactly(theme.Grow(136), 0, choose)))
	}
	return column
}

// name says by hand what a column is, and looks again.
func (l *look) name(title string, field data.Field) {
	sched := l.s.schedule
	chosen := maps.Clone(sched.Chosen)
	if chosen == nil {
		chosen = map[string]data.Field{}
	}
	chosen[title] = field
	sched.Chosen, sched.Found = chosen, nil
	l.s.readSchedule(sched)
}

// receipt says where every row of the file went.
func (l *look) receipt(c *intake.Comparison) fyne.CanvasObject {
	env, r := l.s.env, &c.Receipt
	column := widget.Column(4, widget.Bold(env.N("appointments.rows", r.Rows)))
	for _, p := range []struct {
		key string
		n   int
	}{{"added", r.Added}, {"updated", r.Updated}, {"unchanged", r.Unchanged}, {"duplicate", r.Duplicate}, {"rejected", r.Rejected}, {"skipped", r.Skipped}} {
		if p.n > 0 {
			column.Add(widget.Row(8, widget.Fill(widget.Caption(env.T("appointments.row."+p.key)).Shorten()), widget.Caption(env.Texts.Number(int64(p.n))).Bold()))
		}
	}
	for i, reject := range r.Rejects {
		if i == 5 {
			column.Add(widget.Caption(env.N("appointments.more_lines", len(r.Rejects)-i)))
			break
		}
		key := "reject." + reject.Reason
		text := reject.Reason
		if env.Texts.Has(key) {
			text = env.T(key)
		}
		column.Add(widget.NewParagraph(env.T("appointments.reject", "row", reject.Row, "why", text, "value", shorten(reject.Value))).Sized(theme.SizeCaption))
	}
	return column
}
