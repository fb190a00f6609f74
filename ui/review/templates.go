package review

import (
	"context"
	"math/big"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/ui/page"
	"counterbell/ui/theme"
)

// Some providers send approved texts alone: what is registered there for a campaign's texts, and how that stands.

// templatesOf returns the registrations of a campaign's texts.
func templatesOf(ctx context.Context, env *page.Env, name string, c *data.Campaign) ([]store.Template, error) {
	known, err := env.Store.Templates(ctx, name)
	if err != nil {
		return nil, err
	}
	var mine []store.Template
	for _, v := range c.Variants {
		for _, t := range known {
			if v.Template != "" && t.ID == v.Template {
				mine = append(mine, t)
			}
		}
	}
	return mine, nil
}

// approved tells whether every text of the campaign has been approved.
func approved(v *View) bool {
	d, n := v.model.Dry, 0
	for _, t := range d.Templates {
		if provider.TemplateState(t.State) == provider.TemplateApproved {
			n++
		}
	}
	return n == len(v.model.Campaign.Variants)
}

// templateChecks are the lines about the provider's approval.
func templateChecks(v *View) []check {
	env, d := v.env, v.model.Dry
	if d.Caps.FreeText {
		return nil
	}
	if len(d.Templates) == 0 {
		return []check{{icons.About, theme.Info, env.T("review.check.register", "provider", env.T("provider."+d.Provider+".name"))}}
	}
	return registered(env, d.Templates)
}

// registered says of each registration how it stands.
func registered(env *page.Env, templates []store.Template) []check {
	var out []check
	for _, t := range templates {
		x := check{icons.Waiting, theme.Warn, env.T("review.check.pending", "id", t.ID)}
		switch provider.TemplateState(t.State) {
		case provider.TemplateApproved:
			x = check{icons.Complete, theme.OK, env.T("review.check.approved", "id", t.ID, "variables", strings.Join(t.Variables, env.T("list.comma")))}
		case provider.TemplateRefused, provider.TemplateDisabled:
			x = check{icons.Warning, theme.Danger, env.T("review.check.refused", "id", t.ID, "reason", t.Reason)}
		}
		out = append(out, x)
	}
	return out
}

// microsOf reads what a provider says is left on the account, such as "12.3456".
func microsOf(amount string) (data.Micros, bool) {
	r, ok := new(big.Rat).SetString(strings.TrimSpace(amount))
	if !ok {
		return 0, false
	}
	r.Mul(r, big.NewRat(1_000_000, 1))
	n := new(big.Int).Quo(r.Num(), r.Denom())
	return data.Micros(n.Int64()), n.IsInt64()
}
