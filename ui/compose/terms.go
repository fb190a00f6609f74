package compose

import (
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// terms are the upper left of the page: what the campaign is called and for,
// and what it offers.
type terms struct {
	v       *View
	content fyne.CanvasObject

	name   *widget.Field
	first  *widget.Entry // of the name
	goal   *widget.Select
	target *widget.Field
	typed  *widget.Entry // the target

	offers *widget.Switch
	tabs   *oneOf
	fields *fyne.Container
	shown  data.OfferKind
	built  bool
	field  map[string]*widget.Field
	kind   *widget.Radio
	how    *widget.Paragraph // what the kind of text means
}

// offers are what the tabs stand for.
var offers = []data.OfferKind{data.PercentOff, data.AmountOff, data.Gift}

var kinds = []data.Kind{data.Marketing, data.Notice}

func newTerms(v *View) *terms {
	t := &terms{v: v, field: map[string]*widget.Field{}}
	env := v.env
	name := t.entry(v.form.Name, "", func(s string) { v.form.Name = s; env.HeaderChanged() })
	name.Limit(80)
	t.first = name
	t.name = widget.NewField(env.T("compose.name"), "", name)
	goals := []string{env.T("compose.goal.none")}
	for _, g := range data.Goals {
		goals = append(goals, env.T("compose.goal."+string(g)))
	}
	t.goal = widget.NewSelect(goals, func(i int) {
		v.form.Goal = data.GoalNone
		if i > 0 {
			v.form.Goal = data.Goals[i-1]
		}
		v.edit()
	})
	t.goal.SetSelected(slices.Index(data.Goals, v.form.Goal) + 1)
	t.typed = t.entry(v.form.Target, env.T("compose.target.none"), func(s string) { v.form.Target = s })
	t.target = widget.NewField(env.T("compose.target"), "", t.typed)
	what := widget.NewPanel(widget.Column(10, t.name, pair(widget.NewField(env.T("compose.goal"), "", t.goal), t.target)))

	labels := make([]string, len(offers))
	for i, o := range offers {
		labels[i] = env.T("compose.offer." + string(o))
	}
	last := data.PercentOff // the kind that comes back when an offer is switched on again
	choose := func(o data.OfferKind) {
		v.form.Offer = o
		v.edit()
		env.HeaderChanged()
	}
	t.tabs = newOneOf(labels, func(i int) {
		last = offers[i]
		choose(last)
	})
	t.offers = widget.NewSwitch("", func(on bool) {
		if on {
			choose(last)
			return
		}
		last = v.form.Offer
		choose("")
	})
	t.fields = widget.Column(10)
	t.how = widget.NewParagraph("").Sized(theme.SizeCaption)
	t.kind = widget.NewRadio([]string{env.T("compose.kind.marketing"), env.T("compose.kind.notice")}, func(i int) {
		v.form.Kind = kinds[i]
		v.edit()
		env.HeaderChanged()
	})
	t.kind.SetSelected(max(0, slices.Index(kinds, v.form.Kind)))
	t.content = widget.Column(16, what, widget.NewPanel(widget.Column(12, widget.Row(8, widget.Fill(widget.Bold(env.T("compose.offer"))), t.offers), t.tabs.CanvasObject, t.fields)))
	return t
}

// entry is a field of one line that keeps what is typed in the form.
func (t *terms) entry(text, placeholder string, keep func(string)) *widget.Entry {
	e := widget.NewEntry(placeholder).Limit(60)
	e.SetText(text)
	e.OnChanged = func(s string) {
		keep(s)
		t.v.edit()
	}
	return e
}

// show puts in the fields of the kind of offer that is chosen, and says beside
// each what is wrong.
func (t *terms) show() {
	v, env := t.v, t.v.env
	if !t.built || t.shown != v.form.Offer {
		t.built, t.shown = true, v.form.Offer
		t.rebuild()
		t.offers.Set(v.form.Offer != "")
		if v.form.Offer == "" {
			t.tabs.Hide()
		} else {
			t.tabs.set(slices.Index(offers, v.form.Offer))
			t.tabs.Show()
		}
		t.kind.SetSelected(max(0, slices.Index(kinds, v.form.Kind)))
		t.content.Refresh()
	}
	t.how.SetText(env.T("compose.kind_how." + string(kindOf(&v.form))))
	t.say(t.name, fieldName, "x")
	if v.form.Goal == data.GoalNone {
		t.typed.Disable()
	} else {
		t.typed.Enable()
	}
	t.say(t.target, fieldTarget, v.form.Target)
	for name, field := range t.field {
		t.say(field, name, map[string]string{
			fieldPercent: v.form.Percent, fieldAmount: v.form.Amount, fieldCovers: v.form.Covers, fieldMinimum: v.form.Minimum, fieldUses: v.form.Uses, fieldEnds: v.form.Ends,
		}[name])
	}
}

// say shows what is wrong with a field that something was typed into.
func (t *terms) say(field *widget.Field, name, typed string) {
	problem := t.v.problem(name)
	if strings.TrimSpace(typed) == "" {
		problem = ""
	}
	if field.Problem() != problem {
		field.SetProblem(problem)
	}
}

// rebuild makes the fields of an offer.
func (t *terms) rebuild() {
	v, env := t.v, t.v.env
	clear(t.field)
	add := func(name, label string, control fyne.CanvasObject) *widget.Field {
		t.field[name] = widget.NewField(label, "", control)
		return t.field[name]
	}
	t.fields.RemoveAll()
	defer t.fields.Refresh()
	if v.form.Offer == "" {
		t.fields.Add(t.kind)
		t.fields.Add(t.how)
		return
	}
	minimum := add(fieldMinimum, env.T("compose.minimum"), t.entry(v.form.Minimum, env.T("compose.minimum.none"), func(s string) { v.form.Minimum = s }))
	covers := t.entry(v.form.Covers, env.T("compose.covers.all"), func(s string) { v.form.Covers = s })
	switch v.form.Offer {
	case data.PercentOff:
		percent := t.entry(v.form.Percent, env.T("compose.percent.example"), func(s string) { v.form.Percent = s })
		t.fields.Add(pair(add(fieldPercent, env.T("compose.percent"), percent), minimum))
		t.fields.Add(add(fieldCovers, env.T("compose.covers"), covers))
	case data.AmountOff:
		amount := t.entry(v.form.Amount, env.Texts.Symbol(env.Business.Currency), func(s string) { v.form.Amount = s })
		t.fields.Add(pair(add(fieldAmount, env.T("compose.amount"), amount), minimum))
		t.fields.Add(add(fieldCovers, env.T("compose.covers"), covers))
	case data.Gift:
		covers.SetPlaceHolder(env.T("compose.gift.example"))
		t.fields.Add(add(fieldCovers, env.T("compose.gift"), covers))
		t.fields.Add(minimum)
	}
	ends := add(fieldEnds, env.T("compose.ends"), v.dayField(fieldEnds, &v.form.Ends))
	uses := add(fieldUses, env.T("compose.uses"), t.entry(v.form.Uses, "1", func(s string) { v.form.Uses = s }))
	if large() {
		t.fields.Add(ends)
		t.fields.Add(uses)
	} else {
		t.fields.Add(widget.TopRow(8, widget.Fill(ends), widget.Exactly(56, 0, uses)))
	}
}

// dayField is a field for a day that is kept in the form, also while what stands
// there is none yet.
func (v *View) dayField(name string, into *string) *widget.DateField {
	f := widget.NewDateField(v.env.Texts, v.today, func(data.Date, bool) { v.edit() }).Order(orderOf(v.env.Business.Country)).Optional()
	if day, err := data.ParseDate(*into); err == nil && len(day) == 10 {
		f.Set(day)
	} else {
		f.SetText(*into)
	}
	v.typed[name] = func() {
		if day, ok := f.Date(); ok {
			*into = string(day)
		} else {
			*into = f.Text()
		}
	}
	return f
}

// today is the shop's day.
func (v *View) today() data.Date {
	return data.DateOf(v.env.Clock().In(v.env.Business.Location()))
}
