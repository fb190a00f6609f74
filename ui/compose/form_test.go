package compose

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/ui/i18n"
)

var lark = data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD"}

// noon is 12:00 in Portland on the Tuesday of the samples.
func noon(t *testing.T) time.Time {
	t.Helper()
	zone, err := time.LoadLocation(lark.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, 24, 12, 0, 0, 0, zone)
}

// ready is a form that lacks nothing.
func ready() Form {
	f := begin("Sunglasses week", "2026-11-24")
	f.Percent, f.Covers, f.Group, f.Chosen, f.Texts[0] = "20 %", "any pair of sunglasses", "all", true, "{brand}: {offer} until {expires} with {code}"
	return f
}

func TestAFormBecomesTheCampaignThatWasMeant(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Form)
		want   func(*data.Campaign) any
		is     any
	}{
		"percent":          {func(*Form) {}, func(c *data.Campaign) any { return c.Offer.Percent }, int64(20)},
		"full-width":       {func(f *Form) { f.Percent = "２５％" }, func(c *data.Campaign) any { return c.Offer.Percent }, int64(25)},
		"title":            {func(*Form) {}, func(c *data.Campaign) any { return c.Offer.Title }, "20% off any pair of sunglasses"},
		"title of all":     {func(f *Form) { f.Covers = "" }, func(c *data.Campaign) any { return c.Offer.Title }, "20% off"},
		"Chinese title":    {func(f *Form) { f.Covers, f.Percent = "太阳镜", "15" }, func(c *data.Campaign) any { return c.Offer.Title }, "太阳镜8.5折"},
		"Chinese all":      {func(f *Form) { f.Covers, f.Texts[0] = "", "全场{offer}" }, func(c *data.Campaign) any { return c.Offer.Title }, "全场8折"},
		"amount":           {func(f *Form) { f.Offer, f.Amount = data.AmountOff, "$1,250.50" }, func(c *data.Campaign) any { return c.Offer.Amount }, data.Money{Minor: 125050, Currency: "USD"}},
		"amount's title":   {func(f *Form) { f.Offer, f.Amount, f.Covers = data.AmountOff, "10", "lenses" }, func(c *data.Campaign) any { return c.Offer.Title }, "$10 off lenses"},
		"gift":             {func(f *Form) { f.Offer, f.Covers = data.Gift, "A cleaning cloth" }, func(c *data.Campaign) any { return c.Offer.Title }, "A cleaning cloth free"},
		"minimum's title":  {func(f *Form) { f.Minimum = "50" }, func(c *data.Campaign) any { return c.Offer.Title }, "20% off any pair of sunglasses (spend $50 or more)"},
		"Chinese minimum":  {func(f *Form) { f.Minimum, f.Covers, f.Percent = "50", "太阳镜", "15" }, func(c *data.Campaign) any { return c.Offer.Title }, "太阳镜8.5折（满US$50可用）"},
		"minimum":          {func(f *Form) { f.Minimum = "50" }, func(c *data.Campaign) any { return c.Offer.Minimum }, int64(5000)},
		"no end":           {func(f *Form) { f.Ends = "" }, func(c *data.Campaign) any { return c.Offer.ValidTo }, data.Date("")},
		"a week":           {func(*Form) {}, func(c *data.Campaign) any { return c.Offer.ValidTo }, data.Date("2026-12-01")},
		"uses":             {func(f *Form) { f.Uses = "1,000" }, func(c *data.Campaign) any { return c.Offer.Uses }, 1000},
		"uses left empty":  {func(f *Form) { f.Uses = " " }, func(c *data.Campaign) any { return c.Offer.Uses }, 1},
		"no offer":         {func(f *Form) { f.Offer, f.Texts[0] = "", "Hello" }, func(c *data.Campaign) any { return c.Offer == nil && c.Kind == data.Marketing }, true},
		"a notice":         {func(f *Form) { f.Offer, f.Kind, f.Texts[0] = "", data.Notice, "Hello" }, func(c *data.Campaign) any { return c.Kind }, data.Notice},
		"offers advertise": {func(f *Form) { f.Kind = data.Notice }, func(c *data.Campaign) any { return c.Kind }, data.Marketing},
		"sales":            {func(f *Form) { f.Goal, f.Target = data.GoalSales, "2,500" }, func(c *data.Campaign) any { return c.Target }, int64(250_000)},
		"visits":           {func(f *Form) { f.Goal, f.Target = data.GoalVisits, "４０" }, func(c *data.Campaign) any { return c.Target }, int64(40)},
		"one wording":      {func(f *Form) { f.Texts[1] = "left over" }, func(c *data.Campaign) any { return len(c.Variants) }, 1},
		"two wordings":     {func(f *Form) { f.AB, f.Texts[1] = true, "B {code}" }, func(c *data.Campaign) any { return c.Variants[1].Text }, "B {code}"},
		"at the shop":      {func(f *Form) { f.When, f.Day, f.Time = AtShop, "tomorrow", "2:30 pm" }, func(c *data.Campaign) any { return c.At.String() }, data.At(time.Date(2026, 11, 25, 22, 30, 0, 0, time.UTC)).String()},
		"their own clock":  {func(f *Form) { f.When, f.Day, f.Time = Local, "2026-11-26", "下午2点" }, func(c *data.Campaign) any { return c.Local }, "2026-11-26T14:00"},
		"everybody":        {func(*Form) {}, func(c *data.Campaign) any { return c.GroupName }, "all"},
		"a suggestion":     {func(f *Form) { f.Group = "last_visit < 60d" }, func(c *data.Campaign) any { return c.GroupName }, "Not seen for 60 days"},
		"a saved group":    {func(f *Form) { f.Group, f.GroupName = "tag = vip", "VIP" }, func(c *data.Campaign) any { return c.GroupName }, "VIP"},
		"what nobody sees": {func(f *Form) { f.Texts[0] = "Hi\u202e {code}\x07\ufeff\r\nthere " }, func(c *data.Campaign) any { return c.Variants[0].Text }, "Hi {code}\nthere"},
		"right-to-left":    {func(f *Form) { f.Texts[0] = "שלום {code}" }, func(c *data.Campaign) any { return c.Variants[0].Text }, "שלום {code}"},
	} {
		f := ready()
		c.change(&f)
		got, problems := f.Campaign(&lark, noon(t), i18n.New(i18n.English))
		if len(problems) > 0 {
			t.Errorf("%s: %+v", name, problems)
			continue
		}
		if v := c.want(&got); !reflect.DeepEqual(v, c.is) {
			t.Errorf("%s: it is %v, want %v", name, v, c.is)
		}
	}
}

