package compose

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender/text"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// mostCharacters is how long a text may get: what carriers put together again.
const mostCharacters = 1600

// message is the middle of the page: the words, what is added to them, and what
// can be put in.
type message struct {
	v       *View
	content *fyne.Container
	tabs    *widget.Tabs
	head    *fyne.Container
	entry   *widget.Entry
	hint    *widget.Paragraph
	locked  *fyne.Container
	chips   *fyne.Container
	links   *fyne.Container // what to do where a provider takes no link
	reg     *registration
	ab      *fyne.Container
	test    *widget.Switch
	abText  *widget.Paragraph
	drawn   string
}

func newMessage(v *View) *message {
	env := v.env
	m := &message{v: v}
	m.entry = widget.NewTextArea(env.T("compose.text.placeholder"), 4).Limit(mostCharacters)
	m.entry.OnChanged = func(s string) {
		if v.filling || v.form.Texts[v.variant] == s {
			return
		}
		v.form.Texts[v.variant], v.form.Templates[v.variant] = s, ""
		v.edit()
	}
	m.tabs = widget.NewTabs([]string{"A", "B"}, func(i int) { v.variant = i; m.fill(); v.show(); v.replan() })
	ideas := widget.Secondary(env.T("compose.ideas"), nil).WithIcon(icons.Sparkles)
	ideas.OnTap(func() { v.ShowIdeas() })
	m.head = widget.Row(8, widget.Fill(widget.Bold(env.T("compose.message"))), m.tabs, ideas)
	m.hint = widget.NewParagraph("").Sized(theme.SizeCaption).In(theme.Danger)
	m.locked, m.chips, m.links = widget.Column(0), widget.Flow(8), widget.Column(0)
	m.reg = newRegistration(v)
	m.test = widget.NewSwitch("", func(on bool) {
		v.form.AB, v.variant = on, 0
		if on {
			v.variant = 1
		}
		m.fill()
		v.edit()
	})
	m.abText = widget.NewParagraph("").Sized(theme.SizeCaption)
	m.ab = widget.Row(12, widget.Fill(widget.Column(2, widget.Bold(env.T("compose.ab")), m.abText)), m.test)
	m.content = widget.Column(12, m.head, widget.Column(0, m.entry, m.locked), m.hint, m.chips, m.links, m.reg.content)
	m.fill()
	return m
}

// fill puts the wording that is shown into the field.
func (m *message) fill() {
	was := m.v.filling
	m.v.filling = true
	m.entry.SetText(m.v.form.Texts[m.v.variant])
	m.v.filling = was
}

// set replaces the wording that is shown.
func (m *message) set(words string) {
	v := m.v
	v.form.Texts[v.variant], v.form.Templates[v.variant] = words, ""
	m.fill()
	v.edit()
}

// insert puts something in where the cursor stands.
func (m *message) insert(words string) {
	for _, r := range words {
		m.entry.TypedRune(r)
	}
	if c := m.v.env.Canvas(); c != nil {
		c.Focus(m.entry)
	}
}

func (m *message) show() {
	v, env := m.v, m.v.env
	if m.test.On() != v.form.AB {
		m.test.Set(v.form.AB)
	}
	if v.form.AB {
		m.tabs.SetSelected(v.variant)
		for i, name := range []string{"A", "B"} {
			share := ""
			if n := v.plan.Review.Variants["A"] + v.plan.Review.Variants["B"]; n > 0 && !large() {
				share = "  " + env.Texts.Percent(float64(v.plan.Review.Variants[name])/float64(n), 0)
			}
			m.tabs.SetLabel(i, name+share)
		}
		m.tabs.Show()
	} else {
		m.tabs.Hide()
	}
	m.abText.SetText(m.testLine())
	problem := ""
	switch {
	case utf8.RuneCountInString(v.form.Texts[v.variant]) >= mostCharacters:
		problem = env.T("compose.text.full", "n", mostCharacters)
	default:
		if _, err := text.Parse(kindOf(&v.form), v.form.Texts[v.variant]); err != nil {
			problem = env.Texts.Error(err)
			var wrong *data.Error
			if errors.As(err, &wrong) && wrong.Args["nearest"] != "" {
				problem += " " + env.T("compose.text.nearest", "name", wrong.Args["nearest"])
			}
		}
	}
	m.hint.SetText(problem)
	if problem == "" {
		m.hint.Hide()
	} else {
		m.hint.Show()
	}
	m.reg.show()
	key := strings.Join([]string{string(v.form.Offer), string(kindOf(&v.form)), v.plan.Added.Before, v.plan.Added.After, v.plan.Provider, v.form.Texts[v.variant][:min(1, len(v.form.Texts[v.variant]))]}, "|")
	if hasLink := strings.Contains(v.form.Texts[v.variant], "{link}"); hasLink && v.planned && m.linkForbidden() != "" {
		key += "link"
	}
	if key == m.drawn {
		return
	}
	m.drawn = key
	m.showLocked()
	m.showChips()
	m.showLinks()
}

// testLine says how a test of two wordings goes.
func (m *message) testLine() string {
	v, env := m.v, m.v.env
	if !v.form.AB {
		return env.T("compose.ab_how")
	}
	a, b := v.plan.Review.Variants["A"], v.plan.Review.Variants["B"]
	if a+b == 0 {
		return env.T("compose.ab_on")
	}
	return env.T("compose.ab_people", "a", a, "b", b)
}

