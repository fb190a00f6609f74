package settings

import (
	"context"
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/rules"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// ruleSection is the section about quiet hours and how many texts somebody may get: a table with whose rule each line is,
// and beside it what the user settles for one.
type ruleSection struct {
	s       *Screen
	rows    []ruleRow
	history []data.HouseRule
	looked  string
	lines   map[string]*widget.ListRow
	inside  *fyne.Container
	side    *fyne.Container
	hours   *widget.Field
	caps    *widget.Field
	rest    *widget.Field // nil where nothing is known of holidays
	object  fyne.CanvasObject
}

func newRules(s *Screen) part {
	r := &ruleSection{s: s, inside: container.NewStack(), side: container.NewStack(), looked: "/" + string(data.Marketing)}
	r.object = withSide(r.inside, r.side)
	return r
}

func (r *ruleSection) Object() fyne.CanvasObject { return r.object }

func (r *ruleSection) Show() {
	env := r.s.env
	var rows []ruleRow
	var history []data.HouseRule
	countries := r.s.countries(r.Show)
	page.Load(env.Tasks, func(ctx context.Context) error {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		house, err := env.Store.HouseRules(ctx)
		if err != nil {
			return err
		}
		if history, err = env.Store.HouseRuleHistory(ctx); err != nil {
			return err
		}
		people, order := peopleIn(countries)
		rows, err = ruleRows(b.Country, people, order, house)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, r.Show)
			return
		}
		r.rows, r.history = rows, history
		r.draw()
	})
}

// mostCountries is how many countries the table shows: people who list more than that import numbers from everywhere.
const mostCountries = 30

func peopleIn(countries []store.CountryCount) (people map[string]int, order []string) {
	people = map[string]int{}
	for i, c := range countries {
		people[c.Country] = c.People
		if i < mostCountries {
			order = append(order, c.Country)
		}
	}
	return people, order
}

func (r *ruleSection) draw() {
	env := r.s.env
	r.lines = map[string]*widget.ListRow{}
	column := widget.Column(2)
	last := "?"
	for i := range r.rows {
		row := &r.rows[i]
		if row.Place != last {
			last = row.Place
			column.Add(widget.Inset(10, 4, 2, 12, r.place(row)))
		}
		line := widget.NewListRow(r.line(row), func() { r.lookAt(row.name()) }).Tall(48)
		line.Select(row.name() == r.looked)
		r.lines[row.name()] = line
		column.Add(line)
	}
	all := widget.Column(16, widget.NewParagraph(env.T("settings.rules.about")), widget.NewPanel(column).Padded(8))
	if len(r.history) > 0 {
		all.Add(r.changes())
	}
	r.inside.Objects = []fyne.CanvasObject{all}
	r.inside.Refresh()
	r.editor()
}

// place heads the lines of a country.
func (r *ruleSection) place(row *ruleRow) fyne.CanvasObject {
	env := r.s.env
	if row.Place == "" {
		return widget.Bold(env.T("settings.rules.everybody"))
	}
	return widget.Row(8, widget.Bold(env.Texts.Country(row.Place)), widget.Caption(env.N("settings.people", row.People)), widget.Spring())
}

// line is what holds for one kind of text in a country.
func (r *ruleSection) line(row *ruleRow) fyne.CanvasObject {
	env := r.s.env
	hours, caps := hoursInWords(env.Texts, row.Holds.Hours), capsInWords(env.Texts, row.Holds.Caps)
	if row.Place == "" && row.Own.Hours == "" {
		hours = env.T("settings.rules.as_country")
	}
	if row.Place == "" && row.Own.Caps == "" {
		caps = ""
	}
	if row.Holds.Holidays != "" && row.Place != "" && rules.KnowsHolidays(row.Place) {
		caps += " · " + env.T("settings.rules.not_holidays")
	}
	words := widget.Column(0, widget.Body(hours).Shorten())
	if caps != "" {
		words.Add(widget.Caption(caps).In(theme.Ink3).Shorten())
	}
	out := widget.Row(10, widget.Exactly(theme.Grow(86), 0, widget.Caption(env.T("settings.rules.kind."+string(row.Kind))).Shorten()), widget.Fill(words))
	switch {
	case !row.Own.Empty():
		out.Add(widget.NewPill(widget.Accent, nil, env.T("settings.rules.own")))
	case row.Table != nil:
		out.Add(r.ground(row))
	}
	return out
}