func TestWhatIsWrongStandsBesideItsField(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Form)
		field  string
	}{
		"no name":           {func(f *Form) { f.Name = "  " }, fieldName},
		"words for percent": {func(f *Form) { f.Percent = "a lot" }, fieldPercent},
		"over 100":          {func(f *Form) { f.Percent = "101" }, fieldPercent},
		"nothing off":       {func(f *Form) { f.Percent = "" }, fieldPercent},
		"emoji":             {func(f *Form) { f.Percent = "🎉" }, fieldPercent},
		"no amount":         {func(f *Form) { f.Offer, f.Amount = data.AmountOff, "-5" }, fieldAmount},
		"two amounts":       {func(f *Form) { f.Offer, f.Amount = data.AmountOff, "1.234" }, fieldAmount},
		"no gift":           {func(f *Form) { f.Offer, f.Covers = data.Gift, "" }, fieldCovers},
		"minimum":           {func(f *Form) { f.Minimum = "some" }, fieldMinimum},
		"no day":            {func(f *Form) { f.Ends = "31 Feb" }, fieldEnds},
		"over already":      {func(f *Form) { f.Ends = "2026-11-23" }, fieldEnds},
		"no uses":           {func(f *Form) { f.Uses = "0" }, fieldUses},
		"too many uses":     {func(f *Form) { f.Uses = "1001" }, fieldUses},
		"nobody chosen":     {func(f *Form) { f.Chosen = false }, fieldAudience},
		"no text":           {func(f *Form) { f.Texts[0] = " \n" }, fieldText},
		"no second text":    {func(f *Form) { f.AB = true }, fieldText},
		"twice the same":    {func(f *Form) { f.AB, f.Texts[1] = true, f.Texts[0]+" " }, fieldText},
		"yesterday":         {func(f *Form) { f.When, f.Day = AtShop, "2026-11-23" }, fieldDay},
		"no clock":          {func(f *Form) { f.When, f.Time = AtShop, "25:90" }, fieldTime},
		"no such day":       {func(f *Form) { f.When, f.Day = Local, "soon" }, fieldDay},
		"target":            {func(f *Form) { f.Goal, f.Target = data.GoalVisits, "many" }, fieldTarget},
	} {
		f := ready()
		c.change(&f)
		_, problems := f.Campaign(&lark, noon(t), i18n.New(i18n.English))
		if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Field == c.field }) {
			t.Errorf("%s: %+v, want %s", name, problems, c.field)
		}
		for _, p := range problems {
			if texts := i18n.New(i18n.Chinese); texts.T(p.Key, p.Args...) == p.Key {
				t.Errorf("%s: no sentence for %s", name, p.Key)
			}
		}
	}
}

