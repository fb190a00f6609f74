package result

import (
	"math"
	"slices"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/ui/widget"
)

// A Model is what came of one campaign: its figures, and its people as far as they have been read.
type Model struct {
	Report *report.Report
	Run    store.CampaignRun
	Fates  []store.MessageFate // everybody, or those found
	Counts map[store.Fate]int  // of everybody
	Filter store.Fate          // "" for all
	Words  string              // of the search
	Doubt  Doubt

	doubtful []data.MessageID
	rows     []data.MessageID // those that show, in order
	pages    map[int][]store.CampaignPerson
	stale    map[int]bool // pages that show until they have been read again
}

// A Doubt is how texts that may have gone out can be cleared up.
type Doubt struct {
	CanAsk  bool   // the provider can be asked
	Console string // its page where a person can look a text up; "" for none
}

// pageRows is how many people are read at a time.
const pageRows = 200

// SetAll takes what became of everybody.
func (m *Model) SetAll(all []store.MessageFate) {
	m.Counts, m.doubtful = map[store.Fate]int{}, nil
	for _, f := range all {
		if m.Counts[f.Fate]++; f.Fate == store.FateUnknown {
			m.doubtful = append(m.doubtful, f.Message)
		}
	}
}

// Missed is how many people the campaign didn't reach, and won't any more.
func (m *Model) Missed() int {
	return m.Counts[store.FateFailed] + m.Counts[store.FateLeftOut] + m.Counts[store.FateCancelled]
}

// SetFates takes those who show: everybody, or those found by Words.
func (m *Model) SetFates(found []store.MessageFate) {
	m.Fates = found
	m.sift()
}

// SetFilter shows only one fate; "" shows all.
func (m *Model) SetFilter(f store.Fate) {
	m.Filter = f
	m.sift()
}

// sift works out the rows that show, the ones in doubt first. Pages that still hold the same people show on until they have
// been read again.
func (m *Model) sift() {
	var doubtful, rows []data.MessageID
	for _, f := range m.Fates {
		switch {
		case m.Filter != "" && m.Filter != f.Fate:
		case f.Fate == store.FateUnknown:
			doubtful = append(doubtful, f.Message)
		default:
			rows = append(rows, f.Message)
		}
	}
	before := m.rows
	m.rows, m.stale = append(doubtful, rows...), map[int]bool{}
	for n := range m.pages {
		from, to := n*pageRows, min((n+1)*pageRows, len(m.rows))
		if to > len(before) || from >= to || !slices.Equal(before[from:to], m.rows[from:to]) || len(m.pages[n]) != to-from {
			delete(m.pages, n)
		} else {
			m.stale[n] = true
		}
	}
	if m.pages == nil {
		m.pages = map[int][]store.CampaignPerson{}
	}
}

// Len is how many rows show.
func (m *Model) Len() int { return len(m.rows) }

// Row returns a person; ok is false while their page hasn't been read.
func (m *Model) Row(i int) (p store.CampaignPerson, ok bool) {
	page := m.pages[i/pageRows]
	if i < 0 || i >= len(m.rows) || i%pageRows >= len(page) {
		return p, false
	}
	return page[i%pageRows], true
}

// Wants tells whether the page that a row is on has to be read.
func (m *Model) Wants(row int) bool {
	n := row / pageRows
	return m.pages[n] == nil || m.stale[n]
}

// Page returns the messages of the page that a row is on.
func (m *Model) Page(row int) (number int, ids []data.MessageID) {
	number = row / pageRows
	from := number * pageRows
	return number, m.rows[min(from, len(m.rows)):min(from+pageRows, len(m.rows))]
}

// SetPage takes the people of a page, if they are still those that it holds.
func (m *Model) SetPage(number int, people []store.CampaignPerson) bool {
	_, ids := m.Page(number * pageRows)
	if len(people) != len(ids) {
		return false
	}
	for i := range ids {
		if people[i].Message != ids[i] {
			return false
		}
	}
	m.pages[number] = people
	delete(m.stale, number)
	return true
}

// Doubtful are the messages of everybody in doubt.
func (m *Model) Doubtful() []data.MessageID { return m.doubtful }

// A face is how a fate shows in a pill.
type face struct {
	tone widget.Tone
	icon *icons.Icon
}

var faces = map[store.Fate]face{
	store.FateRedeemed: {widget.OK, icons.Redeemed}, store.FateOpened: {widget.Accent, icons.Opened}, store.FateDelivered: {widget.Info, icons.Check},
	store.FateSent: {widget.Neutral, icons.Send}, store.FateUnknown: {widget.Warn, icons.Question}, store.FateFailed: {widget.Danger, icons.Close},
	store.FateWaiting: {widget.Brass, icons.Waiting}, store.FateLeftOut: {widget.Neutral, icons.OptedOut}, store.FateCancelled: {widget.Neutral, icons.Close},
}

// A Reached is how far a campaign is towards its goal. Amounts are minor units of the shop's currency; no-shows are
// counted in people.
type Reached struct {
	Goal   data.Goal
	Target int64 // 0: none was set
	Now    int64
	Known  bool // false where nothing says how far it is
}

// Share is how much of the target was reached, 1 for all of it; ok is false without a target.
func (r Reached) Share() (share float64, ok bool) {
	if r.Target <= 0 || !r.Known {
		return 0, false
	}
	return float64(r.Now) / float64(r.Target), true
}

// ReachedOf works out how far a campaign is towards its goal. currency is the shop's.
func ReachedOf(r *report.Report, currency string) Reached {
	c := r.Campaign
	out := Reached{Goal: c.Goal, Target: c.Target}
	switch c.Goal {
	case data.GoalSales:
		out.Known = r.Money.WithAmount > 0 || r.Money.Redemptions == 0
		for _, m := range r.Money.Sales {
			if m.Currency == currency {
				out.Now = m.Minor
			}
		}
	case data.GoalVisits:
		out.Now, out.Known = int64(r.Funnel.Redeemed), true
	case data.GoalEngagement:
		out.Now, out.Known = int64(r.Funnel.Opened), true
	}
	return out
}

// Return is how much was sold for each unit of money spent; ok is false where either isn't known or they are in two currencies.
func Return(r *report.Report) (times float64, ok bool) {
	m := &r.Money
	if !m.Cost.Known || m.Cost.Micros == 0 || len(m.Sales) != 1 || m.Sales[0].Currency != m.Cost.Currency {
		return 0, false
	}
	sold := float64(m.Sales[0].Minor) / math.Pow10(data.Exponent(m.Sales[0].Currency))
	return sold / (float64(m.Cost.Micros) / 1e6), true
}

// shownFates are those that anybody has, in their order.
func (m *Model) shownFates() []store.Fate {
	return slices.DeleteFunc(slices.Clone(store.Fates), func(f store.Fate) bool { return m.Counts[f] == 0 })
}