// ground is whose rule a line rests on.
func (r *ruleSection) ground(row *ruleRow) *widget.Pill {
	env := r.s.env
	key, tone := basisKey(row.Table.Basis), widget.Info
	if slices.Contains(row.Table.Ours, "hours") || row.Table.Region == "ZZ" {
		key = "house"
	} else if slices.Contains(row.Table.Vendor, "hours") {
		key = "vendor"
	}
	if key == "house" {
		tone = widget.Neutral
	}
	return widget.NewPill(tone, nil, env.T("settings.ground."+key))
}

func (r *ruleSection) lookAt(name string) {
	r.looked = name
	for n, line := range r.lines {
		line.Select(n == name)
	}
	r.editor()
}

func (r *ruleSection) row() *ruleRow {
	i := slices.IndexFunc(r.rows, func(row ruleRow) bool { return row.name() == r.looked })
	return &r.rows[max(i, 0)]
}

// editor is what the user settles for the line that is looked at.
func (r *ruleSection) editor() {
	env, row := r.s.env, r.row()
	f := r.s.desk.form("rules", row.name())
	f.Load(ruleValues(row.Own))
	title := env.T("settings.rules.everybody")
	if row.Place != "" {
		title = env.Texts.Country(row.Place)
	}
	column := widget.Column(12, widget.Column(0, widget.Bold(title).Shorten(), widget.Caption(env.T("settings.rules.kind."+string(row.Kind)))))
	if row.Table != nil {
		column.Add(r.law(row))
	}
	table := "settings.rules.as_table"
	if row.Place == "" {
		table = "settings.rules.as_country"
	}
	// What belongs to a choice is shown and hidden, never built anew: the choice would lose the keyboard's focus.
	choice := func(name string, keys, values []string, own fyne.CanvasObject) fyne.CanvasObject {
		var texts []string
		for _, k := range keys {
			texts = append(texts, env.T(k))
		}
		show := func() {
			if f.Value(name) == "own" {
				own.Show()
			} else {
				own.Hide()
			}
		}
		column := widget.Column(8)
		radio := widget.NewRadio(texts, func(i int) {
			f.Type(name, values[i])
			show()
			column.Refresh()
			r.side.Refresh()
			r.s.touched()
		})
		radio.SetSelected(max(slices.Index(values, f.Value(name)), 0))
		show()
		column.Add(radio)
		column.Add(own)
		return column
	}
	times := widget.Column(8, widget.Row(8, widget.Fill(r.clock(f, "from")), widget.Caption("–"), widget.Fill(r.clock(f, "to"))), r.weekdays(f))
	r.hours = widget.NewField(env.T("settings.rules.hours"), env.T("settings.rules.their_time"),
		choice("hours", []string{table, "settings.rules.own_hours"}, []string{"", "own"}, times))
	keys, values := []string{table, "settings.rules.own_cap"}, []string{"", "own"}
	if row.Table != nil && len(row.Table.Caps) > 0 {
		keys, values = append(keys, "settings.rules.no_cap"), append(values, "none")
	}
	numbers := widget.Grid(3, 8)
	for _, per := range capPeriods {
		numbers.Add(widget.NewField(env.T("settings.rules.a."+per), "", r.s.entry(f, per, 6)))
	}
	r.caps = widget.NewField(env.T("settings.rules.caps"), env.T("settings.rules.caps_hint"), choice("caps", keys, values, numbers))
	r.rest = nil
	if box := r.holidays(row, f); box != nil {
		r.rest = widget.NewField(env.T("settings.rules.holidays"), env.T("settings.rules.holidays_hint"), box)
		column.Add(r.hours)
		column.Add(r.rest)
	} else {
		column.Add(r.hours)
	}
	bar := r.s.newSaveBar("rules", f, env.T("common.save"), r.save, r.editor)
	bar.note.SetText("")
	column.Add(r.caps)
	column.Add(bar.object)
	if !row.Own.Empty() {
		column.Add(widget.NewParagraph(env.T("settings.rules.settled", "who", orNobody(env, row.Own.By), "when", env.Texts.DateTime(row.Own.At.In(env.Business.Location())))).Sized(theme.SizeCaption).In(theme.Ink3))
		column.Add(widget.Row(0, widget.NewLink(env.T("settings.rules.reset"), func() { r.store(data.HouseRule{Place: row.Place, Kind: row.Kind}) }), widget.Spring()))
	}
	r.side.Objects = []fyne.CanvasObject{widget.NewPanel(column)}
	r.side.Refresh()
}

