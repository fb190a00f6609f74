package main

import (
	"math/big"
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/provider/catalog"

	"github.com/spf13/cobra"
)

// newProviderPrice stores what a segment costs, as the provider's price list says. Without it costs are "not known".
func newProviderPrice(a *app) *cobra.Command {
	var country, kind, currency string
	c := &cobra.Command{Use: "price NAME AMOUNT", Short: "What one segment costs, 0.0079; for all countries and kinds unless said otherwise", Args: cobra.ExactArgs(2)}
	c.Flags().StringVar(&country, "country", "", "of texts to this country (`CC`)")
	c.Flags().StringVar(&kind, "kind", "", "of this kind: marketing, reminder, notice or otp")
	c.Flags().StringVar(&currency, "currency", "", "ISO 4217 currency `CUR` (default: the shop’s)")
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		entry, err := catalog.Find(args[0])
		if err != nil {
			return usage(err)
		}
		micros, err := parseMicros(args[1])
		if err != nil {
			return err
		}
		if country = strings.ToUpper(country); country != "" && !phone.Known(country) {
			return usage(data.Errorf("no_such_country", "store a price", "%q", country).With("value", country))
		}
		if kind != "" && !data.Kind(kind).Valid() {
			return usage(data.Errorf(data.Invalid, "store a price", "kind %q", kind).With("value", kind))
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		if currency = strings.ToUpper(currency); currency == "" {
			currency = b.Currency
		}
		if !isCurrency(currency) {
			return usage(data.Errorf("no_such_currency", "store a price", "%q", currency).With("value", currency))
		}
		if err := s.SetPrice(ctx, entry.Name, country, data.Kind(kind), micros, currency); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"provider": entry.Name, "country": country, "kind": kind, "micros": micros, "currency": currency})
		}
		a.say("bell.price", "provider", entry.Name, "price", a.texts().Price(micros, currency))
		return nil
	}
	return c
}

func isCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// parseMicros reads a price exactly, to a millionth. Nought is a price; nothing is none.
func parseMicros(s string) (data.Micros, error) {
	bad := usage(data.Errorf(data.Invalid, "read a price", "%q", s).With("value", s))
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" || len(frac) > 6 || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, bad
	}
	n, ok := new(big.Int).SetString(whole+frac+strings.Repeat("0", 6-len(frac)), 10)
	if !ok || !n.IsInt64() || n.Int64() > 1e9 {
		return 0, bad
	}
	return data.Micros(n.Int64()), nil
}
