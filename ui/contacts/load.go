package contacts

import (
	"context"
	"slices"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
)

// desk is what outlives a switch of language: the list, and the loading of it.
type desk struct {
	env    *page.Env
	list   *List
	chips  []Chip
	closed int // people who opted out of something
	screen *Screen
	read   func(ctx context.Context, ids []data.ContactID) ([]Row, error)

	load    page.Latest // of the list
	counts  page.Latest // of the chips
	asked   int         // grows with each question; answers to earlier ones count no more
	waiting func()      // ends the wait before loading again; nil: nothing waits
}

func newDesk(env *page.Env) *desk {
	d := &desk{env: env, list: &List{}}
	d.read = func(ctx context.Context, ids []data.ContactID) ([]Row, error) { return readRows(ctx, env.Store, ids) }
	d.list.Order = orders[0].order
	var kept store.Order
	if env.Kept(keepSort, &kept) {
		for _, o := range orders {
			if o.order.By == kept.By {
				d.list.Order = kept
			}
		}
	}
	return d
}

// shows says which screen shows it now.
func (d *desk) shows(s *Screen) { d.screen = s }

// ask loads other people, or the same in another order.
func (d *desk) ask(q Query) {
	d.list.Query = q
	d.reload()
}

// calmly is how long a long list rests between two loads, when others keep writing to the store.
const (
	calmly   = 3 * time.Second
	longList = 20_000
)

// changed loads again after somebody wrote to the store.
func (d *desk) changed() {
	if d.list.Len() < longList {
		d.reload()
		d.screen.side.reload()
		return
	}
	if d.waiting != nil {
		return
	}
	d.waiting = d.env.After(calmly, func() {
		d.waiting = nil
		d.reload()
		d.screen.side.reload()
	})
}

// reload loads the first page, which is quick however many there are, shows it, and then the ids of all the others.
func (d *desk) reload() {
	d.asked++
	asked, env, q := d.asked, d.env, d.list.Query
	var first []data.ContactID
	var rows []Row
	var matching, all, closed int
	d.load.Run(env.Tasks, func(ctx context.Context) (err error) {
		if all, err = env.Store.People(ctx); err != nil {
			return err
		}
		if q.Only != nil {
			first, err = env.Store.Present(ctx, q.Only)
			matching = len(first)
		} else {
			f := q.filter()
			f.Limit = pageRows
			if first, err = env.Store.FindInOrder(ctx, f, q.Order); err != nil {
				return err
			}
			matching = len(first)
			if matching == pageRows {
				matching, err = all, nil
				if q.Narrowed() {
					matching, err = env.Store.Count(ctx, q.filter())
				}
			}
		}
		if err != nil {
			return err
		}
		if closed, err = env.Store.CountOptedOut(ctx); err != nil {
			return err
		}
		rows, err = d.read(ctx, first[:min(len(first), pageRows)])
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, d.reload)
			return
		}
		if asked != d.asked {
			return
		}
		before := d.list.All
		d.closed = closed
		d.list.SetFirst(first, matching, all)
		d.list.Put(rows)
		d.list.asked[0] = true
		d.screen.showList()
		if before != all || !d.list.Loaded {
			env.HeaderChanged()
		}
		if !d.list.Complete() {
			d.rest(asked, q)
		}
	})
}

// rest loads the ids of everybody in the list.
func (d *desk) rest(asked int, q Query) {
	env := d.env
	var ids []data.ContactID
	d.load.Run(env.Tasks, func(ctx context.Context) (err error) {
		ids, err = env.Store.FindInOrder(ctx, q.filter(), q.Order)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, d.reload)
			return
		}
		if asked != d.asked {
			return
		}
		d.list.SetIDs(ids)
		d.screen.showList()
	})
}

// fetch reads a page of rows.
func (d *desk) fetch(number int) {
	env, ids, asked := d.env, slices.Clone(d.list.Page(number)), d.asked
	var rows []Row
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		rows, err = d.read(ctx, ids)
		return err
	}, func(err error) {
		if err != nil {
			d.list.Failed(number)
			env.Fail(err, func() { d.screen.list.Refresh() })
			return
		}
		d.list.Put(rows)
		if asked == d.asked {
			d.screen.refreshRows(number*pageRows, number*pageRows+len(ids))
		}
	})
}

// readRows reads people with where they stand.
func readRows(ctx context.Context, s *store.Store, ids []data.ContactID) ([]Row, error) {
	people, err := s.Contacts(ctx, ids)
	if err != nil {
		return nil, err
	}
	phones := make([]data.Phone, len(people))
	for i := range people {
		phones[i] = people[i].Phone
	}
	offers, err := s.Permissions(ctx, data.ScopeMarketing, phones)
	if err != nil {
		return nil, err
	}
	reminders, err := s.Permissions(ctx, data.ScopeReminders, phones)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(people))
	for i, p := range people {
		rows[i] = Row{Contact: p, Standing: standingOf(offers[p.Phone], reminders[p.Phone]), Reminders: reminders[p.Phone].Granted}
	}
	return rows, nil
}

// loadChips counts everybody, those who can get offers, and every group.
func (d *desk) loadChips() {
	env := d.env
	var chips []Chip
	d.counts.Run(env.Tasks, func(ctx context.Context) error {
		all, err := env.Store.People(ctx)
		if err != nil {
			return err
		}
		offers, err := env.Store.CountGroup(ctx, offersOnly)
		if err != nil {
			return err
		}
		groups, err := env.Store.Groups(ctx)
		if err != nil {
			return err
		}
		chips = []Chip{{Conditions: data.WriteConditions(nil), Count: all}, {Conditions: offersOnly, Count: offers}}
		for _, g := range groups {
			chips = append(chips, Chip{Name: g.Name, Conditions: g.Conditions, Count: g.Count})
		}
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, d.loadChips)
			return
		}
		d.chips = chips
		d.screen.chips.show()
	})
}

// findPhone shows whoever has a number.
func (d *desk) findPhone(phone data.Phone) {
	env := d.env
	var who *data.Contact
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		who, err = env.Store.ContactByPhone(ctx, phone)
		return err
	}, func(err error) {
		if data.CodeOf(err) == data.NotFound {
			d.screen.unknownPhone(phone)
			return
		}
		if err != nil {
			env.Fail(err, nil)
			return
		}
		d.screen.openPerson(who.ID)
	})
}

// changedPeople loads what shows people anew, after they were changed here.
func (d *desk) changedPeople() {
	d.list.Stale()
	d.reload()
	d.loadChips()
	d.screen.side.reload()
}
