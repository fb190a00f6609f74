package today

import (
	"context"
	"math/big"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/provider"
	"counterbell/ui/page"
)

// A Balance is what was left at the provider when it was last asked.
type Balance struct {
	Provider string
	Left     data.Cost
	Texts    int // how many segments that pays; -1 where the price isn't known
}

const (
	askEvery = time.Hour // a provider isn't asked more often
	fewTexts = 500       // below, somebody should know
	fewUnits = 10        // major units, where the price of a text isn't known
)

// Low tells whether somebody should top up.
func (b *Balance) Low() bool {
	switch {
	case b == nil || !b.Left.Known:
		return false
	case b.Texts >= 0:
		return b.Texts < fewTexts
	}
	least := data.Micros(fewUnits * 1_000_000)
	for range 2 - data.Exponent(b.Left.Currency) { // of yen and won it takes more to be as much
		least *= 10
	}
	return b.Left.Micros < least
}

// WithBalance notes that little is left, behind what has stopped already.
func (d *Day) WithBalance(b *Balance) {
	if !b.Low() {
		return
	}
	at := 0
	for at < len(d.Needs) && d.Needs[at].Kind == NeedPaused {
		at++
	}
	d.Needs = append(d.Needs[:at:at], append([]Need{{Kind: NeedBalance, N: 1, Balance: b}}, d.Needs[at:]...)...)
}

// askBalance asks the provider what is left, where it tells. nil where it doesn't.
func askBalance(ctx context.Context, s *store.Store, engine page.Engine) (*Balance, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	var found *Balance
	err = engine.Use(ctx, func(o *sender.Opened) error {
		account, ok := o.Provider.(provider.Balancer)
		if !ok {
			return nil
		}
		amount, currency, err := account.Balance(ctx)
		if err != nil {
			return err
		}
		left, ok := new(big.Rat).SetString(strings.TrimSpace(amount))
		if !ok {
			return nil
		}
		left.Mul(left, big.NewRat(1_000_000, 1))
		micros := new(big.Int).Quo(left.Num(), left.Denom())
		if !micros.IsInt64() {
			return nil
		}
		found = &Balance{Provider: o.Provider.Name(), Left: data.Cost{Micros: data.Micros(micros.Int64()), Currency: currency, Known: true}, Texts: -1}
		return nil
	})
	if err != nil || found == nil {
		return nil, err
	}
	price, err := s.Price(ctx, found.Provider, b.Country, data.Marketing)
	if err == nil && price.Known && price.Micros > 0 && price.Currency == found.Left.Currency {
		found.Texts = int(max(found.Left.Micros, 0) / price.Micros)
	}
	return found, err
}

// ask asks for the balance at most every hour. Nobody waits for it, and a provider that is out of reach is told of by
// the shell.
func (s *Screen) ask() {
	now := s.rest.Begin()
	if s.env.Practice || s.asked && now.Sub(s.askedAt) < askEvery {
		return
	}
	s.asked, s.askedAt = true, now
	var found *Balance
	page.Load(s.env.Tasks, func(ctx context.Context) (err error) {
		found, err = askBalance(ctx, s.env.Store, s.env.Engine)
		return err
	}, func(err error) {
		if err != nil {
			return
		}
		before := s.balance
		if s.balance = found; found.Low() || before.Low() {
			s.reload()
		}
	})
}
