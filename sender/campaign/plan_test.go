package campaign

import (
	"testing"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// public is a relay that phones can reach, or not.
type public bool

func (p public) Link(token string) string     { return "https://relay.example/" + token }
func (p public) StopLink(token string) string { return p.Link(token) + "/stop" }
func (p public) Public() bool                 { return bool(p) }

func TestTheWayToOptOutIsOneThatWorks(t *testing.T) {
	reads := provider.Caps{Inbound: provider.PollListByTime, FreeText: true}
	reports := provider.Caps{Inbound: provider.PollNone, ReportsOptOuts: true}
	deaf := provider.Caps{Inbound: provider.PollNone, FreeText: true}
	practice := deaf
	practice.Practice = true
	for name, c := range map[string]struct {
		caps  provider.Caps
		links Links
		want  rules.Way
	}{
		"replies are read":              {reads, nil, rules.WayReply},
		"the provider reports opt-outs": {reports, public(true), rules.WayReply},
		"a stop link that works":        {deaf, public(true), rules.WayLink},
		"a stop link on loopback":       {deaf, public(false), rules.WayNone},
		"practice opens loopback links": {practice, public(false), rules.WayLink},
		"nothing at all":                {deaf, nil, rules.WayNone},
		"templates carry no stop link":  {provider.Caps{Inbound: provider.PollNone}, public(true), rules.WayNone},
		"an adapter that says no word":  {provider.Caps{FreeText: true}, nil, rules.WayNone},
	} {
		if got := ChannelOf(c.caps, c.links).Way; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheOptOutLineSpeaksTheTextsLanguage(t *testing.T) {
	for source, c := range map[string]struct{ region, want string }{
		"Hi, 20% off for you until Sunday": {"FR", "en"},
		"您好，太阳镜八折":                         {"US", "zh-Hans"},
		"サングラス20%オフ":                       {"US", "ja"},
		"선글라스 20% 할인":                      {"US", "ko"},
		"太陽鏡八折":                            {"HK", "zh-Hant"},
		"{code}":                           {"DE", "de"},
		"Hola, 20% de descuento hasta hoy": {"US", "es"},
	} {
		parsed, err := text.Parse(data.Marketing, source)
		if err != nil {
			t.Fatal(err)
		}
		if got := LanguageOf(parsed, c.region); got != c.want {
			t.Errorf("%q in %s is taken for %s, want %s", source, c.region, got, c.want)
		}
	}
}

func TestAPersonStaysWithTheirVariant(t *testing.T) {
	c := &data.Campaign{ID: 7, Variants: []data.Variant{{Name: "A"}, {Name: "B"}}}
	n := map[string]int{}
	for who := range data.ContactID(2000) {
		v := variantOf(c, who)
		if v != variantOf(c, who) {
			t.Fatal("a person got both wordings")
		}
		n[v]++
	}
	if n["A"] < 880 || n["A"] > 1120 || n["A"]+n["B"] != 2000 {
		t.Errorf("dealt out %v", n)
	}
	same := 0
	other := &data.Campaign{ID: 8, Variants: c.Variants}
	for who := range data.ContactID(2000) {
		if variantOf(c, who) == variantOf(other, who) {
			same++
		}
	}
	if same < 850 || same > 1150 {
		t.Errorf("%d of 2000 people are in the same half of two campaigns: the halves aren't independent", same)
	}
}

func TestAWallTimeHasComeInEveryZoneInWhichAPersonMayBe(t *testing.T) {
	got, err := latestWall("2026-11-25T10:00", []string{"America/New_York", "America/Los_Angeles", "America/Chicago"}, "UTC")
	if err != nil || got.String() != "2026-11-25T18:00:00.000Z" {
		t.Errorf("%s (%v)", got, err)
	}
	if got, err = latestWall("2026-11-25T10:00", nil, "Europe/London"); err != nil || got.String() != "2026-11-25T10:00:00.000Z" {
		t.Errorf("no zone known: %s (%v)", got, err)
	}
	if _, err = latestWall("2026-11-25T10:00", []string{"Atlantis"}, ""); err == nil {
		t.Error("a zone that isn't there")
	}
}

func TestAShopWithoutANameCanPractiseAndNoMore(t *testing.T) {
	if BrandOf(data.Business{}, provider.Caps{Practice: true}) == "" {
		t.Error("practice needs a stand-in for the name")
	}
	if got := BrandOf(data.Business{}, provider.Caps{}); got != "" {
		t.Errorf("a real text would carry the name %q", got)
	}
}
