package main

import (
	"slices"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/phone"

	"github.com/spf13/cobra"
)

// newBusiness says whose profile this is: the name that texts carry, and by whose clock and currency the shop lives.
func newBusiness(a *app) *cobra.Command {
	var set data.Business
	var clock string
	c := &cobra.Command{Use: "business", Short: "Show or change whose profile this is: name, country, time zone, currency", Args: cobra.NoArgs}
	f := c.Flags()
	f.StringVar(&set.Name, "name", "", "the name that texts carry")
	f.StringVar(&set.Kind, "kind", "", "shop, clinic, salon or restaurant")
	f.StringVar(&set.Country, "country", "", "ISO 3166 country `CC`: how numbers without a country code are read")
	f.StringVar(&set.Zone, "zone", "", "IANA time `ZONE`")
	f.StringVar(&set.Currency, "currency", "", "ISO 4217 currency `CUR`")
	f.StringVar(&set.Address, "address", "", "address for coupon pages")
	f.StringVar(&set.Contact, "contact", "", "phone or web page for people who ask for help")
	f.StringVar(&set.Person, "person", "", "who sits here")
	f.StringVar(&set.Till, "till", "", "this till’s name")
	f.StringVar(&clock, "practice-clock", "", "put an empty profile on a practice clock that shows this `TIME` now; only Practice can send from it")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		changed := false
		for _, x := range []struct {
			flag     string
			dst, src *string
		}{
			{"name", &b.Name, &set.Name},
			{"kind", &b.Kind, &set.Kind},
			{"country", &b.Country, &set.Country},
			{"zone", &b.Zone, &set.Zone},
			{"currency", &b.Currency, &set.Currency},
			{"address", &b.Address, &set.Address},
			{"contact", &b.Contact, &set.Contact},
			{"person", &b.Person, &set.Person},
			{"till", &b.Till, &set.Till},
		} {
			if f.Changed(x.flag) {
				*x.dst, changed = strings.TrimSpace(*x.src), true
			}
		}
		b.Country, b.Currency = strings.ToUpper(b.Country), strings.ToUpper(b.Currency)
		if changed {
			if err := checkBusiness(b); err != nil {
				return err
			}
			if err := s.SetBusiness(ctx, b); err != nil {
				return err
			}
		}
		if clock != "" {
			at, err := parseMoment(clock, b.Location())
			if err != nil {
				return err
			}
			if err := s.StartPractice(ctx, at); err != nil {
				return err
			}
		}
		if a.json {
			return a.writeJSON(b)
		}
		rows := [][]string{
			{"name", b.Name},
			{"kind", b.Kind},
			{"country", b.Country},
			{"zone", b.Zone},
			{"currency", b.Currency},
			{"address", b.Address},
			{"contact", b.Contact},
			{"person", b.Person},
			{"till", b.Till},
		}
		for _, r := range rows {
			r[0] = a.texts().T("bell.business." + r[0])
		}
		return a.table(rows)
	}
	return c
}

func checkBusiness(b data.Business) error {
	const op = "change the business"
	if _, err := time.LoadLocation(b.Zone); err != nil || b.Zone == "" || b.Zone == "Local" {
		return usage(data.Errorf(intake.NoSuchTimeZone, op, "zone %q", b.Zone).With("zone", b.Zone))
	}
	if !phone.Known(b.Country) {
		return usage(data.Errorf(intake.NoSuchCountry, op, "country %q", b.Country).With("value", b.Country))
	}
	if !isCurrency(b.Currency) {
		return badValue("no_such_currency", b.Currency)
	}
	kinds := []string{"shop", "clinic", "salon", "restaurant"}
	if !slices.Contains(kinds, b.Kind) {
		return badChoice("--kind", b.Kind, kinds...)
	}
	return nil
}
