package ui

import "context"

// standing is what stands around every page: whether this is practice, whose
// shop it is, who works here. It can change beside the window, with bell.
type standing struct{ provider, relay, name, person, till, country, zone, currency string }

// lookAround builds the window anew when what stands around its pages isn't
// true any more: nobody may read that nothing is really sent when it is.
func (s *Shell) lookAround() {
	if s.welcome != nil {
		return // it asks for these very things
	}
	now, store := standing{}, s.needs.Store
	s.looking.Run(s.env.Tasks, func(ctx context.Context) error {
		b, err := store.Business(ctx)
		if err != nil {
			return err
		}
		if now.provider, err = store.Provider(ctx); err != nil {
			return err
		}
		now.name, now.person, now.till, now.country, now.zone, now.currency = b.Name, b.Person, b.Till, b.Country, b.Zone, b.Currency
		_, err = store.Setting(ctx, "relay", &now.relay)
		return err
	}, func(err error) {
		if err == nil && now != s.built && s.welcome == nil { // the page that shows tells of a profile in trouble
			s.rebuild()
		}
	})
}
