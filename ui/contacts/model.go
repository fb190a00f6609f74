package contacts

import (
	"slices"

	"counterbell/data"
	"counterbell/data/store"
)

// A Standing is where a person stands in one word, as a row of the list shows it.
type Standing string

const (
	CanGetOffers Standing = "marketing"
	Reminders    Standing = "reminders" // and nothing else
	OptedOut     Standing = "out"       // of offers, and of reminders too or never asked for them
	NoConsent    Standing = "none"
)

// standingOf puts a person's two permissions into one word.
func standingOf(offers, reminders data.Permission) Standing {
	switch {
	case offers.Granted:
		return CanGetOffers
	case reminders.Granted:
		return Reminders
	case offers.Closed || reminders.Closed:
		return OptedOut
	}
	return NoConsent
}

// A Row is one person as the list shows them.
type Row struct {
	data.Contact
	Standing  Standing
	Reminders bool // may be reminded of visits, by their consent
}

// Query is what the list is asked for.
type Query struct {
	Search     string
	Conditions []data.Condition
	Only       []data.ContactID // just these, when another page sent them; nil: everybody
	Title      string           // what they have in common
	Order      store.Order
}

// filter is the query as the store takes it.
func (q *Query) filter() store.Filter {
	return store.Filter{Search: q.Search, Conditions: q.Conditions}
}

// Narrowed tells whether anything but everybody is asked for.
func (q *Query) Narrowed() bool { return q.Search != "" || len(q.Conditions) > 0 || q.Only != nil }

// pageRows is how many rows are read at a time, and keptRows how many are kept: those seen last.
const (
	pageRows = 200
	keptRows = 40 * pageRows
)

// List is the list of people: eight bytes for each, and the rows of those that were looked at last. It is as good for a
// million as for twenty.
type List struct {
	Query
	All      int // people in the book
	Matching int // people whom the query lets through
	Loaded   bool

	ids     []data.ContactID // the first of them, until all have come
	rows    map[data.ContactID]*kept
	seen    uint64 // grows with each row that is shown
	fresh   uint64 // rows read before are shown, and read again
	asked   map[int]bool
	current data.ContactID
	marked  Marks
}

// kept is a row that has been read.
type kept struct {
	row   Row
	seen  uint64
	fresh uint64
}

// Len is how many rows the list has, those included whose ids haven't come yet.
func (l *List) Len() int { return max(l.Matching, len(l.ids)) }

// SetFirst takes the first ids of a result in, and how many there are; the rest may follow.
func (l *List) SetFirst(ids []data.ContactID, matching, all int) {
	l.All, l.Matching, l.Loaded = all, matching, true
	// What lay below is asked for again: until then the old order would be a lie.
	l.setIDs(ids)
}

// SetIDs takes all ids of a result in.
func (l *List) SetIDs(ids []data.ContactID) {
	l.Matching = len(ids)
	l.setIDs(ids)
}

func (l *List) setIDs(ids []data.ContactID) {
	l.ids = ids
	l.asked = map[int]bool{}
	l.fresh++
}

// Complete tells whether all ids have come.
func (l *List) Complete() bool { return len(l.ids) >= l.Matching }

// IDs are those that have come, in order. Nobody may change them.
func (l *List) IDs() []data.ContactID { return l.ids }

// At is who stands in a row; false while that isn't known.
func (l *List) At(n int) (data.ContactID, bool) {
	if n < 0 || n >= len(l.ids) {
		return 0, false
	}
	return l.ids[n], true
}

// Row returns a row that has been read. ask is the page to read, -1 for none: one that is being read isn't asked for
// again, and a row that has been read before shows until it is.
func (l *List) Row(n int) (row Row, ok bool, ask int) {
	id, known := l.At(n)
	if !known {
		return Row{}, false, -1
	}
	ask = -1
	k := l.rows[id]
	if page := n / pageRows; (k == nil || k.fresh < l.fresh) && !l.asked[page] {
		l.asked[page] = true
		ask = page
	}
	if k == nil {
		return Row{}, false, ask
	}
	l.seen++
	k.seen = l.seen
	return k.row, true, ask
}

