package main

import (
	"strings"

	"counterbell/data"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

func newRedeem(a *app) *cobra.Command {
	var till, amount, reason string
	var undo bool
	c := &cobra.Command{Use: "redeem CODE", Short: "Redeem a coupon's code, or take a redemption back", Args: cobra.ExactArgs(1)}
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
				m, err := data.ParseMoney(amount, b.Currency)
				if err != nil {
					return usage(err)
				}
				req.Paid = &m
			}
			out, err = s.Redeem(ctx, req)
			switch data.CodeOf(err) {
			case "":
			case "code_length", "code_character", "code_check":
				// A code that can't be one is unknown; the sentence on standard error says what is wrong with it.
				a.note("bell: %s", a.texts().Error(err))
				out = data.RedeemResult{Code: args[0], Problem: data.CodeUnknown}
			default:
				return err
			}
		}
		if a.json {
			if err := a.writeJSON(out); err != nil {
				return err
			}
		} else if out.OK && undo {
			a.printf("%s is free again", out.Code)
		} else if out.OK {
			a.printf("%s: %s for %s", out.Code, out.OfferTitle, out.Contact)
		} else {
			a.printf("%s refused: %s %s %s", out.Code, out.Problem, out.Redeemed, out.Till)
		}
		if !out.OK {
			return &quietError{exitRefused}
		}
		return nil
	}
	return c
}