// holidays is whether nothing goes on public holidays: as the table has it, unless the user settles something else. nil
// where nobody knows the holidays.
func (r *ruleSection) holidays(row *ruleRow, f *form) fyne.CanvasObject {
	if row.Place != "" && !rules.KnowsHolidays(row.Place) {
		return nil
	}
	byTable := row.Table != nil && row.Table.Holidays != ""
	box := widget.NewCheckbox(r.s.env.T("settings.rules.holidays_shut"), func(on bool) {
		value := ""
		switch {
		case on && !byTable:
			value = data.HolidaysShut
		case !on && byTable:
			value = data.HolidaysOpen
		}
		f.Type("holidays", value)
		r.s.touched()
	})
	box.Set(f.Value("holidays") == data.HolidaysShut || byTable && f.Value("holidays") != data.HolidaysOpen)
	if byTable && !slices.Contains(row.Table.Ours, "holidays") {
		box.Disable() // a law: it can't be loosened
	}
	return box
}

// law says what the country's own table asks, by what, and where that can be read.
func (r *ruleSection) law(row *ruleRow) fyne.CanvasObject {
	env := r.s.env
	key := basisKey(row.Table.Basis)
	var why *widget.Link
	why = widget.NewCaptionLink(env.T("common.why"), func() {
		card := widget.Column(8, widget.Bold(env.T("settings.rules.table")), widget.NewParagraph(env.T("welcome.ground."+key)).Wide(380),
			widget.NewParagraph(env.T("settings.source", "source", row.Table.Source)).Sized(theme.SizeCaption).Wide(380))
		if loose := r.loose(row); loose != "" {
			card.Add(widget.NewParagraph(loose).Sized(theme.SizeCaption).Wide(380))
		}
		widget.ShowCard(why, card)
	})
	lines := widget.Column(4, widget.Row(8, widget.Caption(env.T("settings.rules.table")).Bold(), widget.Spring(), why),
		widget.NewParagraph(hoursInWords(env.Texts, row.Table.Hours)).Sized(theme.SizeCaption).In(theme.Ink),
		widget.NewParagraph(capsInWords(env.Texts, row.Table.Caps)).Sized(theme.SizeCaption).In(theme.Ink))
	if row.Table.Holidays != "" && rules.KnowsHolidays(row.Place) {
		lines.Add(widget.NewParagraph(env.T("settings.rules.holidays_shut")).Sized(theme.SizeCaption).In(theme.Ink))
	}
	if loose := r.loose(row); loose != "" {
		lines.Add(widget.NewParagraph(loose).Sized(theme.SizeCaption).In(theme.Ink3))
	} else {
		lines.Add(widget.NewParagraph(env.T("settings.rules.only_stricter")).Sized(theme.SizeCaption).In(theme.Ink3))
	}
	return widget.NewSoftTile(lines)
}

// loose says what of a table is our own default and may be loosened.
func (r *ruleSection) loose(row *ruleRow) string {
	var what []string
	for _, column := range []string{"hours", "caps", "holidays"} {
		if slices.Contains(row.Table.Ours, column) {
			what = append(what, r.s.env.T("settings.rules.column."+column))
		}
	}
	if len(what) == 0 {
		return ""
	}
	return r.s.env.T("settings.rules.ours", "what", r.s.env.Texts.List(what...))
}