func TestAFormComesBackAsItWasLeft(t *testing.T) {
	f := ready()
	f.Percent, f.Ends, f.When, f.Day, f.Texts[1] = "twenty", "31 Feb", Local, "some day", "{half"
	back := read(&data.Campaign{Name: f.Name, Form: f.encode()}, &lark)
	if !reflect.DeepEqual(back, f) {
		t.Errorf("%+v\nwant %+v", back, f)
	}
}

func TestACampaignFromTheCommandLineCanBeEdited(t *testing.T) {
	c := data.Campaign{
		Name: "Lens week", Kind: data.Marketing, Goal: data.GoalSales, Target: 125_050, Group: "all", GroupName: "all", Local: "2026-12-01T09:30",
		Offer:    &data.Offer{Title: "x", Kind: data.AmountOff, Amount: data.Money{Minor: 1050, Currency: "USD"}, Terms: "lenses", ValidTo: "2026-12-24", Uses: 2},
		Variants: []data.Variant{{Name: "A", Text: "Hi {code}"}, {Name: "B", Text: "Ho {code}"}},
	}
	f := read(&c, &lark)
	got, problems := f.Campaign(&lark, noon(t), i18n.New(i18n.English))
	if len(problems) > 0 || got.Target != c.Target || got.Local != c.Local || got.Group != "all" || len(got.Variants) != 2 || got.Offer.Amount != c.Offer.Amount || got.Offer.ValidTo != c.Offer.ValidTo || got.Offer.Uses != 2 {
		t.Errorf("%+v (%+v)", got, problems)
	}
	c.Local, c.At = "", data.At(noon(t).AddDate(0, 0, 3))
	f = read(&c, &lark)
	if got, problems = f.Campaign(&lark, noon(t), i18n.New(i18n.English)); len(problems) > 0 || got.At != c.At || f.Time != "12:00" {
		t.Errorf("it starts at %s by %q, want %s (%+v)", got.At, f.Time, c.At, problems)
	}
}

func TestTheChecklistKnowsWhatATextSays(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		done []string
		open []string
	}{
		"all there":         {"{brand}: {first_name|there}, {offer} until {expires}. Show {code}", []string{"brand", "one_thing", "end", "fallback", "opt_out"}, nil},
		"no shop":           {"Hi {first_name|there}", nil, []string{"brand", "one_thing", "end"}},
		"the shop's name":   {"lark optical: call us", []string{"brand", "one_thing"}, []string{"end"}},
		"Chinese signature": {"【{brand}】到店出示券码 {code}，{expires}前", []string{"brand", "one_thing", "end"}, nil},
		"two links":         {"{brand}: {link} or https://shop.example", nil, []string{"one_thing"}},
		"no fallback":       {"{brand}: {first_name}, show {code}", nil, []string{"fallback"}},
		"can't be read":     {"{brand: show {code}", nil, []string{"brand", "one_thing", "opt_out"}},
	} {
		f := ready()
		f.Texts[0] = c.text
		all := checks(&f, &Plan{}, "Lark Optical")
		for _, k := range all {
			if k.Done && slices.Contains(c.open, k.Key) || !k.Done && slices.Contains(c.done, k.Key) {
				t.Errorf("%s: %s is done: %v", name, k.Key, k.Done)
			}
		}
		for _, key := range append(c.done, c.open...) {
			if !slices.ContainsFunc(all, func(k Check) bool { return k.Key == key }) {
				t.Errorf("%s: nothing is said of %s", name, key)
			}
		}
	}
}

func TestBothWordingsHaveToBeGood(t *testing.T) {
	f := ready()
	f.AB, f.Texts[0], f.Texts[1] = true, "{brand}: show {code} by {expires}", "Show {code} by {expires}"
	done, of := ticked(checks(&f, &Plan{}, "Lark Optical"))
	if done != of-1 {
		t.Errorf("%d of %d are done, want all but the shop's name in B", done, of)
	}
}
