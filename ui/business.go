package ui

import (
	"context"

	"counterbell/data"
	"counterbell/ui/page"
)

// saveBusiness changes what is stored, and builds the window again, because
// every page knows whose shop it is and who sits here.
func (s *Shell) saveBusiness(change func(*data.Business)) {
	env := s.env
	page.Load(env.Tasks, func(ctx context.Context) error {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		change(&b)
		return env.Store.SetBusiness(ctx, b)
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { s.saveBusiness(change) })
			return
		}
		s.rebuild()
	})
}
