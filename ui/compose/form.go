package compose

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
	"counterbell/ui/i18n"
)

// Form is a campaign as it is being written: every field holds what was typed,
// what makes no sense yet included. It is stored with the draft, so that nothing
// typed is ever lost, and turned into a campaign by Campaign.
type Form struct {
	Name      string         `json:"name"`
	Kind      data.Kind      `json:"kind"` // Marketing or Notice; an offer makes it Marketing
	Goal      data.Goal      `json:"goal,omitempty"`
	Target    string         `json:"target,omitempty"`
	Offer     data.OfferKind `json:"offer,omitempty"` // "" for none
	Percent   string         `json:"percent,omitempty"`
	Amount    string         `json:"amount,omitempty"`
	Covers    string         `json:"covers,omitempty"` // for a gift, what is free
	Minimum   string         `json:"minimum,omitempty"`
	Ends      string         `json:"ends,omitempty"` // a day, or what was typed for one
	Uses      string         `json:"uses,omitempty"`
	Group     string         `json:"group,omitempty"`      // conditions
	GroupName string         `json:"group_name,omitempty"` // of a saved group
	Chosen    bool           `json:"chosen,omitempty"`     // an audience was chosen
	Texts     [2]string      `json:"texts"`                // A and B
	AB        bool           `json:"ab,omitempty"`
	Templates [2]string      `json:"templates,omitempty"` // the provider's approved ones
	When      When           `json:"when,omitempty"`
	Day       string         `json:"day,omitempty"`  // a day, or what was typed for one
	Time      string         `json:"time,omitempty"` // "10:00", or what was typed for it
	Tested    string         `json:"tested,omitempty"`
}

// When is how a campaign's start was chosen.
type When string

const (
	Now    When = ""      // as soon as it is sent
	AtShop When = "at"    // at a moment, by the shop's clock
	Local  When = "local" // at that time of each recipient's own day
)

// New begins a form with what most campaigns have.
func begin(name string, today data.Date) Form {
	end := today.Start(time.UTC).AddDate(0, 0, 7)
	return Form{Name: name, Kind: data.Marketing, Offer: data.PercentOff, Uses: "1", Ends: string(data.DateOf(end)), Time: "10:00", Day: string(data.DateOf(today.Start(time.UTC).AddDate(0, 0, 1)))}
}

// read is the form of a stored draft; one that another program made has none,
// and is read back from its campaign.
func read(c *data.Campaign, b *data.Business) Form {
	var f Form
	if c.Form != "" && json.Unmarshal([]byte(c.Form), &f) == nil {
		f.Name = c.Name
		return f
	}
	f = Form{Name: c.Name, Kind: c.Kind, Goal: c.Goal, Group: c.Group, GroupName: c.GroupName, Chosen: c.Group != ""}
	if f.Group == "all" {
		f.GroupName = ""
	}
	switch {
	case c.Target > 0 && c.Goal == data.GoalSales:
		f.Target = data.Money{Minor: c.Target, Currency: b.Currency}.Decimal()
	case c.Target > 0:
		f.Target = strconv.FormatInt(c.Target, 10)
	}
	if o := c.Offer; o != nil {
		f.Offer, f.Covers, f.Ends, f.Uses = o.Kind, o.Terms, string(o.ValidTo), strconv.Itoa(o.Uses)
		if f.Covers == "" && o.Kind == data.Gift {
			f.Covers = o.Title
		}
		if o.Percent > 0 {
			f.Percent = strconv.FormatInt(o.Percent, 10)
		}
		if o.Amount.Minor > 0 {
			f.Amount = o.Amount.Decimal()
		}
		if o.Minimum > 0 {
			f.Minimum = data.Money{Minor: o.Minimum, Currency: o.Amount.Currency}.Decimal()
		}
	}
	for i, v := range c.Variants {
		if i < 2 {
			f.Texts[i], f.Templates[i] = v.Text, v.Template
		}
	}
	f.AB = len(c.Variants) == 2
	switch {
	case c.Local != "":
		f.When, f.Day, f.Time = Local, c.Local[:min(10, len(c.Local))], c.Local[min(11, len(c.Local)):]
	case c.At != 0:
		at := c.At.In(b.Location())
		f.When, f.Day, f.Time = AtShop, string(data.DateOf(at)), at.Format("15:04")
	}
	return f
}

// A Problem is why a campaign can't go yet: the field that it stands beside,
// and the key of its sentence.
type Problem struct {
	Field string
	Key   string
	Args  []any
}

