package sample

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// step is how far the clock moves at once where something is going on; what people do keeps its own exact moment.
const step = 15 * time.Minute

// Live lets time pass until a moment: what is due is sent, people open links, answer and come to the till.
func (s *Shop) Live(ctx context.Context, until time.Time) error {
	for {
		sum, err := s.Engine.Pass(ctx)
		if err == nil {
			err = sum.Trouble
		}
		if err != nil {
			return err
		}
		if !s.now.Before(until) {
			return nil
		}
		next := until
		for _, at := range []func() (data.Instant, error){
			func() (data.Instant, error) { return s.Store.NextDue(ctx) },
			func() (data.Instant, error) { return s.Street.NextEvent(), nil },
		} {
			i, err := at()
			if err != nil {
				return err
			}
			if t := i.Time(); i != 0 && t.Before(next) {
				next = t
			}
		}
		if soon := s.now.Add(step); next.Before(soon) {
			next = soon
		}
		if next.After(until) {
			next = until
		}
		if err := s.till(ctx, next); err != nil {
			return err
		}
		if s.now.Before(next) {
			s.now = next
		}
	}
}

// till redeems the coupons of the people who come by until a moment, each at theirs.
func (s *Shop) till(ctx context.Context, until time.Time) error {
	visits, err := s.Street.Visits(ctx, data.At(s.now), data.At(until))
	if err != nil {
		return err
	}
	b := Business()
	for _, v := range visits {
		s.now = v.At.Time()
		full := data.Money{Minor: int64(8_900 + 100*s.Rand.IntN(160)), Currency: b.Currency}
		if s.AtTill != nil {
			if done, err := s.AtTill(ctx, v.Code, full); err != nil || done {
				if err != nil {
					return err
				}
				continue
			}
		}
		paid := data.Money{Minor: full.Minor - full.Percent(20).Minor, Currency: full.Currency}
		if _, err := s.Store.Redeem(ctx, store.RedeemRequest{Code: v.Code, Till: b.Till, By: b.Person, Full: &full, Paid: &paid}); err != nil {
			return err
		}
	}
	return nil
}
