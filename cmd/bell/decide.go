package main

import (
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/rules"

	"github.com/spf13/cobra"
)

// newDecide asks the rule engine alone: no profile, no provider, nobody's record. Numbers reserved for fiction are
// judged as if Practice sent to them.
func newDecide(a *app) *cobra.Command {
	var to, kind, at, state, consent string
	var sentToday int
	c := &cobra.Command{Use: "decide --to PHONE --kind KIND", Short: "Ask the rules alone whether a message may go: verdict, until when it waits, reasons with their sources", Args: cobra.NoArgs}
	f := c.Flags()
	f.StringVar(&to, "to", "", "`PHONE` with its country code, +15035550142")
	f.StringVar(&kind, "kind", "", "marketing, reminder, notice or otp")
	f.StringVar(&at, "at", "", "the moment, `RFC3339` (default: now)")
	f.StringVar(&state, "state", "", "state of their address (`XX`)")
	f.StringVar(&consent, "consent", "none", "what they agreed to: none, express_written, express, soft, contract, implied:`DATE`")
	f.IntVar(&sentToday, "sent-today", 0, "messages that they got today (`N`)")
	c.RunE = func(*cobra.Command, []string) error {
		q := rules.Question{Kind: data.Kind(kind), State: state, SentToday: sentToday, Practice: true, Now: data.At(time.Now())}
		if !q.Kind.Valid() {
			return badChoice("--kind", kind, "marketing", "reminder", "notice", "otp")
		}
		if sentToday < 0 {
			return badValue("bad_number", strconv.Itoa(sentToday))
		}
		if at != "" {
			t, err := time.Parse(time.RFC3339, at)
			if err != nil {
				return badValue("bad_time", at)
			}
			q.Now = data.At(t)
		}
		var err error
		if q.Phone, err = phone.Parse(to, ""); err != nil {
			return usage(err)
		}
		if q.Permission, err = consentFlag(consent, q.Kind.Scope(), q.Now); err != nil {
			return badChoice("--consent", consent, "none", "express_written", "express", "soft", "contract", "implied:2026-01-31")
		}
		v := rules.Decide(q)
		if err := a.writeJSON(a.inWords(v)); err != nil {
			return err
		}
		if v.Verdict == rules.Block {
			return &quietError{exitRefused}
		}
		return nil
	}
	return c
}

// inWords says a verdict's reasons in the language asked for; scripts that ask for none get English.
func (a *app) inWords(v rules.Verdict) rules.Verdict {
	if a.lang != "" {
		v.Reasons = a.spoken(v.Reasons)
	}
	return v
}

// spoken returns reasons in the language of this run.
func (a *app) spoken(reasons []rules.Reason) []rules.Reason {
	texts := a.texts()
	said := make([]rules.Reason, len(reasons))
	for i, r := range reasons {
		r.Text = texts.Reason(r.Code, r.Spoken(func(key string) (string, bool) {
			if place, ok := strings.CutPrefix(key, "rules.place."); ok && !texts.Has(key) {
				region, part, _ := strings.Cut(place, "-")
				name := texts.Country(region)
				if known := "rules.place." + region; texts.Has(known) {
					name = texts.T(known)
				}
				return strings.TrimSpace(name + " " + part), true
			}
			return texts.T(key), texts.Has(key)
		}))
		said[i] = r
	}
	return said
}

// consentFlag reads --consent. A basis may be followed by the day on which it was given ("soft:2026-01-31"), which
// counts from that day's first moment in UTC; without one it was given now. "implied" is a purchase.
func consentFlag(s string, scope data.Scope, now data.Instant) (data.Permission, error) {
	p := data.Permission{Scope: scope}
	basis, day, dated := strings.Cut(s, ":")
	if basis == "none" && !dated {
		return p, nil
	}
	if basis == "implied" {
		basis = string(data.ImpliedPurchase)
		if !dated {
			return p, data.Errorf(data.Invalid, "read --consent", "implied needs its day")
		}
	}
	p.Granted, p.Basis, p.Since = true, data.Basis(basis), now
	known := false
	for _, b := range data.Bases {
		known = known || b == p.Basis
	}
	if !known {
		return p, data.Errorf(data.Invalid, "read --consent", "no basis %q", basis)
	}
	if dated {
		t, err := time.Parse("2006-01-02", day)
		if err != nil {
			return p, err
		}
		p.Since = data.At(t)
	}
	return p, nil
}
