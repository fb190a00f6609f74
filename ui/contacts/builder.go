package contacts

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// filterLine lies over the whole width: the conditions in force, those that are often wanted, and at the right the order.
type filterLine struct{}

func (filterLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	return objects[0].MinSize()
}

func (filterLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// showFilters draws the conditions in force.
func (s *Screen) showFilters() {
	env, l := s.env, s.desk.list
	flow := widget.Flow(8, widget.Row(6, widget.NewIcon(icons.Filter, theme.Ink2, widget.IconSmall), widget.Sized(0, theme.Grow(28), widget.Caption(env.T("contacts.filters")))))
	if l.Only != nil {
		title := l.Title
		if title == "" {
			title = env.N("contacts.these", len(l.Only))
		}
		flow.Add(widget.NewFilter(title, func() { s.ask(Query{Order: l.Order}) }))
	}
	for i, c := range l.Conditions {
		flow.Add(widget.NewFilter(say(env.Texts, env.Business.Currency, c), func() { s.dropCondition(i) }))
	}
	if !has(l.Conditions, data.FieldConsent) {
		pill := widget.NewFilterChoice(env.T("contacts.column.consent"), nil)
		pill.OnTap(func() { s.chooseConsent(pill) })
		flow.Add(pill)
	}
	if !has(l.Conditions, data.FieldCountry) {
		pill := widget.NewFilterChoice(env.T("contacts.field.country"), nil)
		pill.OnTap(func() { s.chooseCountry(pill) })
		flow.Add(pill)
	}
	plus := widget.NewFilterAdd(env.T("contacts.add_filter"), nil)
	plus.OnTap(func() { s.chooseField(plus) })
	flow.Add(plus)
	columns := widget.NewIconButton(icons.Adjust, env.T("contacts.columns"), nil).Small()
	columns.OnTap(func() { s.chooseColumns(columns) })
	s.filters.Objects = []fyne.CanvasObject{widget.TopRow(4, widget.Fill(flow), columns, widget.Sized(0, theme.Grow(28), s.sort))}
	s.filters.Refresh()
	s.card.Refresh() // the filters may need another line
}

func (s *Screen) addCondition(c data.Condition) {
	q := s.desk.list.Query
	q.Only, q.Title = nil, ""
	q.Conditions = append(slices.Clone(q.Conditions), c)
	s.ask(q)
}

func (s *Screen) dropCondition(i int) {
	q := s.desk.list.Query
	if i < len(q.Conditions) {
		q.Conditions = slices.Delete(slices.Clone(q.Conditions), i, i+1)
		s.ask(q)
	}
}

func (s *Screen) chooseConsent(anchor fyne.CanvasObject) {
	var items []widget.MenuItem
	for _, standing := range []Standing{CanGetOffers, Reminders, OptedOut, NoConsent} {
		look := standings[standing]
		items = append(items, widget.MenuItem{Text: s.env.T("contacts.said.consent." + string(standing)), Icon: look.icon, Do: func() {
			s.addCondition(data.Condition{Field: data.FieldConsent, Op: "=", Value: string(standing)})
		}})
	}
	widget.ShowMenu(anchor, items)
}

// chooseCountry offers the countries that people's numbers are of.
func (s *Screen) chooseCountry(anchor fyne.CanvasObject) {
	env := s.env
	var countries []store.CountryCount
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		countries, err = env.Store.Countries(ctx)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		var items []widget.MenuItem
		for _, c := range countries {
			if region(c.Country) == "" {
				continue
			}
			items = append(items, widget.MenuItem{Text: env.Texts.Country(c.Country), Detail: env.N("contacts.people", c.People), Do: func() {
				s.addCondition(data.Condition{Field: data.FieldCountry, Op: "=", Value: c.Country})
			}})
		}
		widget.ShowMenu(anchor, items)
	})
}

// chooseField offers what can be asked for.
func (s *Screen) chooseField(anchor fyne.CanvasObject) {
	var items []widget.MenuItem
	for _, f := range builders {
		items = append(items, widget.MenuItem{Text: s.env.T("contacts.field." + string(f.field)), Icon: f.icon, Do: func() { s.build(f) }})
	}
	widget.ShowMenu(anchor, items)
}