// Fields that a Problem may stand beside.
const (
	fieldName     = "name"
	fieldTarget   = "target"
	fieldPercent  = "percent"
	fieldAmount   = "amount"
	fieldCovers   = "covers"
	fieldMinimum  = "minimum"
	fieldEnds     = "ends"
	fieldUses     = "uses"
	fieldAudience = "audience"
	fieldText     = "text"
	fieldDay      = "day"
	fieldTime     = "time"
)

// Campaign turns the form into a campaign, as far as it makes sense, and lists
// what is missing or wrong, in the order in which the page shows it. Only what
// is whole goes into the campaign. now is by the shop's clock.
func (f *Form) Campaign(b *data.Business, now time.Time, texts *i18n.Texts) (data.Campaign, []Problem) {
	var problems []Problem
	bad := func(field, key string, args ...any) { problems = append(problems, Problem{field, key, args}) }
	c := data.Campaign{Name: strings.TrimSpace(f.Name), Kind: f.Kind, Goal: f.Goal, Group: f.Group, GroupName: f.GroupName, State: data.Draft}
	if f.Offer != "" || c.Kind == "" {
		c.Kind = data.Marketing
	}
	if c.GroupName == "" && f.Chosen {
		c.GroupName = groupTitle(f.Group, b.Currency, texts)
	}
	if c.Name == "" {
		bad(fieldName, "compose.problem.name")
	}
	if target := strings.TrimSpace(f.Target); f.Goal != data.GoalNone && target != "" {
		if n, ok := f.target(b.Currency); ok {
			c.Target = n
		} else {
			bad(fieldTarget, "compose.problem.target")
		}
	}
	if offer, wrong := f.offer(b, texts); len(wrong) > 0 {
		problems = append(problems, wrong...)
	} else {
		c.Offer = offer
		if offer != nil && offer.ValidTo != "" && string(offer.ValidTo) < string(data.DateOf(now)) {
			bad(fieldEnds, "compose.problem.ended")
		}
	}
	if !f.Chosen {
		bad(fieldAudience, "compose.problem.audience")
	}
	c.Variants = []data.Variant{{Name: "A", Text: clean(f.Texts[0]), Template: f.Templates[0]}}
	if f.AB {
		c.Variants = append(c.Variants, data.Variant{Name: "B", Text: clean(f.Texts[1]), Template: f.Templates[1]})
	}
	switch {
	case strings.TrimSpace(f.Texts[0]) == "":
		bad(fieldText, "compose.problem.text")
	case f.AB && strings.TrimSpace(f.Texts[1]) == "":
		bad(fieldText, "compose.problem.text_b")
	case f.AB && strings.TrimSpace(f.Texts[0]) == strings.TrimSpace(f.Texts[1]):
		bad(fieldText, "compose.problem.same")
	}
	f.start(&c, b, now, texts, bad)
	if len(problems) > 0 {
		c.Reason = data.Unfinished
	}
	return c, problems
}

// start reads when the campaign begins.
func (f *Form) start(c *data.Campaign, b *data.Business, now time.Time, texts *i18n.Texts, bad func(field, key string, args ...any)) {
	if f.When == Now {
		return
	}
	day, wrong := texts.ReadDate(f.Day, data.DateOf(now), orderOf(b.Country))
	if wrong != "" {
		bad(fieldDay, "compose.problem.day")
		return
	}
	minutes, wrong := texts.ReadClock(f.Time)
	if wrong != "" {
		bad(fieldTime, "compose.problem.time")
		return
	}
	wall := string(day) + "T" + time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
	at, err := data.WallAt(wall, b.Zone)
	if err != nil {
		bad(fieldTime, "compose.problem.time")
		return
	}
	if f.When == Local {
		c.Local = wall
		return
	}
	if c.At = at; at < data.At(now) {
		bad(fieldDay, "compose.problem.past")
	}
}

// target is the number hoped for: money in minor units for sales, else people.
func (f *Form) target(currency string) (int64, bool) {
	if f.Goal == data.GoalSales {
		m, err := data.ParseMoney(f.Target, currency)
		return m.Minor, err == nil && m.Minor > 0
	}
	n, ok := whole(f.Target)
	return n, ok && n > 0
}

