package welcome

import (
	"fmt"
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/sender/rules"
	"counterbell/sender/text"
	"counterbell/ui/i18n"
)

// Promise is one thing that the country's rules make Counterbell do by itself.
type Promise struct {
	Key  string // of its label: "welcome.promise.KEY"
	Text string
}

// Promises are what the rules of the shop's country do with an offer.
func (m *Model) Promises(t *i18n.Texts) []Promise {
	b := &m.Business
	row := rules.Builtin().Row(b.Country, data.Marketing)
	before, after := m.frame(t)
	out := []Promise{{"hours", quietHours(t, row.Hours)}}
	if before != "" {
		out = append(out, Promise{"label", t.T("welcome.label_text", "label", strings.TrimSpace(before))})
	}
	if after != "" {
		out = append(out, Promise{"opt_out", t.T("welcome.opt_out_text", "line", strings.TrimSpace(after))})
	}
	out = append(out, Promise{"consent", consentText(t, row)})
	return append(out, Promise{"numbers", t.T("welcome.numbers_text", "country", t.Country(b.Country))})
}

// Grounds says why: whose rule it is, and where it can be read.
type Grounds struct {
	Place  string   // the country, or whose rules hold there
	Basis  []string // "statute", "regulator" and so on: "welcome.ground.BASIS"
	Source string
	Ours   []string // what is our own careful default, to be loosened in Settings: "welcome.ours.COLUMN"
}

// Why are the grounds of the promises.
func (m *Model) Why(t *i18n.Texts) Grounds {
	row := rules.Builtin().Row(m.Business.Country, data.Marketing)
	g := Grounds{Place: placeName(t, m.Business.Country), Basis: strings.Split(row.Basis, "+"), Source: row.Source}
	if row.Region == "ZZ" {
		g.Basis = []string{"house"}
	}
	for _, column := range row.Ours {
		if t.Has("welcome.ours." + column) {
			g.Ours = append(g.Ours, t.T("welcome.ours."+column))
		}
	}
	return g
}

// placeName is a country as it stands in a sentence: the United Kingdom.
func placeName(t *i18n.Texts, country string) string {
	if key := "rules.place." + country; t.Has(key) {
		return t.T(key)
	}
	return t.Country(country)
}

// quietHours says when offers don't go out.
func quietHours(t *i18n.Texts, hours string) string {
	o, ok := ruleHours(hours)
	if !ok {
		return t.T("welcome.hours_always")
	}
	if runs := o.Runs(); len(runs) == 1 && len(runs[0].Spans) == 1 {
		s := runs[0].Spans[0]
		return t.T("welcome.hours_quiet", "from", t.Clock(s.To), "to", t.Clock(s.From))
	}
	return t.T("welcome.hours_only", "hours", t.Hours(o))
}

var ruleDays = []string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}

// ruleHours reads the hours of a row: "Mo-Sa 09:00-20:00;Su 12:00-18:00". False when there are none.
func ruleHours(text string) (data.OpeningHours, bool) {
	if text == "" {
		return nil, false
	}
	o := make(data.OpeningHours, 7)
	for item := range strings.SplitSeq(text, ";") {
		days, clock, _ := strings.Cut(strings.TrimSpace(item), " ")
		first, last, ranged := strings.Cut(days, "-")
		if !ranged {
			last = first
		}
		var h1, m1, h2, m2 int
		a, b := slices.Index(ruleDays, first), slices.Index(ruleDays, last)
		if n, err := fmt.Sscanf(clock, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil || n != 4 || a < 0 || b < 0 {
			return nil, false
		}
		for d := a; ; d = (d + 1) % 7 {
			o[d] = append(o[d], data.Span{From: h1*60 + m1, To: h2*60 + m2})
			if d == b {
				break
			}
		}
	}
	return o, true
}

// consentText says whose yes is enough.
func consentText(t *i18n.Texts, row *rules.Row) string {
	bases := row.Bases()
	switch {
	case len(bases) == 0:
		return t.T("welcome.consent_none")
	case len(bases) == 1 && bases[0] == data.ExpressWritten:
		return t.T("welcome.consent_written")
	case slices.Contains(bases, data.Soft) || slices.Contains(bases, data.ImpliedPurchase):
		return t.T("welcome.consent_customers")
	}
	return t.T("welcome.consent_express")
}

// Sample is a text as it would reach somebody: what Counterbell puts in front, the shop's own words, what it puts behind, and how
// long all of it is.
type Sample struct {
	Before, Words, After string
	Length               text.Length
	Units                int // characters, as people count them
}

// All is the whole text.
func (s *Sample) All() string { return s.Before + s.Words + s.After }

// sampleCode is what stands in for a coupon's code.
const sampleCode = "S5FZ-CMDK"

// kindOf is what a business of a kind mostly sends.
func kindOf(business string) data.Kind {
	if business == "clinic" {
		return data.Reminder
	}
	return data.Marketing
}

// Sample composes the text for the preview, in the language that people in the country mostly read, if it is ours.
func (m *Model) Sample(t *i18n.Texts) Sample {
	b := &m.Business
	spoken := i18n.English
	if read := rules.Languages(b.Country); len(read) > 0 && read[0] != "zh-Hant" {
		spoken = i18n.Match(read[0])
	}
	words := i18n.New(spoken)
	s := Sample{Words: words.T("welcome.sample."+b.Kind, "code", sampleCode)}
	if all, err := m.compose(t, s.Words, spoken); err == nil {
		if i := strings.Index(all, s.Words); i >= 0 {
			s.Before, s.After = all[:i], all[i+len(s.Words):]
		}
	}
	rule := text.RuleGSM
	if b.Country == "CN" {
		rule = text.RuleCN
	}
	s.Length, s.Units = text.Count(s.All(), rule), len([]rune(s.All()))
	return s
}

func (m *Model) compose(t *i18n.Texts, words string, spoken i18n.Language) (string, error) {
	b := &m.Business
	brand := b.Name
	if strings.TrimSpace(brand) == "" {
		brand = t.T("welcome.your_name")
	}
	return rules.Compose(kindOf(b.Kind), b.Country, string(spoken), brand, rules.Channel{Way: rules.WayReply}, words)
}

// frame is what an offer gets in front and behind.
func (m *Model) frame(t *i18n.Texts) (before, after string) {
	offer := Model{Business: m.Business}
	offer.Business.Kind = "shop"
	s := offer.Sample(t)
	return s.Before, s.After
}