// chooseColumns shows and hides columns.
func (s *Screen) chooseColumns(anchor fyne.CanvasObject) {
	env := s.env
	hidden := slices.Clone(hiddenFirst)
	env.Kept(keepColumns, &hidden)
	var items []widget.MenuItem
	for i := columnPhone; i <= columnSpend; i++ {
		key := columnKeys[i]
		shown := !contains(hidden, key)
		items = append(items, widget.MenuItem{Text: env.T("contacts.column." + key), Tick: shown, Do: func() {
			if shown {
				hidden = append(hidden, key)
			} else {
				hidden = slices.DeleteFunc(hidden, func(other string) bool { return other == key })
			}
			env.Keep(keepColumns, hidden)
			s.list.HideColumn(i, shown)
		}})
	}
	widget.ShowMenu(anchor, items)
}

// input is how the value of a condition is entered.
type input int

const (
	inputText input = iota
	inputTag
	inputMoney
	inputCount
	inputDays
	inputDay
	inputMonth
	inputCountry
	inputLanguage
	inputConsent
)

// comparison is one way to ask: "contacts.ask.KEY", and the operator that it stands for.
type comparison struct {
	key   string
	op    string
	input input
}

// builder is what can be asked about one field.
type builder struct {
	field data.Field
	icon  *icons.Icon
	ways  []comparison
}

var builders = []builder{
	{data.FieldLastVisit, icons.Appointments, []comparison{{"within", ">=", inputDays}, {"not_within", "<", inputDays}, {"since", ">=", inputDay}, {"before", "<", inputDay}}},
	{data.FieldSpend, icons.Wallet, []comparison{{"least", ">=", inputMoney}, {"less", "<", inputMoney}}},
	{data.FieldVisits, icons.Repeat, []comparison{{"least", ">=", inputCount}, {"less", "<", inputCount}, {"just", "=", inputCount}}},
	{"tag", icons.Tag, []comparison{{"carries", "=", inputTag}, {"lacks", "!=", inputTag}}},
	{data.FieldConsent, icons.Consent, []comparison{{"is", "=", inputConsent}, {"is_not", "!=", inputConsent}}},
	{data.FieldBirthday, icons.Offer, []comparison{{"in", "=", inputMonth}}},
	{data.FieldCity, icons.Place, []comparison{{"is", "=", inputText}, {"is_not", "!=", inputText}}},
	{data.FieldState, icons.Place, []comparison{{"is", "=", inputText}, {"is_not", "!=", inputText}}},
	{data.FieldCountry, icons.Place, []comparison{{"is", "=", inputCountry}, {"is_not", "!=", inputCountry}}},
	{data.FieldLanguage, icons.Language, []comparison{{"is", "=", inputLanguage}, {"is_not", "!=", inputLanguage}}},
	{"import", icons.Import, []comparison{{"is", "=", inputCount}}},
}

// build asks for a condition in a dialog.
func (s *Screen) build(b builder) {
	env := s.env
	if !slices.ContainsFunc(b.ways, func(c comparison) bool { return c.input == inputTag }) {
		s.buildWith(b, nil)
		return
	}
	var tags []store.TagCount
	page.Load(env.Tasks, func(ctx context.Context) (err error) { tags, err = env.Store.Tags(ctx); return err }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		names := make([]string, min(len(tags), 200))
		for i := range names {
			names[i] = tags[i].Name
		}
		s.buildWith(b, names)
	})
}

func (s *Screen) buildWith(b builder, tags []string) {
	env := s.env
	names := make([]string, len(b.ways))
	for i, w := range b.ways {
		names[i] = env.T("contacts.ask." + w.key)
	}
	holder := container.NewStack()
	var v *value
	var d *widget.Dialog
	choose := func(i int) {
		if v == nil || b.ways[v.way].input != b.ways[i].input {
			v = s.newValue(b.ways[i].input, tags)
			holder.Objects = []fyne.CanvasObject{v.field}
			holder.Refresh()
		}
		v.way = i
		if d != nil {
			d.Refresh()
		}
	}
	way := widget.NewSelect(names, choose)
	way.SetSelected(0)
	choose(0)
	content := widget.Column(12, way, holder)
	if len(b.ways) == 1 {
		content = widget.Column(12, holder)
	}
	d = env.Ask(widget.Question{
		Title: env.T("contacts.field." + string(b.field)), Content: content, Confirm: env.T("contacts.add_filter"), Cancel: env.T("common.cancel"), OnConfirm: func() bool {
			c := data.Condition{Field: b.field, Op: b.ways[v.way].op}
			var problem string
			if c.Value, problem = v.read(); problem != "" {
				v.field.SetProblem(problem)
				d.Refresh()
				return false
			}
			if _, err := data.ParseConditions(data.WriteConditions([]data.Condition{c})); err != nil {
				v.field.SetProblem(env.Texts.Error(err))
				d.Refresh()
				return false
			}
			s.addCondition(c)
			return true
		},
	})
}