// offer reads the terms; nil for none.
func (f *Form) offer(b *data.Business, texts *i18n.Texts) (*data.Offer, []Problem) {
	if f.Offer == "" {
		return nil, nil
	}
	var wrong []Problem
	bad := func(field, key string, args ...any) { wrong = append(wrong, Problem{field, key, args}) }
	o := &data.Offer{Kind: f.Offer, Terms: strings.TrimSpace(f.Covers)}
	o.Amount.Currency = b.Currency
	var ok bool
	switch f.Offer {
	case data.PercentOff:
		if o.Percent, ok = whole(strings.TrimRight(strings.TrimSpace(f.Percent), "%％ ")); !ok || o.Percent < 1 || o.Percent > 100 {
			bad(fieldPercent, "compose.problem.percent")
		}
	case data.AmountOff:
		m, err := data.ParseMoney(f.Amount, b.Currency)
		if o.Amount = m; err != nil || m.Minor <= 0 {
			bad(fieldAmount, "compose.problem.amount")
		}
	case data.Gift:
		if o.Terms == "" {
			bad(fieldCovers, "compose.problem.gift")
		}
	}
	if least := strings.TrimSpace(f.Minimum); least != "" {
		m, err := data.ParseMoney(least, b.Currency)
		if err != nil {
			bad(fieldMinimum, "compose.problem.minimum")
		}
		o.Minimum = m.Minor
	}
	if ends := strings.TrimSpace(f.Ends); ends != "" {
		day, err := data.ParseDate(ends)
		if err != nil || len(day) != 10 {
			bad(fieldEnds, "compose.problem.day")
		}
		o.ValidTo = day
	}
	uses, ok := whole(f.Uses)
	if strings.TrimSpace(f.Uses) == "" {
		uses, ok = 1, true
	}
	if o.Uses = int(uses); !ok || uses < 1 || uses > 1000 {
		bad(fieldUses, "compose.problem.uses")
	}
	o.Title = f.title(o, b, texts)
	return o, wrong
}

// title is the offer in the words that {offer} stands for: in Chinese where the
// text or what it covers is. What has to be spent belongs to it: nobody should
// learn of that at the till.
func (f *Form) title(o *data.Offer, b *data.Business, texts *i18n.Texts) string {
	if words := f.Texts[0] + f.Covers; strings.TrimSpace(words) != "" {
		texts = textsFor(words)
	}
	title := f.gain(o, texts)
	if o.Minimum > 0 {
		return texts.T("compose.title.minimum", "offer", title, "least", texts.MoneyShort(data.Money{Minor: o.Minimum, Currency: b.Currency}))
	}
	return title
}

// gain is what an offer gives, without its conditions.
func (f *Form) gain(o *data.Offer, texts *i18n.Texts) string {
	off := strconv.FormatInt(o.Percent, 10) + "%"
	switch {
	case o.Kind == data.AmountOff:
		off = texts.MoneyShort(o.Amount)
	case o.Percent == 100:
		// "0折" is no offer that anybody makes.
	case o.Kind == data.PercentOff && texts.Language() == i18n.Chinese:
		off = tenths(100 - o.Percent)
	}
	switch {
	case o.Kind == data.Gift:
		return texts.T("compose.title.gift", "what", o.Terms)
	case o.Kind == data.PercentOff && o.Percent == 100:
		return texts.T("compose.title.gift", "what", cmp.Or(o.Terms, off))
	case o.Terms == "":
		return texts.T("compose.title."+string(o.Kind)+"_all", "off", off)
	}
	return texts.T("compose.title."+string(o.Kind), "off", off, "what", o.Terms)
}

// textsFor are the texts in the language that words are written in.
func textsFor(words string) *i18n.Texts {
	if strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return i18n.New(i18n.Chinese)
	}
	return i18n.New(i18n.English)
}

// tenths writes what is left to pay as Chinese shops do: 8折, 8.5折.
func tenths(percent int64) string {
	if percent%10 == 0 {
		return strconv.FormatInt(percent/10, 10)
	}
	return strconv.FormatFloat(float64(percent)/10, 'f', 1, 64)
}

// clean takes out of a text what can't be seen and turns the reading direction
// around; line breaks stay.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == unicode.ReplacementChar, r == '\ufeff':
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")))
}

// whole reads a whole number as people type it: 1,000, 1 000, １０００.
func whole(s string) (int64, bool) {
	m, err := data.ParseMoney(s, "JPY") // a currency without places
	return m.Minor, err == nil
}

// orderOf tells how a country writes 3/4.
func orderOf(country string) i18n.DateOrder {
	if country == "US" || country == "PH" {
		return i18n.OrderMonthFirst
	}
	return i18n.OrderDayFirst
}

// encode writes the form as it is stored.
func (f *Form) encode() string {
	body, err := json.Marshal(f)
	if err != nil {
		panic(err) // texts always marshal
	}
	return string(body)
}