// clock is a field for one end of the hours.
func (r *ruleSection) clock(f *form, name string) fyne.CanvasObject {
	field := widget.NewTimeField(r.s.env.Texts, func(minutes int, ok bool) {
		text := ""
		if ok {
			text = clockOf(minutes)
		}
		f.Type(name, text)
		r.hours.SetProblem("")
		r.s.touched()
	})
	if o := tableHours("Mo " + f.Value(name) + "-23:59"); o != nil {
		field.Set(o[1][0].From)
	}
	return field
}

// weekdays are the days on which texts may go.
func (r *ruleSection) weekdays(f *form) fyne.CanvasObject {
	row := widget.Flow(6)
	for i, letter := range weekLetters {
		var chip *widget.Chip
		chip = widget.NewChip(r.s.env.Texts.ShortWeekday(weekFrom[i]), "", func() {
			days := strings.Fields(f.Value("days"))
			if at := slices.Index(days, letter); at >= 0 {
				days = slices.Delete(days, at, at+1)
			} else {
				days = append(days, letter)
			}
			slices.SortFunc(days, func(a, b string) int { return slices.Index(weekLetters, a) - slices.Index(weekLetters, b) })
			f.Type("days", strings.Join(days, " "))
			chip.Select(slices.Contains(days, letter))
			r.hours.SetProblem("")
			r.s.touched()
		})
		chip.Select(slices.Contains(strings.Fields(f.Value("days")), letter))
		row.Add(chip)
	}
	return row
}

func (r *ruleSection) save() {
	env, row := r.s.env, r.row()
	rule, problems := readRule(row.Place, row.Kind, r.s.desk.form("rules", row.name()))
	say := func(field *widget.Field, column string) {
		text := ""
		if key := problems[column]; key != "" {
			text = env.T(key)
			if key == "settings.rules.law" {
				text = env.T(key, "hours", hoursInWords(env.Texts, row.Table.Hours), "caps", capsInWords(env.Texts, row.Table.Caps))
			}
		}
		field.SetProblem(text)
	}
	say(r.hours, "hours")
	say(r.caps, "caps")
	if r.rest != nil {
		say(r.rest, "holidays")
	}
	if len(problems) == 0 {
		r.store(rule)
	}
}

// store records a rule with who settled it. It holds from the next message on.
func (r *ruleSection) store(rule data.HouseRule) {
	env := r.s.env
	rule.By = env.Business.Person
	f := r.s.desk.form("rules", r.looked)
	page.Load(env.Tasks, func(ctx context.Context) error {
		if err := rules.CheckHouse(rule); err != nil { // one that can't be read would stop everything from going out
			return err
		}
		return env.Store.SetHouseRule(ctx, rule)
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { r.store(rule) })
			return
		}
		f.Discard()
		env.Engine.Wake()
		r.s.saved(env.T("settings.rules.saved"))
		r.Show()
	})
}

// changes lists who settled what, newest first.
func (r *ruleSection) changes() fyne.CanvasObject {
	env := r.s.env
	column := widget.Column(8, widget.Bold(env.T("settings.rules.history")))
	for i, h := range r.history {
		if i == 10 {
			break
		}
		place := env.T("settings.rules.everybody")
		if h.Place != "" {
			place = env.Texts.Country(h.Place)
		}
		what := env.T("settings.rules.reset_done")
		if !h.Empty() {
			var parts []string
			if h.Hours != "" {
				parts = append(parts, hoursInWords(env.Texts, h.Hours))
			}
			if h.Caps != "" {
				parts = append(parts, capsInWords(env.Texts, capsOf(h.Caps)))
			}
			if h.Holidays != "" {
				parts = append(parts, env.T("settings.rules.rest."+h.Holidays))
			}
			what = strings.Join(parts, " · ")
		}
		column.Add(widget.Column(0, widget.Body(place+" · "+env.T("settings.rules.kind."+string(h.Kind))+" · "+what).Shorten(),
			widget.Caption(orNobody(env, h.By)+" · "+env.Texts.DateTime(h.At.In(env.Business.Location()))).In(theme.Ink3)))
	}
	return widget.NewPanel(column)
}

// orNobody is a name, or that nobody said theirs.
func orNobody(env *page.Env, name string) string {
	if name == "" {
		return env.T("settings.nobody")
	}
	return name
}