// value is the field in which a condition's value is entered.
type value struct {
	way   int
	field *widget.Field
	read  func() (value, problem string)
}

func (s *Screen) newValue(in input, tags []string) *value {
	env := s.env
	label := env.T("contacts.value." + inputKeys[in])
	entry := func(example string, read func(text string) (string, string)) *value {
		e := widget.NewEntry(example).Limit(80)
		return &value{field: widget.NewField(label, "", e), read: func() (string, string) {
			text := strings.TrimSpace(e.Text)
			if text == "" {
				return "", env.T("contacts.value.needed")
			}
			return read(text)
		}}
	}
	choice := func(names, values []string) *value {
		c := widget.NewSelect(names, nil).Prompt(env.T("contacts.value.choose"))
		return &value{field: widget.NewField(label, "", c), read: func() (string, string) {
			if c.Selected() < 0 {
				return "", env.T("contacts.value.needed")
			}
			return values[c.Selected()], ""
		}}
	}
	whole := func(suffix string) func(string) (string, string) {
		return func(text string) (string, string) {
			n, ok := wholeNumber(text)
			if !ok {
				return "", env.T("contacts.value.no_number", "text", text)
			}
			return strconv.Itoa(n) + suffix, ""
		}
	}
	switch in {
	case inputMoney:
		return entry("50", func(text string) (string, string) {
			m, err := data.ParseMoney(text, env.Business.Currency)
			if err != nil {
				return "", env.T("contacts.value.no_money", "text", text)
			}
			return m.Decimal(), ""
		})
	case inputCount:
		return entry("2", whole(""))
	case inputDays:
		return entry("60", whole("d"))
	case inputDay:
		day := widget.NewDateField(env.Texts, func() data.Date { return data.DateOf(env.Store.Now().In(env.Business.Location())) }, nil)
		return &value{field: widget.NewField(label, "", day), read: func() (string, string) {
			d, ok := day.Date()
			if !ok || d == "" {
				return "", env.T("contacts.value.needed")
			}
			return string(d), ""
		}}
	case inputMonth:
		names, values := []string{env.T("contacts.value.this_month")}, []string{"now"}
		for m := 1; m <= 12; m++ {
			names, values = append(names, monthName(env.Texts, m)), append(values, strconv.Itoa(m))
		}
		return choice(names, values)
	case inputTag:
		return choice(tags, tags)
	case inputConsent:
		var names, values []string
		for _, standing := range []Standing{CanGetOffers, Reminders, OptedOut, NoConsent} {
			names, values = append(names, env.T("contacts.said.consent."+string(standing))), append(values, string(standing))
		}
		return choice(names, values)
	case inputLanguage:
		var names []string
		for _, l := range languages {
			names = append(names, env.Texts.LanguageOf(l))
		}
		return choice(names, languages)
	case inputCountry:
		codes, names := s.countries()
		return choice(names, codes)
	}
	return entry("", func(text string) (string, string) { return text, "" })
}

// inputKeys name the fields: "contacts.value.KEY".
var inputKeys = map[input]string{
	inputText: "text", inputTag: "tag", inputMoney: "amount", inputCount: "number", inputDays: "days", inputDay: "day",
	inputMonth: "month", inputCountry: "country", inputLanguage: "language", inputConsent: "consent",
}

// languages are those that are offered for people's own; any other that a list brought stays as it is.
var languages = []string{"en", "zh-Hans", "zh-Hant", "es", "fr", "de", "pt", "it", "nl", "pl", "ar", "hi", "ja", "ko", "vi", "fil", "ru", "uk"}

// wholeNumber reads a count as people type it: spaces, commas between thousands, full-width digits.
func wholeNumber(text string) (int, bool) {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsSpace(r), r == ',', r == '，', r == '\'':
			return -1
		}
		return r
	}, text)
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0 && n < 1_000_000_000
}
