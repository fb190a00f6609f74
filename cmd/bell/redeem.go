package main

import (
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

func newRedeem(a *app) *cobra.Command {
	var till, amount, reason string
	var undo bool
	c := &cobra.Command{Use: "redeem CODE", Short: "Redeem a coupon’s code, or take a redemption back", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&till, "till", "", "which till (`T`)")
	c.Flags().StringVar(&amount, "amount", "", "what was paid after the discount, `12.50`")
	c.Flags().BoolVar(&undo, "undo", false, "take the latest use back; needs --reason")
	c.Flags().StringVar(&reason, "reason", "", "why it is taken back (`T`)")
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		var out data.RedeemResult
		if undo {
			if out, err = s.UndoRedemption(ctx, args[0], strings.TrimSpace(reason)); err != nil {
				return err
			}
		} else {
			req := store.RedeemRequest{Code: args[0], Till: till}
			if amount != "" {
				m, err := parseAmount(amount, b.Currency)
				if err != nil {
					return err
				}
				req.Paid = &m
			}
			out, err = s.Redeem(ctx, req)
			switch data.CodeOf(err) {
			case "":
			case "code_length", "code_character", "code_check":
				// A code that can't be one is unknown; the sentence on standard error says what is wrong with it.
				a.note("bell: %s", a.sentence(err))
				out = data.RedeemResult{Code: args[0], Problem: data.CodeUnknown}
			default:
				return err
			}
		}
		if a.json {
			if err := a.writeJSON(out); err != nil {
				return err
			}
		} else {
			what := string(out.Problem)
			if out.OK {
				switch {
				case undo:
					what = "undone"
				case out.Contact == "":
					what = "given"
				default:
					what = "done"
				}
			}
			var from, to string
			if o := out.Offer; o != nil {
				from, to = a.day(o.ValidFrom), a.day(o.ValidTo)
			}
			a.say("bell.redeem."+what, "code", out.Code, "offer", out.OfferTitle, "contact", out.Contact,
				"at", a.moment(out.Redeemed, b.Location()), "till", out.Till, "from", from, "to", to)
			if out.Practice {
				a.sayNote("practice.label")
			}
		}
		if !out.OK {
			return &quietError{exitRefused}
		}
		return nil
	}
	return c
}

// day writes a date; "" for none.
func (a *app) day(d data.Date) string {
	if d == "" {
		return ""
	}
	return a.texts().Date(d.Start(time.UTC))
}