// Page are the ids of a page of rows.
func (l *List) Page(page int) []data.ContactID {
	start := min(page*pageRows, len(l.ids))
	return l.ids[start:min(start+pageRows, len(l.ids))]
}

// Put takes rows in that were read. Those that were looked at longest ago make room.
func (l *List) Put(rows []Row) {
	if l.rows == nil {
		l.rows = map[data.ContactID]*kept{}
	}
	for _, r := range rows {
		l.seen++
		l.rows[r.ID] = &kept{row: r, seen: l.seen, fresh: l.fresh}
	}
	if len(l.rows) <= keptRows {
		return
	}
	ages := make([]uint64, 0, len(l.rows))
	for _, k := range l.rows {
		ages = append(ages, k.seen)
	}
	slices.Sort(ages)
	old := ages[len(ages)-keptRows*3/4]
	for id, k := range l.rows {
		if k.seen < old {
			delete(l.rows, id)
		}
	}
}

// Failed makes a page that couldn't be read be asked for again, when it is next looked at.
func (l *List) Failed(page int) { delete(l.asked, page) }

// Stale makes all rows be read again when they are looked at.
func (l *List) Stale() { l.fresh++; l.asked = map[int]bool{} }

// Find is the row in which somebody stands, -1 for none that is known.
func (l *List) Find(id data.ContactID) int { return slices.Index(l.ids, id) }

// Current is who is shown beside the list, 0 for nobody; Choose changes that.
func (l *List) Current() data.ContactID  { return l.current }
func (l *List) Choose(id data.ContactID) { l.current = id }

// Marked are the people who are ticked.
func (l *List) Marked() *Marks { return &l.marked }

// Ticked tells whether the person in a row is ticked.
func (l *List) Ticked(n int) bool {
	id, ok := l.At(n)
	return ok && l.marked.Has(id)
}

// Tick ticks or clears rows, both ends included.
func (l *List) Tick(from, to int, on bool) {
	for n := from; n <= to; n++ {
		if id, ok := l.At(n); ok {
			l.marked.Set(id, on)
		}
	}
}

// TickAll ticks or clears everybody in the list.
func (l *List) TickAll(on bool) { l.Tick(0, len(l.ids)-1, on) }

// AllTicked tells whether everybody in the list is ticked.
func (l *List) AllTicked() bool {
	if l.Len() == 0 || !l.Complete() || l.marked.Len() < len(l.ids) {
		return false
	}
	for _, id := range l.ids {
		if !l.marked.Has(id) {
			return false
		}
	}
	return true
}

// Marks is a set of people, one bit for each that there could be: a million take 125 KB.
type Marks struct {
	bits []uint64
	n    int
}

// Has tells whether somebody is in it.
func (m *Marks) Has(id data.ContactID) bool {
	return int(id/64) < len(m.bits) && m.bits[id/64]&(1<<(id%64)) != 0
}

// Set puts somebody in or takes them out.
func (m *Marks) Set(id data.ContactID, in bool) {
	if id <= 0 || m.Has(id) == in {
		return
	}
	for int(id/64) >= len(m.bits) {
		m.bits = append(m.bits, make([]uint64, max(int(id/64)+1-len(m.bits), len(m.bits)))...)
	}
	m.bits[id/64] ^= 1 << (id % 64)
	if in {
		m.n++
	} else {
		m.n--
	}
}

// Len is how many are in it.
func (m *Marks) Len() int { return m.n }

// Clear takes everybody out.
func (m *Marks) Clear() { m.bits, m.n = nil, 0 }

// IDs are those in it, at most limit; 0 for all.
func (m *Marks) IDs(limit int) []data.ContactID {
	if limit == 0 {
		limit = m.n
	}
	ids := make([]data.ContactID, 0, min(limit, m.n))
	for i, word := range m.bits {
		for bit := 0; word != 0; bit, word = bit+1, word>>1 {
			if word&1 != 0 {
				if len(ids) == limit {
					return ids
				}
				ids = append(ids, data.ContactID(i*64+bit))
			}
		}
	}
	return ids
}

// known returns the row of somebody that has been read, wherever they stand.
func (l *List) known(id data.ContactID) (Row, bool) {
	if k := l.rows[id]; k != nil {
		return k.row, true
	}
	return Row{}, false
}