// showLocked shows what is added to the text, and why.
func (m *message) showLocked() {
	v, env := m.v, m.v.env
	m.locked.RemoveAll()
	added := v.plan.Added
	var parts []string
	if added.Before != "" {
		parts = append(parts, env.T("compose.added.before", "words", added.Before))
	}
	if added.After != "" {
		parts = append(parts, added.After)
	}
	if len(parts) > 0 {
		why := widget.NewCaptionLink(env.T("common.why"), nil)
		why.OnTap(func() { v.whyAdded(why) })
		place := widget.Caption(env.T("compose.added.for", "place", v.place(added.Region))).In(theme.Ink3).Shorten()
		m.locked.Add(widget.Inset(4, 0, 0, 0, widget.NewSoftTile(widget.Row(8, widget.NewIcon(icons.Locked, theme.Ink2, widget.IconSmall), widget.Fill(widget.Column(0, widget.NewParagraph(strings.Join(parts, " · ")).Sized(theme.SizeCaption).In(theme.Ink), place)), why)).Padded(10).Rounded(theme.RadiusInput)))
	}
	m.locked.Refresh()
}

// place is a country as it stands in a sentence: "the United States".
func (v *View) place(region string) string {
	if key := "rules.place." + region; v.env.Texts.Has(key) {
		return v.env.T(key)
	}
	return v.env.Texts.Country(region)
}

// only shows a part when there is something in it.
func only(part *fyne.Container) {
	if len(part.Objects) == 0 {
		part.Hide()
	} else {
		part.Show()
	}
	part.Refresh()
}

// inserts are the placeholders that get a chip of their own; the others are
// behind "more".
var inserts = []string{"first_name", "code", "link", "expires", "offer"}

// fallbacks stand in for what a person may lack.
var fallbacks = map[string]string{"first_name": "compose.fallback.first_name", "name": "compose.fallback.name", "city": "compose.fallback.city"}

// placeholder is how a placeholder is put in, with a fallback where one is
// wanted, in the language of the text.
func (m *message) placeholder(name string) string {
	if key := fallbacks[name]; key != "" {
		texts := m.v.env.Texts
		if words := m.v.form.Texts[m.v.variant]; strings.TrimSpace(words) != "" {
			texts = textsFor(words)
		}
		return "{" + name + "|" + texts.T(key) + "}"
	}
	return "{" + name + "}"
}

// showChips are the placeholders, in words.
func (m *message) showChips() {
	v, env := m.v, m.v.env
	m.chips.RemoveAll()
	m.chips.Add(widget.Sized(0, theme.Grow(30), widget.Caption(env.T("compose.insert"))))
	var more []widget.MenuItem
	for _, p := range text.Placeholders {
		if !slices.Contains(p.Kinds, kindOf(&v.form)) {
			continue
		}
		why := ""
		switch {
		case (p.Name == "code" || p.Name == "offer" || p.Name == "expires") && v.form.Offer == "":
			why = env.T("compose.insert.no_offer")
		case p.Name == "link" && v.planned:
			why = m.linkForbidden()
		}
		put := func() { m.insert(m.placeholder(p.Name)) }
		label := env.T("compose.placeholder." + p.Name)
		if !slices.Contains(inserts, p.Name) {
			more = append(more, widget.MenuItem{Text: label, Off: why != "", Do: put})
			continue
		}
		chip := widget.NewChip("+ "+label, "", put)
		chip.SetTip(why)
		if why != "" {
			chip.Disable()
		}
		m.chips.Add(chip)
	}
	if len(more) > 0 {
		var chip *widget.Chip
		chip = widget.NewChip(env.T("compose.insert.more"), "", func() { widget.ShowMenu(chip, more) }).WithIcon(icons.More)
		m.chips.Add(chip)
	}
	m.chips.Refresh()
}

// linkForbidden says why the text can't hold a person's own link; "" when it
// can.
func (m *message) linkForbidden() string {
	p := &m.v.plan
	switch {
	case !p.Caps.FreeText && !p.Caps.LinkInVariable:
		return m.v.env.T("compose.link.variable")
	case !p.Caps.Practice && !p.Public:
		return m.v.env.T("compose.link.relay")
	}
	return ""
}

// showLinks offers what works where a link doesn't.
func (m *message) showLinks() {
	v, env := m.v, m.v.env
	m.links.RemoveAll()
	words := v.form.Texts[v.variant]
	if why := m.linkForbidden(); v.planned && why != "" && strings.Contains(words, "{link}") {
		row := widget.Flow(8)
		if v.form.Offer != "" {
			row.Add(widget.Primary(env.T("compose.link.use_code"), func() { m.set(withoutLink(words, "{code}")) }).Small())
		}
		row.Add(widget.Secondary(env.T("compose.link.remove"), func() { m.set(withoutLink(words, "")) }).Small())
		row.Add(widget.Secondary(env.T("compose.link.fixed"), func() { v.askLink(func(address string) { m.set(strings.ReplaceAll(words, "{link}", address)) }) }).Small())
		m.links.Add(widget.NewSoftPanel(widget.Warn, widget.Column(8, widget.NewParagraph(why).In(theme.Ink), row)).Padded(12))
	}
	only(m.links)
}

// withoutLink puts something else in the place of a link; a code that stands in
// the text already isn't said twice.
func withoutLink(words, instead string) string {
	if strings.Contains(words, instead) {
		instead = ""
	}
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(words, "{link}", instead), "  ", " "))
}
