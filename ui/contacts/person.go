package contacts

import (
	"context"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/outbox"
	"counterbell/sender/rules"
	"counterbell/ui/page"
)

// Person is everything that is known of one person, as the pane beside the list shows it.
type Person struct {
	Row
	Others  []data.Phone
	Stands  map[data.Scope]data.Permission
	History []data.ConsentEntry // latest first
	Texts   []store.Exchange    // latest first, at most mostShown
	Coupons []store.HeldCoupon
	Booked  []data.Appointment
	May     []May
	Check   *store.LedgerCheck // nil while their part of the ledger is being checked
}

// May says whether a kind of text may go to the person now, and why.
type May struct {
	Kind data.Kind
	rules.Verdict
}

// mostShown is how much of each the pane shows.
const mostShown = 50

// asked are the kinds of text that the pane gives an answer about.
var asked = []data.Kind{data.Marketing, data.Reminder}

// readPerson reads everything but the check of the ledger, which may take longer. Error data.NotFound.
func readPerson(ctx context.Context, env *page.Env, id data.ContactID) (*Person, error) {
	s := env.Store
	rows, err := readRows(ctx, s, []data.ContactID{id})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, data.Errorf(data.NotFound, "show a person", "no person %d", id)
	}
	p := &Person{Row: rows[0], Stands: map[data.Scope]data.Permission{}}
	for _, scope := range data.Scopes {
		all, err := s.Permissions(ctx, scope, []data.Phone{p.Phone})
		if err != nil {
			return nil, err
		}
		p.Stands[scope] = all[p.Phone]
	}
	if p.Others, err = s.Others(ctx, id); err != nil {
		return nil, err
	}
	entries, err := s.ConsentHistory(ctx, p.Phone)
	if err != nil {
		return nil, err
	}
	for i := len(entries) - 1; i >= 0; i-- {
		p.History = append(p.History, entries[i])
	}
	if p.Texts, err = s.ExchangesOf(ctx, p.Phone, mostShown); err != nil {
		return nil, err
	}
	if p.Coupons, err = s.CouponsOf(ctx, id, mostShown); err != nil {
		return nil, err
	}
	if p.Booked, err = s.AppointmentsOf(ctx, p.Phone, mostShown); err != nil {
		return nil, err
	}
	p.May, err = mayText(ctx, env, p)
	return p, err
}

// mayText asks the rules that the outbox asks, with what it would know of the person: all but the words of a text.
func mayText(ctx context.Context, env *page.Env, p *Person) ([]May, error) {
	b, err := env.Store.Business(ctx)
	if err != nil {
		return nil, err
	}
	house, err := campaign.HouseOf(ctx, env.Store)
	if err != nil {
		return nil, err
	}
	now := env.Store.Now()
	questions := make([]*rules.Question, len(asked))
	for i, kind := range asked {
		facts := p.Facts
		facts.Phone = p.Phone
		questions[i] = &rules.Question{
			Kind: kind, Phone: facts, Country: p.Country, State: p.State, Clinic: b.Kind == "clinic", Permission: p.Stands[kind.Scope()],
			LastContact: data.At(p.LastVisit.Start(b.Location())), Practice: env.Practice, House: house, Now: now,
		}
	}
	if err := outbox.Recall(ctx, env.Store, env.Practice, now, questions); err != nil {
		return nil, err
	}
	all := make([]May, len(asked))
	for i, q := range questions {
		all[i] = May{asked[i], rules.Decide(*q)}
	}
	return all, nil
}
