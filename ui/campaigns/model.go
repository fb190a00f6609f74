package campaigns

import (
	"cmp"
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/data/store"
)

// Line is one campaign of the list, with what is known of it.
type Line struct {
	data.Campaign
	Sending  store.Sending
	Counted  bool // Sending is known
	Response store.Response
}

// Share is how much of what can go out has: between 0 and 1.
func (l *Line) Share() float64 {
	if all := l.Sending.Sent + l.Sending.Waiting; all > 0 {
		return float64(l.Sending.Sent) / float64(all)
	}
	return 0
}

// Day is the moment that a campaign is listed under: when it was given free,
// when it is to start, else when its draft was changed last.
func (l *Line) Day() data.Instant {
	switch {
	case l.State == data.Scheduled && l.At != 0:
		return l.At
	case l.SentAt != 0:
		return l.SentAt
	}
	return cmp.Or(l.SavedAt, l.CreatedAt)
}

// Ended tells whether nothing more goes out: its messages needn't be counted
// again.
func (l *Line) Ended() bool { return l.State == data.Done || l.State == data.Stopped }

// A Filter is which campaigns show, by their states.
type Filter string

const (
	AllOf    Filter = "all"
	Drafts   Filter = "drafts"
	UnderWay Filter = "under_way"
	Ended    Filter = "ended"
)

// filters are in the order of their chips.
var filters = []Filter{AllOf, Drafts, UnderWay, Ended}

func (f Filter) shows(s data.CampaignState) bool {
	switch f {
	case Drafts:
		return s == data.Draft
	case UnderWay:
		return s != data.Draft && s != data.Done && s != data.Stopped
	case Ended:
		return s == data.Done || s == data.Stopped
	}
	return true
}

// Model is the list: all campaigns, and which of them show in which order.
type Model struct {
	All    []Line
	Loaded bool
	Filter Filter
	Search string
	Sort   string // "name", "day", "people", "sent", "opened", "redeemed"
	Down   bool
	Rows   []int // of All, as they show
}

// Take puts campaigns in that were read, keeping what was counted of those that
// have ended.
func (m *Model) Take(all []data.Campaign) {
	known := map[data.CampaignID]Line{}
	for _, l := range m.All {
		known[l.ID] = l
	}
	m.All = make([]Line, len(all))
	for i, c := range all {
		m.All[i] = Line{Campaign: c}
		if had, ok := known[c.ID]; ok {
			m.All[i].Sending, m.All[i].Response = had.Sending, had.Response
			m.All[i].Counted = had.Counted && had.State == c.State
		}
	}
	m.Loaded = true
	m.Arrange()
}

// ToCount are the campaigns whose messages have to be counted: those that
// haven't been, and those under way.
func (m *Model) ToCount() []data.CampaignID {
	var ids []data.CampaignID
	for i := range m.All {
		if l := &m.All[i]; l.State != data.Draft && l.State != data.AwaitingApproval && (!l.Counted || !l.Ended()) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// Figures puts in what was counted.
func (m *Model) Figures(sending map[data.CampaignID]store.Sending, responses map[data.CampaignID]store.Response) {
	for i := range m.All {
		l := &m.All[i]
		if n, ok := sending[l.ID]; ok {
			l.Sending, l.Counted = n, true
		}
		l.Response = responses[l.ID]
	}
	m.Arrange()
}

// Count is how many campaigns a filter shows, the search aside.
func (m *Model) Count(f Filter) int {
	n := 0
	for i := range m.All {
		if f.shows(m.All[i].State) {
			n++
		}
	}
	return n
}

// At is the campaign of a row.
func (m *Model) At(row int) *Line {
	if row < 0 || row >= len(m.Rows) {
		return nil
	}
	return &m.All[m.Rows[row]]
}

// Arrange works out which rows show, and in which order.
func (m *Model) Arrange() {
	words := strings.Fields(strings.ToLower(m.Search))
	m.Rows = m.Rows[:0]
	for i := range m.All {
		l := &m.All[i]
		said := strings.ToLower(l.Name + " " + l.GroupName)
		if l.Offer != nil {
			said += " " + strings.ToLower(l.Offer.Title)
		}
		if m.Filter.shows(l.State) && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) }) {
			m.Rows = append(m.Rows, i)
		}
	}
	by := func(a, b *Line) int { return cmp.Compare(a.Day(), b.Day()) }
	switch m.Sort {
	case "name":
		by = func(a, b *Line) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) }
	case "people":
		by = func(a, b *Line) int { return cmp.Compare(a.Sending.People, b.Sending.People) }
	case "sent":
		by = func(a, b *Line) int { return cmp.Compare(a.Sending.Sent, b.Sending.Sent) }
	case "opened":
		by = func(a, b *Line) int { return cmp.Compare(a.Response.Opened, b.Response.Opened) }
	case "redeemed":
		by = func(a, b *Line) int { return cmp.Compare(a.Response.Redeemed, b.Response.Redeemed) }
	}
	slices.SortStableFunc(m.Rows, func(a, b int) int {
		n := by(&m.All[a], &m.All[b])
		if m.Down {
			n = -n
		}
		return cmp.Or(n, cmp.Compare(m.All[b].ID, m.All[a].ID))
	})
}
